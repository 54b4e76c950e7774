//! Who is exposed when and where, and the halts that last longest.

use super::evidence::{median, when};
use super::markup::Html;
use super::table::Table;
use super::{EXPOSURE, Figures};
use crate::report::words::{grouped, hours};
use crate::results::{Detail, Output, SegmentRow};
use crate::units::TICKS_PER_HOUR;
use std::collections::BTreeMap;

/// Halts shown.
const HALTS: usize = 10;

pub(super) fn write(html: &mut Html, output: &Output, figures: &Figures) {
    html.section("exposure", "Exposure", |html| {
        let text = if output.setting.light.is_empty() {
            "Exposed: aboard and outside a custody site. The class counts how many of three hold: not moving, uncovered, under-escorted; light \
             is not looked at. None is low, one moderate, two high, three highest."
        } else {
            "Exposed: aboard and outside a custody site. The class counts how many of four hold: not moving, uncovered, under-escorted, \
             daylight. None is low, one moderate, two high, three or four highest."
        };
        html.line("p", &[("class", "note")], text);
        figures.write(html, EXPOSURE, output);
        halts(html, output);
    });
}

/// A time in which one movement stood outside a wall, whatever it waited for.
struct Halt<'d> {
    first: &'d SegmentRow,
    end: u64,
    uncovered: u64,
    people: u32,
    kinds: Vec<&'static str>,
}

fn halts(html: &mut Html, output: &Output) {
    let Some((shown, detail)) = median(output) else { return };
    let mut found = halts_of(detail);
    found.sort_by_key(|halt| (std::cmp::Reverse(halt.end - halt.first.start), halt.first.start, halt.first.movement));
    let all = found.len();
    found.truncate(HALTS);
    html.line("h3", &[("id", "halts")], "Which halts last longest?");
    if found.is_empty() {
        html.line("p", &[], &format!("In run {}, which is nearest the median, no movement halts outside a wall.", shown.replication));
        return;
    }
    let mut table = Table::new(
        format!(
            "The longest {} of {} halts outside a wall in run {}, the one nearest the median day of completion; one run, not a forecast (segments.csv)",
            found.len(),
            grouped(all),
            shown.replication
        ),
        &["Movement", "Where", "From", "For", "Of it uncovered", "People aboard", "What it is"],
    );
    for halt in &found {
        let movement = detail.convoys.iter().find(|row| row.movement == halt.first.movement);
        let named = movement.map_or_else(|| halt.first.movement.to_string(), |row| format!("{} {}", row.route, row.nth));
        let hours_of = |ticks: u64| hours(ticks as f64 / TICKS_PER_HOUR as f64);
        table.row([
            named,
            halt.first.place.clone(),
            when(output, halt.first.start),
            hours_of(halt.end - halt.first.start),
            hours_of(halt.uncovered),
            grouped(halt.people as usize),
            halt.kinds.join(", "),
        ]);
    }
    table.write(html, "data");
}

/// Segments of one movement that follow each other without a gap and without moving make one halt.
fn halts_of(detail: &Detail) -> Vec<Halt<'_>> {
    let mut by_movement: BTreeMap<u32, Vec<&SegmentRow>> = BTreeMap::new();
    let stands = |row: &&SegmentRow| !row.motion.is_empty() && row.motion != "moving";
    for row in detail.segments.iter().filter(stands) {
        by_movement.entry(row.movement).or_default().push(row);
    }
    let mut halts: Vec<Halt<'_>> = Vec::new();
    for mut rows in by_movement.into_values() {
        rows.sort_by_key(|row| (row.start, row.end));
        let mut open: Option<Halt<'_>> = None;
        for row in rows {
            let uncovered = if row.cover == "uncovered" { row.end - row.start } else { 0 };
            match &mut open {
                Some(halt) if row.start <= halt.end => {
                    halt.uncovered += if row.start == halt.end { uncovered } else { 0 };
                    halt.end = halt.end.max(row.end);
                    halt.people = halt.people.max(row.people);
                    if !halt.kinds.contains(&row.motion) {
                        halt.kinds.push(row.motion);
                    }
                }
                _ => halts.extend(open.replace(Halt { first: row, end: row.end, uncovered, people: row.people, kinds: vec![row.motion] })),
            }
        }
        halts.extend(open);
    }
    halts
}
