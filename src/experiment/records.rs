//! From what a replication observed to the plain records that reports are made of.

use crate::model::exposure::Motion;
use crate::model::params::{Mode, NodeKind, Params, PathPart};
use crate::model::{self, Ending, Model, Movement, Observations, Stage, Whereabouts, attribution};
use crate::results::{
    AttributionPart, ConvoyRow, Daily, Detail, HourRow, NodeRow, Outcome, ReplicationRecord, ResourceUse, SegmentRow, TraceRow, Waiting,
};
use crate::units::{Duration, SimTime, TICKS_PER_HOUR};

/// The record of one replication.
#[must_use]
pub fn record(model: &Model, o: &Observations, values: Vec<f64>) -> ReplicationRecord {
    let hours = |ticks: f64| ticks / TICKS_PER_HOUR as f64;
    ReplicationRecord {
        replication: o.replication,
        outcome: outcome(o.ending),
        left: o.left.iter().map(waiting).collect(),
        values,
        daily: daily(model, o),
        attribution: attribution(&o.chain)
            .into_iter()
            .map(|(cause, via, time)| AttributionPart { cause: cause.name(), via: via.name(), ticks: time.ticks() })
            .collect(),
        resources: o
            .usage
            .iter()
            .map(|u| ResourceUse {
                available_h: hours(u.available),
                busy_h: hours(u.busy),
                held_waiting_h: hours(u.held_waiting),
                idle_h: hours((u.available - u.busy - u.held_waiting).max(0.0)),
                binding_share: u.binding_share,
            })
            .collect(),
        events: o.events,
        draws: o.draws,
    }
}

/// The model's ending in the words of the tables.
pub(super) fn outcome(ending: Ending) -> Outcome {
    match ending {
        Ending::Complete => Outcome::Complete,
        Ending::Horizon => Outcome::Horizon,
        Ending::Deadlock => Outcome::Deadlock,
    }
}

/// A group of people left in the words of the tables.
pub(super) fn waiting(group: &model::Waiting) -> Waiting {
    Waiting { people: group.people, place: group.place.clone(), waits_for: group.waits_for.clone() }
}

/// People by whereabouts as time goes on.
struct HeadCount<'o> {
    o: &'o Observations,
    /// Source, on the way, hubs, facilities (accepted or not).
    counts: [i64; 4],
    flow: usize,
    accepted: usize,
    by_air: usize,
}

impl<'o> HeadCount<'o> {
    fn new(o: &'o Observations) -> Self {
        Self { o, counts: [i64::from(o.people), 0, 0, 0], flow: 0, accepted: 0, by_air: 0 }
    }

    /// Goes on to an instant; what happens at it counts if `including`.
    fn advance(&mut self, to: SimTime, including: bool) {
        let reached = |at: SimTime| at < to || (including && at == to);
        while let Some(flow) = self.o.flows.get(self.flow).filter(|f| reached(f.at)) {
            for (whereabouts, sign) in [(flow.from, -1), (flow.to, 1)] {
                if whereabouts != Whereabouts::Accepted {
                    self.counts[whereabouts as usize] += sign * i64::from(flow.people);
                }
            }
            self.flow += 1;
        }
        while let Some(accepted) = self.o.accepted.get(self.accepted).filter(|a| reached(a.at)) {
            self.accepted += 1;
            self.by_air += usize::from(self.o.by_air[usize::from(accepted.route)]);
        }
    }
}

/// Day by day, at local midnights; midnight itself belongs to the new day.
fn daily(model: &Model, o: &Observations) -> Daily {
    let start = model.params.start;
    let last = start.day_of(SimTime::from_ticks(o.end.ticks().saturating_sub(1)));
    let mut heads = HeadCount::new(o);
    let days = (0..=last)
        .map(|day| {
            heads.advance(start.midnight(day + 1).min(o.end), day == last);
            let exposed = o.exposed_by_day.get(day).copied().unwrap_or(0);
            [
                heads.accepted as f32,
                (heads.accepted - heads.by_air) as f32,
                heads.by_air as f32,
                heads.counts[0] as f32,
                heads.counts[2] as f32,
                (exposed as f64 / TICKS_PER_HOUR as f64) as f32,
            ]
        })
        .collect();
    Daily { days }
}

