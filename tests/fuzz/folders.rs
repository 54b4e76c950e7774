//! Result folders of every kind, read back and verified.

use std::fs;
use std::path::Path;

use convoysim::cli::{self, Exit};
use convoysim::report::read;
use convoysim::report::sweep::{SweepPlan, part};

use crate::budget::each_case;
use crate::corpus::Texts;
use crate::inputs::{BASE, OBSERVED, POINTS, SWEEPS, TIMES};
use crate::mutate::Chance;

/// Runs the program within this process.
fn convoysim(args: &[&str]) -> Exit {
    let typed = ["convoysim"].iter().chain(args).map(|arg| (*arg).into());
    cli::run(typed, &mut Vec::new(), &mut Vec::new())
}

/// Folders that the program has written: a run, a comparison, an explanation, assumptions, a sweep.
fn written(at: &Path) -> Vec<String> {
    for (name, text) in
        [("base.toml", BASE), ("sweep.toml", SWEEPS[2]), ("times.csv", TIMES), ("observed.csv", OBSERVED), ("points.csv", POINTS)]
    {
        fs::write(at.join(name), text).expect("it is written");
    }
    let other = BASE.replace("lanes = 2\n", "lanes = 3\n");
    fs::write(at.join("other.toml"), other).expect("it is written");
    let place = |name: &str| at.join(name).to_str().expect("it is UTF-8").to_owned();
    let (base, other, sweep) = (place("base.toml"), place("other.toml"), place("sweep.toml"));
    let folders: Vec<String> = ["run", "comparison", "explanation", "assumptions", "sweep"].map(place).into();
    let commands: [Vec<&str>; 5] = [
        vec!["run", &base, "-n", "4", "-q", "--charts", "none", "--out", &folders[0]],
        vec!["compare", &base, &other, "-n", "4", "-q", "--charts", "none", "--out", &folders[1]],
        vec!["explain", &base, "-n", "4", "--pairs", "0", "--charts", "none", "--out", &folders[2]],
        vec!["explain", &base, "-n", "4", "--pairs", "2", "--assumptions", "--charts", "none", "--out", &folders[3]],
        vec!["sweep", &sweep, "-q", "--charts", "none", "--out", &folders[4]],
    ];
    for command in commands {
        assert_eq!(convoysim(&command), Exit::Done, "{command:?}");
    }
    folders
}

/// The texts of a folder.
fn texts(folder: &str) -> Texts {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.is_file());
    let read = |path: std::path::PathBuf| Some((path.file_name()?.to_str()?.to_owned(), fs::read_to_string(&path).ok()?));
    files.filter_map(read).filter(|(name, _)| name != "run.json" && !name.starts_with('.')).collect()
}

/// Reads a folder in every way there is; whatever is wrong must be said in words.
fn read_back(texts: &Texts) -> Result<(), String> {
    let text_of = |name: &str| texts.get(name).map(String::as_str);
    let manifest = text_of("manifest.json").unwrap_or_default();
    let told = |refused: Option<String>| match refused {
        Some(words) if words.trim().is_empty() => Err("refused without a reason".to_owned()),
        _ => Ok(()),
    };
    told(read::contents(manifest).err().map(|why| why.to_string()))?;
    told(read::manifest(manifest).err().map(|why| why.to_string()))?;
    told(read::comparison_manifest(manifest).err().map(|why| why.to_string()))?;
    told(read::explanation_manifest(manifest).err().map(|why| why.to_string()))?;
    told(SweepPlan::of_manifest(manifest).err())?;
    told(text_of("plan.json").and_then(|text| SweepPlan::read(text.as_bytes()).err()))?;
    told(read::output(text_of).err().map(|why| why.to_string()))?;
    told(read::comparison(text_of).err().map(|why| why.to_string()))?;
    told(read::assumed(text_of).err().map(|why| why.to_string()))
}

