//! What a run may cost: a budget of events per replication, signals that end it, readers that go away.

use super::run::{Case, G1, text};
use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Two convoys that halt every second on the way: about 40,000 events at 40 km/h, fewer the faster they are.
fn halting() -> String {
    format!("{G1}halts = {{ every = \"1 s\", length = \"1 s\" }}\n")
        .replace("speed = \"40 km/h\"", "speed = { dist = \"uniform\", min = \"30 km/h\", max = \"90 km/h\" }")
}

/// Convoys that halt every second for 1,000 days: far more events than anybody waits for.
fn endless() -> String {
    format!("{G1}halts = {{ every = \"1 s\", length = \"1 s\" }}\n")
        .replace("distance = \"120 km\", speed = \"40 km/h\"", "distance = \"24000 km\", speed = \"1 km/h\"")
        .replace("horizon = \"3 d\"", "horizon = \"2000 d\"")
}

fn start(case: &Case, args: &[&str]) -> Child {
    let mut command = Command::cargo_bin("convoysim").expect("the binary is built");
    command.current_dir(case.dir.path()).args(args).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("it starts")
}

/// Sends a signal and waits for the end: its exit code.
#[expect(clippy::disallowed_methods, reason = "a test that waits for another process")]
fn signalled(mut child: Child, signal: &str) -> Option<i32> {
    std::thread::sleep(Duration::from_millis(1_500));
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    let begun = std::time::Instant::now();
    while begun.elapsed() < Duration::from_secs(120) {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("it can be ended");
    panic!("one signal did not end it");
}

#[test]
fn a_replication_beyond_its_budget_fails_with_the_busiest_cause_and_the_others_carry_on() {
    let case = Case::new(&halting());
    let end = case.convoysim(&["run", "case.toml", "-n", "20", "--max-events", "60000", "--charts", "none"]).code(30);
    let summary = case.json("out/case/summary.json");
    let failed = summary["failed"].as_u64().or_else(|| summary["outcomes"]["failed"].as_u64()).expect("a count");
    assert!((1..20).contains(&failed), "{failed} of 20");
    let failures = fs::read_to_string(case.path("out/case/failures.csv")).expect("it is there");
    let rows: Vec<&str> = failures.lines().skip(1).collect();
    assert_eq!(rows.len() as u64, failed);
    for row in rows {
        assert!(row.contains("budget") && row.contains("more than 60000 events") && row.contains("scheduled halts of route"), "{row}");
    }
    drop(end);
    // The budget belongs to what determines the bytes.
    case.convoysim(&["verify", "out/case"]).code(0);
    assert_eq!(case.json("out/case/manifest.json")["set"], Value::from(vec!["scenario.max_events=60000"]));
}

#[test]
fn the_budget_of_the_scenario_holds_where_none_is_given() {
    let case = Case::new(&halting().replace("seed = 1\n", "seed = 1\nmax_events = 5000\n"));
    case.convoysim(&["run", "case.toml", "-n", "2", "--charts", "none"]).code(30);
    case.convoysim(&["run", "case.toml", "-n", "2", "--charts", "none", "--max-events", "1000000", "--out", "out/more"]).code(0);
}

#[test]
fn one_run_that_never_seems_to_end_is_a_failure_within_the_default_budget() {
    let case = Case::new(&endless());
    case.convoysim(&["run", "case.toml", "-q", "--charts", "none"]).code(30);
    let failures = fs::read_to_string(case.path("out/case/failures.csv")).expect("it is there");
    assert!(failures.contains("more than 2000000 events"), "{failures}");
}

#[cfg(unix)]
#[test]
fn the_first_signal_ends_a_replication_that_is_under_way() {
    let case = Case::new(&endless());
    let endless = ["case.toml", "--max-events", "1000000000"];
    for (signal, code) in signals() {
        let child = start(&case, &[&["run"], &endless[..], &["-n", "3", "--threads", "2", "-q"]].concat());
        assert_eq!(signalled(child, signal), Some(code));
        let summary = case.json("out/case/summary.json");
        assert_eq!((&summary["status"], &summary["replications"]), (&"interrupted".into(), &0.into()));
        assert!(!case.path("out/case/failures.csv").exists(), "a cancelled replication has not failed");
        assert_eq!(case.json("out/case/manifest.json")["status"], "interrupted");
    }
    let other = endless.map(String::from);
    fs::copy(case.path("case.toml"), case.path("other.toml")).expect("copied");
    for command in ["compare", "best"] {
        let mut args = vec![command, "case.toml", "other.toml", "--max-events", &other[2], "-q"];
        args.extend(if command == "best" { &["--delta", "1 d"][..] } else { &[] });
        assert_eq!(signalled(start(&case, &args), "-INT"), Some(130), "{command}");
    }
    for replication in [&["--replication", "0"][..], &[]] {
        let args = [&["explain"], &endless[..], replication].concat();
        assert_eq!(signalled(start(&case, &args), "-INT"), Some(130), "explain {replication:?}");
    }
    let sweep = "[sweep]\nbase = \"case.toml\"\nreplications = 1\n[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n[[block]]\ndesign = \"grid\"\nfactors = [\"lanes\"]\n";
    fs::write(case.path("sweep.toml"), sweep).expect("written");
    let args = ["sweep", "sweep.toml", "--max-events", &other[2], "-q"];
    assert_eq!(signalled(start(&case, &args), "-INT"), Some(130), "sweep");
}

#[cfg(unix)]
#[test]
fn a_hang_up_does_not_end_what_was_started_to_ignore_it() {
    let case = Case::new(&halting());
    let program = assert_cmd::cargo::cargo_bin("convoysim");
    // As `nohup` does: the shell passes what it ignores on to what it starts.
    let script = format!("trap '' HUP; exec {} run case.toml -n 3 --threads 1 -q --charts none", program.display());
    let mut command = Command::new("sh");
    command.current_dir(case.dir.path()).args(["-c", &script]).stdout(Stdio::null()).stderr(Stdio::null());
    assert_eq!(signalled(command.spawn().expect("it starts"), "-HUP"), Some(0));
}

/// The signals that end a run, with the exit codes; a hang-up only where these tests were not started to ignore it, as `nohup` does.
#[cfg(unix)]
pub(super) fn signals() -> Vec<(&'static str, i32)> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let mut signals = vec![("-INT", 130), ("-TERM", 143)];
    if ignored.unwrap_or(0) & 1 == 0 {
        signals.push(("-HUP", 129));
    }
    signals
}

#[cfg(unix)]
#[test]
fn readers_that_go_away_are_no_error() {
    let case = Case::new(G1);
    case.convoysim(&["run", "case.toml", "-q", "--charts", "none"]).code(0);
    let commands: &[&[&str]] = &[
        &["--help"],
        &["run", "case.toml", "--charts", "none"],
        &["run", "case.toml", "--charts", "none", "--json"],
        &["check", "case.toml"],
        &["compare", "case.toml", "case.toml"],
        &["explain", "case.toml"],
        &["trace", "case.toml"],
        &["resolve", "case.toml"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["verify", "out/case"],
        &["rerun", "out/case", "--replication", "0"],
    ];
    for args in commands {
        let mut command = Command::cargo_bin("convoysim").expect("the binary is built");
        command.current_dir(case.dir.path()).args(*args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        drop(child.stdout.take());
        let end = child.wait_with_output().expect("it ends");
        assert_eq!(end.status.code(), Some(0), "{args:?}: {}", text(&end.stderr));
        assert!(!text(&end.stderr).contains("error") && !text(&end.stderr).contains("panicked"), "{args:?}: {}", text(&end.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error() {
    let case = Case::new(G1);
    for args in [&["--help"][..], &["check", "case.toml"], &["trace", "case.toml"], &["run", "case.toml", "-q", "--charts", "none"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut command = Command::cargo_bin("convoysim").expect("the binary is built");
        let end = command.current_dir(case.dir.path()).args(args).stdout(full).output().expect("it ends");
        assert_eq!(end.status.code(), Some(74), "{args:?}: {}", text(&end.stderr));
    }
}
