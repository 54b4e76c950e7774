//! A run without what could name its places, dates and sources, for a page that may leave the house.
//!
//! Not the page is cleaned but what it is drawn from, so pictures, tables and replay cannot differ in what they give away: nodes, routes
//! and resources get names by kind and number, days are counted from the start, texts and inputs go. The digest and the seed go too:
//! either would tell a reader who guesses at the scenario when the guess is right. Numbers are rounded as people round them, because exact
//! ones confirm a guess as well (`rounding`). Light goes, because sunset and sunrise give date and place away: to the minute in a few
//! nights, and still in the drift of whole hours over some weeks. Movements go where departures follow the sun.
//! What the handling line says is printed word for word all the same. [`leak`](super::leak) then reads the finished page.

mod reason;
mod rounding;

use crate::report::chart::burn_up;
use crate::report::released;
use crate::results::shown::{PATH_RANKS, at_ranks, by_completion};
use crate::results::{
    Comparison, DAILY_MEASURES, Detail, NodeRow, Objective, Output, ResponseInfo, RunTable, Setting, Shown, Side, Summary,
};
use reason::{Kind, Reasons};
use rounding::{response, rounded, ticks};
use std::collections::BTreeMap;

/// The run with other names, and without dates, light, digest, sources, inputs and public counts. `nth` tells several runs of a page apart;
/// `by_sun` says that departures of the run follow the sun.
pub(super) fn released(output: &Output, nth: usize, by_sun: bool) -> Output {
    let mut output = output.clone();
    let names = Names::of(&output);
    let all = burn_up::people(&output);
    output.info.scenario = format!("Scenario {}", letter(nth));
    output.info.question = String::new();
    (output.info.clock.date, output.info.clock.utc_offset_minutes, output.info.sha256) = (None, 0, String::new());
    output.info.clock.time_of_day = ticks(output.info.clock.time_of_day);
    if by_sun {
        output.details.clear();
        output.info.shown.clear();
    }
    for objective in &mut output.info.objectives {
        if let Some(info) = output.table.responses.iter().find(|info| info.name == objective.response) {
            objective.bound = rounding::bound(objective.bound, info, all);
        }
    }
    for (i, objective) in output.info.objectives.iter_mut().enumerate() {
        *objective = Objective { id: format!("objective-{}", i + 1), response: names.response(&objective.response), ..objective.clone() };
    }
    for condition in output.info.until.iter_mut().flat_map(|until| &mut until.conditions) {
        let new = names.response(&condition.response);
        condition.text = condition.text.replace(&condition.response, &new);
        condition.response = new;
    }
    output.table.responses.iter_mut().for_each(|info| names.rename(info));
    for info in &mut output.table.resources {
        (info.name, info.label) = names.resources[&info.name].clone();
    }
    for info in output.table.resources.iter_mut().filter(|info| info.units > 9) {
        info.units = rounded(info.units);
    }
    let before = at_ranks(&output.table, &PATH_RANKS);
    let responses = output.table.responses.clone();
    let reasons = names.of_reasons();
    output.table.records.change(|record| {
        record.left.iter_mut().for_each(|group| reasons.rename(group, all));
        record.values.iter_mut().zip(&responses).for_each(|(value, info)| *value = response(*value, info, all));
    });
    let numbers = renumber(&mut output, &before);
    for row in &mut output.paths {
        row.replication = numbers.get(&row.replication).copied().unwrap_or(row.replication);
    }
    for failure in &mut output.table.failures {
        failure.message = "what happened is left out here".into();
        failure.waits.clear();
    }
    // All measures are numbers of people but one, which is person-hours and as telling.
    let person_hours = DAILY_MEASURES.iter().position(|name| name.contains("hours"));
    for row in &mut output.days {
        let of_people = Some(row.measure) != person_hours;
        let given = |value: f64| if of_people { released::people(value, all) } else { released::tens(value) };
        row.quantiles.iter_mut().for_each(|value| *value = given(f64::from(*value)) as f32);
    }
    output.paths.iter_mut().for_each(|row| row.accepted = released::people(f64::from(row.accepted), all) as f32);
    for node in &mut output.nodes {
        names.rename_node(node);
    }
    for route in &mut output.setting.routes {
        (route.id, route.from, route.to) = (names.route(&route.id), names.node(&route.from), names.node(&route.to));
    }
    output.setting = Setting { routes: output.setting.routes, ..Setting::default() };
    for detail in &mut output.details {
        names.rename_detail(detail);
        rounding::detail(detail);
    }
    drop_light(&mut output);
    // Whether what is wanted is kept was judged of the values as they were.
    let judged = std::mem::take(&mut output.summary.objectives);
    output.summary = Summary::of(&output.info, &output.table);
    if judged.len() == output.summary.objectives.len() {
        for (given, was) in output.summary.objectives.iter_mut().zip(judged) {
            (given.kept, given.runs, given.interval) = (was.kept, was.runs, was.interval);
        }
    }
    output.summary.responses.iter_mut().for_each(|one| rounding::summary(one, all));
    output
}

