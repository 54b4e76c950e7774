//! What two scenarios say differently, after `extends`, `like` and `--set`; and scenarios in between.
//!
//! Two trees are walked side by side, down to single values. A value that is written otherwise but means the same ("30 min", "0.5 h";
//! the default, written out) is no difference that matters, nor is a name, a note or a wish: no replication can depend on them.

use super::document::write::{self, bare};
use super::document::{Entry, Kind, Table, Value};
use super::keys::{ABOUT_VALUES, Default, Key, TABLES};
use super::problem::Problem;
use super::quantity;
use super::source::{Book, Sources};

/// Keys of a value that say something about it, but not what it is.
const REMARKS: [&str; 4] = ["source", "note", "range", "label"];

/// Keys of `[scenario]` that no replication depends on. Seed and number of replications are those of the run.
const OUTSIDE: [&str; 5] = ["name", "question", "handling", "replications", "seed"];

/// Tables that no replication depends on.
const WISHES: [&str; 3] = ["objective", "compare", "observed"];

/// A scenario as written, after `extends`, `like` and `--set`.
pub struct Written<'s> {
    book: Book<'s>,
    root: Table,
}

/// A value that two scenarios give differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// The value in each, as written, or the default; `None` where there is neither.
    pub values: [Option<String>; 2],
    /// `file:line` of each, seen from the folder of its scenario; `None` where nobody wrote it.
    pub places: [Option<String>; 2],
    /// Whether a replication can depend on it.
    pub matters: bool,
}

/// A value that a scenario gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenValue {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// The value, as written.
    pub value: String,
    /// `file:line`, seen from the folder of the scenario; `--set:n` for the nth override.
    pub place: String,
}

impl<'s> Written<'s> {
    /// Reads a scenario by name, without checking what it means.
    ///
    /// # Errors
    ///
    /// Where no tree can be made of the texts.
    pub fn read(main: &str, sources: &'s dyn Sources, overrides: &[String]) -> Result<Self, Vec<Problem>> {
        let (book, root) = super::read(main, sources, overrides)?;
        if book.has_errors() { Err(book.errors()) } else { Ok(Self { book, root }) }
    }

    /// What `other` says differently, in the order of the reference.
    #[must_use]
    pub fn differences(&self, other: &Written<'_>) -> Vec<Difference> {
        let mut found = Vec::new();
        walk(&self.root, &other.root, &mut |leaf| {
            found.extend(leaf.difference([&self.book, &other.book]));
            false
        });
        found
    }

    /// Every value that is written, in the order of the reference: path, value, and the place that wrote it.
    #[must_use]
    pub fn values(&self) -> Vec<WrittenValue> {
        let mut found = Vec::new();
        walk(&self.root, &self.root, &mut |leaf| {
            if let (Some(value), None) = (leaf.sides[0], &leaf.order) {
                let keys = leaf.key.map_or(&[][..], |key| key.kind.keys());
                let (path, place) = (leaf.path.clone(), self.book.short_place(value.span));
                found.push(WrittenValue { path, value: write::value(value, keys), place });
            }
            false
        });
        found
    }

    /// This scenario with the values of `other` on some paths, as TOML text in a fixed order.
    ///
    /// The paths are those of [`Written::differences`]. The text stands for a file in the folder of this one.
    #[must_use]
    pub fn with(&self, other: &Written<'_>, paths: &[&str]) -> String {
        write::document(&walk(&self.root, &other.root, &mut |leaf| paths.contains(&leaf.path.as_str())))
    }
}

/// One value of two trees.
struct Leaf<'t> {
    path: String,
    sides: [Option<&'t Value>; 2],
    key: Option<&'static Key>,
    matters: bool,
    /// The ids of a list, where their order is meant and not a value.
    order: Option<[String; 2]>,
}

