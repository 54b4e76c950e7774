//! From the tree to a [`Scenario`]: one file a table, then what the tables say together.
//!
//! Every check goes on after a mistake, so that all of them are told at once. A table that is wrong becomes `None`; what
//! refers to it is still checked as far as it can be.

mod air_cover;
mod aircraft;
mod buses;
mod calendar;
mod cells;
mod comfort;
mod crossing;
mod data;
mod distribution;
mod escorts;
mod facility;
mod flow;
mod hub;
mod incidents;
mod info;
mod item;
mod light;
mod limits;
mod notes;
mod plan;
mod reader;
mod route;
mod schedule;
mod site;
mod usual;
mod weather;
mod welfare;
mod wishes;

pub(super) use data::columns;
pub(super) use limits::{SHORTER, too_long};
pub use wishes::amount;

use std::cell::RefCell;
use std::collections::BTreeMap;

use self::reader::{Reader, TableWide};
use super::document::{Kind, Table, Value};
use super::keys::{self, TABLES};
use super::problem::did_you_mean;
use super::ranges::StatedRange;
use super::scenario_type::{Assumption, Info, Objective, Observation, TooSmall};
use super::source::{Book, Span};
use crate::model::params::{LocalStart, Params};
use crate::units::Duration;

/// Tables that are custody nodes, in the order of `Params::nodes`.
const NODES: [&str; 3] = ["site", "hub", "facility"];

/// Most entries of an array of tables; the model counts each kind in 16 bits.
const MOST_ENTRIES: usize = 65_000;

/// What the checks share.
pub(super) struct Check<'a> {
    book: &'a Book<'a>,
    root: &'a Table,
    /// Ids by table, in file order.
    ids: BTreeMap<&'static str, Vec<String>>,
    /// Positions of ids within their table.
    places: BTreeMap<&'static str, BTreeMap<String, usize>>,
    assumptions: RefCell<Vec<Assumption>>,
    ranges: RefCell<Vec<StatedRange>>,
    written: RefCell<Vec<usual::Written>>,
    start: Option<LocalStart>,
    horizon: Option<Duration>,
    classes: Vec<String>,
    responses: Option<&'a [&'a str]>,
}

/// Everything of a scenario but its texts.
pub(super) struct Checked {
    pub(super) info: Info,
    pub(super) params: Params,
    pub(super) objectives: Vec<Objective>,
    pub(super) compare: Vec<TooSmall>,
    pub(super) must_not_worsen: Vec<String>,
    pub(super) observed: Vec<Observation>,
    pub(super) assumptions: Vec<Assumption>,
    /// Ranges that values state.
    pub(super) ranges: Vec<StatedRange>,
}

/// Checks a tree. `None` where the book has problems that stop it.
pub(super) fn scenario(book: &Book<'_>, root: &Table, main: u32, responses: Option<&[&str]>) -> Option<Checked> {
    let mut check = Check {
        book,
        root,
        ids: BTreeMap::new(),
        places: BTreeMap::new(),
        assumptions: RefCell::default(),
        ranges: RefCell::default(),
        written: RefCell::default(),
        start: None,
        horizon: None,
        classes: Vec::new(),
        responses,
    };
    if !check.shape(main) {
        return None;
    }
    check.index();
    limits::totals(&check);
    let info = info::read(&mut check);
    check.classes = site::classes(&check);
    let sites = check.each("site", site::read);
    let hubs = check.each("hub", hub::read);
    let facilities = check.each("facility", facility::read);
    let nodes: Vec<_> = sites.into_iter().chain(hubs).chain(facilities).collect();
    let crossings = check.each("crossing", crossing::read);
    let buses = check.each("buses", buses::read);
    let escorts = check.each("escorts", escorts::read);
    let air_cover = check.each("air_cover", air_cover::read);
    let aircraft = check.each("aircraft", aircraft::read);
    let parts = plan::Parts { nodes: &nodes, buses: &buses, escorts: &escorts, aircraft: &aircraft };
    let routes = check.each("route", |reader| route::read(reader, &parts));
    let calendar = calendar::read(&check, &parts);
    let weather = weather::read(&check);
    let light = light::read(&check);
    let welfare = welfare::read(&check);
    let incidents = incidents::read(&check);
    let objectives = check.each("objective", wishes::objective);
    let compare = wishes::compare(&check);
    let observed = wishes::observed(&check);
    plan::check(&check, &parts, &routes, calendar.as_deref());
    if book.has_errors() {
        return None;
    }
    let (info, run) = info?;
    let (welfare, comfort_every) = welfare?;
    let params = Params {
        start: run.start,
        horizon: run.horizon,
        operating_day: run.operating_day,
        stall_after: run.stall_after,
        max_events: run.max_events,
        classes: check.classes.clone(),
        nodes: whole(nodes)?,
        crossings: whole(crossings)?,
        buses: whole(buses)?,
        escorts: whole(escorts)?,
        air_cover: whole(air_cover)?,
        aircraft: whole(aircraft)?,
        routes: whole(routes)?,
        calendar: calendar?,
        weather: weather?,
        light: light?,
        welfare,
        incidents: incidents?,
    };
    flow::check(&check, &params);
    if book.has_errors() {
        return None;
    }
    notes::on(&check, &params, comfort_every);
    usual::notes(&check, &params);
    let (compare, must_not_worsen) = compare?;
    let mut assumptions = check.assumptions.take();
    assumptions.dedup();
    let ranges = check.ranges.take();
    Some(Checked { info, params, objectives: whole(objectives)?, compare, must_not_worsen, observed: observed?, assumptions, ranges })
}

