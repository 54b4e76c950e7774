//! People over the limit on the time aboard, each once, and how often somebody was.

use super::{HUB, Run, road_with, written};

const WELFARE: &str = "\n[welfare]\nmax_aboard = \"30 min\"\n";

#[test]
fn who_is_over_the_limit_on_two_movements_is_one_person_and_two_breaches() {
    let run = Run::of(written(&format!("{HUB}{WELFARE}"), &[]), 0);
    assert_eq!(run.response("people_over_welfare_limit"), 80.0);
    assert_eq!(run.response("welfare_breaches"), 160.0);
}

#[test]
fn people_over_on_one_of_two_movements_are_told_from_those_over_on_the_other() {
    // Into the hub nobody is over but the first 20 of each bus, who board for 10 min at least and drive for 60; onward everybody is.
    let limit = |into: &str| {
        let text = format!("{HUB}{WELFARE}").replace("30 min", into);
        Run::of(written(&text, &["route.onward.path=[{ leg = \"b\", distance = \"80 km\", speed = \"40 km/h\" }]"]), 0)
    };
    let run = limit("70 min");
    // Aboard after 0.5, 1, … 20 min; off at 80 min: 19 have been aboard for more than 70. Onward for 120 min and more: all 80.
    assert_eq!(run.response("people_over_welfare_limit"), 80.0);
    assert_eq!(run.response("welfare_breaches"), 80.0 + 2.0 * 19.0);
}

#[test]
fn people_over_on_the_first_movement_only_count_once() {
    let text = format!("{HUB}{WELFARE}").replace("30 min", "70 min");
    let run = Run::of(written(&text, &["route.onward.path=[{ leg = \"b\", distance = \"4 km\", speed = \"40 km/h\" }]"]), 0);
    assert_eq!((run.response("people_over_welfare_limit"), run.response("welfare_breaches")), (38.0, 38.0));
}

#[test]
fn who_is_turned_back_again_and_again_is_one_person() {
    let incidents = "\n[incidents]\nrate = \"1 /h\"\ndelay = \"10 min\"\nturn_back = 1\n";
    let mut most: f64 = 0.0;
    for replication in 0..20 {
        let text = format!("{}{WELFARE}{incidents}", super::ROAD);
        let run = Run::of(written(&text, &["crossing.border.secured=true"]), replication);
        let (people, breaches) = (run.response("people_over_welfare_limit"), run.response("welfare_breaches"));
        assert!(people <= 80.0 && people <= breaches, "{people} people, {breaches} breaches");
        most = most.max(breaches);
    }
    assert!(most > 80.0, "nobody turned back");
}

#[test]
fn person_time_does_not_wrap() {
    // Ten million people for 1,000 hours.
    let overrides = [
        "scenario.horizon=\"2000 d\"",
        "scenario.stall_after=\"2000 d\"",
        "site.camp.detainees=10000000",
        "site.camp.boarding.per_person=\"0 s\"",
        "facility.receiving.beds=10000000",
        "facility.receiving.intake.per_person=\"0 s\"",
        "buses.coaches.count=1",
        "buses.coaches.seats=10000000",
        r#"route.road.path=[{ leg = "far", distance = "40000 km", speed = "40 km/h" }]"#,
    ];
    let run = road_with("", &overrides);
    assert_eq!(run.response("exposed_person_hours"), 1e10);
    assert_eq!(run.response("exposure_per_person_hours"), 1000.0);
    assert_eq!(run.response("time_in_system_hours"), 1000.0);
}
