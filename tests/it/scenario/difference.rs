//! What two scenarios say differently, and scenarios in between.

use super::{G1, files, good};
use convoysim::scenario::{Difference, Written};
use std::collections::BTreeMap;
use std::path::Path;

/// What differs between G1 and G1 with some texts replaced.
fn against(replacements: &[(&str, &str)]) -> Vec<Difference> {
    let other = replacements.iter().fold(G1.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is in G1");
        text.replace(old, new)
    });
    let sources = files(&[("a.toml", G1), ("b.toml", &other)]);
    differences(&sources, &[])
}

fn differences(sources: &BTreeMap<String, Vec<u8>>, overrides: &[String]) -> Vec<Difference> {
    let read = |name: &str, overrides: &[String]| Written::read(name, sources, overrides).unwrap_or_else(|problems| panic!("{problems:?}"));
    read("a.toml", &[]).differences(&read("b.toml", overrides))
}

/// `path: old -> new (old place, new place)`, with a mark for what matters.
fn shown(differences: &[Difference]) -> String {
    let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let line = |d: &Difference| {
        let mark = if d.matters { "!" } else { " " };
        format!("{mark} {}: {} -> {} ({}, {})\n", d.path, side(&d.values[0]), side(&d.values[1]), side(&d.places[0]), side(&d.places[1]))
    };
    differences.iter().map(line).collect()
}

#[test]
fn values_differ_by_what_they_mean() {
    let found = against(&[
        ("seats = 50", "seats = { value = 48, note = \"counted\" }"),
        ("service = \"12 min\"", "service = \"0.2 h\""),
        ("secured = false", ""),
        ("distance = \"120 km\"", "distance = \"130 km\""),
        ("seed = 1", "seed = 2"),
        ("home = \"prison\"\n\n[[route]]", "home = \"prison\"\nrest = { after = \"9 h\", length = \"3 h\" }\n\n[[route]]"),
    ]);
    insta::assert_snapshot!(shown(&found));
}

#[test]
fn entries_are_added_removed_and_put_in_another_order() {
    let bus = "[[buses]]\nid = \"spare\"\ncount = 2\nseats = 50\nhome = \"prison\"\n\n";
    let more = G1.replace("[[escorts]]", &format!("{bus}[[escorts]]"));
    let found = differences(&files(&[("a.toml", G1), ("b.toml", &more)]), &[]);
    assert_eq!(shown(&found), "! buses.spare: - -> an entry of 4 keys (-, b.toml:32)\n");
    let turned = G1.replace("[[buses]]\nid = \"coaches\"", &format!("{bus}[[buses]]\nid = \"coaches\""));
    let found = differences(&files(&[("a.toml", &more), ("b.toml", &turned)]), &[]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].path.as_str(), found[0].matters), ("buses (order)", true));
    assert_eq!(found[0].values, [Some("coaches, spare".to_owned()), Some("spare, coaches".to_owned())]);
}

#[test]
fn another_sequence_of_legs_is_another_path() {
    let found = against(&[("  { crossing = \"border\" },\n", "")]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, "route.road.path");
}

#[test]
fn an_override_is_named_as_the_one_who_wrote_the_value() {
    let sources = files(&[("a.toml", G1), ("b.toml", G1)]);
    let found = differences(&sources, &["crossing.border.lanes=3".to_owned()]);
    assert_eq!(shown(&found), "! crossing.border.lanes: 2 -> 3 (a.toml:16, --set:1)\n");
}

#[test]
fn shipped_variants_are_rebuilt_from_the_base_and_their_differences() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = |name: &str| std::fs::read(folder.join(name)).map_err(|error| error.to_string());
    let written = |name: &str| Written::read(name, &read, &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
    let resolved = |name: &str| convoysim::scenario::load(name, &read, &[]).expect("it is valid").scenario.resolved;
    let base = written("hasakah-iraq.toml");
    assert_eq!(base.differences(&base), []);
    for name in ["air-bridge.toml", "as-observed.toml", "convoy-set-road.toml", "day-and-night.toml", "larger-hub.toml", "third-lane.toml"]
    {
        let variant = written(name);
        let differences = base.differences(&variant);
        assert!(differences.iter().any(|difference| difference.matters), "{name}");
        let paths: Vec<&str> = differences.iter().map(|difference| difference.path.as_str()).collect();
        assert_eq!(base.with(&variant, &paths), resolved(name), "{name}");
        assert_eq!(base.with(&variant, &[]), resolved("hasakah-iraq.toml"), "{name}");
    }
    // The text of a scenario in between is a scenario.
    good(&base.with(&written("larger-hub.toml"), &["hub.hub.holding"]));
}