/// Responses that only light decides, unless something is wanted of them.
fn drop_light(output: &mut Output) {
    let wanted = output.info.objectives.iter().any(|objective| objective.response == OF_LIGHT)
        || output.info.until.iter().flat_map(|until| &until.conditions).any(|condition| condition.response == OF_LIGHT);
    if let (false, Some(at)) = (wanted, output.table.responses.iter().position(|info| info.name == OF_LIGHT)) {
        output.table.responses.remove(at);
        output.table.records.change(|record| {
            record.values.remove(at);
        });
    }
}

/// The response that only light decides.
const OF_LIGHT: &str = "daylight_convoy_hours";

/// Numbers the replications anew, in order of completion: a number and the seed would let a reader run the replication again and hold it
/// against the page. The replications shown in detail stay those at their ranks. Gives back the new numbers of those drawn as paths,
/// which were at their ranks as `before` has it.
fn renumber(output: &mut Output, before: &[Shown]) -> BTreeMap<u32, u32> {
    let table: &mut RunTable = &mut output.table;
    let mut numbers = vec![0; table.records.len()];
    for (rank, at) in by_completion(table).into_iter().enumerate() {
        numbers[at as usize] = rank as u32;
    }
    let mut numbers = numbers.into_iter();
    table.records.change(|record| record.replication = numbers.next().unwrap_or_default());
    let ended = table.records.len() as u32;
    table.failures.iter_mut().zip(ended..).for_each(|(failure, number)| failure.replication = number);
    for (shown, detail) in output.info.shown.iter_mut().zip(&mut output.details) {
        shown.replication = at_ranks(table, &[shown.percent]).first().map_or(0, |one| one.replication);
        let number = shown.replication;
        detail.convoys.iter_mut().for_each(|row| row.replication = number);
        detail.segments.iter_mut().for_each(|row| row.replication = number);
        detail.hours.iter_mut().for_each(|row| row.replication = number);
    }
    let after = at_ranks(table, &PATH_RANKS);
    before.iter().zip(after).map(|(old, new)| (old.replication, new.replication)).collect()
}

/// A comparison without names, inputs and seeds; `nth` tells several of a page apart. Measures of single routes, places and resources are left
/// out, as nobody could say of which.
pub(super) fn released_comparison(comparison: &Comparison, nth: usize) -> Comparison {
    let mut comparison = comparison.clone();
    let own = |side: &mut Side, label: String| {
        (side.name, side.label, side.seed, side.reason) = (label.clone(), label, None, None);
        side.sha256.clear();
    };
    own(&mut comparison.base, format!("Base {}", nth + 1));
    for (i, contrast) in comparison.contrasts.iter_mut().enumerate() {
        own(&mut contrast.variant, format!("Variant {}{}", nth + 1, letter(i)));
        contrast.changes.clear();
        contrast.missing.clear();
        contrast.split = None;
        contrast.responses.retain(|one| !one.info.name.contains('.') && one.info.name != OF_LIGHT);
        for one in &mut contrast.responses {
            let given = |value: f64| response(value, &one.info, f64::INFINITY);
            one.base.iter_mut().chain(&mut one.variant).for_each(|value| *value = given(*value));
            for figure in &mut one.figures {
                (figure.base, figure.variant) = (figure.base.map(given), figure.variant.map(given));
                figure.difference =
                    figure.difference.map(|difference| rounding::difference(&difference, [figure.base, figure.variant], &one.info));
            }
        }
    }
    comparison
}

