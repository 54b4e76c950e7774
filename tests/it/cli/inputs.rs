//! What may stand where a file is named, and how a data file is refused.

use super::run::{Case, G1, text};
use std::fs;
use std::time::{Duration, Instant};

/// The golden run with its service from a data file.
fn empirical(file: &str) -> String {
    let service = format!("service = {{ dist = \"empirical\", file = \"{file}\", column = \"minutes\", unit = \"min\" }}");
    G1.replace("service = \"12 min\"", &service)
}

#[expect(clippy::disallowed_methods, reason = "a reader that hangs must fail a test, not hold it up")]
fn error(case: &Case, args: &[&str], code: i32) -> String {
    let begun = Instant::now();
    let end = case.convoysim(args).code(code);
    assert!(begun.elapsed() < Duration::from_secs(120), "{args:?} took {:?}", begun.elapsed());
    text(&end.get_output().stderr)
}

#[test]
fn a_row_longer_than_the_header_ends_with_the_code_of_data_files() {
    let case = Case::new(&empirical("times.csv"));
    fs::write(case.path("times.csv"), "queue,minutes\n1,5,12\n2,5,14\n").expect("a file");
    let said = error(&case, &["check", "case.toml"], 11);
    assert!(said.contains("times.csv:2:5") && said.contains("this line has 3 cells, but the header names 2 columns"), "{said}");
    fs::write(case.path("times.csv"), "queue,minutes\n1,12\n2,14\n").expect("a file");
    case.convoysim(&["check", "case.toml"]).code(0);
}

#[test]
fn of_many_problems_a_hundred_are_shown() {
    let case = Case::new(&empirical("times.csv"));
    fs::write(case.path("times.csv"), format!("minutes\n{}", "x\n".repeat(300))).expect("a file");
    let said = error(&case, &["check", "case.toml"], 11);
    assert_eq!(said.matches("error: ").count(), 100);
    assert!(said.contains("... and 200 more problems."), "{said}");
}

#[test]
fn shares_of_the_command_line_are_held_to_the_grammar_of_scenarios() {
    let case = Case::new(G1);
    let said = error(&case, &["best", "case.toml", "case.toml", "--delta", "0.5 d", "--confidence", "0,95"], 2);
    assert!(said.contains("write 0.95"), "{said}");
    let said = error(&case, &["best", "case.toml", "case.toml", "--delta", "0,5 d"], 2);
    assert!(said.contains("write 0.5"), "{said}");
    let said = error(&case, &["run", "case.toml", "--until", "p80(days_to_completion) +- 0,5 d"], 2);
    assert!(said.contains("write 0.5"), "{said}");
    let said = error(&case, &["check", "case.toml", "--set", "buses.coaches.fill=0,8"], 10);
    assert!(said.contains("--set:1:20") && said.contains("write 0.8"), "{said}");
}

#[cfg(unix)]
mod special {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    use std::process::Command;

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
    }

    /// Puts something else than a file in the place of a name, and asks for it.
    fn each(case: &Case, name: &str, args: &[&str], code: i32) {
        let path = case.path(name);
        let kept = fs::read(&path).ok();
        let clear = || drop(fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path)));
        clear();
        pipe(&path);
        let said = error(case, args, code);
        assert!(said.contains("it is a named pipe, not a file"), "{name}, {args:?}: {said}");
        clear();
        symlink("/dev/zero", &path).expect("a link");
        let said = error(case, args, code);
        assert!(said.contains("it is a device, not a file"), "{name}, {args:?}: {said}");
        clear();
        let socket = UnixListener::bind(&path).expect("a socket");
        let said = error(case, args, code);
        assert!(said.contains("it is a socket, not a file"), "{name}, {args:?}: {said}");
        drop(socket);
        clear();
        fs::create_dir(&path).expect("a folder");
        let said = error(case, args, code);
        assert!(said.contains("it is a folder, not a file"), "{name}, {args:?}: {said}");
        clear();
        if let Some(kept) = kept {
            fs::write(case.path(&format!("{name}.kept")), kept).expect("a file");
            let target = path.file_name().expect("a name").to_string_lossy().into_owned();
            symlink(format!("{target}.kept"), &path).expect("a link");
        }
    }

    #[test]
    fn scenarios_what_they_extend_and_their_data_are_regular_files() {
        let case = Case::new(&empirical("times.csv"));
        fs::write(case.path("times.csv"), "minutes\n12\n").expect("a file");
        fs::write(case.path("above.toml"), "extends = \"case.toml\"\n").expect("a file");
        each(&case, "times.csv", &["check", "above.toml"], 11);
        each(&case, "case.toml", &["check", "above.toml"], 10);
        each(&case, "above.toml", &["check", "above.toml"], 10);
        // Links to files are as good as files.
        case.convoysim(&["check", "above.toml"]).code(0);
    }

    #[test]
    fn sweeps_their_bases_and_their_lists_are_regular_files() {
        let case = Case::new(G1);
        let sweep = "[sweep]\nbase = \"case.toml\"\nreplications = 1\n\n[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\n\n[[block]]\ndesign = \"list\"\nfile = \"list.csv\"\n";
        fs::write(case.path("sweep.toml"), sweep).expect("a file");
        fs::write(case.path("list.csv"), "lanes\n1\n2\n").expect("a file");
        each(&case, "list.csv", &["sweep", "plan", "sweep.toml", "--out", "swept"], 11);
        each(&case, "case.toml", &["sweep", "plan", "sweep.toml", "--out", "swept"], 10);
        each(&case, "sweep.toml", &["sweep", "plan", "sweep.toml", "--out", "swept"], 10);
        case.convoysim(&["sweep", "sweep.toml", "--out", "swept", "-q"]).code(0);
        each(&case, "swept/plan.json", &["sweep", "status", "swept"], 11);
    }

    #[test]
    fn files_of_result_folders_are_regular_files() {
        let case = Case::new(G1);
        case.convoysim(&["run", "case.toml", "--out", "out", "-q"]).code(0);
        for name in ["summary.json", "replications.csv", "convoys.csv", "manifest.json"] {
            each(&case, &format!("out/{name}"), &["chart", "out"], 11);
        }
        case.convoysim(&["chart", "out"]).code(0);
    }
}
