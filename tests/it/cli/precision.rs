//! `run --until` and `run --gate`.

use super::run::{Case, G1, files, text, varying};

/// `run case.toml` without pictures, with these arguments besides.
fn run(case: &Case, args: &[&str]) -> assert_cmd::assert::Assert {
    case.convoysim(&[&["run", "case.toml", "--charts", "none"], args].concat())
}

const UNTIL: &str = "p80(days_to_completion) +- 20 min, mean(exposed_convoy_hours) +- 2 %";

#[test]
fn replications_go_on_until_everything_is_precise_enough() {
    let case = Case::new(&varying());
    let end = run(&case, &["--until", UNTIL]).code(0);
    assert!(text(&end.get_output().stdout).contains("PRECISION"));
    let precision = &case.json("out/case/summary.json")["precision"];
    assert_eq!((&precision["reached"], &precision["at_most"], &precision["level_each"]), (&true.into(), &10_000.into(), &0.975.into()));
    for condition in precision["conditions"].as_array().expect("a list") {
        let (reached, wanted) = (condition["half_width"].as_f64(), condition["wanted"].as_f64());
        assert!(reached.zip(wanted).is_some_and(|(reached, wanted)| reached <= wanted), "{condition}");
    }
    let manifest = case.json("out/case/manifest.json");
    assert_eq!(manifest["until"]["conditions"][0], "p80(days_to_completion) +- 20 min");
}

#[test]
fn the_stop_is_the_same_on_any_number_of_threads() {
    let case = Case::new(&varying());
    let written: Vec<_> = ["1", "3", "8"]
        .map(|threads| {
            let out = format!("out-{threads}");
            run(&case, &["--until", UNTIL, "--threads", threads, "--out", &out, "-q"]).code(0);
            files(&case.path(&out))
        })
        .into();
    assert!(written.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn the_same_number_of_replications_gives_the_same_tables() {
    let case = Case::new(&varying());
    run(&case, &["--until", UNTIL, "--out", "until", "-q"]).code(0);
    let n = case.json("until/summary.json")["replications"].to_string();
    run(&case, &["-n", &n, "--out", "fixed", "-q"]).code(0);
    let (until, fixed) = (files(&case.path("until")), files(&case.path("fixed")));
    for table in ["replications.csv", "daily.csv", "segments.csv", "attribution.csv"] {
        assert_eq!(until[table], fixed[table], "{table}");
    }
}

#[test]
fn what_is_not_precise_within_the_most_that_is_allowed_ends_with_20() {
    let case = Case::new(&varying());
    let until = ["--until", "mean(days_to_completion) +- 1 s", "--at-most", "60"];
    let end = run(&case, &until).code(20);
    let said = text(&end.get_output().stdout);
    assert!(said.contains("not reached") && said.contains("60 runs") && said.contains("would do"), "{said}");
    let quiet = run(&case, &[&["-q"][..], &until].concat()).code(20);
    assert!(text(&quiet.get_output().stderr).contains("not reached with the 60 runs"));
    let precision = &case.json("out/case/summary.json")["precision"];
    assert_eq!(precision["reached"], false);
    assert!(precision["conditions"][0]["replications_expected"].as_u64().is_some_and(|n| n > 60));
}

#[test]
fn a_mean_that_some_runs_do_not_reach_is_given_up_at_once() {
    // Nobody is done within half a day.
    let case = Case::new(&varying().replace(r#"horizon = "3 d""#, r#"horizon = "12 h""#));
    let end = run(&case, &["--until", "mean(days_to_completion) +- 1 h"]).code(20);
    assert!(text(&end.get_output().stdout).contains("more runs would not help"), "{}", text(&end.get_output().stdout));
    assert_eq!(case.json("out/case/summary.json")["replications"], 30);
}

#[test]
fn conditions_that_cannot_be_read_end_with_2_before_anything_runs() {
    let case = Case::new(G1);
    let end = run(&case, &["--until", "p80(days_to_complete) +- 1 d"]).code(2);
    let said = text(&end.get_output().stderr);
    assert!(said.contains("--until:1:5") && said.contains("did you mean \"days_to_completion\"?"), "{said}");
    assert!(!case.path("out").exists());
    for wrong in [&["-n", "5", "--until", UNTIL][..], &["--at-most", "60"], &["--until", UNTIL, "--at-most", "20"]] {
        run(&case, wrong).code(2);
    }
}

#[test]
fn a_gate_lets_through_what_is_met_beyond_doubt() {
    let objective = |bound: &str, share: &str| {
        format!(
            "{}\n[[objective]]\nid = \"deadline\"\nresponse = \"days_to_completion\"\nat_most = \"{bound}\"\nin_share_of_runs = {share}\n",
            varying()
        )
    };
    for (bound, verdict, code) in [("2 d", "met", 0), ("6 h", "missed", 21)] {
        let case = Case::new(&objective(bound, "0.8"));
        run(&case, &["-n", "60", "--gate", "-q"]).code(code);
        run(&case, &["-n", "60", "-q"]).code(0);
        assert_eq!(case.json("out/case/summary.json")["objectives"][0]["verdict"], verdict);
    }
    // Met in each of three runs, which is too few to say that eight in ten would.
    let case = Case::new(&objective("2 d", "0.8"));
    let end = run(&case, &["-n", "3", "--gate"]).code(21);
    assert!(text(&end.get_output().stdout).contains("not resolved"));
    assert_eq!(case.json("out/case/summary.json")["objectives"][0]["verdict"], "not_resolved");
}
