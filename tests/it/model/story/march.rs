//! On the road: legs, halts, drivers, crossings, breakdowns.

use super::{ESCORTS, NO_BORDER, NO_INTAKE, ONE_LOAD, ROAD, Run, minutes, road, road_with, written};

#[test]
fn a_breakdown_halts_the_whole_convoy_until_it_is_repaired() {
    let operation = || {
        let breakdown = r#"buses.coaches.breakdown={ mean_distance = "150 km", repair = "30 min" }"#;
        written(ROAD, &[breakdown, "route.road.buses.per_convoy=2", NO_INTAKE, NO_BORDER])
    };
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(operation(), replication);
        let breakdowns = run.observed.counts.breakdowns;
        most = most.max(breakdowns);
        assert_eq!(run.arrived()[0] - run.started()[0], 60.0 + 30.0 * f64::from(breakdowns));
        assert_eq!(run.response("halted_convoy_hours"), 0.5 * f64::from(breakdowns));
    }
    assert!(most > 0, "twenty convoys of two buses run 1,600 bus-km");
}

#[test]
fn one_crew_takes_its_break_on_the_road_and_two_crews_take_turns() {
    let driver = |crews: u32| {
        format!(
            r#"buses.coaches.driver={{ max_driving = "9 h", break = {{ after = "45 min", length = "15 min" }}, rest = "11 h", crews = {crews} }}"#
        )
    };
    let one = road(&[&driver(1), ONE_LOAD]);
    let expected = [
        ("moving", 20.0, 65.0),
        ("scheduled halt", 65.0, 80.0),
        ("moving", 80.0, 95.0),
        ("border service", 95.0, 105.0),
        ("moving", 105.0, 135.0),
        ("scheduled halt", 135.0, 150.0),
        ("moving", 150.0, 180.0),
    ];
    assert_eq!(one.stretches(0), expected);
    assert!(one.causes().contains(&("driver_break", 30.0)), "{:?}", one.causes());
    assert_eq!(road(&[&driver(2), ONE_LOAD]).arrived(), [150.0]);
}

#[test]
fn w8_five_hours_of_driving_take_five_and_three_quarters() {
    let driver = r#"buses.coaches.driver={ max_driving = "9 h", break = { after = "4 h 30 min", length = "45 min" }, rest = "11 h" }"#;
    let path = r#"route.road.path=[{ leg = "road", distance = "200 km", speed = "40 km/h" }]"#;
    let run = road(&[driver, path, ONE_LOAD]);
    assert_eq!(run.arrived()[0] - run.started()[0], 345.0);
}

