//! Convoys that could only be helped by each other: found when one begins to wait, and let go by a stated rule.
//!
//! A convoy on the road keeps what it has while it waits for something else: at a hand-over its escorts and its slot of cover, where it
//! holds for cover its escorts. So two convoys may each wait for what the other has. Whoever could be served once all others have
//! moved on is taken out of question, again and again; those who are left wait in a circle. Of them
//!
//! * one that waits at a hand-over gives its slot to one that holds for cover, and asks for a slot again when its hand-over is done;
//! * if nobody holds for cover, the one that has waited longest lets its escorts go before the next ones are there.

use super::movement::MovementId;
use super::operation::Operation;

/// What a convoy on the road stands and waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    /// So many escorts of a pool, at a hand-over.
    Escorts(usize, u32),
    /// A slot of a cover.
    Slot(usize),
}

impl<'s> Operation<'s> {
    /// Lets convoys go that wait for each other. Asked whenever a convoy begins to wait.
    pub(super) fn break_circles(&'s self) {
        loop {
            let stuck = self.in_a_circle();
            let holder = stuck.iter().find_map(|(_, want)| match want {
                Want::Slot(orbit) => {
                    let covered = self.cover[*orbit].covered.borrow();
                    covered.iter().rev().copied().find(|id| stuck.iter().any(|(other, _)| other == id)).map(|id| (id, *orbit))
                }
                Want::Escorts(..) => None,
            });
            if let Some((id, orbit)) = holder {
                self.lend_slot(id, orbit);
                continue;
            }
            let first = {
                let movements = self.movements.borrow();
                let keeps = |id: MovementId| !movements[id].lets_escorts_go && !movements[id].escorts.is_empty();
                stuck.iter().find(|(id, want)| matches!(want, Want::Escorts(..)) && keeps(*id)).map(|(id, _)| *id)
            };
            let Some(first) = first else { return };
            self.movements.borrow_mut()[first].lets_escorts_go = true;
            self.nudge(first);
        }
    }

    /// Convoys that wait for what only others of them have, those at hand-overs first, in the order in which they began to wait.
    fn in_a_circle(&self) -> Vec<(MovementId, Want)> {
        let movements = self.movements.borrow();
        let at_hand_overs = self
            .hand_overs
            .borrow()
            .iter()
            .map(|(id, pool, _)| {
                let changes = &self.land(movements[*id].route).hand_over;
                let minimum = changes.iter().filter_map(|c| c.escorts).find(|e| e.pool == *pool).map_or(0, |e| e.minimum);
                (*id, Want::Escorts(*pool, minimum))
            })
            .collect::<Vec<_>>();
        let holding = self.holding_for_cover.borrow();
        // Who has just been covered goes on as soon as it is asked.
        let for_cover = holding
            .iter()
            .filter(|id| !movements[**id].tracker.flags.covered)
            .filter_map(|id| movements[*id].cover_need.map(|need| (*id, Want::Slot(need.orbit))));
        let mut stuck: Vec<(MovementId, Want)> = at_hand_overs.into_iter().chain(for_cover).collect();
        loop {
            let served = (0..stuck.len()).find(|n| match &stuck[*n].1 {
                Want::Escorts(pool, minimum) => {
                    let held = |id: MovementId| {
                        let m = &movements[id];
                        let here = !m.lets_escorts_go && m.escort_need.is_some_and(|need| need.pool == *pool);
                        if here { m.escorts.len() } else { 0 }
                    };
                    let kept: usize = stuck.iter().map(|(id, _)| held(*id)).sum();
                    // What those who began to wait before it are to get is set aside for them.
                    let aside = |(_, want): &(MovementId, Want)| match want {
                        Want::Escorts(other, minimum) if other == pool => *minimum,
                        _ => 0,
                    };
                    let before: u32 = stuck[..*n].iter().map(aside).sum();
                    self.escorts[*pool].borrow().units.len() >= kept + (before + *minimum) as usize
                }
                Want::Slot(orbit) => {
                    let spec = &self.model.params.air_cover[*orbit];
                    let covered = self.cover[*orbit].covered.borrow();
                    let kept = covered.iter().filter(|c| stuck.iter().any(|(id, _)| id == *c)).count();
                    (spec.orbits * spec.convoys_per_orbit) as usize > kept
                }
            });
            match served {
                Some(n) => drop(stuck.remove(n)),
                None => return stuck,
            }
        }
    }
}
