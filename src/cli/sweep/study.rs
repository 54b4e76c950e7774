//! A sweep made ready: read, every point checked, its plan made.

use super::args::StudyOptions;
use crate::cli::diff::Origin;
use crate::cli::exit::Exit;
use crate::cli::scenario_file;
use crate::cli::terminal::Terminal;
use crate::experiment::runner::Unwatched;
use crate::experiment::sweep::{Plan, Points, Ready};
use crate::experiment::{bound, until};
use crate::report::sweep::{SweepPlan, design, point_columns, replication_columns};
use crate::results::digest::sha256_hex;
use crate::results::{FactorInfo, InvalidPoint, ResponseInfo, SweepInfo, Until, Wanted};
use crate::scenario::sweep::{Factor, Scale, Sweep, Template, requirement};
use crate::scenario::{self, Known, Loaded, Problem, Sources};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// A sweep file and its base as they were read.
pub(in crate::cli) struct Read<'s> {
    pub(in crate::cli) sweep: Sweep,
    pub(in crate::cli) template: Template<'s>,
    /// The base as `run` reads it, with the notes on it.
    pub(in crate::cli) base: Loaded,
}

/// Reads a sweep file and its base, and lays overrides over the base; everything wrong goes to standard error, and says how to end.
pub(in crate::cli) fn read<'s>(
    main: &str,
    sources: &'s (dyn Sources + Sync),
    overrides: &[String],
    terminal: &mut Terminal<'_>,
) -> Result<Read<'s>, Exit> {
    let (sweep, template) =
        scenario::sweep::load(main, sources, overrides).map_err(|problems| scenario_file::refuse(&problems, terminal))?;
    // Once more as `run` reads it: the base's wishes name responses, which hang on its routes.
    let base = scenario_file::load_from(Origin { name: template.name(), sources }, overrides, terminal)?;
    Ok(Read { sweep, template, base })
}

/// The name of a file as text, or how to end.
pub(in crate::cli) fn name_of<'f>(file: &'f Path, terminal: &mut Terminal<'_>) -> Result<&'f str, Exit> {
    file.to_str().ok_or_else(|| {
        terminal.complain(&format!("{}: the name is not UTF-8", file.display()));
        Exit::ScenarioInvalid
    })
}

/// Texts of a plan as sources of a sweep, by the names that it reads them under.
pub(in crate::cli) fn texts(plan: &SweepPlan) -> BTreeMap<String, Vec<u8>> {
    plan.texts.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect()
}

/// A sweep that can run.
pub(in crate::cli) struct Study<'l> {
    pub(in crate::cli) sweep: &'l Sweep,
    pub(in crate::cli) template: &'l Template<'l>,
    pub(in crate::cli) points: Points<'l>,
    /// What the shards are run by.
    pub(in crate::cli) plan: Plan,
    /// What is written down of it.
    pub(in crate::cli) written: SweepPlan,
    pub(in crate::cli) info: SweepInfo,
}

/// What the command line, or an earlier plan, says in place of the sweep file.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cli) struct Instead {
    pub(in crate::cli) replications: Option<u32>,
    pub(in crate::cli) seed: Option<u64>,
    pub(in crate::cli) shard_size: Option<u32>,
}

impl From<&StudyOptions> for Instead {
    fn from(options: &StudyOptions) -> Self {
        Self { replications: options.replications, seed: options.seed, shard_size: options.shard_size }
    }
}

impl From<&SweepPlan> for Instead {
    fn from(plan: &SweepPlan) -> Self {
        let replications = plan.until.is_none().then_some(plan.replications);
        Self { replications, seed: Some(plan.seed), shard_size: Some(plan.shard_size) }
    }
}

/// The responses that are summed up where the sweep does not say.
const USUAL: [&str; 8] = [
    "days_to_completion",
    "throughput_per_day",
    "exposed_person_hours",
    "exposed_convoy_hours",
    "uncovered_convoy_hours",
    "daylight_convoy_hours",
    "max_aboard_hours",
    "source_person_days",
];

