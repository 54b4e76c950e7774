//! What `explain` prints of made-up results.

use super::super::{assumptions, chain};
use super::*;
use crate::results::{Better, ChainRow, ChainRows, Effect, Explanation, Levers, Margin, ResponseInfo, Swing, Swings, Terms, Tried, sample};
use crate::stats::{Finding, Interval};
use crate::units::TICKS_PER_HOUR;

fn terms() -> Terms {
    Terms {
        response: ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() },
        base: Some(24.0),
        too_small: Margin { amount: 0.5, stated: true },
        level: 0.95,
        intervals: 13,
        looks: vec![30, 100, 300],
    }
}

fn tried(label: &str, difference: f64, half_width: f64) -> Tried {
    let interval = Interval::symmetric(difference, half_width, 0.996, 300);
    let effect = Effect { pairs: 300, unfinished: 0, interval: Some(interval), finding: Finding::of(&interval, 0.5), pairs_wanted: None };
    Tried { label: label.into(), set: vec!["crossing.border.lanes=3".into()], outcome: Ok(effect) }
}

fn levers() -> Levers {
    let mut open = tried("aircraft transport 2 -> 3", 0.0, 0.0);
    open.outcome = Ok(Effect { pairs: 296, unfinished: 4, interval: None, finding: Finding::NotResolved, pairs_wanted: None });
    let refused = Tried { label: "orbits uas 1 -> 2".into(), set: vec!["a=2".into()], outcome: Err("there are only 1".into()) };
    let rows = vec![
        tried("lanes border 2 -> 3", -4.1, 0.7),
        tried("buses coaches 12 -> 18", -3.2, 0.6),
        tried("speed road +10 %", 0.8, 0.2),
        tried("departures road and 2 more 18:00-02:00 -> 18:00-03:00", -0.4, 0.9),
        open,
        tried("headway road 60 min -> half", 0.01, 0.1),
        tried("halts road 15 min -> half", -0.02, 0.1),
        refused,
    ];
    let tied = Some(["lanes border 2 -> 3".to_owned(), "buses coaches 12 -> 18".to_owned()]);
    let together = Some(tried("lanes border 2 -> 3, and buses coaches 12 -> 18", -9.3, 0.8));
    Levers { terms: terms(), rows, tied, together }
}

fn shown(levers: Option<Levers>) -> String {
    let mut one = Explanation::of(&sample::table(400, 6));
    one.levers = levers;
    explanation(&one, &sample::info(400), Style::default())
}

fn fits(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn an_explanation_with_two_levers_in_the_lead() {
    let text = shown(Some(levers()));
    fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn without_levers_there_is_attribution_alone() {
    let text = shown(None);
    assert!(!text.contains("LEVERS"));
    assert!(text.contains("6 runs that did not complete"));
}

#[test]
fn where_nothing_is_known_to_help_the_answer_says_so() {
    let mut none = levers();
    (none.tied, none.together) = (None, None);
    none.rows.drain(..3);
    let text = shown(Some(none));
    assert!(text.ends_with("No lever tested is known to make it better. 2 levers are not resolved with these\npairs.\n"), "{text}");
}

#[test]
fn a_chain_with_clock_times_and_its_sum() {
    let row = |start: u64, end: u64, cause, via, resource: &str, place: &str| ChainRow {
        start: start * TICKS_PER_HOUR,
        end: end * TICKS_PER_HOUR,
        cause,
        via,
        resource: resource.into(),
        movement: "road-central#12".into(),
        place: place.into(),
    };
    let rows = vec![
        row(9, 11, "intake", "none", "", "receiving"),
        row(8, 9, "border_service", "lane", "Border crossing lanes", "border"),
        row(7, 8, "border_service", "lane", "Border crossing lanes", "border"),
        row(6, 7, "return", "bus", "buses coaches-east", ""),
        row(0, 6, "window", "none", "", "prison"),
    ];
    let rows = ChainRows { replication: 3, closure: 11 * TICKS_PER_HOUR, rows };
    let text = chain(&rows, &sample::info(1).clock, Style::default());
    fits(&text);
    insta::assert_snapshot!(text);
}

#[test]
fn assumptions_by_their_swing() {
    let swing = |path: &str, value: &str, stated, ends: [Option<Tried>; 2]| Swing {
        path: path.into(),
        entries: if path.starts_with("route") { 3 } else { 1 },
        value: value.into(),
        source: None,
        stated,
        ends,
    };
    let refused = Tried { label: "1".into(), set: Vec::new(), outcome: Err("a convoy of 6 needs 6 buses".into()) };
    let rows = vec![
        swing(
            "site.prison.boarding.search",
            "{ dist = \"erlang\", shape = 4, mean = \"3 min\" }",
            true,
            [Some(tried("\"1 min\"", -2.1, 0.4)), Some(tried("\"6 min\"", 4.4, 0.6))],
        ),
        swing("buses.coaches.count", "12", true, [Some(refused), Some(tried("36", -1.2, 0.3))]),
        swing("route.road.headway", "\"60 min\"", false, [Some(tried("\"48 min\"", -0.1, 0.4)), Some(tried("\"72 min\"", 0.2, 0.4))]),
    ];
    let others = vec![swing("crossing.border.lanes", "2", true, [None, Some(tried("4", -0.05, 0.3))])];
    let text = assumptions(&Swings { terms: terms(), rows, others, fixed: 31 }, &sample::info(400), 400, Style::default());
    fits(&text);
    insta::assert_snapshot!(text);
}
