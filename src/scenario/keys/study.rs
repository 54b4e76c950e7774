//! What is asked: the scenario itself, objectives, comparison, counts.

use super::{KeyKind as K, Table, needed, open, or};

pub(super) const SCENARIO: Table = Table {
    name: "scenario",
    many: false,
    about: "who it is and how it is run",
    keys: &[
        needed("name", K::Text, "its name"),
        or("question", K::Text, "none", "the question it answers"),
        or("handling", K::Text, "none", "printed verbatim on every artefact"),
        needed("start", K::Date, "start of the run, local civil time"),
        or("utc_offset", K::Text, "+00:00", "how far local time is ahead of UTC"),
        needed("horizon", K::Time, "the run ends here at the latest; at most 2,000 d"),
        or("replications", K::Whole(1), "1000", "replications unless told otherwise"),
        or("seed", K::Whole(0), "1", "root seed"),
        or("operating_day", K::Clock, "12:00", "time of day at which an operating day begins"),
        or("stall_after", K::Time, "none", "a run in which no head count changes for so long ends there, as if the horizon had come"),
        or("max_events", K::Whole(1), "2000000", "a replication that needs more events than this fails (`--max-events`)"),
    ],
};

pub(super) const OBJECTIVE: Table = Table {
    name: "objective",
    many: true,
    about: "what is wanted",
    keys: &[
        needed("id", K::Id, "id"),
        needed("response", K::Text, "name of the response"),
        open("at_most", K::Bound, "upper bound"),
        open("at_least", K::Bound, "lower bound, instead of at_most"),
        or("in_share_of_runs", K::Share, "0.8", "share of replications that must keep it"),
    ],
};

pub(super) const COMPARE: Table = Table {
    name: "compare",
    many: false,
    about: "per response, the difference too small to matter",
    keys: &[open("must_not_worsen", K::List, "responses that a variant must not worsen")],
};

pub(super) const OBSERVED: Table = Table {
    name: "observed",
    many: false,
    about: "public counts to show beside the results",
    keys: &[needed("file", K::Text, "CSV file with `as_of,value,bound,source`")],
};
