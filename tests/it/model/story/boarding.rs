//! Search and boarding.

use super::{ONE_LOAD, ROAD, Run, minutes, road, written};

#[test]
fn boarding_for_departure_ends_when_the_window_opens() {
    let run = road(&[r#"route.road.board="for_departure""#, r#"route.road.departures={ from = "10:00", to = "12:00" }"#, ONE_LOAD]);
    assert_eq!((run.formed(), run.loaded(), run.started()), (vec![0.0], vec![600.0], vec![600.0]));
    assert_eq!(minutes(run.convoy(0).loads[0].boarded.first().copied()), 580.5);
    assert_eq!(run.causes()[0], ("boarding", 20.0));
    assert!(run.causes().contains(&("window", 580.0)), "{:?}", run.causes());
}

#[test]
fn shared_lanes_search_for_all_bays_before_people_step_aboard() {
    // Two buses at two bays, one lane for both: search 30 s, one after another; stepping aboard 10 s; manifest 5 min a bus.
    let boarding = r#"site.camp.boarding={ bays = 2, lanes = 1, search = "30 s", aboard = "10 s", manifest = "5 min" }"#;
    let run = road(&[boarding, "route.road.buses.per_convoy=2"]);
    let last: Vec<f64> = run.convoy(0).loads.iter().map(|l| minutes(l.boarded.last().copied())).collect();
    assert_eq!(last, [20.0 + 1.0 / 6.0, 40.0 + 1.0 / 6.0]);
    assert_eq!(run.loaded(), [45.0 + 1.0 / 6.0]);
}

#[test]
fn whoever_is_found_unfit_comes_back_later_and_the_next_one_takes_the_seat() {
    let unfit = r#"site.camp.unfit={ share = 0.1, back_after = "6 h" }"#;
    let mut deferred = 0;
    for replication in 0..10 {
        let run = Run::of(written(ROAD, &[unfit, "site.camp.detainees=160"]), replication);
        assert_eq!(run.people()[..2], [40, 40], "all seats are taken while others wait");
        // Every search takes 30 s, whether the person is fit or not.
        let unfit_of_first = (run.loaded()[0] - 20.0) * 2.0;
        deferred += unfit_of_first as u32;
        assert!(unfit_of_first >= 0.0 && unfit_of_first.fract() == 0.0);
        assert_eq!(run.response("accepted_people"), 160.0);
        if run.observed.movements.len() > 4 {
            assert!(run.closure() > 360.0, "who was unfit is back after six hours");
        }
    }
    assert!(deferred > 0, "some of 400 people are unfit");
}
