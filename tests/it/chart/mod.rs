//! What people see: every chart holds to the house rules, survives odd input, and changes only on purpose.

mod acceptance;
mod again;
mod briefing;
mod extremes;
mod extremes_of_others;
mod golden;
mod picture;
mod released;
mod scripts;
mod sensitivity;
mod sweeps;

use convoysim::report::chart::{CHARTS, Look, Material, Order, Size, Theme};
use convoysim::report::read;
use convoysim::results::{Assumed, Comparison, Output, SweepOutput};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// The texts of a folder by name.
struct Texts(Vec<(&'static str, String)>);

impl Texts {
    fn of(folder: &Path, names: &[&'static str]) -> Self {
        let text = |name: &str| fs::read_to_string(folder.join(name)).ok();
        Self(names.iter().filter_map(|name| Some((*name, text(name)?))).collect())
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }
}

/// The run that a folder holds.
fn opened(folder: &Path) -> Output {
    let texts = Texts::of(folder, &read::FILES);
    read::output(|name| texts.named(name)).expect("a folder that convoysim wrote")
}

/// The comparison that a folder holds.
fn compared(folder: &Path) -> Comparison {
    let texts = Texts::of(folder, &read::COMPARISON_FILES);
    read::comparison(|name| texts.named(name)).expect("a folder that `compare` wrote")
}

/// The assumptions that a folder holds.
fn assumed(folder: &Path) -> Assumed {
    let texts = Texts::of(folder, &read::EXPLANATION_FILES);
    read::assumed(|name| texts.named(name)).expect("a folder that `explain` wrote").expect("it holds assumptions")
}

/// Where what never changes is.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/charts").join(name)
}

/// The small run that never changes.
fn fixed() -> Output {
    opened(&fixture("run"))
}

/// What never changes, one of each kind.
struct Fixed {
    run: Output,
    comparison: Comparison,
    assumed: Assumed,
    grid: SweepOutput,
    line: SweepOutput,
    study: SweepOutput,
}

impl Fixed {
    fn new() -> Self {
        Self {
            run: fixed(),
            comparison: compared(&fixture("comparison")),
            assumed: assumed(&fixture("explanation")),
            grid: sweeps::grid(),
            line: sweeps::line(),
            study: sensitivity::study(),
        }
    }

    fn materials(&self) -> [Material<'_>; 6] {
        [
            (&self.run).into(),
            (&self.comparison).into(),
            (&self.assumed).into(),
            (&self.grid).into(),
            (&self.line).into(),
            (&self.study).into(),
        ]
    }
}

/// The same with arguments as texts.
fn said(args: &[&str]) -> String {
    let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
    convoysim(&args)
}

/// Runs the program; what it complained of.
fn convoysim(args: &[&OsStr]) -> String {
    let args = std::iter::once("convoysim".as_ref()).chain(args.iter().copied()).map(OsString::from);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    convoysim::cli::run(args, &mut stdout, &mut stderr);
    String::from_utf8_lossy(&stderr).into_owned()
}

/// What comes of a scenario.
fn run(scenario: &str, replications: u32) -> Output {
    let dir = tempfile::tempdir().expect("a folder");
    let (file, out) = (dir.path().join("scenario.toml"), dir.path().join("out"));
    fs::write(&file, scenario).expect("there is room");
    let n = replications.to_string();
    let args: [&OsStr; 9] = [
        "run".as_ref(),
        file.as_os_str(),
        "-n".as_ref(),
        n.as_ref(),
        "--charts".as_ref(),
        "none".as_ref(),
        "-q".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    let said = convoysim(&args);
    assert!(out.join("manifest.json").exists(), "{said}");
    opened(&out)
}

/// Every chart of a material in every look of these, once for each variant or analysis where it shows one.
fn pictures<'m>(
    material: impl Into<Material<'m>>,
    sizes: &'m [Size],
    themes: &'m [Theme],
) -> impl Iterator<Item = (String, Size, String)> + 'm {
    let material = material.into();
    let looks = sizes.iter().flat_map(move |size| themes.iter().map(move |theme| (*size, *theme)));
    looks.flat_map(move |(size, theme)| {
        let all = CHARTS.iter().flat_map(move |chart| (0..material.pictures(chart)).map(move |nth| (chart, nth)));
        all.filter_map(move |(chart, nth)| {
            let name = format!("{}-{nth}-{}-{}", chart.name, size.word(), theme.word());
            let order = Order { nth, ..Order::new(Look { size, theme }) };
            Some((name, size, chart.draw(material, order).ok()?))
        })
    })
}

/// Bytes of every picture of a folder, by name.
fn drawn(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder of pictures").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut all: Vec<_> = entries.map(|path| (name(&path), fs::read(&path).expect("a picture"))).collect();
    all.sort();
    all
}

/// Runs a command with a folder for its results, then draws the charts of that folder again beside it.
fn twice(command: &[&OsStr], names: &[&str]) {
    let dir = tempfile::tempdir().expect("a folder");
    let (out, again) = (dir.path().join("out"), dir.path().join("again"));
    let said = convoysim(&[command, &["--out".as_ref(), out.as_os_str()]].concat());
    let first = drawn(&out.join("charts"));
    let found: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, names, "{said}");
    let said = convoysim(&["chart".as_ref(), out.as_os_str(), "--out".as_ref(), again.as_os_str()]);
    assert!(first == drawn(&again), "pictures drawn again differ: {said}");
}
