//! A comparison from its scenarios to its figures, wherever their texts come from.

use crate::cli::diff::{self, Origin};
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::cli::split::Blends;
use crate::cli::terminal::Terminal;
use crate::experiment::Plan;
use crate::experiment::compare::{LEVEL, Terms, differences, run_together};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Job, Pool, Watch};
use crate::experiment::until;
use crate::results::{
    Bound, Change, Comparison, ComparisonManifest, FileEntry, Objective, Reached, ResponseInfo, RunInfo, RunTable, ScenarioEntry, Side,
    TextEntry, Until, finished,
};
use crate::scenario::Loaded;

/// One of the scenarios.
pub(in crate::cli) struct Given<'s> {
    /// A short name, different from those of the others.
    pub(in crate::cli) label: String,
    /// Where it is read from.
    pub(in crate::cli) origin: Origin<'s>,
    /// What was read.
    pub(in crate::cli) loaded: Loaded,
}

/// What is wanted of a comparison beside its scenarios; what a manifest keeps.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Request {
    /// Overrides of every scenario.
    pub(in crate::cli) overrides: Vec<String>,
    /// Responses to compare in addition.
    pub(in crate::cli) responses: Vec<String>,
    /// Whether all scenarios meet the same random numbers.
    pub(in crate::cli) common: bool,
    /// Whether to tell what each of several changes contributes.
    pub(in crate::cli) split: bool,
}

/// Everything that is known before the first replication; the base comes first.
pub(in crate::cli) struct Prepared {
    request: Request,
    loaded: Vec<Loaded>,
    labels: Vec<String>,
    operations: Vec<Operation>,
    plans: Vec<Plan>,
    /// What the differences are to be known to, where the number of replications is not given.
    pub(in crate::cli) until: Option<Until>,
    /// What each variant changes, and the scenarios in between where they are wanted.
    variants: Vec<(Vec<Change>, Option<Blends>)>,
}

/// What the replications came to.
pub(in crate::cli) struct Ran {
    /// One table a scenario.
    tables: Vec<RunTable>,
    /// Whether no signal ended them.
    finished: bool,
    /// Replications asked for of each scenario; where they went on until something was precise, how many that took.
    replications: u32,
}

impl Prepared {
    /// Makes the scenarios ready to run. `until` reads from the responses that all of them have what the differences are to be known to.
    pub(in crate::cli) fn of(
        given: Vec<Given<'_>>,
        request: Request,
        plan: &Plan,
        until: impl FnOnce(&[ResponseInfo], &mut Terminal<'_>) -> Result<Option<Until>, Exit>,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Exit> {
        // Independent runs differ in their root seed, and in nothing else.
        let seed = |i: usize| if request.common { plan.seed } else { plan.seed.wrapping_add(i as u64) };
        let plans: Vec<Plan> = (0..given.len()).map(|i| Plan { seed: seed(i), ..plan.clone() }).collect();
        let made = given.iter().zip(&plans).map(|(one, plan)| Operation::new(&one.loaded.scenario, plan.seed));
        let operations: Vec<Operation> = made.collect();
        if let Some(unknown) = request.responses.iter().find(|name| operations[0].responses.iter().all(|info| info.name != **name)) {
            terminal.complain(&format!("the base scenario has no response {unknown:?}"));
            return Err(Exit::Usage);
        }
        let in_all = |info: &&ResponseInfo| operations.iter().all(|operation| operation.responses.iter().any(|one| one.name == info.name));
        let responses: Vec<ResponseInfo> = operations[0].responses.iter().filter(in_all).cloned().collect();
        let until = until(&responses, terminal)?.map(|until| Until { sides: given.len() - 1, ..until });
        let mut variants = Vec::new();
        for one in &given[1..] {
            let sides = [&given[0], one];
            let changes = diff::changes(sides.map(|side| (side.origin, &side.loaded)), &request.overrides);
            let blends = if request.split {
                Blends::prepare(&changes, sides.map(|side| side.origin), &request.overrides, plan.seed, terminal)?
            } else {
                None
            };
            variants.push((changes, blends));
        }
        let (labels, loaded) = given.into_iter().map(|one| (one.label, one.loaded)).unzip();
        Ok(Self { request, loaded, labels, operations, plans, until, variants })
    }

    /// Replications of all scenarios, those in between included.
    pub(in crate::cli) fn replications_in_all(&self) -> u32 {
        let between: usize = self.variants.iter().filter_map(|(_, blends)| blends.as_ref()).map(Blends::scenarios).sum();
        self.plans[0].replications.saturating_mul((self.operations.len() + between) as u32)
    }

    /// How many scenarios there are, without those in between.
    pub(in crate::cli) fn scenarios(&self) -> usize {
        self.operations.len()
    }

    /// Runs all replications.
    pub(in crate::cli) fn run(&self, pool: &Pool, progress: &Progress) -> Ran {
        let jobs: Vec<_> = self
            .operations
            .iter()
            .map(|operation| |replication, detail, watch: &dyn Watch| operation.replicate(replication, detail, watch))
            .collect();
        let jobs: Vec<&Job<'_>> = jobs.iter().map(|job| job as &Job<'_>).collect();
        let mut tables: Vec<RunTable> = self.operations.iter().map(Operation::empty_table).collect();
        let replications = self.plans[0].replications;
        let (finished, replications) = match &self.until {
            None => (run_together(pool, &jobs, &mut tables, 0, replications, progress), replications),
            Some(until) => {
                let ended = until::drive(until, |round| {
                    let finished = run_together(pool, &jobs, &mut tables, round.start, round.end, progress);
                    let reached = finished.then(|| judged(until, &tables).concat());
                    progress.looked(reached.as_deref().unwrap_or_default());
                    reached
                });
                (ended.stop.is_some(), if ended.stop.is_some() { ended.replications } else { until.at_most })
            }
        };
        Ran { tables, finished, replications }
    }

