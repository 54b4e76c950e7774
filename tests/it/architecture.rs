//! The sources keep the house rules: who knows whom, who prints, what results may depend on.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may use. What stands here stands in `docs/architecture.md` too.
const LAYERS: [(&str, &[&str]); 10] = [
    ("units", &[]),
    ("kernel", &["units"]),
    ("stats", &["units"]),
    // Distributions need the special functions of `stats`, which itself draws nothing.
    ("random", &["units", "stats"]),
    ("results", &["units", "stats"]),
    ("model", &["units", "kernel", "random", "stats"]),
    ("scenario", &["units", "random", "model"]),
    ("experiment", &["units", "kernel", "random", "stats", "results", "model", "scenario"]),
    ("report", &["units", "stats", "results"]),
    ("cli", &["units", "stats", "results", "scenario", "experiment", "report"]),
];

/// Layers whose numbers end up in results: their mathematics must have the same bits on every platform.
const NUMERIC: [&str; 5] = ["kernel", "random", "stats", "model", "results"];

/// Functions of the platform's mathematics library; `libm` has them all. (Square roots are exact everywhere.)
const PLATFORM_MATHS: [&str; 24] = [
    "ln", "log", "log2", "log10", "ln_1p", "exp", "exp2", "exp_m1", "powf", "powi", "sin", "cos", "tan", "asin", "acos", "atan", "atan2",
    "sin_cos", "sinh", "cosh", "tanh", "cbrt", "hypot", "mul_add",
];

/// A line of code without its comment.
struct Line {
    place: String,
    code: String,
}

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).expect("a folder of sources").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a folder of `src`, line by line.
fn code(folder: &str) -> Vec<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src").join(folder), &mut files);
    let mut lines = Vec::new();
    for file in files {
        let shown = file.strip_prefix(root).expect("below the root").display().to_string();
        for (i, line) in fs::read_to_string(&file).expect("a text").lines().enumerate() {
            let code = line.split_once("//").map_or(line, |(code, _)| code);
            if !code.trim().is_empty() {
                lines.push(Line { place: format!("{shown}:{}", i + 1), code: code.into() });
            }
        }
    }
    lines
}

/// The layers that a line names as `crate::layer`, `crate::{layer, …}` or `super::super::layer`.
fn layers_named(code: &str) -> Vec<&'static str> {
    let known = |name: &str| LAYERS.iter().map(|(layer, _)| *layer).find(|layer| *layer == name);
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => named.extend(list.split([',', '}']).filter_map(|item| known(&word(item.trim())))),
            None => named.extend(known(&word(rest))),
        }
    }
    if let Some(at) = code.find("super::super::") {
        named.extend(known(&word(code[at..].trim_start_matches("super::"))));
    }
    named
}

fn complain(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

#[test]
fn every_layer_knows_only_those_below_it() {
    let mut faults = Vec::new();
    for (layer, may_use) in LAYERS {
        for line in code(layer) {
            for used in layers_named(&line.code).into_iter().filter(|used| *used != layer && !may_use.contains(used)) {
                faults.push(format!("{}: {layer} may not use {used}", line.place));
            }
        }
    }
    complain("move plain data down rather than add an arrow", &faults);
}

#[test]
fn every_folder_of_the_sources_is_a_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(["lib", "main"].contains(&&*name) || LAYERS.iter().any(|(layer, _)| *layer == name), "{name} is no layer");
    }
}

#[test]
fn the_library_returns_and_the_edge_prints() {
    let prints = ["println!", "print!(", "eprintln!", "eprint!(", "dbg!("];
    let layers = LAYERS.iter().filter(|(layer, _)| *layer != "cli");
    let faults: Vec<String> = layers
        .flat_map(|(layer, _)| code(layer))
        .filter(|line| prints.iter().any(|print| line.code.contains(print)))
        .map(|line| format!("{}: {}", line.place, line.code.trim()))
        .collect();
    complain("only cli prints", &faults);
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_map() {
    let faults: Vec<String> =
        code("").into_iter().filter(|line| line.code.contains("HashMap") || line.code.contains("HashSet")).map(|line| line.place).collect();
    complain("BTreeMap, or a Vec by id, has an order", &faults);
}

#[test]
fn the_wall_clock_stays_at_the_edge() {
    let layers = LAYERS.iter().filter(|(layer, _)| *layer != "cli");
    let faults: Vec<String> = layers
        .flat_map(|(layer, _)| code(layer))
        .filter(|line| line.code.contains("std::time") || line.code.contains("Instant::now") || line.code.contains("SystemTime"))
        .map(|line| line.place)
        .collect();
    complain("results do not depend on the wall clock", &faults);
}

#[test]
fn numbers_have_the_same_bits_on_every_platform() {
    let calls: Vec<String> =
        PLATFORM_MATHS.iter().flat_map(|name| [format!(".{name}("), format!("f64::{name}"), format!("f32::{name}")]).collect();
    let names_a_call = |code: &str| {
        calls.iter().any(|call| {
            code.match_indices(call.as_str())
                .any(|(at, _)| call.ends_with('(') || !code[at + call.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    };
    let faults: Vec<String> = NUMERIC
        .iter()
        .flat_map(|layer| code(layer))
        .filter(|line| names_a_call(&line.code))
        .map(|line| format!("{}: {}", line.place, line.code.trim()))
        .collect();
    complain("use libm, or plain multiplication", &faults);
}
