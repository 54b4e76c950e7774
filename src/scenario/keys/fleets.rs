//! Fleets and pools: what moves people and watches over them.

use super::{Key, KeyKind as K, NODES, Table, needed, open, or};

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

pub(super) const BUSES: Table = Table {
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
};

pub(super) const ESCORTS: Table = Table {
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
};

pub(super) const AIR_COVER: Table = Table {
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
};

pub(super) const AIRCRAFT: Table = Table {
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
};
