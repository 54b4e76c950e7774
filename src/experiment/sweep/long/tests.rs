use super::super::{Points, Summing};
use super::*;
use crate::results::sample;
use crate::results::{Bound, Outcome, SweepFailure, SweepValues, Wanted};
use crate::scenario::sweep::load;
use std::collections::BTreeMap;
use std::convert::Infallible;

const BASE: &str = include_str!("../../../../scenarios/verification/g1.toml");
const SWEEP: &str = "[sweep]\nbase = \"base.toml\"\n[[factor]]\nid = \"lanes\"\npath = \"crossing.border.lanes\"\nlevels = [1, 2]\n[[block]]\ndesign = \"grid\"\n";

/// Rows of one point: skewed days of which some are not reached, a second column that is sometimes not defined.
fn rows(n: u32) -> Vec<SweepRow> {
    let row = |r: u32| {
        let spread = f64::from(r * 7919 % 1009) / 100.0;
        let days = if r % 97 == 5 { f64::NAN } else { 20.0 + spread * spread };
        let second = if r % 11 == 3 { f64::NAN } else { -spread };
        let outcome = if r % 211 == 17 {
            Err(SweepFailure { kind: "livelock".into(), message: String::new(), waits: Vec::new() })
        } else {
            Ok(SweepValues { outcome: if days.is_nan() { Outcome::Horizon } else { Outcome::Complete }, values: vec![days, second] })
        };
        SweepRow { point: 0, replication: r, outcome }
    };
    (0..n).map(row).collect()
}

fn info(estimand: Estimand, bound: Bound) -> SweepInfo {
    let requirement = Some(Wanted { text: String::new(), column: 0, estimand, bound });
    SweepInfo { replications: 2_000, shown: vec![0, 1], requirement, ..sample::sweep(1, 2) }
}

#[test]
fn going_through_the_rows_gives_what_holding_them_gives() {
    let texts: BTreeMap<String, Vec<u8>> =
        [("sweep.toml", SWEEP), ("base.toml", BASE)].map(|(name, text)| (name.into(), text.into())).into();
    let (sweep, _) = load("sweep.toml", &texts, &[]).expect("it is a sweep");
    let points = Points::of(&sweep, 1).expect("it has points");
    for (estimand, bound) in [
        (Estimand::Quantile(0.8), Bound::AtMost(80.0)),
        (Estimand::ShareAtMost(60.0), Bound::AtLeast(0.5)),
        (Estimand::Mean, Bound::AtMost(50.0)),
    ] {
        let (info, rows) = (info(estimand, bound), rows(2_000));
        let mut summing = Summing::new(&info, &points);
        assert!(rows.iter().all(|row| summing.take(row).is_none()));
        let held = summing.finish().expect("there were rows");
        let mut passes = 0;
        let long = sum_long::<Infallible>(&info, &points, 0, &mut |take| {
            passes += 1;
            rows.iter().for_each(take);
            Ok(())
        })
        .expect("nothing fails");
        assert_eq!(passes, 7);
        assert_eq!((long.replications, long.censored, long.failed), (held.replications, held.censored, held.failed));
        assert_eq!(long.required.map(|one| one.meets), held.required.map(|one| one.meets));
        for (a, b) in long.shown.iter().zip(&held.shown) {
            assert_eq!((a.n, a.not_reached, a.quantiles, a.mcse, a.min, a.max), (b.n, b.not_reached, b.quantiles, b.mcse, b.min, b.max));
            assert_eq!(a.mean.is_some(), b.mean.is_some());
            let close = |a: Option<f64>, b: Option<f64>| a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-10);
            assert!(close(a.mean, b.mean) && close(a.half_width, b.half_width));
        }
    }
}