#[test]
fn result_folders_are_read_or_refused_in_words() {
    let place = tempfile::tempdir().expect("a folder");
    let folders: Vec<Texts> = written(place.path()).iter().map(|folder| texts(folder)).collect();
    each_case("folders", 1_500, |stream| {
        let mut chance = Chance(stream);
        let mut texts = folders[chance.below(folders.len())].clone();
        let names: Vec<String> = texts.keys().cloned().collect();
        let name = if chance.one_in(3) { "manifest.json".to_owned() } else { names[chance.below(names.len())].clone() };
        let changed = chance.changed(&texts[&name], &[]);
        if chance.one_in(20) {
            texts.remove(&name)
        } else {
            texts.insert(name.clone(), changed.clone())
        };
        read_back(&texts).map_err(|why| format!("{why}\n{name}:\n{changed}"))
    });
}

/// Found by mutation: a level shared out over 10^18 statements is 1.
#[test]
fn so_many_statements_that_none_may_be_wrong_are_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let folders = written(place.path());
    let changed = |folder: usize, name: &str, pointer: &str| {
        let mut texts = texts(&folders[folder]);
        let mut json: serde_json::Value = serde_json::from_str(&texts[name]).expect("JSON");
        *json.pointer_mut(pointer).expect("it is there") = 1_000_000_000_000_000_000_u64.into();
        texts.insert(name.into(), json.to_string());
        texts
    };
    let comparison = changed(1, "comparison.json", "/intervals/statements");
    assert!(read::comparison(|name| comparison.get(name).map(String::as_str)).is_err());
    let assumptions = changed(3, "explanation.json", "/terms/intervals");
    assert!(read::assumed(|name| assumptions.get(name).map(String::as_str)).is_err());
}

#[test]
fn parts_of_sweeps_are_whole_or_not_taken() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = written(place.path()).pop().expect("the sweep is the last");
    let plan = SweepPlan::read(&fs::read(Path::new(&folder).join("plan.json")).expect("a plan")).expect("it is whole");
    let sha256 = plan.sha256();
    let name = part::Name { plan: &sha256, shard: 0, columns: plan.columns.len() };
    let whole = fs::read(Path::new(&folder).join("parts/00000.part")).expect("a part");
    assert!(part::check(&whole[..], name).is_ok_and(|held| held.is_some()));
    each_case("parts", 3_000, |stream| {
        let mut chance = Chance(stream);
        let mut bytes = whole.clone();
        for _ in 0..1 + chance.below(4) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes.insert(at, chance.below(256) as u8),
                2 => bytes[at] ^= 1 << chance.below(8),
                _ => bytes[at..].iter_mut().take(8).for_each(|byte| *byte = 255),
            }
        }
        if bytes == whole {
            return Ok(());
        }
        match part::check(&bytes[..], name) {
            Ok(Some(_)) => Err("a changed part is taken for a whole one".into()),
            _ => Ok(()),
        }
    });
}

/// Numbers of a manifest changed, and then verified as a user does.
#[test]
fn folders_with_changed_manifests_are_verified_or_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let folders = written(place.path());
    let manifests: Vec<String> =
        folders.iter().map(|folder| fs::read_to_string(Path::new(folder).join("manifest.json")).expect("a manifest")).collect();
    each_case("manifests", 60, |stream| {
        let mut chance = Chance(stream);
        let which = chance.below(folders.len());
        // What stands before the texts are numbers and words of the manifest itself.
        let text = &manifests[which];
        let head = text.find("\"texts\"").unwrap_or(text.len());
        let changed =
            if chance.one_in(2) { format!("{}{}", chance.changed(&text[..head], &[]), &text[head..]) } else { chance.changed(text, &[]) };
        let file = Path::new(&folders[which]).join("manifest.json");
        fs::write(&file, &changed).expect("it is written");
        let args = [vec!["verify", &folders[which], "-q", "--threads", "1"], vec!["rerun", &folders[which], "--replication", "0"]];
        let end = convoysim(&args[chance.below(2)]);
        fs::write(&file, text).expect("it is written");
        if end == Exit::Bug { Err(format!("a bug\n{changed}")) } else { Ok(()) }
    });
}
