//! Overrides of the base beside the factors: both cannot say what stands at one path.

use crate::scenario::change;
use crate::scenario::document::set;
use crate::scenario::source::{Book, OVERRIDES};
use crate::scenario::sweep::factor::Factor;

/// Records which overrides name what a factor varies, a part of it, or something that it is a part of.
pub(super) fn check(book: &Book<'_>, overrides: &[String], factors: &[Factor]) {
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

/// Whether one path leads to the other, or both to the same; `*` is every name.
fn meet(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| a == b || a == "*" || b == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_meet_where_one_leads_to_the_other() {
        let meets = |a: &str, b: &str| meet(&change::pieces(a), &change::pieces(b));
        assert!(meets("crossing.border.lanes", "crossing.border.lanes"));
        assert!(meets("site.prison.boarding", "site.prison.boarding.bays") && meets("site.prison.boarding.bays", "site.prison.boarding"));
        assert!(meets("route.*.headway", "route.road.headway") && meets("route.road.headway", "route.*.headway"));
        assert!(!meets("crossing.border.lanes", "crossing.border.service") && !meets("crossing.border.lanes", "crossing.east.lanes"));
    }
}
