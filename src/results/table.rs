//! Columns of a run table by name.

use super::{Parts, ReplicationRecord, ResponseInfo, RunTable};
use std::borrow::Cow;

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
        let mut values = self.records.column(column);
        values.iter_mut().for_each(|value| *value = info.reached(*value));
        values
    }

    /// The record of a replication.
    #[must_use]
    pub fn record(&self, replication: u32) -> Option<Cow<'_, ReplicationRecord>> {
        self.records.record(replication)
    }

    /// Replications that did not complete: ended by the horizon or by a deadlock.
    #[must_use]
    pub fn censored(&self) -> usize {
        let mut censored = 0;
        self.records.each(Parts::NONE, |record| censored += usize::from(record.censored()));
        censored
    }

    /// Share of operating days on which a resource, by its position, was the largest part of the active chain: one value per replication
    /// that came to closure.
    #[must_use]
    pub fn binding_shares(&self, resource: usize) -> Vec<f64> {
        let mut shares = Vec::new();
        self.records.each_use(resource, |record, used| {
            if !record.censored() {
                shares.push(used.binding_share);
            }
        });
        shares
    }

    /// The values of a response, by its column, in the replications that completed; NaN where it is not defined.
    #[must_use]
    pub fn of_complete(&self, column: usize) -> Vec<f64> {
        let mut complete = Vec::with_capacity(self.records.len());
        self.records.each(Parts::NONE, |record| complete.push(!record.censored()));
        let mut complete = complete.into_iter();
        let mut values = self.records.column(column);
        values.retain(|_| complete.next() == Some(true));
        values
    }
}
