//! Scenarios side by side: run replication by replication under the same random numbers, compared pair by pair.
//!
//! [`run_together`] fills one table a scenario, round by round, so that an interrupted run has pairs and not one scenario alone.
//! [`Terms::compare`] makes the [`Contrast`] of a variant with the base. All intervals of all contrasts hold together: each is made at
//! Bonferroni's level for as many statements as are shown.

use super::runner::{Job, Pool, Watch};
use crate::random::StreamKey;
use crate::results::{Contrast, Counts, Figure, Gain, Margin, Measure, PairedResponse, ResponseInfo, RunTable, Side};
use crate::scenario::Scenario;
use crate::stats::multiple::each_of;
use crate::stats::quantile::quantile;
use crate::stats::{
    Finding, Interval, Paired, Pairing, completion, correlation_interval, mean, mean_interval, pairs_wanted, quantile_completion,
    quantile_difference, shapley, skewness, too_skewed_for_t, welch,
};

/// Replications a round: each scenario runs so many before the next one does.
const ROUND: u32 = 64;

/// What is compared besides what the base scenario names, as far as there is room.
const USUAL: [&str; 6] = [
    "days_to_completion",
    "exposed_person_hours",
    "exposure_per_convoy_hours",
    "uncovered_person_hours",
    "daylight_convoy_hours",
    "source_person_days",
];

/// Responses shown unless the base scenario names more.
const ROOM: usize = 6;

/// Share of the base's mean that is too small to matter where the base scenario does not say.
pub const TOO_SMALL_SHARE: f64 = 0.01;

/// Confidence of all intervals together.
pub const LEVEL: f64 = 0.95;

/// The late quantile that is compared beside the mean of the days to completion.
const LATE: f64 = 0.8;

/// Runs replications `from` to `to − 1` of every job and adds them to its table; `false` where the run was cancelled.
pub fn run_together(pool: &Pool, jobs: &[&Job<'_>], tables: &mut [RunTable], from: u32, to: u32, watch: &dyn Watch) -> bool {
    (from..to).step_by(ROUND as usize).all(|first| {
        let numbers: Vec<u32> = (first..to.min(first.saturating_add(ROUND))).collect();
        jobs.iter().zip(tables.iter_mut()).all(|(job, table)| {
            pool.run(&numbers, false, *job, watch, |outcome| match outcome {
                Ok((record, _)) => table.records.push(record),
                Err(failure) => table.failures.push(failure),
            })
        })
    })
}

/// Variant minus base of a response, pair by pair, NaN where it is not defined in one of them; nothing where one of them has no such
/// response, or where some pair is unfinished in both: its difference cannot be known.
#[must_use]
pub fn differences(base: &RunTable, variant: &RunTable, response: &str) -> Option<Vec<f64>> {
    let (of_base, of_variant) = (base.column(response)?, variant.column(response)?);
    let info = &base.responses[of_base];
    let pairs = base.records.iter().filter_map(|record| variant.record(record.replication).map(|variant| (record, variant)));
    let ends = pairs.map(|(base, variant)| [info.reached(base.values[of_base]), info.reached(variant.values[of_variant])]);
    ends.map(|[base, variant]| (base.is_finite() || base != variant).then_some(variant - base)).collect()
}

/// What is compared, and how.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Names of the responses, in the order shown.
    pub responses: Vec<String>,
    /// Of them, those that must not worsen.
    pub must_not_worsen: Vec<String>,
    /// Differences too small to matter, by response, where the base scenario says so.
    pub too_small: Vec<(String, f64)>,
    /// Whether all scenarios meet the same random numbers.
    pub common: bool,
    /// Root seed of the base, for the resampling.
    pub seed: u64,
    /// Intervals that are to hold together.
    pub statements: usize,
}

