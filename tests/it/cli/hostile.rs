//! Names that would act on a shell, a terminal, a spreadsheet or somebody else's files.

use super::run::G1;
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn convoysim(dir: &Path, args: &[&str]) -> Output {
    Command::cargo_bin("convoysim").expect("the binary is built").current_dir(dir).args(args).output().expect("it ran")
}

fn texts(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with G1 under this name.
fn with_plan(name: &str, text: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join(name), text).expect("a file");
    dir
}

const SWEEP: &str = "[sweep]\nbase = \"g1.toml\"\nreplications = 1\n\n[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n\n[[block]]\ndesign = \"grid\"\n";

/// What acts on a terminal, or turns text around.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_name_or_label_or_source_line_acts_on_the_terminal() {
    let hostile = "a\\u001b]0;x\\u0007\\u009b2Jb\\u202e\\u2066c";
    let plan = G1.replacen("G1: two convoys, everything fixed", hostile, 1).replacen(
        "id = \"prison\"",
        &format!("id = \"prison\"\nlabel = \"{hostile}\""),
        1,
    );
    let raw = plan.replacen("[[site]]", "[[site]]\n\"k\u{9b}\u{202e}\" = 1", 1);
    let name = "p\u{1b}[31m\u{9b}\u{202e}.toml";
    let dir = with_plan(name, &plan);
    fs::write(dir.path().join("raw.toml"), raw).expect("a file");
    for colour in ["always", "never"] {
        for args in [
            &["run", name, "--out", "out", "--color", colour][..],
            &["check", name, "--sources", "--color", colour],
            &["check", "raw.toml", "--color", colour],
            &["explain", "out", "--color", colour],
            &["diff", name, "raw.toml", "--color", colour],
            &["run", name, "--json", "--out", "out", "--color", colour],
            &["run", "missing\u{1b}[2J\u{9b}.toml", "--color", colour],
            &["chart", "no\u{202e}folder", "--color", colour],
            &["resolve", name, "--color", colour],
            &["trace", name, "--replication", "0", "--color", colour],
            &["frobnicate\u{1b}[31m\u{9b}"],
        ] {
            let mut text = texts(&convoysim(dir.path(), args));
            // Colours of the program itself.
            for code in ["0", "1", "33", "1;31", "91", "1m\u{1b}[91", "92", "93", "94", "95", "96", "1;91"] {
                text = text.replace(&format!("\u{1b}[{code}m"), "");
            }
            let at = text.find(acts).map(|at| text[at.saturating_sub(30)..].chars().take(60).collect::<String>());
            assert_eq!(at, None, "{args:?}");
        }
    }
    let text = texts(&convoysim(dir.path(), &["check", "raw.toml", "--color", "never"]));
    assert!(text.contains("\\u{9b}\\u{202e}"), "kept visible: {text}");
    let json = convoysim(dir.path(), &["run", name, "--json", "--out", "out"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["scenario"]["name"], "a\u{1b}]0;x\u{7}\u{9b}2Jb\u{202e}\u{2066}c");
}

#[test]
fn printed_commands_can_be_pasted_into_a_shell_whatever_a_file_is_called() {
    for name in [
        "a b.toml",
        "x$(touch planted).toml",
        "x`touch planted`;touch planted.toml",
        "it's.toml",
        "x\ntouch planted\n.toml",
        "-n.toml",
        "الموقع.toml",
        "~.toml",
        "a&touch planted.toml",
    ] {
        let dir = with_plan(name, G1);
        let given = format!("./{name}");
        let given = if name.starts_with('-') { given.as_str() } else { name };
        let text = texts(&convoysim(dir.path(), &["check", given]));
        let next = text.split("Next: ").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a command");
        let script = format!("convoysim() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{next}\n");
        let shell = std::process::Command::new("bash").current_dir(dir.path()).args(["-c", &script]).output().expect("bash runs");
        let words = String::from_utf8_lossy(&shell.stdout).into_owned();
        assert_eq!(words.split('\0').nth(1), Some(given), "{name:?}: {next}");
        assert!(!dir.path().join("planted").exists(), "{name:?} runs something");
    }
}

