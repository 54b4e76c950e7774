//! Use of what there is: taken over available, where what is available changes by calendar.

use super::{ONE_LOAD, Run, road_with};

/// Ten lanes from 01:00 to 02:00 on.
fn calendar(add: &str, from: &str, to: &str) -> String {
    format!("\n[[calendar]]\nid = \"more\"\nfrom = \"2026-01-21T{from}\"\nto = \"2026-01-21T{to}\"\nadd = {{ {add} }}\n")
}

/// Available unit-hours and utilisation of a resource.
fn available(run: &Run, resource: &str) -> (f64, f64) {
    (run.resource(resource).available_h, run.response(&format!("utilisation.{resource}")))
}

#[test]
fn lanes_added_by_calendar_are_available_while_they_are_there() {
    let hours = 160.0 / 60.0;
    let whole = road_with(&calendar("\"crossing.border.lanes\" = 5", "00:00", "23:00"), &[ONE_LOAD]);
    assert_eq!(whole.closure(), 160.0);
    assert_eq!(available(&whole, "border"), (6.0 * hours, 10.0 / 60.0 / (6.0 * hours)));
    let part = road_with(&calendar("\"crossing.border.lanes\" = 5", "01:00", "02:00"), &[ONE_LOAD]);
    assert!((part.resource("border").available_h - (hours + 5.0)).abs() < 1e-9);
}

#[test]
fn bays_added_by_calendar_are_available_while_they_are_there() {
    let hours = 160.0 / 60.0;
    for (level, resource) in [("site.camp.boarding.bays", "camp.boarding"), ("facility.receiving.intake.bays", "receiving.intake")] {
        let run = road_with(&calendar(&format!("\"{level}\" = 2"), "00:30", "01:30"), &[ONE_LOAD]);
        assert!((run.resource(resource).available_h - (hours + 2.0)).abs() < 1e-9, "{resource}");
    }
}

#[test]
fn lanes_taken_away_while_in_use_count_until_they_are_free() {
    let more = calendar("\"crossing.border.lanes\" = -1", "01:25", "01:40");
    let run = road_with(&more, &[ONE_LOAD, "crossing.border.service=\"10 min\""]);
    // The bus is in the lane from 80 to 90 min; the lane is withdrawn from 85 to 100 and there for 5 min of that.
    assert_eq!(run.resource("border").available_h, (160.0 - 10.0) / 60.0);
    assert_eq!(run.resource("border").busy_h, 10.0 / 60.0);
}

#[test]
fn beds_taken_away_while_taken_leave_utilisation_within_one() {
    let more = calendar("\"facility.receiving.beds\" = -200", "01:00", "23:00");
    let run = road_with(&more, &[ONE_LOAD]);
    let (_, used) = available(&run, "receiving.beds");
    assert!((0.0..=1.0).contains(&used), "{used}");
}

#[test]
fn an_hour_in_which_a_crossing_is_shut_is_available_all_the_same() {
    let run = road_with("", &[ONE_LOAD, r#"crossing.border.hours=[{ from = "01:00", to = "23:00" }]"#]);
    assert_eq!(available(&run, "border"), (160.0 / 60.0, 1.0 / 16.0));
}
