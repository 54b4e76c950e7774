//! Nodes: where people wait, pass and are accepted.

use super::{Key, KeyKind as K, Table, needed, open, or};

const BOARDING: &[Key] = &[
    needed("bays", K::Whole(1), "buses that board at once"),
    open("lanes_per_bay", K::Whole(1), "lanes of each bay, with `per_person`: search and boarding in one"),
    open("per_person", K::TimeVaries, "time of one person on a lane of the bay"),
    open("lanes", K::Whole(1), "search lanes shared by all bays, with `search` and `aboard`"),
    open("search", K::TimeVaries, "search of one person"),
    open("aboard", K::TimeVaries, "stepping aboard, one after another"),
    or("manifest", K::TimeVaries, "0 min", "paperwork per bus once its last person is aboard"),
];
const AIRFIELD: &[Key] = &[
    or("transfer", K::Time, "0 min", "one way between perimeter and aircraft; above 0 it is an exposure window"),
    open("buses", K::Whole(1), "loads that can be on that way at once; no limit"),
];
const UNFIT: &[Key] = &[
    needed("share", K::Share, "share of people searched who are not fit to travel"),
    needed("back_after", K::TimeVaries, "after this time they are in the queue again"),
];
const BREAKOUT: &[Key] = &[
    needed("hazard", K::Rate, "expected breakouts per site-day, `\"0.0003 /site-day\"`; reported, never sampled"),
    needed("fraction", K::Share, "share of those present who would escape in one; its mean where it is not known better"),
];
const BEDS: &[Key] = &[
    needed("start", K::Whole(0), "beds at the start"),
    or("per_day", K::Whole(0), "0", "further beds for each full 24 hours after `from`"),
    or("from", K::Date, "the start", "growth counts from here"),
    or("up_to", K::Whole(0), "no limit", "growth stops here"),
];
const INTAKE: &[Key] = &[
    needed("bays", K::Whole(1), "buses worked at once"),
    or("lanes_per_bay", K::Whole(1), "1", "people worked at once at a bay"),
    needed("per_person", K::TimeVaries, "intake of one person"),
    or("hours", K::Hours, "24 h", "when a person's intake may begin"),
];
const CLOSURE: &[Key] = &[
    needed("every", K::TimeVaries, "from the end of one closure to the start of the next"),
    needed("length", K::TimeVaries, "how long one lasts"),
];

pub(super) const SITE: Table = Table {
    name: "site",
    many: true,
    about: "where people wait at the start",
    keys: &[
        needed("id", K::Id, "id"),
        or("label", K::Text, "id", "the name people read"),
        needed("detainees", K::Classes, "who is there at the start"),
        or("hours", K::Hours, "24 h", "when search, boarding and onload may begin"),
        needed("boarding", K::Table(BOARDING), "search and boarding"),
        open("unfit", K::Table(UNFIT), "people found unfit at the search"),
        open("breakout", K::Table(BREAKOUT), "residual hazard at the source"),
        or("parking", K::Whole(0), "0", "aircraft that can be worked at once"),
        open("airfield", K::Table(AIRFIELD), "way between the perimeter and the aircraft"),
    ],
};

pub(super) const HUB: Table = Table {
    name: "hub",
    many: true,
    about: "an intermediate custody site",
    keys: &[
        needed("id", K::Id, "id"),
        or("label", K::Text, "id", "the name people read"),
        needed("holding", K::Whole(1), "places for people"),
        needed("arrival", K::Table(&[needed("per_person", K::TimeVaries, "getting off, one after another from each bus")]), "getting off"),
        or("hours", K::Hours, "24 h", "when search, boarding and onload may begin"),
        needed("boarding", K::Table(BOARDING), "second search and boarding"),
        or("parking", K::Whole(0), "0", "aircraft that can be worked at once (MOG)"),
        open("airfield", K::Table(AIRFIELD), "way between the perimeter and the aircraft"),
    ],
};

pub(super) const FACILITY: Table = Table {
    name: "facility",
    many: true,
    about: "where people are accepted",
    keys: &[
        needed("id", K::Id, "id"),
        or("label", K::Text, "id", "the name people read"),
        needed("beds", K::WholeOr(BEDS), "beds, which may grow"),
        needed("intake", K::Table(INTAKE), "search, identification, registration"),
        or("yard", K::Whole(0), "no limit", "buses that can wait inside the gate"),
        or("parking", K::Whole(0), "0", "aircraft that can be worked at once"),
        open("airfield", K::Table(AIRFIELD), "way between the aircraft and the gate"),
        or("accepts", K::List, "all classes", "classes it accepts"),
    ],
};

pub(super) const CROSSING: Table = Table {
    name: "crossing",
    many: true,
    about: "a border crossing",
    keys: &[
        needed("id", K::Id, "id"),
        or("label", K::Text, "id", "the name people read"),
        needed("lanes", K::Whole(1), "lanes"),
        needed("service", K::TimeVaries, "service of a loaded bus"),
        or("service_empty", K::TimeVaries, "service", "service of an empty bus"),
        or("paperwork", K::TimeVaries, "0 min", "per convoy, after its last bus is through"),
        or("hours", K::Hours, "24 h", "when service may begin"),
        open("closure", K::Table(CLOSURE), "closures that come by chance"),
        or("secured", K::Flag, "false", "whether its compound is a secured perimeter"),
    ],
};