fn whole<T>(parts: Vec<Option<T>>) -> Option<Vec<T>> {
    parts.into_iter().collect()
}

impl<'a> Check<'a> {
    /// Unknown tables, tables of the wrong shape, tables that must be there.
    ///
    /// `false` where there is so much of it that nothing else is looked at.
    fn shape(&self, main: u32) -> bool {
        let mut fine = true;
        for entry in &self.root.entries {
            let Some(table) = TABLES.iter().find(|table| table.name == entry.key) else {
                let near = did_you_mean(&entry.key, TABLES.iter().map(|table| table.name));
                let help = match near {
                    Some(near) => format!("did you mean {near:?}?"),
                    None if entry.value.as_table().is_none() => "a key stands below the [table] it belongs to".to_owned(),
                    None => format!("tables: {}", TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(", ")),
                };
                let what =
                    if entry.value.as_table().is_some() || matches!(entry.value.kind, Kind::Array(_)) { "table" } else { "key at the top" };
                self.book.error(entry.key_span, format!("there is no {what} {:?}", entry.key), help);
                continue;
            };
            let name = table.name;
            match (&entry.value.kind, table.many) {
                (Kind::Table(_), false) => {}
                (Kind::Array(items), true) if items.len() > MOST_ENTRIES => {
                    let message = format!("there are {} entries of [[{name}]]", items.len());
                    self.book.error(entry.key_span, message, format!("a scenario has at most {MOST_ENTRIES} of them"));
                    fine = false;
                }
                (Kind::Array(items), true) => {
                    for item in items.iter().filter(|item| item.as_table().is_none()) {
                        self.book.error(item.span, format!("an entry of {name} is {}, but must be a table", item.kind.name()), "");
                    }
                }
                (_, true) => {
                    self.book.error(entry.value.span, format!("{name} is one table, but there may be many"), format!("write [[{name}]]"))
                }
                (_, false) => self.book.error(entry.value.span, format!("{name} must be one table"), format!("write [{name}]")),
            }
        }
        let start = Span { file: main, start: 0, end: 0 };
        for name in ["scenario", "site", "facility", "route"] {
            let empty = matches!(self.root.get(name).map(|value| &value.kind), Some(Kind::Array(items)) if items.is_empty());
            if self.root.get(name).is_none() || empty {
                let table = TABLES.iter().find(|table| table.name == name).expect("it is in the list");
                let header = if table.many { format!("[[{name}]]") } else { format!("[{name}]") };
                self.book.error(start, format!("there is no {header}"), format!("{header} says {}", table.about));
            }
        }
        fine
    }

