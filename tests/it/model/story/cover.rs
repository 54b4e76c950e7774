//! Escorts and air cover: taken, waited for, lost, changed.

use super::{COVER, ESCORTS, ONE_LOAD, cover, road_with};

#[test]
fn escorts_come_back_over_the_legs_they_covered_and_rest() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2 }"#;
    // Released at 150, two legs home without the border: 270.
    assert_eq!(road_with(ESCORTS, &[near]).started(), [20.0, 270.0]);
    let rest = r#"escorts.near.rest={ after = "1 h", length = "5 h" }"#;
    let run = road_with(ESCORTS, &[near, rest]);
    assert_eq!(run.started(), [20.0, 570.0]);
    assert!(run.attribution().contains(&("rest", "escort", 300.0)), "{:?}", run.attribution());
    assert!(run.attribution().contains(&("return", "escort", 120.0)), "{:?}", run.attribution());
}

#[test]
fn the_minimum_of_escorts_will_do_after_the_wait() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2, minimum = 1, wait_at_most = "30 min" }"#;
    let run = road_with(ESCORTS, &[near, "escorts.near.count=3"]);
    assert_eq!(run.started(), [20.0, 70.0]);
    assert_eq!(run.observed.movements.iter().map(|m| m.escorts_at_start).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(run.response("under_escorted_convoy_hours"), 0.0);
}

#[test]
fn at_a_hand_over_the_first_pool_stays_until_the_second_has_its_minimum() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 1 }"#;
    let over = r#"route.road.hand_over=[{ at = "border", escorts = { pool = "far", per_convoy = 2 } }]"#;
    let run = road_with(ESCORTS, &[near, over, r#"route.road.headway="30 min""#]);
    // The far escorts are with the first convoy from 90 to 150 and home again at 210; the second convoy waits for them from 120.
    assert_eq!(run.started(), [20.0, 50.0]);
    let second = [("moving", 50.0, 110.0), ("border service", 110.0, 120.0), ("re-form", 120.0, 210.0), ("moving", 210.0, 270.0)];
    assert_eq!(run.stretches(1), second);
    assert_eq!(run.arrived(), [150.0, 270.0]);
    assert!(run.causes().contains(&("hand_over", 90.0)), "{:?}", run.causes());
    // Near: 20 to 90 and home at 150; 50 to 210 and home at 270. Far, two of them: 90 to 210, 210 to the end at 280.
    assert_eq!(run.response("escort_hours"), (130.0 + 220.0 + 240.0 + 140.0) / 60.0);
}

#[test]
fn with_none_to_hand_over_to_the_first_escorts_go_all_the_way() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2 }"#;
    let run = road_with(ESCORTS, &[near, ONE_LOAD]);
    assert_eq!(run.response("escort_hours"), 2.0 * 140.0 / 60.0);
}

