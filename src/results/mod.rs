//! Result tables: plain data, in replication order, that reports and charts are drawn from.
//!
//! [`RunTable`] holds what every replication reports, [`Detail`] what the few shown ones have in addition, [`RunInfo`] what
//! is known of the run beside its numbers, [`Setting`] what it was given. [`Summary`] and [`daily::quantiles`] are folds over a table,
//! [`shown`] picks replications by a stated rule, never by hand. [`Output`] is all of it as an output folder holds it. [`Until`] says how precisely
//! responses are to be known.
//!
//! Nothing here knows what a convoy is; names and units come with the columns. The one thing read off a name is `days_to_…`:
//! such a response, where it is not defined, was not reached before the horizon, and counts as later than everything.

mod chain;
pub mod clock;
mod comparison;
pub mod daily;
pub mod digest;
mod effect;
mod explanation;
mod manifest;
mod objective;
mod outcome;
mod output;
mod precision;
mod record;
mod records;
mod replayed;
mod run_info;
#[cfg(test)]
pub(crate) mod sample;
mod selection;
mod sensitivity;
mod setting;
pub mod shown;
mod summary;
mod sweep;
mod table;
mod verification;
pub mod vocabulary;
mod waiting;

pub use chain::{ChainRow, ChainRows, Closure, Unfinished};
pub use clock::Clock;
pub use comparison::{Change, Comparison, Contrast, Counts, Figure, Gain, Margin, Measure, PairedResponse, Side, Split};
pub use effect::{Assumed, Effect, Levers, Swing, Swings, Terms, Tried};
pub use explanation::{Blocked, Explanation, Limit, Raised, Spent};
pub use manifest::{Asked, ComparisonManifest, ExplanationManifest, FileEntry, Kind, Manifest, ScenarioEntry, TextEntry, finished};
pub use objective::{Bound, Objective, Verdict};
pub use outcome::{FAILED, Outcome, Outcomes};
pub use output::{Output, known};
pub use precision::{Condition, Reached, Until};
pub use record::{
    AttributionPart, Better, ConvoyRow, DAILY_MEASURES, Daily, Detail, FailureRecord, HourRow, NodeRow, ReplicationRecord, ResourceInfo,
    ResourceUse, ResponseInfo, RunTable, SegmentRow, TraceRow,
};
pub use records::{NewSpill, Parts, Records, Room, Spill};
pub use replayed::Replayed;
pub use run_info::RunInfo;
pub use selection::{Broken, Competitor, Completion, Selection, SelectionEnd, Standing};
pub use sensitivity::{Measures, ResponseSensitivity, Sensitivity, SensitivityDesign, VariedFactor};
pub use setting::{InputRow, LightRow, ObservedRow, RouteRow, Setting, TooSmall};
pub use shown::Shown;
pub use summary::{Moments, QUANTILES, ResponseSummary, Summary};
pub use sweep::{
    Cell, FactorInfo, InvalidPoint, Meets, Pareto, PointFigure, PointRow, Required, SweepFailure, SweepInfo, SweepOutput, SweepRow,
    SweepValues, Wanted,
};
pub use verification::{CheckedFile, FileFinding, FirstDifference, Rows, Scope, Verification};
pub use waiting::{Reason, Waiting};
