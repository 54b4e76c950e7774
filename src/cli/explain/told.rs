//! From what is asked of a scenario to what is told of it.

use super::save::side;
use crate::cli::progress::Progress;
use crate::cli::room;
use crate::experiment::Plan;
use crate::experiment::explain::variant::Origin;
use crate::experiment::explain::{Bench, chain};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Pool, Watch};
use crate::report::json;
use crate::results::{Asked, Assumed, Closure, Explanation, FailureRecord, Records, ResponseInfo, RunTable};
use crate::scenario::Scenario;

/// Pairs for each lever, unless told otherwise.
const PAIRS: u32 = 300;
/// Pairs for each end of an assumption: there are many more of them.
const PAIRS_OF_ASSUMPTIONS: u32 = 100;

/// A scenario, and what is asked of it.
pub(in crate::cli) struct Question<'q> {
    pub(in crate::cli) scenario: &'q Scenario,
    pub(in crate::cli) origin: &'q Origin,
    pub(in crate::cli) plan: &'q Plan,
    pub(in crate::cli) operation: &'q Operation,
    pub(in crate::cli) asked: &'q Asked,
}

/// What is told.
pub(in crate::cli) enum Told {
    /// How one replication came to its end.
    One(Result<Closure, FailureRecord>),
    /// Which assumptions drive the answer.
    Assumptions(Assumed),
    /// What limits the plan, and what a little more of everything changes.
    Limits(Explanation),
}

/// Why nothing is told.
pub(in crate::cli) enum Untold {
    /// The scenario has no such response.
    NoResponse,
    /// A signal ended the runs.
    Cancelled,
    /// The records of replications could not be laid aside, or not be read again.
    Room(std::io::Error),
}

impl Question<'_> {
    /// Runs what it takes to tell, and gives it with the replications of the base.
    pub(in crate::cli) fn ask(&self, pool: &Pool, progress: &Progress) -> Result<(Told, RunTable), Untold> {
        let Self { scenario, origin, plan, operation, asked } = self;
        let mut table = RunTable { records: Records::within(room::temporary()), ..operation.empty_table() };
        if let Some(replication) = asked.replication {
            let told = chain::of(operation, replication, progress).ok_or(Untold::Cancelled)?;
            return Ok((Told::One(told), table));
        }
        let named = |info: &&ResponseInfo| info.name == asked.response;
        let response = operation.responses.iter().find(named).ok_or(Untold::NoResponse)?;
        progress.expects(plan.replications);
        if !pool.fill(&mut table, plan.replications, &|r, detail, watch| operation.replicate(r, detail, watch), progress) {
            return Err(table.records.error().map_or(Untold::Cancelled, Untold::Room));
        }
        let pairs = asked.pairs.unwrap_or(if asked.assumptions { PAIRS_OF_ASSUMPTIONS } else { PAIRS });
        let bench = Bench { scenario, origin, seed: plan.seed, table: &table, pool, watch: progress };
        let told = if asked.assumptions {
            let swings = bench.assumptions(response, pairs.max(1)).ok_or(Untold::Cancelled)?;
            Told::Assumptions(Assumed { base: side(&plan.describe(scenario), &table), swings })
        } else {
            let levers = if pairs > 0 { Some(bench.levers(response, pairs).ok_or(Untold::Cancelled)?) } else { None };
            let blocked = if pairs > 0 { bench.blocked(pairs).ok_or(Untold::Cancelled)? } else { None };
            Told::Limits(Explanation { levers, blocked, ..Explanation::of(&table) })
        };
        table.records.error().map_or(Ok((told, table)), |error| Err(Untold::Room(error)))
    }

    /// What is told as one JSON object; nothing where a replication failed that was to be told of.
    pub(in crate::cli) fn object(&self, told: &Told, table: &RunTable) -> Option<serde_json::Value> {
        let info = self.plan.describe(self.scenario);
        match told {
            Told::One(rows) => Some(json::chain(self.asked.replication?, rows.as_ref().ok()?, &info)),
            Told::Assumptions(assumed) => Some(json::assumptions(&assumed.swings, &info, table.records.len())),
            Told::Limits(explained) => Some(json::explanation(explained, &info)),
        }
    }
}