impl<'l> Study<'l> {
    /// Makes a sweep ready. The points are not checked yet; see [`Study::check`].
    pub(in crate::cli) fn new(
        sweep: &'l Sweep,
        template: &'l Template<'l>,
        instead: Instead,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Exit> {
        let base = template.base();
        let seed = instead.seed.or(sweep.seed).unwrap_or(base.info.seed);
        let points = match Points::of(sweep, seed) {
            Ok(points) => points,
            Err((block, error)) => {
                let place = &sweep.blocks[block].place;
                terminal.complain(&format!("{place}: {error}"));
                return Err(Exit::ScenarioInvalid);
            }
        };
        let operation = crate::experiment::operation::Operation::new(base, seed);
        let (columns, shown) = columns(sweep, &operation.responses, terminal)?;
        let names: Vec<&str> = operation.responses.iter().map(|info| info.name.as_str()).collect();
        let horizon_days = shortest_horizon(base, sweep, &points);
        let known = Known { responses: &names, objectives: &base.objectives, horizon_days };
        let recorded = |name: &str| columns.iter().position(|info| info.name == name);
        let until = match (&sweep.until, instead.replications) {
            (Some(written), None) => {
                let read = until::read(&written.text, &columns, &base.objectives, horizon_days, sweep.at_most);
                Some(read.map_err(|problems| {
                    scenario_file::refuse(&problems.iter().map(|problem| sweep.within(problem, written)).collect::<Vec<_>>(), terminal)
                })?)
            }
            _ => None,
        };
        let requirement = match &sweep.requirement {
            None => None,
            Some(written) => {
                let read = requirement(&written.text, known).map_err(|problems| {
                    scenario_file::refuse(&problems.iter().map(|problem| sweep.within(problem, written)).collect::<Vec<_>>(), terminal)
                })?;
                let Some(column) = recorded(&read.response) else {
                    terminal.complain(&format!("{}: {} is required but not recorded; add it to responses", written.place, read.response));
                    return Err(Exit::ScenarioInvalid);
                };
                Some(wanted(&read, column))
            }
        };
        let replications = match &until {
            Some(until) => until.at_most,
            None => instead.replications.or(sweep.replications).unwrap_or(base.info.replications),
        };
        let shard_size = instead.shard_size.unwrap_or_else(|| Plan::usual_shard_size(points.len(), replications, until.is_some()));
        let plan = Plan {
            seed,
            common: sweep.common_random_numbers,
            points: points.len(),
            replications,
            until: until.clone(),
            invalid: Vec::new(),
            shard_size,
        };
        let mut info = info(sweep, template, &points, &plan, columns, shown, requirement);
        clashes(sweep, &info, &operation.responses, terminal)?;
        let written = written(sweep, &points, &plan, &info);
        info.plan_sha256 = written.sha256();
        Ok(Self { sweep, template, points, plan, written, info })
    }

    /// Leaves these points out, which are invalid.
    pub(in crate::cli) fn without(mut self, invalid: &[u32]) -> Self {
        let why = |point: u32| match self.template.point(&self.points.set(point)) {
            Ok(_) => String::new(),
            Err(problems) => {
                let more = problems.len().saturating_sub(1);
                let first = problems.first().map(|problem| self.placed(point, problem).to_string()).unwrap_or_default();
                if more == 0 { first } else { format!("{first}; and {more} more") }
            }
        };
        let invalid: Vec<u32> = invalid.iter().copied().filter(|point| *point < self.points.len()).collect();
        self.info.invalid = invalid.iter().map(|point| InvalidPoint { point: *point, problem: why(*point) }).collect();
        self.plan.invalid.clone_from(&invalid);
        self.written.invalid = invalid;
        self.info.plan_sha256 = self.written.sha256();
        self
    }

    /// Checks every point, on so many threads. Everything wrong goes to standard error, and is how to end; with `skip` the points that are
    /// wrong are given instead, as long as others are right.
    pub(in crate::cli) fn check(&self, threads: usize, skip: bool, terminal: &mut Terminal<'_>) -> Result<Vec<u32>, Exit> {
        let next = AtomicU32::new(0);
        let refused = AtomicU32::new(0);
        let look = || {
            let mut found: Vec<(u32, Vec<Problem>)> = Vec::new();
            loop {
                let point = next.fetch_add(1, Ordering::Relaxed);
                if point >= self.points.len() {
                    return found;
                }
                if let Err(problems) = self.template.point(&self.points.set(point)) {
                    // Which points are wrong is told of all of them, what is wrong of the first found.
                    let told = refused.fetch_add(1, Ordering::Relaxed) < MOST_REFUSED;
                    found.push((point, if told { problems } else { Vec::new() }));
                }
            }
        };
        let mut found: Vec<(u32, Vec<Problem>)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(look)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        found.sort_by_key(|(point, _)| *point);
        let points: Vec<u32> = found.iter().map(|(point, _)| *point).collect();
        if points.is_empty() || skip && points.len() < self.points.len() as usize {
            return Ok(points);
        }
        self.tell(&found, terminal);
        let of_all = format!("{} of {} points are invalid: {}.", points.len(), self.points.len(), runs(&points));
        let help = if skip || points.len() == self.points.len() as usize { "" } else { " --skip-invalid runs the others." };
        terminal.say(&format!("{of_all} Nothing was run.{help}"));
        Err(Exit::ScenarioInvalid)
    }

    /// Says what is wrong with points: each mistake once, with the first point that has it and how many others do.
    fn tell(&self, found: &[(u32, Vec<Problem>)], terminal: &mut Terminal<'_>) {
        let mut told: Vec<(Problem, u32, usize)> = Vec::new();
        for (point, problems) in found {
            for problem in problems {
                let problem = self.placed(*point, problem);
                match told.iter_mut().find(|(known, ..)| known.message == problem.message && known.place == problem.place) {
                    Some((.., more)) => *more += 1,
                    None => told.push((problem, *point, 0)),
                }
            }
        }
        for (problem, point, more) in &told {
            let values = self.values(*point);
            let also = match more {
                0 => String::new(),
                1 => " (and at 1 more point)".into(),
                more => format!(" (and at {more} more points)"),
            };
            let mut problem = problem.clone();
            problem.message += &format!(", at point {point}: {values}{also}");
            scenario_file::show(&[problem], terminal);
        }
    }

    /// A problem of a point with the place in the sweep file that made it, where one did.
    fn placed(&self, point: u32, problem: &Problem) -> Problem {
        if problem.place.file != Template::POINT {
            return problem.clone();
        }
        let settings = self.points.settings(point).into_iter().flatten();
        let place = settings.flat_map(|one| vec![one.place; one.set.len()]).nth(problem.place.line.saturating_sub(1));
        place.map_or_else(|| problem.clone(), |place| self.sweep.at(problem, &place))
    }

    /// Runs the first replication of a point, to see how long one takes.
    pub(in crate::cli) fn try_one(&self, point: u32) {
        if let Ok(ready) = Ready::new(&self.plan, &self.points, self.template, &self.info.columns, point) {
            drop(ready.row(point, 0, &Unwatched));
        }
    }

    /// The values of the factors at a point, in words.
    pub(in crate::cli) fn values(&self, point: u32) -> String {
        let cells = self.points.cells(point);
        let said = self.info.factors.iter().zip(cells).filter_map(|(factor, cell)| Some(format!("{} = {}", factor.id, cell?.label)));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// Of more points that are wrong it is not told what is wrong.
const MOST_REFUSED: u32 = 200;

/// Numbers in order, as in `3, 5 to 9`.
pub(super) fn runs(numbers: &[u32]) -> String {
    let mut said: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match said.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => said.push((*number, *number)),
        }
    }
    let one = |(first, last): &(u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    };
    said.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The columns that are recorded, and the positions of those summed up.
fn columns(sweep: &Sweep, all: &[ResponseInfo], terminal: &mut Terminal<'_>) -> Result<(Vec<ResponseInfo>, Vec<usize>), Exit> {
    let mut fine = true;
    for named in sweep.named().filter(|named| all.iter().all(|info| info.name != named.text)) {
        let near = scenario::did_you_mean(&named.text, all.iter().map(|info| info.name.as_str()));
        let help = near.map_or_else(String::new, |near| format!(" (did you mean {near:?}?)"));
        terminal.complain(&format!("{}: there is no response {:?}{help}", named.place, named.text));
        fine = false;
    }
    let columns: Vec<ResponseInfo> = if sweep.responses.is_empty() {
        all.to_vec()
    } else {
        all.iter().filter(|info| sweep.responses.iter().any(|named| named.text == info.name)).cloned().collect()
    };
    let at = |name: &str| columns.iter().position(|info| info.name == name);
    let shown: Vec<usize> = if sweep.show.is_empty() {
        USUAL.iter().filter_map(|name| at(name)).collect()
    } else {
        sweep.show.iter().filter_map(|named| at(&named.text)).collect()
    };
    for named in sweep.show.iter().filter(|named| all.iter().any(|info| info.name == named.text) && at(&named.text).is_none()) {
        terminal.complain(&format!("{}: {} is shown but not recorded; add it to responses", named.place, named.text));
        fine = false;
    }
    if fine { Ok((columns, shown)) } else { Err(Exit::ScenarioInvalid) }
}

/// Refuses factors that have the name of a response, or a column that a table has already.
fn clashes(sweep: &Sweep, info: &SweepInfo, responses: &[ResponseInfo], terminal: &mut Terminal<'_>) -> Result<(), Exit> {
    let tables = [("points.csv", point_columns(info)), ("replications.csv", replication_columns(info))];
    let mut fine = true;
    for (factor, FactorInfo { id, column, .. }) in sweep.factors.iter().zip(&info.factors) {
        let response =
            responses.iter().map(|response| &response.name).find(|name| name.eq_ignore_ascii_case(id) || name.eq_ignore_ascii_case(column));
        let twice = tables.iter().find(|(_, heading)| heading.iter().filter(|name| *name == column).count() > 1);
        let why = match (response, twice) {
            (Some(response), _) => format!("there is a response {response:?}"),
            (None, Some((table, _))) => format!("{table} has another column {column:?}"),
            (None, None) => continue,
        };
        terminal.complain(&format!("{}: the factor {id:?} cannot be called that: {why} (choose another id)", factor.place));
        fine = false;
    }
    if fine { Ok(()) } else { Err(Exit::ScenarioInvalid) }
}

/// The shortest horizon of the points, in days; that of the base for points whose horizon is not written as a duration.
fn shortest_horizon(base: &scenario::Scenario, sweep: &Sweep, points: &Points<'_>) -> f64 {
    let base = base.params.horizon.days();
    let sets = |factor: &scenario::sweep::Factor| factor.paths.iter().any(|path| path == "scenario.horizon");
    let Some(factor) = sweep.factors.iter().position(sets) else { return base };
    let horizon = |point| {
        let setting = points.settings(point)[factor].clone()?;
        let (_, value) = setting.set.iter().find(|(path, _)| path == "scenario.horizon")?;
        scenario::amount("days_to_completion", value.trim_matches(['"', '\''])).ok()
    };
    (0..points.len()).map(|point| horizon(point).unwrap_or(base)).fold(f64::INFINITY, f64::min)
}

fn wanted(read: &scenario::sweep::Requirement, column: usize) -> Wanted {
    Wanted { text: read.text.clone(), column, estimand: until::estimand(read.statistic), bound: bound(read.bound) }
}

fn info(
    sweep: &Sweep,
    template: &Template<'_>,
    points: &Points<'_>,
    plan: &Plan,
    columns: Vec<ResponseInfo>,
    shown: Vec<usize>,
    requirement: Option<Wanted>,
) -> SweepInfo {
    let base = template.base();
    let factors: Vec<FactorInfo> = sweep.factors.iter().map(|factor| factor_info(factor, template)).collect();
    let is_base = |point: &u32| {
        let cells = points.cells(*point);
        factors.iter().zip(cells).all(|(factor, cell)| match (&factor.base, cell) {
            (Some(base), Some(cell)) => *base == cell.label,
            (_, cell) => cell.is_none(),
        })
    };
    SweepInfo {
        name: sweep.name.clone(),
        question: sweep.question.clone(),
        base: base.info.name.clone(),
        overrides: sweep.overrides.clone(),
        handling: Some(base.info.handling.clone()).filter(|line| !line.is_empty()),
        base_sha256: sha256_hex(base.resolved.as_bytes()),
        plan_sha256: String::new(),
        seed: plan.seed,
        replications: plan.replications,
        until: plan.until.clone(),
        common: plan.common,
        points: points.len(),
        blocks: points.blocks(),
        invalid: Vec::new(),
        base_point: (0..points.len()).find(is_base),
        factors,
        columns,
        shown,
        requirement,
    }
}

fn factor_info(factor: &Factor, template: &Template<'_>) -> FactorInfo {
    // A factor that multiplies leaves the base as it is at 1; several values have no one name.
    let base = match (&factor.scale, factor.paths.as_slice()) {
        (Scale::Range { times: Some(_), .. }, _) => Some("1".to_owned()),
        (_, [path]) => template.value_at(path).map(|value| value.trim_matches('"').to_owned()),
        _ => None,
    };
    FactorInfo {
        id: factor.id.clone(),
        label: factor.label.clone(),
        column: factor.column(),
        unit: factor.unit.clone(),
        paths: factor.paths.clone(),
        base,
    }
}

fn written(sweep: &Sweep, points: &Points<'_>, plan: &Plan, info: &SweepInfo) -> SweepPlan {
    let mut table = Vec::new();
    design(info, |point| points.cells(point), &mut table).expect("memory takes every byte");
    SweepPlan {
        version: env!("CARGO_PKG_VERSION").into(),
        target: env!("CONVOYSIM_TARGET").into(),
        texts: sweep.texts.clone(),
        overrides: sweep.overrides.clone(),
        seed: plan.seed,
        replications: plan.replications,
        until: plan.until.as_ref().map(conditions),
        points: plan.points,
        invalid: plan.invalid.clone(),
        columns: info.columns.iter().map(|column| column.name.clone()).collect(),
        design_sha256: sha256_hex(&table),
        shard_size: plan.shard_size,
    }
}

fn conditions(until: &Until) -> String {
    until.conditions.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(", ")
}