#[test]
fn a_script_is_refused_where_the_name_of_the_folder_would_end_a_line() {
    let dir = with_plan("g1.toml", G1);
    fs::write(dir.path().join("sweep.toml"), SWEEP).expect("a file");
    for folder in ["x\ntouch planted\n#", "x\u{1b}[2J", "x\r", "x\u{202e}y", "x\u{85}y"] {
        let planned = convoysim(dir.path(), &["sweep", "plan", "sweep.toml", "--out", folder]);
        assert!(planned.status.success(), "{}", texts(&planned));
        let script = convoysim(dir.path(), &["sweep", "script", "--slurm", folder]);
        assert_eq!(script.status.code(), Some(2), "{folder:?}: {}", texts(&script));
        assert!(script.stdout.is_empty());
    }
    for folder in ["a b", "x$(touch planted)", "it's", "x;touch planted"] {
        assert!(convoysim(dir.path(), &["sweep", "plan", "sweep.toml", "--out", folder]).status.success());
        let script = convoysim(dir.path(), &["sweep", "script", "--slurm", folder]);
        assert!(script.status.success(), "{}", texts(&script));
        let text = format!("convoysim() {{ printf '%s\\0' \"$3\"; }}\nSLURM_ARRAY_TASK_ID=0\n{}", String::from_utf8_lossy(&script.stdout));
        let shell = std::process::Command::new("bash").current_dir(dir.path()).args(["-c", &text]).output().expect("bash runs");
        assert_eq!(String::from_utf8_lossy(&shell.stdout).split('\0').next(), Some(folder));
        assert!(!dir.path().join("planted").exists());
    }
}

