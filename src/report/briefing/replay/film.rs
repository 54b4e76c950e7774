//! Six frames of a run, for paper and for readers without script; chosen by rule.

use super::Run;
use super::map::{Map, SIZE};
use super::track::Piece;
use crate::report::briefing::evidence::when;
use crate::report::briefing::markup::Html;
use crate::report::words::{counted, grouped};
use crate::results::Output;
use crate::units::TICKS_PER_MINUTE;

/// The last movement comes in; a minute before, it can still be seen.
const ARRIVAL: &str = "last arrival";

/// An instant with what is to be seen in it.
struct Frame {
    minute: u64,
    /// The minute that is said: an arrival is shown just before it, and said when it is.
    said: u64,
    what: &'static str,
}

/// The frames in order of time, those that this run has.
fn frames(run: &Run<'_>) -> Vec<Frame> {
    let pieces = || run.tracks.iter().flat_map(|(_, pieces)| pieces);
    let first = |kinds: &[&str]| pieces().filter(|piece| kinds.contains(&piece.kind)).map(|piece| piece.start).min();
    let queued = |minute: u64| pieces().filter(|piece| piece.kind == "border queue" && holds(piece, minute)).count();
    let longest = pieces()
        .filter(|piece| piece.kind == "border queue")
        .map(|piece| piece.start)
        .max_by_key(|minute| (queued(*minute), std::cmp::Reverse(*minute)));
    let all = run.detail.hours.first().map_or(0, |hour| hour.people.iter().sum::<u32>());
    let half = run.detail.hours.iter().find(|hour| hour.people[4] * 2 >= all && all > 0).map(|hour| u64::from(hour.hour) * 60);
    let last = pieces().filter(|piece| piece.is_exposed()).map(|piece| piece.end).max();
    let mut frames: Vec<Frame> = [
        (pieces().filter(|piece| piece.is_exposed()).map(|piece| piece.start).min(), "first departure"),
        (first(&["border queue", "border service"]), "first at a crossing"),
        (longest, "longest queue at crossings"),
        (first(&["intake"]), "first intake at a facility"),
        (half, "half of all people accepted"),
        (last, ARRIVAL),
    ]
    .into_iter()
    .filter_map(|(minute, what)| {
        let said = minute?;
        Some(Frame { minute: if what == ARRIVAL { said.saturating_sub(1) } else { said }, said, what })
    })
    .collect();
    frames.sort_by_key(|frame| frame.minute);
    frames
}

fn holds(piece: &Piece<'_>, minute: u64) -> bool {
    piece.start <= minute && minute < piece.end
}

/// Writes the frames.
pub(super) fn write(html: &mut Html, output: &Output, map: &Map<'_>, run: &Run<'_>) {
    html.block("div", &[("class", "film")], |html| {
        for frame in frames(run) {
            let present: Vec<(&Piece<'_>, u32)> = run
                .tracks
                .iter()
                .filter_map(|(movement, pieces)| Some((pieces.iter().find(|piece| holds(piece, frame.minute))?, movement.convoy.people)))
                .collect();
            let exposed: Vec<u32> = present.iter().filter(|(piece, _)| piece.is_exposed()).map(|(_, people)| *people).collect();
            let words = format!(
                "{}: {}. {} exposed with {} people",
                when(output, frame.said * TICKS_PER_MINUTE).replacen('d', "D", 1),
                frame.what,
                counted(exposed.len(), "movement", "movements"),
                grouped(exposed.iter().sum::<u32>() as usize)
            );
            html.block("figure", &[], |html| {
                let view = format!("0 0 {} {}", SIZE.0, SIZE.1);
                html.element("svg", &[("viewBox", &view), ("role", "img"), ("aria-label", &words), ("class", "schematic")], |html| {
                    html.picture(&map.draw(&[]));
                    html.picture(&pills(&present, frame.minute));
                });
                html.line("figcaption", &[], &words);
            });
        }
    });
}

/// A mark a movement; those at one place stand below each other.
fn pills(present: &[(&Piece<'_>, u32)], minute: u64) -> String {
    let mut taken: Vec<(i64, i64)> = Vec::new();
    let mark = |(piece, _): &(&Piece<'_>, u32)| {
        let (x, y) = piece.at(minute);
        let cell = |y: f64| ((x / 26.0).round() as i64, (y / 13.0).round() as i64);
        let y = (0..30).map(|step| y + 13.0 * f64::from(step)).find(|y| !taken.contains(&cell(*y))).unwrap_or(y);
        taken.push(cell(y));
        let class = piece.class as u8;
        format!("<rect class=\"pill c{class}\" x=\"{:.0}\" y=\"{:.0}\" width=\"24\" height=\"11\" rx=\"5\"/>", x - 12.0, y - 5.0)
    };
    present.iter().map(mark).collect()
}
