//! Command lines that need no scenario to run.

use assert_cmd::Command;

fn convoysim() -> Command {
    Command::cargo_bin("convoysim").expect("the binary is built")
}

#[test]
fn help_is_a_result_and_names_every_exit_code() {
    let help = convoysim().arg("--help").assert().code(0);
    let text = String::from_utf8_lossy(&help.get_output().stdout).into_owned();
    for code in ["  0  ", "  1  ", "  2  ", " 10  ", " 11  ", " 20  ", " 21  ", " 22  ", " 30  ", " 74  ", "130  ", "143  "] {
        assert!(text.contains(code), "{code} is missing in\n{text}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_prints_no_result() {
    for args in [
        &["fly"][..],
        &[],
        &["run"],
        &["run", "x.toml", "-n", "0"],
        &["run", "x.toml", "--threads", "0"],
        &["run", "x.toml", "-q", "--json"],
    ] {
        let end = convoysim().args(args).assert().code(2);
        assert!(end.get_output().stdout.is_empty() && !end.get_output().stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_scenario_that_is_not_there_or_is_a_folder_ends_with_10() {
    let dir = tempfile::tempdir().expect("a folder");
    for (file, words) in [("missing.toml", "No such file"), (".", "folder")] {
        for command in ["run", "check", "trace"] {
            let end = convoysim().current_dir(dir.path()).args([command, file]).assert().code(10);
            let said = String::from_utf8_lossy(&end.get_output().stderr).into_owned();
            assert!(said.contains(words), "{command} {file}: {said}");
        }
    }
    assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 0, "nothing was written");
}

#[test]
fn completions_and_the_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let end = convoysim().args(["completions", shell]).assert().code(0);
        assert!(String::from_utf8_lossy(&end.get_output().stdout).contains("convoysim"), "{shell}");
    }
    let end = convoysim().arg("man").assert().code(0);
    assert!(String::from_utf8_lossy(&end.get_output().stdout).starts_with(".ie"));
}
