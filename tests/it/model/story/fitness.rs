//! Who is unfit to travel: in the air as on the road, and what others learn of it.

use super::{AIR, ONE_LOAD, ROAD, Run, air, air_with, minutes, written};

#[test]
fn who_is_unfit_to_fly_stays_behind_and_the_next_one_takes_the_seat() {
    let mut behind = 0;
    for replication in 0..10 {
        let set = ["site.camp.detainees=160", r#"site.camp.unfit={ share = 0.1, back_after = "6 h" }"#];
        let run = Run::of(written(AIR, &set), replication);
        assert_eq!(run.people()[..2], [40, 40], "all seats are taken while others wait");
        let first_four: u32 = run.people()[..4].iter().sum();
        behind += 160 - first_four;
        assert_eq!(run.closure() > 360.0, first_four < 160, "who was unfit is back after six hours");
        assert_eq!(run.response("accepted_people"), 160.0);
    }
    assert!(behind > 0, "some of 1,600 people are unfit");
}

#[test]
fn a_flight_for_which_nobody_is_fit_is_dissolved_and_its_aircraft_flies_another() {
    let mut dissolved = 0;
    for replication in 0..10 {
        let set = ["site.camp.detainees=1", "aircraft.lift.count=1", r#"site.camp.unfit={ share = 0.5, back_after = "6 h" }"#];
        let run = Run::of(written(AIR, &set), replication);
        let empty = run.people().iter().filter(|people| **people == 0).count();
        dissolved += empty;
        // Onload, flight and offload take 150 minutes.
        assert_eq!(run.closure(), 360.0 * empty as f64 + 150.0);
        assert_eq!(run.each(|m| m.started).last().copied(), Some(360.0 * empty as f64 + 30.0));
    }
    assert!(dissolved > 0, "one of ten people is unfit");
}

#[test]
fn the_time_of_who_flies_counts_from_the_forming_of_the_flight() {
    let run = air(&["aircraft.lift.count=1"]);
    assert_eq!((run.formed(), minutes(run.observed.closure)), (vec![0.0, 210.0], 360.0));
    assert_eq!(run.response("time_in_system_hours"), 2.5);
}

#[test]
fn everybody_of_a_flight_is_counted_against_the_limit_of_the_time_aboard() {
    let limit = |limit: &str| air_with(&format!("\n[welfare]\nmax_aboard = \"{limit}\"\n"), &[ONE_LOAD]);
    assert_eq!(limit("149 min").response("people_over_welfare_limit"), 40.0);
    assert_eq!(limit("150 min").response("people_over_welfare_limit"), 0.0);
}

#[test]
fn a_route_learns_at_once_that_seats_of_unfit_people_were_taken_from_its_queue() {
    // Twenty people are left over by a convoy of two buses, and there are places for fifteen: nothing for one more bus, as more places
    // come tomorrow. As soon as five or more of the twenty sit in for unfit people, the others can go.
    let (mut at_once, mut with_second_bus) = (0, 0);
    for replication in 0..20 {
        let set = [
            "site.camp.detainees=100",
            r#"site.camp.unfit={ share = 0.12, back_after = "5 h" }"#,
            "buses.coaches.count=4",
            "facility.receiving.beds={ start = 95, per_day = 1, up_to = 100 }",
            "route.road.buses.per_convoy=2",
            r#"route.road.form={ at_least = "1 buses", wait_at_most = "0 s" }"#,
        ];
        let run = Run::of(written(ROAD, &set), replication);
        match run.formed()[1] {
            0.0 => at_once += 1,
            // The first bus takes half a minute for each of its forty people and the up to four unfit ones.
            20.0..=22.0 => with_second_bus += 1,
            // Fewer than five in both: more places come at midnight.
            later if later % 1_440.0 == 0.0 => {}
            other => panic!("replication {replication} formed at {other}"),
        }
    }
    assert!(at_once > 0 && with_second_bus > 0, "{at_once} and {with_second_bus}");
}

#[test]
fn a_run_has_not_stalled_while_somebody_is_known_to_come_back() {
    let set = ["site.camp.detainees=1", r#"scenario.stall_after="2 d""#, r#"site.camp.unfit={ share = 0.5, back_after = "3 d" }"#];
    let days: Vec<u32> = (0..10).map(|replication| (Run::of(written(ROAD, &set), replication).closure() / 1_440.0) as u32).collect();
    assert!(days.iter().all(|days| days % 3 == 0) && days.iter().any(|days| *days >= 6), "{days:?}");
}
