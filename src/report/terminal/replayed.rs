//! What `rerun` prints: the responses of one replication, and whether it is the one that the folder has.

use crate::report::style::Style;
use crate::report::words::wrapped;
use crate::results::{Replayed, known};
use std::fmt::Write as _;

/// The responses with their units, then the verdict.
#[must_use]
pub fn text(of: &Replayed, style: Style) -> String {
    let mut text = format!("{}\nReplication {}, {}.\n\n", style.strong(&of.info.scenario), of.replication, of.info.seed_in_words());
    for record in of.table.records.iter() {
        let width = of.table.responses.iter().map(|info| info.name.len()).max().unwrap_or(0);
        for (info, value) in of.table.responses.iter().zip(&record.values) {
            let shown = if value.is_finite() { format!("{} {}", known(*value), info.unit) } else { "not defined".into() };
            writeln!(text, "  {:<width$}  {}", info.name, shown.trim_end()).expect("a String takes everything");
        }
    }
    for failure in &of.table.failures {
        writeln!(text, "It failed ({}): {}", failure.kind, failure.message).expect("a String takes everything");
        for wait in &failure.waits {
            writeln!(text, "  {wait}").expect("a String takes everything");
        }
    }
    text.push('\n');
    text.push_str(&verdict(of, style));
    style.finish(text)
}

/// Whether it came out as the folder has it.
#[must_use]
pub fn verdict(of: &Replayed, style: Style) -> String {
    let text = match &of.first {
        None => format!("Replication {} came out as the folder has it, to the last bit.", of.replication),
        Some(first) => format!(
            "Replication {} is not what the folder has: {} is {} there, and {} when run again. `convoysim verify` says more.",
            of.replication,
            first.place,
            first.found.as_deref().unwrap_or("missing"),
            first.made.as_deref().unwrap_or("missing"),
        ),
    };
    wrapped(&text, 80).iter().map(|line| if of.first.is_some() { style.alarm(line) } else { style.strong(line) } + "\n").collect()
}
