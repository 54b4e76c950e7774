//! `--until`, and requirements of sweeps.

use convoysim::experiment::operation::Operation;
use convoysim::experiment::until;
use convoysim::scenario::sweep::requirement;
use convoysim::scenario::{Known, ProblemKind};

use crate::budget::each_case;
use crate::inputs::{BASE, CONDITIONS};
use crate::mutate::Chance;
use crate::scenarios::{Named, checked, placed};

#[test]
fn conditions_are_read_or_refused_with_a_place() {
    let loaded = checked(BASE, &Named::new(), &[]).expect("it has places").expect("it is valid");
    let responses = Operation::new(&loaded.scenario, 1).responses;
    let names: Vec<&str> = responses.iter().map(|info| info.name.as_str()).collect();
    let objectives = &loaded.scenario.objectives;
    let others: Vec<String> = CONDITIONS.map(String::from).into();
    each_case("until", 10_000, |stream| {
        let mut chance = Chance(stream);
        let mut text = chance.of(&CONDITIONS).to_owned();
        if chance.one_in(3) {
            text = format!("{text}, {}", chance.of(&CONDITIONS));
        }
        if chance.one_in(3) {
            text = text.replace("days_to_completion", chance.of(&names));
        }
        let text = chance.changed(&text, &others);
        let read = until::read(&text, &responses, objectives, 90.0, 1_000).map(drop);
        let required = requirement(&text, Known { responses: &names, objectives, horizon_days: 90.0 }).map(drop);
        for refused in [read, required].into_iter().filter_map(Result::err) {
            placed(&refused, &[ProblemKind::Scenario]).map_err(|why| format!("{why}\n{text:?}"))?;
        }
        Ok(())
    });
}
