//! What people see: every chart holds to the house rules, survives odd input, and changes only on purpose.

mod acceptance;
mod extremes;
mod golden;
mod picture;

use convoysim::report::chart::{CHARTS, Chart, Look, Order, Size, Theme};
use convoysim::report::read;
use convoysim::results::Output;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// The output that a folder holds.
fn opened(folder: &Path) -> Output {
    let text = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let texts: Vec<(&str, String)> = read::FILES.iter().filter_map(|name| Some((*name, text(name)?))).collect();
    let text_of = |name: &str| texts.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
    read::output(text_of).expect("a folder that convoysim wrote")
}

/// The small run that never changes.
fn fixed() -> Output {
    opened(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/charts/run"))
}

/// What comes of a scenario.
fn run(scenario: &str, replications: u32) -> Output {
    let dir = tempfile::tempdir().expect("a folder");
    let (file, out) = (dir.path().join("scenario.toml"), dir.path().join("out"));
    fs::write(&file, scenario).expect("there is room");
    let n = replications.to_string();
    let args = ["convoysim".as_ref(), "run".as_ref(), file.as_os_str(), "-n".as_ref(), n.as_ref(), "--charts".as_ref(), "none".as_ref()];
    let args = args.into_iter().chain(["-q".as_ref(), "--out".as_ref(), out.as_os_str()]).map(OsString::from);
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let exit = convoysim::cli::run(args, &mut stdout, &mut stderr);
    assert!(out.join("manifest.json").exists(), "{exit:?}: {}", String::from_utf8_lossy(&stderr));
    opened(&out)
}

/// A chart in a look, for the run in the middle.
fn draw(chart: &Chart, output: &Output, size: Size, theme: Theme) -> Option<String> {
    chart.draw(output, Order { look: Look { size, theme }, percent: 50, variant: 0 }).ok()
}

/// Every chart in every look of these.
fn pictures<'o>(output: &'o Output, sizes: &'o [Size], themes: &'o [Theme]) -> impl Iterator<Item = (String, Size, String)> + 'o {
    let looks = sizes.iter().flat_map(move |size| themes.iter().map(move |theme| (*size, *theme)));
    looks.flat_map(move |(size, theme)| {
        let name = move |chart: &Chart| format!("{}-{}-{}", chart.name, size.word(), theme.word());
        CHARTS.iter().filter_map(move |chart| Some((name(chart), size, draw(chart, output, size, theme)?)))
    })
}
