//! The one list of responses: name, unit, which way is better, how to read it, and how it is read from a replication.
//!
//! Columns, summaries, objectives and charts all come from this list; a response is added here and nowhere else.

use crate::model::exposure::{Cell, Class, Motion};
use crate::model::params::{Params, Route};
use crate::model::{Daylight, Model, Observations};
use crate::results::Better::{Higher, Lower, Neither};
use crate::results::{Better, ResponseInfo};
use crate::units::{Duration, TICKS_PER_DAY, TICKS_PER_HOUR};

type Read = Box<dyn Fn(&Observations) -> f64 + Send + Sync>;

/// A response with the way to read it.
pub struct Response {
    /// What it is.
    pub info: ResponseInfo,
    /// Its value in a replication; NaN where it is not defined.
    pub read: Read,
}

/// What is read from every scenario, in column order.
type Fixed = (&'static str, &'static str, Better, &'static str, fn(&Observations) -> f64);

const FIXED: &[Fixed] = &[
    ("days_to_completion", "d", Lower, "elapsed 24-hour days from the start until the last person is accepted", |o| {
        o.closure.map_or(f64::NAN, |t| t.elapsed().days())
    }),
    ("days_to_50pct", "d", Lower, "elapsed days until half of all people are accepted", |o| days_to_share(o, 1, 2)),
    ("days_to_90pct", "d", Lower, "elapsed days until nine in ten of all people are accepted", |o| days_to_share(o, 9, 10)),
    ("accepted_people", "people", Higher, "people accepted by the end", |o| o.accepted.len() as f64),
    ("accepted_people.land", "people", Higher, "of them, those whose last movement was by road", |o| by_mode(o, false)),
    ("accepted_people.air", "people", Higher, "of them, those whose last movement was by air", |o| by_mode(o, true)),
    ("throughput_per_day", "people/d", Higher, "people accepted by elapsed days to closure", |o| {
        o.accepted.len() as f64 / o.end.elapsed().days()
    }),
    ("throughput_per_day.land", "people/d", Higher, "the same, of those who came by road", |o| by_mode(o, false) / o.end.elapsed().days()),
    ("throughput_per_day.air", "people/d", Higher, "the same, of those who came by air", |o| by_mode(o, true) / o.end.elapsed().days()),
    ("time_in_system_hours", "h", Lower, "mean time from being called for the first movement until accepted, over accepted people", |o| {
        ratio(o.time_in_system as f64 / TICKS_PER_HOUR as f64, o.accepted.len() as f64)
    }),
    ("exposed_convoy_hours", "h", Lower, "sum of exposure windows over convoys", |o| hours(o.ledger.convoy_total)),
    ("exposure_per_convoy_hours", "h", Lower, "mean exposure window of a convoy", |o| {
        let convoys = || o.movements.iter().filter(|m| m.aircraft.is_none() && m.started.is_some());
        ratio(convoys().map(|m| m.tracker.exposed).sum::<Duration>().hours(), convoys().count() as f64)
    }),
    ("exposed_union_hours", "h", Lower, "time with anybody exposed", |o| o.concurrency.union.hours()),
    ("longest_window_hours", "h", Lower, "longest unbroken time with anybody exposed", |o| o.concurrency.longest_window.hours()),
    ("two_or_more_exposed_hours", "h", Lower, "time with two or more convoys exposed", |o| o.concurrency.two_or_more.hours()),
    ("max_convoys_exposed", "", Lower, "most convoys exposed at once", |o| f64::from(o.concurrency.max_convoys)),
    ("peak_people_exposed", "people", Lower, "most people exposed at once", |o| f64::from(o.concurrency.peak_people)),
    ("exposed_person_hours", "h", Lower, "person-hours aboard and outside a wall", |o| hours(o.ledger.person_total)),
    ("exposure_per_person_hours", "h", Lower, "mean exposed time of an accepted person", |o| {
        let total: u128 = o.person_exposure.iter().map(|(ticks, n)| u128::from(*ticks) * u128::from(*n)).sum();
        ratio(hours(total), o.accepted.len() as f64)
    }),
    ("exposure_per_person_hours.p90", "h", Lower, "nine in ten accepted people were exposed for at most this", |o| person_exposure(o, 0.9)),
    ("exposure_per_person_hours.max", "h", Lower, "longest exposed time of an accepted person", |o| person_exposure(o, 1.0)),
    ("uncovered_convoy_hours", "h", Lower, "exposed convoy-hours without air cover (all of them where none is planned)", |o| {
        hours(o.ledger.convoy(|c| !c.covered))
    }),
    ("uncovered_person_hours", "h", Lower, "exposed person-hours without air cover", |o| hours(o.ledger.people(|c| !c.covered))),
    ("halted_convoy_hours", "h", Lower, "exposed convoy-hours in scheduled and unscheduled halts", |o| {
        hours(o.ledger.convoy(|c| matches!(c.motion, Motion::ScheduledHalt | Motion::UnscheduledHalt)))
    }),
    ("longest_halt_hours", "h", Lower, "longest scheduled or unscheduled halt of an exposed convoy", |o| {
        o.movements.iter().map(|m| m.tracker.longest_halt).max().unwrap_or_default().hours()
    }),
    ("longest_stationary_hours", "h", Lower, "longest time for which an exposed convoy did not move, queues and crossings included", |o| {
        o.movements.iter().map(|m| m.tracker.longest_stationary).max().unwrap_or_default().hours()
    }),
    ("longest_uncovered_hours", "h", Lower, "longest uncovered spell of a convoy", |o| {
        o.movements.iter().map(|m| m.tracker.longest_uncovered).max().unwrap_or_default().hours()
    }),
    ("covered_share_by_convoy_time", "", Higher, "covered part of exposed convoy-hours", |o| {
        ratio(o.ledger.convoy(|c| c.covered) as f64, o.ledger.convoy_total as f64)
    }),
    ("covered_share_by_person_time", "", Higher, "covered part of exposed person-hours", |o| {
        ratio(o.ledger.people(|c| c.covered) as f64, o.ledger.person_total as f64)
    }),
    ("border_convoy_hours", "h", Lower, "exposed convoy-hours at crossings: queue, service, re-form", |o| {
        hours(o.ledger.convoy(|c| matches!(c.motion, Motion::BorderQueue | Motion::BorderService | Motion::Reform)))
    }),
    ("daylight_convoy_hours", "h", Lower, "exposed convoy-hours between sunrise and sunset", |o| {
        hours(o.ledger.convoy(|c| c.light == Daylight::Day))
    }),
    ("under_escorted_convoy_hours", "h", Lower, "exposed convoy-hours with fewer escorts able to move than the minimum", |o| {
        hours(o.ledger.convoy(|c| !c.adequate))
    }),
    ("low_convoy_hours", "h", Neither, "exposed convoy-hours of class low: moving, covered, escorted, not in daylight", |o| {
        class(o, Class::Low)
    }),
    ("moderate_convoy_hours", "h", Lower, "exposed convoy-hours of class moderate: one of the four fails", |o| class(o, Class::Moderate)),
    ("high_convoy_hours", "h", Lower, "exposed convoy-hours of class high: two of the four fail", |o| class(o, Class::High)),
    ("highest_convoy_hours", "h", Lower, "exposed convoy-hours of class highest: three or four fail", |o| class(o, Class::Highest)),
    ("flight_person_hours", "h", Neither, "person-hours in the air, beside exposure and never added to it", |o| {
        hours(o.flight_person_ticks)
    }),
    ("source_person_days", "d", Lower, "person-days at the source, beside exposure and never added to it", |o| {
        o.residual.person_ticks as f64 / TICKS_PER_DAY as f64
    }),
    ("expected_breakouts", "", Lower, "expected breakouts at source sites under the stated hazard; never sampled into losses", |o| {
        o.residual.breakouts
    }),
    ("expected_escapees", "people", Lower, "expected escapees under the stated hazard and share; never sampled into losses", |o| {
        o.residual.escapees
    }),
    ("max_aboard_hours", "h", Lower, "longest time aboard since boarding or the last comfort halt", |o| o.max_aboard.hours()),
    ("people_over_welfare_limit", "people", Lower, "people aboard for longer than the limit on any movement, each counted once", |o| {
        f64::from(o.counts.people_over)
    }),
    ("welfare_breaches", "", Lower, "times that a person was aboard for longer than the limit on a movement", |o| {
        o.counts.welfare_breaches as f64
    }),
    ("convoys", "", Neither, "convoys that started", |o| f64::from(o.counts.convoys)),
    ("flights", "", Neither, "flights that took off", |o| f64::from(o.counts.flights)),
    ("people_per_convoy", "people", Neither, "mean people aboard at the start point", |o| {
        ratio(o.counts.convoy_people as f64, f64::from(o.counts.convoys))
    }),
    ("best_day_people", "people", Higher, "most people accepted on one local calendar day", best_day),
    ("breakdowns", "", Lower, "breakdowns of buses and escorts", |o| f64::from(o.counts.breakdowns)),
    ("incidents", "", Lower, "incidents on the road", |o| f64::from(o.counts.incidents)),
    ("turn_backs", "", Lower, "convoys that turned back", |o| f64::from(o.counts.turn_backs)),
    ("cover_losses", "", Lower, "times a convoy on the road lost its cover", |o| f64::from(o.counts.cover_losses)),
    ("people_above_holding", "people", Lower, "most people above the places of a hub after a turn-back", |o| {
        f64::from(o.counts.above_holding)
    }),
    ("weather_days_lost", "d", Lower, "days of weather that stopped flights or convoys, whichever is more", |o| o.weather_lost.days()),
    ("calendar_days_lost", "d", Lower, "time in which the calendar kept departures of some route shut", |o| o.calendar_lost.days()),
    ("border_closure_hours", "h", Lower, "hours for which closures that nobody planned kept crossings shut", |o| o.border_closed.hours()),
    ("bus_km", "km", Lower, "kilometres that buses ran, loaded and empty", |o| o.bus_km),
    ("driver_hours", "h", Lower, "hours that buses were driven", |o| o.driver_hours),
    ("escort_hours", "h", Lower, "escort vehicles times the hours from being seized until free again", |o| o.escort_hours),
    ("cover_flying_hours", "h", Lower, "airborne hours of covering aircraft", |o| o.cover_flying_hours),
];

/// All responses of a model, in column order.
#[must_use]
pub fn of(model: &Model) -> Vec<Response> {
    let mut list: Vec<Response> = FIXED
        .iter()
        .map(|&(name, unit, better, reading, read)| Response {
            info: ResponseInfo { name: name.to_owned(), unit, better, reading: reading.into() },
            read: Box::new(read),
        })
        .collect();
    // A route may be called `land` or `air`; then the name is the route's, and no name stands twice.
    let of_route = |route: &Route| format!("throughput_per_day.{}", route.id);
    list.retain(|response| model.params.routes.iter().all(|route| of_route(route) != response.info.name));
    let mut add = |name: String, unit, better, reading: &'static str, read: Read| {
        list.push(Response { info: ResponseInfo { name, unit, better, reading: reading.into() }, read });
    };
    for (n, route) in model.params.routes.iter().enumerate() {
        add(
            of_route(route),
            "people/d",
            Neither,
            "people who started on this route by elapsed days to closure",
            Box::new(move |o| {
                let people: u64 = o.starts.iter().filter(|s| s.route == n).map(|s| u64::from(s.people)).sum();
                people as f64 / o.end.elapsed().days()
            }),
        );
    }
    let queues = model.params.crossings.iter().map(|c| &c.id).chain(facilities(model));
    for (n, id) in queues.enumerate() {
        let read = move |o: &Observations| f64::from(o.longest_queues[n].1);
        add(format!("longest_queue.{id}"), "", Lower, "most vehicles waiting at once", Box::new(read));
    }
    for (n, resource) in model.resources().iter().enumerate().filter(|(_, r)| r.units > 0 || r.name.ends_with(".beds")) {
        let read = move |o: &Observations| ratio(o.usage[n].busy + o.usage[n].held_waiting, o.usage[n].available);
        add(format!("utilisation.{}", resource.name), "", Neither, "taken by available, start to closure", Box::new(read));
    }
    for (n, resource) in model.resources().iter().enumerate() {
        let reading = "share of operating days on which it was the largest part of the active chain among resources and outside causes";
        let read = move |o: &Observations| if o.closure.is_some() { o.usage[n].binding_share } else { f64::NAN };
        add(format!("binding_share.{}", resource.name), "", Neither, reading, Box::new(read));
    }
    list
}

