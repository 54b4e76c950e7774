//! Movements as stretches of time in which class of exposure, activity and place stay the same.

use crate::results::{ConvoyRow, Detail, Output, SegmentRow};
use std::collections::BTreeMap;

/// How exposed a movement is: inside a custody site, or how many of {not moving, uncovered, under-escorted, daylight} hold outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Class {
    Custody,
    Low,
    Moderate,
    High,
    /// Three or four of them.
    Highest,
}

impl Class {
    pub(super) const ALL: [Self; 5] = [Self::Custody, Self::Low, Self::Moderate, Self::High, Self::Highest];

    fn of(segment: &SegmentRow) -> Self {
        if segment.motion.is_empty() {
            return Self::Custody;
        }
        let worse = [segment.motion != "moving", segment.cover == "uncovered", segment.escort == "under-escorted", segment.light == "day"];
        match worse.iter().filter(|holds| **holds).count() {
            0 => Self::Low,
            1 => Self::Moderate,
            2 => Self::High,
            _ => Self::Highest,
        }
    }

    pub(in crate::report) const fn word(self) -> &'static str {
        match self {
            Self::Custody => "in custody site",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::Highest => "highest",
        }
    }

    /// Height of its bar as a share of the lane.
    pub(super) const fn height(self) -> f64 {
        [0.15, 0.34, 0.54, 0.74, 0.90][self as usize]
    }
}

/// What makes a class, for captions and those who do not see the picture.
pub(super) fn class_rule(output: &Output) -> &'static str {
    if output.setting.light.is_empty() {
        "Class counts how many of not moving, uncovered, under-escorted hold: none is low, one moderate, two high, three highest"
    } else {
        "Class counts how many of not moving, uncovered, under-escorted, daylight hold: none is low, one moderate, two high, more highest"
    }
}

/// A stretch of a movement.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Stretch<'o> {
    pub(in crate::report) class: Class,
    /// Boarding, moving, border queue …
    pub(in crate::report) kind: &'static str,
    /// Leg, crossing or node id.
    pub(in crate::report) place: &'o str,
    /// In ticks.
    pub(in crate::report) start: u64,
    pub(in crate::report) end: u64,
    pub(in crate::report) km: (f64, f64),
}

impl Stretch<'_> {
    pub(in crate::report) fn is_exposed(&self) -> bool {
        self.class != Class::Custody
    }

    /// Whether it is exposed and not moving.
    pub(super) fn is_halt(&self) -> bool {
        self.is_exposed() && self.kind != "moving"
    }

    /// Whether its place is a node, not a leg: legs may have the id of the node that they lead to.
    pub(super) fn is_at_node(&self) -> bool {
        !["moving", "scheduled halt", "unscheduled halt"].contains(&self.kind)
    }
}

/// A movement that set out.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Movement<'o> {
    pub(in crate::report) convoy: &'o ConvoyRow,
    /// When it passed the start point or took off, in ticks.
    pub(super) set_out: u64,
    /// In order of time, none empty. What lies between them is flight or a secured crossing.
    pub(in crate::report) stretches: Vec<Stretch<'o>>,
}

impl<'o> Movement<'o> {
    /// Route and place within it, as in `road-central 4`.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.convoy.route, self.convoy.nth)
    }

    pub(in crate::report) fn is_by_air(&self) -> bool {
        self.convoy.mode == "air"
    }

    /// Start of the first and end of the last stretch.
    pub(super) fn span(&self) -> (u64, u64) {
        let start = self.stretches.first().map_or(self.set_out, |stretch| stretch.start.min(self.set_out));
        (start, self.stretches.last().map_or(self.set_out, |stretch| stretch.end.max(self.set_out)))
    }

    /// The longest time without moving between two moves: stretches of it, at least one; `None` where it never halts.
    pub(super) fn longest_halt(&self) -> Option<&[Stretch<'o>]> {
        let mut longest: Option<&[Stretch<'o>]> = None;
        for halt in self.stretches.chunk_by(|a, b| a.is_halt() && b.is_halt() && a.end == b.start && a.place == b.place) {
            if halt[0].is_halt() && longest.is_none_or(|known| halt_ticks(known) < halt_ticks(halt)) {
                longest = Some(halt);
            }
        }
        longest
    }
}