impl Leaf<'_> {
    /// What differs, if anything does.
    fn difference(&self, books: [&Book<'_>; 2]) -> Option<Difference> {
        let place = |side: usize| self.sides[side].map(|value| books[side].short_place(value.span));
        let (path, places) = (self.path.clone(), [place(0), place(1)]);
        if let Some(order) = &self.order {
            return Some(Difference { path, values: order.clone().map(Some), places, matters: self.matters });
        }
        let keys = self.key.map_or(&[][..], |key| key.kind.keys());
        let [a, b] = self.sides.map(|side| side.map(|value| write::value(value, keys)));
        if a == b {
            return None;
        }
        let default = self.key.and_then(|key| if let Default::Is(text) = key.default { Some(text) } else { None });
        let [a, b] = self.sides.map(|side| match side {
            Some(value) => Some(meaning(value)),
            None => default.map(meaning_of_text),
        });
        let values = self.sides.map(|side| match side {
            Some(value) => Some(shown(value, keys)),
            None => default.map(|text| format!("{text} (default)")),
        });
        Some(Difference { path, values, places, matters: self.matters && a != b })
    }
}

/// Told every value that stands in either tree; says whether to take the second's.
type Visit<'v, 't> = dyn FnMut(&Leaf<'t>) -> bool + 'v;

/// Walks two roots side by side; what `visit` takes becomes the tree returned.
fn walk<'t>(base: &'t Table, other: &'t Table, visit: &mut Visit<'_, 't>) -> Table {
    let mut taken = Table::default();
    for table in TABLES {
        let place =
            Place { path: table.name.to_owned(), key: None, keys: table.keys, matters: !WISHES.contains(&table.name), list: table.many };
        taken.entries.extend(place.entry([base.entry(table.name), other.entry(table.name)], visit));
    }
    taken
}

/// Where the walk is.
struct Place {
    path: String,
    key: Option<&'static Key>,
    /// Keys of the table that stands here, or of the tables in the list.
    keys: &'static [Key],
    matters: bool,
    /// Whether this is a list of tables with ids, which may differ in number.
    list: bool,
}

impl Place {
    /// One key of both trees.
    fn entry<'t>(&self, sides: [Option<&'t Entry>; 2], visit: &mut Visit<'_, 't>) -> Option<Entry> {
        let values = sides.map(|side| side.map(|entry| &entry.value));
        let kinds = values.map(|value| value.map(|value| &value.kind));
        let first = sides[0].or(sides[1])?;
        let tables = kinds.map(|kind| match kind {
            Some(Kind::Table(table)) if !table.is_one_value() => Some(table),
            _ => None,
        });
        let lists = kinds.map(|kind| match kind {
            Some(Kind::Array(items)) => names(items).map(|names| (items.as_slice(), names)),
            _ => None,
        });
        let kind = match (tables, lists) {
            ([Some(a), Some(b)], _) => Kind::Table(self.tables([Some(a), Some(b)], visit)),
            // A whole table that one of them leaves out is compared key by key.
            ([a, b], _) if self.key.is_none() && !self.list && (a.is_some() || b.is_some()) => {
                let table = self.tables([a, b], visit);
                if table.entries.is_empty() {
                    return None;
                }
                Kind::Table(table)
            }
            // The legs of a route are a sequence: another sequence is another value.
            (_, [Some(a), Some(b)]) if self.list || a.1 == b.1 => Kind::Array(self.items([a, b], values, visit)),
            _ => return self.leaf(values, None, visit).and_then(|side| sides[side].cloned()),
        };
        Some(Entry { value: Value { kind, span: first.value.span }, ..first.clone() })
    }

    /// The keys of two tables: those of the first as they stand, then what only the second has.
    fn tables<'t>(&self, sides: [Option<&'t Table>; 2], visit: &mut Visit<'_, 't>) -> Table {
        let entries = |side: usize| sides[side].map_or(&[][..], |table| &table.entries);
        let only_second = entries(1).iter().filter(|entry| sides[0].is_none_or(|first| first.get(&entry.key).is_none()));
        let mut taken = Table::default();
        for entry in entries(0).iter().chain(only_second) {
            let name = entry.key.as_str();
            let key = self.keys.iter().find(|key| key.name == name);
            let outside = REMARKS.contains(&name) || ABOUT_VALUES.contains(&name) || (self.path == "scenario" && OUTSIDE.contains(&name));
            let place = Place {
                path: format!("{}.{}", self.path, bare(name)),
                key,
                keys: key.map_or(&[], |key| key.kind.keys()),
                matters: self.matters && !outside,
                list: false,
            };
            taken.entries.extend(place.entry(sides.map(|side| side.and_then(|table| table.entry(name))), visit));
        }
        taken
    }

    /// The entries of two lists of tables, by name.
    fn items<'t>(&self, lists: [(&'t [Value], Vec<&str>); 2], whole: [Option<&'t Value>; 2], visit: &mut Visit<'_, 't>) -> Vec<Value> {
        let [(_, first), (_, second)] = &lists;
        let common = |of: &[&str], other: &[&str]| of.iter().filter(|name| other.contains(name)).copied().collect::<Vec<_>>().join(", ");
        let orders = [common(first, second), common(second, first)];
        let reordered = orders[0] != orders[1] && self.leaf(whole, Some(orders), visit) == Some(1);
        let (leading, following) = if reordered { (second, first) } else { (first, second) };
        let sequence = leading.iter().chain(following.iter().filter(|name| !leading.contains(name)));
        let mut taken = Vec::new();
        for name in sequence {
            let sides = [0, 1].map(|side| lists[side].1.iter().position(|known| known == name).map(|at| &lists[side].0[at]));
            let place =
                Place { path: format!("{}.{}", self.path, bare(name)), key: None, keys: self.keys, matters: self.matters, list: false };
            match sides.map(|side| side.and_then(Value::as_table)) {
                [Some(a), Some(b)] => {
                    let kind = Kind::Table(place.tables([Some(a), Some(b)], visit));
                    taken.push(Value { kind, span: sides[0].expect("it has a table").span });
                }
                _ => taken.extend(place.leaf(sides, None, visit).and_then(|side| sides[side].cloned())),
            }
        }
        taken
    }

    /// Asks about one value; which side's it is to be, if that side has one.
    fn leaf<'t>(&self, sides: [Option<&'t Value>; 2], order: Option<[String; 2]>, visit: &mut Visit<'_, 't>) -> Option<usize> {
        let path = if order.is_some() { format!("{} (order)", self.path) } else { self.path.clone() };
        let take_second = visit(&Leaf { path, sides, key: self.key, matters: self.matters, order });
        let side = usize::from(take_second);
        sides[side].map(|_| side)
    }
}

