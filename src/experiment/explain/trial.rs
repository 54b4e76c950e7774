//! Changed scenarios against the base, pair by pair: replication r of both meets the same random numbers.
//!
//! Every change is looked at after a few pairs, and those that the pairs do not resolve again after more. Each look at each change
//! makes an interval; their confidence is shared out evenly over all of them (Bonferroni), so that together they hold with
//! 95 %, whenever a change was given up. What is looked at when depends on the results alone, never on threads or time.

use crate::experiment::operation::Operation;
use crate::experiment::runner::{Pool, Watch};
use crate::results::{Effect, Terms};
use crate::scenario::without_chance;
use crate::stats::Finding;
use crate::stats::multiple::each_of;

/// Pairs after each look, ascending, for at most so many pairs: a tenth, a third, all; never fewer than twenty.
#[must_use]
pub fn looks(most: u32) -> Vec<u32> {
    let mut looks: Vec<u32> = [most / 10, most / 3, most].into_iter().map(|pairs| pairs.max(20).min(most)).collect();
    looks.dedup();
    looks
}

/// Where changes are run.
pub struct Bench<'a> {
    /// Value of the response in each replication of the base, from 0; infinite where not reached, NaN where unknown.
    pub base: &'a [f64],
    /// Whether nothing in the base comes by chance.
    pub exact: bool,
    /// Threads.
    pub pool: &'a Pool,
    /// Whoever follows.
    pub watch: &'a dyn Watch,
}

impl Bench<'_> {
    /// Tests changed operations at these looks; one effect each, in their order. `None` where the watch cancelled.
    #[must_use]
    pub fn test(&self, changed: &[&Operation], terms: &Terms, looks: &[u32]) -> Option<Vec<Effect>> {
        let level = each_of(terms.intervals, terms.level);
        let name = &terms.response.name;
        let columns: Vec<Option<usize>> = changed.iter().map(|one| one.responses.iter().position(|info| info.name == *name)).collect();
        let mut pairs: Vec<Vec<(f64, f64)>> = vec![Vec::new(); changed.len()];
        let mut effects: Vec<Option<Effect>> = vec![None; changed.len()];
        let mut from = 0;
        for &to in looks {
            let to = to.min(u32::try_from(self.base.len()).unwrap_or(u32::MAX));
            let open: Vec<usize> = (0..changed.len()).filter(|n| go_on(effects[*n].as_ref(), to)).collect();
            let each = to.saturating_sub(from);
            let numbers: Vec<u32> = (0..each * open.len() as u32).collect();
            self.watch.expects(each * open.len() as u32);
            let job = |number: u32, detail: bool, watch: &dyn Watch| {
                changed[open[(number / each) as usize]].replicate(from + number % each, detail, watch)
            };
            let mut next = 0;
            let whole = self.pool.run(&numbers, false, &job, self.watch, |outcome| {
                let (n, r) = (open[(next / each) as usize], from + next % each);
                next += 1;
                let value =
                    outcome.ok().zip(columns[n]).map_or(f64::NAN, |((record, _), column)| terms.response.reached(record.values[column]));
                pairs[n].push((self.base[r as usize], value));
            });
            if !whole {
                return None;
            }
            for n in open {
                effects[n] = {
                    let exact = self.exact && without_chance(&changed[n].model().params);
                    Some(Effect::of(&pairs[n], terms.too_small.amount, level, exact))
                };
            }
            from = to;
        }
        effects.into_iter().collect()
    }
}

/// Whether more pairs are worth it: nothing is known yet, or the mean is so far from 0 that twice the pairs of the next look would
/// show it.
fn go_on(effect: Option<&Effect>, next: u32) -> bool {
    let Some(effect) = effect else { return true };
    let Some(interval) = effect.interval.filter(|_| effect.finding == Finding::NotResolved) else { return false };
    let ratio = interval.half_width() / interval.estimate.abs();
    interval.n as f64 * ratio * ratio <= 2.0 * f64::from(next)
}
