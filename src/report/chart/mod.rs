//! Charts: functions from what an output folder holds to pictures.
//!
//! Each chart is a room of its own that takes an [`Output`] and an [`Order`] and gives back one SVG, the master from which PNG, briefing
//! and print are made. The same input gives the same bytes. Titles are sentences that `claims` lets through: what simulation noise
//! could turn around is not said, and a neutral title stands there instead.
//!
//! * `look`: formats, themes, colours, type; the house style and nothing else
//! * `sheet`, `pen`, `font`, `axis`, `figures`: the page and what is drawn on it, the only users of plotters
//! * `one_run`: charts of one replication
//! * `png`: the picture in pixels
//!
//! To add a chart: a file with a function of the type of [`Chart::draw`], and a line in [`CHARTS`].

mod attribution;
mod axis;
mod bottlenecks;
mod burn_up;
mod claims;
mod completion;
mod convergence;
mod figures;
mod font;
mod look;
pub(super) mod one_run;
mod pen;
mod png;
mod sheet;
mod throughput;

pub use font::{REGULAR, SEMI_BOLD};
pub use look::{Look, Size, Theme};
pub use png::{NotRasterised, options, rasterise};
pub(super) use sheet::escaped;

use crate::results::Output;

/// How a chart is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Format and colours.
    pub look: Look,
    /// For charts of one replication: its rank of completion in percent, one of 10, 50, 90.
    pub percent: u32,
}

/// Why there is nothing to draw.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotDrawn(String);

/// A kind of chart.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// Its name, as on the command line and in file names.
    pub name: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// Whether `run` draws it unless told otherwise.
    pub usual: bool,
    /// Whether it shows one replication, to be chosen by [`Order::percent`].
    pub one_run: bool,
    draw: fn(&Output, Order) -> Result<String, NotDrawn>,
}

/// All charts, in the order in which they are best read.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "burn-up",
        question: "How many have been accepted by when, and are reports in line?",
        usual: true,
        one_run: false,
        draw: burn_up::draw,
    },
    Chart {
        name: "completion",
        question: "What day can be promised, and how late is late?",
        usual: true,
        one_run: false,
        draw: completion::draw,
    },
    Chart {
        name: "throughput",
        question: "What does one day look like, by land and by air?",
        usual: true,
        one_run: false,
        draw: throughput::draw,
    },
    Chart {
        name: "swimlane",
        question: "Who was exposed, where, how long, on one day?",
        usual: false,
        one_run: true,
        draw: one_run::swimlane::draw,
    },
    Chart {
        name: "time-distance",
        question: "Where do convoys bunch, halt, meet daylight?",
        usual: false,
        one_run: true,
        draw: one_run::time_distance::draw,
    },
    Chart {
        name: "exposure-calendar",
        question: "At what hours and on which nights are people exposed, and how much in daylight?",
        usual: true,
        one_run: true,
        draw: one_run::exposure_calendar::draw,
    },
    Chart { name: "bottlenecks", question: "What limits the rate?", usual: true, one_run: false, draw: bottlenecks::draw },
    Chart { name: "attribution", question: "What were the days spent on?", usual: false, one_run: false, draw: attribution::draw },
    Chart { name: "convergence", question: "Were there enough replications?", usual: false, one_run: false, draw: convergence::draw },
];

impl Chart {
    /// The chart of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        CHARTS.iter().find(|chart| chart.name == name)
    }

    /// Draws it as SVG.
    ///
    /// # Errors
    ///
    /// If the output holds nothing that this chart could show, as after an interrupted run.
    pub fn draw(&self, output: &Output, order: Order) -> Result<String, NotDrawn> {
        (self.draw)(output, order)
    }
}
