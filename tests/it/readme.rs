//! The README shows what the program prints, not what it once printed.

use std::path::Path;

const BEGIN: &str = "<!-- summary:begin -->";
const END: &str = "<!-- summary:end -->";

/// The summary of the first README command, as it goes to standard output, with the folder the README names.
fn summary() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("hasakah-iraq");
    let done = assert_cmd::cargo::cargo_bin_cmd!("convoysim")
        .current_dir(root)
        .args(["run", "scenarios/hasakah-iraq.toml", "--color", "never", "--out"])
        .arg(&out)
        .output()
        .expect("the command runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    // The README's command has no --out: where it writes, and how that line breaks, is another matter.
    let (before, wrote) = text.split_once("Wrote ").expect("it says what it wrote");
    let (_, after) = wrote.split_once("\n\n").expect("a blank line follows");
    format!("{}\n\n{}", before.trim_end(), after.trim_end())
}

/// The README's block is renewed by `RENEW=1 cargo test --test it readme`, and read before it is committed.
#[test]
fn the_readme_shows_the_summary_that_the_first_command_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("there is a README");
    let (before, rest) = readme.split_once(BEGIN).expect("the block begins");
    let (shown, after) = rest.split_once(END).expect("the block ends");
    let block = format!("\n```text\n{}\n```\n", summary());
    if std::env::var_os("RENEW").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{block}{END}{after}")).expect("the README can be written");
        return;
    }
    assert_eq!(shown, block, "renew it with RENEW=1 and say in the change log why results changed");
}

/// The report of the base study repeats no figures, so what can go stale in it are its links and its list of variants.
#[test]
fn the_report_of_the_base_study_names_every_variant_and_links_to_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = std::fs::read_to_string(root.join("docs/stress.md")).expect("there is a report");
    for (_, rest) in report.match_indices("](").map(|(at, _)| report.split_at(at + 2)) {
        let target = rest.split_once(')').expect("a link ends").0;
        assert!(root.join("docs").join(target).exists(), "{target}");
    }
    for entry in std::fs::read_dir(root.join("scenarios")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(!name.ends_with(".toml") || report.contains(&name), "{name}");
    }
}
