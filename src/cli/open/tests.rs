//! What a run writes is what is opened, and what is not a whole run of ours is told.

use super::*;
use crate::cli::args::TableFormat;
use crate::cli::carry_out::{Assignment, Sources, replicate, write};
use crate::cli::folder::Folder;
use crate::cli::room;
use crate::cli::scenario_file::templates;
use crate::experiment::Plan;
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Pool, Unwatched};
use crate::scenario;
use tempfile::TempDir;

/// Runs a text and writes its folder.
fn run(text: &str, replications: u32, path: &Path) -> Output {
    run_as(TableFormat::Csv, text, replications, path)
}

fn run_as(format: TableFormat, text: &str, replications: u32, path: &Path) -> Output {
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
        room: room::beside(path),
        job: &|replication, detail, watch| operation.replicate(replication, detail, watch),
    };
    let output = replicate(assignment, &Pool::new(1).expect("a thread"), &Unwatched).expect("it repeats itself");
    let sources = Sources { texts: &scenario.texts, resolved: &scenario.resolved, overrides: &[] };
    let folder = Folder::prepare(path).expect("the folder is ours");
    write(&output, &sources, &[], &serde_json::json!({}), format, folder).expect("there is room");
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

#[test]
fn a_folder_that_is_gone_through_row_by_row_holds_the_same() {
    for (name, text) in templates() {
        let dir = tempfile::tempdir().expect("a folder");
        let made = run_as(TableFormat::Both, &text, 60, dir.path());
        let (_, files) = kind(dir.path(), &manifest_text(dir.path()).expect("a text")).expect("a run");
        for most in [1, 7, 100] {
            let room = Room::new(most, || Ok(Box::new(tempfile::tempfile()?)));
            let read = long(dir.path(), &files, room).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(format!("{read:#?}"), format!("{made:#?}"), "{name}, {most} in memory");
        }
        // Without the table as text, the other form is read.
        let files: Vec<FileEntry> = files.into_iter().filter(|entry| entry.name != "replications.csv").collect();
        let read = long(dir.path(), &files, room::beside(dir.path())).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(format!("{read:#?}"), format!("{made:#?}"), "{name}, from Parquet");
    }
}

#[test]
fn a_folder_with_replications_as_parquet_alone_opens_as_the_run_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let made = run_as(TableFormat::Parquet, &templates()[0].1, 40, dir.path());
    assert!(!dir.path().join("replications.csv").exists() && dir.path().join("replications.parquet").exists());
    assert_eq!(format!("{:#?}", open(dir.path()).expect("it opens").output), format!("{made:#?}"));
}

#[test]
fn a_row_too_few_or_too_many_in_a_long_folder_is_named() {
    let dir = written();
    let (_, files) = kind(dir.path(), &manifest_text(dir.path()).expect("a text")).expect("a run");
    let complaint = |name: &str, change: &dyn Fn(Vec<&str>) -> Vec<String>| {
        let path = dir.path().join(name);
        let text = fs::read_to_string(&path).expect("a text");
        let changed = change(text.lines().collect()).join("\n") + "\n";
        fs::write(&path, &changed).expect("it is written");
        let listed = |entry: &FileEntry| match entry.name == name {
            true => FileEntry { sha256: digest::sha256_hex(changed.as_bytes()), ..entry.clone() },
            false => entry.clone(),
        };
        let files: Vec<FileEntry> = files.iter().map(listed).collect();
        let why = long(dir.path(), &files, room::beside(dir.path())).map(|_| ()).expect_err("it is refused").to_string();
        fs::write(&path, text).expect("it is written");
        why.replace(&dir.path().display().to_string(), "DIR")
    };
    let owned = |lines: &[&str]| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
    let without_last = |lines: Vec<&str>| owned(&lines[..lines.len() - 1]);
    assert!(complaint("replications.csv", &without_last).contains("replication 1 is not in replications.csv"));
    assert!(complaint("resources.csv", &without_last).contains("there is no row of"));
    assert!(
        complaint("resources.csv", &|mut lines| {
            lines.remove(1);
            owned(&lines)
        })
        .contains("there is no row of")
    );
    let doubled = |lines: Vec<&str>| owned(&[lines.as_slice(), &lines[lines.len() - 1..]].concat());
    assert!(complaint("replications.csv", &doubled).contains("its replications do not stand in order"));
    assert!(complaint("resources.csv", &doubled).contains("not in its place"));
    let other = |lines: Vec<&str>| lines.iter().map(|line| line.replacen("0,", "7,", 1)).collect::<Vec<_>>();
    assert!(complaint("attribution.csv", &other).contains("not in its place"));
}
