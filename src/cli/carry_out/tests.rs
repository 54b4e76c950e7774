//! A made-up job from the first replication to the last file.

use super::*;
use crate::cli::progress::Progress;
use crate::cli::room;
use crate::cli::signals::Signals;
use crate::experiment::runner::{Outcome, Unwatched};
use crate::report::briefing::{self, Beside, Subject};
use crate::report::chart::CHARTS;
use crate::report::style::Style;
use crate::report::terminal::{View, summary};
use crate::results::{Explanation, Kind, digest, sample};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn files(path: &Path) -> BTreeMap<String, String> {
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).expect("a text"))
    };
    fs::read_dir(path).expect("a folder").map(read).collect()
}

fn job(r: u32, detail: bool, _: &dyn Watch) -> Option<Outcome> {
    Some(if r == 13 { Err(sample::failure(r)) } else { Ok((sample::record(r, r.is_multiple_of(40)), detail.then(|| sample::detail(r)))) })
}

fn carry_out(n: u32, threads: usize, watch: &dyn Watch, path: &Path) -> Output {
    carry_out_within(room::beside(path), n, threads, watch, path)
}

fn carry_out_within(room: Room, n: u32, threads: usize, watch: &dyn Watch, path: &Path) -> Output {
    let assignment = Assignment {
        info: sample::info(n),
        responses: sample::responses(),
        resources: sample::resources(),
        nodes: sample::nodes(),
        setting: sample::setting(),
        room,
        job: &job,
    };
    let done = replicate(assignment, &Pool::new(threads).expect("threads"), watch).expect("the job is a function of its number");
    let folder = Folder::prepare(path).expect("the folder is ours");
    let texts = [("x.toml".into(), "[scenario]\n".into())];
    write(&done, &sources(&texts), &[], &serde_json::json!({"threads": threads}), TableFormat::Csv, folder).expect("there is room");
    done
}

#[test]
fn the_folder_has_every_file_and_the_manifest_names_their_digests() {
    let dir = tempfile::tempdir().expect("a folder");
    carry_out(100, 2, &Unwatched, dir.path());
    let files = files(dir.path());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        ".convoysim",
        "attribution.csv",
        "convoys.csv",
        "daily.csv",
        "failures.csv",
        "hours.csv",
        "inputs.csv",
        "light.csv",
        "manifest.json",
        "nodes.csv",
        "observed.csv",
        "paths.csv",
        "replications.csv",
        "resources.csv",
        "run.json",
        "segments.csv",
        "summary.json",
        "unfinished.csv",
    ];
    assert_eq!(names, expected);
    let manifest: Value = serde_json::from_str(&files["manifest.json"]).expect("JSON");
    for file in manifest["files"].as_array().expect("a list") {
        let name = file["name"].as_str().expect("a name");
        assert_eq!(file["sha256"], digest::sha256_hex(files[name].as_bytes()), "{name}");
    }
    assert_eq!(manifest["files"].as_array().map(Vec::len), Some(expected.len() - 3), "all but marker, manifest and run.json");
    assert_eq!(manifest["finished"], serde_json::json!([[0, 99]]));
    assert_eq!(files["replications.csv"].lines().count(), 101, "a heading, 99 replications that ended, one that failed");
    assert!(files["replications.csv"].lines().nth(1).is_some_and(|row| row.starts_with("0,true,horizon,,6400,")), "censored: no days");
    assert_eq!(files["paths.csv"].lines().nth(1), Some("1,2026-01-21,19,3,349.84256"), "replication 19 is the third to finish");
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let written: Vec<_> = [1, 2, 3, 8]
        .map(|threads| {
            let dir = tempfile::tempdir().expect("a folder");
            carry_out(300, threads, &Unwatched, dir.path());
            let mut files = files(dir.path());
            files.remove("run.json");
            files
        })
        .into();
    assert!(written.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn an_interrupted_run_is_saved_and_marked() {
    let dir = tempfile::tempdir().expect("a folder");
    let signals = Signals::default();
    signals.pretend();
    let done = carry_out(100, 2, &Progress::new(100, true, signals), dir.path());
    assert!(done.info.interrupted && done.table.records.is_empty());
    let files = files(dir.path());
    let summary: Value = serde_json::from_str(&files["summary.json"]).expect("JSON");
    assert_eq!((&summary["status"], &summary["replications"], &summary["requested"]), (&"interrupted".into(), &0.into(), &100.into()));
    assert!(summary["responses"]["days_to_completion"]["mean"].is_null());
}

#[test]
fn failures_of_an_earlier_run_do_not_stay() {
    let dir = tempfile::tempdir().expect("a folder");
    carry_out(20, 1, &Unwatched, dir.path());
    assert!(dir.path().join("failures.csv").exists());
    carry_out(10, 1, &Unwatched, dir.path());
    assert!(!dir.path().join("failures.csv").exists());
}

#[test]
fn a_job_that_does_not_repeat_itself_is_a_bug() {
    let again = |r: u32, detail: bool, _: &dyn Watch| {
        let mut record = sample::record(r, false);
        record.values[1] += f64::from(u8::from(detail));
        Some(Ok((record, None)))
    };
    let assignment = Assignment {
        info: sample::info(3),
        responses: sample::responses(),
        resources: sample::resources(),
        nodes: Vec::new(),
        setting: Setting::default(),
        room: room::beside(&std::env::temp_dir()),
        job: &again,
    };
    assert!(replicate(assignment, &Pool::new(1).expect("threads"), &Unwatched).is_err());
}

fn sources(texts: &[(String, String)]) -> Sources<'_> {
    Sources { texts, resolved: "[scenario]\n", overrides: &[] }
}

