//! The factors of a sweep file: what varies, and over which values.

use super::{Reading, tables};
use crate::scenario::check::{SHORTER, too_long};
use crate::scenario::document::{Table, Value, write};
use crate::scenario::source::Span;
use crate::scenario::sweep::factor::{Factor, Level, Scale};
use crate::scenario::sweep::keys::Keys;
use crate::scenario::sweep::tables::{FACTOR, LEVEL};
use crate::scenario::sweep::{Written, value};

/// Columns that every table of a sweep has.
const RESERVED: &[&str] = &[
    "point",
    "replication",
    "censored",
    "outcome",
    "replications",
    "complete",
    "horizon",
    "deadlock",
    "failed",
    "block",
    "design",
    "status",
    "problem",
    "required",
    "required_lower",
    "required_upper",
    "meets",
];

/// What to write as levels, by example.
const LEVELS: &str = "[1, 2, 3], or range = [\"20 km/h\", \"40 km/h\"]";

/// The table that a factor was read from.
pub(super) fn table_of<'t>(root: &'t Table, factor: &Factor) -> Option<(&'t Table, Span)> {
    tables(root, "factor").into_iter().find(|(table, _)| table.text("id") == Some(&factor.id))
}

/// The unit that all levels have; without one their numbers are none.
pub(super) fn one_unit(levels: &mut [Level], units: &[Option<String>]) -> Option<String> {
    let unit = units.first().cloned().flatten().filter(|unit| units.iter().all(|other| other.as_ref() == Some(unit)));
    if unit.is_none() {
        levels.iter_mut().for_each(|level| level.number = None);
    }
    unit
}

