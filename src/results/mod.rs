//! Result tables: plain data, in replication order, that reports and charts are drawn from.
//!
//! Nothing here knows what a convoy is; names and units come with the columns.

mod record;

pub use record::{
    AttributionPart, Better, ConvoyRow, Daily, Detail, FailureRecord, HourRow, NodeRow, ReplicationRecord, ResourceInfo, ResourceUse,
    ResponseInfo, RunTable, SegmentRow, TraceRow, DAILY_MEASURES,
};
