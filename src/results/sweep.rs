//! A sweep as its folder holds it: what varied, and what came of each point.

use super::{Better, FAILED, Outcome, Outcomes, ResponseInfo, ResponseSummary, Sensitivity, Until};
use crate::stats::{Estimand, Interval, Standing};

/// What is known of a sweep beside its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepInfo {
    /// Its name.
    pub name: String,
    /// The question it answers.
    pub question: Option<String>,
    /// Name of the base scenario.
    pub base: String,
    /// What was laid over the base at every point, as given with `--set`.
    pub overrides: Vec<String>,
    /// Handling line of the base, printed verbatim.
    pub handling: Option<String>,
    /// SHA-256 of the base as it was run.
    pub base_sha256: String,
    /// SHA-256 of the plan: of everything that determines the results.
    pub plan_sha256: String,
    /// Root seed.
    pub seed: u64,
    /// Replications a point; the most that are allowed, with `until`.
    pub replications: u32,
    /// How precisely responses are to be known at each point, where that decides the replications.
    pub until: Option<Until>,
    /// Whether every point has the same random numbers.
    pub common: bool,
    /// What varies.
    pub factors: Vec<FactorInfo>,
    /// How many points there are.
    pub points: u32,
    /// First and last point of each block, with the word for its design.
    pub blocks: Vec<(&'static str, u32, u32)>,
    /// The responses that are recorded, in column order.
    pub columns: Vec<ResponseInfo>,
    /// Positions in `columns` of those summed up for each point.
    pub shown: Vec<usize>,
    /// What a point is to meet.
    pub requirement: Option<Wanted>,
    /// The points that are invalid and were left out, in order.
    pub invalid: Vec<InvalidPoint>,
    /// The point at which every factor has the value of the base, where there is one.
    pub base_point: Option<u32>,
}

/// A point that cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPoint {
    /// Its number.
    pub point: u32,
    /// What is wrong with it, in a line.
    pub problem: String,
}

/// An input that varies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorInfo {
    /// Its id.
    pub id: String,
    /// What charts and tables call it.
    pub label: String,
    /// Its column: the id with the unit.
    pub column: String,
    /// The unit of its numbers; `None` where its values are no numbers.
    pub unit: Option<String>,
    /// The dotted paths that it sets.
    pub paths: Vec<String>,
    /// The value that the base has, where there is one value.
    pub base: Option<String>,
}

/// The value of a factor at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it is called.
    pub label: String,
    /// Its number, where the factor's values are numbers.
    pub number: Option<f64>,
}

/// A bound on a number of the distribution of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// As written.
    pub text: String,
    /// Position of the response in the columns.
    pub column: usize,
    /// Which number of it.
    pub estimand: Estimand,
    /// The bound.
    pub bound: super::Bound,
}

/// Whether a point meets what is wanted, as far as its replications tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// The whole interval keeps the bound.
    Yes,
    /// No value of the interval keeps the bound.
    No,
    /// The bound lies within the interval: too close to call.
    Open,
}

impl Meets {
    /// The word used in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }
}

/// One point over its replications.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// Its number, from 0.
    pub point: u32,
    /// The value of each factor; `None` where it is left as in the base.
    pub cells: Vec<Option<Cell>>,
    /// Replications that ended.
    pub replications: u32,
    /// Of them, those that did not complete.
    pub censored: u32,
    /// Of those, the ones that came to a deadlock.
    pub deadlocks: u32,
    /// Replications that failed.
    pub failed: u32,
    /// One summary a shown response.
    pub shown: Vec<ResponseSummary>,
    /// The number that is required, with the ends of its 95 % interval.
    pub required: Option<Required>,
}

/// A required number at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Required {
    /// The number; `None` where it is unknown or not reached.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub lower: f64,
    /// Upper end of its interval; infinite where nothing bounds it.
    pub upper: f64,
    /// Whether the bound is kept.
    pub meets: Meets,
}

impl Required {
    /// The number with its interval, where there is one, judged by `meets`.
    #[must_use]
    pub fn of(interval: Option<Interval>, meets: impl Fn([f64; 2]) -> Meets) -> Self {
        let nothing = (None, f64::NEG_INFINITY, f64::INFINITY);
        let (value, lower, upper) = interval.map_or(nothing, |one| (Some(one.estimate), one.lower, one.upper));
        Self { value: value.filter(|value| value.is_finite()), lower, upper, meets: meets([lower, upper]) }
    }
}

/// One replication of one point.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRow {
    /// The point.
    pub point: u32,
    /// The replication.
    pub replication: u32,
    /// Its values, or how it failed.
    pub outcome: Result<SweepValues, SweepFailure>,
}

impl PointRow {
    /// How many replications ended in each way.
    #[must_use]
    pub const fn outcomes(&self) -> Outcomes {
        Outcomes {
            complete: (self.replications - self.censored) as usize,
            horizon: (self.censored - self.deadlocks) as usize,
            deadlock: self.deadlocks as usize,
            failed: self.failed as usize,
        }
    }
}