/// Room for so many records in memory, and more of them in a temporary file.
fn room_for(most: usize) -> Room {
    Room::new(most, || Ok(Box::new(tempfile::tempfile()?)))
}

#[test]
fn records_that_were_laid_aside_make_the_same_bytes_as_those_in_memory() {
    let dir = tempfile::tempdir().expect("a folder");
    let [few, all] = [50, 10_000].map(|most| {
        let path = dir.path().join(most.to_string());
        let done = carry_out_within(room_for(most), 1_000, 2, &Unwatched, &path);
        // What is drawn decides the pixels, which take long.
        let order = crate::cli::charts::USUAL_ORDER;
        let drawn = CHARTS.iter().filter(|chart| chart.kind() == Kind::Run).map(|chart| (chart.name, chart.draw(&done, order)));
        let pictures = format!("{:?}", drawn.collect::<Vec<_>>());
        let view = View { info: &done.info, table: &done.table, summary: &done.summary, details: &done.details, wrote: "" };
        let told = summary(&view, Style::default());
        let explained = format!("{:?}", Explanation::of(&done.table));
        let mut columns = Vec::new();
        parquet::of_run(&done, &mut columns, tempfile::tempfile().expect("a file")).expect("memory");
        let manifest =
            Manifest { files: Vec::new(), ..manifest(&done, &sources(&[]), &Folder::prepare(&dir.path().join("none")).expect("a folder")) };
        let subject = Subject { manifest: &manifest, output: &done };
        let page = briefing::page(subject, &Beside::default());
        let released = briefing::releasable_page(subject, &Beside::default()).map_err(|leak| leak.to_string());
        let whole = format!("{done:#?}");
        (files(&path), pictures, told, explained, (whole, columns, page, released))
    });
    for (name, text) in &few.0 {
        assert!(name == "run.json" || all.0.get(name) == Some(text), "{name} differs");
    }
    assert!(few.1 == all.1 && few.1.matches("<svg").count() > 5, "pictures differ");
    assert_eq!((&few.2, &few.3), (&all.2, &all.3));
    assert!(few.4 == all.4, "the output, its table as Parquet or a page about it differs");
}
