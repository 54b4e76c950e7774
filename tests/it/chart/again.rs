//! What a folder holds reads back to what was written, and its charts drawn again have the same bytes.

use super::{Texts, compared, convoysim, fixture, twice};
use convoysim::report::read;
use convoysim::report::{csv, json};
use std::ffi::OsStr;
use std::fs;

#[test]
fn a_comparison_reads_back_to_its_files() {
    let folder = fixture("comparison");
    let texts = Texts::of(&folder, &read::COMPARISON_FILES);
    let comparison = compared(&folder);
    assert_eq!(Some(json::text(&json::comparison(&comparison)).as_str()), texts.named("comparison.json"));
    let mut pairs = Vec::new();
    csv::pairs(&comparison, &mut pairs).expect("memory takes everything");
    assert_eq!(String::from_utf8(pairs).ok().as_deref(), texts.named("pairs.csv"));
}

#[test]
fn pairs_that_do_not_fit_are_told_with_their_place() {
    let texts = Texts::of(&fixture("comparison"), &read::COMPARISON_FILES);
    let (object, pairs) = (texts.named("comparison.json").expect("a file"), texts.named("pairs.csv").expect("a file"));
    let told = |object: &str, pairs: &str| {
        let text_of = |name: &str| Some(if name == "pairs.csv" { pairs.to_owned() } else { object.to_owned() });
        let texts = [("comparison.json", text_of("comparison.json")), ("pairs.csv", text_of("pairs.csv"))];
        let text_of = |name: &str| texts.iter().find(|(known, _)| *known == name).and_then(|(_, text)| text.as_deref());
        read::comparison(text_of).expect_err("it is wrong").to_string()
    };
    let lines: Vec<&str> = pairs.lines().collect();
    let without = |nth: usize| lines.iter().enumerate().filter(|(i, _)| *i != nth).map(|(_, line)| format!("{line}\n")).collect::<String>();
    let told = [
        told(object, &without(lines.len() - 1)),
        told(object, &without(5)),
        told(object, &format!("{pairs}40,slow-border,days_to_completion,1,2,1\n")),
        told(&object.replace("\"verdict\": \"worse\"", "\"verdict\": \"dire\""), pairs),
        told(&object.replace("\"mean\"", "\"mode\""), pairs),
    ];
    insta::assert_snapshot!(told.join("\n"), @r#"
    pairs.csv: "daylight_convoy_hours" of "slow-border" has fewer than 40 pairs
    pairs.csv:41: a pair of "more-escorts" in "days_to_completion" should stand here
    pairs.csv:482: comparison.json knows nothing of this pair
    comparison.json: this version does not know the verdict "dire"
    comparison.json: this version does not know the measure "mode"
    "#);
}

#[test]
fn charts_of_comparisons_drawn_again_have_the_same_bytes() {
    let [base, more, slow] = ["scenario.toml", "more-escorts.toml", "slow-border.toml"].map(fixture);
    let command: [&OsStr; 7] =
        ["compare".as_ref(), base.as_os_str(), more.as_os_str(), slow.as_os_str(), "-n".as_ref(), "6".as_ref(), "-q".as_ref()];
    twice(&command, &["paired-1.png", "paired-1.svg", "paired-2.png", "paired-2.svg", "scenarios.png", "scenarios.svg"]);
}

#[test]
fn charts_of_explanations_drawn_again_have_the_same_bytes() {
    let base = fixture("scenario.toml");
    let command: [&OsStr; 7] =
        ["explain".as_ref(), base.as_os_str(), "--assumptions".as_ref(), "-n".as_ref(), "3".as_ref(), "--pairs".as_ref(), "3".as_ref()];
    twice(&command, &["tornado.png", "tornado.svg"]);
}

#[test]
fn a_folder_without_charts_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let (base, out) = (fixture("scenario.toml"), dir.path().join("out"));
    convoysim(&["explain".as_ref(), base.as_os_str(), "--replication".as_ref(), "1".as_ref(), "--out".as_ref(), out.as_os_str()]);
    let said = convoysim(&["chart".as_ref(), out.as_os_str()]);
    assert!(said.contains("the folder holds an explanation without assumptions"), "{said}");
    let manifest = fs::read_to_string(out.join("manifest.json")).expect("a manifest");
    fs::write(out.join("manifest.json"), manifest.replace("\"kind\": \"explanation\"", "\"kind\": \"poem\"")).expect("there is room");
    let said = convoysim(&["chart".as_ref(), out.as_os_str()]);
    assert!(said.contains("the folder holds a poem"), "{said}");
}