impl Terms {
    /// The terms of a base scenario for so many variants; `more` are responses wanted in addition.
    ///
    /// Days to completion come first, then what `[compare]` and `must_not_worsen` name, then usual ones as long as there is room.
    #[must_use]
    pub fn of(base: &Scenario, seed: u64, variants: usize, common: bool, more: &[String]) -> Self {
        let mut responses: Vec<String> = Vec::new();
        let named = base.compare.iter().map(|small| &small.response).chain(&base.must_not_worsen).chain(more).map(String::as_str);
        for name in std::iter::once(USUAL[0]).chain(named) {
            add(&mut responses, name);
        }
        for name in USUAL {
            if responses.len() < ROOM {
                add(&mut responses, name);
            }
        }
        let figures: usize = responses.iter().map(|name| measures(name).len()).sum();
        Self {
            responses,
            must_not_worsen: base.must_not_worsen.clone(),
            too_small: base.compare.iter().map(|small| (small.response.clone(), small.difference)).collect(),
            common,
            seed,
            statements: figures * variants.max(1),
        }
    }

    /// A variant against the base.
    #[must_use]
    pub fn compare(&self, base: &RunTable, variant: &RunTable, side: Side) -> Contrast {
        let mut pairs = base.records.numbers();
        pairs.retain(|r| variant.record(*r).is_some());
        let (mut responses, mut missing) = (Vec::new(), Vec::new());
        for name in &self.responses {
            match (base.column(name), variant.column(name)) {
                (Some(of_base), Some(of_variant)) => {
                    let info = &base.responses[of_base];
                    let values = |table: &RunTable, column: usize| -> Vec<f64> {
                        pairs.iter().filter_map(|r| table.record(*r)).map(|record| info.reached(record.values[column])).collect()
                    };
                    responses.push(self.response(info, values(base, of_base), values(variant, of_variant), &side.sha256));
                }
                _ => missing.push(name.clone()),
            }
        }
        Contrast { variant: side, changes: Vec::new(), pairs, precision: Vec::new(), responses, missing, split: None }
    }

    fn response(&self, info: &ResponseInfo, base: Vec<f64>, variant: Vec<f64>, identity: &str) -> PairedResponse {
        let defined: (Vec<f64>, Vec<f64>) =
            base.iter().zip(&variant).filter(|(base, variant)| !base.is_nan() && !variant.is_nan()).map(|(b, v)| (*b, *v)).unzip();
        let stated = self.too_small.iter().find(|(name, _)| *name == info.name).map(|(_, amount)| *amount);
        let too_small = Margin { amount: stated.unwrap_or_else(|| TOO_SMALL_SHARE * typical(&defined.0).abs()), stated: stated.is_some() };
        let figure = |measure: &Measure| {
            let (of_base, of_variant, difference) = match measure {
                Measure::Mean => self.means(&defined.0, &defined.1),
                Measure::Quantile(p) => self.quantiles(&defined.0, &defined.1, *p, &format!("{} {identity}", info.name)),
            };
            let finding = match difference {
                Some(difference) => Finding::of(&difference, too_small.amount),
                None => self.completion(*measure, &defined.0, &defined.1),
            };
            let unresolved = difference.filter(|_| finding == Finding::NotResolved);
            let pairs_wanted = unresolved.and_then(|difference| pairs_wanted(&difference, too_small.amount));
            let skewed = if *measure == Measure::Mean { too_skewed(&defined.0, &defined.1) } else { None };
            Figure { measure: *measure, base: of_base, variant: of_variant, difference, finding, pairs_wanted, skewed }
        };
        PairedResponse {
            info: info.clone(),
            must_not_worsen: self.must_not_worsen.contains(&info.name),
            too_small,
            counts: count(&base, &variant),
            gain: gain(&defined.0, &defined.1),
            figures: measures(&info.name).iter().map(figure).collect(),
            base,
            variant,
        }
    }

    /// Means and their difference; the difference of unfinished runs is not known.
    fn means(&self, base: &[f64], variant: &[f64]) -> (Option<f64>, Option<f64>, Option<Interval>) {
        let level = each_of(self.statements, LEVEL);
        let difference = if self.common {
            Paired::of(base, variant).map(|pairs| pairs.interval(level))
        } else {
            welch(base, variant, level).map(|welch| welch.interval)
        };
        let finite = |values: &[f64]| mean(values).filter(|mean| mean.is_finite());
        (finite(base), finite(variant), difference)
    }

