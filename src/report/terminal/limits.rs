//! Lines that say what a movement waits for: what limits it, and what its days went to.

use super::{Page, View};
use crate::report::words::{counted, percent, plain};
use crate::results::Parts;
use crate::stats::mean;
use crate::units::TICKS_PER_DAY;
use std::collections::BTreeMap;

/// What binds on most operating days, from `binding_share.…`.
pub(super) fn limits(page: &mut Page, view: &View<'_>) {
    // Only replications that completed have a chain of events that decided their end.
    let share = |column: usize| {
        let mut values = view.table.of_complete(column);
        values.retain(|value| !value.is_nan());
        mean(&values).filter(|share| *share >= 0.01)
    };
    let columns = view.table.responses.iter().enumerate();
    let mut shares: Vec<(f64, String)> = columns
        .filter_map(|(column, info)| Some((column, info.name.strip_prefix("binding_share.")?)))
        .filter_map(|(column, name)| Some((share(column)?, label(view, name))))
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let named: Vec<String> = shares.iter().take(3).map(|(share, label)| format!("{label} on {} of days", percent(*share))).collect();
    if !named.is_empty() {
        page.item("Limited by", &format!("{}{}", named.join(", "), of_complete(view)));
    }
}

/// Over which runs that is, where some did not complete.
fn of_complete(view: &View<'_>) -> String {
    match (view.summary.censored, view.summary.outcomes.complete) {
        (0, _) => String::new(),
        (_, complete) => format!(" (in the {} that completed)", counted(complete, "run", "runs")),
    }
}

/// The label of a resource; any other cause in its own words.
fn label(view: &View<'_>, name: &str) -> String {
    let resource = view.table.resources.iter().find(|resource| resource.name == name);
    resource.map_or_else(|| name.replace('_', " "), |resource| resource.label.clone())
}

/// The largest parts of the time from start to closure, as days a run.
pub(super) fn time_spent(page: &mut Page, view: &View<'_>) {
    let mut ticks: BTreeMap<&str, u64> = BTreeMap::new();
    view.table.records.each(Parts::ATTRIBUTION, |record| {
        if !record.censored() {
            record.attribution.iter().for_each(|part| *ticks.entry(part.cause).or_default() += part.ticks);
        }
    });
    let total: u64 = ticks.values().sum();
    if total == 0 {
        return;
    }
    // Only replications that completed have a chain of events that decided their end.
    let complete = view.summary.outcomes.complete;
    let runs = complete as f64;
    let mut parts: Vec<(u64, &str)> = ticks.into_iter().map(|(cause, ticks)| (ticks, cause)).collect();
    parts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let days = |ticks: u64| plain(ticks as f64 / TICKS_PER_DAY as f64 / runs);
    let mut named: Vec<String> =
        parts.iter().take(5).map(|(ticks, cause)| format!("{} {}", cause.replace('_', " "), days(*ticks))).collect();
    let rest: u64 = parts.iter().skip(5).map(|(ticks, _)| ticks).sum();
    if rest > 0 {
        named.push(format!("other {}", days(rest)));
    }
    page.item("Days went to", &format!("{}{}", named.join(", "), of_complete(view)));
}
