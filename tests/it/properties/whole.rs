//! What every replication of every valid scenario must keep.

use super::generate::{FIXED, RICH, scenarios};
use super::run::property;
use convoysim::model::params::Params;
use convoysim::model::{Ending, Model, Observations, Whereabouts};
use convoysim::units::Duration;
use proptest::test_runner::TestCaseError;

/// What must hold of one replication of a plan in which nobody may be stuck.
pub fn sound(params: &Params, seed: u64, replication: u32) -> Result<Observations, TestCaseError> {
    let o = consistent(params, seed, replication)?;
    if o.ending == Ending::Deadlock {
        return Err(TestCaseError::fail(format!("deadlock in a plan in which nobody may be stuck: {:#?}", o.left)));
    }
    Ok(o)
}

/// What must hold of one replication of any plan.
pub fn consistent(params: &Params, seed: u64, replication: u32) -> Result<Observations, TestCaseError> {
    let fail = |what: String| Err(TestCaseError::fail(what));
    let model = Model::new(params.clone(), seed);
    let o = match model.replicate(replication, false) {
        Ok(o) => o,
        Err(failure) => return fail(format!("{:?}: {}; {:#?}", failure.kind, failure.message, failure.waits)),
    };
    let accepted = o.accepted.len();
    if accepted > o.people as usize {
        return fail(format!("{accepted} accepted of {}", o.people));
    }
    let left: u32 = o.left.iter().map(|group| group.people).sum();
    if left as usize + accepted != o.people as usize {
        return fail(format!("{left} people are left and {accepted} accepted of {}: {:#?}", o.people, o.left));
    }
    match o.closure {
        None if o.left.is_empty() => return fail("censored, and nothing says who is left".into()),
        None if accepted == o.people as usize => return fail("censored with nobody left".into()),
        Some(_) if !o.left.is_empty() => return fail("closed with people left".into()),
        _ => {}
    }
    conserved(&o).map_err(TestCaseError::fail)?;
    if o.closure.is_some() {
        let parts: Duration = o.chain.iter().map(|part| part.duration()).sum();
        let sums: Duration = convoysim::model::attribution(&o.chain).into_iter().map(|(_, _, time)| time).sum();
        if parts != o.end.elapsed() || sums != parts {
            return fail(format!("the chain sums to {parts}, attribution to {sums}, closure is {}", o.end));
        }
        if o.chain.windows(2).any(|pair| pair[1].end != pair[0].start) {
            return fail("the chain has a gap".into());
        }
    }
    for usage in &o.usage {
        let taken = usage.busy + usage.held_waiting;
        if !taken.is_finite()
            || taken < 0.0
            || taken > usage.available * (1.0 + 1e-12)
            || !(0.0..=1.0 + 1e-9).contains(&usage.binding_share)
        {
            return fail(format!("usage {usage:?}"));
        }
    }
    Ok(o)
}

/// Heads at every instant: nobody appears, nobody is lost, and nobody is accepted before coming in.
pub fn conserved(o: &Observations) -> Result<(), String> {
    let mut counts = [i64::from(o.people), 0, 0, 0, 0];
    let mut accepted = o.accepted.iter().map(|a| a.at).peekable();
    let mut flows = o.flows.iter().peekable();
    loop {
        let now = match (flows.peek(), accepted.peek()) {
            (Some(flow), Some(at)) => flow.at.min(*at),
            (Some(flow), None) => flow.at,
            (None, Some(at)) => *at,
            (None, None) => break,
        };
        while let Some(flow) = flows.next_if(|flow| flow.at == now) {
            counts[flow.from as usize] -= i64::from(flow.people);
            counts[flow.to as usize] += i64::from(flow.people);
        }
        while accepted.next_if_eq(&now).is_some() {
            counts[Whereabouts::Facility as usize] -= 1;
            counts[Whereabouts::Accepted as usize] += 1;
        }
        if counts.iter().any(|count| *count < 0) || counts.iter().sum::<i64>() != i64::from(o.people) {
            return Err(format!("at {now} the heads are {counts:?} of {}", o.people));
        }
    }
    if o.closure.is_some() && counts != [0, 0, 0, 0, i64::from(o.people)] {
        return Err(format!("closed with heads {counts:?}"));
    }
    Ok(())
}

#[test]
fn any_valid_scenario_runs_to_its_end_and_keeps_every_identity() {
    property(35, &scenarios(RICH), |params| sound(&params, 1, 0).map(drop));
}

#[test]
fn any_valid_scenario_without_chance_runs_to_its_end_and_keeps_every_identity() {
    property(15, &scenarios(FIXED), |params| sound(&params, 1, 0).map(drop));
}
