//! `[welfare]`: limits on the time aboard.

use super::Check;
use crate::model::params::Welfare;
use crate::units::Duration;

/// Reads `[welfare]`, and beside it the interval in which a comfort halt is due; without the table there is no limit.
///
/// The interval is for notes on the plan alone: a run takes the halts that its routes have.
pub(super) fn read(check: &Check<'_>) -> Option<(Welfare, Option<Duration>)> {
    if check.root.get("welfare").is_none() {
        return Some((Welfare::default(), None));
    }
    let r = check.single("welfare")?;
    let max_aboard = r.open("max_aboard", |i| i.time_above_zero());
    let comfort = r.quietly("comfort_stop", (Duration::ZERO, None), |i| {
        let r = i.table()?;
        let every = r.open("every", |i| i.interval());
        let at_least = r.need("at_least", |i| i.time());
        Some((at_least?, every?))
    });
    let (comfort_at_least, every) = comfort?;
    Some((Welfare { max_aboard: max_aboard?, comfort_at_least }, every))
}
