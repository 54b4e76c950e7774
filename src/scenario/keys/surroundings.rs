//! What a movement meets: weather, calendar, light, limits, incidents.

use super::{Key, KeyKind as K, Table, needed, open, or};

const AIR_WEATHER: &[Key] = &[
    needed("bad_share", K::Share, "share of bad slots in the long run"),
    or("bad_after_bad", K::Share, "bad_share", "chance of bad after bad"),
    or("effect", K::Word(&["no_go", "none"]), "no_go", "what a bad slot does to departures"),
    or("under_way", K::Word(&["complete"]), "complete", "what is under way in a bad slot"),
];
const LAND_WEATHER: &[Key] = &[
    needed("bad_share", K::Share, "share of bad slots in the long run"),
    or("bad_after_bad", K::Share, "bad_share", "chance of bad after bad"),
    or("effect", K::Word(&["no_go", "none"]), "no_go", "what a bad slot does to departures"),
    or("under_way", K::Word(&["complete"]), "complete", "what is under way in a bad slot"),
    open("when_air_bad", K::Table(&[needed("speed_factor", K::Number, "factor on speeds on land")]), "what bad air slots do on land"),
];
const SUN: &[Key] = &[needed("latitude", K::Degrees(66), "north is positive"), needed("longitude", K::Degrees(180), "east is positive")];
const FIXED: &[Key] = &[
    or("dawn", K::Clock, "30 min before sunrise", "civil dawn"),
    needed("sunrise", K::Clock, "sunrise"),
    needed("sunset", K::Clock, "sunset"),
    or("dusk", K::Clock, "30 min after sunset", "civil dusk"),
];
const COMFORT_STOP: &[Key] = &[
    open("every", K::Time, "when the next one is due; routes whose plan is longer without one are noted, a run takes their `halts`"),
    needed("at_least", K::Time, "a comfort halt counts only if it lasts so long"),
];
const AFTER_INCIDENT: &[Key] = &[needed("factor", K::Number, "factor on the rate of every convoy"), needed("for", K::Time, "for how long")];

pub(super) const WEATHER: Table = Table {
    name: "weather",
    many: false,
    about: "two-state weather by slot, for air and for land",
    keys: &[
        or("slot", K::Time, "1 d", "length of a slot"),
        open("air", K::Table(AIR_WEATHER), "weather of flights"),
        open("land", K::Table(LAND_WEATHER), "weather of convoys"),
    ],
};

pub(super) const CALENDAR: Table = Table {
    name: "calendar",
    many: true,
    about: "a dated change",
    keys: &[
        needed("id", K::Id, "id"),
        needed("from", K::Date, "in force from here; a bare date means its midnight"),
        needed("to", K::Date, "no longer in force from here; a bare date means through that day"),
        open("applies_to", K::List, "what it applies to: `route.x`, `facility.y`, `crossing.z`, `site.w`, `hub.v`, `route.*`"),
        open("no_departures", K::Flag, "no movement starts"),
        open("closed", K::Flag, "nothing starts or begins service, what is under way completes"),
        open("daily_cap", K::Whole(0), "people who may pass the start points per operating day"),
        open("cap_factor", K::Number, "factor on the caps in force"),
        open("speed_factor", K::Number, "factor on speeds, read when a leg begins"),
        open("add", K::Amounts, "changes of levels: beds, yard, intake.bays, holding, boarding.bays, lanes"),
        or("reason", K::Text, "none", "why"),
    ],
};

pub(super) const LIGHT: Table = Table {
    name: "light",
    many: false,
    about: "day, civil twilight and night",
    keys: &[open("sun", K::Table(SUN), "from the sun at a coarse position"), open("fixed", K::Table(FIXED), "the same times every day")],
};

pub(super) const WELFARE: Table = Table {
    name: "welfare",
    many: false,
    about: "limits on the time aboard",
    keys: &[
        open("max_aboard", K::Time, "longest time aboard since boarding or the last comfort halt"),
        open("comfort_stop", K::Table(COMFORT_STOP), "what counts as a comfort halt"),
    ],
};

pub(super) const INCIDENTS: Table = Table {
    name: "incidents",
    many: false,
    about: "incidents on the road",
    keys: &[
        needed("rate", K::RateVaries, "incidents per convoy-hour, drawn once per replication; times all factors above 1 at most 3600 /h"),
        or("halted", K::Number, "1", "factor while not moving"),
        or("uncovered", K::Number, "1", "factor while uncovered"),
        or("daylight", K::Number, "1", "factor in daylight"),
        or("under_escorted", K::Number, "1", "factor while under-escorted"),
        open("after_incident", K::Table(AFTER_INCIDENT), "factor on every convoy for a while"),
        needed("delay", K::TimeVaries, "how long the convoy halts"),
        or("turn_back", K::Share, "0", "share of incidents after which it turns back"),
    ],
};
