//! Every table and every key of a scenario: the one list.
//!
//! The checks know no other key, "did you mean" searches it, the JSON Schema and the reference page are printed from it,
//! and the resolved form takes its order.

/// A table of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its word in the file.
    pub name: &'static str,
    /// Whether it is an array of tables (`[[site]]`), told apart by `id`.
    pub many: bool,
    /// What it is.
    pub about: &'static str,
    /// Its keys, in the order of the resolved form.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand there.
    pub kind: KeyKind,
    /// Whether it must be given, or what holds where it is not.
    pub default: Default,
    /// What it means.
    pub about: &'static str,
}

/// What holds where a key is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// It must be given.
    Needed,
    /// It may be left out; nothing takes its place.
    Open,
    /// This takes its place.
    Is(&'static str),
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// Any text.
    Text,
    /// An id: letters, digits, `-`, `_`.
    Id,
    /// The id of an entry of one of these tables.
    Of(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number from this.
    Whole(i64),
    /// A number from 0.
    Number,
    /// A number from 0 to 1.
    Share,
    /// `true` or `false`.
    Flag,
    /// A duration.
    Time,
    /// A duration or a distribution of durations.
    TimeVaries,
    /// A speed or a distribution of speeds.
    SpeedVaries,
    /// A distance.
    Distance,
    /// A rate, `"0.0003 /site-day"`.
    Rate,
    /// A rate or a distribution of rates.
    RateVaries,
    /// A time of day.
    Clock,
    /// A date or a date-time.
    Date,
    /// Hours of opening: `"24 h"`, or windows of the clock.
    Hours,
    /// Windows of the clock or of time since the start, or one of these words.
    Windows(&'static [&'static str]),
    /// A window with `from` and `to`, or one of these words.
    Window(&'static [&'static str], &'static [Key]),
    /// A list of clock times.
    Clocks,
    /// A list of texts, or of ids of these tables.
    List,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A whole number, or a table with these keys.
    WholeOr(&'static [Key]),
    /// A whole number, `{ min, max }`, or a discrete distribution.
    Sizes(&'static [Key]),
    /// One of these words, or a table with these keys.
    WordOr(&'static [&'static str], &'static [Key]),
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// A whole number, or a table of whole numbers by class.
    Classes,
    /// A table of amounts by dotted path.
    Amounts,
    /// A number, with the unit of the response it is about.
    Bound,
}

impl KeyKind {
    /// The keys of the table that may stand there.
    #[must_use]
    pub const fn keys(self) -> &'static [Key] {
        match self {
            Self::Table(keys)
            | Self::WholeOr(keys)
            | Self::Sizes(keys)
            | Self::WordOr(_, keys)
            | Self::Tables(keys)
            | Self::Window(_, keys) => keys,
            _ => &[],
        }
    }

    /// What to write, by example.
    #[must_use]
    pub fn example(self) -> String {
        let table = |keys: &[Key]| {
            let needed = keys.iter().filter(|key| key.default == Default::Needed);
            let inner: Vec<String> = needed.map(|key| format!("{} = {}", key.name, key.kind.example())).collect();
            format!("{{ {} }}", inner.join(", "))
        };
        match self {
            Self::Text => "\"...\"".into(),
            Self::Id => "\"name-1\"".into(),
            Self::Of(tables) => format!("\"<id of one of [[{}]]>\"", tables.join("]] or [[")),
            Self::Word(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" or "),
            Self::Whole(least) => least.max(1).to_string(),
            Self::Number => "1.5".into(),
            Self::Share => "0.8".into(),
            Self::Flag => "true or false".into(),
            Self::Time | Self::TimeVaries => "\"45 min\"".into(),
            Self::SpeedVaries => "\"40 km/h\"".into(),
            Self::Distance => "\"120 km\"".into(),
            Self::Rate | Self::RateVaries => "\"0.003 /h\"".into(),
            Self::Clock => "\"18:00\"".into(),
            Self::Date => "\"2026-01-31\"".into(),
            Self::Hours => "\"24 h\" or [[\"06:00\", \"22:00\"]]".into(),
            Self::Windows(words) => format!("{} or [[\"18:00\", \"02:00\"]]", Self::Word(words).example()),
            Self::Window(..) => "{ from = \"18:00\", to = \"02:00\" }".into(),
            Self::Clocks => "[\"20:00\", \"22:00\"]".into(),
            Self::List => "[\"...\"]".into(),
            Self::Table(keys) => table(keys),
            Self::WholeOr(keys) => format!("480 or {}", table(keys)),
            Self::Sizes(_) => "6".into(),
            Self::WordOr(words, keys) => format!("{} or {}", Self::Word(words).example(), table(keys)),
            Self::Tables(keys) if keys.iter().any(|key| key.name == "leg") => {
                "[{ leg = \"to the border\", distance = \"120 km\", speed = \"40 km/h\" }]".into()
            }
            Self::Tables(keys) => format!("[{}]", table(keys)),
            Self::Classes => "480 or { general = 400, separate = 80 }".into(),
            Self::Amounts => "{ \"facility.central.beds\" = 400 }".into(),
            Self::Bound => "0.05, or with a unit \"30 d\"".into(),
        }
    }

    /// What to write, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Id => "id (letters, digits, `-`, `_`)".into(),
            Self::Of(tables) => format!("id of a {}", tables.join(", ")),
            Self::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(" or "),
            Self::Whole(least) => format!("whole number, at least {least}"),
            Self::Number => "number, at least 0".into(),
            Self::Share => "number from 0 to 1".into(),
            Self::Flag => "true or false".into(),
            Self::Time => "duration".into(),
            Self::TimeVaries => "duration or distribution".into(),
            Self::SpeedVaries => "speed or distribution".into(),
            Self::Distance => "distance".into(),
            Self::Rate => "rate".into(),
            Self::RateVaries => "rate or distribution".into(),
            Self::Clock => "time of day".into(),
            Self::Date => "date or date-time".into(),
            Self::Hours => "`\"24 h\"` or windows `[[\"06:00\", \"22:00\"]]`".into(),
            Self::Windows(words) => format!("{}, or windows", Self::Word(words).words()),
            Self::Window(words, _) => format!("{}, or a window `{{ from, to }}`", Self::Word(words).words()),
            Self::Clocks => "list of times of day".into(),
            Self::List => "list of texts".into(),
            Self::Table(_) => "table".into(),
            Self::WholeOr(_) => "whole number or table".into(),
            Self::Sizes(_) => "whole number, `{ min, max }` or discrete distribution".into(),
            Self::WordOr(words, _) => format!("{} or table", Self::Word(words).words()),
            Self::Tables(_) => "list of tables".into(),
            Self::Classes => "whole number, or table by class".into(),
            Self::Amounts => "table of amounts by dotted path".into(),
            Self::Bound => "number in the unit of the response".into(),
        }
    }
}

