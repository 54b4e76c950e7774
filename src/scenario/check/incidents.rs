//! `[incidents]`: incidents on the road.

use super::Check;
use super::distribution::Unit;
use super::reader::Reader;
use crate::model::params::{AfterIncident, Incidents};
use crate::random::Distribution;

/// Incidents per convoy-hour at most, where every factor above 1 holds at once: one per second, as for all that comes again and again.
const MOST_PER_HOUR: f64 = 3_600.0;
/// The share of drawn rates that the limit holds for, where a distribution has no end.
const PLAUSIBLE: f64 = 1.0 - 1e-6;

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
    let incidents = Incidents {
        rate_per_hour: rate?,
        halted: halted?,
        uncovered: uncovered?,
        daylight: daylight?,
        under_escorted: under_escorted?,
        after: after?,
        delay: delay?,
        turn_back: turn_back?,
    };
    limit(&r, &incidents).then_some(Some(incidents))
}

/// Reports a rate that, with its factors, would set off incidents without end.
fn limit(r: &Reader<'_>, incidents: &Incidents) -> bool {
    let rate = highest(&incidents.rate_per_hour);
    if rate <= 0.0 {
        return true;
    }
    let after = incidents.after.map_or(1.0, |after| after.factor);
    let factors: [(&[&str], f64); 5] = [
        (&["halted"], incidents.halted),
        (&["uncovered"], incidents.uncovered),
        (&["daylight"], incidents.daylight),
        (&["under_escorted"], incidents.under_escorted),
        (&["after_incident", "factor"], after),
    ];
    // A factor below 1 lowers nothing where its state does not hold.
    let product = |without: usize| factors.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, (_, f))| f.max(1.0)).product();
    let all: f64 = product(factors.len());
    let per_hour = rate * all;
    if per_hour <= MOST_PER_HOUR {
        return true;
    }
    // The mistake is most likely in the largest number.
    let (at, largest) = factors.iter().enumerate().fold((0, factors[0].1), |most, (at, (_, f))| if *f > most.1 { (at, *f) } else { most });
    let (keys, fits): (&[&str], f64) =
        if rate >= largest { (&["rate"], MOST_PER_HOUR / all) } else { (factors[at].0, MOST_PER_HOUR / (rate * product(at))) };
    let help = if rate >= largest && fits > 0.0 {
        let whose = if incidents.rate_per_hour.is_constant().is_some() { "the rate" } else { "the highest rate that is drawn" };
        format!("with these factors {whose} may be at most {} /h; check unit and digits", rounded_down(fits))
    } else if rate < largest && fits >= 1.0 {
        format!("with the rate and the other factors as they are, it may be at most {}; check the digits", rounded_down(fits))
    } else {
        format!("the rate times all factors above 1 may be at most {MOST_PER_HOUR} /h")
    };
    let met = if per_hour < 1e6 { format!("{per_hour:.0}") } else { format!("{:.1e}", per_hour.min(f64::MAX)) };
    let path = keys.join(".");
    let message =
        format!("incidents.{path} is too high: a convoy could meet {met} incidents per hour, but must meet at most {MOST_PER_HOUR}");
    r.error_at(keys, message, help);
    false
}

/// The highest rate that a replication may draw; what has no end is cut off where next to nothing lies beyond.
fn highest(rate: &Distribution) -> f64 {
    let maximum = rate.maximum();
    if maximum.is_finite() { maximum } else { rate.quantile(PLAUSIBLE) }
}

/// A number with three digits that is not above it.
fn rounded_down(number: f64) -> String {
    let unit = libm::pow(10.0, libm::floor(libm::log10(number)) - 2.0);
    let rounded = libm::floor(number / unit) * unit;
    if (1e-3..1e9).contains(&rounded) {
        let digits = if rounded >= 100.0 { 0 } else { 5 };
        let text = format!("{rounded:.digits$}");
        if digits == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
    } else {
        format!("{rounded:.2e}")
    }
}