    /// Notes every id, and what is wrong with it.
    fn index(&mut self) {
        let mut places: BTreeMap<(&str, String), (&str, Span)> = BTreeMap::new();
        for table in TABLES.iter().filter(|table| table.many) {
            let mut ids = Vec::new();
            for item in self.tables(table.name) {
                let id = item.as_table().and_then(|table| table.text("id"));
                let span = item.as_table().and_then(|table| table.get("id")).map_or(item.span, |value| value.span);
                ids.push(id.unwrap_or_default().to_owned());
                let Some(id) = id else { continue };
                if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
                    self.book.error(span, format!("the id {id:?} has characters that ids do not have"), "use letters, digits, - and _");
                } else if let Some(wrong) = too_long(id) {
                    self.book.error(span, format!("the id of this [[{}]] {wrong}", table.name), SHORTER);
                }
                // A custody node or a crossing is named without its table.
                let place = NODES.contains(&table.name) || table.name == "crossing";
                let space = if place { "place" } else { table.name };
                if let Some((other, first)) = places.insert((space, id.to_owned()), (table.name, span)) {
                    let (span, other) = if first < span { (span, other) } else { (first, table.name) };
                    let help = if other == table.name { "give each entry its own id".to_owned() } else { format!("a [[{other}]] has it") };
                    self.book.error(span, format!("the id {id:?} is used twice"), help);
                }
            }
            let mut at: BTreeMap<String, usize> = BTreeMap::new();
            for (position, id) in ids.iter().enumerate() {
                at.entry(id.clone()).or_insert(position);
            }
            self.places.insert(table.name, at);
            self.ids.insert(table.name, ids);
        }
    }

    /// The entries of an array of tables.
    fn tables(&self, name: &str) -> &'a [Value] {
        match self.root.get(name).map(|value| &value.kind) {
            Some(Kind::Array(items)) => items,
            _ => &[],
        }
    }

    /// The ids of a table.
    fn ids(&self, table: &str) -> impl Iterator<Item = &str> + use<'_> {
        self.ids.get(table).into_iter().flatten().map(String::as_str).filter(|id| !id.is_empty())
    }

    /// The table and position of an id; a custody node is counted through sites, hubs and facilities.
    fn find(&self, tables: &[&'static str], id: &str) -> Option<(&'static str, usize)> {
        tables.iter().find_map(|table| {
            let at = *self.places.get(table)?.get(id)?;
            Some((*table, at + self.first_of(table)))
        })
    }

    /// The position of a table's first entry among what it is counted with.
    fn first_of(&self, table: &str) -> usize {
        let before = NODES.iter().position(|node| *node == table).unwrap_or(0);
        NODES[..before].iter().map(|node| self.ids.get(node).map_or(0, Vec::len)).sum()
    }

    /// A single table, if it is there.
    fn single(&'a self, name: &'static str) -> Option<Reader<'a>> {
        let entry = self.root.entry(name)?;
        let table = entry.value.as_table()?;
        Some(Reader::new(self, table, keys_of(name), name.to_owned(), entry.value.span, &TableWide::default()))
    }

    /// Reads every entry of an array of tables.
    fn each<T>(&'a self, name: &'static str, mut read: impl FnMut(&Reader<'a>) -> Option<T>) -> Vec<Option<T>> {
        self.tables(name)
            .iter()
            .map(|item| {
                let table = item.as_table()?;
                let path = format!("{name}.{}", table.text("id").unwrap_or("?"));
                read(&Reader::new(self, table, keys_of(name), path, item.span, &TableWide::default()))
            })
            .collect()
    }

    /// The tree of an entry of an array of tables, for checks after reading.
    fn again(&'a self, name: &'static str, at: usize) -> Option<(&'a Table, Span, String)> {
        let item = self.tables(name).get(at)?;
        let table = item.as_table()?;
        Some((table, item.span, format!("{name}.{}", table.text("id").unwrap_or("?"))))
    }

    /// Lists a default as an assumption.
    fn assume_default(&self, path: String, value: String) {
        let assumption = Assumption { path, value, source: None, range: None, note: None, place: "default".to_owned() };
        self.assumptions.borrow_mut().push(assumption);
    }

    /// Positions of the classes named, in the order of all classes.
    fn class_list(&self, item: &item::Item<'_>) -> Option<Vec<usize>> {
        let mut classes = Vec::new();
        let mut fine = true;
        for (name, span) in item.texts()? {
            match self.classes.iter().position(|class| *class == name) {
                Some(class) if classes.contains(&class) => {
                    self.book.error(span, format!("{} names the class {name:?} twice", item.path), "");
                    fine = false;
                }
                Some(class) => classes.push(class),
                None => {
                    let help = did_you_mean(&name, self.classes.iter().map(String::as_str))
                        .map_or_else(|| format!("classes: {}", self.classes.join(", ")), |near| format!("did you mean {near:?}?"));
                    self.book.error(span, format!("{} names the class {name:?}, but nobody at any site is of it", item.path), help);
                    fine = false;
                }
            }
        }
        if fine && classes.is_empty() {
            return item.wrong(item.value, "must name at least one class", "");
        }
        classes.sort_unstable();
        fine.then_some(classes)
    }
}

/// The keys of a table.
fn keys_of(name: &str) -> &'static [keys::Key] {
    TABLES.iter().find(|table| table.name == name).map_or(&[], |table| table.keys)
}