const fn needed(name: &'static str, kind: KeyKind, about: &'static str) -> Key {
    Key { name, kind, default: Default::Needed, about }
}

const fn open(name: &'static str, kind: KeyKind, about: &'static str) -> Key {
    Key { name, kind, default: Default::Open, about }
}

const fn or(name: &'static str, kind: KeyKind, default: &'static str, about: &'static str) -> Key {
    Key { name, kind, default: Default::Is(default), about }
}

use KeyKind as K;

const NODES: &[&str] = &["site", "hub", "facility"];

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
    needed("fraction", K::Share, "share of those present who would escape"),
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
const BREAKDOWN: &[Key] = &[
    needed("mean_distance", K::Distance, "mean distance between breakdowns, loaded or empty"),
    needed("repair", K::TimeVaries, "repair on the spot"),
];
const DRIVER: &[Key] = &[
    needed("max_driving", K::Time, "driving between two rests, per crew"),
    open("break", K::Table(PAUSE), "a break within a crew's driving"),
    needed("rest", K::Time, "the rest"),
    or("crews", K::Whole(1), "1", "crews aboard, 1 or 2"),
];
const PAUSE: &[Key] = &[needed("after", K::Time, "driving time after which it is due"), needed("length", K::Time, "how long it lasts")];
const REST: &[Key] = &[needed("after", K::Time, "time on duty after which a rest is due"), needed("length", K::Time, "how long it lasts")];
const ROUTE_BUSES: &[Key] = &[needed("fleet", K::Of(&["buses"]), "the fleet"), needed("per_convoy", K::Sizes(SIZES), "buses of a convoy")];
const SIZES: &[Key] = &[needed("min", K::Whole(1), "fewest: `form.at_least`"), needed("max", K::Whole(1), "wanted")];
const FORM: &[Key] = &[
    or("at_least", K::Whole(1), "the smallest value of buses.per_convoy", "fewest buses to form with after the wait"),
    or("wait_at_most", K::Time, "6 h", "how long it must have been able to form with at_least"),
];
const NEED: &[Key] = &[
    needed("pool", K::Of(&["escorts"]), "the pool"),
    needed("per_convoy", K::Whole(1), "vehicles wanted, whatever the convoy's size"),
    or("minimum", K::Whole(1), "per_convoy", "fewest to go with"),
    or("wait_at_most", K::Time, "0 min", "after this time from loading on, the minimum will do"),
];
const COVER: &[Key] = &[
    needed("orbit", K::Of(&["air_cover"]), "the orbit"),
    needed("policy", K::Word(&["required", "preferred"]), "wait for it, or go without"),
    or("on_loss", K::Word(&["hold", "proceed"]), "proceed", "what to do when it is lost on the road"),
];
const HAND_OVER: &[Key] = &[
    needed("at", K::Of(&["crossing"]), "the crossing"),
    open("escorts", K::Table(NEED), "escorts from here on; the present ones stay where this is left out"),
    open("air_cover", K::WordOr(&["none"], COVER), "cover from here on; the present one stays where this is left out"),
];
const HALTS: &[Key] = &[
    needed("every", K::Time, "moving time between two halts"),
    needed("length", K::Time, "how long one lasts"),
    or("comfort", K::Flag, "false", "whether it resets the time aboard"),
];
const PATH: &[Key] = &[
    open("leg", K::Text, "name of a stretch of road"),
    open("distance", K::Distance, "its length"),
    open("speed", K::SpeedVaries, "moving speed"),
    open("rate_of_march", K::SpeedVaries, "average speed that contains short halts, instead of `speed`"),
    open("crossing", K::Of(&["crossing"]), "a crossing, instead of a leg"),
];
const ROUTE_AIRCRAFT: &[Key] = &[
    needed("fleet", K::Of(&["aircraft"]), "the fleet"),
    or("at_least", K::Whole(1), "a full load", "fewest people to form with before the wait is over"),
];
const WINDOW: &[Key] = &[
    needed("from", K::Clock, "open from here, this instant included"),
    needed("to", K::Clock, "closed from here; at or before `from` it is on the next day"),
];
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
const SUN: &[Key] = &[
    needed("latitude", K::Number, "degrees, north is positive, from -66 to 66"),
    needed("longitude", K::Number, "degrees, east is positive"),
];
const FIXED: &[Key] = &[
    or("dawn", K::Clock, "30 min before sunrise", "civil dawn"),
    needed("sunrise", K::Clock, "sunrise"),
    needed("sunset", K::Clock, "sunset"),
    or("dusk", K::Clock, "30 min after sunset", "civil dusk"),
];
const COMFORT_STOP: &[Key] = &[
    open("every", K::Time, "how often one is wanted; read by people, the simulation takes `halts`"),
    needed("at_least", K::Time, "a comfort halt counts only if it lasts so long"),
];
const AFTER_INCIDENT: &[Key] = &[needed("factor", K::Number, "factor on the rate of every convoy"), needed("for", K::Time, "for how long")];

