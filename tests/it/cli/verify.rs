//! `convoysim verify` and `convoysim rerun` on folders that are as they were written, and on some that are not.

use super::run::{Case, G1, text, varying};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// The varying golden run, run for a while, with a picture.
fn written() -> Case {
    let case = Case::new(&varying());
    case.convoysim(&["run", "case.toml", "-n", "12", "--charts", "completion", "--out", "out", "-q"]).code(0);
    // Nothing but the folder is needed.
    fs::remove_file(case.path("case.toml")).expect("it was there");
    case
}

fn edit(case: &Case, file: &str, from: &str, to: &str) {
    let path = case.path("out").join(file);
    let before = fs::read_to_string(&path).expect("a text");
    let after = before.replacen(from, to, 1);
    assert_ne!(before, after, "{file} has no {from:?}");
    fs::write(path, after).expect("it is written");
}

/// What was found of each file that has something to tell, and where it first differs.
fn findings(case: &Case, args: &[&str]) -> Vec<String> {
    let end = case.convoysim(&[&["verify", "out", "--json"], args].concat());
    let object: Value = serde_json::from_slice(&end.get_output().stdout).expect("one JSON object");
    let code = if object["agrees"] == true { 0 } else { 31 };
    end.code(code);
    let files = object["files"].as_array().expect("a list");
    let told = files.iter().filter(|file| file["finding"] != "same").map(|file| {
        let place = file["first"]["place"].as_str().map_or_else(String::new, |place| format!(", {place}"));
        format!("{}: {}{place}", file["name"].as_str().expect("a name"), file["finding"].as_str().expect("a word"))
    });
    told.collect()
}

