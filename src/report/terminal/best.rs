//! What `best` prints: who is left, when the others went, and what the selection promises.

use crate::report::difference::{places, words};
use crate::report::style::Style;
use crate::report::words::{counted, figure, grouped, percent, plain, signed, two_digits, wrapped};
use crate::results::{Better, Broken, Competitor, Completion, Selection, SelectionEnd, Standing};
use crate::stats::proportion::wilson;
use std::fmt::Write as _;

/// The whole text.
#[must_use]
pub fn text(selection: &Selection, style: Style) -> String {
    let mut text = String::new();
    let way = if selection.response.better == Better::Higher { "more" } else { "less" };
    say(
        &mut text,
        &format!(
            "{} scenarios, same random numbers, by the mean of {} ({way} is better). Kim and Nelson's procedure: indifference zone {}, \
             confidence {}%, first stage {}.{}",
            selection.competitors.len(),
            words(&selection.response),
            amount(selection),
            plain(selection.confidence * 100.0),
            counted(selection.first_stage, "run", "runs"),
            constraints(selection)
        ),
    );
    text.push('\n');
    text.push_str(&table(selection, style));
    text.push('\n');
    if selection.competitors.iter().any(|one| one.behind_selected.is_some()) {
        say(
            &mut text,
            &format!(
                "Behind the selected scenario: mean of paired differences, simultaneous {}% CIs (Bonferroni).",
                plain(selection.confidence * 100.0)
            ),
        );
    }
    if let Some(completion) = &selection.completion {
        say(
            &mut text,
            &format!(
                "Completion first: {} of each. Of a scenario of which all complete, at most {} of 100 runs do not ({}% confidence, with \
                 all that is said here).",
                counted(completion.replications, "run", "runs"),
                at_most(completion),
                plain(selection.confidence * 100.0)
            ),
        );
    }
    if let Some(ends_by) = selection.ends_by {
        let runs: usize = selection.competitors.iter().map(|one| one.side.replications).sum();
        let settled_at = selection.completion.map_or(0, |one| one.replications);
        let most = ends_by.max(settled_at) * selection.competitors.len();
        let unscreened = if most > runs { format!("; without screening up to {}", grouped(most)) } else { String::new() };
        say(&mut text, &format!("{} in all{unscreened}.", counted(runs, "run", "runs")));
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

/// An upper bound out of 100, rounded up to two digits.
fn at_most(completion: &Completion) -> String {
    let bound = completion.unfinished_at_most * 100.0;
    let unit = if bound < 10.0 { 0.1 } else { 1.0 };
    plain((bound / unit).ceil() * unit)
}

fn constraints(selection: &Selection) -> String {
    if selection.constraints.is_empty() {
        return String::new();
    }
    let names: Vec<String> = selection.constraints.iter().map(words).collect();
    let base = &selection.competitors[0].side.label;
    format!(" A scenario that worsens {} against {base} cannot be selected.", list(&names))
}

/// What was found, and what that promises, in words.
#[must_use]
pub fn answer(selection: &Selection) -> String {
    let mut sentences = vec![outcome(selection)];
    let breaks = selection.competitors.iter().filter(|one| !one.broken.is_empty());
    sentences.extend(breaks.map(|one| {
        let broken: Vec<String> = one.broken.iter().map(difference).collect();
        format!("{} breaks the constraint: {}.", one.side.label, list(&broken))
    }));
    let unfinished = selection.competitors.iter().filter(|one| one.side.censored > 0 && one.broken.is_empty());
    sentences.extend(unfinished.map(|one| {
        let runs = counted(one.side.replications, "run", "runs");
        let interval = wilson(one.side.censored, one.side.replications, 0.95)
            .map_or_else(String::new, |share| format!(" (95% CI of the share: {} to {})", percent(share.lower), percent(share.upper)));
        format!(
            "{} cannot be selected: {} of {runs} did not finish{interval}, which is later than any number of days.",
            one.side.label,
            grouped(one.side.censored),
        )
    }));
    if let (SelectionEnd::Selected(best), Some(completion)) = (&selection.end, &selection.completion)
        && !completion.settled
    {
        sentences.push(format!(
            "Whether {} always completes is not settled with {}: up to {} of 100 may not. Allow more with -n.",
            selection.competitors[*best].side.label,
            counted(completion.replications, "run", "runs"),
            at_most(completion)
        ));
    }
    let open = selection.competitors.iter().filter(|one| !one.open.is_empty() && one.broken.is_empty());
    sentences.extend(open.map(|one| {
        let names: Vec<String> = one.open.iter().map(|name| name.replace('_', " ")).collect();
        let runs = counted(one.side.replications, "run", "runs");
        format!("Whether {} worsens {} is not resolved with {runs}; allow more with -n.", one.side.label, list(&names))
    }));
    sentences.join(" ")
}

/// `people over welfare limit +65 to +241`.
fn difference(broken: &Broken) -> String {
    let digits = places((broken.upper - broken.lower) / 2.0);
    format!("{} {} to {}", words(&broken.response), signed(broken.lower, digits), signed(broken.upper, digits))
}

fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn outcome(selection: &Selection) -> String {
    let name = |competitor: usize| &selection.competitors[competitor].side.label;
    let response = words(&selection.response);
    let with = |standing: Standing| -> Vec<String> {
        selection.competitors.iter().filter(|one| one.standing == standing).map(|one| one.side.label.clone()).collect()
    };
    match &selection.end {
        SelectionEnd::Selected(best) => {
            let (within, maybe) = (with(Standing::Within), with(Standing::MayBeWithin));
            let promise = format!(
                "If the best of those that always complete is at least {} ahead of all others, this procedure selects it in at least {} of 100 \
                 such studies; if the lead is smaller, the one selected may be up to that much behind.",
                amount(selection),
                plain(selection.confidence * 100.0)
            );
            if selection.ends_by.is_none() {
                return format!("{} is selected: no other scenario can be.", name(*best));
            }
            let equals = match &within[..] {
                [] => format!("{} is selected.", name(*best)),
                others => {
                    let all: Vec<String> = std::iter::once(name(*best).clone()).chain(others.iter().cloned()).collect();
                    format!("No single best: {} are within {} of each other.", list(&all), amount(selection))
                }
            };
            let perhaps = match &maybe[..] {
                [] => String::new(),
                others => format!(" {} may be within {} of it as well.", list(others), amount(selection)),
            };
            format!("{equals}{perhaps} {promise}")
        }
        SelectionEnd::Capped => {
            let left: Vec<String> = selection
                .competitors
                .iter()
                .filter(|one| one.out_at.is_none() && one.broken.is_empty() && one.side.censored == 0)
                .map(|one| one.side.label.clone())
                .collect();
            format!(
                "Not decided: {} are still in after as many runs as were allowed. Allow more with -n (at most {} are needed), or accept a larger \
                 --delta.",
                left.join(", "),
                selection.ends_by.map_or_else(String::new, grouped)
            )
        }
        SelectionEnd::Interrupted => "Interrupted before one was selected.".into(),
        SelectionEnd::NoneCompletes => format!(
            "Nothing is selected: every scenario that may be selected has runs that do not finish, so that none has a mean of {response}. \
             Lengthen the horizon, or mend the plans: `convoysim run` says what the runs wait for."
        ),
        SelectionEnd::NoValue { competitor, replication } => format!(
            "Nothing is selected: run {replication} of {} has no {response} (there was nothing to measure), so there is no mean to compare. \
             Ask for another --response.",
            name(*competitor)
        ),
        SelectionEnd::Failed { competitor, replication, message } => {
            format!("Nothing is selected: run {replication} of {} failed: {message}.", name(*competitor))
        }
    }
}

fn amount(selection: &Selection) -> String {
    let delta = two_digits(selection.delta);
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
            _ if !one.broken.is_empty() => "breaks the constraint".into(),
            _ if one.side.censored > 0 => format!("{} not completed", grouped(one.side.censored)),
            (_, SelectionEnd::Selected(best)) if *best == place => "selected".into(),
            (Some(at), _) => format!("out at {}", grouped(at)),
            (None, _) => "still in".into(),
        };
        let end = |x: f64| signed(x, digits);
        let behind = one.behind_selected.map_or_else(String::new, |(low, high)| format!("{} to {}", end(low), end(high)));
        let mean = one.mean.map_or_else(|| "unknown".into(), |mean| figure(mean, digits));
        [one.side.label.clone(), grouped(one.side.replications), mean, fate, behind]
    };
    let head = ["", "runs", "mean", "", "behind the selected"].map(String::from);
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

    fn info(name: &str, unit: &'static str) -> ResponseInfo {
        ResponseInfo { name: name.into(), unit, better: Better::Lower, reading: "".into() }
    }

    fn selection(end: SelectionEnd) -> Selection {
        let one = |label: &str, n, mean, out_at, behind, standing| Competitor {
            side: Side { label: label.into(), replications: n, ..Side::default() },
            mean: Some(mean),
            out_at,
            behind,
            behind_selected: behind,
            standing,
            broken: Vec::new(),
            open: Vec::new(),
        };
        Selection {
            response: info("days_to_completion", "d"),
            delta: 0.5,
            confidence: 0.95,
            first_stage: 20,
            seed: 7,
            constraints: Vec::new(),
            completion: Some(Completion { replications: 477, unfinished_at_most: 0.009_98, settled: true }),
            ends_by: Some(1_204),
            competitors: vec![
                one("hasakah-iraq", 20, 32.2, Some(20), Some((5.1, 8.7)), Standing::Behind),
                one("day-and-night", 612, 25.31, Some(612), Some((0.02, 0.61)), Standing::MayBeWithin),
                one("larger-hub", 612, 25.02, None, None, Standing::Selected),
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
    fn equals_constraints_and_runs_that_do_not_finish_are_named() {
        let mut equals = selection(SelectionEnd::Selected(2));
        equals.competitors[1].standing = Standing::Within;
        equals.constraints = vec![info("people_over_welfare_limit", "people")];
        equals.competitors[0].broken = vec![Broken { response: equals.constraints[0].clone(), lower: 65.2, upper: 241.0 }];
        let mut stuck = selection(SelectionEnd::Selected(2));
        stuck.competitors[0].side.censored = 4;
        stuck.competitors[0].mean = None;
        stuck.competitors[2].open = vec!["people_over_welfare_limit".into()];
        let texts = [equals, stuck].map(|one| text(&one, Style::default()));
        assert!(texts.iter().flat_map(|text| text.lines()).all(|line| line.chars().count() <= 80), "{texts:?}");
        insta::assert_snapshot!(texts.join("\n----\n"));
    }

    #[test]
    fn ends_without_a_selection_say_why() {
        let mut capped = selection(SelectionEnd::Capped);
        capped.competitors[1].out_at = None;
        let others = [
            capped,
            selection(SelectionEnd::Interrupted),
            selection(SelectionEnd::NoneCompletes),
            selection(SelectionEnd::NoValue { competitor: 0, replication: 3 }),
            selection(SelectionEnd::Failed { competitor: 1, replication: 4, message: "the event budget is exhausted".into() }),
        ];
        insta::assert_snapshot!(others.iter().map(answer).collect::<Vec<_>>().join("\n"));
    }
}
