//! Changed scenarios against the base, pair by pair: replication r of both meets the same random numbers.
//!
//! Every change is looked at after a few pairs, and those that the pairs do not resolve again after more. Each look at each change
//! makes an interval; their confidence is shared out evenly over all of them (Bonferroni), so that together they hold with
//! 95 %, whenever a change was given up. What is looked at when depends on the results alone, never on threads or time.

use crate::experiment::operation::Operation;
use crate::experiment::runner::{Outcome, Pool, Watch};
use crate::results::{Better, Effect, EffectVerdict, ResponseInfo};

/// Confidence of all intervals together.
pub const JOINT_LEVEL: f64 = 0.95;

/// What changes are held against.
pub struct Base<'a> {
    /// The response.
    pub response: &'a ResponseInfo,
    /// Its value in each replication of the base, from 0; infinite where not reached, NaN where unknown.
    pub values: &'a [f64],
    /// Differences up to this do not matter.
    pub too_small: f64,
}

/// The level of each interval, so that all of so many hold together: Bonferroni's.
#[must_use]
pub fn each_of(intervals: usize) -> f64 {
    1.0 - (1.0 - JOINT_LEVEL) / intervals.max(1) as f64
}

/// Pairs after each look, ascending, for at most so many pairs: a tenth, a third, all; never fewer than twenty.
#[must_use]
pub fn looks(most: u32) -> Vec<u32> {
    let mut looks: Vec<u32> = [most / 10, most / 3, most].into_iter().map(|pairs| pairs.max(20).min(most)).collect();
    looks.dedup();
    looks
}

/// Tests changed operations against the base; one effect each, in their order. Each interval is made at `level`. `None` where the
/// watch cancelled.
#[must_use]
pub fn test(changed: &[&Operation], base: &Base<'_>, looks: &[u32], level: f64, pool: &Pool, watch: &dyn Watch) -> Option<Vec<Effect>> {
    let columns: Vec<Option<usize>> =
        changed.iter().map(|one| one.responses.iter().position(|info| info.name == base.response.name)).collect();
    let mut pairs: Vec<Vec<(f64, f64)>> = vec![Vec::new(); changed.len()];
    let mut effects: Vec<Option<Effect>> = vec![None; changed.len()];
    let mut from = 0;
    for &to in looks {
        let to = to.min(u32::try_from(base.values.len()).unwrap_or(u32::MAX));
        let open: Vec<usize> = (0..changed.len()).filter(|n| go_on(effects[*n].as_ref(), to)).collect();
        let each = to.saturating_sub(from);
        let numbers: Vec<u32> = (0..each * open.len() as u32).collect();
        let job = |number: u32, detail: bool| -> Outcome { changed[open[(number / each) as usize]].replicate(from + number % each, detail) };
        let mut next = 0;
        let all = pool.run(&numbers, false, &job, watch, |outcome| {
            let (n, r) = (open[(next / each) as usize], from + next % each);
            next += 1;
            let value = outcome.ok().zip(columns[n]).map_or(f64::NAN, |((record, _), column)| base.response.reached(record.values[column]));
            pairs[n].push((base.values[r as usize], value));
        });
        if !all {
            return None;
        }
        for n in open {
            effects[n] = Some(Effect::of(&pairs[n], sign(base.response.better), base.too_small, level));
        }
        from = to;
    }
    effects.into_iter().collect()
}

/// Whether more pairs are worth it: nothing is known yet, or what is known would be resolved by not many more than the next look has.
fn go_on(effect: Option<&Effect>, next: u32) -> bool {
    effect.is_none_or(|effect| {
        effect.verdict == EffectVerdict::NotResolved && effect.unfinished == 0 && effect.wanted.is_some_and(|wanted| wanted <= 2 * next as usize)
    })
}

/// Which way is better: 1 where less is. Where neither is, less counts as better, and texts say which way it went.
pub(super) fn sign(better: Better) -> f64 {
    if better == Better::Higher { -1.0 } else { 1.0 }
}
