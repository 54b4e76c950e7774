//! Files with a mistake: each is refused, in the words written beside it.
//!
//! A file `tests/bad/x.toml` has its messages in `tests/bad/x.expected`; `RENEW=1 cargo test bad_files` writes them anew.
//! Where a line is marked with `# <-`, a problem must name that line.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use convoysim::scenario::{self, Problem};

const RESPONSES: &[&str] = &["days_to_completion", "exposed_person_hours", "throughput_per_day.<route>"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

fn read(name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder().join(name)).map_err(|_| "there is no such file".to_owned())
}

fn problems_of(name: &str) -> Vec<Problem> {
    match scenario::load_knowing(name, &read, &[], Some(RESPONSES)) {
        Ok(_) => panic!("{name} was taken for good"),
        Err(problems) => problems,
    }
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the corpus is there")
        .map(|entry| entry.expect("a folder can be listed").file_name().into_string().expect("names are plain"))
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
}

#[test]
fn bad_files_are_refused_in_the_words_beside_them() {
    let renew = std::env::var_os("RENEW").is_some();
    let mut differ = String::new();
    for name in names() {
        let mut text = String::new();
        for problem in problems_of(&name) {
            let _ = writeln!(text, "{}\n", problem.render(false));
        }
        let path = folder().join(name.replace(".toml", ".expected"));
        if renew {
            fs::write(&path, &text).expect("the corpus can be written");
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            let _ = writeln!(differ, "--- {name} now says:\n{text}");
        }
    }
    assert!(differ.is_empty(), "{differ}");
}

#[test]
fn bad_files_are_refused_at_the_line_that_is_marked() {
    for name in names() {
        let bytes = read(&name).expect("it was listed");
        let text = String::from_utf8_lossy(&bytes);
        let Some(marked) = text.lines().position(|line| line.contains("# <-")) else { continue };
        let problems = problems_of(&name);
        let lines: Vec<String> = problems.iter().map(|problem| problem.place.to_string()).collect();
        assert!(
            problems.iter().any(|p| p.place.file == name && p.place.line == marked + 1),
            "{name}: line {} is not in {lines:?}",
            marked + 1
        );
    }
}

#[test]
fn the_base_of_the_bad_files_is_good() {
    let loaded = scenario::load_knowing("base/good.toml", &read, &[], Some(RESPONSES));
    loaded.unwrap_or_else(|problems| panic!("{problems:?}"));
}
