//! `[welfare]`: limits on the time aboard.

use super::Check;
use crate::model::params::Welfare;
use crate::units::Duration;

/// Reads `[welfare]`; without it there is no limit.
pub(super) fn read(check: &Check<'_>) -> Option<Welfare> {
    if check.root.get("welfare").is_none() {
        return Some(Welfare::default());
    }
    let r = check.single("welfare")?;
    let max_aboard = r.open("max_aboard", |i| i.time_above_zero());
    let comfort = r.quietly("comfort_stop", Duration::ZERO, |i| {
        let r = i.table()?;
        let every = r.open("every", |i| i.time_above_zero());
        let at_least = r.need("at_least", |i| i.time());
        every?;
        at_least
    });
    Some(Welfare { max_aboard: max_aboard?, comfort_at_least: comfort? })
}
