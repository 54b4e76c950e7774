//! Places that would be set twice: by two factors, or by a factor and an override of the base. Only the later value would count there, and
//! the column of the other would lie.

use super::factors::table_of;
use crate::scenario::change;
use crate::scenario::document::{Table, merge, set};
use crate::scenario::source::{Book, OVERRIDES, Span};
use crate::scenario::sweep::factor::Factor;

/// Records which factors may set a place that an earlier factor sets.
pub(super) fn factors(book: &Book<'_>, root: &Table, factors: &[Factor]) {
    let changes: Vec<Vec<(String, Vec<String>)>> = factors
        .iter()
        .map(|factor| {
            let mut paths: Vec<&str> = factor.changes().collect();
            paths.sort_unstable();
            paths.dedup();
            paths.into_iter().map(|path| (path.to_owned(), change::pieces(path))).collect()
        })
        .collect();
    for (at, factor) in factors.iter().enumerate() {
        for (before, earlier) in factors[..at].iter().enumerate() {
            let both = changes[at].iter().find_map(|(path, own)| {
                let (other, _) = changes[before].iter().find(|(_, other)| meet(own, other))?;
                Some((path, other))
            });
            let Some((path, other)) = both else { continue };
            let (span, first) = (span(root, factor), book.place(self::span(root, earlier)));
            let (id, earlier) = (&factor.id, &earlier.id);
            let message = if path == other {
                format!("the factors {earlier:?} ({first}) and {id:?} both set {path}")
            } else {
                format!("the factor {id:?} sets {path}, which meets {other} of the factor {earlier:?} ({first})")
            };
            book.error(span, message, "let one factor set it, since only the later value would count");
        }
    }
}

/// Where a factor says what it sets.
fn span(root: &Table, factor: &Factor) -> Span {
    let Some((table, span)) = table_of(root, factor) else { return Span { file: 0, start: 0, end: 0 } };
    ["path", "paths", "levels"].into_iter().find_map(|key| table.get(key)).map_or(span, |value| value.span)
}

/// Records which overrides name what a factor varies, a part of it, or something that it is a part of.
pub(super) fn overrides(book: &Book<'_>, overrides: &[String], factors: &[Factor]) {
    for (path, place) in set::paths(book, OVERRIDES, overrides) {
        let varied =
            factors.iter().find_map(|factor| factor.changes().find(|varied| meet(&path, &change::pieces(varied))).zip(Some(factor)));
        if let Some((varied, factor)) = varied {
            let written = path.join(".");
            let what = if change::pieces(varied) == path { "is".to_owned() } else { format!("meets {varied}, which is") };
            let (id, help) = (&factor.id, "change the levels of the factor in the sweep file, or set what no factor varies");
            book.error(
                place,
                format!("{written} {what} what the factor {id:?} varies: its points put their own values over this one"),
                help,
            );
        }
    }
}

/// Whether two paths lead to one place, under either of its names.
fn meet(a: &[String], b: &[String]) -> bool {
    let under_the_other_name = |path: &[String]| -> Option<Vec<String>> {
        // The fewest vehicles of a convoy: `form.at_least`, which may also be written `buses.per_convoy.min`.
        let [route, id, rest @ ..] = path else { return None };
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let same = matches!(rest[..], ["form"] | ["form", "at_least"]).then_some(["buses", "per_convoy", "min"])?;
        (route == "route").then(|| [route, id].into_iter().cloned().chain(same.map(String::from)).collect())
    };
    lead_to_one(a, b)
        || under_the_other_name(a).is_some_and(|a| lead_to_one(&a, b))
        || under_the_other_name(b).is_some_and(|b| lead_to_one(a, &b))
}

/// Whether what is set at one path can be, hold or drop what is set at the other: `*` is every name, `value` stands for the value that it
/// is a part of, and a key drops the other ways of saying the same thing.
fn lead_to_one(a: &[String], b: &[String]) -> bool {
    let plain = |path: &[String]| -> Vec<String> {
        path.iter().enumerate().filter(|(at, piece)| *at < 2 || *piece != "value").map(|(_, piece)| piece.clone()).collect()
    };
    let (a, b) = (plain(a), plain(b));
    let mut parent = "";
    for (a, b) in a.iter().zip(&b) {
        if !(a == b || a == "*" || b == "*") {
            return merge::alternatives(parent, a, b);
        }
        parent = a;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_meet_where_one_leads_to_the_other() {
        let meets = |a: &str, b: &str| {
            let both = meet(&change::pieces(a), &change::pieces(b));
            assert_eq!(both, meet(&change::pieces(b), &change::pieces(a)), "{a}, {b}");
            both
        };
        assert!(meets("crossing.border.lanes", "crossing.border.lanes"));
        assert!(meets("crossing.border.lanes", "crossing . 'border' . \"lanes\""));
        assert!(meets("site.prison.boarding", "site.prison.boarding.bays"));
        assert!(meets("route.*.headway", "route.road.headway"));
        assert!(meets("route.road.path.*.speed", "route.road.path.\"to border\".speed"));
        assert!(meets("crossing.border.service.value", "crossing.border.service"));
        assert!(meets("crossing.border.service.value.mean", "crossing.border.service.mean"));
        assert!(meets("route.road.return_time", "route.road.return_speed"));
        assert!(meets("route.*.departures", "route.road.timetable"));
        assert!(meets("site.prison.boarding.per_person", "site.prison.boarding.search"));
        assert!(meets("route.road.form.at_least", "route.road.buses.per_convoy.min"));
        assert!(meets("route.*.form.at_least", "route.road.buses.per_convoy"));
        assert!(!meets("route.road.form.at_least", "route.road.buses.per_convoy.max"));
        assert!(!meets("route.road.form.at_least", "route.other.buses.per_convoy.min"));
        assert!(!meets("crossing.border.lanes", "crossing.border.service"));
        assert!(!meets("crossing.border.lanes", "crossing.east.lanes"));
        assert!(!meets("crossing.border.service.min", "crossing.border.service.max"));
        assert!(!meets("site.prison.boarding.bays", "site.prison.boarding.per_person"));
    }
}