    /// Runs just these replications of each scenario, as those of a comparison that was interrupted.
    pub(in crate::cli) fn run_some(&self, numbers: &[Vec<u32>], pool: &Pool, watch: &dyn Watch) -> Ran {
        let mut tables: Vec<RunTable> = self.operations.iter().map(Operation::empty_table).collect();
        for ((operation, numbers), table) in self.operations.iter().zip(numbers).zip(&mut tables) {
            let job = |replication, detail, watch: &dyn Watch| operation.replicate(replication, detail, watch);
            pool.run(numbers, false, &job, watch, |outcome| match outcome {
                Ok((record, _)) => table.records.push(record),
                Err(failure) => table.failures.push(failure),
            });
        }
        Ran { tables, finished: false, replications: self.until.as_ref().map_or(self.plans[0].replications, |until| until.at_most) }
    }

    /// What the tables come to; runs the scenarios in between, where these are wanted.
    pub(in crate::cli) fn compare(&self, ran: &Ran, pool: &Pool, watch: &dyn Watch) -> Comparison {
        let Ran { tables, finished, replications } = ran;
        let (base, plan) = (&self.loaded[0].scenario, &self.plans[0]);
        let precision = self.until.as_ref().map_or_else(|| vec![Vec::new(); self.variants.len()], |until| judged(until, tables));
        let infos: Vec<RunInfo> = self.loaded.iter().zip(&self.plans).map(|(one, plan)| plan.describe(&one.scenario)).collect();
        let side = |i: usize| side(&self.labels[i], &infos[i], &tables[i]);
        let terms = Terms::of(base, plan.seed, self.variants.len(), self.request.common, &self.request.responses);
        let contrast = |(i, (changes, blends)): (usize, &(Vec<Change>, Option<Blends>))| {
            let mut contrast = terms.compare(&tables[0], &tables[i + 1], side(i + 1));
            contrast.changes.clone_from(changes);
            contrast.precision.clone_from(&precision[i]);
            let blends = blends.as_ref().filter(|_| *finished);
            contrast.split = blends.and_then(|blends| blends.split(&contrast, [&tables[0], &tables[i + 1]], *replications, pool, watch));
            contrast
        };
        let mut contrasts: Vec<_> = self.variants.iter().enumerate().map(contrast).collect();
        let interrupted = !finished || watch.cancelled();
        if interrupted {
            // Of what a signal cut short, nothing is split: then it can be run again.
            contrasts.iter_mut().for_each(|contrast| contrast.split = None);
        }
        Comparison {
            contrasts,
            base: side(0),
            deadline_days: deadline(&infos[0].objectives),
            requested: *replications,
            until: self.until.clone(),
            interrupted,
            horizon_days: infos[0].horizon_days,
            common: self.request.common,
            level: LEVEL,
            statements: terms.statements,
        }
    }

    /// What makes the comparison again.
    pub(in crate::cli) fn manifest(&self, ran: &Ran, comparison: &Comparison, files: Vec<FileEntry>) -> ComparisonManifest {
        let scenario = |(i, one): (usize, &Loaded)| ScenarioEntry {
            label: self.labels[i].clone(),
            scenario: one.scenario.info.name.clone(),
            seed: self.plans[i].seed,
            finished: finished(&ran.tables[i]),
            resolved: one.scenario.resolved.clone(),
            texts: TextEntry::all(&one.scenario.texts),
        };
        ComparisonManifest {
            version: env!("CARGO_PKG_VERSION").into(),
            target: env!("CONVOYSIM_TARGET").into(),
            seed: self.plans[0].seed,
            replications: comparison.requested,
            until: self.until.as_ref().map(Until::as_written),
            common: self.request.common,
            split: self.request.split,
            responses: self.request.responses.clone(),
            interrupted: comparison.interrupted,
            overrides: self.request.overrides.clone(),
            scenarios: self.loaded.iter().enumerate().map(scenario).collect(),
            files,
        }
    }
}

/// How well the differences of each variant are known.
fn judged(until: &Until, tables: &[RunTable]) -> Vec<Vec<Reached>> {
    tables[1..].iter().map(|variant| until.judge(|response| differences(&tables[0], variant, response))).collect()
}

/// The first bound on the days to completion.
fn deadline(objectives: &[Objective]) -> Option<f64> {
    objectives.iter().find_map(|one| match one.bound {
        Bound::AtMost(day) if one.response == "days_to_completion" => Some(day),
        _ => None,
    })
}

fn side(label: &str, info: &RunInfo, table: &RunTable) -> Side {
    Side {
        label: label.to_owned(),
        name: info.scenario.clone(),
        handling: info.handling.clone(),
        sha256: info.sha256.clone(),
        seed: Some(info.seed),
        ..Side::default()
    }
    .counted(table)
}
