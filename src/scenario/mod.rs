//! Text to a checked [`Scenario`], or to all its problems at once.
//!
//! ```text
//! Sources ─ document (extends, remove, like, --set) ─ check (one file a table) ─ Scenario
//!                                   └──────── problems, each with its place ────────┘
//! ```
//!
//! [`load`] is the way in. A [`Sources`] gives it texts by name: this layer never touches a file system. Every value
//! keeps the place that wrote it, also through `extends` and `--set`, and every problem is told, not only the first.
//! [`keys::TABLES`] is the one list of what may be written. [`conditions`] reads how precisely responses are to be known.
//!
//! This module deliberately runs nothing and knows nothing of results; names of responses are told by the caller.

pub mod argument;
mod ceiling;
pub mod change;
mod check;
mod condition;
mod difference;
mod document;
mod drawable;
pub mod keys;
mod problem;
mod quantity;
mod ranges;
mod reference;
mod response_unit;
mod scenario_type;
mod schema;
mod source;
pub mod sweep;
mod templates;

pub use ceiling::{Ceiling, ceiling, without_chance};
pub use check::amount;
pub use condition::{Condition, Known, Limit, Statistic, conditions};
pub use difference::{Difference, Written, WrittenValue};
pub use drawable::is_drawable;
pub use problem::{Place, Problem, ProblemKind, did_you_mean};
pub use ranges::range_notes;
pub use reference::reference;
pub use scenario_type::{Assumption, Bound, Info, Objective, Observation, Scenario, TooSmall};
pub use schema::schema;
pub use source::Sources;
pub use templates::templates;

use document::Table;
use source::Book;

/// Most replications of a run or of a point of a sweep, whether a file or the command line asks for them. What a run holds of each while it is
/// summed up is a few numbers, so memory suffices for so many.
pub const MOST_REPLICATIONS: u32 = 10_000_000;

/// A scenario, with what somebody should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// Notes: the scenario can run, but something may not be meant.
    pub notes: Vec<Problem>,
}

/// Reads a scenario by name, lays `overrides` (`route.road.headway="30 min"`) over it, and checks all of it.
///
/// # Errors
///
/// Everything that is wrong, in order of the texts.
pub fn load(main: &str, sources: &dyn Sources, overrides: &[String]) -> Result<Loaded, Vec<Problem>> {
    load_knowing(main, sources, overrides, None)
}

/// Like [`load`], for a caller who knows the responses: objectives and `[compare]` must name one of them.
///
/// A name like `throughput_per_day.<route>` stands for every name with that beginning.
///
/// # Errors
///
/// Everything that is wrong, in order of the texts.
pub fn load_knowing(main: &str, sources: &dyn Sources, overrides: &[String], responses: Option<&[&str]>) -> Result<Loaded, Vec<Problem>> {
    let (book, root) = read(main, sources, overrides)?;
    checked(&book, &root, main, responses)
}

/// A tree as a checked scenario, or everything wrong with it.
fn checked(book: &Book<'_>, root: &Table, main: &str, responses: Option<&[&str]>) -> Result<Loaded, Vec<Problem>> {
    let resolved = document::write::document(root);
    let checked = check::scenario(book, root, 0, responses);
    let Some(checked) = checked else {
        debug_assert!(book.has_errors(), "a scenario that is refused has a problem");
        if !book.has_errors() {
            let message = "this scenario was refused without a reason, which is a bug of convoysim".to_owned();
            book.report_file(ProblemKind::Scenario, main, message, None);
        }
        return Err(book.errors());
    };
    let scenario = Scenario {
        info: checked.info,
        params: checked.params,
        objectives: checked.objectives,
        compare: checked.compare,
        must_not_worsen: checked.must_not_worsen,
        observed: checked.observed,
        assumptions: checked.assumptions,
        resolved,
        texts: book.files(),
    };
    Ok(Loaded { scenario, notes: book.problems() })
}

/// The tree of a scenario after `extends`, `like` and `overrides`; problems so far that stop nothing yet stay in the book.
fn read<'s>(main: &str, sources: &'s dyn Sources, overrides: &[String]) -> Result<(Book<'s>, Table), Vec<Problem>> {
    let book = Book::new(sources, main);
    let name = main.rfind(['/', '\\']).map_or(main, |at| &main[at + 1..]);
    let Some(mut root) = document::extends::read(&book, name) else { return Err(book.errors()) };
    document::like::resolve(&book, &mut root);
    document::set::apply(&book, &mut root, source::OVERRIDES, overrides);
    Ok((book, root))
}

/// A scenario after `extends`, `like` and `--set` as one TOML text, with the place that wrote each value as a comment.
///
/// It loads to the same [`Scenario::resolved`], if it stands in the folder of `main`: names of data files are seen from there. A `source`
/// of a whole table spoke of the values of its own file only; here it speaks of those of other files too.
///
/// # Errors
///
/// Everything that is wrong, in order of the texts.
pub fn resolve(main: &str, sources: &dyn Sources, overrides: &[String]) -> Result<String, Vec<Problem>> {
    load(main, sources, overrides)?;
    let (book, root) = read(main, sources, overrides)?;
    Ok(document::annotate::document(&book, &root))
}
