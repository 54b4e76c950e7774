//! `[[objective]]`, `[compare]`, `[observed]`: what is wanted, what matters, what was seen.

use super::Check;
use super::data;
use super::item::Item;
use super::reader::{Reader, TableWide};
use super::schedule::first_day;
use crate::scenario::document::Kind;
use crate::scenario::keys::{Default, Key, KeyKind};
use crate::scenario::problem::{ProblemKind, did_you_mean};
use crate::scenario::quantity::{self, CivilDay};
use crate::scenario::response_unit::{ResponseUnit, is_time_to_reach};
use crate::scenario::scenario_type::{Bound, Objective, Observation, TooSmall};
use crate::scenario::source::Span;
use crate::units::Duration;

/// An amount of a response from a text, in the unit of the response: `"0.5 d"` of `days_to_completion`, `"12"` of `breakdowns`.
///
/// # Errors
///
/// What is wrong, in words that go on from "… is …, but".
pub fn amount(response: &str, text: &str) -> Result<f64, String> {
    let read = ResponseUnit::of(response).read(text);
    read.map_err(|wrong| if wrong.help.is_empty() { wrong.why } else { format!("{}; {}", wrong.why, wrong.help) })
}

impl Item<'_> {
    /// A bound or a difference, in the unit of its response.
    fn bound(&self, response: &str) -> Option<f64> {
        let value = self.value;
        let plain = matches!(value.kind, Kind::Integer(_) | Kind::Float(_));
        let number = match ResponseUnit::of(response) {
            // Divided once, as the response is: a bound of whole ticks is then met by a run that ends on that very tick.
            ResponseUnit::Days => self.quantity(value, "a duration", "30 d", |text| quantity::duration(text).map(Duration::days)),
            ResponseUnit::Hours => self.quantity(value, "a duration", "500 h", |text| quantity::duration(text).map(Duration::hours)),
            ResponseUnit::Kilometres => self.quantity(value, "a distance", "500 km", quantity::distance),
            ResponseUnit::Share | ResponseUnit::Plain if plain => self.real_of(value),
            ResponseUnit::Share => self.quantity(value, "a share", "0.8", |text| ResponseUnit::Share.read(text)),
            ResponseUnit::Plain => self.quantity(value, "a number", "12", |text| ResponseUnit::Plain.read(text)),
        }?;
        if number < 0.0 { self.wrong(value, "must not be negative", "") } else { Some(number) }
    }
}

impl Check<'_> {
    /// Whether a response exists, as far as the caller told.
    fn response(&self, name: &str, span: Span) -> Option<()> {
        let Some(known) = self.responses else { return Some(()) };
        let fits = |known: &&&str| match known.split_once(".<") {
            Some((stem, _)) => name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| !rest.is_empty()),
            None => **known == name,
        };
        if known.iter().any(|known| fits(&known)) {
            return Some(());
        }
        let help = did_you_mean(name, known.iter().copied()).map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
        self.book.error(span, format!("there is no response {name:?}"), help);
        None
    }
}

/// Reads one objective.
pub(super) fn objective(r: &Reader<'_>) -> Option<Objective> {
    let id = r.need("id", |i| i.text());
    let response = r.need("response", |i| {
        let name = i.text()?;
        i.check.response(&name, i.value.span).map(|()| name)
    });
    let share = r.or("in_share_of_runs", 0.8, |i| i.share(true, false));
    if r.has("at_most") == r.has("at_least") {
        let both = if r.has("at_most") { "has both at_most and at_least" } else { "has neither at_most nor at_least" };
        r.error_at(&["at_least"], format!("{} {both}", r.path), "give one bound");
        return None;
    }
    let response = response?;
    let at_most = r.open("at_most", |i| i.bound(&response).map(Bound::AtMost));
    let at_least = r.open("at_least", |i| i.bound(&response).map(Bound::AtLeast));
    let bound = at_most?.or(at_least?)?;
    beyond_horizon(r, &response, bound);
    Some(Objective { id: id?, response, bound, in_share_of_runs: share? })
}

