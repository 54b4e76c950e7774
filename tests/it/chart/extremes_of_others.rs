//! Odd comparisons and explanations do not break a picture either.

use super::extremes::{PLAIN, Road};
use super::picture::faults;
use super::{assumed, compared, convoysim, pictures};
use convoysim::report::chart::{Material, Size, Theme};
use convoysim::results::{Assumed, Comparison};
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

const LOOKS: [Size; 4] = [Size::Slide, Size::Half, Size::A4, Size::Thumb];

fn keeps_the_rules(material: Material<'_>) -> usize {
    let drawn: Vec<_> = pictures(material, &LOOKS, &[Theme::Light, Theme::Print]).collect();
    let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    drawn.len()
}

/// The first scenario against the others, each under a file name of its own.
fn compare(scenarios: &[(&str, String)], replications: u32, more: &[&str]) -> Comparison {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |(name, text): &(&str, String)| {
        let path = dir.path().join(format!("{name}.toml"));
        fs::write(&path, text).expect("there is room");
        path
    };
    let files: Vec<PathBuf> = scenarios.iter().map(file).collect();
    let (out, n) = (dir.path().join("out"), replications.to_string());
    let mut args: Vec<&OsStr> = vec!["compare".as_ref()];
    args.extend(files.iter().map(|file| file.as_os_str()));
    args.extend(["-n".as_ref(), n.as_ref(), "-q".as_ref(), "--charts".as_ref(), "none".as_ref(), "--out".as_ref(), out.as_os_str()]);
    args.extend(more.iter().map(OsStr::new));
    let said = convoysim(&args);
    assert!(out.join("manifest.json").exists(), "{said}");
    compared(&out)
}

fn explain(scenario: &str, replications: u32) -> Assumed {
    let dir = tempfile::tempdir().expect("a folder");
    let (file, out) = (dir.path().join("scenario.toml"), dir.path().join("out"));
    fs::write(&file, scenario).expect("there is room");
    let n = replications.to_string();
    let args: [&OsStr; 11] = [
        "explain".as_ref(),
        file.as_os_str(),
        "--assumptions".as_ref(),
        "-n".as_ref(),
        n.as_ref(),
        "--pairs".as_ref(),
        n.as_ref(),
        "--charts".as_ref(),
        "none".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    let said = convoysim(&args);
    assert!(out.join("manifest.json").exists(), "{said}");
    assumed(&out)
}

fn slower() -> String {
    Road { service: "\"40 min\"", ..PLAIN }.scenario()
}

#[test]
fn one_pair_and_pairs_that_do_not_differ() {
    let base = PLAIN.scenario();
    for n in [1, 2, 9] {
        keeps_the_rules((&compare(&[("base", base.clone()), ("same", base.clone()), ("slower", slower())], n, &[])).into());
    }
}

#[test]
fn runs_that_do_not_finish() {
    let all = Road { horizon: "14 h", ..PLAIN }.scenario();
    let some = Road { horizon: "16 h 36 min", ..PLAIN }.scenario();
    for scenarios in [
        [("base", all.clone()), ("same", all.clone())],
        [("base", PLAIN.scenario()), ("never", all)],
        [("base", PLAIN.scenario()), ("some", some.clone())],
        [("some", some), ("base", PLAIN.scenario())],
    ] {
        assert!(keeps_the_rules((&compare(&scenarios, 24, &[])).into()) > 0);
    }
}

#[test]
fn random_numbers_of_their_own_and_many_measures() {
    let measures = ["convoys", "best_day_people", "accepted_people", "bus_km", "escort_hours", "longest_queue.border"];
    let asked: Vec<&str> = measures.iter().flat_map(|name| ["--response", name]).collect();
    let scenarios = [("base", PLAIN.scenario()), ("slower", slower())];
    keeps_the_rules((&compare(&scenarios, 12, &asked)).into());
    keeps_the_rules((&compare(&scenarios, 12, &[&["--no-crn"], asked.as_slice()].concat())).into());
}

#[test]
fn names_of_scenarios_that_are_long_short_from_right_to_left_or_markup() {
    let long = "the-northern-assembly-area-and-receiving-point-of-the-region";
    let other = format!("{long}-with-one-more-lane");
    let handling = format!("{long}. {long}. {long}.");
    let strict = Road { handling: &handling, name: long, ..PLAIN }.scenario();
    keeps_the_rules((&compare(&[(long, strict.clone()), (&other, strict)], 5, &[])).into());
    let names = ["x", "سجن المنطقة", "<script>alert(1)<script>", "a & b \" ' ]]>"];
    let scenarios: Vec<(&str, String)> = names.iter().map(|name| (*name, slower())).collect();
    keeps_the_rules((&compare(&scenarios, 5, &[])).into());
}

#[test]
fn eleven_variants() {
    let names: Vec<String> = (0..12).map(|i| format!("variant-{i}")).collect();
    let scenarios: Vec<(&str, String)> =
        names.iter().enumerate().map(|(i, name)| (name.as_str(), Road { per_convoy: 1 + i as u32, ..PLAIN }.scenario())).collect();
    keeps_the_rules((&compare(&scenarios, 4, &[])).into());
}

#[test]
fn assumptions_over_few_runs_long_paths_and_runs_that_do_not_finish() {
    for n in [1, 2, 5] {
        keeps_the_rules((&explain(&PLAIN.scenario(), n)).into());
    }
    keeps_the_rules((&explain(&Road { horizon: "16 h 36 min", ..PLAIN }.scenario(), 5)).into());
    assert_eq!(keeps_the_rules((&explain(&Road { horizon: "14 h", ..PLAIN }.scenario(), 3)).into()), 0, "nothing is known of any end");
}