impl Reading<'_> {
    pub(super) fn factors(&self, root: &Table) -> Vec<Factor> {
        let mut factors: Vec<Factor> = Vec::new();
        let tables = tables(root, "factor");
        if tables.is_empty() && root.get("factor").is_none() {
            let start = Span { file: 0, start: 0, end: 0 };
            self.book.error(start, "there is no [[factor]]", "[[factor]] says what varies: id, path, levels");
        }
        for (table, span) in tables {
            let name = table.text("id").unwrap_or("?").to_owned();
            let keys = Keys::new(self.book, table, span, format!("factor.{name}"), &FACTOR);
            let Some(id) = keys.text("id") else { continue };
            if !id.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                keys.wrong::<()>("id", "has characters that ids do not have", "use letters, digits, - and _");
            }
            if let Some(wrong) = too_long(&id.text) {
                keys.wrong::<()>("id", wrong, SHORTER);
            }
            // Many programs that read columns do not tell small letters from capital ones.
            if RESERVED.contains(&id.text.as_str()) {
                keys.wrong::<()>("id", format!("is {:?}, which is a column of every table", id.text), "choose another id");
            } else if let Some(column) = RESERVED.iter().find(|column| column.eq_ignore_ascii_case(&id.text)) {
                let message = format!("is {:?}, which differs only by capital letters from the column {column:?} of every table", id.text);
                keys.wrong::<()>("id", message, "choose another id");
            }
            match factors.iter().find(|factor| factor.id.eq_ignore_ascii_case(&id.text)) {
                Some(factor) if factor.id == id.text => {
                    keys.wrong::<()>("id", format!("is {:?}, which another factor has", id.text), "give each its own id");
                }
                Some(factor) => {
                    let message = format!("is {:?}, which differs only by capital letters from another factor's {:?}", id.text, factor.id);
                    keys.wrong::<()>("id", message, "give each an id that differs by more");
                }
                None => {}
            }
            factors.extend(self.factor(&keys, id));
        }
        factors
    }

    fn factor(&self, keys: &Keys<'_>, id: Written) -> Option<Factor> {
        let paths: Vec<Written> = match (keys.value("path"), keys.value("paths")) {
            (Some(_), None) => keys.text("path").into_iter().collect(),
            (None, Some(_)) => keys.texts("paths").unwrap_or_default(),
            (Some(_), Some(_)) => return keys.wrong("paths", "stands beside path", "keep one of the two"),
            (None, None) => Vec::new(),
        };
        for path in &paths {
            self.template.knows(path).unwrap_or_else(|(message, help)| {
                let key = if keys.value("path").is_some() { "path" } else { "paths" };
                keys.wrong::<()>(key, message, help).unwrap_or_default();
            });
        }
        let paths: Vec<String> = paths.into_iter().map(|path| path.text).collect();
        let (scale, unit) = match (keys.value("levels"), keys.value("range")) {
            (Some(_), None) => {
                for key in ["whole", "steps"] {
                    if keys.value(key).is_some() {
                        keys.wrong::<()>(key, "belongs to a range, not to levels", "leave it out").unwrap_or_default();
                    }
                }
                self.levels(keys, &paths)?
            }
            (None, Some(_)) => self.range(keys, &paths)?,
            (Some(_), Some(_)) => return keys.wrong("range", "stands beside levels", "keep one of the two"),
            // A list says in its file which they are.
            (None, None) if !paths.is_empty() => (Scale::Levels(Vec::new()), None),
            (None, None) => {
                keys.missing("levels", LEVELS);
                return None;
            }
        };
        let label = keys.text("label").map_or_else(|| id.text.replace(['_', '-'], " "), |written| written.text);
        Some(Factor { id: id.text, label, paths, scale, unit, place: id.place })
    }

    fn levels(&self, keys: &Keys<'_>, paths: &[String]) -> Option<(Scale, Option<String>)> {
        let items = keys.list("levels")?;
        let times = if keys.flag("times") { Some(self.bases(keys, paths)?) } else { None };
        let mut levels = Vec::new();
        let mut units = Vec::new();
        for item in items {
            let (level, unit) = self.level(keys, item, paths, times.as_deref())?;
            levels.push(level);
            units.push(unit);
        }
        for (i, level) in levels.iter().enumerate() {
            if levels[..i].iter().any(|other: &Level| other.label == level.label) {
                self.book.error(items[i].span, format!("{}.levels has {:?} twice", keys.path, level.label), "leave one of them out");
            }
        }
        let one_unit = one_unit(&mut levels, &units);
        Some((Scale::Levels(levels), one_unit))
    }

    /// The level that a cell of a list is, with the unit of its number.
    pub(super) fn level_of_cell(&self, root: &Table, factor: &Factor, (cell, span): (&str, Span)) -> Option<(Level, Option<String>)> {
        let (table, at) = table_of(root, factor)?;
        let keys = Keys::again(self.book, table, at, format!("factor.{}", factor.id), &FACTOR);
        let times = if keys.flag("times") { Some(self.bases(&keys, &factor.paths)?) } else { None };
        self.level(&keys, &value::of_cell(cell, span), &factor.paths, times.as_deref())
    }

    /// Records that a factor has neither levels nor a range.
    pub(super) fn no_levels(&self, root: &Table, factor: &Factor) {
        if let Some((_, span)) = table_of(root, factor) {
            let help = format!("write levels = {LEVELS}; only blocks of design \"list\" take the levels from their file");
            self.book.error(span, format!("factor.{} lacks the key \"levels\"", factor.id), help);
        }
    }

    /// One level and the unit of its number, if it is one.
    fn level(
        &self,
        keys: &Keys<'_>,
        item: &Value,
        paths: &[String],
        times: Option<&[(String, String)]>,
    ) -> Option<(Level, Option<String>)> {
        let place = self.book.place(item.span);
        let inner = item.as_table().filter(|table| table.get("set").is_some());
        if let Some(table) = inner {
            let inner = Keys::new(self.book, table, item.span, format!("{}.levels", keys.path), &LEVEL);
            let set = inner.value("set").and_then(Value::as_table);
            let Some(set) = set else { return inner.wrong("set", "must be a table of values by path", "write set = { \"a.b\" = 1 }") };
            let set: Vec<(String, String)> = set.entries.iter().map(|entry| (entry.key.clone(), write::value(&entry.value, &[]))).collect();
            for (path, _) in &set {
                let written = Written { text: path.clone(), place: place.clone() };
                if let Err((message, help)) = self.template.knows(&written) {
                    inner.wrong::<()>("set", message, help).unwrap_or_default();
                }
            }
            let label = inner.text("label");
            let number = inner.value("number").and_then(value::number);
            let unit = number.as_ref().map(|(_, unit)| unit.clone());
            return Some((Level { label: label?.text, number: number.map(|(number, _)| number), set, place }, unit));
        }
        if paths.is_empty() {
            keys.missing("path", "\"crossing.border.lanes\", or give every level a label and a set");
            return None;
        }
        if let Some(wrong) = value::with_comma(item) {
            self.book.error(item.span, format!("{}.levels has {}, which {}", keys.path, write::value(item, &[]), wrong.why), wrong.help);
            return None;
        }
        let number = value::number(item);
        let unit = number.as_ref().map(|(_, unit)| unit.clone());
        let number = number.map(|(number, _)| number);
        let set = match (times, number) {
            (Some(bases), Some(by)) => bases.iter().map(|(path, base)| (path.clone(), value::multiplied(path, base, by))).collect(),
            (Some(_), None) => return keys.wrong("levels", "must be numbers, since times = true", "write levels = [0.9, 1.0, 1.1]"),
            (None, _) => paths.iter().map(|path| (path.clone(), write::value(item, &[]))).collect(),
        };
        Some((Level { label: value::name(item), number, set, place }, unit))
    }

    fn range(&self, keys: &Keys<'_>, paths: &[String]) -> Option<(Scale, Option<String>)> {
        let help = "write the lowest and the highest, as in range = [\"20 km/h\", \"40 km/h\"]";
        if paths.is_empty() {
            keys.missing("path", "\"crossing.border.lanes\"");
            return None;
        }
        let items = keys.list("range")?;
        let [low, high] = items else { return keys.wrong("range", "is no pair", help) };
        if let Some((item, wrong)) = items.iter().find_map(|item| Some((item, value::with_comma(item)?))) {
            self.book.error(item.span, format!("{}.range has {}, which {}", keys.path, write::value(item, &[]), wrong.why), wrong.help);
            return None;
        }
        let (Some((low, unit)), Some((high, other))) = (value::number(low), value::number(high)) else {
            return keys.wrong("range", "must be two numbers, with their unit where there is one", help);
        };
        if unit != other {
            return keys.wrong("range", format!("has the units {unit:?} and {other:?}"), "write both in one unit");
        }
        if low >= high || !low.is_finite() || !high.is_finite() {
            return keys.wrong("range", "must go from the lowest to the highest", help);
        }
        let whole = keys.flag("whole");
        if whole && (low.fract() != 0.0 || high.fract() != 0.0 || high - low > 1e6) {
            return keys.wrong("range", "must have whole ends, since whole = true", "");
        }
        let steps = keys.whole("steps").map(|steps| steps as u32);
        let times = if keys.flag("times") { Some(self.bases(keys, paths)?) } else { None };
        if times.is_some() && !unit.is_empty() {
            return keys.wrong("range", "has a unit, but times = true makes it a factor", "write range = [0.8, 1.2]");
        }
        Some((Scale::Range { ends: [low, high], whole, steps, times }, Some(unit)))
    }

    /// The values that the base has on the paths; a path that has none is a problem.
    fn bases(&self, keys: &Keys<'_>, paths: &[String]) -> Option<Vec<(String, String)>> {
        let base = |path: &String| match self.template.value_at(path) {
            Some(value) if crate::scenario::change::times(path, &value, 1.5).is_some() => Some((path.clone(), value)),
            Some(value) => keys.wrong("times", format!("is true, but {path} is {value}, which cannot be multiplied"), ""),
            None => keys.wrong("times", format!("is true, but the base gives {path} no value"), "write the values themselves"),
        };
        paths.iter().map(base).collect()
    }
}
