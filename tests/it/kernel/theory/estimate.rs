//! Estimates with standard errors: batch means of one long run, and replications.

use convoysim::kernel::{Outcome, Sim};
use convoysim::units::SimTime;

use super::{Check, Target, instant, square};

/// A growing numerator and denominator, read at an instant: waiting time and customers, or an integral and time.
type Read<'a> = Box<dyn Fn(SimTime) -> (f64, f64) + 'a>;

/// What is read off a long run.
#[derive(Default)]
pub struct Probes<'a>(Vec<(Target, Read<'a>)>);

impl<'a> Probes<'a> {
    pub fn add(&mut self, target: Target, read: impl Fn(SimTime) -> (f64, f64) + 'a) {
        self.0.push((target, Box::new(read)));
    }

    /// Runs in at least 100 batches after a warm-up, for as long as the precision of the targets takes.
    ///
    /// `batch` is the length of the first batches; when 200 of them do not suffice, pairs are merged and the run goes on.
    pub fn estimate<'s>(self, sim: &'s Sim<'s>, batch: f64) -> Vec<Check> {
        let warm_up = 20.0 * batch;
        let mut now = warm_up;
        let mut length = batch;
        run_to(sim, now);
        let mut before = self.read(sim.now());
        let mut batches: Vec<Vec<(f64, f64)>> = Vec::new();
        for _ in 0..MAX_DOUBLINGS {
            while batches.len() < 200 {
                now += length;
                run_to(sim, now);
                let after = self.read(sim.now());
                batches.push(before.iter().zip(&after).map(|(old, new)| (new.0 - old.0, new.1 - old.1)).collect());
                before = after;
            }
            let checks = self.checks(&batches);
            if checks.iter().all(Check::is_precise) {
                return checks;
            }
            let merge = |pair: &[Vec<(f64, f64)>]| pair[0].iter().zip(&pair[1]).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect();
            batches = batches.chunks_exact(2).map(merge).collect();
            length *= 2.0;
        }
        self.checks(&batches)
    }

    fn read(&self, now: SimTime) -> Vec<(f64, f64)> {
        self.0.iter().map(|(_, read)| read(now)).collect()
    }

    fn checks(&self, batches: &[Vec<(f64, f64)>]) -> Vec<Check> {
        let column = |i: usize| batches.iter().map(move |batch| batch[i]);
        self.0.iter().enumerate().map(|(i, (target, _))| ratio(target.clone(), column(i))).collect()
    }
}

const MAX_DOUBLINGS: usize = 16;

fn run_to<'s>(sim: &'s Sim<'s>, time: f64) {
    assert_eq!(sim.run_until(instant(time)), Outcome::HorizonReached);
}

/// A ratio of means with its standard error, from pairs of a numerator and a denominator.
fn ratio(target: Target, pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Check {
    let (n, above, below) = pairs.clone().fold((0.0, 0.0, 0.0), |(n, y, x), pair| (n + 1.0, y + pair.0, x + pair.1));
    let estimate: f64 = above / below;
    let squares: f64 = pairs.map(|(y, x)| square(y - estimate * x)).sum();
    Check { target, estimate, error: (squares / (n * (n - 1.0))).sqrt() / (below / n) }
}

/// Replicates until every target is precise. `replicate` gives one value a target, from a replication number.
pub fn replicate(targets: Vec<Target>, mut replicate: impl FnMut(u64) -> Vec<f64>) -> Vec<Check> {
    const CHUNK: u64 = 2_000;
    let mut tallies: Vec<convoysim::kernel::Tally> = targets.iter().map(|_| convoysim::kernel::Tally::new()).collect();
    for chunk in 0..1_000 {
        for replication in chunk * CHUNK..(chunk + 1) * CHUNK {
            for (tally, value) in tallies.iter_mut().zip(replicate(replication)) {
                tally.record(value);
            }
        }
        let checks: Vec<Check> = targets.iter().zip(&tallies).map(|(target, tally)| check(target.clone(), tally)).collect();
        if checks.iter().all(Check::is_precise) {
            return checks;
        }
    }
    targets.into_iter().zip(&tallies).map(|(target, tally)| check(target, tally)).collect()
}

fn check(target: Target, tally: &convoysim::kernel::Tally) -> Check {
    let variance = tally.variance().expect("many replications");
    let estimate = tally.mean().expect("many replications");
    Check { target, estimate, error: (variance / tally.count() as f64).sqrt() }
}
