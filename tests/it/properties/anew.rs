//! What dispatchers remember of their last answers, held against answers that are asked anew, in random plans.

use super::generate::{CHOICES, FIXED, RICH, TIMELESS, scenario, stuck};
use super::run::property;
use convoysim::model::params::Params;
use convoysim::model::{Model, Observations};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Runs a plan with routes that are asked anew, which panics where an answer differs, and without.
fn kept_and_anew(params: &Params) -> Result<(), TestCaseError> {
    let heads = |model: Model| {
        let o: Observations = model.replicate(0, false).map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
        Ok::<_, TestCaseError>(format!("{:?} {:?} {:?} {:?}", o.ending, o.flows, o.accepted, o.starts))
    };
    let (kept, anew) = (heads(Model::new(params.clone(), 1))?, heads(Model::new(params.clone(), 1).asking_anew())?);
    prop_assert_eq!(kept, anew, "asking anew changes nothing");
    Ok(())
}

#[test]
fn a_route_that_is_asked_anew_gives_the_answer_that_was_kept() {
    let choices = prop::collection::vec(any::<u16>(), CHOICES);
    property(3, &(choices, 0_u8..3), |(choices, kind)| kept_and_anew(&scenario(&choices, [RICH, FIXED, TIMELESS][usize::from(kind)])));
}

#[test]
fn a_route_of_a_plan_that_cannot_finish_gives_the_answer_that_was_kept() {
    property(2, &stuck(RICH), |params| kept_and_anew(&params));
}
