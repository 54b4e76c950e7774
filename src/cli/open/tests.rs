//! What a run writes is what is opened, and what is not a whole run of ours is told.

use super::*;
use crate::cli::carry_out::{Assignment, Sources, replicate, write};
use crate::cli::folder::Folder;
use crate::cli::scenario_file::templates;
use crate::experiment::Plan;
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Pool, Unwatched};
use crate::scenario;
use tempfile::TempDir;

/// Runs a text and writes its folder.
fn run(text: &str, replications: u32, path: &Path) -> Output {
    let source = |_: &str| Ok(text.as_bytes().to_vec());
    let scenario = scenario::load("case.toml", &source, &[]).expect("it is valid").scenario;
    let plan = Plan::of(&scenario, Some(replications), None);
    let operation = Operation::new(&scenario, plan.seed);
    let assignment = Assignment {
        info: plan.describe(&scenario),
        responses: operation.responses.clone(),
        resources: operation.resources.clone(),
        nodes: operation.nodes.clone(),
        setting: operation.setting.clone(),
        job: &|replication, detail| operation.replicate(replication, detail),
    };
    let output = replicate(assignment, &Pool::new(1).expect("a thread"), &Unwatched).expect("it repeats itself");
    let sources = Sources { texts: &scenario.texts, resolved: &scenario.resolved, overrides: &[] };
    let folder = Folder::prepare(path).expect("the folder is ours");
    write(&output, &sources, &[], &serde_json::json!({}), folder).expect("there is room");
    output
}

fn written() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    run(&templates()[0].1, 2, dir.path());
    dir
}

/// The complaint about a folder, without its path.
fn complaint(path: &Path) -> String {
    open(path).map(|_| ()).expect_err("it cannot be opened").to_string().replace(&path.display().to_string(), "DIR")
}

#[test]
fn every_template_reads_back_to_the_run_it_was() {
    for (name, text) in templates() {
        let dir = tempfile::tempdir().expect("a folder");
        let made = run(&text, 3, dir.path());
        let opened = open(dir.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!made.details.is_empty() && !made.setting.inputs.is_empty() && !made.setting.light.is_empty(), "{name}");
        assert_eq!(format!("{:#?}", opened.output), format!("{made:#?}"), "{name}");
        assert_eq!((opened.manifest.seed, opened.manifest.replications), (made.info.seed, 3));
    }
}

#[test]
fn a_file_that_was_changed_or_lost_is_named() {
    let dir = written();
    let (file, text) = (dir.path().join("segments.csv"), fs::read_to_string(dir.path().join("segments.csv")).expect("a text"));
    fs::write(&file, format!("{text} ")).expect("it is written");
    insta::assert_snapshot!(complaint(dir.path()), @"DIR: segments.csv has been changed since the run wrote it; run the scenario again, or put the file back");
    fs::remove_file(&file).expect("it was there");
    insta::assert_snapshot!(complaint(dir.path()), @"DIR: manifest.json lists segments.csv, but the folder does not have it; run the scenario again");
    fs::write(&file, text).expect("it is written");
    fs::remove_file(dir.path().join("run.json")).expect("it was there");
    assert!(open(dir.path()).is_ok(), "nothing is read from run.json");
}

#[test]
fn what_is_no_whole_run_of_ours_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(complaint(dir.path()), @"DIR: convoysim did not write this folder; give one that `convoysim run` wrote");
    insta::assert_snapshot!(complaint(&dir.path().join("nowhere")), @"DIR: there is no such folder");
    let file = dir.path().join("thesis.doc");
    fs::write(&file, "").expect("a file");
    insta::assert_snapshot!(complaint(&file), @"DIR: this is a file; give the folder that `convoysim run` wrote");
    drop(Folder::prepare(&dir.path().join("killed")).expect("it is ours"));
    insta::assert_snapshot!(complaint(&dir.path().join("killed")), @"DIR: no run has been finished there yet; run the scenario again with --out DIR");
    fs::write(dir.path().join(MANIFEST), "{\"schema\": \"convoysim.manifest/7\"}").expect("a file");
    insta::assert_snapshot!(complaint(dir.path()), @r#"DIR: manifest.json: its schema is "convoysim.manifest/7", but this version reads "convoysim.manifest/1""#);
}
