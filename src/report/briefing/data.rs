//! What the page was made from and how to make it again.

use super::markup::Html;
use super::table::Table;
use super::{Beside, Compared, Subject};
use crate::report::files;
use crate::report::shell::{quoted, quoted_path};
use crate::report::words::grouped;
use crate::results::{Manifest, Output};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Tables that travel with the page.
const ENCLOSED: [&str; 5] = ["summary.json", "daily.csv", "convoys.csv", "nodes.csv", "observed.csv"];
/// Largest of them, in bytes; what is larger is left out and said to be.
const LARGEST: usize = 250_000;

pub(super) fn write(html: &mut Html, subject: Subject<'_>, beside: &Beside<'_>) {
    html.section("data", "Data and reproduction", |html| {
        html.line("p", &[], "The same scenario, seed and version give the same bytes, whatever the computer:");
        let runs = std::iter::once(&subject).chain(&beside.runs).map(|one| command(one.manifest));
        for command in runs.chain(beside.comparisons.iter().map(comparing)) {
            html.line("pre", &[("class", "command"), ("tabindex", "0")], &command);
        }
        identity(html, subject);
        enclosed(html, subject.output);
        beside.runs.iter().for_each(|other| identity(html, *other));
    });
}

/// The same where nothing of the scenario may be told: what those who have it need to find the run again.
pub(super) fn write_released(html: &mut Html, subject: Subject<'_>, beside: &Beside<'_>) {
    html.section("data", "Data and reproduction", |html| {
        let text = "Released form: days are counted from the start (D+0), places, routes and resources have names by kind and number. People, \
                    person-hours and kilometres are given to the nearest ten, but never as none or all where they are not; times of movements to ten \
                    minutes; days and parts of them to a tenth of a day, days to completion rounded up; hours to a tenth; shares of time in steps of 5 \
                    points or more. Light (sunset, sunrise, what falls in daylight) is left out: it would give away date and place; \
                    for the same reason movements are left out where departures follow the sun. Replications have new numbers, in order of \
                    completion. Inputs, sources, public counts, the seed, digests, files and tables are left out.";
        html.line("p", &[("class", "note")], text);
        let mut table = Table::new("Identity", &["Scenario", "Replications", "Program"]);
        for Subject { manifest, output } in std::iter::once(&subject).chain(&beside.runs) {
            let runs = grouped(output.table.records.len());
            let program = format!("convoysim {}", manifest.version);
            table.row([output.info.scenario.clone(), runs, program]);
        }
        for Compared { manifest, comparison } in &beside.comparisons {
            for side in comparison.sides() {
                let program = format!("convoysim {}", manifest.version);
                table.row([side.label.clone(), grouped(side.replications), program]);
            }
        }
        table.write(html, "manifest");
    });
}

/// The command that makes the folder again.
fn command(manifest: &Manifest) -> String {
    let file = manifest.texts.first().map_or("SCENARIO.toml", |text| text.name.as_str());
    let mut words = vec!["convoysim".into(), "run".into(), quoted_path(file.as_bytes())];
    match &manifest.until {
        Some((conditions, at_most)) => {
            words.extend(["--until".into(), quoted(&conditions.join(", ")), "--at-most".into(), at_most.to_string()]);
        }
        None => words.extend(["-n".into(), manifest.replications.to_string()]),
    }
    words.extend(["--seed".into(), manifest.seed.to_string()]);
    for set in &manifest.overrides {
        words.extend(["--set".into(), quoted(set)]);
    }
    words.join(" ")
}

/// The command that makes the folder of a comparison again.
fn comparing(Compared { manifest, .. }: &Compared<'_>) -> String {
    let mut words = vec!["convoysim".into(), "compare".into()];
    words.extend(manifest.scenarios.iter().filter_map(|one| one.texts.first()).map(|text| quoted_path(text.name.as_bytes())));
    match &manifest.until {
        Some((conditions, at_most)) => {
            words.extend(["--until".into(), quoted(&conditions.join(", ")), "--at-most".into(), at_most.to_string()]);
        }
        None => words.extend(["-n".into(), manifest.replications.to_string()]),
    }
    words.extend(["--seed".into(), manifest.seed.to_string()]);
    words.extend(manifest.responses.iter().flat_map(|name| ["--response".into(), quoted(name)]));
    if !manifest.common {
        words.push("--no-crn".into());
    }
    if manifest.split {
        words.push("--split".into());
    }
    for set in &manifest.overrides {
        words.extend(["--set".into(), quoted(set)]);
    }
    words.join(" ")
}

fn identity(html: &mut Html, subject: Subject<'_>) {
    let Subject { manifest, output } = subject;
    let mut table = Table::new(format!("Manifest of {} (manifest.json)", output.info.scenario), &["What", "Value"]);
    table.row(["Program", &format!("convoysim {} for {}", manifest.version, manifest.target)]);
    table.row(["SHA-256 of the resolved scenario", &output.info.sha256]);
    for text in &manifest.texts {
        table.row([format!("SHA-256 of {}", text.name), text.sha256.clone()]);
    }
    table.row(["Root seed".to_owned(), manifest.seed.to_string()]);
    let finished: Vec<String> = manifest.finished.iter().map(|(first, last)| format!("{first} to {last}")).collect();
    table.row(["Replications".to_owned(), format!("{} asked for; numbers {}", manifest.replications, finished.join(", "))]);
    for file in &manifest.files {
        table.row([format!("SHA-256 of {} ({} bytes)", file.name, grouped(file.bytes as usize)), file.sha256.clone()]);
    }
    html.block("details", &[], |html| {
        html.line("summary", &[], &format!("Manifest of {}", output.info.scenario));
        table.write(html, "manifest");
    });
}

fn enclosed(html: &mut Html, output: &Output) {
    let mut left_out = Vec::new();
    html.line("h3", &[("id", "tables")], "Tables inside this file");
    html.block("ul", &[("class", "files")], |html| {
        for (name, content) in files::of(output) {
            if !ENCLOSED.contains(&name) {
                left_out.push(name);
                continue;
            }
            let mut bytes = Vec::new();
            content(&mut bytes).expect("memory takes everything");
            if bytes.len() > LARGEST {
                left_out.push(name);
                continue;
            }
            let kind = if name.ends_with(".json") { "application/json" } else { "text/csv;charset=utf-8" };
            let link = format!("data:{kind};base64,{}", STANDARD.encode(&bytes));
            html.block("li", &[], |html| {
                html.element("a", &[("href", &link), ("download", name)], |html| html.text(name));
                html.text(&format!(", {} kB", grouped(bytes.len().div_ceil(1000))));
            });
        }
    });
    html.line("p", &[("class", "note")], &format!("Left in the output folder because of their size or use: {}.", left_out.join(", ")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_can_be_pasted_into_a_shell() {
        assert_eq!([quoted("out/x.toml"), quoted("a=30 min"), quoted("it's")], ["out/x.toml", "'a=30 min'", r"'it'\''s'"]);
    }
}