/// The names of the tables of a list, if each has one and no two are the same.
fn names(items: &[Value]) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = Vec::new();
    for item in items {
        let table = item.as_table()?;
        let name = ["id", "leg", "crossing", "at"].iter().find_map(|key| table.text(key))?;
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    (!names.is_empty()).then_some(names)
}

/// A value for people: without what is said about it, and an entry of a list by its size.
fn shown(value: &Value, keys: &[Key]) -> String {
    match &value.kind {
        Kind::Table(table) => {
            if let Some(inner) = table.get("value") {
                return write::value(inner, &[]);
            }
            if table.text("id").is_some() {
                return format!("an entry of {} keys", table.entries.len());
            }
            let mut bare = table.clone();
            bare.entries.retain(|entry| !REMARKS.contains(&entry.key.as_str()));
            write::value(&Value { kind: Kind::Table(bare), span: value.span }, keys)
        }
        _ => write::value(value, keys),
    }
}

/// A form in which two values that mean the same are the same.
fn meaning(value: &Value) -> String {
    match &value.kind {
        Kind::Text(text) => meaning_of_text(text),
        Kind::Integer(number) | Kind::Float(number) => number_in_words(number),
        Kind::Flag(flag) => flag.to_string(),
        Kind::Date(date) => date.clone(),
        Kind::Array(items) => format!("[{}]", items.iter().map(meaning).collect::<Vec<_>>().join(", ")),
        Kind::Table(table) => {
            if let Some(inner) = table.get("value") {
                return meaning(inner);
            }
            let told = table.entries.iter().filter(|entry| !REMARKS.contains(&entry.key.as_str()));
            let mut parts: Vec<String> = told.map(|entry| format!("{} = {}", entry.key, meaning(&entry.value))).collect();
            parts.sort_unstable();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

fn meaning_of_text(text: &str) -> String {
    if let Ok(duration) = quantity::duration(text) {
        return format!("{} ticks", duration.ticks());
    }
    if let Ok(distance) = quantity::distance(text) {
        return format!("{distance} km");
    }
    if let Ok(speed) = quantity::speed(text) {
        return format!("{speed} km/h");
    }
    match text {
        "true" | "false" => text.to_owned(),
        _ => quantity::share(text).map_or_else(|_| format!("{text:?}"), |number| number_in_words(&number.text())),
    }
}

fn number_in_words(number: &str) -> String {
    number.replace('_', "").parse::<f64>().map_or_else(|_| number.to_owned(), |number| number.to_string())
}
