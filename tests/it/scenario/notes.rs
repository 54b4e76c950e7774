//! Notes: scenarios that can run, with something that may not be meant.

use convoysim::experiment::operation::Operation;
use convoysim::experiment::runner::Unwatched;
use convoysim::scenario::Loaded;

use super::{G1, load, shown};

/// G1 with this text after it.
fn plan(more: &str, overrides: &[&str]) -> Loaded {
    let text = format!("{G1}{more}");
    load(&[("plan.toml", &text)], overrides).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

/// The notes on G1 with this text after it, as a terminal shows them.
fn notes(more: &str, overrides: &[&str]) -> String {
    plan(more, overrides).notes.iter().map(|note| format!("{}\n", note.render(false))).collect()
}

/// A second site with a fleet and a road of its own, beside the prison of G1.
const SECOND: &str = r#"
[[site]]
id = "camp"
detainees = 40
boarding = { bays = 1, per_person = "30 s" }

[[facility]]
id = "second"
beds = 40
intake = { bays = 1, per_person = "1 min" }

[[buses]]
id = "vans"
count = 6
seats = 10
home = "camp"

[[route]]
id = "track"
like = "road"
from = "camp"
to = "second"
buses = { fleet = "vans", per_convoy = 4 }
"#;

const STATED: &str = r#"site.prison.breakout={ hazard = "0.0003 /site-day", fraction = 0.16 }"#;

#[test]
fn a_plan_without_anything_to_look_at_gives_no_note() {
    assert_eq!(notes("", &[]), "");
}

#[test]
fn a_site_that_states_no_breakout_is_named_where_another_states_one() {
    insta::assert_snapshot!(notes(SECOND, &[STATED]), @r#"
    note: expected_breakouts and expected_escapees leave out site.camp, which has no breakout
      --> plan.toml:53:6
       |
    53 | id = "camp"
       |      ^^^^^^
       |
       = help: give it one; hazard = "0 /site-day" says that there is none
    "#);
    // Nobody claims anything, everybody does, there is none, nobody is there.
    assert_eq!(notes(SECOND, &[]), "");
    assert_eq!(notes(SECOND, &[STATED, r#"site.camp.breakout={ hazard = "0.0003 /site-day", fraction = 0.16 }"#]), "");
    assert_eq!(notes(SECOND, &[STATED, r#"site.camp.breakout={ hazard = "0 /site-day", fraction = 0 }"#]), "");
    assert_eq!(notes(SECOND, &[STATED, "site.camp.detainees=0"]), "");
}

/// G1 is on the road for 180 min, 36 min at the border with its six buses in two lanes, and 120 min.
const WELFARE: &str = r#"
[welfare]
comfort_stop = { every = "4 h", at_least = "15 min" }
"#;

fn halts(every: &str, length: &str, comfort: bool) -> String {
    format!(r#"route.road.halts={{ every = "{every}", length = "{length}", comfort = {comfort} }}"#)
}

#[test]
fn a_route_without_a_comfort_halt_in_time_is_noted_with_what_would_keep_to_it() {
    insta::assert_snapshot!(notes(WELFARE, &[]), @r#"
    note: route.road goes 5 h 36 min by mean times (36 min at crossings) without a comfort halt, but welfare.comfort_stop.every is 4 h
      --> plan.toml:38:6
       |
    38 | id = "road"
       |      ^^^^^^
       |
       = help: write halts = { every = "3 h 15 min", length = "15 min", comfort = true }
    "#);
    // Time at the border counts and is not moved: 180 + 36 + 24 min are four hours, a minute more is too late.
    for kept in ["3 h 15 min", "3 h 24 min"] {
        assert_eq!(notes(WELFARE, &[&halts(kept, "15 min", true)]), "");
    }
    assert_ne!(notes(WELFARE, &[&halts("3 h 25 min", "15 min", true)]), "");
}

#[test]
fn halts_that_do_not_count_are_noted_where_they_are_written() {
    insta::assert_snapshot!(notes(WELFARE, &[&halts("2 h", "20 min", false)]), @r#"
    note: route.road goes 6 h 16 min by mean times (36 min at crossings) without a comfort halt, but welfare.comfort_stop.every is 4 h
     --> --set:1:18
      |
    1 | route.road.halts={ every = "2 h", length = "20 min", comfort = false }
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write halts = { every = "2 h", length = "20 min", comfort = true }
    "#);
    insta::assert_snapshot!(notes(WELFARE, &[&halts("2 h", "10 min", true)]), @r#"
    note: route.road goes 5 h 56 min by mean times (36 min at crossings) without a comfort halt, but welfare.comfort_stop.every is 4 h
     --> --set:1:18
      |
    1 | route.road.halts={ every = "2 h", length = "10 min", comfort = true }
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write halts = { every = "2 h", length = "15 min", comfort = true }
    "#);
    insta::assert_snapshot!(notes(WELFARE, &[&halts("5 h", "30 min", true)]), @r#"
    note: route.road goes 5 h 36 min by mean times (36 min at crossings) without a comfort halt, but welfare.comfort_stop.every is 4 h
     --> --set:1:18
      |
    1 | route.road.halts={ every = "5 h", length = "30 min", comfort = true }
      |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write halts = { every = "3 h 15 min", length = "30 min", comfort = true }
    "#);
}

#[test]
fn a_halt_due_exactly_where_a_leg_ends_is_taken_as_the_next_begins_and_the_note_knows() {
    // Due after three hours at the border and taken behind it: the longest stretch is 3 h 36 min.
    assert_eq!(notes(WELFARE, &[&halts("3 h", "15 min", true)]), "");
    assert_eq!(notes(WELFARE, &[&halts("2 h 59 min", "15 min", true)]), "");
}

#[test]
fn crossings_that_take_too_long_and_rates_of_march_are_told_as_such() {
    insta::assert_snapshot!(notes(WELFARE, &["crossing.border.lanes=1", r#"crossing.border.paperwork="3 h""#]), @r#"
    note: route.road goes 9 h 12 min by mean times (4 h 12 min at crossings) without a comfort halt, but welfare.comfort_stop.every is 4 h
      --> plan.toml:38:6
       |
    38 | id = "road"
       |      ^^^^^^
       |
       = help: a crossing alone takes longer than that
    "#);
    let march = r#"route.road.path=[{ leg = "road", distance = "200 km", rate_of_march = "25 km/h" }]"#;
    insta::assert_snapshot!(notes(WELFARE, &[march]), @r#"
    note: no route uses crossing.border
      --> plan.toml:15:6
       |
    15 | id = "border"
       |      ^^^^^^^^
    note: route.road goes 8 h by mean times without a comfort halt, but welfare.comfort_stop.every is 4 h
      --> plan.toml:38:6
       |
    38 | id = "road"
       |      ^^^^^^
       |
       = help: its rate_of_march counts as one stretch: write speed instead, and halts = { every = "4 h", length = "15 min", comfort = true }
    "#);
}

#[test]
fn a_route_that_keeps_to_it_gives_no_note_and_neither_does_a_scenario_that_asks_for_nothing() {
    assert_eq!(notes(WELFARE, &[&halts("2 h", "15 min", true)]), "");
    assert_eq!(notes(WELFARE, &[r#"welfare.comfort_stop.every="5 h 36 min""#]), "", "as long as the whole way is not longer");
    assert_ne!(notes(WELFARE, &[r#"welfare.comfort_stop.every="5 h 35 min""#]), "");
    assert_eq!(notes("\n[welfare]\ncomfort_stop = { at_least = \"15 min\" }\n", &[]), "");
}

#[test]
fn what_the_note_says_is_the_time_aboard_of_a_run_with_nothing_else_in_it() {
    // One convoy of two buses, boarded and received in no time: nobody queues.
    let bare = [
        "site.prison.detainees=80",
        "route.road.buses.per_convoy=2",
        r#"site.prison.boarding.per_person="0 s""#,
        r#"facility.receiving.intake.per_person="0 s""#,
    ];
    let both = |halts: &[String], every: &str| {
        let every = format!("welfare.comfort_stop.every={every:?}");
        let overrides: Vec<&str> = bare.iter().copied().chain(halts.iter().map(String::as_str)).chain([every.as_str()]).collect();
        let loaded = plan(WELFARE, &overrides);
        let operation = Operation::new(&loaded.scenario, 1);
        let (record, _) = operation.replicate(0, false, &Unwatched).expect("nothing cancels it").expect("it ends");
        let at = operation.responses.iter().position(|info| info.name == "max_aboard_hours").expect("it is reported");
        (loaded.notes.iter().map(|note| note.message.clone()).collect::<String>(), record.values[at] * 60.0)
    };
    // Out, through the border in one turn, on: 180 + 12 + 120 min. Halts that do not count add theirs.
    let (note, aboard) = both(&[], "1 h");
    assert!(note.contains(" goes 5 h 12 min by mean times") && aboard == 312.0, "{note} {aboard}");
    let (note, aboard) = both(&[halts("50 min", "10 min", false)], "1 h");
    assert!(note.contains(" goes 6 h 2 min by mean times") && aboard == 362.0, "{note} {aboard}");
    // Halts that count end a stretch where they begin; the time aboard has them in it.
    let (note, aboard) = both(&[halts("170 min", "20 min", true)], "2 h");
    assert!(note.contains(" goes 2 h 50 min by mean times") && aboard == 190.0, "{note} {aboard}");
}