    /// What follows for a figure that is unknown because runs did not complete: which scenario completes less often, or for which the
    /// quantile is never reached.
    fn completion(&self, measure: Measure, base: &[f64], variant: &[f64]) -> Finding {
        let pairing = if self.common { Pairing::Common } else { Pairing::Independent };
        let level = each_of(self.statements, LEVEL);
        match measure {
            Measure::Mean => completion(base, variant, pairing, level),
            Measure::Quantile(p) => quantile_completion(base, variant, p, level),
        }
    }

    /// Quantiles and their difference, by bootstrap with a stream of its own.
    fn quantiles(&self, base: &[f64], variant: &[f64], p: f64, entity: &str) -> (Option<f64>, Option<f64>, Option<Interval>) {
        let level = each_of(self.statements, LEVEL);
        let mut stream = StreamKey::new(self.seed, "bootstrap of a quantile difference", "compare", entity).stream(0, 0, 0);
        let pairing = if self.common { Pairing::Common } else { Pairing::Independent };
        let difference =
            if base.len() < 2 { None } else { quantile_difference(base, variant, p, level, resamples(level), pairing, &mut stream) };
        let finite = |values: &[f64]| quantile(values, p).filter(|value| value.is_finite());
        (finite(base), finite(variant), difference)
    }
}

/// Adds a name that is not there yet.
fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// What each of `changes` changes contributes to the difference of a response, and all of them together.
///
/// `tables[s]` has the scenario with the changes of the set s. `None` where a value is missing or not finite in one of them, or for fewer than
/// two replications that all of them have.
#[must_use]
pub fn contributions(changes: usize, tables: &[&RunTable], response: &str) -> Option<(usize, Vec<Interval>)> {
    let columns: Option<Vec<usize>> = tables.iter().map(|table| table.column(response)).collect();
    let columns = columns?;
    let mut parts: Vec<Vec<f64>> = vec![Vec::new(); changes + 1];
    for record in tables.first()?.records.iter() {
        let values = tables.iter().zip(&columns).map(|(table, column)| Some(table.record(record.replication)?.values[*column]));
        let Some(values) = values.collect::<Option<Vec<f64>>>() else { continue };
        for (part, value) in parts.iter_mut().zip(shapley(changes, &values)) {
            part.push(value);
        }
        parts[changes].push(values[values.len() - 1] - values[0]);
    }
    let level = each_of(changes + 1, LEVEL);
    let intervals: Option<Vec<Interval>> = parts.iter().map(|values| mean_interval(values, level)).collect();
    Some((parts[changes].len(), intervals?))
}

/// The figures of a response that are compared.
fn measures(response: &str) -> &'static [Measure] {
    if response == USUAL[0] { &[Measure::Mean, Measure::Quantile(LATE)] } else { &[Measure::Mean] }
}

/// How many pairs the skewness of the differences asks for, where there are fewer (Cochran's rule).
fn too_skewed(base: &[f64], variant: &[f64]) -> Option<usize> {
    let differences: Vec<f64> = base.iter().zip(variant).map(|(base, variant)| variant - base).collect();
    let g1 = skewness(&differences).filter(|g1| too_skewed_for_t(differences.len(), *g1))?;
    Some((25.0 * g1 * g1).ceil() as usize)
}

/// Enough resamples for twenty to lie beyond each end, within reason.
fn resamples(level: f64) -> usize {
    ((40.0 / (1.0 - level)).ceil() as usize).clamp(2_000, 20_000)
}

/// The mean; where it is not known the median; 0 where that is not either.
fn typical(values: &[f64]) -> f64 {
    let finite = |value: &f64| value.is_finite();
    mean(values).filter(finite).or_else(|| quantile(values, 0.5).filter(finite)).unwrap_or(0.0)
}

fn count(base: &[f64], variant: &[f64]) -> Counts {
    let mut counts = Counts::default();
    for (base, variant) in base.iter().zip(variant) {
        let of = if base.is_nan() || variant.is_nan() || (base.is_infinite() && variant.is_infinite()) {
            &mut counts.unknown
        } else if variant < base {
            &mut counts.lower
        } else if variant > base {
            &mut counts.higher
        } else {
            &mut counts.equal
        };
        *of += 1;
    }
    counts
}

