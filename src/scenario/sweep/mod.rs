//! Sweep files: which inputs of a base scenario vary, over which values, in which combinations.
//!
//! ```toml
//! [sweep]
//! name = "Lanes and escorts"
//! base = "../hasakah-iraq.toml"
//! replications = 40
//! requirement = "p80(days_to_completion) <= 36 d"
//!
//! [[factor]]
//! id = "lanes"
//! path = "crossing.border.lanes"
//! levels = [1, 2, 3, 4]
//!
//! [[block]]
//! design = "grid"
//! ```
//!
//! [`load`] reads one and tells everything wrong with its place, as for scenarios; [`tables::TABLES`] is the one list of what may be
//! written. A [`Factor`] turns a level, or a coordinate between
//! 0 and 1, into values for dotted paths; a [`Template`] is the base with its text read once, to be changed and checked for each
//! point. Which coordinates the points of a block have is not decided here.

mod factor;
mod keys;
mod list;
mod read;
mod requirement;
mod schema;
pub mod tables;
mod template;
mod value;

pub use factor::{Factor, Level, Scale, Setting};
pub use read::load;
pub use requirement::{Requirement, requirement};
pub use schema::schema;
pub use template::{Point, Template};

use super::problem::{Place, Problem};

/// A sweep, as written and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Its name.
    pub name: String,
    /// The question it answers.
    pub question: Option<String>,
    /// The base scenario, as written.
    pub base: String,
    /// What is laid over the base before anything varies: `route.road.headway="30 min"`, as for `--set`.
    pub overrides: Vec<String>,
    /// Replications a point; `None` where the base says how many.
    pub replications: Option<u32>,
    /// How precisely responses are to be known at each point, in place of a number of replications; see [`conditions`].
    ///
    /// [`conditions`]: super::conditions
    pub until: Option<Written>,
    /// No more replications a point than this, with `until`.
    pub at_most: u32,
    /// Root seed, in place of the base's.
    pub seed: Option<u64>,
    /// Whether every point has the same random numbers.
    pub common_random_numbers: bool,
    /// The responses that are recorded; empty for all of them.
    pub responses: Vec<Written>,
    /// The responses that are summed up for each point and shown; empty for the usual ones.
    pub show: Vec<Written>,
    /// What a point is to meet; see [`requirement`].
    pub requirement: Option<Written>,
    /// What varies.
    pub factors: Vec<Factor>,
    /// In which combinations.
    pub blocks: Vec<Block>,
    /// (name, content) of the sweep file, of every list it names and of every text of the base, all seen from the sweep file's folder.
    pub texts: Vec<(String, String)>,
}

impl Sweep {
    /// The problem of a text that was read by itself, with its place in the file.
    #[must_use]
    pub fn within(&self, problem: &Problem, written: &Written) -> Problem {
        // Behind the quote with which the value begins.
        self.at(problem, &Place { column: written.place.column + problem.place.column, ..written.place.clone() })
    }

    /// A problem that something in the sweep file made, with its place there.
    #[must_use]
    pub fn at(&self, problem: &Problem, place: &Place) -> Problem {
        // A level that a list names stands in the file of the list.
        let named = self.texts.iter().skip(1).find(|(name, _)| place.file.ends_with(name.as_str()));
        let text = named.or(self.texts.first()).map_or("", |(_, text)| text);
        let line = text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default().to_owned();
        let column = place.column.clamp(1, line.chars().count().max(1));
        Problem { place: Place { column, ..place.clone() }, line, cut: 0, ..problem.clone() }
    }

    /// Names of the responses that the file names, with their places.
    pub fn named(&self) -> impl Iterator<Item = &Written> {
        self.responses.iter().chain(&self.show)
    }

    /// The position of a factor.
    #[must_use]
    pub fn factor(&self, id: &str) -> Option<usize> {
        self.factors.iter().position(|factor| factor.id == id)
    }
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}

/// Points made by one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The rule.
    pub design: Design,
    /// Positions of the factors that vary, in the order written; the others keep the value of the base.
    pub factors: Vec<usize>,
    /// Where it is written.
    pub place: Place,
}

/// The rule by which a block makes its points.
#[derive(Clone, Debug, PartialEq)]
pub enum Design {
    /// Every combination of levels, the last factor fastest.
    Grid,
    /// The first levels of all factors together, then the second, and so on.
    Zip,
    /// Rows of a file: for each factor of the block its level, by position.
    List(Vec<Vec<usize>>),
    /// A Latin hypercube of so many points.
    Lhs(u32),
    /// So many points of a scrambled Sobol' sequence, for Sobol' indices with the matrices A, B and AB of so many rows.
    Sobol {
        /// Rows of each matrix, a power of two.
        rows: u32,
        /// Whether also the matrices BA are made, which indices of the second order need.
        second_order: bool,
    },
    /// Trajectories that change one factor at a time.
    Morris {
        /// How many.
        trajectories: u32,
        /// Levels of each factor, an even number.
        levels: u32,
    },
    /// Lowest and highest level of every factor: all combinations, or the fraction that the generators leave, as in `E=ABCD`.
    Factorial(Vec<String>),
}

impl Design {
    /// The word in the file.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Zip => "zip",
            Self::List(_) => "list",
            Self::Lhs(_) => "lhs",
            Self::Sobol { .. } => "sobol",
            Self::Morris { .. } => "morris",
            Self::Factorial(_) => "factorial",
        }
    }
}
