//! `like`: a route with the keys of another one, unless it gives its own.

use super::{Kind, Table, Value, merge};
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::Book;

/// Fills in every route that is like another one.
pub(in crate::scenario) fn resolve(book: &Book<'_>, root: &mut Table) {
    let Some(Value { kind: Kind::Array(routes), .. }) = root.get_mut("route") else { return };
    let written: Vec<Option<Table>> = routes.iter().map(|route| route.as_table().cloned()).collect();
    let found = |id: &str| written.iter().flatten().find(|table| table.text("id") == Some(id));
    for route in routes {
        let Kind::Table(table) = &mut route.kind else { continue };
        // From this route up the chain: each lends what those before it did not give.
        let mut chain: Vec<&Table> = Vec::new();
        let mut seen: Vec<String> = table.text("id").map(str::to_owned).into_iter().collect();
        let mut next = table.entry("like").cloned();
        let mut broken = false;
        while let Some(like) = next {
            let path = format!("route.{}.like", seen.last().map_or("?", String::as_str));
            let Kind::Text(id) = &like.value.kind else {
                let message = format!("{path} is {}, but must be the id of another route", like.value.kind.name());
                book.error(like.value.span, message, "");
                broken = true;
                break;
            };
            if seen.contains(id) {
                let circle = format!("{} -> {id}", seen.join(" -> "));
                book.error(like.value.span, format!("like goes in a circle: {circle}"), "let one of them be like nothing");
                broken = true;
                break;
            }
            let Some(other) = found(id) else {
                let known = written.iter().flatten().filter_map(|t| t.text("id"));
                let help = did_you_mean(id, known).map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
                book.error(like.value.span, format!("{path} is {id:?}, but there is no such route"), help);
                broken = true;
                break;
            };
            seen.push(id.clone());
            chain.push(other);
            next = other.entry("like").cloned();
        }
        if chain.is_empty() {
            table.take("like");
            table.broken |= broken;
            continue;
        }
        let mut whole = Table::default();
        for lender in chain.into_iter().rev().cloned().chain([std::mem::take(table)]) {
            merge::over_table(book, &mut whole, lender, "route");
        }
        whole.take("like");
        whole.broken |= broken;
        *table = whole;
    }
}