/// `A`, `B`, …, `Z`, `27`, ….
fn letter(nth: usize) -> String {
    u8::try_from(nth).ok().filter(|n| *n < 26).map_or_else(|| (nth + 1).to_string(), |n| char::from(b'A' + n).to_string())
}

/// New names by old ones.
struct Names {
    /// Id and label by id.
    nodes: BTreeMap<String, (String, String)>,
    /// Label by old label.
    labels: BTreeMap<String, String>,
    routes: BTreeMap<String, String>,
    /// Name and label by name.
    resources: BTreeMap<String, (String, String)>,
    legs: BTreeMap<String, String>,
}

impl Names {
    fn of(output: &Output) -> Self {
        let mut nodes = BTreeMap::new();
        let mut labels = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &output.nodes {
            let count = counts.entry(node.kind).or_default();
            let number = if node.kind == "site" { letter(*count) } else { (*count + 1).to_string() };
            *count += 1;
            let label = format!("{}{} {number}", node.kind[..1].to_uppercase(), &node.kind[1..]);
            labels.insert(node.label.clone(), label.clone());
            nodes.insert(node.id.clone(), (label.to_lowercase().replace(' ', "-"), label));
        }
        let routes = output.setting.routes.iter().enumerate().map(|(i, route)| (route.id.clone(), format!("route-{}", i + 1))).collect();
        let mut legs = BTreeMap::new();
        for place in output.details.iter().flat_map(|detail| &detail.segments).map(|row| &row.place) {
            if place != "air" && !nodes.contains_key(place) && !legs.contains_key(place) {
                legs.insert(place.clone(), format!("leg-{}", legs.len() + 1));
            }
        }
        let resources = resources(output, &nodes);
        Self { nodes, labels, routes, resources, legs }
    }

    /// What a sentence about people who are left can name.
    fn of_reasons(&self) -> Reasons {
        let places = self.labels.iter().map(|(old, new)| (Kind::Place, old.clone(), new.clone()));
        let routes = self.routes.iter().map(|(old, new)| (Kind::Route, old.clone(), new.clone()));
        let resources = self.resources.iter().map(|(name, (_, label))| {
            let id = name.rsplit('.').next().unwrap_or(name);
            (Kind::Resource, id.to_owned(), label.clone())
        });
        Reasons(places.chain(routes).chain(resources).collect())
    }

    fn node(&self, id: &str) -> String {
        self.nodes.get(id).map_or_else(|| "elsewhere".into(), |(id, _)| id.clone())
    }

    fn route(&self, id: &str) -> String {
        self.routes.get(id).map_or_else(|| "a route".into(), Clone::clone)
    }

    /// A response, whose name may end in that of a route, a resource or a node.
    fn response(&self, name: &str) -> String {
        let Some((base, of)) = name.split_once('.') else { return name.into() };
        let new = match base {
            "throughput_per_day" => self.routes.get(of).cloned(),
            "utilisation" | "binding_share" => self.resources.get(of).map(|(name, _)| name.clone()),
            _ => self.nodes.get(of).map(|(id, _)| id.clone()),
        };
        format!("{base}.{}", new.as_deref().unwrap_or(of))
    }

    fn rename(&self, info: &mut ResponseInfo) {
        (info.name, info.reading) = (self.response(&info.name), "".into());
    }

