//! Values changed by a rule, as texts for `--set`: a tenth more, one more, an hour longer, an end of the stated range.
//!
//! Whoever asks what an input does to the results changes its text and lets the scenario be read and checked again. Nothing here
//! says whether the changed scenario is valid; a change that makes no sense for a value is `None`.

use super::document::{Kind, Table, Value, parse, write};
use super::keys::{FAMILIES, Key, KeyKind, TABLES};
use super::quantity::{self, Decimal};
use crate::units::{Duration, TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// What may stand at a dotted path, or `None` where no such key is known.
#[must_use]
pub fn kind(path: &str) -> Option<KeyKind> {
    let pieces = pieces(path);
    let table = TABLES.iter().find(|table| Some(table.name) == pieces.first().map(String::as_str))?;
    let mut keys: &[Key] = table.keys;
    let mut found = None;
    let mut rest = pieces[if table.many { 2 } else { 1 }.min(pieces.len())..].iter();
    while let Some(piece) = rest.next() {
        let Some(key) = keys.iter().find(|key| key.name == piece) else {
            // A value beside its source is the value; below it only the last piece is a parameter.
            if piece == "value" && found.is_some() {
                continue;
            }
            return if rest.len() == 0 { part(found?, piece) } else { None };
        };
        if matches!(key.kind, KeyKind::Tables(_)) {
            rest.next();
        }
        keys = key.kind.keys();
        found = Some(key.kind);
    }
    found
}

/// What may stand at a part of a value that is no key of the lists: a parameter of a distribution, a class of people, a level of the calendar.
fn part(kind: KeyKind, piece: &str) -> Option<KeyKind> {
    let plain = match kind {
        KeyKind::Classes => return Some(KeyKind::Whole(0)),
        KeyKind::Amounts => return Some(KeyKind::Whole(i64::MIN)),
        KeyKind::TimeVaries => KeyKind::Time,
        KeyKind::RateVaries => KeyKind::Rate,
        KeyKind::SpeedVaries | KeyKind::Sizes(_) => kind,
        _ => return None,
    };
    if piece == "dist" {
        return Some(KeyKind::Text);
    }
    let (family, own, _) = FAMILIES.iter().find(|(_, own, other)| own.contains(&piece) || other.contains(&piece))?;
    Some(match (*family, own.contains(&piece)) {
        (_, true) => plain,
        ("empirical", false) => KeyKind::Text,
        (_, false) => KeyKind::Number,
    })
}

/// The words of a dotted path, without their quotes.
#[must_use]
pub fn pieces(path: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quote = None;
    let mut closed = false;
    for c in path.chars() {
        let piece = pieces.last_mut().expect("there is always a piece");
        match (c, quote) {
            (c, Some(open)) if c == open => (quote, closed) = (None, true),
            (c, Some(_)) => piece.push(c),
            ('"' | '\'', None) if piece.trim().is_empty() => {
                piece.clear();
                quote = Some(c);
            }
            ('.', None) => {
                if !closed {
                    *piece = piece.trim().to_owned();
                }
                pieces.push(String::new());
                closed = false;
            }
            (c, None) if closed && c.is_whitespace() => {}
            (c, None) => piece.push(c),
        }
    }
    if !closed && let Some(piece) = pieces.last_mut() {
        *piece = piece.trim().to_owned();
    }
    pieces
}

/// The value at a path times a factor. Of a distribution every parameter with a unit is multiplied, so that its shape stays; whole
/// numbers are rounded and change by at least one; shares stay at or below 1.
#[must_use]
pub fn times(path: &str, value: &str, factor: f64) -> Option<String> {
    let kind = kind(path)?;
    let mut changed = parse::value(value, 0, 0)?;
    scale(&mut changed, kind, factor)?;
    let text = write::value(&changed, &[]);
    (text != value).then_some(text)
}

/// The whole number at a path with so many more.
#[must_use]
pub fn plus(value: &str, more: u32) -> Option<String> {
    let parsed = parse::value(value, 0, 0)?;
    Some((whole(&parsed)? + i64::from(more)).to_string())
}

/// The whole number written as a value, as in `6` or `"6 buses"`.
#[must_use]
pub fn count(value: &str) -> Option<u32> {
    u32::try_from(whole(&parse::value(value, 0, 0)?)?).ok()
}

/// Windows of the clock, each ending an hour later (at most when it begins again). `None` for what is no window.
#[must_use]
pub fn an_hour_longer(value: &str) -> Option<String> {
    let mut windows = parse::value(value, 0, 0)?;
    lengthen(&mut windows)?;
    let text = write::value(&windows, &[]);
    (text != value).then_some(text)
}

/// The two ends of a stated range, as texts.
#[must_use]
pub fn ends(range: &str) -> Option<(String, String)> {
    match parse::value(range, 0, 0)?.kind {
        Kind::Array(ends) => match &ends[..] {
            [low, high] => Some((write::value(low, &[]), write::value(high, &[]))),
            _ => None,
        },
        _ => None,
    }
}

/// The value at a path moved to an end of its range. A plain value becomes that end; a distribution is multiplied so that its mean,
/// median or mode (whichever it names; of a uniform one the middle) lies there.
#[must_use]
pub fn moved(path: &str, value: &str, end: &str) -> Option<String> {
    let kind = kind(path)?;
    let mut changed = parse::value(value, 0, 0)?;
    let Kind::Table(table) = &changed.kind else { return (end != value).then(|| end.to_owned()) };
    let (typical, end) = (typical(table, kind)?, measure(&parse::value(end, 0, 0)?, kind)?);
    if typical <= 0.0 || (end / typical - 1.0).abs() < 1e-12 {
        return None;
    }
    scale(&mut changed, kind, end / typical)?;
    Some(write::value(&changed, &[]))
}

/// Whether the typical figure of a distribution lies at an end of its range already.
#[must_use]
pub(super) fn lies_at(path: &str, value: &str, end: &str) -> bool {
    let at = || {
        let kind = kind(path)?;
        let Kind::Table(table) = parse::value(value, 0, 0)?.kind else { return None };
        Some(measure(&parse::value(end, 0, 0)?, kind)? / typical(&table, kind)?)
    };
    at().is_some_and(|ratio: f64| (ratio - 1.0).abs() < 1e-12)
}

fn whole(value: &Value) -> Option<i64> {
    match &value.kind {
        Kind::Integer(number) => number.parse().ok(),
        Kind::Float(number) => i64::try_from(Decimal::read(number).ok()?.whole()?).ok(),
        Kind::Text(text) => i64::try_from(Decimal::read(quantity::leading(text.trim()).0).ok()?.whole()?).ok(),
        _ => None,
    }
}

fn scale(value: &mut Value, kind: KeyKind, factor: f64) -> Option<()> {
    match &mut value.kind {
        Kind::Integer(text) | Kind::Float(text) => {
            let number: f64 = text.parse().ok()?;
            value.kind = match kind {
                KeyKind::Whole(_) | KeyKind::WholeOr(_) | KeyKind::Classes => Kind::Integer(rounded(number, factor)),
                KeyKind::Share => Kind::Float(decimal((number * factor).min(1.0))),
                KeyKind::Number => Kind::Float(decimal(number * factor)),
                _ => return None,
            };
        }
        Kind::Text(text) => {
            if let (KeyKind::Share, Ok(share)) = (kind, quantity::share(text)) {
                value.kind = Kind::Float(decimal((share.real() * factor).min(1.0)));
                return Some(());
            }
            *text = match kind {
                KeyKind::Whole(_) | KeyKind::WholeOr(_) => rounded(whole_text(text)?, factor),
                KeyKind::Time | KeyKind::TimeVaries | KeyKind::SpeedVaries | KeyKind::Distance | KeyKind::Rate | KeyKind::RateVaries => {
                    scaled_quantity(text, factor)?
                }
                _ => return None,
            };
        }
        Kind::Table(table) if table.get("dist").is_some() => {
            let (_, own, _) = *FAMILIES.iter().find(|family| Some(family.0) == table.text("dist"))?;
            // What comes from a file has no parameter to change.
            own.first()?;
            for entry in table.entries.iter_mut().filter(|entry| own.contains(&entry.key.as_str())) {
                match &mut entry.value.kind {
                    Kind::Array(items) => items.iter_mut().try_for_each(|item| scale(item, kind, factor))?,
                    _ => scale(&mut entry.value, kind, factor)?,
                }
            }
        }
        Kind::Table(table) if matches!(kind, KeyKind::Classes) => {
            table.entries.iter_mut().try_for_each(|entry| scale(&mut entry.value, kind, factor))?;
        }
        _ => return None,
    }
    Some(())
}

fn whole_text(text: &str) -> Option<f64> {
    Decimal::read(quantity::leading(text.trim()).0).ok().map(Decimal::real)
}

/// A whole number times a factor, at least one away from it.
fn rounded(number: f64, factor: f64) -> String {
    let (least, exact) = (if factor < 1.0 { number - 1.0 } else { number + 1.0 }, (number * factor).round());
    let changed = if factor < 1.0 { exact.min(least) } else { exact.max(least) };
    (changed.max(0.0) as i64).to_string()
}

/// `"2 h 30 min"` times a factor: every number in it, units as they are.
fn scaled_quantity(text: &str, factor: f64) -> Option<String> {
    let mut scaled = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let (number, behind) = quantity::leading(&rest[begin..]);
        scaled.push_str(&rest[..begin]);
        scaled.push_str(&decimal(Decimal::read(number).ok()?.real() * factor));
        rest = behind;
        any = true;
    }
    scaled.push_str(rest);
    any.then_some(scaled)
}

