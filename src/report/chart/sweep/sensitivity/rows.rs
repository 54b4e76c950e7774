//! What the rows say: one an input, most important first, with the measure that ranks it and the one beside it.

use crate::report::difference::places;
use crate::report::sensitivity::{share, stands_out, up_to_effect, up_to_share, with_ends};
use crate::results::{Measures, ResponseSensitivity, Sensitivity};
use crate::stats::Interval;

/// An input.
pub(super) struct Row {
    pub(super) label: String,
    /// Its range, and which way the response goes along it.
    pub(super) about: String,
    /// Whether it can be told from noise.
    pub(super) known: bool,
    /// The measure that ranks, and the one beside it.
    pub(super) marks: [Interval; 2],
    /// Both in words.
    pub(super) told: [String; 2],
}

/// What the row of an input without effect is called, and what it shows.
pub(super) const NO_EFFECT: [&str; 2] = ["input without effect", "noise alone"];

/// What an input without effect would show.
pub(super) struct Floor {
    /// Up to where, by measure.
    pub(super) ends: [f64; 2],
    /// The same in words.
    pub(super) told: [String; 2],
}

/// Everything that the rows show.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Nothing where there is one replication of each point.
    pub(super) floor: Option<Floor>,
    /// What the two measures are called.
    pub(super) measures: [&'static str; 2],
    /// First and last of each run of rows whose order is not known.
    pub(super) open: Vec<(usize, usize)>,
}

/// The rows of a response; none where nothing can be said of it.
pub(super) fn of(analysis: &Sensitivity, response: &ResponseSensitivity) -> Rows {
    let measures = &response.measures;
    let row = |factor: usize| {
        let known = stands_out(measures, factor);
        let varied = &analysis.factors[factor];
        let range = format!("{} to {}", varied.ends[0], varied.ends[1]);
        let (way, marks, told) = match measures {
            Measures::Sobol(found) => {
                let (total, first) = (found.total[factor], found.first[factor]);
                ("", [total, first], [share(&total), format!("alone {}", share(&first))])
            }
            Measures::Morris(found) => {
                let one = &found.factors[factor];
                let effect = |one: &Interval| with_ends(one, places(one.half_width()));
                let told = [effect(&one.mu_star), format!("spread {}", effect(&one.sigma))];
                (if known { way(&one.mu) } else { "" }, [one.mu_star, one.sigma], told)
            }
            Measures::Unknown => unreachable!("it ranks nothing"),
        };
        Row { label: varied.label.clone(), about: range + way, known, marks, told }
    };
    let floor = match measures {
        Measures::Sobol(found) => {
            found.floor.map(|floor| Floor { ends: [floor.total, floor.first], told: [floor.total, floor.first].map(up_to_share) })
        }
        Measures::Morris(found) => {
            found.floor.map(|floor| Floor { ends: [floor.mu_star, floor.sigma], told: [floor.mu_star, floor.sigma].map(up_to_effect) })
        }
        Measures::Unknown => None,
    };
    let mut open = Vec::new();
    let mut first = 0;
    for group in measures.groups() {
        let last = first + group.len() - 1;
        if last > first {
            open.push((first, last));
        }
        first = last + 1;
    }
    Rows {
        rows: measures.ranking().into_iter().map(row).collect(),
        floor,
        measures: match measures {
            Measures::Morris(_) => ["mean size (mu*)", "spread (sigma)"],
            _ => ["total", "alone (first order)"],
        },
        open,
    }
}

/// Which way the response goes on average from the lowest value to the highest, as far as that is known.
fn way(mean: &Interval) -> &'static str {
    match mean {
        mean if mean.upper < 0.0 => ": it falls",
        mean if mean.lower > 0.0 => ": it rises",
        _ => "",
    }
}