/// What is printed of a folder that differs, with single spaces.
fn told_in_words(case: &Case) -> String {
    let printed = text(&case.convoysim(&["verify", "out"]).code(31).get_output().stdout);
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_folder_as_it_was_written_is_made_again_from_its_manifest_alone() {
    let case = written();
    let end = case.convoysim(&["verify", "out"]).code(0);
    let printed = text(&end.get_output().stdout);
    assert!(printed.ends_with("\nAll 15 files are the same, byte by byte.\n"), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    assert_eq!(findings(&case, &["--threads", "3"]), Vec::<String>::new());
    case.convoysim(&["verify", "out", "-q"]).code(0).stdout("");
}

#[test]
fn what_was_changed_lost_or_added_is_told_with_its_place() {
    let case = written();
    edit(&case, "replications.csv", "\n3,false,", "\n3,true,");
    edit(&case, "charts/completion.svg", "Simulated", "Simulirt");
    fs::remove_file(case.path("out/light.csv")).expect("it was there");
    fs::write(case.path("out/unfinished.csv"), "replication,outcome,people,waits_for\n").expect("it is written");
    fs::write(case.path("out/notes.txt"), "mine").expect("it is written");
    let told = findings(&case, &[]);
    assert_eq!(told[0].split(", ").next(), Some("charts/completion.svg: changed"));
    assert_eq!(
        told[1..],
        [
            "light.csv: missing",
            "notes.txt: not ours",
            "replications.csv: changed, row 4 (replication 3), column censored",
            "unfinished.csv: extra"
        ]
    );
}

#[test]
fn what_the_user_put_there_alone_is_no_difference() {
    let case = written();
    fs::write(case.path("out/notes.txt"), "mine").expect("it is written");
    assert_eq!(findings(&case, &[]), ["notes.txt: not ours"]);
}

#[test]
fn results_that_were_changed_with_their_manifest_come_out_otherwise() {
    let case = written();
    edit(&case, "manifest.json", "\"seed\": 1,", "\"seed\": 2,");
    let told = findings(&case, &[]);
    assert!(told.contains(&"summary.json: different, seed".to_owned()), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("replications.csv: different, row 1 (replication 0), column ")), "{told:?}");
    assert!(told_in_words(&case).contains("Version and target are the same"));
    // Another version is told as what it may come from.
    edit(&case, "manifest.json", "\"version\": \"", "\"version\": \"0.0.");
    assert!(told_in_words(&case).contains("what moves results is in the change log"));
}

#[test]
fn a_manifest_that_was_changed_is_told() {
    let case = written();
    let manifest = case.json("out/manifest.json");
    let digest = |name: &str| {
        let files = manifest["files"].as_array().expect("a list").clone();
        files.into_iter().find(|file| file["name"] == name).expect("it is listed")["sha256"].as_str().expect("a text").to_owned()
    };
    edit(&case, "manifest.json", &digest("daily.csv"), &"0".repeat(64));
    edit(&case, "manifest.json", "\"status\": \"complete\"", "\"status\":  \"complete\"");
    let told = findings(&case, &[]);
    assert_eq!(told[0], "daily.csv: mislisted");
    assert!(told[1].starts_with("manifest.json: changed, line ") && told.len() == 2, "{told:?}");
}

#[test]
fn a_sample_compares_the_rows_of_some_replications() {
    let case = written();
    let same = [
        "attribution.csv: same rows",
        "daily.csv: as listed",
        "paths.csv: as listed",
        "replications.csv: same rows",
        "resources.csv: same rows",
    ];
    assert_eq!(findings(&case, &["--sample", "3"]), same);
    let object: Value = serde_json::from_slice(&case.convoysim(&["verify", "out", "--sample", "2", "--json"]).get_output().stdout)
        .expect("one JSON object");
    let sample: Vec<u64> = object["sample"].as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
    assert!(sample.first() == Some(&0) && sample.last() == Some(&11) && object["replications"] == 12, "{sample:?}");
    // More than there are is all of them.
    assert_eq!(findings(&case, &["--sample", "12"]), Vec::<String>::new());
    // A row of the sample and its digest were changed: that comes out.
    let changed = fs::read_to_string(case.path("out/replications.csv")).expect("a text").replacen("\n0,false,", "\n0,true,", 1);
    let was =
        case.json("out/manifest.json")["files"].as_array().expect("a list").iter().find(|file| file["name"] == "replications.csv").cloned();
    fs::write(case.path("out/replications.csv"), &changed).expect("it is written");
    let [was_sha, was_bytes] = ["sha256", "bytes"].map(|key| was.as_ref().expect("it is listed")[key].to_string());
    edit(&case, "manifest.json", was_sha.trim_matches('"'), &convoysim::results::digest::sha256_hex(changed.as_bytes()));
    edit(&case, "manifest.json", &format!("\"bytes\": {was_bytes}"), &format!("\"bytes\": {}", changed.len()));
    let told = findings(&case, &["--quick"]);
    assert!(told.contains(&"replications.csv: different, row 1 (replication 0), column censored".to_owned()), "{told:?}");
}

#[test]
fn pictures_drawn_later_are_drawn_again() {
    let case = written();
    case.convoysim(&["chart", "out", "--only", "burn-up", "--size", "half", "--theme", "dark"]).code(0);
    assert_eq!(findings(&case, &[]), Vec::<String>::new());
    edit(&case, "charts/burn-up-half-dark.svg", "Simulated", "Simulirt");
    assert!(findings(&case, &[])[0].starts_with("charts/burn-up-half-dark.svg: changed, line "));
}

#[test]
fn runs_with_overrides_data_files_conditions_and_failures_are_made_again() {
    let data = varying().replace(
        r#"service = { dist = "lognormal", median = "12 min", sigma = 0.4 }"#,
        r#"service = { dist = "empirical", file = "data/times.csv", column = "minutes", unit = "min" }"#,
    );
    let case = Case::new(&data);
    fs::create_dir(case.path("data")).expect("a folder");
    fs::write(case.path("data/times.csv"), "minutes\n8\n9\n14\n").expect("a file");
    fs::write(case.path("variant.toml"), "extends = \"case.toml\"\n[[buses]]\nid = \"coaches\"\ncount = 13\n").expect("a file");
    let run = [
        [
            "run",
            "variant.toml",
            "--charts",
            "none",
            "--out",
            "out",
            "--set",
            "route.road.headway=\"5 min\"",
            "--until",
            "mean(bus_km) +- 50 %",
        ]
        .as_slice(),
        &["--at-most", "60", "--seed", "7", "-q"],
    ];
    case.convoysim(&run.concat()).code(0);
    fs::remove_dir_all(case.path("data")).expect("it was there");
    fs::remove_file(case.path("case.toml")).expect("it was there");
    assert_eq!(findings(&case, &[]), Vec::<String>::new());
}

#[test]
fn comparisons_are_made_again() {
    let case = Case::new(&varying());
    fs::write(
        case.path("fast.toml"),
        "extends = \"case.toml\"\n[[facility]]\nid = \"receiving\"\nintake = { bays = 3 }\n[[buses]]\nid = \"coaches\"\ncount = 13\n",
    )
    .expect("a file");
    for more in [["--split", "--response", "bus_km"].as_slice(), &["--no-crn"]] {
        let args = ["compare", "case.toml", "fast.toml", "-n", "24", "--out", "out", "-q", "--set", "route.road.headway=\"5 min\""];
        case.convoysim(&[args.as_slice(), more].concat()).code(0);
        assert_eq!(findings(&case, &[]), Vec::<String>::new());
    }
    case.convoysim(&["verify", "out", "--quick"]).code(2);
    case.convoysim(&["rerun", "out", "--replication", "0"]).code(11);
    edit(&case, "pairs.csv", "\n0,fast,days_to_completion,", "\n0,fast,days_to_completion,9");
    assert_eq!(findings(&case, &[]), ["pairs.csv: changed, row 1 (pair 0), column base"]);
}

#[test]
fn explanations_are_made_again() {
    let case = Case::new(&varying());
    for more in [["--pairs", "20"].as_slice(), &["--assumptions", "--pairs", "20", "--charts", "all"]] {
        case.convoysim(&[["explain", "case.toml", "-n", "20", "--out", "out"].as_slice(), more].concat()).code(0);
        assert_eq!(findings(&case, &[]), Vec::<String>::new());
    }
    edit(&case, "explanation.json", "\"replications\": 20", "\"replications\": 21");
    assert_eq!(findings(&case, &[]), ["explanation.json: changed, replications"]);
    case.convoysim(&["explain", "case.toml", "--replication", "1", "--out", "out"]).code(0);
    assert_eq!(findings(&case, &[]), Vec::<String>::new());
}

#[test]
fn pictures_and_pages_say_what_they_were_made_from() {
    let case = written();
    let manifest = case.json("out/manifest.json");
    let svg = fs::read_to_string(case.path("out/charts/completion.svg")).expect("a text");
    let metadata = svg.split_once("<metadata>").and_then(|(_, rest)| rest.split_once("</metadata>")).expect("it has some").0;
    let told: Value = serde_json::from_str(&metadata.replace("&quot;", "\"")).expect("JSON");
    assert_eq!(
        (&told["version"], &told["seed"], &told["replications"]),
        (&manifest["version"], &manifest["seed"], &manifest["replications"])
    );
    let scenario = &told["scenarios"][0];
    assert_eq!((&scenario["name"], &scenario["sha256"]), (&manifest["scenario"], &manifest["resolved_sha256"]));
    let chunk = [b"iTXtconvoysim\0\0\0\0\0".as_slice(), told.to_string().as_bytes()].concat();
    let png = fs::read(case.path("out/charts/completion.png")).expect("a picture");
    assert!(png.windows(chunk.len()).any(|part| part == chunk));
    case.convoysim(&["brief", "out", "-o", "page.html"]).code(0);
    let page = fs::read_to_string(case.path("page.html")).expect("a text");
    assert!(page.contains(&format!("<meta name=\"convoysim\" content=\"{metadata}\">")), "{}", &page[..1500]);
    // What may leave the house tells neither the name nor the seed.
    case.convoysim(&["brief", "out", "-o", "safe.html", "--release-safe"]).code(0);
    let page = fs::read_to_string(case.path("safe.html")).expect("a text");
    let safe = page.split_once("<meta name=\"convoysim\" content=\"").and_then(|(_, rest)| rest.split_once("\">")).expect("it has some").0;
    assert!(safe.contains("Scenario A") && safe.contains("&quot;seed&quot;:null"), "{safe}");
}

#[test]
fn a_run_that_was_interrupted_is_made_again_as_far_as_it_went() {
    let case = Case::new(&varying());
    let binary = assert_cmd::cargo::cargo_bin("convoysim");
    let mut child = Command::new(binary);
    let child = child.current_dir(case.path(".")).args(["run", "case.toml", "-n", "200000", "--charts", "none", "--out", "out", "-q"]);
    let mut child = child.stdout(std::process::Stdio::null()).spawn().expect("it starts");
    std::thread::sleep(std::time::Duration::from_millis(700));
    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()));
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(case.json("out/manifest.json")["status"], "interrupted");
    assert_eq!(findings(&case, &[]), Vec::<String>::new());
}

