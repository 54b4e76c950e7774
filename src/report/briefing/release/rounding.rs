//! Numbers of a run as a released page gives them. Exact ones would let a reader try which inputs give them.

use crate::report::chart::one_run::movements;
use crate::report::released;
use crate::results::{Bound, ConvoyRow, Detail, ResponseInfo, ResponseSummary};
use crate::stats::Interval;
use crate::units::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// A count to the nearest ten; some are never none.
pub(super) fn rounded(count: u32) -> u32 {
    released::tens(f64::from(count)) as u32
}

/// People in each state, of all: each to ten, none only where there is none, so that they still sum to all as it is given.
pub(super) fn states(people: &mut [u32; 5]) {
    let all: u32 = people.iter().sum();
    let whole = released::people(f64::from(all), f64::from(all)) as u32;
    let mut given = people.map(|count| if count == 0 { 0 } else { (count / 10 * 10).max(10) });
    let missing = |given: &[u32; 5]| i64::from(whole) - given.iter().map(|count| i64::from(*count)).sum::<i64>();
    // What is missing goes where most was cut, what is too much is taken from the largest.
    while missing(&given) >= 10 {
        let cut = |state: &usize| i64::from(people[*state]) - i64::from(given[*state]);
        let Some(most) = (0..people.len()).filter(|state| people[*state] > 0).max_by_key(cut) else { break };
        given[most] += 10;
    }
    while missing(&given) < 0 {
        let Some(largest) = (0..given.len()).filter(|state| given[*state] > 10).max_by_key(|state| given[*state]) else { break };
        given[largest] -= 10;
    }
    *people = given;
}

/// Whether values of a response are given to the nearest ten: people, people per day, person-hours, person-days, kilometres.
pub(super) fn is_counted(info: &ResponseInfo) -> bool {
    let of_people = ["person_hours", "person_days"].iter().any(|part| info.name.contains(part)) && !info.name.contains("per_person");
    of_people || info.unit.contains("people") || info.unit.contains("km")
}

/// A value of a response: people of `all`, kilometres and person-hours to ten, days up to a tenth (so that "by day 30" stays true or false),
/// hours to a tenth, shares to a hundredth. Small counts stay.
pub(super) fn response(value: f64, info: &ResponseInfo, all: f64) -> f64 {
    match info.unit {
        _ if !value.is_finite() => value,
        "people" => released::people(value, all),
        _ if is_counted(info) => released::tens(value),
        "d" => released::days(value),
        "h" => released::hours(value),
        _ if is_share(info) && value > 0.0 && value < 1.0 => (value * 100.0).round().clamp(1.0, 99.0) / 100.0,
        _ => value,
    }
}

/// Whether values of a response are shares of one.
fn is_share(info: &ResponseInfo) -> bool {
    info.name.contains("share") || info.name.starts_with("utilisation")
}

/// A difference of two such values: its estimate is that of the values as they are given, its ends go outward to their step.
pub(super) fn difference(exact: &Interval, [base, variant]: [Option<f64>; 2], info: &ResponseInfo) -> Interval {
    let step: f64 = match info.unit {
        _ if is_counted(info) => 10.0,
        "d" | "h" => 0.1,
        _ if is_share(info) => 0.01,
        _ => return *exact,
    };
    let per = if step < 1.0 { (1.0 / step).round() } else { 1.0 / step };
    let (lower, upper) = ((exact.lower * per + 1e-9).floor() / per, (exact.upper * per - 1e-9).ceil() / per);
    let estimate = base.zip(variant).map_or(exact.estimate, |(base, variant)| ((variant - base) * per).round() / per);
    let mut given = *exact;
    (given.estimate, given.lower, given.upper) = (estimate, lower.min(estimate), upper.max(estimate));
    given
}

/// The error of such values, up to their step and at least that.
pub(super) fn error(value: f64, info: &ResponseInfo) -> f64 {
    match info.unit {
        _ if !value.is_finite() => value,
        _ if is_counted(info) => released::tens_error(value),
        "d" | "h" => released::days_error(value),
        _ if is_share(info) => ((value * 100.0 - 1e-9).ceil() / 100.0).max(0.01),
        _ => value,
    }
}

/// A bound on a response, rounded as its values are.
pub(super) fn bound(bound: Bound, info: &ResponseInfo, all: f64) -> Bound {
    match bound {
        Bound::AtMost(bound) => Bound::AtMost(response(bound, info, all)),
        Bound::AtLeast(bound) => Bound::AtLeast(response(bound, info, all)),
    }
}

/// What sums up a response, rounded as its values are: a mean of rounded values is finer than they are.
pub(super) fn summary(one: &mut ResponseSummary, all: f64) {
    let ResponseSummary { info, mean, half_width, quantiles, mcse, min, max, .. } = one;
    let values = [mean, min, max].into_iter().chain(quantiles);
    values.flatten().for_each(|value| *value = response(*value, info, all));
    std::iter::once(half_width).chain(mcse).flatten().for_each(|value| *value = error(*value, info));
}

/// An instant or a length of time to ten minutes.
pub(super) fn ticks(ticks: u64) -> u64 {
    const TEN: u64 = 10 * TICKS_PER_MINUTE;
    (ticks + TEN / 2) / TEN * TEN
}

/// Hours to ten minutes.
fn hours(hours: f64) -> f64 {
    (hours * 6.0).round() / 6.0
}

