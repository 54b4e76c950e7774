//! What `best` prints: who is left, when the others went, and what the selection promises.

use crate::report::difference::{places, words};
use crate::report::style::Style;
use crate::report::words::{counted, figure, grouped, plain, signed, wrapped};
use crate::results::{Better, Competitor, Selection, SelectionEnd};
use std::fmt::Write as _;

/// The whole text.
#[must_use]
pub fn text(selection: &Selection, style: Style) -> String {
    let mut text = String::new();
    let way = if selection.response.better == Better::Higher { "more" } else { "less" };
    say(
        &mut text,
        &format!(
            "{} scenarios, same random numbers, by the mean of {} ({way} is better). Kim and Nelson's procedure: a difference of {} does not \
             matter, confidence {}%, first stage {}.",
            selection.competitors.len(),
            words(&selection.response),
            amount(selection),
            plain(selection.confidence * 100.0),
            counted(selection.first_stage, "run", "runs")
        ),
    );
    text.push('\n');
    text.push_str(&table(selection, style));
    text.push('\n');
    if selection.competitors.iter().any(|one| one.behind.is_some()) {
        say(
            &mut text,
            &format!(
                "Behind the best of the others: from the first {} of every scenario; all intervals hold together with {}% (Nelson and \
                 Matejcik).",
                counted(selection.common, "run", "runs"),
                plain(selection.confidence * 100.0)
            ),
        );
    }
    if let Some(ends_by) = selection.ends_by {
        let runs: usize = selection.competitors.iter().map(|one| one.side.replications).sum();
        let most = grouped(ends_by * selection.competitors.len());
        say(&mut text, &format!("{} in all; without screening up to {most}.", counted(runs, "run", "runs")));
    }
    say(&mut text, &format!("Seed {}, convoysim {}. Simulated.", selection.seed, env!("CARGO_PKG_VERSION")));
    text.push('\n');
    for line in wrapped(&answer(selection), 80) {
        writeln!(text, "{}", style.strong(&line)).expect("a String takes everything");
    }
    style.finish(text)
}

fn say(text: &mut String, words: &str) {
    for line in wrapped(words, 80) {
        writeln!(text, "{line}").expect("a String takes everything");
    }
}

/// What was found, and what that promises, in words.
#[must_use]
pub fn answer(selection: &Selection) -> String {
    let name = |competitor: usize| &selection.competitors[competitor].side.label;
    let response = words(&selection.response);
    match &selection.end {
        SelectionEnd::Selected(best) => format!(
            "{} is selected. If the best is at least {} ahead of all others, this procedure selects it in at least {} of 100 such \
             studies; if the lead is smaller, the one selected may be up to that much behind.",
            name(*best),
            amount(selection),
            plain(selection.confidence * 100.0)
        ),
        SelectionEnd::Capped => {
            let left: Vec<&str> =
                selection.competitors.iter().filter(|one| one.out_at.is_none()).map(|one| one.side.label.as_str()).collect();
            format!(
                "Not decided: {} are still in after as many runs as were allowed. Allow more with -n (at most {} are needed), or accept a larger \
                 --delta.",
                left.join(", "),
                selection.ends_by.map_or_else(String::new, grouped)
            )
        }
        SelectionEnd::Interrupted => "Interrupted before one was selected.".into(),
        SelectionEnd::NoValue { competitor, replication } => format!(
            "Nothing is selected: run {replication} of {} has no {response} (it did not end within the horizon, or there was nothing to \
             measure), so there is no mean to compare. Lengthen the horizon, or ask for another --response.",
            name(*competitor)
        ),
        SelectionEnd::Failed { competitor, replication, message } => {
            format!("Nothing is selected: run {replication} of {} failed: {message}.", name(*competitor))
        }
    }
}

fn amount(selection: &Selection) -> String {
    let delta = plain(selection.delta);
    match selection.response.unit {
        "d" if delta == "1" => "1 day".into(),
        "d" => format!("{delta} days"),
        unit => format!("{delta} {unit}").trim_end().to_owned(),
    }
}

fn table(selection: &Selection, style: Style) -> String {
    let digits = places(selection.delta);
    let cells = |one: &Competitor, place: usize| -> [String; 5] {
        let fate = match (one.out_at, &selection.end) {
            (Some(at), _) => format!("out at {}", grouped(at)),
            (None, SelectionEnd::Selected(best)) if *best == place => "selected".into(),
            (None, _) => "still in".into(),
        };
        let end = |x: f64| signed(x, digits);
        let behind = one.behind.map_or_else(|| "unknown".into(), |(low, high)| format!("{} to {}", end(low), end(high)));
        let mean = one.mean.map_or_else(|| "unknown".into(), |mean| figure(mean, digits));
        [one.side.label.clone(), grouped(one.side.replications), mean, fate, behind]
    };
    let head = ["", "runs", "mean", "", "behind the best other"].map(String::from);
    let rows: Vec<[String; 5]> = selection.competitors.iter().enumerate().map(|(place, one)| cells(one, place)).collect();
    let wide = |column: usize| rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let label = wide(0).min(80_usize.saturating_sub(2 + 4 * 2 + wide(1) + wide(2) + wide(3) + wide(4)).max(12));
    let mut text = String::new();
    for (i, row) in [&head].into_iter().chain(&rows).enumerate() {
        let name: String = row[0].chars().take(label).collect();
        let line = format!(
            "  {name:<label$}  {:>runs$}  {:>mean$}  {:<fate$}  {}",
            row[1],
            row[2],
            row[3],
            row[4],
            runs = wide(1),
            mean = wide(2),
            fate = wide(3),
        );
        let line = line.trim_end();
        writeln!(text, "{}", if i == 0 { style.strong(line) } else { line.to_owned() }).expect("a String takes everything");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{ResponseInfo, Side};

    fn selection(end: SelectionEnd) -> Selection {
        let one = |label: &str, n, mean, out_at, behind| Competitor {
            side: Side { label: label.into(), replications: n, ..Side::default() },
            mean: Some(mean),
            out_at,
            behind: Some(behind),
        };
        Selection {
            response: ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() },
            delta: 0.5,
            confidence: 0.95,
            first_stage: 20,
            seed: 7,
            ends_by: Some(1_204),
            competitors: vec![
                one("hasakah-iraq", 20, 32.2, Some(20), (0.0, 8.7)),
                one("day-and-night", 612, 25.31, Some(612), (-2.5, 2.9)),
                one("larger-hub", 612, 25.02, None, (-2.9, 2.5)),
            ],
            common: 20,
            end,
        }
    }

    #[test]
    fn one_is_selected() {
        let text = text(&selection(SelectionEnd::Selected(2)), Style::default());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn ends_without_a_selection_say_why() {
        let mut capped = selection(SelectionEnd::Capped);
        capped.competitors[1].out_at = None;
        let others = [
            capped,
            selection(SelectionEnd::Interrupted),
            selection(SelectionEnd::NoValue { competitor: 0, replication: 3 }),
            selection(SelectionEnd::Failed { competitor: 1, replication: 4, message: "nothing has moved for 5 d".into() }),
        ];
        insta::assert_snapshot!(others.iter().map(answer).collect::<Vec<_>>().join("\n"));
    }
}
