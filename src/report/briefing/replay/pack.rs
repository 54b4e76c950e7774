//! The replay's data as JSON: whole minutes and whole units of the map, words once in a list.

use super::Run;
use super::map::Map;
use crate::report::visible::visible_json;
use crate::results::Output;
use crate::units::{TICKS_PER_DAY, TICKS_PER_MINUTE};
use serde_json::{Value, json};

/// A list in which every word stands once.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn number(&mut self, word: &str) -> usize {
        self.0.iter().position(|known| known == word).unwrap_or_else(|| {
            self.0.push(word.into());
            self.0.len() - 1
        })
    }
}

/// The data of the runs, as text that cannot end the element it stands in.
pub(super) fn text(output: &Output, map: &Map<'_>, runs: &[Run<'_>]) -> String {
    let (mut kinds, mut places) = (Words::default(), Words::default());
    let runs: Vec<Value> = runs.iter().map(|run| packed(output, run, &mut kinds, &mut places)).collect();
    let labels = places.0.iter().map(|id| output.nodes.iter().find(|node| node.id == *id).map_or(id, |node| &node.label));
    let columns: Vec<Value> = map.columns().map(|(name, x)| json!([name, x.round() as i64])).collect();
    let data = json!({
        "zone": output.info.clock.zone(),
        "midnight": output.info.clock.time_of_day / TICKS_PER_MINUTE,
        "kinds": kinds.0,
        "places": labels.collect::<Vec<_>>(),
        "columns": columns,
        "runs": runs,
    });
    visible_json(&data.to_string()).replace('<', "\\u003c")
}

fn packed(output: &Output, run: &Run<'_>, kinds: &mut Words, places: &mut Words) -> Value {
    let whole = |x: f64| x.round() as i64;
    let moves: Vec<Value> = run
        .tracks
        .iter()
        .map(|(movement, pieces)| {
            let numbers: Vec<i64> = pieces
                .iter()
                .flat_map(|piece| {
                    let [kind, place] = [kinds.number(piece.kind), places.number(piece.place)].map(|n| n as i64);
                    let points = [piece.from.0, piece.from.1, piece.to.0, piece.to.1].map(whole);
                    [piece.start as i64, (piece.end - piece.start) as i64, kind, place, piece.class as i64].into_iter().chain(points)
                })
                .collect();
            json!([
                format!("{} {}", movement.convoy.route, movement.convoy.nth),
                u8::from(movement.is_by_air()),
                movement.convoy.people,
                numbers
            ])
        })
        .collect();
    let hours: Vec<&[u32; 5]> = run.detail.hours.iter().map(|hour| &hour.people).collect();
    let end = run.tracks.iter().flat_map(|(_, pieces)| pieces.last()).map(|last| last.end).max().unwrap_or(0);
    let nights: Vec<[u64; 2]> = output
        .setting
        .nights(0, (end * TICKS_PER_MINUTE).next_multiple_of(TICKS_PER_DAY))
        .into_iter()
        .map(|(from, to)| [from / TICKS_PER_MINUTE, to / TICKS_PER_MINUTE])
        .collect();
    json!({ "run": run.shown.replication, "percent": run.shown.percent, "hours": hours, "nights": nights, "moves": moves })
}
