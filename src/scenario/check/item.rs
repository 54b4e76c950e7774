//! Reads one value: `{ value = …, source = … }` is unwrapped, the type is checked, and quantities are noted down as
//! assumptions with what is said about them.

use super::reader::{Reader, TableWide};
use super::usual::Written;
use super::{Check, limits};
use crate::scenario::document::write;
use crate::scenario::document::{Kind, Table, Value};
use crate::scenario::keys::{Key, KeyKind};
use crate::scenario::problem::did_you_mean;
use crate::scenario::quantity::{self, Decimal, Wrong};
use crate::scenario::ranges::StatedRange;
use crate::scenario::scenario_type::Assumption;
use crate::scenario::source::Span;
use crate::units::{Duration, Kilometres};

/// A value with its key and path.
#[derive(Clone)]
pub(super) struct Item<'a> {
    pub(super) check: &'a Check<'a>,
    /// The value itself, unwrapped.
    pub(super) value: &'a Value,
    pub(super) key: &'static Key,
    pub(super) path: String,
    wide: TableWide,
    source: Option<String>,
    range: Option<String>,
    /// The ends of the range, as written and where.
    range_ends: Option<[(String, Span); 2]>,
    note: Option<String>,
    /// What is said about the value is wrong.
    bad: bool,
}

impl<'a> Item<'a> {
    pub(super) fn new(check: &'a Check<'a>, written: &'a Value, key: &'static Key, path: String, wide: &TableWide) -> Self {
        let mut item = Self {
            check,
            value: written,
            key,
            path,
            wide: wide.clone(),
            source: None,
            range: None,
            range_ends: None,
            note: None,
            bad: false,
        };
        let Some(table) = written.as_table().filter(|table| table.is_one_value()) else {
            item.inherit(written.span.file);
            return item;
        };
        // A source says something about the values of its own text only: an override must bring its own.
        let values = table.entries.iter().filter(|entry| !["source", "range", "note"].contains(&entry.key.as_str()));
        let file = values.map(|entry| entry.value.span.file).max().unwrap_or(written.span.file);
        for (name, slot) in [("source", &mut item.source), ("note", &mut item.note)] {
            match table.get(name) {
                Some(Value { kind: Kind::Text(text), span }) => *slot = (span.file == file).then(|| text.clone()),
                Some(other) => {
                    check.book.error(other.span, format!("{}.{name} is {}, but must be a text", item.path, other.kind.name()), "");
                    item.bad = true;
                }
                None => {}
            }
        }
        if let Some(range) = table.get("range") {
            match &range.kind {
                Kind::Array(ends) if ends.len() == 2 => {
                    item.range = Some(write::value(range, &[]));
                    item.range_ends = Some([0, 1].map(|at| (write::value(&ends[at], &[]), ends[at].span)));
                }
                _ => {
                    let help = "write the lowest and the highest, as in range = [\"5 min\", \"40 min\"]";
                    check.book.error(range.span, format!("{}.range is no pair", item.path), help);
                    item.bad = true;
                }
            }
        }
        item.inherit(file);
        if let Some(value) = table.get("value") {
            for entry in &table.entries {
                if !["value", "source", "range", "note"].contains(&entry.key.as_str()) {
                    let message = format!("{} has no key {:?} beside value", item.path, entry.key);
                    check.book.error(entry.key_span, message, "known keys: value, source, range, note");
                    item.bad = true;
                }
            }
            item.value = value;
        }
        item
    }

    /// The same value, with a part of it named in messages.
    pub(super) fn at(&self, part: &str) -> Self {
        Self { path: format!("{}.{part}", self.path), ..self.clone() }
    }

    fn inherit(&mut self, file: u32) {
        let from = |wide: &Option<(String, u32)>| wide.as_ref().filter(|(_, of)| *of == file).map(|(text, _)| text.clone());
        self.source = self.source.take().or_else(|| from(&self.wide.source));
        self.note = self.note.take().or_else(|| from(&self.wide.note));
    }

    /// The value as written, short enough for a message.
    pub(super) fn shown(&self, value: &Value) -> String {
        let text = match &value.kind {
            Kind::Table(_) | Kind::Array(_) => value.kind.name().to_owned(),
            _ => write::value(value, &[]),
        };
        if text.chars().count() > 60 { text.chars().take(57).chain("...".chars()).collect() } else { text }
    }

    /// Records that a value is wrong.
    pub(super) fn wrong<T>(&self, value: &Value, but: impl AsRef<str>, help: impl Into<String>) -> Option<T> {
        let but = but.as_ref();
        let message = match &value.kind {
            Kind::Table(_) | Kind::Array(_) if !but.starts_with("must be") => format!("{}: {but}", self.path),
            _ => format!("{} is {}, but {but}", self.path, self.shown(value)),
        };
        self.check.book.error(value.span, message, help);
        None
    }

