//! Where a convoy goes that is to turn back.

use super::{HUB, NO_BORDER, ONE_LOAD, ROAD, Run, minutes, written};

/// Every incident is one to turn back for; none costs time.
fn incidents(rate: &str) -> String {
    format!("\n[incidents]\nrate = \"{rate} /h\"\ndelay = \"0 s\"\nturn_back = 1.0\n")
}

#[test]
fn past_half_of_its_way_a_convoy_goes_on_to_the_nearer_end() {
    let text = format!("{ROAD}{}", incidents("0.6"));
    let (mut back, mut on) = (0, 0);
    for replication in 0..40 {
        let run = Run::of(written(&text, &[ONE_LOAD, NO_BORDER]), replication);
        let first = run.convoy(0);
        if first.incidents == 0 {
            continue;
        }
        // The first incident falls where the march is cut: an hour from wall to wall at 40 km/h.
        let incident = run.traced("road#1", "incident")[0] - minutes(first.started);
        assert_eq!(first.turned_back, incident <= 30.0, "replication {replication}: after {incident} min");
        if first.turned_back {
            back += 1;
            let home = minutes(first.clear) - minutes(first.started);
            assert!((home - 2.0 * incident).abs() < 1e-6, "{home} min for {incident} out");
        } else {
            on += 1;
            assert_eq!(minutes(first.arrived) - minutes(first.started), 60.0);
        }
    }
    assert!(back > 0 && on > 0, "{back} back, {on} on");
}

#[test]
fn a_full_hub_takes_in_who_turns_back_to_it() {
    let text = format!("{HUB}{}", incidents("0.5"));
    let only_onward = |run: &Run| {
        let turned: Vec<(usize, u32)> = run.observed.movements.iter().filter(|m| m.turned_back).map(|m| (m.route, m.nth)).collect();
        turned == [(1, 0)]
    };
    let run = (0..200).map(|r| Run::of(written(&text, &[]), r)).find(only_onward).expect("one of 200 replications is like that");
    // When they left the wall at 100 the forty places went to the second convoy into the hub, which is on its way.
    assert_eq!(run.formed()[..3], [0.0, 80.0, 100.0]);
    assert_eq!(run.response("people_above_holding"), 40.0);
    assert_eq!((run.response("turn_backs"), run.response("accepted_people")), (1.0, 80.0));
    // All of them go on in the end, those who turned back and those who came in the meantime.
    assert_eq!(run.observed.movements.iter().map(|m| m.route).collect::<Vec<_>>(), [0, 1, 0, 1, 1]);
}
