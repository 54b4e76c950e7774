//! What decided the closure of one replication, backwards from the last person accepted.

use crate::report::style::Style;
use crate::report::words::{counted, day, grouped, hours, wrapped};
use crate::results::{ChainRow, ChainRows, Clock, Outcome, Unfinished};
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_SECOND};
use std::fmt::Write as _;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The chain of a replication in 80 columns.
#[must_use]
pub fn chain(one: &ChainRows, clock: &Clock, style: Style) -> String {
    let mut page = String::new();
    let mut put = |line: &str| writeln!(page, "{}", line.trim_end()).expect("a String takes everything");
    put(&style.strong(&format!("WHAT DECIDED THE CLOSURE OF REPLICATION {}", one.replication)));
    let days = one.closure as f64 / TICKS_PER_DAY as f64;
    let intro = format!(
        "Backwards from the last person accepted on {} {} (day {}) to the start. Each line could begin only when the line below it was \
         over; \"from\" names what that one handed over.",
        moment(clock, one.closure),
        clock.zone(),
        day(days),
    );
    for line in wrapped(&intro, 78) {
        put(&format!("  {line}"));
    }
    put(&format!("  {:<12}  {:<12}  {:>8}  {:<14} {}", "from", "to", "took", "what", "whose, where"));
    let rows = one.joined();
    for row in &rows {
        let whose = wrapped(&whose(row), 25);
        for (i, words) in whose.iter().enumerate() {
            if i == 0 {
                let took = hours((row.end - row.start) as f64 / TICKS_PER_HOUR as f64);
                let (from, to) = (moment(clock, row.start), moment(clock, row.end));
                put(&format!("  {from:<12}  {to:<12}  {took:>8}  {:<14} {words}", row.cause.replace('_', " ")));
            } else {
                put(&format!("{:<55}{words}", ""));
            }
        }
    }
    let sum = one.sum();
    let same = if sum == one.closure { "start to closure to the tick" } else { "not start to closure: a bug, please report it" };
    put("");
    for line in wrapped(&format!("{} sum to {}: {same}.", counted(rows.len(), "part", "parts"), exact(sum)), 80) {
        put(&line);
    }
    style.finish(page)
}

/// The end of a replication that did not complete, in 80 columns: who waits for what, and the last changes of state.
#[must_use]
pub fn unfinished(one: &Unfinished, clock: &Clock, style: Style) -> String {
    let mut page = String::new();
    let mut put = |line: &str| writeln!(page, "{}", line.trim_end()).expect("a String takes everything");
    let deadlock = one.outcome == Outcome::Deadlock;
    let title = if deadlock { "COMES TO A DEADLOCK" } else { "DOES NOT COMPLETE WITHIN THE HORIZON" };
    put(&style.strong(&format!("REPLICATION {} {title}", one.replication)));
    let (accepted, people) = (grouped(one.accepted as usize), counted(one.people as usize, "person is", "people are"));
    let mut intro = format!("{accepted} of {people} accepted; nothing decided a closure.");
    if let (true, Some(last)) = (deadlock, one.last_change) {
        let (at, zone) = (moment(clock, last), clock.zone());
        intro.push_str(&format!(" After {at} {zone} (day {}) nothing that could happen would move anybody.", day_of(last)));
    }
    for line in wrapped(&intro, 78) {
        put(&format!("  {line}"));
    }
    put("");
    put(&style.strong("WHO IS LEFT"));
    for group in &one.left {
        wrapped(&format!("{group}"), 76)
            .iter()
            .enumerate()
            .for_each(|(i, line)| put(&format!("{}{line}", if i == 0 { "  " } else { "    " })));
    }
    put("");
    put(&style.strong("LAST CHANGES OF STATE"));
    for row in &one.last {
        let cause = if row.cause.is_empty() { String::new() } else { format!(" ({})", row.cause) };
        let place = if row.place.is_empty() { String::new() } else { format!(" at {}", row.place) };
        let text = format!("{} {}: {}{place}{cause}", row.entity, row.id, row.state);
        for (i, line) in wrapped(&text, 62).iter().enumerate() {
            put(&format!("  {:<12}  {line}", if i == 0 { moment(clock, row.time) } else { String::new() }));
        }
    }
    style.finish(page)
}

/// The day of an instant, the first being day 1.
fn day_of(ticks: u64) -> String {
    grouped((ticks / TICKS_PER_DAY) as usize + 1)
}

/// `road-central#7 at border; from border lanes`.
fn whose(row: &ChainRow) -> String {
    let mut words = row.movement.clone();
    if !row.place.is_empty() {
        words.push_str(if words.is_empty() { "" } else { ", " });
        words.push_str(&row.place);
    }
    if !row.resource.is_empty() {
        let _ = write!(words, "{}from {}", if words.is_empty() { "" } else { "; " }, row.resource);
    }
    if words.is_empty() { "-".into() } else { words }
}

/// `22 Feb 13:05`, local time.
fn moment(clock: &Clock, ticks: u64) -> String {
    let local = clock.local(ticks);
    let (date, time) = local.split_once('T').unwrap_or((&local, ""));
    let mut parts = date.rsplit('-');
    let (day, month) = (parts.next().unwrap_or(""), parts.next().and_then(|month| month.parse::<usize>().ok()).unwrap_or(1));
    format!("{} {} {}", day, MONTHS[(month - 1) % 12], time.get(..5).unwrap_or(time))
}

/// `26 d 04:10:33.000001`.
fn exact(ticks: u64) -> String {
    let (days, rest) = (ticks / TICKS_PER_DAY, ticks % TICKS_PER_DAY);
    let (seconds, micros) = (rest / TICKS_PER_SECOND, rest % TICKS_PER_SECOND);
    format!("{} d {:02}:{:02}:{:02}.{micros:06}", grouped(days as usize), seconds / 3600, seconds / 60 % 60, seconds % 60)
}