/// Cells of every CSV table of a folder, with the table's name.
fn cells(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).expect("a table");
            found.extend(
                reader
                    .records()
                    .flat_map(|row| row.expect("a row").iter().map(String::from).collect::<Vec<_>>())
                    .map(|cell| (name.clone(), cell)),
            );
        }
    }
    found
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_the_folder_reads_back() {
    let plan = G1
        .replacen("id = \"prison\"", "id = \"prison\"\nlabel = \"=cmd|' /C calc'!A0\"\nnote = \"@SUM(1+1)\"", 1)
        .replacen("id = \"border\"", "id = \"border\"\nlabel = \"-1+1\"", 1)
        .replacen("id = \"receiving\"", "id = \"receiving\"\nlabel = \"\\t=1\\n+2\"", 1)
        .replacen("leg = \"to border\"", "leg = \"+HYPERLINK(\\\"x\\\")\"", 1);
    let dir = with_plan("g1.toml", &plan);
    let ran = convoysim(dir.path(), &["run", "g1.toml", "--out", "out", "--charts", "none"]);
    assert!(ran.status.success(), "{}", texts(&ran));
    let cells = cells(&dir.path().join("out"));
    let formulas: Vec<_> = cells
        .iter()
        .filter(|(_, cell)| {
            cell.trim_start().starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err() || cell.starts_with(['\t', '\r'])
        })
        .collect();
    assert!(formulas.is_empty(), "{formulas:?}");
    assert!(cells.iter().any(|(name, cell)| name == "nodes.csv" && cell == "'-1+1"), "{cells:?}");
    let verified = convoysim(dir.path(), &["verify", "out"]);
    assert!(verified.status.success(), "{}", texts(&verified));
    let page = dir.path().join("page.html");
    assert!(convoysim(dir.path(), &["brief", "out", "-o", page.to_str().expect("UTF-8")]).status.success());
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains(">=cmd|' /C calc'!A0<") && !page.contains(">'=cmd"), "the apostrophe is of the table, not of the name");
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let dir = with_plan("g1.toml", G1);
    let at = |name: &str| dir.path().join(name);
    fs::write(at("sweep.toml"), SWEEP).expect("a file");
    fs::create_dir(at("theirs")).expect("a folder");
    fs::write(at("theirs/burn-up.svg"), "theirs").expect("a file");
    fs::write(at("theirs/page.html"), "theirs").expect("a file");
    // A folder of ours whose pictures lie elsewhere.
    assert!(convoysim(dir.path(), &["run", "g1.toml", "--out", "out", "--charts", "none"]).status.success());
    symlink(at("theirs"), at("out/charts")).expect("a link");
    for args in [&["run", "g1.toml", "--out", "out"][..], &["chart", "out", "--only", "burn-up"]] {
        let end = convoysim(dir.path(), args);
        assert_eq!(end.status.code(), Some(74), "{args:?}: {}", texts(&end));
        assert!(texts(&end).contains("symbolic link"), "{}", texts(&end));
    }
    // A page, a picture and a template where a link is.
    fs::remove_file(at("out/charts")).expect("a link");
    symlink(at("theirs/page.html"), at("page.html")).expect("a link");
    assert_eq!(convoysim(dir.path(), &["brief", "out", "-o", "page.html"]).status.code(), Some(74));
    fs::create_dir(at("pictures")).expect("a folder");
    symlink(at("theirs/burn-up.svg"), at("pictures/burn-up.svg")).expect("a link");
    assert_eq!(convoysim(dir.path(), &["chart", "out", "--only", "burn-up", "--out", "pictures"]).status.code(), Some(74));
    fs::create_dir(at("new")).expect("a folder");
    symlink(at("theirs/nothing"), at("new/convoysim.schema.json")).expect("a link");
    assert_eq!(convoysim(dir.path(), &["new", "new"]).status.code(), Some(74));
    // A sweep whose parts or journal lie elsewhere.
    for name in ["parts", "journal.jsonl", "design.csv"] {
        let folder = format!("sweep-{}", &name[..4]);
        fs::create_dir(at(&folder)).expect("a folder");
        assert!(convoysim(dir.path(), &["sweep", "plan", "sweep.toml", "--out", &folder]).status.success());
        let inside = at(&folder).join(name);
        if inside.is_dir() {
            fs::remove_dir_all(&inside).expect("a folder");
            symlink(at("theirs"), &inside).expect("a link");
        } else {
            fs::remove_file(&inside).ok();
            symlink(at("theirs/page.html"), &inside).expect("a link");
        }
        convoysim(dir.path(), &["sweep", "sweep.toml", "--out", &folder]);
    }
    for name in ["theirs/burn-up.svg", "theirs/page.html"] {
        assert_eq!(fs::read_to_string(at(name)).expect("it is there"), "theirs", "{name}");
    }
    assert_eq!(fs::read_dir(at("theirs")).expect("a folder").count(), 2, "nothing was added");
}

#[test]
fn a_marker_that_says_something_else_makes_no_folder_ours() {
    let dir = with_plan("g1.toml", G1);
    let out = dir.path().join("out");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join(".convoysim"), "my own notes").expect("a file");
    let end = convoysim(dir.path(), &["run", "g1.toml", "--out", "out"]);
    assert_eq!(end.status.code(), Some(74), "{}", texts(&end));
    assert_eq!(fs::read_to_string(out.join(".convoysim")).expect("it is there"), "my own notes");
}

#[test]
fn a_sweep_begun_on_another_target_goes_on_and_its_plan_has_the_same_digest() {
    let dir = with_plan("g1.toml", G1);
    fs::write(dir.path().join("sweep.toml"), SWEEP).expect("a file");
    assert!(convoysim(dir.path(), &["sweep", "plan", "sweep.toml", "--out", "out"]).status.success());
    let plan = dir.path().join("out/plan.json");
    let mut value: serde_json::Value = serde_json::from_str(&fs::read_to_string(&plan).expect("a plan")).expect("JSON");
    let digest = value["plan_sha256"].clone();
    value["target"] = "another-target".into();
    fs::write(&plan, value.to_string()).expect("a file");
    let end = convoysim(dir.path(), &["sweep", "sweep.toml", "--out", "out"]);
    assert!(end.status.success(), "{}", texts(&end));
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path().join("out/manifest.json")).expect("merged")).expect("JSON");
    assert_eq!(manifest["plan_sha256"], digest);
    let end = convoysim(dir.path(), &["verify", "out"]);
    assert!(end.status.success(), "{}", texts(&end));
}
