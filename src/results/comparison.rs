//! Variants against a base, response by response: plain data that texts, files and charts are drawn from.

use super::{Better, Outcomes, Reached, Reason, ResponseInfo, RunTable, Until};
use crate::stats::{Finding, Interval};

/// Variants compared with one base.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The base.
    pub base: Side,
    /// Replications asked for of each scenario.
    pub requested: u32,
    /// What the runs went on for, where their number was not given; the conditions speak of the differences of pairs.
    pub until: Option<Until>,
    /// Whether a signal ended the runs early.
    pub interrupted: bool,
    /// The horizon of the base in days of 24 hours.
    pub horizon_days: f64,
    /// The day by whose end the base is wanted to be done: the bound of its first objective on the days to completion.
    pub deadline_days: Option<f64>,
    /// Whether base and variants met the same random numbers.
    pub common: bool,
    /// The confidence with which all intervals hold together.
    pub level: f64,
    /// How many intervals there are over all variants; each is made at level 1 − (1 − `level`) / `statements` (Bonferroni).
    pub statements: usize,
    /// The variants, in the order given.
    pub contrasts: Vec<Contrast>,
}

/// One of the scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// A short name, different from those of the others: the file's, without its ending.
    pub label: String,
    /// Name of the scenario.
    pub name: String,
    /// Printed verbatim on every artefact; may be empty.
    pub handling: String,
    /// SHA-256 of the resolved scenario.
    pub sha256: String,
    /// Root seed it was run with; `None` where it is not told.
    pub seed: Option<u64>,
    /// Replications that ended.
    pub replications: usize,
    /// Of them, those that did not complete.
    pub censored: usize,
    /// Of those, the ones that came to a deadlock.
    pub deadlocks: usize,
    /// Replications that failed; they are in no pair.
    pub failed: usize,
    /// The commonest reason why some did not complete, in words.
    pub reason: Option<String>,
}

impl Side {
    /// How many replications ended in each way.
    #[must_use]
    pub const fn outcomes(&self) -> Outcomes {
        Outcomes {
            complete: self.replications - self.censored,
            horizon: self.censored - self.deadlocks,
            deadlock: self.deadlocks,
            failed: self.failed,
        }
    }

    /// The same scenario with the counts of a table.
    #[must_use]
    pub fn counted(self, table: &RunTable) -> Self {
        let outcomes = Outcomes::of(table);
        Self {
            replications: outcomes.ended(),
            censored: outcomes.censored(),
            deadlocks: outcomes.deadlock,
            failed: outcomes.failed,
            reason: Reason::commonest(table).map(|reason| reason.words()),
            ..self
        }
    }

    /// `seed 20260121`.
    #[must_use]
    pub fn seed_in_words(&self) -> String {
        self.seed.map_or_else(|| "seed not told".into(), |seed| format!("seed {seed}"))
    }
}

/// A variant against the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The variant.
    pub variant: Side,
    /// What differs between the two scenarios.
    pub changes: Vec<Change>,
    /// The replications that ended in both; one pair each.
    pub pairs: Vec<u32>,
    /// One entry a condition of [`Comparison::until`], in order.
    pub precision: Vec<Reached>,
    /// What is compared, in the order shown. The first is what the last sentence is about.
    pub responses: Vec<PairedResponse>,
    /// Responses that were to be compared, but which one of the two scenarios does not have.
    pub missing: Vec<String>,
    /// What each change contributed, where that was asked for.
    pub split: Option<Split>,
}

/// A value that two scenarios give differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// The value in each scenario, as written; `None` where it is not given.
    pub values: [Option<String>; 2],
    /// `file:line` of each, where it is given.
    pub places: [Option<String>; 2],
    /// Whether a simulation can depend on it; names, notes and wishes cannot change one.
    pub matters: bool,
}

