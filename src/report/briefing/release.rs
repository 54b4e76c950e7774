//! A run without what could name its places, dates and sources, for a page that may leave the house.
//!
//! Not the page is cleaned but what it is drawn from, so pictures, tables and replay cannot differ in what they give away: nodes, routes
//! and resources get names by kind and number, days are counted from the start, numbers of people are rounded to ten, texts and inputs go.
//! What the handling line says is printed word for word all the same. [`leak`](super::leak) then reads the finished page.

use crate::results::{Comparison, Detail, NodeRow, Objective, Output, ResponseInfo, Setting, Side, Summary};
use std::collections::BTreeMap;

/// People are told to the nearest ten.
fn rounded(people: u32) -> u32 {
    (people + 5) / 10 * 10
}

/// The same of a measured or computed number.
fn rounded_f(people: f64) -> f64 {
    (people / 10.0).round() * 10.0
}

/// The run with other names, and without dates, sources, inputs and public counts. `nth` tells several runs of a page apart.
pub(super) fn released(output: &Output, nth: usize) -> Output {
    let mut output = output.clone();
    let names = Names::of(&output);
    output.info.scenario = format!("Scenario {}", letter(nth));
    output.info.question = String::new();
    output.info.clock.date = None;
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
    let people: Vec<bool> = output.table.responses.iter().map(|info| info.unit == "people").collect();
    for record in &mut output.table.records {
        record.left.clear();
        record.values.iter_mut().zip(&people).filter(|(_, people)| **people).for_each(|(value, _)| *value = rounded_f(*value));
    }
    for failure in &mut output.table.failures {
        failure.message = "what happened is left out here".into();
        failure.waits.clear();
    }
    // All measures are numbers of people but the last, which is person-hours and as telling.
    for row in &mut output.days {
        row.quantiles.iter_mut().for_each(|value| *value = rounded_f(f64::from(*value)) as f32);
    }
    output.paths.iter_mut().for_each(|row| row.accepted = rounded_f(f64::from(row.accepted)) as f32);
    for node in &mut output.nodes {
        names.rename_node(node);
    }
    for route in &mut output.setting.routes {
        (route.id, route.from, route.to) = (names.route(&route.id), names.node(&route.from), names.node(&route.to));
    }
    output.setting = Setting { routes: output.setting.routes, light: output.setting.light, ..Setting::default() };
    output.details.iter_mut().for_each(|detail| names.rename_detail(detail));
    output.summary = Summary::of(&output.info, &output.table);
    output
}

/// A comparison without names, inputs and seeds; `nth` tells several of a page apart. Measures of single routes, places and resources are left
/// out, as nobody could say of which.
pub(super) fn released_comparison(comparison: &Comparison, nth: usize) -> Comparison {
    let mut comparison = comparison.clone();
    let own = |side: &mut Side, label: String| {
        (side.name, side.label, side.seed, side.reason) = (label.clone(), label, None, None);
    };
    own(&mut comparison.base, format!("Base {}", nth + 1));
    for (i, contrast) in comparison.contrasts.iter_mut().enumerate() {
        own(&mut contrast.variant, format!("Variant {}{}", nth + 1, letter(i)));
        contrast.changes.clear();
        contrast.missing.clear();
        contrast.split = None;
        contrast.responses.retain(|one| !one.info.name.contains('.'));
        for one in contrast.responses.iter_mut().filter(|one| one.info.unit == "people") {
            one.base.iter_mut().chain(&mut one.variant).for_each(|value| *value = rounded_f(*value));
            for figure in &mut one.figures {
                (figure.base, figure.variant) = (figure.base.map(rounded_f), figure.variant.map(rounded_f));
                figure.difference = figure.difference.map(|difference| difference.map(rounded_f));
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
    routes: BTreeMap<String, String>,
    /// Name and label by name.
    resources: BTreeMap<String, (String, String)>,
    legs: BTreeMap<String, String>,
}

impl Names {
    fn of(output: &Output) -> Self {
        let mut nodes = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for node in &output.nodes {
            let count = counts.entry(node.kind).or_default();
            let number = if node.kind == "site" { letter(*count) } else { (*count + 1).to_string() };
            *count += 1;
            let label = format!("{}{} {number}", node.kind[..1].to_uppercase(), &node.kind[1..]);
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
        Self { nodes, routes, resources, legs }
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
        node.along.iter_mut().for_each(|(route, _)| *route = self.route(route));
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
            row.people = row.people.map(rounded);
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
        let released = released(&output, 1);
        let labels: Vec<&str> = released.nodes.iter().map(|node| node.label.as_str()).collect();
        assert_eq!(labels, ["Site A", "Crossing 1", "Facility 1"]);
        assert_eq!((released.info.scenario.as_str(), released.info.clock.date), ("Scenario B", None));
        assert_eq!((released.details[0].segments[0].place.as_str(), released.details[0].convoys[0].route.as_str()), ("leg-1", "route-1"));
        assert_eq!((released.setting.inputs.len(), released.setting.observed.len()), (0, 0));
        assert_eq!([rounded(4), rounded(236), rounded(7_000)], [0, 240, 7_000]);
    }
}
