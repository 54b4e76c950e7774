//! The budget of events of a replication, and what used it up.
//!
//! A plan may set off events without end (halts every second, an orbit that is relieved every minute), and whatever is booked grows with
//! them. A replication that has used its budget up ends as a failure that names what most of its events were for. That is estimated
//! from the processes that run at the checks of the kernel: every so many events, so it is the same in every run.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use super::chain::Cause;
use super::operation::Operation;
use crate::kernel::Order;

/// Events of a replication at most, where the scenario does not say: 400 times as many as the base plan has; some 300 MB.
pub const MAX_EVENTS: u64 = 2_000_000;

/// Events seen at the checks so far.
#[derive(Debug, Default)]
pub(super) struct Spent {
    /// Of opening and closing places, weather, levels.
    environment: Cell<u32>,
    /// Of deciding what forms and starts.
    dispatch: Cell<u32>,
    /// Of covering aircraft, and of aircraft in repair.
    aircraft: Cell<u32>,
    /// Of the movements of each route.
    routes: RefCell<Vec<u32>>,
    /// Whether the replication was cancelled.
    pub cancelled: Cell<bool>,
}

impl<'s> Operation<'s> {
    /// Whether the replication may continue, at a check after an event of this order.
    pub(super) fn check_budget(&self, order: Order, cancelled: &dyn Fn() -> bool) -> ControlFlow<()> {
        let more = |count: &Cell<u32>| count.set(count.get() + 1);
        match order {
            Order::ENVIRONMENT => more(&self.spent.environment),
            Order::LAST => more(&self.spent.dispatch),
            of_movement => match order_to_movement(of_movement) {
                None => more(&self.spent.aircraft),
                Some(id) => {
                    let mut routes = self.spent.routes.borrow_mut();
                    routes.resize(self.routes.len(), 0);
                    routes[self.movements.borrow()[id].route] += 1;
                }
            },
        }
        if cancelled() {
            self.spent.cancelled.set(true);
            return ControlFlow::Break(());
        }
        if self.sim.events() >= self.model.params.max_events { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// What most events were for, with their share, as in `scheduled halts of route "road": 93 % of events`.
    pub(super) fn busiest(&self) -> String {
        let spent = &self.spent;
        let routes = spent.routes.borrow();
        let others = [
            (spent.environment.get(), "opening and closing of places, weather and levels"),
            (spent.dispatch.get(), "decisions what forms and starts"),
            (spent.aircraft.get(), "sorties of covering aircraft and repairs of aircraft"),
        ];
        let all = routes.iter().sum::<u32>() + others.iter().map(|(count, _)| count).sum::<u32>();
        let percent = |count: f64| (100.0 * count / f64::from(all.max(1))).round();
        let mut found: Vec<(f64, String)> = others.into_iter().map(|(count, words)| (percent(count.into()), words.to_owned())).collect();
        for (route, count) in routes.iter().enumerate() {
            let id = &self.model.params.routes[route].id;
            let movements = self.movements.borrow();
            let causes = self.chain.borrow().activities(|movement| movements.get(movement as usize).is_some_and(|m| m.route == route));
            let whole: usize = causes.iter().map(|(_, count)| count).sum();
            let (share, what) = match causes.first() {
                Some((cause, most)) => (*most as f64 / whole as f64, format!("{} of route {id:?}", activities(*cause))),
                None => (1.0, format!("movements of route {id:?}")),
            };
            found.push((percent(f64::from(*count) * share), what));
        }
        let (share, what) = found.into_iter().reduce(|most, next| if next.0 > most.0 { next } else { most }).expect("there are others");
        format!("{what}: {share} % of events")
    }
}

/// The movement whose process has this order; `None` for the order of aircraft, which comes before all movements.
fn order_to_movement(order: Order) -> Option<usize> {
    let number = (order.get() - 1) >> 8;
    (number as usize).checked_sub(1)
}

/// Activities in words, for what happens too often.
const fn activities(cause: Cause) -> &'static str {
    match cause {
        Cause::ScheduledHalt => "scheduled halts",
        Cause::Breakdown => "breakdowns",
        Cause::Incident => "incidents",
        Cause::CoverHold => "halts without cover",
        Cause::DriverBreak => "drivers' breaks",
        Cause::BorderService | Cause::Paperwork => "border crossings",
        Cause::HandOver => "hand-overs",
        Cause::Boarding => "boarding",
        Cause::Intake => "intake",
        Cause::Return => "empty trips",
        Cause::Flight | Cause::Onload | Cause::Offload | Cause::Transfer => "flights",
        _ => "movements",
    }
}
