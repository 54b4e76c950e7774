//! `[incidents]`: incidents on the road.

use super::Check;
use super::distribution::Unit;
use crate::model::params::{AfterIncident, Incidents};

/// Reads `[incidents]`; without it there are none.
#[expect(clippy::option_option, reason = "wrong, absent and given are three things")]
pub(super) fn read(check: &Check<'_>) -> Option<Option<Incidents>> {
    if check.root.get("incidents").is_none() {
        check.assume_default("incidents".to_owned(), "none".to_owned());
        return Some(None);
    }
    let r = check.single("incidents")?;
    let rate = r.need("rate", |i| i.varies(Unit::Rate));
    let factor = |key: &str| r.or(key, 1.0, |i| i.number());
    let (halted, uncovered, daylight, under_escorted) =
        (factor("halted"), factor("uncovered"), factor("daylight"), factor("under_escorted"));
    let after = r.open("after_incident", |i| {
        let r = i.table()?;
        let factor = r.need("factor", |i| i.number());
        let lasts = r.need("for", |i| i.time());
        Some(AfterIncident { factor: factor?, lasts: lasts? })
    });
    let delay = r.need("delay", |i| i.time_varies());
    let turn_back = r.or("turn_back", 0.0, |i| i.share(false, false));
    Some(Some(Incidents {
        rate_per_hour: rate?,
        halted: halted?,
        uncovered: uncovered?,
        daylight: daylight?,
        under_escorted: under_escorted?,
        after: after?,
        delay: delay?,
        turn_back: turn_back?,
    }))
}
