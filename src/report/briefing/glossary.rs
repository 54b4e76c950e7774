//! The terms that the page uses.

use super::markup::Html;

const TERMS: [(&str, &str); 20] = [
    ("accepted", "through intake at a facility; nobody leaves a facility"),
    ("binding", "on an operating day, the largest part of the chain of waits that decided when the last person was accepted"),
    ("censored, unfinished", "ended by the horizon with people not yet accepted; counts as later than every day"),
    ("class of exposure", "how many of {not moving, uncovered, under-escorted, daylight} hold: low 0, moderate 1, high 2, highest 3 or 4"),
    ("convoy, flight, movement", "buses that move together; one aircraft with one load; either of them"),
    ("covered", "with the air cover that the route asks for"),
    ("crossing", "a border crossing with its lanes, hours and paperwork"),
    ("day", "counted from the start; day 1 is the first; a day named is the end of that day"),
    ("exposed", "aboard and outside a secured perimeter"),
    ("facility", "where people are accepted"),
    ("half-width", "half of a 95 % interval of a mean"),
    ("hub", "an intermediate custody site; people pass through"),
    ("judgement", "an input for which no source is given"),
    ("Monte Carlo error", "what other seeds could change in a figure; shrinks with more replications"),
    ("P50, P80, P95", "the value that 50, 80, 95 of 100 runs stay at or below"),
    ("replication, run", "one independent course of events"),
    ("run-to-run spread", "how runs of the same inputs differ: what one operation could see"),
    ("site", "where people wait at the start"),
    ("start point", "leaving the origin's wall"),
    ("under-escorted", "fewer escorts able to move than the minimum"),
];

pub(super) fn write(html: &mut Html) {
    html.section("glossary", "Glossary", |html| {
        html.block("dl", &[], |html| {
            for (term, meaning) in TERMS {
                html.line("dt", &[], term);
                html.line("dd", &[], meaning);
            }
        });
    });
}