impl Better {
    /// A finding in words.
    #[must_use]
    pub const fn verdict(self, finding: Finding) -> &'static str {
        let words: [&str; 4] = match self {
            Self::Lower => ["better", "slightly better", "slightly worse", "worse"],
            Self::Higher => ["worse", "slightly worse", "slightly better", "better"],
            Self::Neither => ["lower", "slightly lower", "slightly higher", "higher"],
        };
        match finding {
            Finding::Lower => words[0],
            Finding::SlightlyLower => words[1],
            Finding::NoMaterialChange => "no material change",
            Finding::SlightlyHigher => words[2],
            Finding::Higher => words[3],
            Finding::NotResolved => "not resolved",
        }
    }
}

/// A response in base and variant, pair by pair.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedResponse {
    /// Name, unit, which way is better.
    pub info: ResponseInfo,
    /// Whether the base scenario lists it under `must_not_worsen`.
    pub must_not_worsen: bool,
    /// The difference that does not matter.
    pub too_small: Margin,
    /// Values of the base, in the order of `Contrast::pairs`: infinite where not reached, NaN where not defined.
    pub base: Vec<f64>,
    /// Values of the variant.
    pub variant: Vec<f64>,
    /// How the pairs came out.
    pub counts: Counts,
    /// What pairing bought; `None` where that cannot be known.
    pub gain: Option<Gain>,
    /// The figures compared: the mean first.
    pub figures: Vec<Figure>,
}

/// A difference too small to matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// In the unit of the response, at least 0.
    pub amount: f64,
    /// Whether the base scenario says so under `[compare]`; else it is a share of the base's mean.
    pub stated: bool,
}

/// How pairs came out, by the sign of variant − base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The variant lower.
    pub lower: usize,
    /// Both the same.
    pub equal: usize,
    /// The variant higher.
    pub higher: usize,
    /// Reached in neither, or not defined in one: nobody knows.
    pub unknown: usize,
}

/// What it bought to run both under the same random numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// Correlation of base and variant; `None` where one of them does not vary.
    pub correlation: Option<f64>,
    /// Its 95 % interval (Fisher).
    pub correlation_interval: Option<(f64, f64)>,
    /// Variance of the difference beside that of independent runs; above 1 pairing harms.
    pub variance_ratio: f64,
    /// Replications of each scenario that independent runs would need for the same half-width; `None` where no pair differs.
    pub independent_replications: Option<f64>,
}

impl Gain {
    /// Whether pairing was certainly harmful: the correlation is below 0 by more than chance.
    #[must_use]
    pub fn backfired(&self) -> bool {
        self.correlation_interval.is_some_and(|(_, upper)| upper < 0.0)
    }
}

/// What of a response is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// The mean over replications.
    Mean,
    /// The quantile of this probability over replications (definition 7).
    Quantile(f64),
}

impl Measure {
    /// The word used in files: `mean`, `p80`.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Mean => "mean".into(),
            Self::Quantile(p) => format!("p{:.0}", p * 100.0),
        }
    }
}

/// A figure in base and variant, and its difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which.
    pub measure: Measure,
    /// In the base; `None` where it is not known.
    pub base: Option<f64>,
    /// In the variant.
    pub variant: Option<f64>,
    /// variant − base, with an interval that holds together with all others; `None` where it is not known.
    pub difference: Option<Interval>,
    /// What the interval lets one say; not resolved where there is none.
    pub finding: Finding,
    /// About how many pairs would bring the half-width down to what is too small to matter; only where it is not resolved.
    pub pairs_wanted: Option<usize>,
    /// The differences are skewed: the interval of their mean is too narrow with fewer pairs than this.
    pub skewed: Option<usize>,
}

/// What each of several changes contributed to the difference of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The response.
    pub response: ResponseInfo,
    /// Scenarios that were run for it, each with as many replications as there are pairs.
    pub scenarios: usize,
    /// Pairs behind it.
    pub pairs: usize,
    /// One entry a change or group of changes: its words, and its Shapley value with an interval.
    pub parts: Vec<(String, Interval)>,
    /// What all changes come to together.
    pub total: Interval,
}

