//! Known answers with chance in them: intervals at 99.9 % instead of equality. The seeds are fixed, so a pass stays a pass.
//!
//! W9, the queues, is in `kernel::theory`: the crossing's lanes are the same resource.

use super::shipped;
use convoysim::experiment::operation::Operation;
use convoysim::model::Observations;
use convoysim::model::planning::at_least_one;
use convoysim::stats::proportion::wilson;

/// Runs replications without detail and reads each.
fn each<T>(operation: &Operation, replications: u32, read: impl Fn(&Observations) -> T) -> Vec<T> {
    (0..replications).map(|r| read(&operation.model().replicate(r, false).unwrap_or_else(|failure| panic!("{failure:?}")))).collect()
}

fn assert_share(successes: usize, n: usize, expected: f64) {
    let interval = wilson(successes, n, 0.999).expect("there are trials");
    assert!((interval.lower..=interval.upper).contains(&expected), "{interval:?} does not cover {expected}");
}

/// The mean of a sample within 3.29 standard errors, the deviation being known.
fn assert_mean(sample: &[f64], expected: f64, variance: f64) {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let half_width = 3.29 * (variance / n).sqrt();
    assert!((mean - expected).abs() < half_width, "{mean} +- {half_width} does not cover {expected}");
}

#[test]
fn w16_a_convoy_breaks_down_as_often_as_its_kilometres_say() {
    for (mean_distance, expected) in [("7315.2 km", 0.13726), ("20000 km", 0.05257), ("2500 km", 0.35079)] {
        let set = format!("buses.coaches.breakdown.mean_distance=\"{mean_distance}\"");
        let broken = each(&shipped("w16", &[&set]), 8_000, |o| o.counts.breakdowns > 0);
        assert_share(broken.iter().filter(|b| **b).count(), broken.len(), expected);
    }
}

#[test]
fn w17_incidents_at_a_constant_rate_are_poisson() {
    let counts = each(&shipped("w17", &[]), 6_000, |o| {
        assert_eq!(o.ledger.convoy_total, 200 * 3_600_000_000, "200 convoy-hours");
        f64::from(o.counts.incidents)
    });
    assert_mean(&counts, 0.4, 0.4);
    assert_share(counts.iter().filter(|n| **n > 0.0).count(), counts.len(), 0.32968);
}

#[test]
fn w17_three_times_the_rate_by_day_adds_up_to_0_0085() {
    let operation = shipped("w17-daylight", &[]);
    let hit: Vec<(usize, usize)> = each(&operation, 1_500, |o| {
        for m in o.movements.iter().filter(|m| m.incidents == 0) {
            assert!((m.tracker.hazard.sum() - 0.0085).abs() < 1e-12, "{:?}", m.tracker.hazard);
        }
        (o.movements.iter().filter(|m| m.incidents > 0).count(), o.movements.len())
    });
    let (incidents, convoys) = hit.iter().fold((0, 0), |sum, run| (sum.0 + run.0, sum.1 + run.1));
    assert_share(incidents, convoys, 0.008_464_0);
    assert_share(incidents, convoys, at_least_one(0.0085));
}

#[test]
fn w19_twenty_flying_days_take_23_and_a_half() {
    let days = each(&shipped("w19", &[]), 6_000, |o| {
        assert_eq!(o.starts.len(), 20);
        let last = o.starts.last().expect("twenty").at;
        f64::from(u32::try_from(last.ticks() / 86_400_000_000).expect("a day") + 1)
    });
    // The 20th success of independent trials: mean r / p, variance r (1 - p) / p^2.
    assert_mean(&days, 20.0 / 0.85, 20.0 * 0.15 / (0.85 * 0.85));
    assert_share(days.iter().filter(|d| **d <= 23.0).count(), days.len(), 0.53963);
}
