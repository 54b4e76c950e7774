//! Columns of a run table by name.

use super::{ReplicationRecord, ResponseInfo, RunTable};

impl ResponseInfo {
    /// Whether an undefined value means "not before the horizon", as for `days_to_completion`.
    #[must_use]
    pub fn is_time_to_reach(&self) -> bool {
        self.name.starts_with("days_to_")
    }

    /// A replication's value with "not reached" as positive infinity; NaN where the response is not defined.
    #[must_use]
    pub fn reached(&self, value: f64) -> f64 {
        if value.is_nan() && self.is_time_to_reach() { f64::INFINITY } else { value }
    }
}

impl RunTable {
    /// The column of a response.
    #[must_use]
    pub fn column(&self, response: &str) -> Option<usize> {
        self.responses.iter().position(|info| info.name == response)
    }

    /// One value a replication, in replication order: positive infinity where a time was not reached, NaN where a response is
    /// not defined.
    #[must_use]
    pub fn reached(&self, response: &str) -> Option<Vec<f64>> {
        self.column(response).map(|column| self.reached_in(column))
    }

    /// As [`RunTable::reached`], by column.
    #[must_use]
    pub fn reached_in(&self, column: usize) -> Vec<f64> {
        let info = &self.responses[column];
        self.records.iter().map(|record| info.reached(record.values[column])).collect()
    }

    /// The record of a replication.
    #[must_use]
    pub fn record(&self, replication: u32) -> Option<&ReplicationRecord> {
        self.records.binary_search_by_key(&replication, |record| record.replication).ok().map(|position| &self.records[position])
    }

    /// Replications that did not complete: ended by the horizon or by a deadlock.
    #[must_use]
    pub fn censored(&self) -> usize {
        self.records.iter().filter(|record| record.censored()).count()
    }
}