#[test]
fn drivers_rest_at_home_if_the_next_trip_would_be_too_long() {
    let driver = |limit: &str| format!(r#"buses.coaches.driver={{ max_driving = "{limit}", rest = "10 h" }}"#);
    let rested = road(&[&driver("5 h"), "buses.coaches.count=1"]);
    assert_eq!(rested.formed(), [0.0, 890.0]);
    assert!(rested.attribution().contains(&("rest", "bus", 600.0)), "{:?}", rested.attribution());
    assert_eq!(road(&[&driver("8 h"), "buses.coaches.count=1"]).formed(), [0.0, 290.0]);
}

#[test]
fn an_inspection_keeps_a_bus_at_home_for_a_while() {
    assert_eq!(road(&[r#"buses.coaches.inspection="25 min""#, "buses.coaches.count=1"]).formed(), [0.0, 315.0]);
}

#[test]
fn a_comfort_halt_starts_the_time_aboard_again() {
    let welfare = "\n[welfare]\nmax_aboard = \"2 h\"\ncomfort_stop = { at_least = \"10 min\" }\n";
    let path = r#"route.road.path=[{ leg = "road", distance = "160 km", speed = "40 km/h" }]"#;
    let halts = |comfort: bool| format!(r#"route.road.halts={{ every = "60 min", length = "15 min", comfort = {comfort} }}"#);
    // Halts after 60, 120 and 180 min moved; the one due at the end is not taken.
    let comfort = road_with(welfare, &[path, &halts(true), ONE_LOAD]);
    assert_eq!(comfort.arrived(), [305.0]);
    // From the first person's boarding at 0.5 to the end of the halt at 95.
    assert_eq!((comfort.response("max_aboard_hours"), comfort.response("people_over_welfare_limit")), (94.5 / 60.0, 0.0));
    let without = road_with(welfare, &[path, &halts(false), ONE_LOAD]);
    assert_eq!((without.response("max_aboard_hours"), without.response("people_over_welfare_limit")), (304.5 / 60.0, 40.0));
}

#[test]
fn an_escort_that_breaks_down_leaves_the_convoy_under_escorted_until_it_is_repaired() {
    let near = r#"route.road.escorts={ pool = "near", per_convoy = 2, minimum = 2 }"#;
    let breakdown = r#"escorts.near.breakdown={ mean_distance = "80 km", repair = "30 min" }"#;
    let text = format!("{ROAD}{ESCORTS}");
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(written(&text, &[near, breakdown, NO_INTAKE, NO_BORDER, ONE_LOAD]), replication);
        let breakdowns = run.observed.counts.breakdowns;
        most = most.max(breakdowns);
        assert_eq!(run.response("under_escorted_convoy_hours"), 0.5 * f64::from(breakdowns));
        assert_eq!(run.arrived()[0], 80.0 + 30.0 * f64::from(breakdowns));
    }
    assert!(most > 0, "forty escorts run 40 km each");
}

#[test]
fn an_incident_halts_a_moving_convoy_for_its_delay() {
    let incidents = "\n[incidents]\nrate = \"0.4 /h\"\nhalted = 0.0\ndelay = \"45 min\"\n";
    let text = format!("{ROAD}{incidents}");
    let mut most = 0;
    for replication in 0..20 {
        let run = Run::of(written(&text, &[ONE_LOAD]), replication);
        let incidents = run.observed.counts.incidents;
        most = most.max(incidents);
        assert_eq!(run.arrived()[0], 150.0 + 45.0 * f64::from(incidents));
        assert_eq!(run.response("halted_convoy_hours"), 0.75 * f64::from(incidents));
    }
    assert!(most > 0, "forty hours on the move at 0.4 an hour");
}

#[test]
fn a_convoy_that_turns_back_gives_its_people_the_first_seats_again() {
    let incidents = "\n[incidents]\nrate = \"0.3 /h\"\ndelay = \"0 s\"\nturn_back = 1.0\n";
    let text = format!("{ROAD}{incidents}");
    let operation = || written(&text, &["site.camp.detainees=120", "buses.coaches.count=1", NO_BORDER]);
    let run = (0..200).map(|r| Run::of(operation(), r)).find(|run| run.convoy(0).turned_back && !run.convoy(1).turned_back);
    let run = run.expect("one of 200 replications begins with one turn-back");
    let (first, second) = (run.convoy(0), run.convoy(1));
    let out_and_back = first.clear.expect("it is back") - first.started.expect("it started");
    assert_eq!(first.tracker.exposed, out_and_back, "exposed until inside");
    assert_eq!(minutes(first.arrived).to_bits(), f64::NAN.to_bits());
    assert_eq!(second.formed, first.clear.expect("it is back"), "the bus is at home and goes on at once");
    for people in &second.loads[0].people {
        assert_eq!((people.called.map(|at| at.ticks()), people.exposed_for), (Some(0), out_and_back));
    }
    assert!(run.response("turn_backs") >= 1.0);
    assert_eq!(run.response("accepted_people"), 120.0);
}

#[test]
fn a_speed_factor_is_read_when_a_leg_begins() {
    let slow = "\n[[calendar]]\nid = \"fog\"\nfrom = \"2026-01-21T00:30\"\nto = \"2026-01-21T02:00\"\napplies_to = [\"route.road\"]\nspeed_factor = 0.5\n";
    let run = road_with(slow, &[ONE_LOAD]);
    assert_eq!(run.stretches(0), [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("moving", 90.0, 210.0)]);
}

#[test]
fn a_lane_takes_a_loaded_bus_before_an_empty_one_that_came_earlier() {
    // Home from the first trip, bus 1 is at the border at 220. The lane serves the second convoy from 218 to 228, then the third one,
    // which came at 225, then bus 1: home at 308, where it takes the last load.
    let run = road(&["site.camp.detainees=160", "buses.coaches.count=3", r#"route.road.timetable=["00:20", "02:38", "02:45", "12:00"]"#]);
    assert_eq!(run.started(), [20.0, 158.0, 165.0, 720.0]);
    assert_eq!(run.arrived()[..3], [150.0, 288.0, 298.0]);
    assert_eq!(run.formed(), [0.0, 0.0, 0.0, 308.0]);
}

#[test]
fn paperwork_follows_the_last_bus_and_holds_the_convoy() {
    let run = road(&[r#"crossing.border.paperwork="15 min""#, ONE_LOAD]);
    let expected = [("moving", 20.0, 80.0), ("border service", 80.0, 90.0), ("re-form", 90.0, 105.0), ("moving", 105.0, 165.0)];
    assert_eq!(run.stretches(0), expected);
    assert!(run.causes().contains(&("paperwork", 15.0)), "{:?}", run.causes());
}

#[test]
fn the_calendar_adds_a_lane() {
    let more =
        "\n[[calendar]]\nid = \"help\"\nfrom = \"2026-01-21T00:00\"\nto = \"2026-01-22T00:00\"\nadd = { \"crossing.border.lanes\" = 1 }\n";
    assert_eq!(road_with(more, &["route.road.buses.per_convoy=2"]).arrived(), [170.0]);
    assert_eq!(road(&["route.road.buses.per_convoy=2"]).arrived(), [180.0]);
}

#[test]
fn a_rate_of_march_takes_the_time_it_says() {
    let path = r#"route.road.path=[{ leg = "road", distance = "100 km", rate_of_march = "25 km/h" }]"#;
    assert_eq!(road(&[path, ONE_LOAD]).arrived(), [260.0]);
}