/// The movements of a run with rounded times and distances, and without light.
pub(super) fn detail(detail: &mut Detail) {
    for row in &mut detail.segments {
        (row.start, row.end) = (ticks(row.start), ticks(row.end));
        (row.km_from, row.km_to) = (released::tens(row.km_from), released::tens(row.km_to));
        row.light = "";
    }
    detail.segments.retain(|row| row.end > row.start);
    for row in &mut detail.convoys {
        row.formed = ticks(row.formed);
        for instant in [&mut row.loaded, &mut row.start_point, &mut row.arrive, &mut row.clear, &mut row.accepted] {
            *instant = instant.map(ticks);
        }
        let ConvoyRow { wait_to_start_h, border_queue_bus_h, exposed_h, uncovered_h, longest_halt_h, longest_uncovered_h, .. } = row;
        for value in [wait_to_start_h, border_queue_bus_h, exposed_h, uncovered_h, longest_halt_h, longest_uncovered_h] {
            *value = hours(*value);
        }
        row.motion_h.iter_mut().for_each(|(_, value)| *value = hours(*value));
    }
    classes(detail);
}

/// Classes of exposure as they are without light: the hours of each movement are shared out as its segments are. As they were, they would say
/// how long each movement was in daylight.
fn classes(detail: &mut Detail) {
    let mut shares: Vec<(u32, [f64; 4])> = Vec::new();
    for movement in movements(detail) {
        let mut in_class = [0.0; 4];
        for stretch in movement.stretches.iter().filter(|stretch| stretch.is_exposed()) {
            in_class[stretch.class as usize - 1] += (stretch.end - stretch.start) as f64 / TICKS_PER_HOUR as f64;
        }
        shares.push((movement.convoy.movement, in_class));
    }
    for row in &mut detail.convoys {
        let in_class = shares.iter().find(|(movement, _)| *movement == row.movement).map_or([0.0; 4], |(_, in_class)| *in_class);
        let sum: f64 = in_class.iter().sum();
        row.class_h = in_class.map(|part| if sum > 0.0 { hours(row.exposed_h * part / sum) } else { 0.0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Better, sample};

    #[test]
    fn numbers_are_rounded_as_people_round_them() {
        let of = |value: f64, name: &str, unit: &'static str| {
            response(value, &ResponseInfo { name: name.into(), unit, better: Better::Lower, reading: "".into() }, 7_017.0)
        };
        assert_eq!([rounded(0), rounded(4), rounded(236), rounded(7_000)], [0, 10, 240, 7_000]);
        assert_eq!([of(7_017.0, "accepted_people", "people"), of(232.4, "throughput_per_day", "people/d")], [7_020.0, 230.0]);
        assert_eq!([of(7_016.0, "accepted_people", "people"), of(0.996, "covered_share", "")], [7_010.0, 0.99]);
        assert_eq!([of(1_234.5, "exposed_person_hours", "h"), of(9.03, "exposure_per_person_hours", "h")], [1_230.0, 9.0]);
        // What was in time stays in time, and what was late stays late.
        let days = |value| of(value, "days_to_completion", "d");
        assert_eq!([days(30.0), days(29.96), days(30.000_1)], [30.0, 30.0, 30.1]);
        assert!(days(f64::NAN).is_nan());
        assert_eq!([ticks(14 * TICKS_PER_MINUTE), ticks(15 * TICKS_PER_MINUTE)], [10 * TICKS_PER_MINUTE, 20 * TICKS_PER_MINUTE]);
    }

    #[test]
    fn differences_are_those_of_rounded_values_with_ends_outward() {
        let exact = crate::stats::mean_interval(&[-0.93, -0.83, -0.88], 0.95).expect("three values");
        let info = ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() };
        let given = difference(&exact, [Some(33.0), Some(32.1)], &info);
        assert_eq!(given.estimate, -0.9);
        assert!(given.lower <= exact.lower && given.upper >= exact.upper, "{exact:?} {given:?}");
        assert!([given.lower, given.upper].iter().all(|end| (end * 10.0 - (end * 10.0).round()).abs() < 1e-9), "{given:?}");
    }

    #[test]
    fn people_in_every_state_sum_to_all_and_nobody_is_lost_by_rounding() {
        for (people, given) in [
            ([800, 0, 0, 0, 0], [800, 0, 0, 0, 0]),
            ([796, 4, 0, 0, 0], [790, 10, 0, 0, 0]),
            ([1, 1, 1, 1, 796], [10, 10, 10, 10, 760]),
            ([0, 0, 0, 1, 799], [0, 0, 0, 10, 790]),
            ([1_005, 1_005, 1_005, 1_002, 0], [1_010, 1_000, 1_010, 1_000, 0]),
        ] {
            let mut states = people;
            super::states(&mut states);
            assert_eq!(states.iter().sum::<u32>(), given.iter().sum::<u32>(), "{people:?}: {states:?}");
            assert_eq!(states.map(|count| count == 0), given.map(|count| count == 0), "{people:?}: {states:?}");
            assert!(states.iter().zip(given).all(|(one, other)| one.abs_diff(other) <= 10), "{people:?}: {states:?}");
        }
    }

    #[test]
    fn movements_keep_no_light_in_their_segments_or_classes() {
        let mut by_night = sample::detail(0);
        let mut by_day = by_night.clone();
        by_day.segments.iter_mut().for_each(|row| row.light = "day");
        by_day.convoys.iter_mut().for_each(|row| row.class_h.rotate_right(1));
        detail(&mut by_night);
        detail(&mut by_day);
        assert_eq!(by_night, by_day);
    }
}
