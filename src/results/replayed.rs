//! One replication of a finished run, run again.

use super::{FirstDifference, RunInfo, RunTable};

/// A replication that was run again.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// Its number.
    pub replication: u32,
    /// What is known of the run.
    pub info: RunInfo,
    /// The one record, or the one failure.
    pub table: RunTable,
    /// Where its row in the folder first differs from what came out; `None` where it is the same to the last bit.
    pub first: Option<FirstDifference>,
}
