//! Charts: functions from what an output folder holds to pictures.
//!
//! Each chart is a room of its own that takes what a folder of one kind holds (the [`Output`] of a run, a [`Comparison`], [`Assumed`], a [`SweepOutput`])
//! and an [`Order`], and gives back one SVG, the master from which PNG, briefing and print are made. The same input gives the same bytes. Titles are sentences that `claims` lets through: what simulation noise
//! could turn around is not said, and a neutral title stands there instead.
//!
//! * `look`: formats, themes, colours, type; the house style and nothing else
//! * `sheet`, `pen`, `font`, `axis`, `key`, `figures`: the page and what is drawn on it, the only users of plotters
//! * `one_run`: charts of one replication
//! * `png`: the picture in pixels
//!
//! To add a chart: a file with a function of one of the types in `Draw`, and a line in [`CHARTS`].

pub(super) mod attribution;
mod axis;
pub(super) mod bottlenecks;
pub(super) mod burn_up;
mod claims;
mod completion;
mod convergence;
mod figures;
mod font;
mod key;
mod look;
pub(super) mod one_run;
mod paired;
mod pen;
mod png;
mod scenarios;
mod sheet;
mod sweep;
mod throughput;
mod tornado;

pub use font::{MORE, REGULAR, SEMI_BOLD, draws};
pub use look::{Look, Size, Theme};
pub use png::{NotRasterised, options, rasterise};
pub(super) use sheet::escaped;

use crate::results::{Assumed, Comparison, Kind, Output, SweepOutput};

/// How a chart is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Format and colours.
    pub look: Look,
    /// For charts of one replication: its rank of completion in percent, one of 10, 50, 90.
    pub percent: u32,
    /// For charts of one variant or one analysis: its place among them, from 0.
    pub nth: usize,
}

impl Order {
    /// The run in the middle, the first variant or analysis.
    #[must_use]
    pub const fn new(look: Look) -> Self {
        Self { look, percent: 50, nth: 0 }
    }
}

/// What a chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Material<'m> {
    /// A run.
    Run(&'m Output),
    /// Variants against a base.
    Comparison(&'m Comparison),
    /// Assumptions moved over their ranges.
    Assumptions(&'m Assumed),
    /// The points of a sweep.
    Sweep(&'m SweepOutput),
}

impl Material<'_> {
    /// The kind of folder that holds such.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Run(_) => Kind::Run,
            Self::Comparison(_) => Kind::Comparison,
            Self::Assumptions(_) => Kind::Explanation,
            Self::Sweep(_) => Kind::Sweep,
        }
    }

    /// How many pictures a chart comes to: one for each variant or analysis where it shows one. Where there is no analysis, one that
    /// cannot be drawn and says why.
    #[must_use]
    pub fn pictures(self, chart: &Chart) -> usize {
        match (self, chart.shows) {
            (Self::Comparison(comparison), Shows::OneVariant) => comparison.contrasts.len(),
            (Self::Sweep(sweep), Shows::OneAnalysis) => sweep.sensitivity.len().max(1),
            _ => 1,
        }
    }
}

impl<'m> From<&'m Output> for Material<'m> {
    fn from(output: &'m Output) -> Self {
        Self::Run(output)
    }
}

impl<'m> From<&'m Comparison> for Material<'m> {
    fn from(comparison: &'m Comparison) -> Self {
        Self::Comparison(comparison)
    }
}

impl<'m> From<&'m Assumed> for Material<'m> {
    fn from(assumed: &'m Assumed) -> Self {
        Self::Assumptions(assumed)
    }
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
    /// How much of what is there one picture shows.
    pub shows: Shows,
    draw: Draw,
}

/// How much of what is there one picture of a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// All of it.
    Everything,
    /// One replication, to be chosen by [`Order::percent`].
    OneRun,
    /// One variant of a comparison, to be chosen by [`Order::nth`].
    OneVariant,
    /// One analysis of sensitivity, to be chosen by [`Order::nth`].
    OneAnalysis,
}

impl<'m> From<&'m SweepOutput> for Material<'m> {
    fn from(sweep: &'m SweepOutput) -> Self {
        Self::Sweep(sweep)
    }
}