/// A note where runs that are still under way at the horizon would leave an objective open.
fn beyond_horizon(r: &Reader<'_>, response: &str, bound: Bound) {
    let (Bound::AtMost(day) | Bound::AtLeast(day)) = bound;
    let Some(horizon) = r.check.horizon.map(Duration::days).filter(|horizon| is_time_to_reach(response) && day > *horizon) else { return };
    let key = if matches!(bound, Bound::AtMost(_)) { "at_most" } else { "at_least" };
    let message = format!("{} asks beyond the horizon, day {horizon}: runs that are still under way then leave it open", r.path);
    let help = "raise scenario.horizon, or ask for an earlier day";
    r.check.book.report(ProblemKind::Note, r.span_of(key), message, Some(help.to_owned()));
}

/// Reads `[compare]`: every key but one is a response.
pub(super) fn compare(check: &Check<'_>) -> Option<(Vec<TooSmall>, Vec<String>)> {
    let Some(entry) = check.root.entry("compare") else { return Some((Vec::new(), Vec::new())) };
    let table = entry.value.as_table()?;
    let (mut small, mut keep) = (Vec::new(), Vec::new());
    let mut fine = true;
    static BOUND: Key = Key { name: "difference", kind: KeyKind::Bound, default: Default::Open, about: "difference too small to matter" };
    for entry in &table.entries {
        let path = format!("compare.{}", entry.key);
        let item = Item::new(check, &entry.value, &BOUND, path, &TableWide::default());
        match entry.key.as_str() {
            "source" | "note" => {}
            "must_not_worsen" => match item.texts() {
                Some(names) => {
                    for (name, span) in names {
                        fine &= check.response(&name, span).is_some();
                        keep.push(name);
                    }
                }
                None => fine = false,
            },
            name => match (check.response(name, entry.key_span), item.bound(name)) {
                (Some(()), Some(difference)) => small.push(TooSmall { response: name.to_owned(), difference }),
                _ => fine = false,
            },
        }
    }
    fine.then_some((small, keep))
}

/// Reads `[observed]`, whose file is data.
pub(super) fn observed(check: &Check<'_>) -> Option<Vec<Observation>> {
    if check.root.get("observed").is_none() {
        return Some(Vec::new());
    }
    let r = check.single("observed")?;
    let name = r.need("file", |i| i.text())?;
    let rows = data::columns(check.book, &name, r.span_of("file"), &["as_of", "value", "bound", "source"])?;
    let start = check.start?;
    let mut observations = Vec::new();
    let mut fine = true;
    let mut bad = |span: Span, message: String, help: &str| {
        check.book.report(ProblemKind::Data, span, message, (!help.is_empty()).then(|| help.to_owned()));
        fine = false;
    };
    for row in rows {
        let [(as_of, date_at), (value, value_at), (bound, bound_at), (source, _)] = &row[..] else { continue };
        let day = match quantity::date_or_time(as_of) {
            Ok(((year, month, day), _, _)) => CivilDay::new(year, month, day).0 - first_day(start).0 + 1,
            Err(wrong) => {
                bad(*date_at, format!("as_of is {as_of:?}, which {}", wrong.why), &wrong.help);
                continue;
            }
        };
        let number = match quantity::Decimal::read(value) {
            Ok(number) if !number.is_negative() => number.real(),
            Ok(_) => {
                bad(*value_at, format!("value is {value:?}, but must not be negative"), "");
                continue;
            }
            Err(wrong) => {
                bad(*value_at, format!("value is {value:?}, which {}; it must be a number of people", wrong.why), &wrong.help);
                continue;
            }
        };
        if !["exact", "at_least", "at_most"].contains(&bound.as_str()) {
            bad(*bound_at, format!("bound is {bound:?}, but must be exact, at_least or at_most"), "");
            continue;
        }
        let as_of_day = day as f64 - start.time_of_day.days();
        observations.push(Observation { as_of_day, value: number, bound: bound.clone(), source: source.clone() });
    }
    fine.then_some(observations)
}
