//! When people are called aboard: not into weather or a calendar entry that keeps them from starting.

use super::{AIR, ONE_LOAD, ROAD, Run, air_with, minutes, road_with, written};

/// Six hours a slot, every other one bad on the average.
fn weather(mode: &str) -> String {
    format!("\n[weather]\nslot = \"6 h\"\n{mode} = {{ bad_share = 0.5, bad_after_bad = 0.5 }}\n")
}

/// When the first person of a movement stepped aboard, and when it started.
fn aboard_and_gone(run: &Run) -> Vec<(f64, f64)> {
    run.observed.movements.iter().map(|m| (minutes(m.loads[0].boarded.first().copied()), minutes(m.started))).collect()
}

#[test]
fn nobody_boards_a_bus_in_weather_that_lets_nothing_start() {
    let mut waited = 0;
    for replication in 0..12 {
        let run = Run::of(written(&format!("{ROAD}{}", weather("land")), &[ONE_LOAD]), replication);
        let (aboard, gone) = aboard_and_gone(&run)[0];
        // Half a minute after the beginning of a slot; loaded twenty minutes after that, and gone at once.
        assert_eq!((aboard % 360.0, gone - aboard), (0.5, 19.5));
        assert_eq!(run.response("max_aboard_hours"), 149.5 / 60.0);
        if aboard > 0.5 {
            waited += 1;
            assert!(run.causes().contains(&("weather", aboard - 0.5)), "{:?}", run.causes());
        }
    }
    assert!((1..12).contains(&waited), "{waited} of 12");
}

#[test]
fn nobody_boards_an_aircraft_in_weather_that_lets_nothing_start() {
    let mut waited = 0;
    for replication in 0..12 {
        let run = Run::of(written(&format!("{AIR}{}", weather("air")), &[ONE_LOAD]), replication);
        let (aboard, gone) = aboard_and_gone(&run)[0];
        assert_eq!((aboard % 360.0, gone - aboard), (0.0, 30.0));
        waited += u32::from(aboard > 0.0);
    }
    assert!((1..12).contains(&waited), "{waited} of 12");
}

/// No departures on a route from a time of the first day to another.
fn pause(route: &str, from: &str, to: &str) -> String {
    format!(
        "\n[[calendar]]\nid = \"truce\"\nfrom = \"2026-01-21T{from}\"\nto = \"2026-01-21T{to}\"\napplies_to = [\"route.{route}\"]\nno_departures = true\n"
    )
}

#[test]
fn nobody_boards_at_once_while_a_calendar_entry_holds_beyond_boarding() {
    let run = road_with(&pause("road", "00:00", "05:00"), &[ONE_LOAD]);
    assert_eq!(aboard_and_gone(&run), [(300.5, 320.0)]);
    assert!(run.causes().contains(&("calendar", 300.0)), "{:?}", run.causes());
    // For a departure people board before the entry ends; and an entry that ends while they board holds nobody up.
    let planned = road_with(&pause("road", "00:00", "05:00"), &[ONE_LOAD, r#"route.road.board="for_departure""#]);
    assert_eq!(aboard_and_gone(&planned), [(280.5, 300.0)]);
    assert_eq!(aboard_and_gone(&road_with(&pause("road", "00:00", "00:20"), &[ONE_LOAD])), [(0.5, 20.0)]);
}

#[test]
fn a_flight_that_gets_its_parking_too_late_gives_it_back_and_loads_nobody() {
    // The second aircraft gets the spot at 30, when the first one is loaded and the calendar holds both until 05:00.
    let run = air_with(&pause("air", "00:20", "05:00"), &[]);
    assert_eq!(run.loaded(), [30.0, 330.0]);
    assert_eq!(run.started(), [300.0, 360.0]);
}