/// How a kind of chart is drawn from what it needs.
#[derive(Clone, Copy, Debug)]
enum Draw {
    Run(fn(&Output, Order) -> Result<String, NotDrawn>),
    Comparison(fn(&Comparison, Order) -> Result<String, NotDrawn>),
    Assumptions(fn(&Assumed, Order) -> Result<String, NotDrawn>),
    Sweep(fn(&SweepOutput, Order) -> Result<String, NotDrawn>),
}

/// All charts, in the order in which they are best read.
pub const CHARTS: &[Chart] = &[
    Chart {
        name: "burn-up",
        question: "How many have been accepted by when, and are reports in line?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Run(burn_up::draw),
    },
    Chart {
        name: "completion",
        question: "What day can be promised, and how late is late?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Run(completion::draw),
    },
    Chart {
        name: "throughput",
        question: "What does one day look like, by land and by air?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Run(throughput::draw),
    },
    Chart {
        name: "swimlane",
        question: "Who was exposed, where, how long, on one day?",
        usual: false,
        shows: Shows::OneRun,
        draw: Draw::Run(one_run::swimlane::draw),
    },
    Chart {
        name: "time-distance",
        question: "Where do convoys bunch, halt, meet daylight?",
        usual: false,
        shows: Shows::OneRun,
        draw: Draw::Run(one_run::time_distance::draw),
    },
    Chart {
        name: "exposure-calendar",
        question: "At what hours and on which nights are people exposed, and how much in daylight?",
        usual: true,
        shows: Shows::OneRun,
        draw: Draw::Run(one_run::exposure_calendar::draw),
    },
    Chart {
        name: "bottlenecks",
        question: "What limits the rate?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Run(bottlenecks::draw),
    },
    Chart {
        name: "attribution",
        question: "What were the days spent on?",
        usual: false,
        shows: Shows::Everything,
        draw: Draw::Run(attribution::draw),
    },
    Chart {
        name: "convergence",
        question: "Were there enough replications?",
        usual: false,
        shows: Shows::Everything,
        draw: Draw::Run(convergence::draw),
    },
    Chart {
        name: "paired",
        question: "Is the variant better, by how much, how sure?",
        usual: true,
        shows: Shows::OneVariant,
        draw: Draw::Comparison(paired::draw),
    },
    Chart {
        name: "scenarios",
        question: "How do days to completion compare over several scenarios?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Comparison(scenarios::draw),
    },
    Chart {
        name: "tornado",
        question: "Which assumptions move the answer most?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Assumptions(tornado::draw),
    },
    Chart {
        name: "heat-map",
        question: "Which pairs of settings meet the requirement, and where does more stop helping?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Sweep(sweep::heat_map::draw),
    },
    Chart {
        name: "lines",
        question: "What does more of one input do?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Sweep(sweep::lines::draw),
    },
    Chart {
        name: "pareto",
        question: "Which settings are worse than another in both responses?",
        usual: true,
        shows: Shows::Everything,
        draw: Draw::Sweep(sweep::pareto::draw),
    },
    Chart {
        name: "sensitivity",
        question: "Which inputs does the response depend on, and which of them cannot be told from noise?",
        usual: true,
        shows: Shows::OneAnalysis,
        draw: Draw::Sweep(sweep::sensitivity::draw),
    },
];

impl Chart {
    /// The chart of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        CHARTS.iter().find(|chart| chart.name == name)
    }

    /// The kind of folder that it is drawn from.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.draw {
            Draw::Run(_) => Kind::Run,
            Draw::Comparison(_) => Kind::Comparison,
            Draw::Assumptions(_) => Kind::Explanation,
            Draw::Sweep(_) => Kind::Sweep,
        }
    }

    /// Draws it as SVG.
    ///
    /// # Errors
    ///
    /// If the material holds nothing that this chart could show, as after an interrupted run, or is of another kind.
    pub fn draw<'m>(&self, material: impl Into<Material<'m>>, order: Order) -> Result<String, NotDrawn> {
        match (self.draw, material.into()) {
            (Draw::Run(draw), Material::Run(output)) => draw(output, order),
            (Draw::Comparison(draw), Material::Comparison(comparison)) => draw(comparison, order),
            (Draw::Assumptions(draw), Material::Assumptions(assumed)) => draw(assumed, order),
            (Draw::Sweep(draw), Material::Sweep(sweep)) => draw(sweep, order),
            (_, material) => Err(NotDrawn(format!("it is drawn of {}, and this is {}", self.kind().words(), material.kind().words()))),
        }
    }
}