#[test]
fn what_cannot_be_made_again_is_told() {
    let case = Case::new(G1);
    case.convoysim(&["verify", "nowhere"]).code(11);
    case.convoysim(&["run", "case.toml", "--charts", "none", "--out", "out", "-q"]).code(0);
    let manifest = fs::read_to_string(case.path("out/manifest.json")).expect("a text");
    fs::write(case.path("out/manifest.json"), manifest.replace("lanes = 2\\n", "lames = 2\\n")).expect("it is written");
    let end = case.convoysim(&["verify", "out"]).code(10);
    assert!(text(&end.get_output().stderr).contains("this version cannot run its scenario"), "{}", text(&end.get_output().stderr));
}

#[test]
fn one_replication_is_run_again_and_held_against_its_row() {
    let case = written();
    let end = case.convoysim(&["rerun", "out", "--replication", "5"]).code(0);
    let printed = text(&end.get_output().stdout);
    assert!(printed.ends_with("\nReplication 5 came out as the folder has it, to the last bit.\n"), "{printed}");
    let row = fs::read_to_string(case.path("out/replications.csv")).expect("a table");
    let row: Vec<&str> = row.lines().nth(6).expect("a row").split(',').collect();
    assert!(row[0] == "5" && printed.contains("days_to_completion") && printed.contains(row[3]), "{printed}");
    let object: Value =
        serde_json::from_slice(&case.convoysim(&["rerun", "out", "--replication", "5", "--json"]).get_output().stdout).expect("one object");
    assert_eq!((&object["agrees"], object["responses"]["days_to_completion"].to_string()), (&Value::Bool(true), row[3].to_owned()));
    edit(&case, "replications.csv", "\n5,false,complete,", "\n5,false,complete,1");
    let end = case.convoysim(&["rerun", "out", "--replication", "5"]).code(31);
    assert!(text(&end.get_output().stdout).contains("is not what the folder has"));
    case.convoysim(&["rerun", "out", "--replication", "6"]).code(0);
    case.convoysim(&["rerun", "out", "--replication", "12"]).code(2);
    case.convoysim(&["rerun", "out", "--replication", "6", "--point", "0"]).code(2);
}

