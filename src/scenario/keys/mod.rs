//! Every table and every key of a scenario: the one list.
//!
//! The checks know no other key, "did you mean" searches it, the JSON Schema and the reference page are printed from it,
//! and the resolved form takes its order.

mod fleets;
mod kind;
mod nodes;
mod routes;
mod study;
mod surroundings;

pub use kind::KeyKind;

/// A table of a scenario, or of another file with keys of its own kind.
#[derive(Clone, Copy, Debug)]
pub struct Table<K: 'static = Key> {
    /// Its word in the file.
    pub name: &'static str,
    /// Whether it is an array of tables (`[[site]]`).
    pub many: bool,
    /// What it is.
    pub about: &'static str,
    /// Its keys, in the order of the resolved form.
    pub keys: &'static [K],
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

const fn needed(name: &'static str, kind: KeyKind, about: &'static str) -> Key {
    Key { name, kind, default: Default::Needed, about }
}

const fn open(name: &'static str, kind: KeyKind, about: &'static str) -> Key {
    Key { name, kind, default: Default::Open, about }
}

const fn or(name: &'static str, kind: KeyKind, default: &'static str, about: &'static str) -> Key {
    Key { name, kind, default: Default::Is(default), about }
}

/// Tables whose entries hold people.
const NODES: &[&str] = &["site", "hub", "facility"];

/// Every table, in the order of the resolved form.
pub const TABLES: &[Table] = &[
    study::SCENARIO,
    nodes::SITE,
    nodes::HUB,
    nodes::FACILITY,
    nodes::CROSSING,
    fleets::BUSES,
    fleets::ESCORTS,
    fleets::AIR_COVER,
    fleets::AIRCRAFT,
    routes::ROUTE,
    surroundings::WEATHER,
    surroundings::CALENDAR,
    surroundings::LIGHT,
    surroundings::WELFARE,
    surroundings::INCIDENTS,
    study::OBJECTIVE,
    study::COMPARE,
    study::OBSERVED,
];

/// Keys that every table of quantities takes: they say where its values come from.
pub const ABOUT_VALUES: &[&str] = &["source", "note"];

/// The families of distributions and their parameters: those with the unit of the value, then plain ones.
pub const FAMILIES: &[(&str, &[&str], &[&str])] = &[
    ("uniform", &["min", "max"], &[]),
    ("triangular", &["min", "mode", "max"], &[]),
    ("pert", &["min", "mode", "max"], &[]),
    ("lognormal", &["median", "mean"], &["sigma", "cv"]),
    ("exponential", &["mean"], &[]),
    ("gamma", &["mean"], &["shape"]),
    ("erlang", &["mean"], &["shape"]),
    ("weibull", &["mean", "scale"], &["shape"]),
    ("normal", &["mean", "sd"], &[]),
    ("discrete", &["values"], &["weights"]),
    ("empirical", &[], &["file", "column", "unit"]),
];
