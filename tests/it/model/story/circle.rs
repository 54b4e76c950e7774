//! Convoys on the road that wait for what only the other has.

use super::super::{Run, written};
use super::{COVER, ESCORTS, road_with};

/// A second route beside the first, for another class.
const SECOND: &str = "\n[[route]]\nid = \"second\"\nlike = \"road\"\nclasses = [\"separate\"]\n";
/// One escort a pool, and room for both convoys at the site and at the border.
const ONE_EACH: [&str; 5] = [
    "escorts.near.count=1",
    "escorts.far.count=1",
    "site.camp.boarding.bays=2",
    "crossing.border.lanes=2",
    r#"route.*.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 1 } }]"#,
];

#[test]
fn of_two_convoys_that_want_each_others_escorts_the_first_lets_its_own_go() {
    let mut set = ONE_EACH.to_vec();
    set.extend(["site.camp.detainees={ general = 40, separate = 40 }", r#"route.road.classes=["general"]"#]);
    set.push(r#"route.road.escorts={ pool = "near", per_convoy = 1 }"#);
    set.push(r#"route.second.escorts={ pool = "far", per_convoy = 1 }"#);
    set.push(r#"route.second.hand_over=[{ at = "border", escorts = { pool = "near", per_convoy = 1 } }]"#);
    let run = road_with(&format!("{ESCORTS}{SECOND}"), &set);
    // Both are through the border at 90. The near escort drives home by itself until 150 and is the second convoy's then; the far one,
    // whom the second convoy lets go, is home at 210.
    assert_eq!(run.started(), [20.0, 20.0]);
    let first = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 210.0), ("moving", 210.0, 270.0)];
    let second = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 150.0), ("moving", 150.0, 210.0)];
    assert_eq!((run.stretches(0), run.stretches(1)), (first.to_vec(), second.to_vec()));
    assert_eq!(run.response("under_escorted_convoy_hours"), 2.0);
    assert_eq!(run.response("accepted_people"), 80.0);
}

#[test]
fn a_convoy_at_a_hand_over_gives_its_slot_to_the_one_whose_escorts_it_waits_for() {
    let mut set = ONE_EACH.to_vec();
    set.extend([
        // The first convoy to form starts last.
        r#"route.road.timetable=["00:50"]"#,
        "buses.coaches.count=3",
        "site.camp.detainees={ general = 80, separate = 40 }",
        r#"route.road.classes=["general"]"#,
        "route.road.buses.per_convoy=2",
        "route.second.buses.per_convoy=1",
        r#"route.*.air_cover={ orbit = "uas", policy = "preferred", on_loss = "hold" }"#,
        "air_cover.uas.convoys_per_orbit=1",
        r#"air_cover.uas.on_station=[["0 min", "100 min"], ["105 min", "10 h"]]"#,
        r#"facility.receiving.intake.per_person="0 s""#,
    ]);
    let run = road_with(&format!("{ESCORTS}{COVER}{SECOND}"), &set);
    assert_eq!(run.started(), [50.0, 40.0]);
    // The second convoy loses its cover at 100, takes the far escort at 110 and holds; the first has had the slot since 105.
    let second = [("moving", 40.0, 100.0), ("border service", 100.0, 110.0), ("unscheduled halt", 110.0, 120.0), ("moving", 120.0, 180.0)];
    let first = [("moving", 50.0, 110.0), ("border service", 110.0, 120.0), ("re-form", 120.0, 240.0), ("moving", 240.0, 300.0)];
    assert_eq!((run.stretches(0), run.stretches(1)), (first.to_vec(), second.to_vec()));
    assert_eq!(run.response("cover_losses"), 2.0);
    // Without cover: 100 to 120 the second; 50 to 105 and from 120 until its hand-over at 240 the first.
    let uncovered: Vec<f64> = run.observed.movements.iter().map(|m| m.tracker.uncovered.minutes()).collect();
    assert_eq!(uncovered, [55.0 + 120.0, 20.0]);
}

#[test]
fn a_pool_that_hands_over_to_itself_is_no_trap() {
    let mut set = ONE_EACH.to_vec();
    set.extend([r#"route.road.escorts={ pool = "far", per_convoy = 1 }"#, super::ONE_LOAD]);
    let run = road_with(ESCORTS, &set);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 150.0), ("moving", 150.0, 210.0)];
    assert_eq!(run.stretches(0), expected);
}

#[test]
fn escorts_set_aside_for_who_came_before_are_part_of_the_circle() {
    // At 90 the first convoy wants four of the far escorts, of whom two are free; they are set aside for it. The second wants one of them
    // and has all the near ones; the third wants one of those and has the other five.
    let third = "\n[[route]]\nid = \"third\"\nlike = \"road\"\nclasses = [\"third\"]\n";
    let run = road_with(
        &format!("{ESCORTS}{SECOND}{third}"),
        &[
            "escorts.near.count=3",
            "escorts.far.count=7",
            "site.camp.boarding.bays=3",
            "crossing.border.lanes=3",
            "buses.coaches.count=3",
            "site.camp.detainees={ general = 40, separate = 40, third = 40 }",
            r#"route.road.classes=["general"]"#,
            r#"route.road.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 4 } }]"#,
            r#"route.second.escorts={ pool = "near", per_convoy = 3 }"#,
            r#"route.second.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 1 } }]"#,
            r#"route.third.escorts={ pool = "far", per_convoy = 5 }"#,
            r#"route.third.hand_over=[{ at = "border", escorts = { pool = "near", per_convoy = 1 } }]"#,
        ],
    );
    assert_eq!(run.started(), [20.0, 20.0, 20.0]);
    // The second lets the near escorts go, who are home at 150; the far ones whom the third gives up are home at 210.
    assert_eq!(run.arrived(), [270.0, 270.0, 210.0]);
}

/// The last twenty of a hundred people fill no second bus of a convoy of two. They go once nobody else can come, and those who wait there
/// already are nobody else, though a road leads back from the next hub.
#[test]
fn people_at_a_hub_do_not_wait_for_themselves_where_roads_lead_in_a_circle() {
    const THERE: &str = r#"
[scenario]
name = "two hubs in a circle"
start="2026-01-21T12:00"
utc_offset="+03:00"
horizon="20 d"
replications=1
seed=1
[[site]]
id="s"
detainees=100
boarding={ bays=2, lanes_per_bay=2, per_person="30 s" }
[[hub]]
id="h"
holding=400
arrival={ per_person="10 s" }
boarding={ bays=2, lanes_per_bay=2, per_person="30 s" }
[[hub]]
id="g"
holding=400
arrival={ per_person="10 s" }
boarding={ bays=2, lanes_per_bay=2, per_person="30 s" }
[[facility]]
id="f"
beds=100
intake={ bays=2, lanes_per_bay=1, per_person="60 s" }
[[buses]]
id="cw"
count=6
seats=40
home="h"
[[buses]]
id="ce"
count=6
seats=40
home="h"
[[buses]]
id="cg"
count=6
seats=10
home="g"
[[route]]
id="w"
mode="land"
from="s"
to="h"
path=[{ leg="a", distance="60 km", speed="60 km/h" }]
buses={ fleet="cw", per_convoy={ min=1, max=2 } }
[[route]]
id="e"
mode="land"
from="h"
to="g"
path=[{ leg="a", distance="120 km", speed="60 km/h" }]
buses={ fleet="ce", per_convoy=2 }
[[route]]
id="z"
mode="land"
from="g"
to="f"
path=[{ leg="a", distance="120 km", speed="60 km/h" }]
buses={ fleet="cg", per_convoy=1 }
"#;
    const BACK: &str = r#"
[[route]]
id="back"
mode="land"
from="g"
to="h"
path=[{ leg="a", distance="60 km", speed="60 km/h" }]
buses={ fleet="cg", per_convoy=1 }
priority=5
"#;
    let there = Run::of(written(THERE, &[]), 0);
    let circle = Run::of(written(&format!("{THERE}{BACK}"), &[]), 0);
    let days = there.response("days_to_completion");
    assert!(days < 1.0, "{days} d");
    assert_eq!(circle.response("days_to_completion"), days);
}
