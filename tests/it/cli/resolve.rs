//! `convoysim resolve`.

use super::run::{Case, G1, text};
use convoysim::scenario;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every scenario of the repository.
pub(super) fn shipped() -> Vec<PathBuf> {
    let folders = ["scenarios", "scenarios/verification", "src/scenario/templates"].map(|folder| root().join(folder));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")).map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    files.sort();
    files
}

fn read(name: &str) -> Result<Vec<u8>, String> {
    fs::read(name).map_err(|error| error.to_string())
}

#[test]
fn what_is_printed_loads_to_the_same_scenario() {
    let files = shipped();
    assert!(files.len() > 25);
    for file in files {
        let name = file.to_str().expect("the path is UTF-8");
        let first = scenario::load(name, &read, &[]).expect(name).scenario;
        let printed = scenario::resolve(name, &read, &[]).expect(name);
        // Under the same name, so that data files are found.
        let again = |asked: &str| if asked == name { Ok(printed.clone().into_bytes()) } else { read(asked) };
        let second = scenario::load(name, &again, &[]).unwrap_or_else(|problems| panic!("{name}: {}", problems[0])).scenario;
        assert_eq!(second.resolved, first.resolved, "{name}");
        assert_eq!(second.params, first.params, "{name}");
    }
}

#[test]
fn every_value_has_the_line_that_wrote_it() {
    let case = Case::new(G1);
    let variant = "extends = \"case.toml\"\n\n[[crossing]]\nid = \"border\"\nservice = \"10 min\"\n";
    fs::write(case.path("variant.toml"), variant).expect("a file");
    let end =
        case.convoysim(&["resolve", "variant.toml", "--set", "route.road.headway=\"30 min\"", "--set", "route.*.path.*.speed=\"50 km/h\""]);
    let printed = text(&end.code(0).get_output().stdout);
    insta::assert_snapshot!(printed);
}

#[test]
fn a_star_means_every_entry_and_says_where_there_is_none() {
    let case = Case::new(G1);
    case.convoysim(&["check", "case.toml", "--set", "site.*.boarding.bays=2"]).code(0);
    let end = case.convoysim(&["check", "case.toml", "--set", "route.*.halts.every=\"2 h\""]).code(10);
    assert!(text(&end.get_output().stderr).contains("no entry of route has the key \"halts\""), "{}", text(&end.get_output().stderr));
}

#[test]
fn what_is_wrong_is_told_and_nothing_printed() {
    let case = Case::new(&G1.replace("lanes = 2\n", "lane = 2\n"));
    let end = case.convoysim(&["resolve", "case.toml"]).code(10);
    assert!(end.get_output().stdout.is_empty() && text(&end.get_output().stderr).contains("case.toml:17"));
}

#[test]
fn as_json_every_value_has_its_place() {
    let case = Case::new(G1);
    fs::write(case.path("variant.toml"), "extends = \"case.toml\"\n\n[[crossing]]\nid = \"border\"\nservice = \"10 min\"\n")
        .expect("a file");
    let end = case.convoysim(&["resolve", "variant.toml", "--set", "route.road.headway=\"30 min\"", "--json"]).code(0);
    let object: serde_json::Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    assert_eq!((&object["schema"], &object["texts"]), (&"convoysim.resolve/1".into(), &serde_json::json!(["variant.toml", "case.toml"])));
    let values = object["values"].as_array().expect("a list");
    let of = |path: &str| {
        let found = values.iter().find(|one| one["path"] == path).unwrap_or_else(|| panic!("{path} in {values:#?}"));
        (found["value"].as_str().expect("a text"), found["place"].as_str().expect("a text"))
    };
    assert_eq!(of("crossing.border.service"), ("\"10 min\"", "variant.toml:5"));
    assert_eq!(of("crossing.border.lanes"), ("2", "case.toml:17"));
    assert_eq!(of("route.road.headway"), ("\"30 min\"", "--set:1"));
    assert_eq!(of("route.road.path.\"to border\".speed"), ("\"40 km/h\"", "case.toml:43"));
}
