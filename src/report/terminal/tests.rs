//! What a person reads, as it stands on eighty columns.

use super::*;
use crate::report::style::ESCAPE;
use crate::results::{Reached, RunTable, Shown, sample};

fn shown(table: &RunTable, mut info: RunInfo, style: Style) -> String {
    info.requested = info.requested.max(table.records.len() as u32);
    let details: Vec<Detail> = if table.records.is_empty() { Vec::new() } else { vec![sample::detail(0)] };
    info.shown = details.iter().map(|_| Shown { percent: 50, replication: 0 }).collect();
    let results = Summary::of(&info, table);
    let text = summary(
        &View { info: &info, table, summary: &results, details: &details, wrote: "Wrote out/made-up/: 9 CSV, summary.json" },
        style,
    );
    assert!(text.lines().all(|line| style.colour || line.chars().count() <= 80), "{text}");
    text
}

#[test]
fn many_runs() {
    let info = RunInfo { objectives: sample::objectives(), handling: "For exercise use".into(), ..sample::info(400) };
    insta::assert_snapshot!(shown(&sample::table(400, 6), info, Style::default()));
}

#[test]
fn what_was_to_be_precise_and_how_precise_it_is() {
    let info = RunInfo { until: Some(sample::until()), ..sample::info(400) };
    insta::assert_snapshot!(shown(&sample::table(400, 6), info, Style::default()));
}

#[test]
fn an_objective_near_the_share_wanted_is_not_resolved() {
    let mut objectives = sample::objectives();
    objectives[0].in_share_of_runs = 0.72;
    let info = RunInfo { objectives, ..sample::info(400) };
    let text = shown(&sample::table(400, 6), info, Style { colour: false, ascii: true });
    let told: Vec<&str> = text.lines().filter(|line| line.contains("resolve")).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn progress_tells_what_is_furthest_away() {
    let table = sample::table(100, 0);
    let reached = sample::until().judge(|response| table.reached(response));
    let text = |reached: &[Reached]| towards(reached).map(|towards| towards.text);
    let each: Vec<String> = reached.iter().filter_map(|one| text(std::slice::from_ref(one))).collect();
    insta::assert_snapshot!(each.join("\n"));
    assert_eq!(text(&reached), Some(each[2].clone()));
    assert_eq!(text(&[]), None);
}

#[test]
fn one_run() {
    insta::assert_snapshot!(shown(&sample::table(1, 0), sample::info(1), Style::default()));
}

#[test]
fn no_run_done_within_the_horizon() {
    insta::assert_snapshot!(shown(&sample::table(30, 30), sample::info(30), Style::default()));
}

#[test]
fn some_runs_failed_and_the_rest_was_interrupted() {
    let mut table = sample::table(12, 4);
    table.failures = vec![sample::failure(12), sample::failure(13)];
    let info = RunInfo { interrupted: true, ..sample::info(2_000) };
    insta::assert_snapshot!(shown(&table, info, Style { colour: false, ascii: true }));
}

#[test]
fn every_run_failed() {
    let mut table = sample::table(0, 0);
    table.failures = vec![sample::failure(0)];
    insta::assert_snapshot!(shown(&table, sample::info(1), Style::default()));
}

#[test]
fn colour_adds_nothing_but_escape_sequences() {
    let info = RunInfo { objectives: sample::objectives(), ..sample::info(400) };
    let coloured = shown(&sample::table(400, 6), info.clone(), Style { colour: true, ascii: false });
    let mut plain = String::new();
    for part in coloured.split(ESCAPE) {
        plain.push_str(if plain.is_empty() && !coloured.starts_with(ESCAPE) {
            part
        } else {
            part.split_once('m').map_or(part, |(_, text)| text)
        });
    }
    assert_ne!(plain, coloured);
    assert_eq!(plain, shown(&sample::table(400, 6), info, Style::default()));
}