fn gain(base: &[f64], variant: &[f64]) -> Option<Gain> {
    let pairs = Paired::of(base, variant)?;
    let between = pairs.correlation.map(|correlation| correlation_interval(correlation, pairs.n, LEVEL));
    Some(Gain {
        correlation: pairs.correlation,
        correlation_interval: between.map(|interval| (interval.lower, interval.upper)),
        variance_ratio: pairs.variance_ratio()?,
        independent_replications: pairs.independent_replications(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::runner::Outcome;
    use crate::results::sample;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Ends a run after so many replications.
    struct After(u32, AtomicU32);

    impl Watch for After {
        fn cancelled(&self) -> bool {
            self.1.load(Ordering::Relaxed) >= self.0
        }

        fn finished(&self) {
            self.1.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn an_interrupted_run_has_pairs_and_not_one_scenario_alone() {
        let job = |r: u32, _: bool, _: &dyn Watch| -> Option<Outcome> { Some(Ok((sample::record(r, false), None))) };
        let mut tables = vec![sample::table(0, 0), sample::table(0, 0)];
        let watch = After(3 * ROUND, AtomicU32::new(0));
        let finished = run_together(&Pool::new(1).expect("a thread"), &[&job, &job], &mut tables, 0, 1_000, &watch);
        assert!(!finished);
        assert_eq!(tables.iter().map(|table| table.records.len()).collect::<Vec<_>>(), [2 * ROUND as usize, ROUND as usize]);
    }

    fn terms(common: bool) -> Terms {
        let responses = vec!["days_to_completion".into(), "accepted_people".into(), "gone".into()];
        Terms { responses, must_not_worsen: vec!["accepted_people".into()], too_small: Vec::new(), common, seed: 1, statements: 3 }
    }

    #[test]
    fn pairs_are_those_that_both_have_and_unfinished_runs_are_in_them() {
        let base = sample::table(30, 0);
        let mut variant = sample::table(30, 2);
        variant.records.held_mut().remove(7);
        let contrast = terms(true).compare(&base, &variant, Side::default());
        assert!(contrast.pairs.len() == 29 && !contrast.pairs.contains(&7) && contrast.missing == ["gone"]);
        let days = &contrast.responses[0];
        assert_eq!(days.counts, Counts { lower: 0, equal: 27, higher: 2, unknown: 0 });
        assert_eq!((days.mean().difference, days.mean().finding, days.gain), (None, Finding::NotResolved, None));
        assert!(days.mean().base.is_some() && days.mean().variant.is_none());
        assert!(!contrast.passes(), "what must be known is not");
        let people = &contrast.responses[1];
        assert!(people.must_not_worsen && people.mean().difference.is_some_and(|difference| difference.estimate < 0.0));
    }

    #[test]
    fn the_same_table_twice_differs_by_nothing_however_many_statements() {
        let table = sample::table(30, 0);
        let contrast = terms(true).compare(&table, &table, Side::default());
        assert!(contrast.responses.iter().all(PairedResponse::identical));
        let zero = |figure: &Figure| figure.difference.is_some_and(|d| (d.estimate, d.lower, d.upper) == (0.0, 0.0, 0.0));
        assert!(contrast.responses.iter().flat_map(|one| &one.figures).all(zero));
        // Independent runs that happen to be the same are not known to be the same.
        let unpaired = terms(false).compare(&table, &table, Side::default());
        assert!(unpaired.responses[0].mean().difference.is_some_and(|difference| difference.upper > 0.0));
    }

    #[test]
    fn contributions_add_up_and_need_every_run_to_end() {
        let table = |shift: f64| {
            let mut table = sample::table(10, 0);
            table.records.held_mut().iter_mut().for_each(|record| record.values[0] += shift);
            table
        };
        let [none, first, second, both] = [0.0, -2.0, -4.0, -7.0].map(table);
        let tables = [&none, &first, &second, &both];
        let (pairs, parts) = contributions(2, &tables, "days_to_completion").expect("all ended");
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(pairs == 10 && close(parts[0].estimate, -2.5) && close(parts[1].estimate, -4.5) && close(parts[2].estimate, -7.0));
        let open = sample::table(10, 1);
        assert_eq!(contributions(2, &[&none, &open, &second, &both], "days_to_completion"), None);
    }
}