    fn rename_node(&self, node: &mut NodeRow) {
        (node.id, node.label) = self.nodes[&node.id].clone();
        node.along.iter_mut().for_each(|(route, km)| (*route, *km) = (self.route(route), released::tens(*km)));
        node.along.sort_by(|a, b| a.0.cmp(&b.0));
    }

    fn rename_detail(&self, detail: &mut Detail) {
        for row in &mut detail.convoys {
            (row.route, row.people) = (self.route(&row.route), rounded(row.people));
        }
        for row in &mut detail.segments {
            let place = self.nodes.get(&row.place).map(|(id, _)| id).or_else(|| self.legs.get(&row.place));
            row.place = place.map_or_else(|| "air".into(), Clone::clone);
            row.people = rounded(row.people);
        }
        for row in &mut detail.hours {
            rounding::states(&mut row.people);
        }
    }
}

/// Resources that belong to a node keep what they are and get the node's new name; pools and fleets are numbered by what they are; what
/// is no resource (weather, windows) is the program's own word and stays.
fn resources(output: &Output, nodes: &BTreeMap<String, (String, String)>) -> BTreeMap<String, (String, String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |kind: &str| {
        let count = counts.entry(kind.to_owned()).or_default();
        *count += 1;
        (format!("{}-{count}", kind.replace(' ', "-")), format!("{kind} {count}"))
    };
    let mut new = |info: &crate::results::ResourceInfo| {
        if info.units == 0 && crate::results::vocabulary::CAUSES.contains(&info.name.as_str()) {
            return (info.name.clone(), info.label.clone());
        }
        let of_node = output.nodes.iter().find_map(|node| {
            let rest = info.name.strip_prefix(&node.id).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
            let what = info.label.strip_prefix(&node.label)?;
            let (id, label) = &nodes[&node.id];
            Some((format!("{id}{rest}"), format!("{label}{what}")))
        });
        let id = info.name.rsplit('.').next().unwrap_or(&info.name);
        of_node.unwrap_or_else(|| number(info.label.strip_suffix(id).map(str::trim).filter(|kind| !kind.is_empty()).unwrap_or("resource")))
    };
    output.table.resources.iter().map(|info| (info.name.clone(), new(info))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::sample;

    #[test]
    fn places_have_names_by_kind_and_people_come_in_tens() {
        let output = Output::of(sample::info(5), sample::setting(), sample::table(5, 0), sample::nodes(), vec![sample::detail(0)]);
        let released = released(&output, 1, false);
        let labels: Vec<&str> = released.nodes.iter().map(|node| node.label.as_str()).collect();
        assert_eq!(labels, ["Site A", "Crossing 1", "Facility 1"]);
        assert_eq!((released.info.scenario.as_str(), released.info.clock.date), ("Scenario B", None));
        assert_eq!((released.details[0].segments[0].place.as_str(), released.details[0].convoys[0].route.as_str()), ("leg-1", "route-1"));
        assert_eq!((released.setting.inputs.len(), released.setting.observed.len()), (0, 0));
        assert_eq!((released.info.sha256.as_str(), released.setting.light.len()), ("", 0));
        assert!(super::released(&output, 0, true).details.is_empty(), "movements that follow the sun are left out");
    }

    #[test]
    fn replications_are_numbered_by_completion_and_those_shown_stay_at_their_ranks() {
        let mut info = sample::info(40);
        info.shown = crate::results::shown::in_detail(&sample::table(40, 3));
        let details = info.shown.iter().map(|one| sample::detail(one.replication)).collect();
        let output = Output::of(info, sample::setting(), sample::table(40, 3), sample::nodes(), details);
        let released = released(&output, 0, false);
        let mut numbers: Vec<u32> = released.table.records.iter().map(|record| record.replication).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..numbers.len() as u32).collect::<Vec<_>>());
        for (shown, detail) in released.info.shown.iter().zip(&released.details) {
            assert_eq!(at_ranks(&released.table, &[shown.percent])[0].replication, shown.replication);
            assert!(detail.convoys.iter().all(|row| row.replication == shown.replication));
        }
    }
}
