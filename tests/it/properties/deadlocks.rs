//! Deadlocks among random plans: none is called one that could still move, and nearly all are recognised.

use super::generate::{RICH, stuck};
use super::run::property;
use super::whole::conserved;
use convoysim::model::{Ending, Model, Observations};
use convoysim::units::Duration;
use proptest::prelude::TestCaseError;
use std::cell::Cell;

fn fail(what: String) -> Result<(), TestCaseError> {
    Err(TestCaseError::fail(what))
}

fn heads(o: &Observations) -> String {
    format!("{:?} {:?}", o.flows, o.accepted)
}

#[test]
fn after_a_deadlock_no_head_count_changes_however_far_the_horizon_is_moved() {
    let deadlocks = Cell::new(0);
    property(8, &stuck(RICH), |mut params| {
        let o = Model::new(params.clone(), 1).replicate(0, false).map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        conserved(&o).map_err(TestCaseError::fail)?;
        if (o.ending == Ending::Complete) != o.left.is_empty() || (o.ending == Ending::Complete) != o.closure.is_some() {
            return fail(format!("{:?} with {:?} left, closure {:?}", o.ending, o.left, o.closure));
        }
        let people: u32 = o.left.iter().map(|left| left.people).sum();
        if people as usize + o.accepted.len() != o.people as usize {
            return fail(format!("{people} people left and {} accepted of {}: {:#?}", o.accepted.len(), o.people, o.left));
        }
        if o.ending != Ending::Deadlock {
            return Ok(());
        }
        deadlocks.set(deadlocks.get() + 1);
        params.horizon = params.horizon * 2;
        let later = Model::new(params, 1).replicate(0, false).map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        if heads(&o) != heads(&later) {
            return fail(format!("called a deadlock at {}, but it moves on at {}: {:#?}", o.last_change, later.last_change, o.left));
        }
        Ok(())
    });
    assert!(deadlocks.get() >= 10, "only {} of the plans deadlock", deadlocks.get());
}

#[test]
fn a_plan_in_which_nothing_has_moved_for_weeks_is_nearly_always_recognised() {
    let (still, missed) = (Cell::new(0_u32), Cell::new(0_u32));
    property(7, &stuck(RICH), |params| {
        let o = Model::new(params, 1).replicate(0, false).map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        if o.ending != Ending::Complete && o.last_change + Duration::from_days(45) < o.end {
            still.set(still.get() + 1);
            missed.set(missed.get() + u32::from(o.ending != Ending::Deadlock));
            if o.ending != Ending::Deadlock && std::env::var_os("SHOW_MISSED").is_some() {
                println!("{:?} since {}: {:#?}", o.ending, o.last_change, o.left);
            }
        }
        Ok(())
    });
    assert!(still.get() >= 10, "only {} of the plans come to a stand", still.get());
    assert!(missed.get() * 10 <= still.get(), "{} of {} deadlocks are not recognised", missed.get(), still.get());
}
