//! What remains at the source: expected, reported, and without any effect on a run.

use super::{ONE_LOAD, road, road_with};

#[test]
fn what_is_expected_at_a_site_is_reported_and_takes_nobody_away() {
    let run =
        |breakout: &str| road(&[breakout, r#"route.road.departures={ from = "12:00", to = "13:00" }"#, r#"route.road.headway="1 d""#]);
    let stated = run(r#"site.camp.breakout={ hazard = "0.25 /site-day", fraction = 0.125 }"#);
    // Forty people leave at noon of the first day, forty at noon of the second: 80 x 0.5 d + 40 x 1 d = 80 person-days in 1.5 d.
    assert_eq!((stated.started(), stated.response("source_person_days")), (vec![720.0, 2160.0], 80.0));
    assert_eq!((stated.response("expected_breakouts"), stated.response("expected_escapees")), (0.25 * 1.5, 0.25 * 0.125 * 80.0));
    assert_eq!(stated.response("accepted_people"), 80.0);
    // A share of 0 leaves the breakouts, a hazard of 0 neither; nothing else of the run hangs on them.
    let nobody = run(r#"site.camp.breakout={ hazard = "0.25 /site-day", fraction = 0 }"#);
    assert_eq!((nobody.response("expected_breakouts"), nobody.response("expected_escapees")), (0.25 * 1.5, 0.0));
    let never = run(r#"site.camp.breakout={ hazard = "0 /site-day", fraction = 1 }"#);
    assert_eq!((never.response("expected_breakouts"), never.response("expected_escapees")), (0.0, 0.0));
    for other in [nobody, never] {
        assert_eq!((other.accepted_every(40), other.observed.draws), (stated.accepted_every(40), stated.observed.draws));
    }
}

#[test]
fn each_site_adds_what_it_states_for_as_long_as_its_people_are_there() {
    let prison = r#"
[[site]]
id = "prison"
detainees = 20
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[buses]]
id = "others"
count = 1
seats = 20
home = "prison"

[[route]]
id = "later"
like = "road"
from = "prison"
buses = { fleet = "others", per_convoy = 1 }
departures = { from = "12:00", to = "13:00" }
"#;
    let of_camp = r#"site.camp.breakout={ hazard = "144 /site-day", fraction = 0.5 }"#;
    let of_prison = r#"site.prison.breakout={ hazard = "72 /site-day", fraction = 0.25 }"#;
    let expected = |stated: &[&str]| {
        let run = road_with(prison, &[&[ONE_LOAD], stated].concat());
        assert_eq!(run.started(), [20.0, 720.0]);
        [run.response("expected_breakouts"), run.response("expected_escapees")]
    };
    // Forty people for 20 min under 0.1 a minute, twenty for 720 min under 0.05 a minute.
    let [camp, camp_escapees] = [2.0, 0.5 * 40.0 * 2.0];
    let [prison, prison_escapees] = [36.0, 0.25 * 20.0 * 36.0];
    let near = |is: [f64; 2], ought: [f64; 2]| {
        assert!(is.iter().zip(ought).all(|(is, ought)| (is - ought).abs() < 1e-9), "{is:?} ought to be {ought:?}");
    };
    near(expected(&[of_camp, of_prison]), [camp + prison, camp_escapees + prison_escapees]);
    near(expected(&[of_prison]), [prison, prison_escapees]);
    near(expected(&[]), [0.0, 0.0]);
}
