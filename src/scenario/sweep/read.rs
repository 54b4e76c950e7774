//! The text of a sweep file to a [`Sweep`], or to everything wrong with it.

use super::factor::{Factor, Level, Scale};
use super::keys::Keys;
use super::{Block, Design, Sweep, Template, Written, list, value};
use crate::scenario::document::{Kind, Table, Value, parse, write};
use crate::scenario::problem::{Problem, did_you_mean};
use crate::scenario::source::{Book, Sources, Span, folder_of, join};

/// Most points of one block, and most replications of a point.
const MOST: u64 = 10_000_000;

/// Reads a sweep file and the base that it names.
///
/// # Errors
///
/// Everything that is wrong with either, in order of the texts.
pub fn load<'s>(main: &str, sources: &'s (dyn Sources + Sync)) -> Result<(Sweep, Template<'s>), Vec<Problem>> {
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
    let keys = Keys::new(&book, table, span, "sweep", SWEEP);
    let Some(base) = keys.text("base", "\"base.toml\"") else {
        if keys.value("base").is_none() {
            keys.missing("base", "\"base.toml\"");
        }
        return Err(book.errors());
    };
    let base_name = beside(folder_of(main), &base.text);
    let template = match Template::read(&base_name, sources) {
        Ok(template) => template,
        Err(mut problems) => {
            problems.extend(book.errors());
            return Err(problems);
        }
    };
    let reader = Reading { book: &book, template: &template };
    let factors: Vec<Factor> = reader.factors(&root);
    let blocks = reader.blocks(&root, &factors);
    if keys.value("replications").is_some() && keys.value("until").is_some() {
        keys.wrong::<()>("until", "stands beside replications", "keep one of the two");
    }
    let sweep = Sweep {
        name: keys.text("name", "\"Lanes and escorts\"").map_or_else(|| own.trim_end_matches(".toml").to_owned(), |written| written.text),
        question: keys.text("question", "\"...\"").map(|written| written.text),
        base: base.text.clone(),
        replications: keys.whole("replications", 1, MOST).map(|n| n as u32),
        until: keys.text("until", "\"p80(days_to_completion) +- 1 d\""),
        at_most: keys.whole("at_most", 30, MOST).map_or(10_000, |n| n as u32),
        seed: keys.whole("seed", 0, i64::MAX as u64),
        common_random_numbers: keys.flag("common_random_numbers", true),
        responses: keys.texts("responses", "[\"days_to_completion\"]").unwrap_or_default(),
        show: keys.texts("show", "[\"days_to_completion\"]").unwrap_or_default(),
        requirement: keys.text("requirement", "\"p80(days_to_completion) <= 36 d\""),
        factors,
        blocks,
        texts: {
            let below = folder_of(&base.text);
            let of_base = template.base().texts.iter().map(|(name, text)| (beside(below, name), text.clone()));
            book.files().into_iter().chain(of_base).collect()
        },
    };
    if book.has_errors() { Err(book.errors()) } else { Ok((sweep, template)) }
}

/// A name as seen from a folder, which may be absolute.
fn beside(folder: &str, name: &str) -> String {
    let joined = join(folder, name);
    if folder.starts_with('/') && !joined.starts_with('/') { format!("/{joined}") } else { joined }
}

const SWEEP: &[&str] =
    &["name", "question", "base", "replications", "until", "at_most", "seed", "common_random_numbers", "responses", "show", "requirement"];
const FACTOR: &[&str] = &["id", "label", "path", "paths", "levels", "range", "whole", "steps", "times"];
const LEVEL: &[&str] = &["label", "number", "set"];
const BLOCK: &[&str] = &["design", "factors", "points", "rows", "second_order", "file", "trajectories", "levels", "generators"];
const DESIGNS: &[&str] = &["grid", "zip", "list", "lhs", "sobol", "morris", "factorial"];

