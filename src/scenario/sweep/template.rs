//! The base of a sweep, read once, and changed and checked for every point.

use super::Written;
use crate::scenario::document::{self, Kind, Table, Value, write};
use crate::scenario::problem::{Problem, did_you_mean};
use crate::scenario::source::{Book, POINT, SourceText, Sources};
use crate::scenario::{Loaded, Scenario, change, keys};
use std::sync::Arc;

/// A base scenario as written, with what a command line puts in place of its values, checked once.
pub struct Template<'s> {
    main: String,
    sources: &'s (dyn Sources + Sync),
    texts: Vec<Arc<SourceText>>,
    root: Table,
    base: Loaded,
}

/// What a point puts into the base: (dotted path, value as TOML), in order.
pub type Point = Vec<(String, String)>;

impl<'s> Template<'s> {
    /// Where problems are that something has which a point puts into the base, with a line for each value put.
    pub const POINT: &'static str = POINT;

    /// Reads a scenario by name, lays `overrides` over it, and checks it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(main: &str, sources: &'s (dyn Sources + Sync), overrides: &[String]) -> Result<Self, Vec<Problem>> {
        let base = crate::scenario::load(main, sources, overrides)?;
        let (book, root) = crate::scenario::read(main, sources, overrides)?;
        let texts = book.into_texts();
        Ok(Self { main: main.to_owned(), sources, texts, root, base })
    }

    /// Its name, as seen from where the sweep file was named.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.main
    }

    /// The base itself.
    #[must_use]
    pub fn base(&self) -> &Scenario {
        &self.base.scenario
    }

    /// The base with what a point puts into it.
    ///
    /// Places of problems are those of the base, or of a text named [`POINT`](Self::POINT) with a line for each value put.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn point(&self, set: &[(String, String)]) -> Result<Scenario, Vec<Problem>> {
        let values: Vec<String> = set.iter().map(|(path, value)| format!("{path}={value}")).collect();
        let book = Book::with_texts(self.sources, &self.main, self.texts.clone());
        let mut root = self.root.clone();
        document::set::apply(&book, &mut root, POINT, &values);
        crate::scenario::checked(&book, &root, &self.main, None).map(|loaded| loaded.scenario)
    }

    /// Whether something can be put at a dotted path.
    ///
    /// # Errors
    ///
    /// What is wrong with the path, and what would be right.
    pub fn knows(&self, path: &Written) -> Result<(), (String, String)> {
        let pieces = change::pieces(&path.text);
        let first = pieces.first().map_or("", String::as_str);
        let Some(table) = keys::TABLES.iter().find(|table| table.name == first) else {
            let near = did_you_mean(first, keys::TABLES.iter().map(|table| table.name));
            let help = near.map_or_else(
                || "begin with a table's name, as in crossing.border.lanes".to_owned(),
                |near| format!("did you mean {near:?}?"),
            );
            return Err((format!("is {:?}, but there is no table {first:?}", path.text), help));
        };
        if ["objective", "compare", "observed"].contains(&table.name)
            || pieces == ["scenario", "replications"]
            || pieces == ["scenario", "seed"]
        {
            return Err((format!("is {:?}, on which no replication depends", path.text), "vary an input of the operation".into()));
        }
        if change::kind(&path.text).is_none() {
            let help = format!("write {}, then its keys, as for --set", if table.many { "the table, the id" } else { "the table" });
            return Err((format!("is {:?}, which names no key", path.text), help));
        }
        Ok(())
    }

    /// The value that the base has at a dotted path, as TOML; `None` where nothing is written there.
    #[must_use]
    pub fn value_at(&self, path: &str) -> Option<String> {
        let mut value: Option<&Value> = None;
        let mut table = Some(&self.root);
        for piece in change::pieces(path) {
            // A value beside its source is the value.
            let inner = table.and_then(|table| table.get("value")).and_then(Value::as_table);
            value = match (table, value.map(|value| &value.kind)) {
                (Some(table), _) => Some(table.get(&piece).or_else(|| inner?.get(&piece))?),
                (None, Some(Kind::Array(items))) => Some(items.iter().find(|item| named(item) == Some(piece.as_str()))?),
                _ => return None,
            };
            table = value.and_then(Value::as_table);
        }
        let value = value?;
        let inner = value.as_table().and_then(|table| table.get("value")).unwrap_or(value);
        Some(write::value(inner, &[]))
    }
}

/// What an entry of a list is called in a path.
fn named(item: &Value) -> Option<&str> {
    let table = item.as_table()?;
    ["id", "leg", "crossing", "at"].iter().find_map(|key| table.text(key))
}
