//! What a change of a scenario does to a response, from pairs of replications under the same random numbers.

use super::{Better, Margin, ResponseInfo, Side};
use crate::stats::{Finding, Interval, Paired, Pairing, completion, pairs_wanted};

/// The paired difference (changed less base) of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Pairs in which both runs have the response.
    pub pairs: usize,
    /// Pairs in which one of them has not: it did not complete, or failed.
    pub unfinished: usize,
    /// Mean difference with its interval, of no width where nothing comes by chance; `None` where a pair is unfinished, and below two
    /// pairs where something does come by chance.
    pub interval: Option<Interval>,
    /// What follows from it; where there is none, from how often base and changed complete.
    pub finding: Finding,
    /// About how many pairs would bring the interval down to what is too small to matter, where it is not resolved.
    pub pairs_wanted: Option<usize>,
}

impl Effect {
    /// Judges pairs of values (base, changed), infinite or NaN where unfinished; the interval is made at `level`.
    ///
    /// `exact` says that nothing in either scenario comes by chance: every pair is then the same, and one of them is the difference.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], too_small: f64, level: f64, exact: bool) -> Self {
        let (base, changed): (Vec<f64>, Vec<f64>) = pairs.iter().filter(|(base, changed)| (changed - base).is_finite()).copied().unzip();
        let unfinished = pairs.len() - base.len();
        let interval = match (exact, base.first(), changed.first()) {
            (true, Some(base), Some(changed)) => Some(Interval::symmetric(changed - base, 0.0, level, pairs.len())),
            _ => Paired::of(&base, &changed).map(|paired| paired.interval(level)),
        };
        let interval = interval.filter(|_| unfinished == 0);
        // The mean is unknown where a run does not complete; then the change that makes fewer complete is the later one.
        let all = || -> (Vec<f64>, Vec<f64>) { pairs.iter().copied().unzip() };
        let finding = match interval {
            Some(interval) => Finding::of(&interval, too_small),
            None if exact && pairs.iter().all(|(base, changed)| changed < base) => Finding::Lower,
            None if exact && pairs.iter().all(|(base, changed)| changed > base) => Finding::Higher,
            None if unfinished > 0 => completion(&all().0, &all().1, Pairing::Common, level),
            None => Finding::NotResolved,
        };
        let unresolved = interval.filter(|_| finding == Finding::NotResolved);
        let pairs_wanted = unresolved.and_then(|interval| pairs_wanted(&interval, too_small));
        Self { pairs: base.len(), unfinished, interval, finding, pairs_wanted }
    }
}

/// A change that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What was changed, from what to what.
    pub label: String,
    /// The change, as for `--set`.
    pub set: Vec<String>,
    /// What it did, or why it is not possible.
    pub outcome: Result<Effect, String>,
}

impl Tried {
    /// The interval of the difference, where there is one.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        self.outcome.as_ref().ok().and_then(|effect| effect.interval)
    }

    /// What was found, where the change is possible.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        self.outcome.as_ref().ok().map(|effect| effect.finding)
    }
}

/// What the intervals of changes tried together rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The response.
    pub response: ResponseInfo,
    /// Its mean in the base; `None` where a run is not done.
    pub base: Option<f64>,
    /// Differences up to this do not matter.
    pub too_small: Margin,
    /// Confidence of all intervals together.
    pub level: f64,
    /// How many intervals that is shared out over (Bonferroni).
    pub intervals: usize,
    /// Pairs after each look.
    pub looks: Vec<u32>,
}

impl Terms {
    /// A finding as if less were better: `Lower` is better. Where neither way is better, less counts as better.
    #[must_use]
    pub fn judged(&self, finding: Finding) -> Finding {
        if self.response.better == Better::Higher { finding.mirrored() } else { finding }
    }

    /// A difference as if less were better.
    #[must_use]
    pub fn gain(&self, difference: f64) -> f64 {
        if self.response.better == Better::Higher { -difference } else { difference }
    }
}

/// Levers, tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Levers {
    /// What the intervals rest on.
    pub terms: Terms,
    /// The changes: known ones first, the best of them first; then those not resolved, those too small to matter, those not possible.
    pub rows: Vec<Tried>,
    /// The first two, where their intervals overlap so that nobody can say which is better.
    pub tied: Option<[String; 2]>,
    /// Those two together.
    pub together: Option<Tried>,
}

/// An input moved over its range, all else as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// Dotted path of the input; of a value that several entries share, the first.
    pub path: String,
    /// In how many entries it is shared.
    pub entries: usize,
    /// The value as written.
    pub value: String,
    /// Where it comes from, if anybody says so.
    pub source: Option<String>,
    /// Whether the scenario states the range; otherwise it is moved down and up by a fifth.
    pub stated: bool,
    /// The low and the high end, labelled with the value there; `None` where that end is the value itself.
    pub ends: [Option<Tried>; 2],
}

impl Swing {
    /// How far apart the response lies at the two ends and the value itself: its largest less its smallest mean.
    #[must_use]
    pub fn size(&self) -> f64 {
        let differences = || self.ends.iter().flatten().filter_map(Tried::interval).map(|interval| interval.estimate);
        differences().fold(0.0, f64::max) - differences().fold(0.0, f64::min)
    }

    /// Whether an end is known to differ from the value itself.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.ends.iter().flatten().filter_map(Tried::interval).any(|interval| !interval.contains(0.0))
    }
}

/// What `explain --assumptions` found, and of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The scenario.
    pub base: Side,
    /// The inputs with what they do.
    pub swings: Swings,
}

/// Assumptions by how far they move the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Swings {
    /// What the intervals rest on.
    pub terms: Terms,
    /// The inputs that were looked at closely, the largest swing first.
    pub rows: Vec<Swing>,
    /// The inputs that a first look put behind them, the largest swing first.
    pub others: Vec<Swing>,
    /// Values without a source that cannot be made larger or smaller, as dates and choices.
    pub fixed: usize,
}
