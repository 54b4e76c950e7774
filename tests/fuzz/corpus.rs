//! What is mutated: files of the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts by their names within the folder that they came from.
pub type Texts = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of the repository");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|one| one == extension));
    found.sort();
    found
}

fn text(path: &Path) -> String {
    // Some of the refused ones are no UTF-8 on purpose.
    String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned()
}

/// The golden plans, which are small and valid.
pub fn golden() -> Vec<String> {
    below("scenarios/verification", "toml").iter().map(|path| text(path)).collect()
}

/// Scenarios of every kind: the golden plans, one with every table, refused ones, the shipped ones.
pub fn scenarios() -> Vec<String> {
    let mut paths = below("scenarios/verification", "toml");
    paths.extend(["g1.toml", "rich.toml"].map(|name| root().join("tests/it/scenario").join(name)));
    paths.extend(below("tests/bad", "toml"));
    paths.extend(below("scenarios", "toml"));
    paths.iter().map(|path| text(path)).collect()
}

/// Sweeps, with the base of each as `base.toml`.
pub fn sweeps() -> Vec<String> {
    let mut found: Vec<String> = below("scenarios/studies", "toml").iter().map(|path| text(path)).collect();
    found.extend(crate::inputs::SWEEPS.map(String::from));
    found
}

/// Files that scenarios name, by their last names: those that they extend, and data.
pub fn named() -> Texts {
    let paths = ["scenarios", "tests/bad", "tests/bad/base"].into_iter().flat_map(|folder| {
        let folders = if root().join(folder).is_dir() { vec![folder] } else { Vec::new() };
        folders.into_iter().flat_map(|folder| [below(folder, "toml"), below(folder, "csv")].concat()).collect::<Vec<_>>()
    });
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut texts: Texts = paths.map(|path| (name(&path), text(&path))).collect();
    texts.insert("base.toml".into(), crate::inputs::BASE.into());
    texts
}
