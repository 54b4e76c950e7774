//! A shown replication as trace events, for viewers such as Perfetto.
//!
//! The format is Google's *Trace Event Format* (JSON object form): complete events (`ph` `X`) with `ts` and `dur` in microseconds,
//! which are the ticks of the simulation; metadata (`ph` `M`) names tracks; counters (`ph` `C`) count aircraft on station. One
//! process a kind of entity, one thread an entity. Events of a track follow each other and never overlap. Time 0 is the start of
//! the run; `otherData` says what that is in local time.

use super::json::text;
use crate::results::{Detail, RunInfo, SegmentRow, TraceRow};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Kinds of tracks: their words, in the order shown. A process each.
const KINDS: [&str; 6] = ["convoys", "flights", "buses", "escorts", "aircraft", "lanes"];
/// Process of the counters of air cover.
const COVER: usize = KINDS.len() + 1;

/// A stretch of a track.
struct Slice {
    name: String,
    start: u64,
    end: u64,
    args: Map<String, Value>,
}

/// Writes the trace events of a replication.
///
/// # Errors
///
/// Those of the writer.
pub fn write(detail: &Detail, replication: u32, info: &RunInfo, mut out: impl Write) -> io::Result<()> {
    let mut events = Vec::new();
    for (n, kind) in KINDS.iter().enumerate() {
        let tracks = match n {
            0 => movements(detail, "land"),
            1 => movements(detail, "air"),
            2 => units(detail, "bus"),
            3 => units(detail, "escort"),
            4 => units(detail, "aircraft"),
            _ => lanes(detail),
        };
        if !tracks.is_empty() {
            process(&mut events, n + 1, kind, tracks);
        }
    }
    counters(&mut events, detail);
    let object = json!({
        "displayTimeUnit": "ms",
        "otherData": {
            "scenario": info.scenario, "sha256": info.sha256, "seed": info.seed, "replication": replication,
            "start_local": info.clock.local(0), "zone": info.clock.zone(), "handling": info.handling,
            "version": env!("CARGO_PKG_VERSION"), "note": "Simulated. One possible course of events, not a forecast and not a schedule.",
        },
        "traceEvents": events,
    });
    out.write_all(text(&object).as_bytes())?;
    out.flush()
}

/// A process with its tracks, in order of their names.
fn process(events: &mut Vec<Value>, pid: usize, name: &str, tracks: Vec<(String, Vec<Slice>)>) {
    events.push(json!({"ph": "M", "pid": pid, "name": "process_name", "args": {"name": name}}));
    events.push(json!({"ph": "M", "pid": pid, "name": "process_sort_index", "args": {"sort_index": pid}}));
    for (n, (name, slices)) in tracks.into_iter().enumerate() {
        let tid = n + 1;
        events.push(json!({"ph": "M", "pid": pid, "tid": tid, "name": "thread_name", "args": {"name": name}}));
        events.push(json!({"ph": "M", "pid": pid, "tid": tid, "name": "thread_sort_index", "args": {"sort_index": tid}}));
        let mut free = 0;
        for Slice { name, start, end, args } in slices {
            // Vehicles of a convoy may be in two states at once; its track shows the one that began first.
            let start = start.max(free);
            if start < end {
                events.push(json!({"ph": "X", "pid": pid, "tid": tid, "name": name, "ts": start, "dur": end - start, "args": args}));
                free = end;
            }
        }
    }
}

/// Convoys or flights with what they did, exposure class included.
fn movements(detail: &Detail, mode: &str) -> Vec<(String, Vec<Slice>)> {
    let of_mode = detail.convoys.iter().filter(|row| row.mode == mode);
    let slices = |movement| detail.segments.iter().filter(move |segment| segment.movement == movement).map(slice).collect();
    of_mode.map(|row| (format!("{}#{}", row.route, row.nth), slices(row.movement))).collect()
}

fn slice(segment: &SegmentRow) -> Slice {
    let mut args = Map::new();
    args.insert("class".into(), class(segment).into());
    args.insert("place".into(), segment.place.clone().into());
    args.insert("people".into(), segment.people.into());
    for (name, word) in [("cover", segment.cover), ("escort", segment.escort), ("light", segment.light), ("welfare", segment.welfare)] {
        if !word.is_empty() {
            args.insert(name.into(), word.into());
        }
    }
    Slice { name: segment.kind.into(), start: segment.start, end: segment.end, args }
}