impl SweepRow {
    /// Whether somebody was not accepted before the horizon; not known, and so `false`, where the replication failed.
    #[must_use]
    pub fn is_censored(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|found| found.outcome.is_censored())
    }

    /// The word for how it ended: one of [`Outcome`], or [`FAILED`].
    #[must_use]
    pub fn outcome_word(&self) -> &'static str {
        self.outcome.as_ref().map_or(FAILED, |found| found.outcome.word())
    }
}

/// What a replication reports.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepValues {
    /// How it ended.
    pub outcome: Outcome,
    /// One value a column; NaN where it is not defined.
    pub values: Vec<f64>,
}

/// How a replication failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepFailure {
    /// One of the words of `failures.csv`.
    pub kind: String,
    /// What happened, when.
    pub message: String,
    /// Who waited for what.
    pub waits: Vec<String>,
}

/// A finished sweep as charts are drawn from it.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepOutput {
    /// What is known of it beside its numbers.
    pub info: SweepInfo,
    /// Every point, in order; empty where there are more than [`SweepOutput::MOST`].
    pub points: Vec<PointRow>,
    /// Where the points stand in two responses at once; nothing where there are no two such, or too many rows.
    pub pareto: Option<Pareto>,
    /// What the responses depend on, one analysis a block that is made for it.
    pub sensitivity: Vec<Sensitivity>,
}

/// Two responses against each other: which points no other point is better than in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    /// Positions of the two in [`SweepInfo::shown`].
    pub responses: [usize; 2],
    /// One a point, in order; `by` is the number of a point.
    pub standings: Vec<Standing>,
}

impl Pareto {
    /// Of more points the standings are not asked.
    pub const MOST_POINTS: u32 = 200;
    /// Of more replications a point the standings are not asked: their values would have to be held.
    pub const MOST_REPLICATIONS: u32 = 10_000;
}

impl SweepOutput {
    /// More points are not kept for charts.
    pub const MOST: u32 = 10_000;
}

/// The one number of a point that texts and charts lead with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointFigure {
    /// The point.
    pub point: u32,
    /// The number; `None` where it is unknown or not reached.
    pub value: Option<f64>,
    /// Ends of its 95 % interval; infinite where nothing bounds it.
    pub ends: [f64; 2],
    /// Whether it is what is required, where something is and the point is valid.
    pub meets: Option<Meets>,
    /// Whether the point is invalid, so that nothing was run.
    pub invalid: bool,
    /// How the replications of the point ended.
    pub outcomes: Outcomes,
}

impl SweepInfo {
    /// What is wrong with a point, if it is invalid.
    #[must_use]
    pub fn problem_of(&self, point: u32) -> Option<&str> {
        let at = self.invalid.binary_search_by_key(&point, |one| one.point).ok()?;
        Some(&self.invalid[at].problem)
    }

    /// Whether less of a shown response is better.
    #[must_use]
    pub fn lower_is_better(&self, nth: usize) -> bool {
        self.columns[self.shown[nth]].better != Better::Higher
    }

    /// The two shown responses that are held against each other: the first of which one way is better, and the next that tells something
    /// else. Throughput is days told the other way round.
    #[must_use]
    pub fn pair(&self) -> Option<[usize; 2]> {
        let info = |nth: usize| &self.columns[self.shown[nth]];
        let mut judged = (0..self.shown.len()).filter(|nth| info(*nth).better != Better::Neither);
        let first = judged.next()?;
        let pace = |nth: usize| ["days_to_", "throughput_"].iter().any(|stem| info(nth).name.starts_with(stem));
        let others: Vec<usize> = judged.collect();
        let other = others.iter().find(|other| !(pace(first) && pace(**other))).or(others.first())?;
        Some([first, *other])
    }

    /// What texts and charts lead with: what is required, else the mean of the first response shown. Position of the response, and
    /// which number of it.
    #[must_use]
    pub fn leading(&self) -> Option<(usize, Estimand)> {
        let required = self.requirement.as_ref().map(|wanted| (wanted.column, wanted.estimand));
        required.or_else(|| self.shown.first().map(|at| (*at, Estimand::Mean)))
    }

    /// That number at a point.
    #[must_use]
    pub fn figure(&self, row: &PointRow) -> PointFigure {
        let nothing = PointFigure {
            point: row.point,
            value: None,
            ends: [f64::NEG_INFINITY, f64::INFINITY],
            meets: None,
            invalid: self.problem_of(row.point).is_some(),
            outcomes: row.outcomes(),
        };
        match (&row.required, row.shown.first()) {
            _ if nothing.invalid => nothing,
            (Some(required), _) => {
                PointFigure { value: required.value, ends: [required.lower, required.upper], meets: Some(required.meets), ..nothing }
            }
            (None, Some(first)) => {
                let half = first.half_width.unwrap_or(f64::INFINITY);
                let ends = first.mean.map_or(nothing.ends, |mean| [mean - half, mean + half]);
                PointFigure { value: first.mean, ends, ..nothing }
            }
            (None, None) => nothing,
        }
    }
}
