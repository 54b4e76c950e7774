//! Spells: how long a convoy halted, stood or was uncovered at a time, and how often it lost its cover.

use super::{COVER, NO_INTAKE, ONE_LOAD, ROAD, Run, cover, road, road_with, written};

const SECURED: &str = "crossing.border.secured=true";

#[test]
fn time_inside_a_secured_crossing_ends_an_uncovered_spell() {
    assert_eq!(road(&[ONE_LOAD]).response("longest_uncovered_hours"), 130.0 / 60.0);
    assert_eq!(road(&[ONE_LOAD, SECURED]).response("longest_uncovered_hours"), 1.0);
}

#[test]
fn time_inside_a_secured_crossing_ends_a_halt() {
    // Repairs just before and after the crossing: a breakdown each kilometre or so.
    let breakdown = r#"buses.coaches.breakdown={ mean_distance = "4 km", repair = "30 min" }"#;
    for replication in 0..20 {
        let run = Run::of(written(ROAD, &[breakdown, ONE_LOAD, SECURED]), replication);
        let mut longest: f64 = 0.0;
        let mut halt: Option<(f64, f64)> = None;
        for (kind, from, to) in run.stretches(0).into_iter().filter(|s| s.0 != "moving") {
            assert_eq!(kind, "unscheduled halt");
            halt = Some(halt.filter(|(_, end)| *end == from).map_or((from, to), |(start, _)| (start, to)));
            longest = halt.map_or(longest, |(from, to)| longest.max(to - from));
        }
        assert!((run.response("longest_halt_hours") * 60.0 - longest).abs() < 1e-6, "replication {replication}");
        assert_eq!(run.response("longest_stationary_hours"), run.response("longest_halt_hours"));
    }
}

#[test]
fn a_halt_is_a_halt_and_a_queue_is_standing() {
    let run = road(&["route.road.buses.per_convoy=2", "facility.receiving.yard=0"]);
    assert_eq!((run.response("longest_halt_hours"), run.response("halted_convoy_hours")), (0.0, 0.0));
    // Two buses in one lane of 10 min each.
    assert_eq!(run.response("longest_stationary_hours"), 20.0 / 60.0);
    let halts = r#"route.road.halts={ every = "40 min", length = "5 min" }"#;
    let halting = road(&["route.road.buses.per_convoy=2", "facility.receiving.yard=0", halts]);
    assert_eq!(halting.response("longest_halt_hours"), 5.0 / 60.0);
    assert_eq!(halting.response("longest_stationary_hours"), 20.0 / 60.0);
}

/// Cover whose aircraft relieve each other at the same instant, without transit.
fn relieved_at_once(on_station: &str, policy: &str, on_loss: &str) -> Run {
    let uas = format!(
        "{}transit = \"0 min\"\nground = \"0 min\"\non_station = \"{on_station}\"\n",
        COVER.replace("24 h", "30 min").replace("aircraft = 1", "aircraft = 20")
    );
    road_with(&uas, &[ONE_LOAD, NO_INTAKE, &cover(policy, on_loss)])
}

#[test]
fn a_relief_at_the_same_instant_is_no_loss_of_cover() {
    for on_station in ["always", "on_demand"] {
        for policy in ["required", "preferred"] {
            for on_loss in ["hold", "proceed"] {
                let run = relieved_at_once(on_station, policy, on_loss);
                let what = format!("{on_station} {policy} {on_loss}");
                assert_eq!(run.response("cover_losses"), 0.0, "{what}");
                assert_eq!(run.response("uncovered_convoy_hours"), 0.0, "{what}");
                assert_eq!(run.response("longest_uncovered_hours"), 0.0, "{what}");
                assert!(run.traced("road#1", "holds for cover").is_empty(), "{what}");
                assert_eq!(run.arrived(), [150.0], "{what}");
            }
        }
    }
}

#[test]
fn cover_that_ends_as_a_convoy_arrives_is_not_lost() {
    let fixed = |to: &str| format!("{COVER}on_station = [{{ from = \"00:00\", to = \"{to}\" }}]\n");
    assert_eq!(road_with(&fixed("02:30"), &[ONE_LOAD, &cover("preferred", "proceed")]).response("cover_losses"), 0.0);
    assert_eq!(road_with(&fixed("02:29"), &[ONE_LOAD, &cover("preferred", "proceed")]).response("cover_losses"), 1.0);
}
