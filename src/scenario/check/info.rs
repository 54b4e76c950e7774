//! `[scenario]`: who it is and how it is run.

use super::Check;
use crate::model::MAX_EVENTS;
use crate::model::params::LocalStart;
use crate::scenario::MOST_REPLICATIONS;
use crate::scenario::quantity;
use crate::scenario::scenario_type::Info;
use crate::units::Duration;

/// The largest budget of events; the calendar of the kernel can number four times as many.
const MOST_EVENTS: u64 = 1_000_000_000;

/// What `[scenario]` says about time and effort.
pub(super) struct Run {
    pub(super) start: LocalStart,
    pub(super) horizon: Duration,
    pub(super) operating_day: Duration,
    pub(super) stall_after: Option<Duration>,
    pub(super) max_events: u64,
}

/// Reads `[scenario]`, and tells the other checks the start and the horizon.
pub(super) fn read(check: &mut Check<'_>) -> Option<(Info, Run)> {
    let (info, run, start, horizon) = {
        let check: &Check<'_> = check;
        let r = check.single("scenario")?;
        let name = r.need("name", |i| i.text());
        let question = r.quietly("question", String::new(), |i| i.text());
        let handling = r.quietly("handling", String::new(), |i| i.text());
        let offset = r.quietly("utc_offset", None, |i| i.quantity(i.value, "an offset to UTC", "+03:00", quantity::utc_offset).map(Some));
        let start = r.need("start", |i| {
            let (date, time, own) = i.quantity(i.value, "a date-time", "2026-01-21T12:00", quantity::date_or_time)?;
            let utc_offset_minutes = match (own, offset?) {
                (Some(own), Some(offset)) if own != offset => {
                    return i.wrong(i.value, "utc_offset is another one", "say the offset once, in utc_offset");
                }
                (own, offset) => offset.or(own).unwrap_or(0),
            };
            let time_of_day = time.unwrap_or_default();
            if time_of_day >= Duration::from_days(1) {
                return i.wrong(i.value, "24:00 is the next day", "write the next day's 00:00");
            }
            i.noted(Some(LocalStart { date, time_of_day, utc_offset_minutes }))
        });
        let horizon = r.need("horizon", |i| {
            let horizon = i.time_above_zero()?;
            if horizon > Duration::from_days(2000) { i.wrong(i.value, "must be at most 2000 d", "") } else { Some(horizon) }
        });
        let replications = r.quietly("replications", 1000, |i| {
            let replications = i.whole_of(i.value, 1)?;
            if replications > MOST_REPLICATIONS {
                return i.wrong(i.value, format!("must be at most {MOST_REPLICATIONS}"), "");
            }
            Some(replications)
        });
        let seed = r.quietly("seed", 1, |i| i.seed());
        let operating_day = r.or("operating_day", Duration::from_hours(12), |i| {
            let clock = i.clock_of(i.value)?;
            let clock = if clock == Duration::from_days(1) { Duration::ZERO } else { clock };
            i.noted(Some(clock))
        });
        let stall_after = r.open("stall_after", |i| i.time_above_zero());
        let max_events = r.quietly("max_events", MAX_EVENTS, |i| {
            let events = i.seed()?;
            if (1..=MOST_EVENTS).contains(&events) {
                Some(events)
            } else {
                i.wrong(i.value, format!("must be from 1 to {MOST_EVENTS}"), "")
            }
        });
        let info = (|| Some(Info { name: name?, question: question?, handling: handling?, replications: replications?, seed: seed? }))();
        let run = (|| {
            Some(Run {
                start: start?,
                horizon: horizon?,
                operating_day: operating_day?,
                stall_after: stall_after?,
                max_events: max_events?,
            })
        })();
        (info, run, start, horizon)
    };
    check.start = start;
    check.horizon = horizon;
    Some((info?, run?))
}
