//! A daily cap cuts convoys that are expected to start under it, and time alone may bring them there.

use super::road_with;

#[test]
fn a_convoy_forms_as_soon_as_the_next_cap_makes_it_as_large_as_it_can_be() {
    // Two buses come home at 320 and 330. Two of them take 40 minutes to board, so at 325 a convoy would start under the cap: one bus
    // is all that may go then, and it does not wait for the other.
    let cap = r#"
[[calendar]]
id = "slow"
from = "2026-01-21T06:05"
to = "2026-01-30"
applies_to = ["route.road"]
daily_cap = 40
reason = "story"
"#;
    // The first convoy went on the operating day before.
    let day = r#"scenario.operating_day="05:00""#;
    let run = road_with(cap, &["site.camp.detainees=160", "route.road.buses.per_convoy=2", day]);
    assert_eq!((&run.formed()[..2], &run.people()[..2]), ([0.0, 325.0].as_slice(), [80, 40].as_slice()));
    // Without it, two go together.
    let run = road_with("", &["site.camp.detainees=160", "route.road.buses.per_convoy=2"]);
    assert_eq!((run.formed(), run.people()), (vec![0.0, 330.0], vec![80, 80]));
}

#[test]
fn a_route_whose_people_would_be_ready_at_the_last_instant_asks_again_when_that_changes_and_not_at_every_tick() {
    // Until 00:40 the lane is taken, so a convoy that forms at any time before would be ready at 01:20: just in time for today's only
    // departure, under today's cap. From 00:40 on it would be late, and go tomorrow, when there is no cap.
    let cap = r#"
[[calendar]]
id = "today"
from = "2026-01-21T00:00"
to = "2026-01-22T00:00"
applies_to = ["route.road"]
daily_cap = 1000
reason = "story"
"#;
    let run = road_with(
        cap,
        &[
            "site.camp.detainees=200",
            r#"site.camp.boarding={ bays = 2, lanes = 1, search = "30 s", aboard = "0 s", manifest = "0 s" }"#,
            "buses.coaches.count=3",
            "route.road.buses.per_convoy=2",
            r#"route.road.form={ at_least = "2 buses", wait_at_most = "6 h" }"#,
            r#"route.road.timetable=["01:20"]"#,
        ],
    );
    assert_eq!((run.loaded()[0], run.started()), (40.0, vec![80.0, 1520.0, 2960.0]));
    assert!(run.observed.events < 1_000, "{} events", run.observed.events);
}