impl Comparison {
    /// The base, then the variants.
    pub fn sides(&self) -> impl Iterator<Item = &Side> {
        std::iter::once(&self.base).chain(self.contrasts.iter().map(|contrast| &contrast.variant))
    }

    /// The handling lines of all scenarios, each once.
    #[must_use]
    pub fn handling(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = Vec::new();
        for side in self.sides().filter(|side| !side.handling.is_empty()) {
            if !lines.contains(&side.handling.as_str()) {
                lines.push(&side.handling);
            }
        }
        lines
    }

    /// Finds the contrast with a variant by its label.
    #[must_use]
    pub fn contrast(&self, label: &str) -> Option<&Contrast> {
        self.contrasts.iter().find(|contrast| contrast.variant.label == label)
    }
}

impl Contrast {
    /// A response by name.
    #[must_use]
    pub fn response(&self, name: &str) -> Option<&PairedResponse> {
        self.responses.iter().find(|response| response.info.name == name)
    }

    /// Whether nothing speaks against the variant: of the first response, those with a stated difference that matters and those that
    /// must not worsen, none is found worse, and for none is that left open.
    #[must_use]
    pub fn passes(&self) -> bool {
        let asked = |(place, one): &(usize, &PairedResponse)| *place == 0 || one.too_small.stated || one.must_not_worsen;
        let open = |one: &PairedResponse| one.mean().finding == Finding::NotResolved;
        let mut judged = self.responses.iter().enumerate().filter(asked);
        !self.pairs.is_empty() && self.missing.is_empty() && !judged.any(|(_, one)| one.is_worse() || open(one))
    }

    /// The changes that a simulation can depend on.
    pub fn material_changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.matters)
    }
}

impl PairedResponse {
    /// Differences variant − base, pair by pair: infinite where one side was not reached, NaN where neither was or one is not defined.
    pub fn differences(&self) -> impl Iterator<Item = f64> {
        self.base
            .iter()
            .zip(&self.variant)
            .map(|(base, variant)| if base == variant && base.is_infinite() { f64::NAN } else { variant - base })
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> &Figure {
        self.figures.first().expect("the mean is always compared")
    }

    /// Whether no pair differs at all.
    #[must_use]
    pub fn identical(&self) -> bool {
        self.counts.equal > 0 && self.counts.lower + self.counts.higher + self.counts.unknown == 0
    }

    /// Whether any figure is found worse, slightly or not. Where neither way is better but it must not worsen, any change counts.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        let either_way = self.info.better == Better::Neither && self.must_not_worsen;
        self.figures.iter().any(|figure| match figure.finding {
            Finding::NoMaterialChange | Finding::NotResolved => false,
            _ if either_way => true,
            _ => matches!(self.judged(figure), Finding::Higher | Finding::SlightlyHigher),
        })
    }

    /// Whether any figure is not resolved.
    #[must_use]
    pub fn is_unresolved(&self) -> bool {
        self.figures.iter().any(|figure| figure.finding == Finding::NotResolved)
    }

    /// The finding as if less were better: `Lower` is better, `Higher` is worse. Where neither way is better, nothing is worse.
    #[must_use]
    pub fn judged(&self, figure: &Figure) -> Finding {
        match (self.info.better, figure.finding) {
            (Better::Lower, finding) => finding,
            (Better::Higher, finding) => finding.mirrored(),
            (Better::Neither, finding @ Finding::NotResolved) => finding,
            (Better::Neither, _) => Finding::NoMaterialChange,
        }
    }

    /// The finding in words.
    #[must_use]
    pub fn verdict(&self, figure: &Figure) -> &'static str {
        self.info.better.verdict(figure.finding)
    }

    /// Pairs in which the variant is better; where neither way is better, those in which it is lower.
    #[must_use]
    pub fn better_in(&self) -> usize {
        if self.info.better == Better::Higher { self.counts.higher } else { self.counts.lower }
    }
}
