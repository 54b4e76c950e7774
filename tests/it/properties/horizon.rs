//! What is open at the end of a run is booked: a horizon just before something ends and one just after it give nearly the same figures.

use super::dice::Dice;
use super::generate::{CHOICES, FIXED, RICH, TIMELESS, scenario};
use super::run::property;
use convoysim::experiment::responses;
use convoysim::model::params::*;
use convoysim::model::{Model, Observations};
use convoysim::units::{Duration, SimTime};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Responses that grow with time at a bounded rate: hours, days, kilometres.
fn grows_steadily(name: &str) -> bool {
    let per_something = name.starts_with("days_to") || name.starts_with("exposure_per") || name == "time_in_system_hours";
    !per_something && (name.ends_with("_hours") || name.ends_with("_days") || name.ends_with("_km") || name.ends_with("days_lost"))
}

/// Instants at which something of a run ends or begins.
fn instants(o: &Observations) -> Vec<SimTime> {
    let mut instants: Vec<SimTime> = o.segments.iter().map(|s| s.to).chain(o.trace.iter().map(|t| t.time)).collect();
    let movements = o.movements.iter();
    instants.extend(movements.flat_map(|m| [m.loaded, m.started, m.arrived, m.clear, m.accepted]).flatten());
    instants.extend(o.accepted.iter().map(|a| a.at));
    instants.retain(|at| at.ticks() > 1_000_000 && *at < o.end);
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// What happened before an instant, as far as it moves people or sends covering aircraft up.
fn told_before(o: &Observations, at: SimTime) -> String {
    let flows: Vec<_> = o.flows.iter().filter(|f| f.at < at).collect();
    let starts: Vec<_> = o.starts.iter().filter(|s| s.at < at).collect();
    let movements: Vec<_> = o
        .movements
        .iter()
        .filter(|m| m.formed < at)
        .map(|m| {
            let boarded = m.loads.iter().flat_map(|load| load.boarded.iter().filter(|by| **by < at)).count();
            (m.route, m.nth, m.formed, m.loaded.filter(|l| *l < at), boarded)
        })
        .collect();
    let sorties = o.cover_sorties;
    format!("{flows:?} {starts:?} {movements:?} {sorties}")
}

#[test]
fn what_is_open_at_the_end_is_booked() {
    let choices = prop::collection::vec(any::<u16>(), CHOICES);
    property(12, &(choices, any::<u16>(), 0_u8..3), |(choices, pick, kind)| {
        let params = scenario(&choices, [RICH, FIXED, TIMELESS][usize::from(kind)]);
        let whole = match Model::new(params.clone(), 2).replicate(0, true) {
            Ok(o) => o,
            Err(failure) => return Err(TestCaseError::fail(format!("{failure:?}"))),
        };
        let instants = instants(&whole);
        if instants.is_empty() {
            return Ok(());
        }
        let at = instants[usize::from(pick) % instants.len()];
        if whole.starts.iter().any(|start| start.at == at) {
            // A start beyond the horizon is not foreseen, and so no covering aircraft are called for it beforehand.
            return Ok(());
        }
        let until = |horizon: SimTime| {
            let model = Model::new(Params { horizon: horizon.elapsed(), stall_after: None, ..params.clone() }, 2);
            let observed = model.replicate(0, false).map_err(|failure| TestCaseError::fail(format!("at {horizon}: {failure:?}")))?;
            Ok::<_, TestCaseError>((model, observed))
        };
        let tick = Duration::from_ticks(1);
        let (model, before) = until(at.saturating_sub(tick))?;
        let (_, after) = until(at + tick)?;
        if told_before(&before, at) != told_before(&after, at) {
            // A plan may look to the horizon: what it does differs then, and with it the figures.
            return Ok(());
        }
        for response in responses::of(&model).iter().filter(|r| grows_steadily(&r.info.name)) {
            let (first, second) = ((response.read)(&before), (response.read)(&after));
            if (second - first).abs() > 1e-3 {
                return Err(TestCaseError::fail(format!("{} is {first} just before {at} and {second} just after", response.info.name)));
            }
        }
        for ((resource, first), second) in model.resources().iter().zip(&before.usage).zip(&after.usage) {
            for (what, first, second) in [
                ("available", first.available, second.available),
                ("busy", first.busy, second.busy),
                ("held waiting", first.held_waiting, second.held_waiting),
            ] {
                if (second - first).abs() > 3.6e6 {
                    return Err(TestCaseError::fail(format!(
                        "{} {what}: {first} just before {at} and {second} ticks just after",
                        resource.name
                    )));
                }
            }
        }
        let came = after.accepted.iter().filter(|a| a.at + tick < at).count();
        if before.accepted.iter().filter(|a| a.at + tick < at).count() != came {
            return Err(TestCaseError::fail(format!("{came} accepted before {at}, or not, as the horizon is after or before it")));
        }
        Ok(())
    });
}

#[test]
fn plans_that_cannot_finish_keep_every_identity() {
    let choices = prop::collection::vec(any::<u16>(), CHOICES);
    property(8, &(choices, prop::collection::vec(any::<u16>(), 40)), |(choices, cuts)| {
        let mut params = scenario(&choices, RICH);
        let mut dice = Dice::new(&cuts);
        // Less room than the plan needs, and lanes and bays that go while they are in use.
        for node in &mut params.nodes {
            match &mut node.kind {
                NodeKind::Hub(hub) if dice.chance(60) => hub.holding = dice.number(0, 20),
                NodeKind::Facility(facility) if dice.chance(40) => {
                    facility.beds.up_to = dice.number(0, 60);
                    facility.beds.start = facility.beds.start.min(facility.beds.up_to);
                }
                _ => {}
            }
        }
        let mut levels: Vec<LevelTarget> = (0..params.crossings.len()).map(LevelTarget::Lanes).collect();
        levels.extend(params.nodes.iter().enumerate().map(|(n, node)| match node.kind {
            NodeKind::Site(_) => LevelTarget::BoardingBays(n),
            NodeKind::Hub(_) => LevelTarget::Holding(n),
            NodeKind::Facility(_) => LevelTarget::IntakeBays(n),
        }));
        for n in 0..dice.number(0, 6) {
            let from = SimTime::ZERO + dice.minutes(0, 1_500);
            params.calendar.push(CalendarEntry {
                id: format!("level-{n}"),
                from,
                to: from + dice.minutes(10, 1_500),
                applies_to: Vec::new(),
                effect: CalendarEffect::Add(vec![(dice.one(&levels), i64::from(dice.number(0, 8)) - 6)]),
                reason: String::new(),
            });
        }
        params.horizon = dice.minutes(60, 40_000);
        params.stall_after = None;
        super::whole::consistent(&params, 4, 0).map(drop)
    });
}