/// Every table, in the order of the resolved form.
pub const TABLES: &[Table] = &[
    Table {
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
            or("stall_after", K::Time, "longest closed period + 3 d", "a run in which no head count changes for so long has stalled"),
        ],
    },
    Table {
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
    },
    Table {
        name: "hub",
        many: true,
        about: "an intermediate custody site",
        keys: &[
            needed("id", K::Id, "id"),
            or("label", K::Text, "id", "the name people read"),
            needed("holding", K::Whole(1), "places for people"),
            needed(
                "arrival",
                K::Table(&[needed("per_person", K::TimeVaries, "getting off, one after another from each bus")]),
                "getting off",
            ),
            or("hours", K::Hours, "24 h", "when search, boarding and onload may begin"),
            needed("boarding", K::Table(BOARDING), "second search and boarding"),
            or("parking", K::Whole(0), "0", "aircraft that can be worked at once (MOG)"),
            open("airfield", K::Table(AIRFIELD), "way between the perimeter and the aircraft"),
        ],
    },
    Table {
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
    },
    Table {
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
    },
    Table {
        name: "buses",
        many: true,
        about: "a fleet of buses",
        keys: &[
            needed("id", K::Id, "id"),
            needed("count", K::Whole(1), "buses"),
            needed("seats", K::Whole(1), "seats of one bus"),
            or("fill", K::Share, "1", "share of the seats that is used; a bus carries floor(seats x fill)"),
            needed("home", K::Of(NODES), "where the buses are based: an end of every route that uses them"),
            open("breakdown", K::Table(BREAKDOWN), "breakdowns by distance"),
            or("inspection", K::TimeVaries, "0 min", "after every trip, at home"),
            open("driver", K::Table(DRIVER), "what drivers may do; no limit"),
        ],
    },
    Table {
        name: "escorts",
        many: true,
        about: "a pool of escort vehicles",
        keys: &[
            needed("id", K::Id, "id"),
            needed("count", K::Whole(1), "vehicles"),
            needed("home", K::Of(&["site", "hub", "facility", "crossing"]), "where they are based"),
            open("rest", K::Table(REST), "rest of the crews"),
            open("breakdown", K::Table(BREAKDOWN), "breakdowns by distance"),
        ],
    },
    Table {
        name: "air_cover",
        many: true,
        about: "aircraft that watch over convoys",
        keys: &[
            needed("id", K::Id, "id"),
            needed("aircraft", K::Whole(1), "aircraft"),
            needed("endurance", K::Time, "airborne time of a sortie"),
            or("transit", K::Time, "0 min", "one way to the orbit"),
            or("ground", K::Time, "0 min", "between landing and the next take-off"),
            or("mission_capable", K::Share, "1", "chance that an aircraft can fly the sortie it is asked for"),
            or("orbits", K::Whole(1), "1", "orbits that can be held at once"),
            or("convoys_per_orbit", K::Whole(1), "1", "convoys that one orbit covers"),
            or("on_station", K::Windows(&["on_demand", "always"]), "on_demand", "when an orbit is held"),
        ],
    },
    Table {
        name: "aircraft",
        many: true,
        about: "a fleet of transport aircraft or helicopters",
        keys: &[
            needed("id", K::Id, "id"),
            needed("count", K::Whole(0), "aircraft"),
            needed("seats", K::Whole(1), "seats of one aircraft"),
            or("fill", K::Share, "1", "share of the seats that is used"),
            or("onload", K::TimeVaries, "0 min", "onload of a full or part load"),
            or("offload", K::TimeVaries, "0 min", "offload"),
            or("mission_capable", K::Share, "1", "chance that an aircraft can fly the sortie it is asked for"),
            or("repair", K::TimeVaries, "0 min", "repair when it cannot"),
            open("duty", K::Time, "crew duty, from the onload of the first sortie; no limit"),
            or("rest", K::Time, "0 min", "crew rest after a duty"),
            needed("home", K::Of(NODES), "where it is based: the origin of every route that uses it"),
        ],
    },
    Table {
        name: "route",
        many: true,
        about: "one kind of movement between two custody nodes",
        keys: &[
            needed("id", K::Id, "id"),
            open("like", K::Of(&["route"]), "another route of the file: same keys unless given"),
            needed("mode", K::Word(&["land", "air"]), "by land or by air"),
            needed("from", K::Of(&["site", "hub"]), "origin"),
            needed("to", K::Of(&["hub", "facility"]), "destination"),
            open("path", K::Tables(PATH), "land: legs and crossings in order"),
            open("buses", K::Table(ROUTE_BUSES), "land: what a convoy is made of"),
            open("aircraft", K::Table(ROUTE_AIRCRAFT), "air: what a flight is made of"),
            open("flight", K::TimeVaries, "air: one-way flight"),
            open("distance", K::Distance, "air: flight distance, for pictures"),
            open("form", K::Table(FORM), "when a smaller convoy forms"),
            or("board", K::Word(&["for_departure", "at_once"]), "for_departure", "when boarding begins"),
            or("escorts", K::WordOr(&["none"], NEED), "none", "land: escorts of a convoy"),
            or("air_cover", K::WordOr(&["none"], COVER), "none", "land: air cover of a convoy"),
            open("hand_over", K::Tables(HAND_OVER), "land: changes of escorts and cover at crossings"),
            or("departures", K::Window(&["night", "always"], WINDOW), "always", "when a movement may start"),
            open("timetable", K::Clocks, "instead of departures: each entry may start one movement"),
            or("headway", K::Time, "0 min", "shortest time between two starts"),
            or("max_on_road", K::Whole(1), "no limit", "movements between start and the last bus inside"),
            open("halts", K::Table(HALTS), "land: scheduled halts by time moved"),
            open("return_time", K::TimeVaries, "land: time of an empty trip, instead of the path"),
            open("return_speed", K::SpeedVaries, "land: speed of an empty trip, instead of the legs' own"),
            or("priority", K::Whole(i64::MIN), "0", "a low number is asked first"),
            or("classes", K::List, "the classes that `to` accepts", "classes it carries"),
        ],
    },
    Table {
        name: "weather",
        many: false,
        about: "two-state weather by slot, for air and for land",
        keys: &[
            or("slot", K::Time, "1 d", "length of a slot"),
            open("air", K::Table(AIR_WEATHER), "weather of flights"),
            open("land", K::Table(LAND_WEATHER), "weather of convoys"),
        ],
    },
    Table {
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
    },
    Table {
        name: "light",
        many: false,
        about: "day, civil twilight and night",
        keys: &[
            open("sun", K::Table(SUN), "from the sun at a coarse position"),
            open("fixed", K::Table(FIXED), "the same times every day"),
        ],
    },
    Table {
        name: "welfare",
        many: false,
        about: "limits on the time aboard",
        keys: &[
            open("max_aboard", K::Time, "longest time aboard since boarding or the last comfort halt"),
            open("comfort_stop", K::Table(COMFORT_STOP), "what counts as a comfort halt"),
        ],
    },
    Table {
        name: "incidents",
        many: false,
        about: "incidents on the road",
        keys: &[
            needed("rate", K::RateVaries, "incidents per convoy-hour, drawn once per replication"),
            or("halted", K::Number, "1", "factor while not moving"),
            or("uncovered", K::Number, "1", "factor while uncovered"),
            or("daylight", K::Number, "1", "factor in daylight"),
            or("under_escorted", K::Number, "1", "factor while under-escorted"),
            open("after_incident", K::Table(AFTER_INCIDENT), "factor on every convoy for a while"),
            needed("delay", K::TimeVaries, "how long the convoy halts"),
            or("turn_back", K::Share, "0", "share of incidents after which it turns back"),
        ],
    },
    Table {
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
    },
    Table {
        name: "compare",
        many: false,
        about: "per response, the difference too small to matter",
        keys: &[open("must_not_worsen", K::List, "responses that a variant must not worsen")],
    },
    Table {
        name: "observed",
        many: false,
        about: "public counts to show beside the results",
        keys: &[needed("file", K::Text, "CSV file with `as_of,value,bound,source`")],
    },
];

/// Keys that every table of quantities takes: they say where its values come from.
pub const ABOUT_VALUES: &[&str] = &["source", "note"];