#[test]
fn a_preferred_cover_is_taken_later_if_it_comes_later() {
    let run = road_with(COVER, &[&cover("preferred", "proceed"), r#"air_cover.uas.on_station=[["60 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!(run.started(), [20.0]);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 40.0);
    assert_eq!(run.response("cover_losses"), 0.0);
}

#[test]
fn a_required_cover_is_waited_for_inside() {
    let run = road_with(COVER, &[&cover("required", "proceed"), r#"air_cover.uas.on_station=[["60 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!(run.started(), [60.0]);
    assert_eq!(run.response("uncovered_convoy_hours"), 0.0);
    assert!(run.causes().contains(&("cover", 40.0)), "{:?}", run.causes());
}

#[test]
fn cover_lost_on_the_road_halts_the_convoy_or_not_as_it_is_told() {
    let gap = r#"air_cover.uas.on_station=[["0 min", "60 min"], ["120 min", "10 h"]]"#;
    let hold = road_with(COVER, &[&cover("required", "hold"), gap, ONE_LOAD]);
    let expected = [
        ("moving", 20.0, 60.0),
        ("unscheduled halt", 60.0, 120.0),
        ("moving", 120.0, 140.0),
        ("border service", 140.0, 150.0),
        ("moving", 150.0, 210.0),
    ];
    assert_eq!(hold.stretches(0), expected);
    assert!(hold.causes().contains(&("cover_hold", 60.0)), "{:?}", hold.causes());
    let proceed = road_with(COVER, &[&cover("required", "proceed"), gap, ONE_LOAD]);
    assert_eq!(proceed.arrived(), [150.0]);
    for run in [&hold, &proceed] {
        assert_eq!((run.response("uncovered_convoy_hours"), run.response("cover_losses")), (1.0, 1.0));
    }
}

#[test]
fn one_orbit_covers_no_more_convoys_than_it_can() {
    let both = [&*cover("preferred", "proceed"), r#"air_cover.uas.on_station=[["0 min", "10 h"]]"#];
    assert_eq!(road_with(COVER, &both).response("uncovered_convoy_hours"), 0.0);
    let one = road_with(COVER, &[both[0], both[1], "air_cover.uas.convoys_per_orbit=1"]);
    // The second convoy gets the slot when the first one is inside at 150.
    assert_eq!(one.observed.movements.iter().map(|m| m.tracker.uncovered.minutes()).collect::<Vec<_>>(), [0.0, 110.0]);
    let required = road_with(COVER, &[&cover("required", "proceed"), both[1], "air_cover.uas.convoys_per_orbit=1"]);
    assert_eq!(required.started(), [20.0, 150.0]);
}

#[test]
fn cover_on_demand_flies_to_be_there_at_the_start_and_is_relieved_on_station() {
    let on_demand = ["air_cover.uas.on_station=\"on_demand\"", r#"air_cover.uas.transit="30 min""#, r#"air_cover.uas.ground="60 min""#];
    let set = |more: &[&str]| {
        let mut all: Vec<&str> = on_demand.to_vec();
        all.push(ONE_LOAD);
        all.extend_from_slice(more);
        let policy = cover("required", "proceed");
        all.push(&policy);
        road_with(COVER, &all)
    };
    // Called when the convoy forms; there after 30 min, ten after it is loaded.
    let run = set(&[]);
    assert_eq!((run.started(), run.response("uncovered_convoy_hours")), (vec![30.0], 0.0));
    assert!(run.causes().contains(&("cover", 10.0)), "{:?}", run.causes());
    // Endurance 2 h: on station from 30 to 90, the second aircraft until 150. The first has landed at 120 and is ready at 180: it takes
    // three aircraft to hold the orbit; alone, the first is back on station at 210.
    let three = set(&[r#"air_cover.uas.endurance="2 h""#, "air_cover.uas.aircraft=3"]);
    assert_eq!((three.arrived(), three.response("uncovered_convoy_hours"), three.response("cover_losses")), (vec![160.0], 0.0, 0.0));
    let two = set(&[r#"air_cover.uas.endurance="2 h""#, "air_cover.uas.aircraft=2"]);
    assert_eq!((two.response("uncovered_convoy_hours"), two.response("cover_losses")), (10.0 / 60.0, 1.0));
    let one = set(&[r#"air_cover.uas.endurance="2 h""#]);
    assert_eq!((one.response("uncovered_convoy_hours"), one.response("cover_losses")), (70.0 / 60.0, 1.0));
}

#[test]
fn of_orbits_that_look_for_an_aircraft_the_first_gets_it_and_keeps_it_when_the_second_is_no_longer_wanted() {
    let set = [
        "air_cover.uas.on_station=\"on_demand\"",
        r#"air_cover.uas.transit="30 min""#,
        r#"air_cover.uas.ground="10 min""#,
        r#"air_cover.uas.endurance="2 h""#,
        "air_cover.uas.orbits=2",
        "air_cover.uas.convoys_per_orbit=1",
        r#"route.road.headway="60 min""#,
    ];
    let run = road_with(COVER, &[&set[..], &[&cover("preferred", "proceed")]].concat());
    // On station from 30 to 90. The second orbit is wanted from 50, 30 minutes before the second convoy starts, and has looked for longest when
    // the aircraft is ready at 130; but it is the first that is wanted beyond 150, when the first convoy is inside.
    assert_eq!((run.started(), run.arrived()), (vec![20.0, 80.0], vec![150.0, 210.0]));
    assert_eq!(run.observed.movements.iter().map(|m| m.tracker.uncovered.minutes()).collect::<Vec<_>>(), [70.0, 80.0]);
    assert_eq!(run.response("cover_losses"), 1.0);
}

#[test]
fn cover_changes_at_a_hand_over_and_is_waited_for_if_required() {
    let over = r#"route.road.hand_over=[{ at = "border", air_cover = { orbit = "uas", policy = "required", on_loss = "hold" } }]"#;
    let run = road_with(COVER, &[over, r#"air_cover.uas.on_station=[["120 min", "10 h"]]"#, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 120.0), ("moving", 120.0, 180.0)];
    assert_eq!(run.stretches(0), expected);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 100.0);
    assert!(run.causes().contains(&("hand_over", 30.0)), "{:?}", run.causes());
    let ends = r#"route.road.hand_over=[{ at = "border", air_cover = "none" }]"#;
    let run = road_with(COVER, &[&cover("required", "hold"), ends, r#"air_cover.uas.on_station=[["0 min", "10 h"]]"#, ONE_LOAD]);
    assert_eq!((run.arrived(), run.convoy(0).tracker.uncovered.minutes()), (vec![150.0], 60.0));
    assert_eq!(run.response("cover_losses"), 0.0);
}

#[test]
fn a_convoy_held_for_cover_at_its_border_crossing_goes_through_and_then_holds() {
    let gap = r#"air_cover.uas.on_station=[["0 min", "85 min"], ["120 min", "10 h"]]"#;
    let run = road_with(COVER, &[&cover("required", "hold"), gap, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("unscheduled halt", 90.0, 120.0), ("moving", 120.0, 180.0)];
    assert_eq!(run.stretches(0), expected);
    assert_eq!(run.convoy(0).tracker.uncovered.minutes(), 35.0);
}
