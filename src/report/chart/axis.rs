//! Scales and axes: where a value stands, which values are named.

use super::font;
use super::look::{Look, Use};
use super::pen::{Anchor, Area, Pen, Type};
use crate::report::words::{figure, plain};
use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;

/// A linear scale from values to places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    values: (f64, f64),
    places: (f64, f64),
}

impl Scale {
    /// From the first value at the first place to the last at the last. A scale of one value stands in the middle.
    pub(super) fn new(values: (f64, f64), places: (f64, f64)) -> Self {
        Self { values, places }
    }

    /// Where a value stands; what lies outside stands at the edge.
    pub(super) fn at(self, value: f64) -> f64 {
        let (low, high) = self.values;
        let part = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        self.places.0 + part * (self.places.1 - self.places.0)
    }

    /// Length of one unit of value.
    pub(super) fn unit(self) -> f64 {
        ((self.places.1 - self.places.0) / (self.values.1 - self.values.0)).abs()
    }

    /// First and last value.
    pub(super) fn values(self) -> (f64, f64) {
        self.values
    }
}

/// Round values from `low` to `high`, at most so many.
pub(super) fn round_steps(low: f64, high: f64, at_most: usize) -> Vec<f64> {
    let scale: RangedCoordf64 = (low..high).into();
    let mut steps = scale.key_points(BoldPoints(at_most));
    steps.retain(|step| (low..=high).contains(step));
    steps
}

/// The least round value at or above a positive one.
pub(super) fn round_up(value: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 < value {
        power *= 10.0;
    }
    [0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|round| *round >= value)
        .unwrap_or(value)
}

/// The largest round value at or below a positive one; 0 for what is none.
pub(super) fn round_down(value: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 0.0;
    }
    let mut power = 1.0;
    while power > value {
        power /= 10.0;
    }
    while power * 10.0 <= value {
        power *= 10.0;
    }
    [6.0, 5.0, 4.0, 3.0, 2.0].into_iter().map(|digit| digit * power).find(|round| *round <= value).unwrap_or(power)
}

/// Whole days from `low` to `high` at even distances, weeks where there are many; at most so many.
pub(super) fn day_steps(low: f64, high: f64, at_most: usize) -> Vec<f64> {
    let every = [1.0, 2.0, 5.0, 7.0, 14.0, 28.0, 56.0, 112.0, 224.0].into_iter().find(|every| (high - low) / every <= at_most as f64);
    let every = every.unwrap_or(448.0);
    let first = (low / every).ceil() as i64;
    let last = (high / every).floor() as i64;
    (first..=last).map(|n| n as f64 * every).collect()
}

/// Names steps shortly, with as many decimals as tell one from the next.
pub(super) fn named_apart(steps: &[f64]) -> impl Fn(f64) -> String + use<> {
    let apart = |shown: &dyn Fn(f64) -> String| steps.windows(2).all(|pair| shown(pair[0]) != shown(pair[1]));
    let fine = if apart(&plain) { None } else { (2..9).find(|decimals| apart(&|step| figure(step, *decimals))) };
    move |step| fine.map_or_else(|| plain(step), |decimals| figure(step, decimals))
}

/// Horizontal lines with their values left of the area.
pub(super) fn values_at_left(pen: &mut Pen<'_>, look: Look, area: Area, scale: Scale, steps: &[f64], name: impl Fn(f64) -> String) {
    let palette = look.palette();
    for step in steps {
        let y = scale.at(*step);
        let base = *step == 0.0 && (y - area.bottom).abs() < 0.5;
        pen.line(&[(area.left, y), (area.right, y)], 1.5, if base { palette.rule } else { palette.grid });
        let middle = y + look.type_size(Use::Tick) * 0.36;
        pen.text((area.left - look.px(12.0), middle), &name(*step), Type::new(Use::Tick, palette.ink[1]).end());
    }
}

/// Room that [`values_at_left`] needs for the widest of its names.
pub(super) fn width_at_left(look: Look, names: &[&str]) -> f64 {
    let widest = names.iter().map(|name| font::width(name, look.type_size(Use::Tick), false)).fold(0.0, f64::max);
    look.px(12.0) + widest + 1.0
}

/// The axis below an area, its values beneath; a name that would touch its neighbour is left out.
pub(super) fn values_below(pen: &mut Pen<'_>, look: Look, area: Area, scale: Scale, steps: &[f64], name: impl Fn(usize, f64) -> String) {
    let palette = look.palette();
    pen.line(&[(area.left, area.bottom), (area.right, area.bottom)], 1.5, palette.rule);
    for (i, step) in steps.iter().enumerate() {
        let x = scale.at(*step);
        pen.line(&[(x, area.bottom), (x, area.bottom + look.px(9.0))], 1.5, palette.outline);
        let y = area.bottom + look.px(14.0) + look.type_size(Use::Tick);
        pen.text_where_free(&[((x, y), Anchor::Middle)], &name(i, *step), Type::new(Use::Tick, palette.ink[1]));
    }
}

/// Height that [`values_below`] needs.
pub(super) fn height_below(look: Look) -> f64 {
    look.px(24.0) + look.type_size(Use::Tick) * 1.3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(round_steps(0.0, 7_000.0, 8), [0.0, 1_000.0, 2_000.0, 3_000.0, 4_000.0, 5_000.0, 6_000.0, 7_000.0]);
        assert_eq!(day_steps(0.0, 49.0, 8), [0.0, 7.0, 14.0, 21.0, 28.0, 35.0, 42.0, 49.0]);
        assert_eq!(day_steps(20.0, 50.0, 7), [20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0]);
        assert!(day_steps(0.0, 400.0, 8).len() <= 9);
        assert_eq!([round_up(37.0), round_up(1.0), round_up(0.3), round_up(240.0)], [40.0, 1.0, 0.5, 250.0]);
        assert_eq!(
            [round_down(37.0), round_down(1.0), round_down(6.9), round_down(0.0), round_down(f64::INFINITY)],
            [30.0, 1.0, 6.0, 0.0, 0.0]
        );
    }

    #[test]
    fn a_scale_keeps_to_its_edges() {
        let scale = Scale::new((0.0, 10.0), (100.0, 200.0));
        assert_eq!([scale.at(-1.0), scale.at(5.0), scale.at(11.0), scale.unit()], [100.0, 150.0, 200.0, 10.0]);
        assert_eq!(Scale::new((3.0, 3.0), (0.0, 10.0)).at(3.0), 5.0);
    }
}
