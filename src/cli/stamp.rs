//! What does not determine any byte of the results, for `run.json`: date, command, threads, build, time taken.

use crate::report::shell::quoted;
use crate::results::clock::iso_date;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Schema of `run.json`.
const SCHEMA: &str = "convoysim.run-record/1";

/// The content of `run.json`.
pub(super) fn record(typed: &[OsString], threads: usize, begun: SystemTime, took: Duration) -> Value {
    json!({
        "schema": SCHEMA,
        "date": utc(begun),
        "command": typed.iter().map(|arg| quoted(&arg.to_string_lossy())).collect::<Vec<_>>().join(" "),
        "threads": threads,
        "build": if cfg!(debug_assertions) { "dev" } else { "release" },
        "wall_time_s": took.as_secs_f64(),
    })
}

/// `2026-01-21T09:00:00Z`.
fn utc(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", iso_date((seconds / 86_400) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_in_utc() {
        assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(1_769_000_400)), "2026-01-21T13:00:00Z");
    }
}
