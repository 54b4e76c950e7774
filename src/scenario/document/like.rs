//! `like`: a route with the keys of another one, unless it gives its own.

use super::{Kind, Table, Value, merge};
use crate::scenario::problem::did_you_mean;
use crate::scenario::source::Book;
use std::collections::BTreeMap;

/// How far a route is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Written,
    /// It waits for the route that it is like.
    Waiting,
    /// It has all its keys; whether something on its way was wrong.
    Whole {
        broken: bool,
    },
}

/// Fills in every route that is like another one. Each is filled in once, after the one that it is like.
pub(in crate::scenario) fn resolve(book: &Book<'_>, root: &mut Table) {
    let Some(Value { kind: Kind::Array(routes), .. }) = root.get_mut("route") else { return };
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, route) in routes.iter().enumerate() {
        if let Some(id) = route.as_table().and_then(|table| table.text("id")) {
            first.entry(id.to_owned()).or_insert(at);
        }
    }
    let mut states = vec![State::Written; routes.len()];
    for begin in 0..routes.len() {
        // Up to a route that is whole, like no other, or in a circle; then down again.
        let mut chain: Vec<usize> = Vec::new();
        let mut lender = None;
        let mut broken = false;
        let mut next = Some(begin);
        while let Some(at) = next {
            match states[at] {
                State::Whole { broken: of_lender } => {
                    lender = Some(at);
                    broken = of_lender;
                    break;
                }
                State::Waiting => {
                    circle(book, routes, &chain, at);
                    broken = true;
                    break;
                }
                State::Written => {
                    states[at] = State::Waiting;
                    chain.push(at);
                }
            }
            next = match parent(book, &routes[at], &first, routes) {
                Ok(parent) => parent,
                Err(()) => {
                    broken = true;
                    None
                }
            };
        }
        for at in chain.into_iter().rev() {
            let lent = lender.and_then(|lender: usize| routes[lender].as_table().cloned());
            if let Kind::Table(table) = &mut routes[at].kind {
                if let Some(mut whole) = lent {
                    merge::over_table(book, &mut whole, std::mem::take(table), "route");
                    *table = whole;
                }
                table.take("like");
                table.broken |= broken;
            }
            states[at] = State::Whole { broken };
            lender = Some(at);
        }
    }
}

/// The route that a route is like; an error where it names none that exists.
fn parent(book: &Book<'_>, route: &Value, first: &BTreeMap<String, usize>, routes: &[Value]) -> Result<Option<usize>, ()> {
    let Some((table, like)) = route.as_table().and_then(|table| Some((table, table.entry("like")?))) else { return Ok(None) };
    let path = format!("route.{}.like", table.text("id").unwrap_or("?"));
    let Kind::Text(id) = &like.value.kind else {
        let message = format!("{path} is {}, but must be the id of another route", like.value.kind.name());
        book.error(like.value.span, message, "");
        return Err(());
    };
    let found = first.get(id).copied();
    if found.is_none() && !book.is_full() {
        let known = routes.iter().filter_map(|route| route.as_table()?.text("id"));
        let help = did_you_mean(id, known).map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
        book.error(like.value.span, format!("{path} is {id:?}, but there is no such route"), help);
    }
    found.map(Some).ok_or(())
}

/// Says of every route of a circle that it closes it.
fn circle(book: &Book<'_>, routes: &[Value], chain: &[usize], closes: usize) {
    /// Names of a circle that are written out.
    const MOST: usize = 8;
    let begin = chain.iter().position(|at| *at == closes).unwrap_or(0);
    let ring = &chain[begin..];
    let id = |at: usize| routes[at].as_table().and_then(|table| table.text("id")).unwrap_or("?");
    for (nth, at) in ring.iter().enumerate().take(MOST) {
        // From the one that it is like round to itself.
        let round: Vec<&str> =
            (1..=ring.len()).map(|step| id(ring[(nth + step) % ring.len()])).chain([id(ring[(nth + 1) % ring.len()])]).collect();
        let shown = if round.len() > MOST {
            format!("{} -> ... -> {}", round[..MOST - 1].join(" -> "), round[round.len() - 1])
        } else {
            round.join(" -> ")
        };
        let Some(like) = routes[*at].as_table().and_then(|table| table.entry("like")) else { continue };
        book.error(like.value.span, format!("like goes in a circle: {shown}"), "let one of them be like nothing");
    }
}
