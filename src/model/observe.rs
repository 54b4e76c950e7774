//! What a replication reports when it ends, and the identities that it must keep.

use std::collections::BTreeMap;

use super::Model;
use super::books::sort_by_time;
use super::chain::{Cause, ChainPart, Via};
use super::draws::{Draw, Draws};
use super::ending::{Ending, Waiting};
use super::exposure::windows::Interval;
use super::identities;
use super::observations::{Failure, FailureKind, Observations};
use super::operation::Operation;
use super::outlook::Outlook;
use super::params::{Mode, NodeKind};
use super::residual::Residual;
use crate::kernel::{Memory, Outcome, Sim};
use crate::units::{Duration, SimTime, TICKS_PER_HOUR};

impl Model {
    /// Runs one replication.
    ///
    /// # Errors
    ///
    /// [`Failure`] if an instant does not end, the budget of events is used up, or an identity is broken. People left over are no failure:
    /// see [`Ending`].
    pub fn replicate(&self, replication: u32, detail: bool) -> Result<Observations, Failure> {
        self.replicate_unless(&|| false, replication, detail).expect("nothing cancels it")
    }

    /// The same, unless it is `cancelled`, which is asked every few thousand events: then it comes to nothing.
    pub fn replicate_unless(&self, cancelled: &dyn Fn() -> bool, replication: u32, detail: bool) -> Option<Result<Observations, Failure>> {
        self.replicate_and_log(cancelled, replication, detail, false).0
    }

    /// The same, with every stream that was opened, in order: for comparing what two scenarios draw.
    pub fn replicate_with_draws(&self, replication: u32) -> (Result<Observations, Failure>, Vec<Draw>) {
        let (result, drawn) = self.replicate_and_log(&|| false, replication, false, true);
        (result.expect("nothing cancels it"), drawn)
    }

    fn replicate_and_log(
        &self,
        cancelled: &dyn Fn() -> bool,
        replication: u32,
        detail: bool,
        log: bool,
    ) -> (Option<Result<Observations, Failure>>, Vec<Draw>) {
        let sim = Sim::new();
        let operation = Operation::new(&sim, self, Draws::new(replication, log), replication, detail);
        let outcome = operation.run(cancelled);
        let result = (!operation.spent.cancelled.get()).then(|| operation.observe(outcome));
        let drawn = operation.draws.take_log();
        sim.finish(&mut Memory::new());
        (result, drawn)
    }
}

impl<'s> Operation<'s> {
    fn observe(&'s self, outcome: Outcome) -> Result<Observations, Failure> {
        let closed = self.people_left.get() == 0;
        let left = if closed { Vec::new() } else { self.who_waits() };
        let failed = match outcome {
            _ if closed => None,
            Outcome::Livelock { at, .. } => Some((FailureKind::Livelock, format!("more than a million events at {at}"))),
            Outcome::Halted => {
                let (budget, now) = (self.model.params.max_events, self.sim.now());
                let message = format!("more than {budget} events up to {now} (--max-events raises the limit); {}", self.busiest());
                Some((FailureKind::Budget, message))
            }
            _ => None,
        };
        if let Some((kind, message)) = failed {
            let waits = left.iter().map(ToString::to_string).collect();
            return Err(Failure { kind, message, waits });
        }
        let ending = match outcome {
            _ if closed => Ending::Complete,
            // Stopped by `stall_after`.
            Outcome::Stopped => Ending::Horizon,
            _ if Outlook::new(self).is_deadlock() => Ending::Deadlock,
            _ => Ending::Horizon,
        };
        // Whatever is open stays as it is up to the horizon, and is booked up to there.
        let end = if closed { self.sim.now() } else { SimTime::ZERO + self.model.params.horizon };
        self.sim.skip_to(end);
        if !closed {
            self.trace_ending(ending, &left);
        }
        self.close_open_intervals(end);
        let observations = self.collect(end, ending, left);
        identities::check(&observations)?;
        Ok(observations)
    }

    /// Writes the end of a replication with people left down, if it is shown: one entry, and one for each group of people left.
    fn trace_ending(&self, ending: Ending, left: &[Waiting]) {
        let cause = if ending == Ending::Deadlock { "nothing can move any more" } else { "end of the run" };
        self.trace("run", || self.replication.to_string(), ending.word(), "", cause);
        for waiting in left {
            self.trace("run", || self.replication.to_string(), "left", &waiting.to_string(), cause);
        }
    }