/// What a shown replication has in addition.
#[must_use]
pub fn detail(model: &Model, o: &Observations) -> Detail {
    let replication = o.replication;
    let mut heads = HeadCount::new(o);
    let hours = (o.end.ticks().div_ceil(TICKS_PER_HOUR)) as u32;
    let hours = (0..=hours)
        .map(|hour| {
            heads.advance(SimTime::ZERO + Duration::from_hours(u64::from(hour)), true);
            let count = |n: usize| heads.counts[n].max(0) as u32;
            let accepted = heads.accepted as u32;
            HourRow { replication, hour, people: [count(0), count(1), count(2), count(3) - accepted, accepted] }
        })
        .collect();
    let mut segments: Vec<SegmentRow> = o
        .movements
        .iter()
        .enumerate()
        .flat_map(|(id, m)| inside_wall(model, o, id, m))
        .chain(o.segments.iter().map(|s| SegmentRow {
            replication,
            movement: s.movement as u32,
            kind: s.kind,
            place: s.place.clone(),
            start: s.from.ticks(),
            end: s.to.ticks(),
            km_from: s.km_from,
            km_to: s.km_to,
            people: s.people,
            motion: s.flags[0],
            cover: s.flags[1],
            escort: s.flags[2],
            light: s.flags[3],
            welfare: s.flags[4],
        }))
        .collect();
    segments.sort_by_key(|s| (s.movement, s.start, s.end));
    Detail {
        convoys: o.movements.iter().enumerate().map(|(id, m)| convoy(model, o, id, m)).collect(),
        segments,
        hours,
        trace: o
            .trace
            .iter()
            .map(|t| TraceRow {
                time: t.time.ticks(),
                entity: t.entity,
                id: t.id.clone(),
                state: t.state.into(),
                place: t.place.clone(),
                cause: t.cause.into(),
            })
            .collect(),
    }
}

/// What a movement did inside walls: boarding, waiting to start, intake; what is open at the end of the run lasts to there.
fn inside_wall(model: &Model, o: &Observations, id: usize, m: &Movement) -> Vec<SegmentRow> {
    let replication = o.replication;
    let route = &model.params.routes[m.route];
    let (from, to) = (&model.params.nodes[route.from].id, &model.params.nodes[route.to].id);
    let end_km = length_km(&model.params, m.route);
    let destination = match model.params.nodes[route.to].kind {
        NodeKind::Hub(_) => "getting off",
        _ => "intake",
    };
    let boarded = m.loads.iter().filter_map(|l| l.boarded.first()).min().copied();
    let open = |holds: bool| holds.then_some(o.end);
    let stretches = [
        ("boarding", from, boarded.or(m.loaded.and(Some(m.formed))), m.loaded.or(open(m.stage == Stage::Preparing)), 0.0),
        ("waiting to start", from, m.loaded, m.started.or(open(m.stage == Stage::Loaded)), 0.0),
        (destination, to, m.clear, m.accepted.or(open(m.aboard > 0)), if m.turned_back { 0.0 } else { end_km }),
    ];
    stretches
        .into_iter()
        .filter_map(|(kind, place, start, end, km)| {
            let (start, end) = (start?.ticks(), end?.ticks());
            (end > start).then(|| SegmentRow {
                replication,
                movement: id as u32,
                kind,
                place: place.clone(),
                start,
                end,
                km_from: km,
                km_to: km,
                people: m.people(),
                motion: "",
                cover: "",
                escort: "",
                light: model.light_at(SimTime::from_ticks(start)).word(),
                welfare: "",
            })
        })
        .collect()
}