/// Tables that are none, or of the wrong shape.
fn shape(book: &Book<'_>, root: &Table) {
    for entry in &root.entries {
        let many = match entry.key.as_str() {
            "sweep" => false,
            "factor" | "block" => true,
            other => {
                let near = did_you_mean(other, ["sweep", "factor", "block"]);
                let help = near.map_or_else(|| "tables: sweep, factor, block".to_owned(), |near| format!("did you mean {near:?}?"));
                book.error(entry.key_span, format!("there is no table {other:?} in a sweep"), help);
                continue;
            }
        };
        match (&entry.value.kind, many) {
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

impl Reading<'_> {
    fn factors(&self, root: &Table) -> Vec<Factor> {
        let mut factors: Vec<Factor> = Vec::new();
        let tables = tables(root, "factor");
        if tables.is_empty() && root.get("factor").is_none() {
            let start = Span { file: 0, start: 0, end: 0 };
            self.book.error(start, "there is no [[factor]]", "[[factor]] says what varies: id, path, levels");
        }
        for (table, span) in tables {
            let name = table.text("id").unwrap_or("?").to_owned();
            let keys = Keys::new(self.book, table, span, format!("factor.{name}"), FACTOR);
            let Some(id) = keys.text("id", "\"lanes\"") else {
                if keys.value("id").is_none() {
                    keys.missing("id", "\"lanes\"");
                }
                continue;
            };
            if !id.text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                keys.wrong::<()>("id", "has characters that ids do not have", "use letters, digits, - and _");
            }
            if RESERVED.contains(&id.text.as_str()) {
                keys.wrong::<()>("id", format!("is {:?}, which is a column of every table", id.text), "choose another id");
            }
            if factors.iter().any(|factor| factor.id == id.text) {
                keys.wrong::<()>("id", format!("is {:?}, which another factor has", id.text), "give each its own id");
            }
            factors.extend(self.factor(&keys, id));
        }
        factors
    }

    fn factor(&self, keys: &Keys<'_>, id: Written) -> Option<Factor> {
        let paths: Vec<Written> = match (keys.value("path"), keys.value("paths")) {
            (Some(_), None) => keys.text("path", "\"crossing.border.lanes\"").into_iter().collect(),
            (None, Some(_)) => keys.texts("paths", "[\"crossing.border.lanes\"]").unwrap_or_default(),
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
                for key in ["range", "whole", "steps", "times"] {
                    if keys.value(key).is_some() && key != "times" {
                        keys.wrong::<()>(key, "belongs to a range, not to levels", "leave it out").unwrap_or_default();
                    }
                }
                self.levels(keys, &paths)?
            }
            (None, Some(_)) => self.range(keys, &paths)?,
            (Some(_), Some(_)) => return keys.wrong("range", "stands beside levels", "keep one of the two"),
            (None, None) => {
                keys.missing("levels", "[1, 2, 3], or range = [\"20 km/h\", \"40 km/h\"]");
                return None;
            }
        };
        let label = keys.text("label", "\"border lanes\"").map_or_else(|| id.text.replace(['_', '-'], " "), |written| written.text);
        Some(Factor { id: id.text, label, paths, scale, unit, place: id.place })
    }

    fn levels(&self, keys: &Keys<'_>, paths: &[String]) -> Option<(Scale, Option<String>)> {
        let items = keys.list("levels", "[1, 2, 3]")?;
        let times = if keys.flag("times", false) { Some(self.bases(keys, paths)?) } else { None };
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
        let one_unit = units.first().cloned().flatten().filter(|unit| units.iter().all(|other| other.as_ref() == Some(unit)));
        if one_unit.is_none() {
            levels.iter_mut().for_each(|level| level.number = None);
        }
        Some((Scale::Levels(levels), one_unit))
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
            let inner = Keys::new(self.book, table, item.span, format!("{}.levels", keys.path), LEVEL);
            let set = inner.value("set").and_then(Value::as_table);
            let Some(set) = set else { return inner.wrong("set", "must be a table of values by path", "write set = { \"a.b\" = 1 }") };
            let set: Vec<(String, String)> = set.entries.iter().map(|entry| (entry.key.clone(), write::value(&entry.value, &[]))).collect();
            for (path, _) in &set {
                let written = Written { text: path.clone(), place: place.clone() };
                if let Err((message, help)) = self.template.knows(&written) {
                    inner.wrong::<()>("set", message, help).unwrap_or_default();
                }
            }
            let label = inner.text("label", "\"two shifts\"");
            if label.is_none() && inner.value("label").is_none() {
                inner.missing("label", "\"two shifts\"");
            }
            let number = inner.value("number").and_then(value::number);
            let unit = number.as_ref().map(|(_, unit)| unit.clone());
            return Some((Level { label: label?.text, number: number.map(|(number, _)| number), set, place }, unit));
        }
        if paths.is_empty() {
            keys.missing("path", "\"crossing.border.lanes\", or give every level a label and a set");
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
        let items = keys.list("range", "[1, 4]")?;
        let [low, high] = items else { return keys.wrong("range", "is no pair", help) };
        let (Some((low, unit)), Some((high, other))) = (value::number(low), value::number(high)) else {
            return keys.wrong("range", "must be two numbers, with their unit where there is one", help);
        };
        if unit != other {
            return keys.wrong("range", format!("has the units {unit:?} and {other:?}"), "write both in one unit");
        }
        if low >= high || !low.is_finite() || !high.is_finite() {
            return keys.wrong("range", "must go from the lowest to the highest", help);
        }
        let whole = keys.flag("whole", false);
        if whole && (low.fract() != 0.0 || high.fract() != 0.0 || high - low > 1e6) {
            return keys.wrong("range", "must have whole ends, since whole = true", "");
        }
        let steps = keys.whole("steps", 2, 10_000).map(|steps| steps as u32);
        let times = if keys.flag("times", false) { Some(self.bases(keys, paths)?) } else { None };
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

    fn blocks(&self, root: &Table, factors: &[Factor]) -> Vec<Block> {
        let tables = tables(root, "block");
        if tables.is_empty() && root.get("block").is_none() {
            let start = Span { file: 0, start: 0, end: 0 };
            self.book.error(start, "there is no [[block]]", "[[block]] says in which combinations: design = \"grid\"");
        }
        tables.into_iter().filter_map(|(table, span)| self.block(table, span, factors)).collect()
    }

    fn block(&self, table: &Table, span: Span, factors: &[Factor]) -> Option<Block> {
        let keys = Keys::new(self.book, table, span, "block", BLOCK);
        let Some(word) = keys.text("design", "\"grid\"") else {
            if keys.value("design").is_none() {
                keys.missing("design", "\"grid\"");
            }
            return None;
        };
        let belongs: &[&str] = match word.text.as_str() {
            "grid" | "zip" => &[],
            "list" => &["file"],
            "lhs" => &["points"],
            "sobol" => &["rows", "second_order"],
            "morris" => &["trajectories", "levels"],
            "factorial" => &["generators"],
            other => {
                let near = did_you_mean(other, DESIGNS.iter().copied());
                let help = near.map_or_else(|| format!("designs: {}", DESIGNS.join(", ")), |near| format!("did you mean {near:?}?"));
                return keys.wrong("design", format!("is {other:?}, which is none"), help);
            }
        };
        for entry in &table.entries {
            let key = entry.key.as_str();
            if BLOCK.contains(&key) && !["design", "factors"].contains(&key) && !belongs.contains(&key) {
                keys.wrong::<()>(key, format!("says nothing to a block of design {:?}", word.text), "leave it out");
            }
        }
        let varying = self.varying(&keys, factors)?;
        let design = match word.text.as_str() {
            "grid" => Design::Grid,
            "zip" => Design::Zip,
            "list" => Design::List(list::read(&keys, factors, &varying)?),
            "lhs" => Design::Lhs(number(&keys, "points", 2, MOST, "128")? as u32),
            "sobol" => {
                let rows = number(&keys, "rows", 2, 1 << 24, "512")?;
                if !rows.is_power_of_two() {
                    let near = rows.next_power_of_two();
                    return keys.wrong("rows", format!("is {rows}, but must be a power of two"), format!("write rows = {near}"));
                }
                Design::Sobol { rows: rows as u32, second_order: keys.flag("second_order", false) }
            }
            "morris" => {
                let trajectories = number(&keys, "trajectories", 2, 100_000, "20")? as u32;
                let levels = if keys.value("levels").is_some() { keys.whole("levels", 2, 100)? } else { 4 };
                if levels % 2 != 0 {
                    return keys.wrong("levels", format!("is {levels}, but must be even"), "write levels = 4");
                }
                Design::Morris { trajectories, levels: levels as u32 }
            }
            _ => {
                let generators = keys.texts("generators", "[\"E=ABCD\"]").unwrap_or_default();
                Design::Factorial(generators.into_iter().map(|written| written.text).collect())
            }
        };
        self.countable(&keys, &design, &varying, factors)?;
        Some(Block { design, factors: varying, place: word.place })
    }

    /// The factors of a block.
    fn varying(&self, keys: &Keys<'_>, factors: &[Factor]) -> Option<Vec<usize>> {
        if keys.value("factors").is_none() {
            return Some((0..factors.len()).collect());
        }
        let mut varying = Vec::new();
        for name in keys.texts("factors", "[\"lanes\"]")? {
            match factors.iter().position(|factor| factor.id == name.text) {
                Some(at) if varying.contains(&at) => {
                    keys.wrong::<()>("factors", format!("names {:?} twice", name.text), "").unwrap_or_default();
                }
                Some(at) => varying.push(at),
                None => {
                    let near = did_you_mean(&name.text, factors.iter().map(|factor| factor.id.as_str()));
                    let help = near.map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
                    keys.wrong::<()>("factors", format!("names {:?}, which is no factor", name.text), help).unwrap_or_default();
                }
            }
        }
        Some(varying)
    }

    /// A grid and a zip count levels; what cannot be counted or is too much is a problem.
    fn countable(&self, keys: &Keys<'_>, design: &Design, varying: &[usize], factors: &[Factor]) -> Option<()> {
        let counted = matches!(design, Design::Grid | Design::Zip);
        if let Some(at) = varying.iter().find(|at| counted && factors[**at].levels().is_none()) {
            let id = &factors[*at].id;
            return keys.wrong("design", format!("needs levels, but {id} has a range"), format!("give {id} levels, or steps = 5"));
        }
        let counts: Vec<u64> = varying.iter().filter_map(|at| factors[*at].levels()).map(|n| n as u64).collect();
        let points = match design {
            Design::Grid => counts.iter().try_fold(1_u64, |product, n| product.checked_mul(*n)),
            Design::Zip if counts.windows(2).any(|pair| pair[0] != pair[1]) => {
                return keys.wrong("design", "is zip, but its factors have different numbers of levels", "a zip takes one level of each");
            }
            Design::Sobol { rows, second_order } => {
                u64::from(*rows).checked_mul(varying.len() as u64 * if *second_order { 2 } else { 1 } + 2)
            }
            Design::Morris { trajectories, .. } => Some(u64::from(*trajectories) * (varying.len() as u64 + 1)),
            _ => Some(1),
        };
        match points {
            Some(points) if points <= MOST => Some(()),
            _ => keys.wrong("design", format!("makes more than {MOST} points"), "leave levels or factors out"),
        }
    }
}

fn number(keys: &Keys<'_>, key: &str, least: u64, most: u64, example: &str) -> Option<u64> {
    if keys.value(key).is_none() {
        keys.missing(key, example);
    }
    keys.whole(key, least, most)
}

/// Columns that every table of a sweep has.
const RESERVED: &[&str] = &["point", "replication", "censored", "replications", "failed", "block", "design"];
