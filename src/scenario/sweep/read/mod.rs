//! The text of a sweep file to a [`Sweep`], or to everything wrong with it.

mod blocks;
mod factors;
mod overlap;

use super::factor::Factor;
use super::keys::Keys;
use super::tables::{SWEEP, TABLES};
use super::{Sweep, Template};
use crate::scenario::document::{Kind, Table, parse};
use crate::scenario::problem::{Problem, did_you_mean};
use crate::scenario::source::{Book, Sources, Span, folder_of, join};

/// Reads a sweep file and the base that it names, and lays `overrides` (`route.road.headway="30 min"`) over the base.
///
/// What a factor varies cannot be overridden: its points would put their values over the one given.
///
/// # Errors
///
/// Everything that is wrong with either, in order of the texts.
pub fn load<'s>(main: &str, sources: &'s (dyn Sources + Sync), overrides: &[String]) -> Result<(Sweep, Template<'s>), Vec<Problem>> {
    let book = Book::new(sources, main);
    let own = main.rfind(['/', '\\']).map_or(main, |at| &main[at + 1..]);
    let root = book.read(own, None, false).and_then(|file| parse::document(&book, file));
    let Some(root) = root else { return Err(book.errors()) };
    shape(&book, &root);
    let start = Span { file: 0, start: 0, end: 0 };
    let Some((table, span)) = root.get("sweep").and_then(|value| Some((value.as_table()?, value.span))) else {
        if root.get("sweep").is_none() {
            book.error(start, "there is no [sweep]", "[sweep] names the base scenario: base = \"base.toml\"");
        }
        return Err(book.errors());
    };
    let keys = Keys::new(&book, table, span, "sweep", &SWEEP);
    let Some(base) = keys.text("base") else { return Err(book.errors()) };
    let base_name = join(folder_of(main), &base.text);
    let template = match Template::read(&base_name, sources, overrides) {
        Ok(template) => template,
        Err(mut problems) => {
            // A base that cannot be read at all is a mistake of the line that names it.
            let unread = |problem: &Problem| problem.place.line == 0 && problem.place.file == base_name;
            if let Some(at) = problems.iter().position(unread) {
                let span = keys.value("base").map_or(span, |value| value.span);
                book.error(span, problems.remove(at).message, "");
            }
            problems.extend(book.errors());
            return Err(problems);
        }
    };
    let reader = Reading { book: &book, template: &template };
    let mut factors: Vec<Factor> = reader.factors(&root);
    overlap::factors(&book, &root, &factors);
    overlap::overrides(&book, overrides, &factors);
    let blocks = reader.blocks(&root, &mut factors);
    if keys.value("replications").is_some() && keys.value("until").is_some() {
        keys.wrong::<()>("until", "stands beside replications", "keep one of the two");
    }
    let sweep = Sweep {
        name: keys.text("name").map_or_else(|| own.trim_end_matches(".toml").to_owned(), |written| written.text),
        question: keys.text("question").map(|written| written.text),
        base: base.text.clone(),
        overrides: overrides.to_vec(),
        replications: keys.whole("replications").map(|n| n as u32),
        until: keys.text("until"),
        at_most: keys.whole("at_most").unwrap_or_default() as u32,
        seed: keys.whole("seed"),
        common_random_numbers: keys.flag("common_random_numbers"),
        responses: keys.texts("responses").unwrap_or_default(),
        show: keys.texts("show").unwrap_or_default(),
        requirement: keys.text("requirement"),
        factors,
        blocks,
        texts: {
            let below = folder_of(&base.text);
            let of_base = template.base().texts.iter().map(|(name, text)| (join(below, name), text.clone()));
            book.files().into_iter().chain(of_base).collect()
        },
    };
    if book.has_errors() { Err(book.errors()) } else { Ok((sweep, template)) }
}

/// Tables that are none, or of the wrong shape.
fn shape(book: &Book<'_>, root: &Table) {
    let names = || TABLES.iter().map(|table| table.name);
    for entry in &root.entries {
        let Some(table) = TABLES.iter().find(|table| table.name == entry.key) else {
            let near = did_you_mean(&entry.key, names());
            let help = near
                .map_or_else(|| format!("tables: {}", names().collect::<Vec<_>>().join(", ")), |near| format!("did you mean {near:?}?"));
            book.error(entry.key_span, format!("there is no table {:?} in a sweep", entry.key), help);
            continue;
        };
        match (&entry.value.kind, table.many) {
            (Kind::Table(_), false) => {}
            (Kind::Array(items), true) if items.iter().all(|item| item.as_table().is_some()) => {}
            (_, false) => book.error(entry.value.span, format!("{} must be one table", entry.key), format!("write [{}]", entry.key)),
            (_, true) => book.error(entry.value.span, format!("{} must be tables", entry.key), format!("write [[{}]]", entry.key)),
        }
    }
}

/// What reading the tables needs.
struct Reading<'r> {
    book: &'r Book<'r>,
    template: &'r Template<'r>,
}

/// The entries of an array of tables.
fn tables<'t>(root: &'t Table, name: &str) -> Vec<(&'t Table, Span)> {
    match root.get(name).map(|value| &value.kind) {
        Some(Kind::Array(items)) => items.iter().filter_map(|item| Some((item.as_table()?, item.span))).collect(),
        _ => Vec::new(),
    }
}
