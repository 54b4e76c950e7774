//! Sweep files and their lists of points.

use convoysim::experiment::sweep::Points;
use convoysim::scenario::ProblemKind;
use convoysim::scenario::sweep;

use crate::budget::each_case;
use crate::corpus;
use crate::inputs::POINTS;
use crate::mutate::Chance;
use crate::scenarios::{Named, placed};

#[test]
fn the_sweeps_that_are_mutated_are_valid() {
    let mut named = Named::new();
    named.0.insert("points.csv".into(), POINTS.into());
    for text in crate::inputs::SWEEPS {
        let sources = |name: &str| if name == "fuzzed.toml" { Ok(text.into()) } else { named.read(name) };
        let (sweep, _) = sweep::load("fuzzed.toml", &sources, &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(Points::of(&sweep, 1).is_ok(), "{text}");
    }
}

#[test]
fn sweeps_are_read_or_refused_with_a_place() {
    let (texts, mut named) = (corpus::sweeps(), Named::new());
    named.0.insert("points.csv".into(), POINTS.into());
    let small: Vec<String> = crate::inputs::SWEEPS.map(String::from).into();
    each_case("sweeps", 1_200, |stream| {
        let mut chance = Chance(stream);
        let list = chance.one_in(6);
        let text = if list { small[2].as_str() } else { if chance.one_in(6) { chance.text(&texts) } else { chance.text(&small) } };
        let (text, points) =
            if list { (text.to_owned(), chance.changed(POINTS, &[])) } else { (chance.changed(text, &small), POINTS.to_owned()) };
        let sources = |name: &str| match name.rsplit('/').next() {
            Some("fuzzed.toml") => Ok(text.clone().into_bytes()),
            Some("points.csv") => Ok(points.clone().into_bytes()),
            _ => named.read(name),
        };
        let both = [ProblemKind::Scenario, ProblemKind::Data];
        let found = match sweep::load("fuzzed.toml", &sources, &[]) {
            Err(problems) => placed(&problems, &both),
            Ok((sweep, template)) => match Points::of(&sweep, 1) {
                Err(_) => Ok(()),
                Ok(all) => (0..all.len().min(3)).try_for_each(|point| {
                    drop(all.cells(point));
                    template.point(&all.set(point)).map(drop).or_else(|problems| placed(&problems, &both))
                }),
            },
        };
        found.map_err(|why| format!("{why}\n{text}\n---\n{points}"))
    });
}
