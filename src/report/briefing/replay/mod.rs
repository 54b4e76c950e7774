//! The replay: a schematic map, a time–distance diagram and a table of states on one clock.
//!
//! The runs are those that a folder keeps in detail, chosen by rank of completion. The map is drawn here; the script moves marks over it
//! along the tracks that [`track`] has computed, so it knows no routes and no distances. Without script there are six frames.
//!
//! * [`map`]: places, ways, and where a movement is after so many kilometres
//! * [`track`]: pieces of time of a movement; [`pack`]: all of it as small JSON; [`film`]: the frames

mod film;
mod map;
mod pack;
mod track;

use super::markup::Html;
use crate::report::chart::one_run::{Movement, movements};
use crate::results::{Detail, Output, Shown};
use map::{Map, SIZE};
use track::Piece;

/// Most bytes of data; runs beyond are left out, and the page says so.
const MOST: usize = 500_000;

/// A run that can be replayed.
struct Run<'o> {
    shown: Shown,
    detail: &'o Detail,
    tracks: Vec<(Movement<'o>, Vec<Piece<'o>>)>,
}

/// Writes the section; `false` where no run was kept in detail.
pub(super) fn write(html: &mut Html, output: &Output) -> bool {
    let map = Map::of(output);
    let mut runs: Vec<Run<'_>> = output
        .info
        .shown
        .iter()
        .zip(&output.details)
        .map(|(shown, detail)| Run { shown: *shown, detail, tracks: tracks(detail, &map) })
        .filter(|run| !run.tracks.is_empty())
        .collect();
    // The one nearest the median first: it is the one that stays if there is no room for three.
    runs.sort_by_key(|run| (run.shown.percent.abs_diff(50), run.shown.percent));
    let kept = runs.len();
    let mut data = pack::text(output, &map, &runs);
    while data.len() > MOST && runs.len() > 1 {
        runs.pop();
        data = pack::text(output, &map, &runs);
    }
    if runs.is_empty() {
        return false;
    }
    html.section("replay", "Replay", |html| {
        let text = "Single simulated runs, chosen by rank of completion: nearest the median, and at 1 and 9 in 10. Schematic, not to scale. Not a \
                    forecast, not a schedule.";
        html.line("p", &[("class", "note")], text);
        if runs.len() < kept {
            html.line("p", &[("class", "note")], &format!("{} of {kept} runs are here; the others would make this file too large.", runs.len()));
        }
        if data.len() <= MOST {
            player(html, &map, &runs[0]);
            html.verbatim("script", &[("type", "application/json"), ("id", "replay-data")], &data);
        }
        film::write(html, output, &map, &runs[0]);
    });
    true
}

/// The movements that can be shown on the map, with their ways.
fn tracks<'o>(detail: &'o Detail, map: &Map<'_>) -> Vec<(Movement<'o>, Vec<Piece<'o>>)> {
    let with_track = |movement| (track::of(&movement, map), movement);
    let found = movements(detail).into_iter().map(with_track).filter(|(pieces, _)| !pieces.is_empty());
    found.map(|(pieces, movement)| (movement, pieces)).collect()
}

/// What the script brings to life; hidden without it.
fn player(html: &mut Html, map: &Map<'_>, run: &Run<'_>) {
    let movements: Vec<Movement<'_>> = run.tracks.iter().map(|(movement, _)| movement.clone()).collect();
    html.block("div", &[("id", "player"), ("class", "screen"), ("hidden", "")], |html| {
        html.line("h3", &[("id", "replay-title"), ("aria-live", "polite")], "");
        html.line("p", &[("id", "replay-run"), ("class", "note")], "");
        html.block("div", &[("class", "stage")], |html| {
            html.block("div", &[("class", "panel")], |html| {
                let view = format!("0 0 {} {}", SIZE.0, SIZE.1);
                let label = "Schematic map: places in columns by kind, routes between them, movements as marks. The table below says the same.";
                html.element("svg", &[("viewBox", &view), ("role", "img"), ("aria-label", label), ("class", "schematic")], |html| {
                    html.picture(&map.draw(&movements));
                    html.element("g", &[("id", "replay-marks")], |_| {});
                });
                html.block("p", &[("class", "legend")], |html| {
                    for (class, name) in ["in custody or in flight", "low", "moderate", "high", "highest"].iter().enumerate() {
                        let swatch = format!("swatch c{class}");
                        html.element("span", &[("class", &swatch)], |_| {});
                        html.text(name);
                        html.text(" ");
                    }
                    html.text("· width of a way: people moved · dashed arc: by air");
                });
            });
            html.block("div", &[("class", "panel")], |html| {
                html.line("h4", &[], "Time–distance, one operating day");
                let label = "Time–distance diagram of the operating day: time across, places downwards; what is still to come is grey.";
                html.element("svg", &[("viewBox", "0 0 560 300"), ("role", "img"), ("aria-label", label), ("id", "replay-lines"), ("class", "schematic")], |_| {});
                html.line("h4", &[("id", "replay-now")], "State");
                html.element("table", &[("class", "state"), ("aria-labelledby", "replay-now")], |html| {
                    html.element("tbody", &[("id", "replay-state")], |_| {});
                });
            });
        });
        html.block("div", &[("class", "controls"), ("id", "replay-controls")], |_| {});
        html.block("details", &[], |html| {
            html.line("summary", &[], "Movements at this instant");
            html.block("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Movements at this instant")], |html| {
                html.element("table", &[("id", "replay-list")], |_| {});
            });
        });
        let keys = "Keys, with the slider or the panel in focus: Space plays and pauses, arrows 5 minutes, with Shift 1 hour, Page up and down a day, \
                    Home and End the ends of the day.";
        html.line("p", &[("class", "note")], keys);
    });
}
