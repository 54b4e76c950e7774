//! What `diff` prints: each value that differs, with the place that wrote it.

use crate::report::style::Style;
use crate::report::words::{counted, wrapped};
use crate::results::Change;
use std::fmt::Write as _;

/// The whole text; `names` are the files as the user named them.
#[must_use]
pub fn text(names: &[String; 2], changes: &[Change], style: Style) -> String {
    let mut text = String::new();
    let (material, others): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.matters);
    for change in &material {
        writeln!(text, "{}", style.strong(&change.path)).expect("a String takes everything");
        for (value, place) in change.values.iter().zip(&change.places) {
            let value = value.as_deref().unwrap_or("not given");
            let place = place.as_deref().unwrap_or("");
            let lines = wrapped(value, 48);
            for (i, line) in lines.iter().enumerate() {
                let place = if i == 0 { place } else { "" };
                writeln!(text, "{}", format!("  {line:<48}  {place}").trim_end()).expect("a String takes everything");
            }
        }
    }
    if !material.is_empty() {
        text.push('\n');
    }
    if !others.is_empty() {
        let paths: Vec<&str> = others.iter().map(|change| change.path.as_str()).collect();
        for line in wrapped(&format!("Differ too, but no replication depends on them: {}.", paths.join(", ")), 80) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    let [base, variant] = names;
    let answer = match material.len() {
        0 => format!("{base} and {variant} simulate the same."),
        n => format!("{} between {base} and {variant}.", counted(n, "value differs", "values differ")),
    };
    for line in wrapped(&answer, 80) {
        text.push_str(&style.strong(&line));
        text.push('\n');
    }
    style.finish(text)
}
