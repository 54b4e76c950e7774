//! What an output folder holds: the one thing that reports and charts are drawn from, whether the run has just ended or its
//! folder is read again years later.
//!
//! A run keeps more in memory than its folder does: the days of every single replication, counts of events and draws, traces. All
//! of that is dropped in [`Output::of`], and every number is brought to what its text reads back to. So an output is equal, bit
//! by bit, to the one that is read from the folder it was written to, and whatever is drawn from either has the same bytes.

use super::daily::{self, DayRow, PathRow};
use super::{Daily, Detail, NodeRow, ReplicationRecord, RunInfo, RunTable, Setting, Summary, Waiting};

/// A run as its folder holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// What is known of the run beside its numbers.
    pub info: RunInfo,
    /// What it was given that reports show beside the results.
    pub setting: Setting,
    /// All replications. Their days are empty (see [`Output::days`]), events and draws are 0.
    pub table: RunTable,
    /// The summary of the table.
    pub summary: Summary,
    /// Quantiles by local calendar day and measure, all measures of day 1 first.
    pub days: Vec<DayRow>,
    /// People accepted by day in five replications at fixed ranks, all five of day 1 first.
    pub paths: Vec<PathRow>,
    /// The nodes along the routes.
    pub nodes: Vec<NodeRow>,
    /// The shown replications, in the order of `info.shown`, without traces; empty where a run was interrupted.
    pub details: Vec<Detail>,
}

impl Output {
    /// Sums up a run and lets go of what its folder does not hold.
    #[must_use]
    pub fn of(info: RunInfo, mut setting: Setting, mut table: RunTable, mut nodes: Vec<NodeRow>, mut details: Vec<Detail>) -> Self {
        let (days, paths) = (daily::quantiles(&table).collect(), daily::paths(&table));
        // What was laid aside is as written from the start.
        table.records.held_mut().iter_mut().for_each(as_written);
        for node in &mut nodes {
            node.along.sort_by(|a, b| a.0.cmp(&b.0));
            node.along.dedup_by(|later, first| later.0 == first.0);
        }
        for input in &mut setting.inputs {
            for text in [&mut input.source, &mut input.range, &mut input.note] {
                text.take_if(|text| text.is_empty());
            }
        }
        for segment in details.iter_mut().flat_map(|detail| &mut detail.segments) {
            (segment.km_from, segment.km_to) = (known(segment.km_from), known(segment.km_to));
        }
        details.iter_mut().for_each(|detail| detail.trace = Vec::new());
        Self { summary: Summary::of(&info, &table), info, setting, table, days, paths, nodes, details }
    }

    /// Local calendar days until the last replication ended.
    #[must_use]
    pub fn last_day(&self) -> usize {
        self.days.last().map_or(0, |row| row.day)
    }
}

/// A record as its rows read back.
fn as_written(record: &mut ReplicationRecord) {
    record.daily = Daily::default();
    (record.events, record.draws) = (0, 0);
    record.left.iter_mut().for_each(Waiting::make_readable);
    record.values.iter_mut().for_each(|value| *value = known(*value));
    for used in &mut record.resources {
        for hours in [&mut used.available_h, &mut used.busy_h, &mut used.held_waiting_h, &mut used.idle_h, &mut used.binding_share] {
            *hours = known(*hours);
        }
    }
}

/// A number as a table holds it: what is not finite is unknown, and zero has no sign.
#[must_use]
pub fn known(x: f64) -> f64 {
    if x.is_finite() { x + 0.0 } else { f64::NAN }
}