    fn collect(&'s self, end: SimTime, ending: Ending, left: Vec<Waiting>) -> Observations {
        let params = &self.model.params;
        let closed = ending == Ending::Complete;
        let chain = match self.books.borrow().last_link {
            Some(link) if closed => self.chain.borrow().walk(link),
            _ => Vec::new(),
        };
        let usage = self.usage(end, &chain);
        self.chain.borrow().measure(&self.model.room.pieces);
        self.model.room.movements.saw(&self.movements.borrow());
        let mut books = self.books.take();
        books.concurrency.finish(end);
        books.counts.breakdowns = books.breakdowns.iter().filter(|at| **at <= end).count() as u32;
        debug_assert!(books.accepted.iter().all(|a| a.at <= end), "people are entered when they are accepted");
        sort_by_time(&mut books.accepted);
        let (segments, trace) = match &self.recorder {
            Some(recorder) => {
                let mut recorder = recorder.take();
                recorder.trace.retain(|entry| entry.time <= end);
                recorder.trace.sort_by_key(|entry| entry.time);
                (recorder.segments, recorder.trace)
            }
            None => (Vec::new(), Vec::new()),
        };
        let mut longest_queues: Vec<(String, u32)> = Vec::new();
        for (station, spec) in self.crossings.iter().zip(&params.crossings) {
            longest_queues.push((spec.id.clone(), station.units.longest_queue() as u32));
        }
        for (node, spec) in self.nodes.iter().zip(&params.nodes) {
            if let NodeKind::Facility(facility) = &spec.kind {
                let gate = if facility.yard.is_some_and(|y| y > 0) { &node.yard } else { &node.intake };
                longest_queues.push((spec.id.clone(), gate.units.longest_queue() as u32));
            }
        }
        // Whole numbers, so that the order in which runs were entered does not matter.
        let driven: u128 = books.bus_runs.iter().map(|run| run.ticks_before(end)).sum();
        let micrometres: u128 = books.bus_runs.iter().map(|run| run.micrometres_before(end)).sum();
        let escort_ticks: u128 = self.escorts.iter().map(|e| e.borrow().taken.integral(end)).sum();
        Observations {
            replication: self.replication,
            ending,
            closure: closed.then_some(end),
            end,
            last_change: books.time_of_last_count_change.min(end),
            start: params.start,
            people: self.model.people,
            accepted: books.accepted,
            by_air: params.routes.iter().map(|r| matches!(r.mode, Mode::Air(_))).collect(),
            flows: books.flows,
            starts: books.starts,
            ledger: books.ledger,
            concurrency: books.concurrency,
            exposed_by_day: books.exposed_by_day,
            movements: self.movements.take(),
            counts: books.counts,
            max_aboard: books.max_aboard,
            time_in_system: books.time_in_system,
            person_exposure: books.person_exposure,
            flight_person_ticks: books.flight_person_ticks,
            bus_km: micrometres as f64 / 1e9,
            driver_hours: driven as f64 / TICKS_PER_HOUR as f64,
            escort_hours: escort_ticks as f64 / TICKS_PER_HOUR as f64,
            cover_sorties: books.cover_sorties.iter().map(|sorties| sorties.len() as u32).sum(),
            cover_flying_hours: books.cover_sorties.iter().map(|sorties| airborne(sorties, end).hours()).sum(),
            residual: Residual::until(end, &self.nodes, &params.nodes),
            weather_lost: self.env.bad_weather_time(true, end).max(self.env.bad_weather_time(false, end)),
            calendar_lost: self.calendar_lost(end),
            border_closed: (0..params.crossings.len()).map(|c| self.env.closure_time(c, end)).sum(),
            longest_queues,
            chain,
            usage,
            left,
            segments,
            trace,
            events: self.sim.events(),
            draws: self.draws.count(),
        }
    }

    /// Time, up to the end, in which entries of the calendar kept departures of any route shut.
    fn calendar_lost(&self, end: SimTime) -> Duration {
        use super::exposure::windows::{sum, union};
        use super::params::{CalendarEffect, CalendarTarget};
        let params = &self.model.params;
        let of_departures = |target: &CalendarTarget| match target {
            CalendarTarget::Route(_) => true,
            CalendarTarget::Node(n) => !matches!(params.nodes[*n].kind, NodeKind::Facility(_)),
            CalendarTarget::Crossing(_) => false,
        };
        let shut: Vec<Interval> = params
            .calendar
            .iter()
            .filter(|e| matches!(e.effect, CalendarEffect::NoDepartures | CalendarEffect::Closed))
            .filter(|e| e.applies_to.iter().any(of_departures))
            .map(|e| Interval::new(e.from.min(end), e.to.min(end)))
            .collect();
        sum(&union(&shut))
    }
}

/// Time in the air up to `end`.
pub(super) fn airborne(sorties: &[Interval], end: SimTime) -> Duration {
    let run = Interval::new(SimTime::ZERO, end);
    sorties.iter().map(|sortie| sortie.overlap(run).length()).sum()
}

/// The parts of an active chain by cause and via, in a fixed order.
#[must_use]
pub fn attribution(chain: &[ChainPart]) -> Vec<(Cause, Via, Duration)> {
    let mut sums: BTreeMap<(Cause, &'static str), (Via, Duration)> = BTreeMap::new();
    for part in chain {
        let entry = sums.entry((part.cause, part.via.name())).or_insert((part.via, Duration::ZERO));
        entry.1 += part.duration();
    }
    sums.into_iter().map(|((cause, _), (via, time))| (cause, via, time)).collect()
}
