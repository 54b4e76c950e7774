//! When a loaded movement starts: at the first instant at which everything it needs is there at once.

use super::super::books::{Start, Whereabouts};
use super::super::chain::{By, Cause, Since, Via};
use super::super::environment::Condition;
use super::super::exposure::{Motion, Vehicle};
use super::super::movement::{Load, MovementId, Stage, Where};
use super::super::operation::Operation;
use super::super::params::{CoverPolicy, EscortNeed, Mode};
use crate::units::SimTime;

impl<'s> Operation<'s> {
    /// Starts a loaded movement if it can; else says when time alone may change that.
    pub(super) fn try_start(&'s self, id: MovementId) -> Result<(), SimTime> {
        let now = self.sim.now();
        let (route, loaded, loaded_link, people) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.loaded.expect("only loaded movements start"), m.loaded_link, m.people())
        };
        // What is short is asked first: that costs little, and a release brings the question up again.
        if let Some(retry) = self.something_is_short(id, route, loaded) {
            return Err(retry);
        }
        let spec = &self.model.params.routes[route];
        // Most movements look at no more than these.
        let mut conditions: Vec<(Since, Via)> = Vec::with_capacity(12);
        conditions.push((Since { at: loaded, by: By::Operation(loaded_link) }, Via::None));
        let (last_start, on_road, off_road) = {
            let state = self.routes[route].borrow();
            (state.last_start, state.on_road, state.off_road)
        };
        // Conditions that are functions of time.
        let (earliest, _) = self.env.earliest_start(route, now, last_start);
        let mut retry = if earliest > now { Some(earliest) } else { None };
        if let Some(last) = last_start {
            let after = last + spec.headway;
            if after > now {
                retry = Some(retry.unwrap_or(now).max(after));
            } else if !spec.headway.is_zero() {
                conditions.push((Since { at: after, by: By::Outside(Cause::Headway) }, Via::None));
            }
        }
        for (entry, cap) in self.env.caps(route, now) {
            if self.gone_today(entry) + people > cap {
                let tomorrow = self.env.operating_day_start(self.env.operating_day(now) + 1);
                retry = Some(retry.unwrap_or(now).max(tomorrow.min(self.env.next_calendar_edge(now))));
            }
        }
        if let Some(retry) = retry {
            self.movements.borrow_mut()[id].start_not_before = retry;
            return Err(retry);
        }
        for (condition, cause) in self.env.start_conditions(route, now, last_start) {
            if let Condition::MetSince(since) = condition
                && since > loaded
            {
                conditions.push((Since { at: since, by: By::Outside(cause) }, Via::None));
            }
        }
        if let Some(cap_day) = self.capped_until(route, loaded) {
            conditions.push((Since { at: cap_day, by: By::Outside(Cause::Calendar) }, Via::None));
        }
        // Room on the road.
        if spec.max_on_road == Some(on_road + 1) {
            conditions.push((Since { by: By::Outside(Cause::OnRoadLimit), ..off_road }, Via::None));
        }
        match &spec.mode {
            Mode::Land(land) => {
                if let Some(cover) = land.cover
                    && cover.policy == CoverPolicy::Required
                {
                    let since = self.cover[cover.orbit].slot_since.get();
                    conditions.push((Since { at: since, by: By::Outside(Cause::Cover) }, Via::Cover(cover.orbit as u16)));
                }
                if let Some(need) = land.escorts {
                    let patient = self.escorts_free(need.pool) < need.per_convoy;
                    let since = self.seize_escorts(id, need, 0);
                    conditions.push((since, Via::Escort(need.pool as u16)));
                    if patient {
                        // It has waited for more of them in vain.
                        let waited = loaded + need.wait_at_most;
                        conditions.push((Since { at: waited, by: By::Outside(Cause::Formation) }, Via::Escort(need.pool as u16)));
                    }
                }
            }
            Mode::Air(air) => match self.reserve_parking(spec.to, air.flight.mean(), air.fleet) {
                Ok(since) => conditions.push((since, Via::Parking(spec.to as u16))),
                Err(retry) => return Err(retry),
            },
        }
        let link = self.chain.borrow_mut().decide(&conditions, now, (Cause::Headway, Via::None), u32::try_from(id).ok());
        self.start(id, link);
        Ok(())
    }

    /// What a loaded movement waits for at this instant, in words.
    pub(in super::super) fn held_by(&self, id: MovementId) -> Vec<String> {
        let now = self.sim.now();
        let (route, loaded, people) = {
            let m = &self.movements.borrow()[id];
            (m.route, m.loaded.unwrap_or(now), m.people())
        };
        let params = &self.model.params;
        let spec = &params.routes[route];
        let state = self.routes[route].borrow();
        let mut held: Vec<String> = self
            .env
            .start_conditions(route, now, state.last_start)
            .filter(|(condition, _)| matches!(condition, Condition::NotBefore(_)))
            .map(|(_, cause)| cause.name().to_owned())
            .collect();
        if state.last_start.is_some_and(|last| last + spec.headway > now) {
            held.push(Cause::Headway.name().to_owned());
        }
        if self.env.caps(route, now).any(|(entry, cap)| self.gone_today(entry) + people > cap) {
            held.push("daily cap".to_owned());
        }
        if spec.max_on_road.is_some_and(|limit| state.on_road >= limit) {
            held.push("room on the road".to_owned());
        }
        if let Mode::Land(land) = &spec.mode {
            if let Some(need) = land.escorts
                && !self.may_take_escorts(id, need, loaded)
            {
                held.push(format!("escorts of {}", params.escorts[need.pool].id));
            }
            if let Some(cover) = land.cover
                && cover.policy == CoverPolicy::Required
                && self.cover_slots_free(cover.orbit) == 0
            {
                held.push(format!("air cover of {}", params.air_cover[cover.orbit].id));
            }
        }
        if held.is_empty() && matches!(spec.mode, Mode::Air(_)) {
            held.push(format!("parking at {}", params.nodes[spec.to].id));
        }
        held
    }

    /// When to ask again, if there is no room on the road, too few escorts, or no slot of a cover that is required.
    fn something_is_short(&self, id: MovementId, route: usize, loaded: SimTime) -> Option<SimTime> {
        let spec = &self.model.params.routes[route];
        if spec.max_on_road.is_some_and(|limit| self.routes[route].borrow().on_road >= limit) {
            return Some(SimTime::NEVER);
        }
        let Mode::Land(land) = &spec.mode else { return None };
        if let Some(need) = land.escorts
            && !self.may_take_escorts(id, need, loaded)
        {
            let patience = loaded + need.wait_at_most;
            return Some(if patience > self.sim.now() { patience } else { SimTime::NEVER });
        }
        let required = land.cover.filter(|c| c.policy == CoverPolicy::Required);
        (required.is_some_and(|c| self.cover_slots_free(c.orbit) == 0)).then_some(SimTime::NEVER)
    }

    /// Whether a convoy may take escorts of a pool: the wanted number, or at least the minimum once it has waited since `asked`.
    /// Who waits at a hand-over goes before those inside walls.
    pub(in super::super) fn may_take_escorts(&self, id: MovementId, need: EscortNeed, asked: SimTime) -> bool {
        let free = self.escorts_free(need.pool).saturating_sub(self.escorts_set_aside(id, need.pool));
        free >= need.per_convoy || (free >= need.minimum && self.sim.now() >= asked + need.wait_at_most)
    }

    /// Escorts of a pool kept for convoys that have waited at a hand-over for longer than this one.
    pub(in super::super) fn escorts_set_aside(&self, id: MovementId, pool: usize) -> u32 {
        self.hand_overs
            .borrow()
            .iter()
            .take_while(|h| h.0 != id)
            .filter(|h| h.1 == pool)
            .map(|h| {
                let route = self.movements.borrow()[h.0].route;
                let changes = &self.land(route).hand_over;
                changes.iter().filter_map(|c| c.escorts).find(|e| e.pool == pool).map_or(0, |e| e.minimum)
            })
            .sum()
    }

    /// The operating day since which the caps let people go, if a cap has held a movement loaded at `loaded`.
    fn capped_until(&self, route: usize, loaded: SimTime) -> Option<SimTime> {
        let now = self.sim.now();
        let today = self.env.operating_day_start(self.env.operating_day(now));
        (today > loaded && self.env.caps(route, loaded).next().is_some()).then_some(today)
    }

    /// A movement leaves the wall, or takes off.
    fn start(&'s self, id: MovementId, link: super::super::chain::Link) {
        let now = self.sim.now();
        let (route, people, by_air) = {
            let m = &mut self.movements.borrow_mut()[id];
            m.started = Some(now);
            m.start_link = link;
            m.stage = Stage::UnderWay;
            m.escorts_at_start = m.escorts.len() as u32;
            m.place = if m.aircraft.is_some() { Where::Air } else { Where::Part(0) };
            (m.route, m.people(), m.aircraft.is_some())
        };
        let spec = &self.model.params.routes[route];
        {
            let mut state = self.routes[route].borrow_mut();
            state.on_road += 1;
            state.last_start = Some(now);
            let head = state.loaded.pop_front();
            debug_assert_eq!(head, Some(id));
        }
        self.reconsider_cover();
        self.reconsider_forming();
        self.waiting_to_start.borrow_mut().retain(|m| *m != id);
        self.preparing.borrow_mut().retain(|m| *m != id);
        self.under_way.borrow_mut().push(id);
        {
            let books = &mut *self.books.borrow_mut();
            books.starts.push(Start { at: now, route, people });
            if by_air {
                books.counts.flights += 1;
            } else {
                books.counts.convoys += 1;
                books.counts.convoy_people += u64::from(people);
            }
        }
        // Out of the wall.
        let at_hub = self.model.params.is_hub(spec.from);
        self.flow(if at_hub { Whereabouts::Hub } else { Whereabouts::Source }, Whereabouts::OnTheWay, people);
        self.present(spec.from, -people.cast_signed());
        if at_hub {
            self.give_back_places(spec.from, people, Since { at: now, by: By::Operation(link) });
        }
        if !by_air {
            self.change(id, |m| {
                m.tracker.vehicles = m
                    .loads
                    .iter()
                    .map(|load: &Load| Vehicle {
                        people: load.count(),
                        exposed: load.count() > 0,
                        motion: Motion::Moving,
                        aboard_since: load.boarded.first().copied().unwrap_or(now),
                        exposed_for: crate::units::Duration::ZERO,
                    })
                    .collect();
                m.tracker.flags.adequate = Self::escorts_adequate(m);
            });
            let need = self.movements.borrow()[id].cover_need;
            if let Some(need) = need {
                self.want_cover(id, need);
            }
        }
        self.trace_movement(id, if by_air { "in the air" } else { "start point" }, "clear to move");
        self.nudge(id);
    }
}
