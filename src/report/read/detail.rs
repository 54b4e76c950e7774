//! Tables of the shown replications, and of the nodes they move between.

use super::Misread;
use super::sheet::{Row, Sheet};
use crate::report::csv::motion_column;
use crate::results::vocabulary::{COVER, ESCORT, INSIDE, LIGHT, MODES, MOTIONS, NODE_KINDS, WELFARE};
use crate::results::{ConvoyRow, Detail, HourRow, NodeRow, SegmentRow, Shown};

/// Details by replication.
pub(super) type Places = Vec<(u32, Detail)>;

/// A place for the details of each shown replication.
pub(super) fn places(shown: &[Shown]) -> Places {
    shown.iter().map(|one| (one.replication, Detail::default())).collect()
}

/// The details that a row belongs to.
fn detail_of<'p>(places: &'p mut Places, row: &Row<'_>) -> Result<(u32, &'p mut Detail), Misread> {
    let replication: u32 = row.count("replication")?;
    let place = places.iter_mut().find(|(shown, _)| *shown == replication);
    place
        .map(|(_, detail)| (replication, detail))
        .ok_or_else(|| row.misread(format!("summary.json does not say that replication {replication} is shown")))
}

/// `convoys.csv`.
pub(super) fn convoys(places: &mut Places, text: &str) -> Result<(), Misread> {
    let sheet = Sheet::of("convoys.csv", text)?;
    let in_columns = |column: &String| MOTIONS.iter().copied().find(|motion| motion_column(motion) == *column);
    let motions: Vec<&'static str> = sheet.heading.iter().filter_map(in_columns).collect();
    sheet.rows().try_for_each(|row| {
        let (replication, detail) = detail_of(places, &row)?;
        let spent = motions.iter().map(|motion| row.number(&motion_column(motion)).map(|hours| (*motion, hours)));
        detail.convoys.push(ConvoyRow {
            replication,
            movement: row.count("movement")?,
            route: row.text("route")?,
            mode: row.word("mode", &[MODES])?,
            nth: row.count("nth")?,
            formed: row.hours("formed_h")?,
            loaded: row.hours_if_any("loaded_h")?,
            start_point: row.hours_if_any("start_point_h")?,
            arrive: row.hours_if_any("arrive_h")?,
            clear: row.hours_if_any("clear_h")?,
            accepted: row.hours_if_any("accepted_h")?,
            turned_back: row.flag("turned_back")?,
            people: row.count("people")?,
            vehicles: row.count("vehicles")?,
            escorts: row.count("escorts")?,
            wait_to_start_h: row.number("wait_to_start_h")?,
            border_queue_bus_h: row.number("border_queue_bus_h")?,
            motion_h: spent.collect::<Result<_, _>>()?,
            exposed_h: row.number("exposed_h")?,
            uncovered_h: row.number("uncovered_h")?,
            longest_halt_h: row.number("longest_halt_h")?,
            longest_uncovered_h: row.number("longest_uncovered_h")?,
            class_h: [
                row.number("class_low_h")?,
                row.number("class_moderate_h")?,
                row.number("class_high_h")?,
                row.number("class_highest_h")?,
            ],
        });
        Ok(())
    })
}

/// `segments.csv`.
pub(super) fn segments(places: &mut Places, text: &str) -> Result<(), Misread> {
    Sheet::of("segments.csv", text)?.rows().try_for_each(|row| {
        let (replication, detail) = detail_of(places, &row)?;
        detail.segments.push(SegmentRow {
            replication,
            movement: row.count("movement")?,
            kind: row.word("kind", &[MOTIONS, INSIDE])?,
            place: row.text("place")?,
            start: row.hours("start_h")?,
            end: row.hours("end_h")?,
            km_from: row.number("km_from")?,
            km_to: row.number("km_to")?,
            people: row.count("people")?,
            motion: row.word_if_any("motion", MOTIONS)?,
            cover: row.word_if_any("cover", COVER)?,
            escort: row.word_if_any("escort", ESCORT)?,
            light: row.word("light", &[LIGHT])?,
            welfare: row.word_if_any("welfare", WELFARE)?,
        });
        Ok(())
    })
}

/// `hours.csv`.
pub(super) fn hours(places: &mut Places, text: &str) -> Result<(), Misread> {
    Sheet::of("hours.csv", text)?.rows().try_for_each(|row| {
        let (replication, detail) = detail_of(places, &row)?;
        let people =
            [row.count("at_source")?, row.count("on_the_way")?, row.count("in_hubs")?, row.count("at_facility")?, row.count("accepted")?];
        detail.hours.push(HourRow { replication, hour: row.count("hour")?, people });
        Ok(())
    })
}

/// `nodes.csv`.
pub(super) fn nodes(text: &str) -> Result<Vec<NodeRow>, Misread> {
    let sheet = Sheet::of("nodes.csv", text)?;
    sheet.each(|row| {
        let mut along = Vec::new();
        for (position, column) in sheet.heading.iter().enumerate() {
            if let Some(route) = column.strip_prefix("km.") {
                let km = row.number_at(position, column)?;
                if !km.is_nan() {
                    along.push((route.to_owned(), km));
                }
            }
        }
        Ok(NodeRow { id: row.text("id")?, label: row.text("label")?, kind: row.word("kind", &[NODE_KINDS])?, along })
    })
}