/// A number with at most nine decimals.
fn decimal(number: f64) -> String {
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The figure by which people know a distribution.
pub(super) fn typical(table: &Table, kind: KeyKind) -> Option<f64> {
    let figure = |key: &str| table.get(key).and_then(|value| measure(value, kind));
    ["mean", "median", "mode", "scale"].iter().find_map(|key| figure(key)).or_else(|| Some(f64::midpoint(figure("min")?, figure("max")?)))
}

/// A plain value as a number in the unit of its kind.
pub(super) fn measure(value: &Value, kind: KeyKind) -> Option<f64> {
    match (&value.kind, kind) {
        (Kind::Text(text), KeyKind::Time | KeyKind::TimeVaries) => quantity::duration(text).ok().map(|time| time.ticks() as f64),
        (Kind::Text(text), KeyKind::SpeedVaries) => quantity::speed(text).ok(),
        (Kind::Text(text), KeyKind::Distance) => quantity::distance(text).ok(),
        (Kind::Text(text), KeyKind::Rate | KeyKind::RateVaries) => quantity::rate_per_hour(text).ok(),
        (Kind::Integer(number) | Kind::Float(number), _) => number.parse().ok(),
        _ => None,
    }
}

fn lengthen(value: &mut Value) -> Option<()> {
    let ends = match &mut value.kind {
        Kind::Table(table) => {
            let from = quantity::clock(table.text("from")?).ok()?;
            (from, table.get_mut("to")?)
        }
        Kind::Array(items) => match &mut items[..] {
            [Value { kind: Kind::Text(from), .. }, to @ Value { kind: Kind::Text(_), .. }] => (quantity::clock(from).ok()?, to),
            windows => return windows.iter_mut().try_for_each(lengthen),
        },
        _ => return None,
    };
    let (from, to) = ends;
    let Kind::Text(text) = &mut to.kind else { return None };
    let open = (quantity::clock(text).ok()?.ticks() + TICKS_PER_DAY - from.ticks() - 1) % TICKS_PER_DAY + 1;
    let longer = (open + TICKS_PER_HOUR).min(TICKS_PER_DAY);
    *text = clock(Duration::from_ticks((from.ticks() + longer) % TICKS_PER_DAY));
    Some(())
}

/// `"02:00"`, with seconds only where there are some.
fn clock(time: Duration) -> String {
    let seconds = time.ticks() / (TICKS_PER_MINUTE / 60);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_keep_their_units() {
        assert_eq!(times("route.road.headway", "\"1 h 30 min\"", 0.5).as_deref(), Some("\"0.5 h 15 min\""));
        assert_eq!(times("route.road.path.\"to border\".speed", "\"45 km/h\"", 1.1).as_deref(), Some("\"49.5 km/h\""));
        assert_eq!(times("buses.coaches.fill", "0.95", 1.2).as_deref(), Some("1"));
        assert_eq!(times("buses.coaches.count", "12", 1.01).as_deref(), Some("13"));
        assert_eq!(
            times("site.prison.detainees", "{ separate = 200, general = 3800 }", 0.8).as_deref(),
            Some("{ separate = 160, general = 3040 }")
        );
    }

    #[test]
    fn of_a_distribution_the_shape_stays() {
        let erlang = "{ dist = \"erlang\", shape = 4, mean = \"3 min\" }";
        let path = "site.prison.boarding.search";
        assert_eq!(times(path, erlang, 2.0).as_deref(), Some("{ dist = \"erlang\", shape = 4, mean = \"6 min\" }"));
        assert_eq!(moved(path, erlang, "\"90 s\"").as_deref(), Some("{ dist = \"erlang\", shape = 4, mean = \"1.5 min\" }"));
        let file = "{ dist = \"empirical\", file = \"times.csv\", column = \"minutes\", unit = \"min\" }";
        assert_eq!(times(path, file, 2.0), None);
    }

    #[test]
    fn windows_end_an_hour_later_and_never_overlap_themselves() {
        assert_eq!(an_hour_longer("{ from = \"18:00\", to = \"02:00\" }").as_deref(), Some("{ from = \"18:00\", to = \"03:00\" }"));
        assert_eq!(an_hour_longer("[[\"06:00\", \"23:30\"]]").as_deref(), Some("[[\"06:00\", \"00:30\"]]"));
        assert_eq!(an_hour_longer("[[\"06:00\", \"05:30\"]]").as_deref(), Some("[[\"06:00\", \"06:00\"]]"));
        assert_eq!(an_hour_longer("\"24 h\""), None);
    }

    #[test]
    fn a_plain_value_moves_to_the_end_itself() {
        assert_eq!(ends("[\"5 min\", \"40 min\"]"), Some(("\"5 min\"".into(), "\"40 min\"".into())));
        assert_eq!(moved("crossing.border.lanes", "2", "4").as_deref(), Some("4"));
        assert_eq!(moved("crossing.border.lanes", "2", "2"), None);
    }
}
