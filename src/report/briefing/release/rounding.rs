//! Numbers as people say them. Exact ones would let a reader try which inputs give them.

use crate::report::chart::one_run::movements;
use crate::results::{ConvoyRow, Detail, ResponseInfo};
use crate::units::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// People to the nearest ten.
pub(super) fn rounded(people: u32) -> u32 {
    people.saturating_add(5) / 10 * 10
}

/// The same of a measured or computed number.
pub(super) fn rounded_f(value: f64) -> f64 {
    (value / 10.0).round() * 10.0
}

/// Whether values of a response are given to the nearest ten: people, people per day, person-hours, person-days, kilometres.
pub(super) fn is_counted(info: &ResponseInfo) -> bool {
    let of_people = ["person_hours", "person_days"].iter().any(|part| info.name.contains(part)) && !info.name.contains("per_person");
    of_people || info.unit.contains("people") || info.unit.contains("km")
}

/// A value of a response: people and kilometres to ten, days up to a tenth (so that "by day 30" stays true or false), hours to a tenth.
/// Shares and small counts stay.
pub(super) fn response(value: f64, info: &ResponseInfo) -> f64 {
    match info.unit {
        _ if !value.is_finite() => value,
        _ if is_counted(info) => rounded_f(value),
        "d" => (value * 10.0 - 1e-9).ceil().max(0.0) / 10.0,
        "h" => (value * 10.0).round() / 10.0,
        _ => value,
    }
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
        (row.km_from, row.km_to) = (rounded_f(row.km_from), rounded_f(row.km_to));
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
            response(value, &ResponseInfo { name: name.into(), unit, better: Better::Lower, reading: "".into() })
        };
        assert_eq!([rounded(4), rounded(236), rounded(7_000), rounded(u32::MAX)], [0, 240, 7_000, u32::MAX / 10 * 10]);
        assert_eq!([of(7_017.0, "accepted_people", "people"), of(232.4, "throughput_per_day", "people/d")], [7_020.0, 230.0]);
        assert_eq!([of(1_234.5, "exposed_person_hours", "h"), of(9.03, "exposure_per_person_hours", "h")], [1_230.0, 9.0]);
        // What was in time stays in time, and what was late stays late.
        let days = |value| of(value, "days_to_completion", "d");
        assert_eq!([days(30.0), days(29.96), days(30.000_1)], [30.0, 30.0, 30.1]);
        assert!(days(f64::NAN).is_nan());
        assert_eq!([ticks(14 * TICKS_PER_MINUTE), ticks(15 * TICKS_PER_MINUTE)], [10 * TICKS_PER_MINUTE, 20 * TICKS_PER_MINUTE]);
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
