//! Killed processes, full disks, signals, second processes and damaged files: each leaves a folder that goes on to the same bytes.

use super::super::run::{Case, text};
use super::{LANES, case, merged};
use assert_cmd::Command;
use std::fs::{self, File};

/// The sweep with a fault on purpose.
fn faulty(case: &Case, folder: &str, fault: &str) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("convoysim").expect("the binary is built");
    command.env("CONVOYSIM_FAULT", fault).current_dir(case.path(""));
    command.args(["sweep", "sweep.toml", "--out", folder, "--shard-size", "5", "-q"]).assert()
}

fn again(case: &Case, folder: &str) -> assert_cmd::assert::Assert {
    case.convoysim(&["sweep", "sweep.toml", "--out", folder, "-q"])
}

#[test]
fn a_process_that_dies_after_any_step_of_any_part_leaves_a_folder_that_goes_on() {
    let case = case(LANES);
    again(&case, "whole").code(0);
    let whole = merged(&case, "whole");
    for step in ["write", "sync", "rename", "sync folder"] {
        for nth in 1..=5 {
            let folder = format!("{step} {nth}");
            // Killed: no exit code.
            let end = faulty(&case, &folder, &folder);
            assert_eq!(end.get_output().status.code(), None, "{folder}: {}", text(&end.get_output().stderr));
            // And once more at the same step of the next part, where one is left.
            faulty(&case, &folder, &format!("{step} 1"));
            again(&case, &folder).code(0);
            assert!(merged(&case, &folder) == whole, "{folder}");
        }
    }
}

#[test]
fn a_full_disk_is_told_and_the_sweep_goes_on_when_there_is_room() {
    let case = case(LANES);
    again(&case, "whole").code(0);
    for step in ["write", "sync", "rename"] {
        let end = faulty(&case, step, &format!("{step} 2 full")).code(74);
        assert!(text(&end.get_output().stderr).contains("no space left"), "{}", text(&end.get_output().stderr));
        again(&case, step).code(0);
        assert!(merged(&case, step) == merged(&case, "whole"), "{step}");
    }
}

#[test]
fn a_damaged_part_is_run_again_and_a_damaged_plan_is_refused() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--shard-size", "5", "-q"]).code(0);
    let whole = merged(&case, "swept");
    let part = case.path("swept/parts/00002.part");
    let good = fs::read(&part).expect("a part");
    for damaged in [&good[..good.len() - 1], &good[..40], &[], &[good.as_slice(), b"x"].concat()] {
        fs::write(&part, damaged).expect("a file");
        again(&case, "swept").code(0);
        assert_eq!(fs::read(&part).expect("a part"), good);
        assert!(merged(&case, "swept") == whole);
    }
    // A part of another shard under this one's name.
    fs::copy(case.path("swept/parts/00001.part"), &part).expect("a file");
    again(&case, "swept").code(0);
    assert!(merged(&case, "swept") == whole);
    // A plan that somebody has edited.
    let plan = case.path("swept/plan.json");
    let text_of_plan = fs::read_to_string(&plan).expect("a plan");
    fs::write(&plan, text_of_plan.replace("\"replications\": 4", "\"replications\": 5")).expect("a file");
    let end = again(&case, "swept").code(11);
    assert!(text(&end.get_output().stderr).contains("it was changed"), "{}", text(&end.get_output().stderr));
}

#[test]
fn the_journal_decides_nothing() {
    let case = case(LANES);
    case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "--shard-size", "5", "-q"]).code(0);
    let whole = merged(&case, "swept");
    let journal = case.path("swept/journal.jsonl");
    let good = fs::read(&journal).expect("a journal");
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 4;
    for damaged in [&good[..good.len() - 7], &[], &flipped] {
        fs::write(&journal, damaged).expect("a file");
        fs::remove_file(case.path("swept/parts/00003.part")).expect("a part");
        let said = case.convoysim(&["sweep", "status", "swept", "--json"]).code(0);
        let told: serde_json::Value = serde_json::from_slice(&said.get_output().stdout).expect("one JSON object");
        assert_eq!((&told["shards_there"], &told["first_missing"]), (&4.into(), &3.into()));
        again(&case, "swept").code(0);
        assert!(merged(&case, "swept") == whole);
    }
}

#[test]
fn a_second_process_is_kept_out() {
    let case = case(LANES);
    case.convoysim(&["sweep", "plan", "sweep.toml", "--out", "swept"]).code(0);
    let marker = File::open(case.path("swept/.convoysim")).expect("the marker");
    marker.lock().expect("nobody else has it");
    for command in
        [&["sweep", "sweep.toml", "--out", "swept"][..], &["sweep", "shard", "swept", "--shard", "0"], &["sweep", "merge", "swept"]]
    {
        let end = case.convoysim(command).code(74);
        assert!(text(&end.get_output().stderr).contains("another convoysim is writing there"), "{}", text(&end.get_output().stderr));
    }
    drop(marker);
    // Those who run shards stand beside each other, and keep out who wants to be alone.
    let beside = File::open(case.path("swept/.convoysim")).expect("the marker");
    beside.lock_shared().expect("nobody else has it");
    case.convoysim(&["sweep", "shard", "swept", "--shard", "0"]).code(0);
    case.convoysim(&["sweep", "merge", "swept"]).code(74);
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test that waits for another process")]
fn signals_leave_a_sweep_that_goes_on() {
    use assert_cmd::cargo::CommandCargoExt;
    use std::process;
    use std::time::{Duration, Instant};

    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let case = case(&LANES.replace("replications = 4", "replications = 100000"));
        let mut child = process::Command::cargo_bin("convoysim")
            .expect("the binary is built")
            .current_dir(case.path(""))
            .args(["sweep", "sweep.toml", "--out", "swept", "--shard-size", "20", "-q"])
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        while !case.path("swept/parts/00002.part").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it never began");
            std::thread::sleep(Duration::from_millis(10));
        }
        let killed = process::Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let asked = Instant::now();
        assert_eq!(child.wait().expect("it ends").code(), Some(code));
        assert!(asked.elapsed() < Duration::from_secs(5), "it took {:?} to stop", asked.elapsed());
        let said = case.convoysim(&["sweep", "status", "swept", "--json"]).code(0);
        let told: serde_json::Value = serde_json::from_slice(&said.get_output().stdout).expect("one JSON object");
        let there = told["shards_there"].as_u64().expect("a number");
        assert!((3..30_000).contains(&there), "{told}");
        // No half-written part is left under a name that counts, and what is there is whole.
        let files = fs::read_dir(case.path("swept/parts")).expect("a folder").count() as u64;
        assert!(files >= there && files <= there + 8, "{files} files for {there} shards");
    }
}