#[test]
fn its_trace_is_the_one_that_trace_prints() {
    let case = Case::new(&varying());
    case.convoysim(&["run", "case.toml", "-n", "4", "--charts", "none", "--out", "out", "-q"]).code(0);
    for format in ["csv", "jsonl", "chrome"] {
        let traced = case.convoysim(&["trace", "case.toml", "--replication", "3", "--format", format]).code(0);
        let again = case.convoysim(&["rerun", "out", "--replication", "3", &format!("--trace={format}")]).code(0);
        assert!(traced.get_output().stdout == again.get_output().stdout && !again.get_output().stdout.is_empty(), "{format}");
        assert!(text(&again.get_output().stderr).contains("to the last bit"));
    }
}

/// Puts another number in place of one of the manifest.
fn tampered(case: &Case, change: impl FnOnce(&mut Value)) {
    let mut manifest = case.json("out/manifest.json");
    change(&mut manifest);
    fs::write(case.path("out/manifest.json"), manifest.to_string()).expect("it is written");
}

#[test]
fn a_manifest_with_more_replications_than_its_folder_can_hold_is_refused_at_once() {
    /// What the message says, and what makes a manifest wrong.
    type Tampering = (&'static str, fn(&mut Value));
    let many: [Tampering; 6] = [
        ("has room for", |m| (m["replications"], m["finished"]) = (9_000_000.into(), serde_json::json!([[0, 8_999_999]]))),
        ("must be from 1 to", |m| {
            (m["replications"], m["finished"]) = (4_000_000_000_u32.into(), serde_json::json!([[0, 3_999_999_999_u32]]))
        }),
        ("must be from 1 to", |m| m["replications"] = 0.into()),
        ("finished must be", |m| m["finished"] = serde_json::json!([[0, 4_294_967_295_u32]])),
        ("finished must be", |m| m["finished"] = serde_json::json!([[5, 3]])),
        ("finished must be", |m| (m["status"], m["finished"]) = ("interrupted".into(), serde_json::json!([[0, 6], [3, 8]]))),
    ];
    for (words, change) in many {
        let case = written();
        tampered(&case, change);
        for args in [&["verify", "out"][..], &["verify", "out", "--quick"], &["rerun", "out", "--replication", "0"]] {
            let end = case.convoysim(args).code(11);
            let said = text(&end.get_output().stderr);
            assert!(said.contains(words), "{args:?}: {said}");
        }
    }
}

#[test]
fn a_comparison_with_more_replications_than_its_folder_can_hold_is_refused_at_once() {
    let case = Case::new(&varying());
    fs::write(case.path("other.toml"), varying().replace("lanes = 2", "lanes = 3")).expect("a file");
    case.convoysim(&["compare", "case.toml", "other.toml", "-n", "4", "--out", "out", "--charts", "none", "-q"]).code(0);
    tampered(&case, |manifest| {
        manifest["replications"] = 9_000_000.into();
        for one in manifest["scenarios"].as_array_mut().expect("a list") {
            one["finished"] = serde_json::json!([[0, 8_999_999]]);
        }
    });
    let end = case.convoysim(&["verify", "out"]).code(11);
    assert!(text(&end.get_output().stderr).contains("has room for"), "{}", text(&end.get_output().stderr));
}
