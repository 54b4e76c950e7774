//! Comparisons and explanations beside the run that a briefing is about.

use super::{convoysim, fixture};
use std::ffi::OsStr;
use std::fs;

/// The page about the fixed run with these folders beside it, or what was complained of.
fn page(beside: &[&str], more: &[&str]) -> Result<String, String> {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("page.html");
    let folders: Vec<_> = beside.iter().map(|name| fixture(name)).collect();
    let mut args: Vec<&OsStr> = vec!["brief".as_ref()];
    args.extend(folders.iter().map(|folder| folder.as_os_str()));
    args.extend(["--out".as_ref(), file.as_os_str()]);
    args.extend(more.iter().map(OsStr::new));
    let said = convoysim(&args);
    fs::read_to_string(&file).map_err(|_| said)
}

#[test]
fn a_comparison_stands_in_a_briefing_with_charts_verdicts_and_what_differs() {
    let page = page(&["run", "comparison", "explanation"], &[]).expect("a page");
    for chart in ["paired", "scenarios", "tornado"] {
        assert!(page.contains(&format!("data-name=\"{chart}\"")), "{chart}");
    }
    for words in [
        "more-escorts finishes",
        "Uncovered convoy hours (h) (must not worsen)",
        "What differs between scenario and slow-border",
        "crossing.border.lanes",
        "scenario.toml more-escorts.toml slow-border.toml -n 40 --seed 3",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "ids are unique");
    let labelled = page.split(" aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()).flat_map(|both| both.split(' '));
    assert!(labelled.into_iter().all(|id| ids.binary_search(&id).is_ok()));
}

#[test]
fn a_released_page_names_neither_the_scenarios_compared_nor_what_differs() {
    let page = page(&["run", "comparison", "explanation"], &["--release-safe"]).expect("nothing is told");
    assert!(page.contains("Variant 1A") && page.contains("Base 1") && page.contains("data-name=\"paired\""));
    for told in ["more-escorts", "slow-border", "crossing.border", "data-name=\"tornado\"", "seed 3", ".toml"] {
        assert!(!page.contains(told), "{told}");
    }
}

#[test]
fn a_briefing_is_about_a_run() {
    let said = page(&["comparison"], &[]).expect_err("there is no run");
    assert!(said.contains("a briefing is about a run"), "{said}");
}
