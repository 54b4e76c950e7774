//! Where a road is cut in legs changes nothing: at constant speeds not even the last bit of any response.

use super::dice::Dice;
use super::generate::{CHOICES, FIXED, RICH, TIMELESS, scenario};
use super::run::property;
use convoysim::experiment::responses;
use convoysim::model::params::*;
use convoysim::model::{Model, Observations, attribution};
use convoysim::units::Kilometres;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Surroundings in which no speed is read where a leg begins: there a cut may matter, as a leg that begins later may be driven slower.
fn without_speed_factors(params: &mut Params) {
    params.calendar.retain(|entry| !matches!(entry.effect, CalendarEffect::SpeedFactor(_)));
    params.weather.land_speed_when_air_bad = 1.0;
}

/// Cuts legs in equal parts, where nothing is drawn for them.
fn cut(params: &mut Params, dice: &mut Dice<'_>) {
    for route in &mut params.routes {
        let Mode::Land(land) = &mut route.mode else { continue };
        if matches!(&land.return_trip, ReturnTrip::Speed(speed) if speed.0.is_constant().is_none()) {
            continue;
        }
        let mut path = Vec::new();
        for part in &land.path {
            match part {
                PathPart::Leg(leg) if leg.speed.distribution().0.is_constant().is_some() => {
                    // Halves of halves add up exactly.
                    let parts = 1_u32 << dice.number(0, 3);
                    for n in 0..parts {
                        let id = if n == 0 { leg.id.clone() } else { format!("{}-{n}", leg.id) };
                        path.push(PathPart::Leg(Leg { id, distance: Kilometres(leg.distance.0 / f64::from(parts)), ..leg.clone() }));
                    }
                }
                other => path.push(other.clone()),
            }
        }
        land.path = path;
    }
}

/// The first response in which two replications differ, or else where their chains do.
pub fn first_difference(models: [&Model; 2], observed: [&Observations; 2]) -> Option<String> {
    let [one, two] = models.map(responses::of);
    for (a, b) in one.iter().zip(&two) {
        let (first, second) = ((a.read)(observed[0]), (b.read)(observed[1]));
        if first.to_bits() != second.to_bits() && !(first.is_nan() && second.is_nan()) {
            return Some(format!("{} is {first} and {second}", a.info.name));
        }
    }
    let [first, second] = observed.map(|o| format!("{:?} {:?} {:?} {:?}", attribution(&o.chain), o.usage, o.exposed_by_day, o.left));
    (first != second).then(|| format!("{first}\n{second}"))
}

#[test]
fn cutting_legs_changes_nothing() {
    let choices = || prop::collection::vec(any::<u16>(), CHOICES);
    property(6, &(choices(), prop::collection::vec(any::<u16>(), 40), 0_u8..3), |(choices, cuts, kind)| {
        let mut whole = scenario(&choices, [RICH, FIXED, TIMELESS][usize::from(kind)]);
        without_speed_factors(&mut whole);
        // Now and then the horizon cuts activities.
        let mut dice = Dice::new(&cuts);
        if dice.chance(30) {
            whole.horizon = dice.minutes(60, 6_000);
        }
        let mut parts = whole.clone();
        cut(&mut parts, &mut dice);
        let models = [Model::new(whole, 3), Model::new(parts, 3)];
        match (models[0].replicate(0, false), models[1].replicate(0, false)) {
            (Ok(one), Ok(two)) => match first_difference([&models[0], &models[1]], [&one, &two]) {
                Some(what) => Err(TestCaseError::fail(what)),
                None => Ok(()),
            },
            (one, two) => Err(TestCaseError::fail(format!("{:?}, {:?}", one.err(), two.err()))),
        }
    });
}