    /// Records that a value has the wrong type.
    pub(super) fn not_a<T>(&self, value: &Value, wanted: &str) -> Option<T> {
        self.wrong(value, format!("must be {wanted}"), format!("write {} = {}", self.key.name, self.key.kind.example()))
    }

    /// Notes the value down as an assumption and passes it on.
    pub(super) fn noted<T>(&self, read: Option<T>) -> Option<T> {
        let value = read?;
        if self.bad {
            return None;
        }
        let plain = match &self.value.kind {
            Kind::Table(table) => {
                let mut table = table.clone();
                table.entries.retain(|entry| !["source", "range", "note"].contains(&entry.key.as_str()));
                Value { kind: Kind::Table(table), span: self.value.span }
            }
            _ => self.value.clone(),
        };
        let written = write::value(&plain, &[]);
        self.check.written.borrow_mut().push(Written { path: self.path.clone(), kind: self.key.kind, value: plain, span: self.value.span });
        if let Some(ends) = &self.range_ends {
            let stated = StatedRange { path: self.path.clone(), value: written.clone(), ends: ends.clone() };
            self.check.ranges.borrow_mut().push(stated);
        }
        self.check.assumptions.borrow_mut().push(Assumption {
            path: self.path.clone(),
            value: written,
            source: self.source.clone(),
            range: self.range.clone(),
            note: self.note.clone(),
            place: self.check.book.short_place(self.value.span),
        });
        Some(value)
    }