fn convoy(model: &Model, o: &Observations, id: usize, m: &Movement) -> ConvoyRow {
    let replication = o.replication;
    let ticks = |t: Option<SimTime>| t.map(SimTime::ticks);
    let wait = match (m.loaded, m.started) {
        (Some(loaded), Some(started)) => (started - loaded).hours(),
        (Some(loaded), None) if m.stage == Stage::Loaded => o.end.since(loaded).hours(),
        _ => 0.0,
    };
    ConvoyRow {
        replication,
        movement: id as u32,
        route: model.params.routes[m.route].id.clone(),
        mode: if m.aircraft.is_some() { "air" } else { "land" },
        nth: m.nth + 1,
        formed: m.formed.ticks(),
        loaded: ticks(m.loaded),
        start_point: ticks(m.started),
        arrive: ticks(m.arrived),
        clear: ticks(m.clear),
        accepted: ticks(m.accepted),
        turned_back: m.turned_back,
        people: m.people(),
        vehicles: if m.aircraft.is_some() { 1 } else { m.buses.len() as u32 },
        escorts: m.escorts_at_start,
        wait_to_start_h: wait,
        border_queue_bus_h: m.border_queue.hours(),
        motion_h: Motion::ALL.iter().map(|motion| (motion.word(), m.tracker.motions[*motion as usize].hours())).collect(),
        exposed_h: m.tracker.exposed.hours(),
        uncovered_h: m.tracker.uncovered.hours(),
        longest_halt_h: m.tracker.longest_halt.hours(),
        longest_uncovered_h: m.tracker.longest_uncovered.hours(),
        class_h: m.tracker.classes.map(Duration::hours),
    }
}

/// Nodes and crossings with their distance along each route.
#[must_use]
pub fn nodes(params: &Params) -> Vec<NodeRow> {
    let mut rows: Vec<NodeRow> = params
        .nodes
        .iter()
        .map(|n| {
            let kind = match n.kind {
                NodeKind::Site(_) => "site",
                NodeKind::Hub(_) => "hub",
                NodeKind::Facility(_) => "facility",
            };
            NodeRow { id: n.id.clone(), label: n.label.clone(), kind, along: Vec::new() }
        })
        .collect();
    let crossings = rows.len();
    rows.extend(params.crossings.iter().map(|c| NodeRow { id: c.id.clone(), label: c.label.clone(), kind: "crossing", along: Vec::new() }));
    for (n, route) in params.routes.iter().enumerate() {
        rows[route.from].along.push((route.id.clone(), 0.0));
        if let Mode::Land(land) = &route.mode {
            let mut km = 0.0;
            for part in &land.path {
                match part {
                    PathPart::Leg(leg) => km += leg.distance.0,
                    PathPart::Crossing(c) => rows[crossings + c].along.push((route.id.clone(), km)),
                }
            }
        }
        rows[route.to].along.push((route.id.clone(), length_km(params, n)));
    }
    rows
}

/// Length of a route, km; 0 for flights without a stated distance.
fn length_km(params: &Params, route: usize) -> f64 {
    match &params.routes[route].mode {
        Mode::Land(land) => land.path.iter().map(|p| if let PathPart::Leg(leg) = p { leg.distance.0 } else { 0.0 }).sum(),
        Mode::Air(air) => air.distance.map_or(0.0, |d| d.0),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::chain::{Cause, Via};
    use crate::model::exposure::Motion;
    use crate::model::{Daylight, FailureKind};
    use crate::results::vocabulary::{CAUSES, FAILURES, LIGHT, MOTIONS, VIAS};

    #[test]
    fn the_words_of_the_model_are_the_words_of_the_tables() {
        assert_eq!(Cause::ALL.map(Cause::name), CAUSES);
        assert_eq!(Motion::ALL.map(Motion::word), MOTIONS);
        assert_eq!([Daylight::Day, Daylight::Twilight, Daylight::Night].map(Daylight::word), LIGHT);
        let vias = [
            Via::None,
            Via::Bus(0),
            Via::Escort(0),
            Via::Cover(0),
            Via::Lane(0),
            Via::Bay(0),
            Via::Place(0),
            Via::Aircraft(0),
            Via::Parking(0),
        ];
        assert_eq!(vias.map(Via::name), VIAS);
        assert_eq!(Via::Boarding(0).name(), Via::Bay(0).name());
        let kinds = [FailureKind::Livelock, FailureKind::Identity, FailureKind::Budget];
        assert_eq!(kinds.map(FailureKind::word), FAILURES[..3], "the last is a panic, which the runner names");
    }
}
