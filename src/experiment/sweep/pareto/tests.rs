use super::*;
use crate::results::{Outcome, SweepFailure, SweepValues, sample};
use crate::stats::Standing::{Dominated, NonDominated, Open};

fn info(points: u32, common: bool) -> SweepInfo {
    // Days, people accepted, of them by land, by air, throughput, exposed hours.
    SweepInfo { replications: 20, common, shown: vec![0, 4, 5], ..sample::sweep(points, 6) }
}

/// A point with days and exposed hours about these; what chance does to a replication it does to every point.
fn row(point: u32, replication: u32, days: f64, hours: f64) -> SweepRow {
    let chance = f64::from(replication * 7 % 11);
    let values = vec![days + chance, 0.0, 0.0, 0.0, 1.0 / days, hours + 10.0 * chance];
    SweepRow { point, replication, outcome: Ok(SweepValues { outcome: Outcome::Complete, values }) }
}

fn standings(common: bool, change: impl Fn(SweepRow) -> SweepRow) -> Pareto {
    let info = info(3, common);
    let mut standings = Standings::new(&info).expect("there are two responses");
    for (point, (days, hours)) in [(30.0, 500.0), (30.5, 505.0), (29.0, 600.0)].into_iter().enumerate() {
        (0..20).for_each(|replication| standings.take(&change(row(point as u32, replication, days, hours))));
    }
    standings.finish()
}

#[test]
fn pairs_tell_apart_what_intervals_of_single_points_do_not() {
    // Throughput is days told otherwise: exposed hours stand against days.
    let paired = standings(true, |row| row);
    assert_eq!((paired.responses, &paired.standings), ([0, 2], &vec![NonDominated, Dominated { by: 0 }, NonDominated]));
    let single = standings(false, |row| row);
    assert_eq!(single.standings, [NonDominated, Open { by: 0 }, NonDominated]);
}

#[test]
fn only_replications_that_every_point_has_are_paired() {
    let failing = |mut row: SweepRow| {
        if (row.point, row.replication) == (2, 5) {
            row.outcome = Err(SweepFailure { kind: "livelock".into(), message: String::new(), waits: Vec::new() });
        }
        row
    };
    assert_eq!(standings(true, failing).standings, standings(true, |row| row).standings);
}

#[test]
fn too_many_points_or_one_response_alone_are_not_asked() {
    assert!(Standings::new(&info(Pareto::MOST_POINTS + 1, true)).is_none());
    let mut one = info(3, true);
    one.shown = vec![0, 1];
    one.columns.truncate(2);
    assert!(Standings::new(&one).is_some());
    one.shown = vec![0];
    assert!(Standings::new(&one).is_none());
}