/// Length of a halt in ticks.
pub(super) fn halt_ticks(halt: &[Stretch<'_>]) -> u64 {
    halt.iter().map(|stretch| stretch.end - stretch.start).sum()
}

/// All movements that set out, in order of forming.
pub(in crate::report) fn movements<'d>(detail: &'d Detail) -> Vec<Movement<'d>> {
    let mut segments: BTreeMap<u32, Vec<&SegmentRow>> = BTreeMap::new();
    for segment in detail.segments.iter().filter(|segment| segment.end > segment.start) {
        segments.entry(segment.movement).or_default().push(segment);
    }
    let of = |convoy: &'d ConvoyRow| {
        let set_out = convoy.start_point?;
        let mut of_it = segments.remove(&convoy.movement).unwrap_or_default();
        of_it.sort_by_key(|segment| (segment.start, segment.end));
        let mut stretches: Vec<Stretch<'_>> = Vec::new();
        for segment in of_it {
            let class = Class::of(segment);
            match stretches.last_mut() {
                Some(last)
                    if (last.class, last.kind, last.place, last.end) == (class, segment.kind, segment.place.as_str(), segment.start) =>
                {
                    last.end = segment.end;
                    last.km.1 = segment.km_to;
                }
                _ => stretches.push(Stretch {
                    class,
                    kind: segment.kind,
                    place: &segment.place,
                    start: segment.start,
                    end: segment.end,
                    km: (segment.km_from, segment.km_to),
                }),
            }
        }
        Some(Movement { convoy, set_out, stretches })
    };
    detail.convoys.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sample;
    use crate::units::TICKS_PER_HOUR;

    fn segment(flags: [&'static str; 4]) -> SegmentRow {
        let [motion, cover, escort, light] = flags;
        SegmentRow { motion, cover, escort, light, ..sample::detail(0).segments[0].clone() }
    }

    #[test]
    fn a_class_counts_what_makes_it_worse() {
        let cases = [
            (["", "", "", "day"], Class::Custody),
            (["moving", "covered", "adequate", "civil twilight"], Class::Low),
            (["moving", "covered", "adequate", "day"], Class::Moderate),
            (["border queue", "uncovered", "adequate", "night"], Class::High),
            (["border queue", "uncovered", "adequate", "day"], Class::Highest),
            (["re-form", "uncovered", "under-escorted", "day"], Class::Highest),
        ];
        for (flags, class) in cases {
            assert_eq!(Class::of(&segment(flags)), class, "{flags:?}");
        }
    }

    #[test]
    fn stretches_join_where_nothing_changes_and_a_halt_is_one_whatever_its_parts() {
        let mut detail = sample::detail(0);
        let hour = TICKS_PER_HOUR;
        let add = |kind, start: u64, end: u64, km: (f64, f64), light| SegmentRow {
            kind,
            motion: kind,
            place: if kind == "moving" { "to border".into() } else { "border".into() },
            start: start * hour,
            end: end * hour,
            km_from: km.0,
            km_to: km.1,
            light,
            ..sample::detail(0).segments[0].clone()
        };
        detail.segments.push(add("moving", 9, 10, (120.0, 150.0), "night"));
        detail.segments.push(add("border queue", 10, 12, (150.0, 150.0), "night"));
        detail.segments.push(add("border service", 12, 13, (150.0, 150.0), "day"));
        let movements = movements(&detail);
        let [movement] = movements.as_slice() else { panic!("one movement") };
        let spans: Vec<_> = movement.stretches.iter().map(|stretch| (stretch.kind, stretch.start / hour, stretch.end / hour)).collect();
        assert_eq!(spans, [("moving", 6, 10), ("border queue", 10, 12), ("border service", 12, 13)]);
        assert_eq!(movement.stretches[0].km, (0.0, 150.0));
        assert_eq!(movement.longest_halt().map(halt_ticks), Some(3 * hour));
    }
}
