//! Notes on a scenario that can run: told beside the results by whatever runs it, once, and not to who asked for the answer only.

use super::run::{Case, G1};
use std::fs;

/// Pools that no route uses: a variant has the base's note and one of its own.
const SPARE: &str = "\n[[escorts]]\nid = \"spare\"\ncount = 2\nhome = \"prison\"\n";
const VARIANT: &str = "extends = \"case.toml\"\n\n[[escorts]]\nid = \"other\"\ncount = 2\nhome = \"prison\"\n";
const SWEEP: &str = "[sweep]\nname = \"lanes\"\nbase = \"case.toml\"\n\n[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n[[block]]\ndesign = \"grid\"\n";

/// The notes on standard error, first lines only.
fn told(case: &Case, args: &[&str]) -> Vec<String> {
    let output = case.convoysim(args).success().get_output().clone();
    let err = String::from_utf8(output.stderr).expect("texts are UTF-8");
    err.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

#[test]
fn whatever_runs_a_scenario_tells_the_notes_on_it_once() {
    let case = Case::new(&format!("{G1}{SPARE}"));
    fs::write(case.path("variant.toml"), VARIANT).expect("a file");
    fs::write(case.path("sweep.toml"), SWEEP).expect("a file");
    let [spare, other] = ["no route uses escorts.spare", "no route uses escorts.other"];
    assert_eq!(told(&case, &["check", "case.toml"]), [spare]);
    assert_eq!(told(&case, &["run", "case.toml", "--charts", "none"]), [spare]);
    assert_eq!(told(&case, &["run", "case.toml", "--charts", "none", "--json"]), [spare]);
    assert_eq!(told(&case, &["compare", "case.toml", "variant.toml", "-n", "4"]), [spare, other]);
    assert_eq!(told(&case, &["explain", "case.toml", "-n", "4"]), [spare]);
    assert_eq!(told(&case, &["sweep", "sweep.toml", "--charts", "none", "-n", "2"]), [spare]);
    for quiet in [&["run", "case.toml", "--charts", "none", "-q"][..], &["compare", "case.toml", "variant.toml", "-n", "4", "-q"]] {
        assert!(told(&case, quiet).is_empty(), "{quiet:?}");
    }
}
