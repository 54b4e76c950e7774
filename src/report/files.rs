//! Which files an output folder is made of, beside its manifest, its pictures and the record of the run.

use super::{csv, json};
use crate::results::{Comparison, Output};
use std::io::{self, Write};

/// Writes one file.
pub type Content<'o> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + 'o>;

/// The files of an output in the order written: name and content. Those that would hold nothing but their heading because there
/// mostly is nothing to tell (failures, replications that did not complete, public counts) are there only when there is something to tell.
#[must_use]
pub fn of(output: &Output) -> Vec<(&'static str, Content<'_>)> {
    fn file<'o>(name: &'static str, content: impl FnOnce(&mut dyn Write) -> io::Result<()> + 'o) -> (&'static str, Content<'o>) {
        (name, Box::new(content))
    }
    let Output { info, setting, table, days, paths, nodes, details, .. } = output;
    let clock = &info.clock;
    let mut files = vec![
        file("summary.json", |out| out.write_all(json::text(&json::summary(output)).as_bytes())),
        file("replications.csv", |out| csv::replications(table, out)),
        file("daily.csv", |out| csv::daily(days, clock, out)),
        file("paths.csv", |out| csv::paths(paths, clock, out)),
        file("attribution.csv", |out| csv::attribution(table, out)),
        file("resources.csv", |out| csv::resources(table, out)),
        file("nodes.csv", |out| csv::nodes(nodes, out)),
        file("convoys.csv", move |out| csv::convoys(details, clock, out)),
        file("segments.csv", move |out| csv::segments(details, clock, out)),
        file("hours.csv", move |out| csv::hours(details, out)),
        file("light.csv", |out| csv::light(&setting.light, clock, out)),
        file("inputs.csv", |out| csv::inputs(&setting.inputs, out)),
    ];
    if !setting.observed.is_empty() {
        files.push(file("observed.csv", |out| csv::observed(&setting.observed, clock, out)));
    }
    if table.censored() > 0 {
        files.push(file("unfinished.csv", |out| csv::unfinished(table, out)));
    }
    if !table.failures.is_empty() {
        files.push(file("failures.csv", |out| csv::failures(table, info.seed, out)));
    }
    files
}

/// The files of a comparison in the order written.
#[must_use]
pub fn of_comparison(comparison: &Comparison) -> Vec<(&'static str, Content<'_>)> {
    vec![
        ("comparison.json", Box::new(|out: &mut dyn Write| out.write_all(json::text(&json::comparison(comparison)).as_bytes()))),
        ("pairs.csv", Box::new(|out: &mut dyn Write| csv::pairs(comparison, out))),
    ]
}