/// The class of exposure: how many of not moving, uncovered, under-escorted, daylight hold; custody inside a wall.
fn class(segment: &SegmentRow) -> &'static str {
    if segment.motion.is_empty() {
        return "custody";
    }
    let fails = [segment.motion != "moving", segment.cover == "uncovered", segment.escort == "under-escorted", segment.light == "day"];
    ["low", "moderate", "high", "highest", "highest"][fails.iter().filter(|fails| **fails).count()]
}

/// Vehicles by their changes of state; a free one has a gap. The last state lasts until the end of the trace.
fn units(detail: &Detail, entity: &str) -> Vec<(String, Vec<Slice>)> {
    let end = end_of(detail);
    let mut rows: BTreeMap<(&str, u32), Vec<&TraceRow>> = BTreeMap::new();
    for row in detail.trace.iter().filter(|row| row.entity == entity) {
        // A pool as a whole has no number and no track.
        if let Some((fleet, number)) = row.id.rsplit_once('#').and_then(|(fleet, number)| Some((fleet, number.parse().ok()?))) {
            rows.entry((fleet, number)).or_default().push(row);
        }
    }
    let track = |((fleet, number), rows): ((&str, u32), Vec<&TraceRow>)| {
        let ends = rows.iter().skip(1).map(|row| row.time).chain([end]);
        let slices = rows.iter().zip(ends).filter(|(row, _)| row.state != "free");
        let slice = |(row, end): (&&TraceRow, u64)| {
            let mut args = Map::new();
            args.insert("cause".into(), row.cause.as_ref().into());
            if !row.place.is_empty() {
                args.insert("place".into(), row.place.clone().into());
            }
            Slice { name: row.state.to_string(), start: row.time, end, args }
        };
        (format!("{fleet}#{number}"), slices.map(slice).collect())
    };
    rows.into_iter().map(track).collect()
}

/// Lanes of crossings. A bus is shown in the lane that has been free for longest; lanes are alike, so any would do.
fn lanes(detail: &Detail) -> Vec<(String, Vec<Slice>)> {
    let mut crossings: BTreeMap<&str, Vec<Vec<Slice>>> = BTreeMap::new();
    let rows: Vec<&TraceRow> = detail.trace.iter().filter(|row| row.entity == "lane").collect();
    for (n, row) in rows.iter().enumerate().filter(|(_, row)| row.state == "busy") {
        let over = rows[n..].iter().find(|later| later.state == "free" && later.id == row.id && later.place == row.place);
        let end = over.map_or_else(|| end_of(detail), |later| later.time);
        let mut args = Map::new();
        args.insert("bus".into(), row.place.clone().into());
        args.insert("load".into(), row.cause.as_ref().into());
        let slice = Slice { name: row.place.clone(), start: row.time, end, args };
        let lanes = crossings.entry(&row.id).or_default();
        let free = |lane: &Vec<Slice>| lane.last().map_or(0, |last| last.end);
        match lanes.iter_mut().filter(|lane| free(lane) <= row.time).min_by_key(|lane| free(lane)) {
            Some(lane) => lane.push(slice),
            None => lanes.push(vec![slice]),
        }
    }
    let named = |(crossing, lanes): (&str, Vec<Vec<Slice>>)| {
        lanes.into_iter().enumerate().map(|(n, lane)| (format!("{crossing} lane {}", n + 1), lane)).collect::<Vec<_>>()
    };
    crossings.into_iter().flat_map(named).collect()
}

/// Covering aircraft on station, by orbit.
fn counters(events: &mut Vec<Value>, detail: &Detail) {
    let mut there: BTreeMap<&str, i64> = BTreeMap::new();
    let rows: Vec<&TraceRow> = detail.trace.iter().filter(|row| row.entity == "cover").collect();
    if !rows.is_empty() {
        events.push(json!({"ph": "M", "pid": COVER, "name": "process_name", "args": {"name": "air cover"}}));
        events.push(json!({"ph": "M", "pid": COVER, "name": "process_sort_index", "args": {"sort_index": COVER}}));
    }
    for row in rows {
        let count = there.entry(&row.id).or_default();
        match row.state.as_ref() {
            "on station" => *count += 1,
            "off station" => *count -= 1,
            _ => continue,
        }
        events.push(json!({"ph": "C", "pid": COVER, "tid": 0, "name": row.id, "ts": row.time, "args": {"on station": *count}}));
    }
}

/// The last instant of anything.
fn end_of(detail: &Detail) -> u64 {
    let segments = detail.segments.iter().map(|segment| segment.end);
    segments.chain(detail.trace.iter().map(|row| row.time)).max().unwrap_or(0)
}
