//! What a change does to a response, from pairs of replications under the same random numbers.

use crate::stats::{Interval, mean_interval};

/// How a changed scenario compares with the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectVerdict {
    /// The interval lies wholly on the better side of what is too small to matter.
    Better,
    /// The interval lies wholly on the better side of nothing, but not of what is too small to matter.
    SlightlyBetter,
    /// The interval lies wholly within what is too small to matter.
    NoMaterialChange,
    /// As `SlightlyBetter`, on the other side.
    SlightlyWorse,
    /// As `Better`, on the other side.
    Worse,
    /// The pairs do not tell.
    NotResolved,
}

impl EffectVerdict {
    /// The words of reports.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::SlightlyBetter => "slightly better",
            Self::NoMaterialChange => "no material change",
            Self::SlightlyWorse => "slightly worse",
            Self::Worse => "worse",
            Self::NotResolved => "not resolved",
        }
    }
}

/// The paired difference (changed less base) of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Pairs in which both runs have the response.
    pub pairs: usize,
    /// Pairs in which one of them has not: it was not done by the horizon, or failed.
    pub unfinished: usize,
    /// Mean difference with its interval; `None` below two pairs or where a pair is unfinished.
    pub interval: Option<Interval>,
    /// What follows from it.
    pub verdict: EffectVerdict,
    /// About how many pairs would resolve it, where it is not.
    pub wanted: Option<usize>,
}

impl Effect {
    /// Judges pairs of values (base, changed); `sign` is 1 where less is better, -1 where more is; differences up to `too_small` do
    /// not matter.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], sign: f64, too_small: f64, level: f64) -> Self {
        let differences: Vec<f64> = pairs.iter().map(|(base, changed)| changed - base).filter(|d| d.is_finite()).collect();
        let unfinished = pairs.len() - differences.len();
        let interval = mean_interval(&differences, level).filter(|_| unfinished == 0);
        let verdict = interval.map_or(EffectVerdict::NotResolved, |interval| judge(&interval, sign, too_small));
        let wanted = interval.filter(|_| verdict == EffectVerdict::NotResolved).and_then(|interval| wanted(&interval, too_small));
        Self { pairs: differences.len(), unfinished, interval, verdict, wanted }
    }
}

fn judge(interval: &Interval, sign: f64, too_small: f64) -> EffectVerdict {
    let (low, high) = if sign > 0.0 { (interval.lower, interval.upper) } else { (-interval.upper, -interval.lower) };
    match (low, high) {
        _ if low >= -too_small && high <= too_small => EffectVerdict::NoMaterialChange,
        _ if high < -too_small => EffectVerdict::Better,
        _ if low > too_small => EffectVerdict::Worse,
        _ if high < 0.0 => EffectVerdict::SlightlyBetter,
        _ if low > 0.0 => EffectVerdict::SlightlyWorse,
        _ => EffectVerdict::NotResolved,
    }
}

/// Pairs after which the interval would exclude 0 or fit into what is too small, whichever is nearer, if the mean stayed.
fn wanted(interval: &Interval, too_small: f64) -> Option<usize> {
    let distance = interval.estimate.abs().max(too_small - interval.estimate.abs());
    let ratio = interval.half_width() / distance;
    ratio.is_finite().then(|| (interval.n as f64 * ratio * ratio).ceil() as usize)
}
