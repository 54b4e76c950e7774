//! Routes: how people move between two nodes.

use super::{Key, KeyKind as K, Table, needed, open, or};

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

pub(super) const ROUTE: Table = Table {
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
};