    /// A text.
    pub(super) fn text(&self) -> Option<String> {
        match &self.value.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => self.not_a(self.value, "a text"),
        }
    }

    /// One of the words of the key's kind; gives its position.
    pub(super) fn word(&self) -> Option<usize> {
        let words: &[&str] = match self.key.kind {
            KeyKind::Word(words) | KeyKind::WordOr(words, _) | KeyKind::Window(words, _) | KeyKind::Windows(words) => words,
            _ => unreachable!("only keys with words are read as words"),
        };
        let wanted = words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" or ");
        let Kind::Text(text) = &self.value.kind else { return self.not_a(self.value, &wanted) };
        words.iter().position(|word| word == text).or_else(|| {
            let help = did_you_mean(text, words.iter().copied()).map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
            self.wrong(self.value, format!("must be {wanted}"), help)
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.value.kind {
            Kind::Flag(flag) => self.noted(Some(flag)),
            _ => self.not_a(self.value, "true or false"),
        }
    }

    fn integer(&self, value: &Value, what: &str) -> Option<i128> {
        match &value.kind {
            Kind::Integer(text) => match text.parse() {
                Ok(number) => Some(number),
                Err(_) => self.wrong(value, "is too large", ""),
            },
            Kind::Text(text) => {
                let (number, word) = quantity::leading(text.trim());
                if number.is_empty() || !COUNTED.contains(&word.trim()) {
                    return self.wrong(value, format!("must be {what}"), "write the number without quotes");
                }
                match Decimal::read(number).map(Decimal::whole) {
                    Ok(Some(number)) => Some(number),
                    Ok(None) => self.wrong(value, format!("must be {what}"), "there is no half of it"),
                    Err(wrong) => self.refused(value, wrong),
                }
            }
            Kind::Float(text) => {
                let whole = Decimal::read(text).ok().and_then(Decimal::whole);
                whole.or_else(|| self.wrong(value, format!("must be {what}"), "there is no half of it"))
            }
            _ => self.not_a(value, what),
        }
    }

    /// A whole number from `least`, not noted down.
    pub(super) fn whole_of(&self, value: &Value, least: u32) -> Option<u32> {
        let number = self.integer(value, "a whole number")?;
        if number < i128::from(least) {
            return self.wrong(value, format!("must be at least {least}"), "");
        }
        let most = limits::most(self.key.name);
        if number > most {
            return self.wrong(value, format!("must be at most {most}"), "");
        }
        u32::try_from(number).ok()
    }

    /// A whole number from the key's least.
    pub(super) fn whole(&self) -> Option<u32> {
        let KeyKind::Whole(least) = self.key.kind else { return self.noted(self.whole_of(self.value, 0)) };
        self.noted(self.whole_of(self.value, u32::try_from(least).unwrap_or(0)))
    }

    /// A signed whole number, not noted down.
    pub(super) fn signed(&self) -> Option<i64> {
        let number = self.integer(self.value, "a whole number")?;
        i64::try_from(number).ok().or_else(|| self.wrong(self.value, "is too large", ""))
    }

    /// A seed, not noted down.
    pub(super) fn seed(&self) -> Option<u64> {
        let number = self.integer(self.value, "a whole number")?;
        u64::try_from(number).ok().or_else(|| self.wrong(self.value, format!("must be from 0 to {}", u64::MAX), ""))
    }

    /// A plain number of any size and sign, not noted down.
    pub(super) fn real_of(&self, value: &Value) -> Option<f64> {
        let text = match &value.kind {
            Kind::Integer(text) | Kind::Float(text) => text,
            // A command line and a cell give texts; what they say is held to the same grammar.
            Kind::Text(text) if !quantity::leading(text.trim()).0.is_empty() => {
                if !quantity::leading(text.trim()).1.trim().is_empty() {
                    return self.not_a(value, "a number without a unit");
                }
                return match Decimal::read(text) {
                    Ok(number) => Some(number.real()),
                    Err(wrong) => self.refused(value, wrong),
                };
            }
            _ => return self.not_a(value, "a number without a unit"),
        };
        match text.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => self.wrong(value, "must be a finite number", ""),
        }
    }

    /// A ratio, which may be written as a share: `0.5` or `"50 %"`.
    pub(super) fn ratio_of(&self, value: &Value) -> Option<f64> {
        match &value.kind {
            Kind::Text(text) if text.trim_end().ends_with('%') => match quantity::share(text) {
                Ok(share) => Some(share.real()),
                Err(wrong) => self.refused(value, wrong),
            },
            _ => self.real_of(value),
        }
    }

    /// A number from 0.
    pub(super) fn number(&self) -> Option<f64> {
        let number = self.real_of(self.value)?;
        if number < 0.0 { self.wrong(self.value, "must not be negative", "") } else { self.noted(Some(number)) }
    }

    /// A number above 0.
    pub(super) fn positive(&self) -> Option<f64> {
        let number = self.real_of(self.value)?;
        if number <= 0.0 { self.wrong(self.value, "must be above 0", "") } else { self.noted(Some(number)) }
    }

    /// Degrees within the limits of the key.
    pub(super) fn degrees(&self) -> Option<f64> {
        let KeyKind::Degrees(limit) = self.key.kind else { unreachable!("only keys of degrees are read as degrees") };
        let degrees = self.real_of(self.value)?;
        let fine = degrees.abs() <= f64::from(limit);
        if fine { self.noted(Some(degrees)) } else { self.wrong(self.value, format!("must be from -{limit} to {limit} degrees"), "") }
    }

    /// A share from 0 to 1; `below_one` where 1 itself makes no sense, `above_zero` likewise.
    pub(super) fn share(&self, above_zero: bool, below_one: bool) -> Option<f64> {
        let number = self.ratio_of(self.value)?;
        let fine = (0.0..=1.0).contains(&number) && !(above_zero && number == 0.0) && !(below_one && number == 1.0);
        if fine {
            return self.noted(Some(number));
        }
        let low = if above_zero { "above 0" } else { "at least 0" };
        let high = if below_one { "below 1" } else { "at most 1" };
        let help = if (2.0..=100.0).contains(&number) { format!("{number} % is {}", number / 100.0) } else { String::new() };
        self.wrong(self.value, format!("must be {low} and {high}"), help)
    }

    /// The share as a decimal, for exact products.
    pub(super) fn decimal(&self) -> Option<Decimal> {
        match &self.value.kind {
            Kind::Integer(text) | Kind::Float(text) | Kind::Text(text) => quantity::share(text).ok(),
            _ => None,
        }
    }

    /// Records what a reader of texts says of a value.
    fn refused<T>(&self, value: &Value, Wrong { why, help }: Wrong) -> Option<T> {
        if why.starts_with("must ") {
            return self.wrong(value, why, help);
        }
        self.check.book.error(value.span, format!("{} is {}, which {why}", self.path, self.shown(value)), help);
        None
    }

    /// A quantity in a text, by one of the readers of [`quantity`].
    pub(super) fn quantity<T>(&self, value: &Value, what: &str, example: &str, read: impl Fn(&str) -> Result<T, Wrong>) -> Option<T> {
        match &value.kind {
            Kind::Text(text) | Kind::Date(text) => match read(text) {
                Ok(quantity) => Some(quantity),
                // "is 5, but has no unit" reads better than "which".
                Err(wrong) if wrong.why.starts_with("is ") => self.refused(value, wrong),
                Err(Wrong { why, help }) => self.wrong(value, why, help),
            },
            Kind::Integer(number) | Kind::Float(number) => {
                let unit = example.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ':').trim_start();
                let help = if unit.is_empty() {
                    format!("write a text, as in {example:?}")
                } else {
                    format!("write \"{number} {unit}\", if that is the unit")
                };
                self.wrong(value, format!("{what} carries its unit"), help)
            }
            _ => self.wrong(value, format!("must be {what}"), format!("write {example:?}")),
        }
    }

    /// A duration, not noted down.
    pub(super) fn time_of(&self, value: &Value) -> Option<Duration> {
        self.quantity(value, "a duration", "45 min", quantity::duration)
    }

    /// Whether a distribution is written.
    pub(super) fn is_distribution(&self) -> bool {
        self.value.as_table().is_some_and(|table| table.get("dist").is_some())
    }

    /// A duration that does not vary.
    pub(super) fn time(&self) -> Option<Duration> {
        if self.is_distribution() {
            return self.wrong(self.value, "must be one duration that does not vary", "write its mean");
        }
        self.noted(self.time_of(self.value))
    }

    /// A duration above 0.
    pub(super) fn time_above_zero(&self) -> Option<Duration> {
        let time = self.time()?;
        if time.is_zero() { self.wrong(self.value, "must be above 0", "") } else { Some(time) }
    }

    /// A distance above 0.
    pub(super) fn distance(&self) -> Option<Kilometres> {
        let kilometres = self.quantity(self.value, "a distance", "120 km", quantity::distance)?;
        if kilometres <= 0.0 {
            return self.wrong(self.value, "must be above 0", "");
        }
        if kilometres > 1e6 {
            return self.wrong(self.value, "must be at most 1000000 km", "");
        }
        self.noted(Some(Kilometres(kilometres)))
    }

    /// A time of day, not noted down.
    pub(super) fn clock_of(&self, value: &Value) -> Option<Duration> {
        self.quantity(value, "a time of day", "18:00", quantity::clock)
    }

    /// The table, as a reader of the key's own keys.
    pub(super) fn table(&self) -> Option<Reader<'a>> {
        match &self.value.kind {
            Kind::Table(table) => Some(self.reader(table, self.value.span, self.path.clone(), self.key.kind.keys())),
            _ => self.not_a(self.value, "a table"),
        }
    }

    /// A reader of a table within this value.
    pub(super) fn reader(&self, table: &'a Table, span: Span, path: String, keys: &'static [Key]) -> Reader<'a> {
        Reader::new(self.check, table, keys, path, span, &self.wide)
    }

    /// The items of a list.
    pub(super) fn list(&self) -> Option<&'a [Value]> {
        match &self.value.kind {
            Kind::Array(items) => Some(items),
            _ => self.not_a(self.value, "a list"),
        }
    }

    /// A list of texts with their places.
    pub(super) fn texts(&self) -> Option<Vec<(String, Span)>> {
        let mut texts = Vec::new();
        for value in self.list()? {
            match &value.kind {
                Kind::Text(text) => texts.push((text.clone(), value.span)),
                _ => return self.not_a(value, "a text"),
            }
        }
        Some(texts)
    }

    /// The position of the entry that this id names, counted through the tables of the key's kind.
    pub(super) fn id_of(&self) -> Option<(&'static str, usize)> {
        let KeyKind::Of(tables) = self.key.kind else { unreachable!("only keys of ids are read as ids") };
        let id = self.text()?;
        self.check.find(tables, &id).or_else(|| {
            if self.check.book.is_full() {
                return None;
            }
            let known = tables.iter().flat_map(|table| self.check.ids(table));
            let near = did_you_mean(&id, known);
            let elsewhere = ["site", "hub", "facility", "crossing", "buses", "escorts", "air_cover", "aircraft", "route"]
                .into_iter()
                .find(|table| self.check.find(&[table], &id).is_some());
            let help = match (near, elsewhere) {
                (_, Some(table)) => format!("{id:?} is a [[{table}]]"),
                (Some(near), None) => format!("did you mean {near:?}?"),
                (None, None) => {
                    let known: Vec<&str> = tables.iter().flat_map(|table| self.check.ids(table)).collect();
                    if known.is_empty() { format!("the scenario has no [[{}]]", tables[0]) } else { format!("known: {}", known.join(", ")) }
                }
            };
            let kinds: Vec<&str> = tables.iter().map(|table| called(table)).collect();
            self.wrong(self.value, format!("there is no such {}", kinds.join(" or ")), help)
        })
    }
}

/// What an entry of a table is called.
fn called(table: &str) -> &str {
    match table {
        "buses" => "fleet of buses",
        "escorts" => "pool of escorts",
        "air_cover" => "air cover",
        "aircraft" => "fleet of aircraft",
        other => other,
    }
}

/// Words that may follow a count.
const COUNTED: &[&str] = &[
    "", "aircraft", "bay", "bays", "bed", "beds", "bus", "buses", "convoy", "convoys", "crew", "crews", "escort", "escorts", "flights",
    "lane", "lanes", "orbit", "orbits", "people", "person", "persons", "place", "places", "runs", "seat", "seats", "vehicle", "vehicles",
];
