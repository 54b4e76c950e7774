//! The replication that is shown, and its operating days.

use super::super::NotDrawn;
use super::movement::{Movement, Stretch, movements};
use crate::report::words::{counted, grouped};
use crate::results::{Detail, NodeRow, Output, shown};
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};

/// One replication with its movements.
pub(super) struct OneRun<'o> {
    pub(super) output: &'o Output,
    pub(super) detail: &'o Detail,
    /// Movements that set out, in order of forming.
    pub(super) movements: Vec<Movement<'o>>,
    percent: u32,
    replication: u32,
}

impl<'o> OneRun<'o> {
    /// The replication at a rank of completion, in percent.
    pub(super) fn of(output: &'o Output, percent: u32) -> Result<Self, NotDrawn> {
        let chosen = shown::at_ranks(&output.table, &[percent]).first().map(|shown| shown.replication);
        let replication = chosen.ok_or_else(|| NotDrawn("no replication came to an end".into()))?;
        // A replication that stands at several ranks is kept once, under the first of them.
        let detail = output.info.shown.iter().zip(&output.details).find(|(shown, _)| shown.replication == replication);
        let (_, detail) = detail.ok_or_else(|| NotDrawn(format!("the movements of replication {replication} were not kept")))?;
        let movements = movements(detail);
        if movements.is_empty() {
            return Err(NotDrawn(format!("no movement set out in replication {replication}")));
        }
        Ok(Self { output, detail, movements, percent, replication })
    }

    /// Which run this is and how it was chosen: `replication 5, at P50 of 100 by days to completion`.
    pub(super) fn rule(&self) -> String {
        match self.output.table.records.len() {
            1 => format!("replication {}, the only one", self.replication),
            n => format!("replication {}, at P{} of {} by days to completion", self.replication, self.percent, grouped(n)),
        }
    }

    /// What every chart of one run must say of itself.
    pub(super) fn caveat(&self) -> String {
        format!("One run ({}): not a forecast, not a schedule.", self.rule())
    }

    /// The operating day of an instant.
    pub(super) fn day(&self, ticks: u64) -> i64 {
        let since_midnight = (self.output.info.clock.time_of_day + ticks) as i64;
        (since_midnight - NOON).div_euclid(TICKS_PER_DAY as i64) + 1
    }

    /// The noon at which an operating day begins, in ticks since the start; may lie before it.
    pub(super) fn noon(&self, day: i64) -> i64 {
        (day - 1) * TICKS_PER_DAY as i64 + NOON - self.output.info.clock.time_of_day as i64
    }

    /// `noon of day 4 (24 Jan 2026) to noon`.
    pub(super) fn day_in_words(&self, day: i64) -> String {
        format!("noon of day {day} ({}) to noon", date(&self.output.info.clock.date_of(day)))
    }

    /// The label of a node; other places have none and keep their id.
    pub(super) fn label<'s>(&self, place: &'s str) -> &'s str
    where
        'o: 's,
    {
        self.output.nodes.iter().find(|node| node.id == place).map_or(place, |node| &node.label)
    }

    /// Where a movement stands: at a node, or on the way to the next one.
    pub(super) fn whereabouts(&self, movement: &Movement<'_>, halt: &Stretch<'_>) -> String {
        if halt.is_at_node() {
            return format!("at {}", self.label(halt.place));
        }
        let ahead = |node: &'o NodeRow| {
            let km = node.along.iter().find(|(route, _)| *route == movement.convoy.route)?.1;
            (km > halt.km.0).then_some((km, &node.label))
        };
        let next = self.output.nodes.iter().filter_map(ahead).min_by(|a, b| a.0.total_cmp(&b.0));
        next.map_or_else(|| format!("on leg {}", halt.place), |(_, label)| format!("on the way to {label}"))
    }

    /// `7 movements`, `1 movement`.
    pub(super) fn counted(n: usize) -> String {
        counted(n, "movement", "movements")
    }
}

const NOON: i64 = 12 * TICKS_PER_HOUR as i64;

/// An ISO date as people write it: `24 Jan 2026`.
fn date(iso: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = iso.rsplitn(3, '-').collect();
    let &[day, month, year] = parts.as_slice() else { return iso.into() };
    let month = month.parse().ok().and_then(|month: usize| MONTHS.get(month.wrapping_sub(1))).copied().unwrap_or(month);
    format!("{} {month} {year}", day.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_read_as_people_write_them() {
        assert_eq!([date("2026-02-04"), date("2026-12-31")], ["4 Feb 2026", "31 Dec 2026"]);
    }
}