/// The names of all responses of a scenario, in column order.
#[must_use]
pub fn names(params: &Params) -> Vec<String> {
    // The seed does not matter for names.
    of(&Model::new(params.clone(), 0)).into_iter().map(|r| r.info.name).collect()
}

fn facilities(model: &Model) -> impl Iterator<Item = &String> {
    use crate::model::params::NodeKind;
    model.params.nodes.iter().filter(|n| matches!(n.kind, NodeKind::Facility(_))).map(|n| &n.id)
}

fn hours(ticks: u128) -> f64 {
    ticks as f64 / TICKS_PER_HOUR as f64
}

/// A quotient; NaN where nothing is divided by nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

fn class(o: &Observations, class: Class) -> f64 {
    hours(o.ledger.convoy(|c: Cell| c.class() == class))
}

fn by_mode(o: &Observations, by_air: bool) -> f64 {
    o.accepted.iter().filter(|a| o.by_air[usize::from(a.route)] == by_air).count() as f64
}

/// Days until `part` of `whole` of all people at the start were accepted.
fn days_to_share(o: &Observations, part: usize, whole: usize) -> f64 {
    let needed = (o.people as usize * part).div_ceil(whole);
    if needed == 0 {
        return 0.0;
    }
    o.accepted.get(needed - 1).map_or(f64::NAN, |a| a.at.elapsed().days())
}

/// The exposed time that a share of accepted people did not exceed.
fn person_exposure(o: &Observations, share: f64) -> f64 {
    let mut sorted = o.person_exposure.clone();
    sorted.sort_unstable();
    let total: u64 = sorted.iter().map(|(_, n)| u64::from(*n)).sum();
    let needed = (share * total as f64).ceil() as u64;
    let mut seen = 0;
    for (ticks, n) in sorted {
        seen += u64::from(n);
        if seen >= needed && total > 0 {
            return hours(u128::from(ticks));
        }
    }
    f64::NAN
}

fn best_day(o: &Observations) -> f64 {
    let mut counts: Vec<u32> = Vec::new();
    for accepted in &o.accepted {
        let day = o.start.day_of(accepted.at);
        if counts.len() <= day {
            counts.resize(day + 1, 0);
        }
        counts[day] += 1;
    }
    f64::from(counts.into_iter().max().unwrap_or(0))
}
