//! What `explain` prints: what limits the plan, what its days went to, and what the levers did.

use super::super::style::Style;
use super::super::words::{counted, decimals, figure, percent, plain, points, wrapped};
use crate::results::{Effect, EffectVerdict, Explanation, RunInfo, Spent, Tried, Trials};
use std::fmt::Write as _;

/// Most rows of a table that are printed whole.
const ROWS: usize = 12;

/// The explanation of a plan in 80 columns.
#[must_use]
pub fn explanation(one: &Explanation, info: &RunInfo, style: Style) -> String {
    let mut page = String::new();
    if !info.handling.is_empty() {
        put(&mut page, &format!("{}\n", info.handling));
    }
    limits(&mut page, one, style);
    spent(&mut page, one, style);
    if let Some(trials) = &one.levers {
        levers(&mut page, trials, style);
    }
    identity(&mut page, one, info);
    style.finish(page)
}

fn put(page: &mut String, line: &str) {
    writeln!(page, "{}", line.trim_end()).expect("a String takes everything");
}

/// A heading with its explanation beside and below it.
fn heading(page: &mut String, style: Style, title: &str, text: &str) {
    put(page, &style.strong(title));
    for line in wrapped(text, 78) {
        put(page, &format!("  {line}"));
    }
}

fn limits(page: &mut String, one: &Explanation, style: Style) {
    heading(
        page,
        style,
        "WHAT LIMITS IT",
        "Share of operating days on which it was the largest part, among resources and outside causes, of the chain of events that \
         decided when the last person was accepted.",
    );
    for limit in one.limits.iter().filter(|limit| limit.share >= 0.01).take(8) {
        let interval = limit.interval.map_or_else(String::new, |i| format!("({} to {})", points(i.lower.max(0.0)), points(i.upper.min(1.0))));
        put(page, &format!("  {:<52} {:>9}  {interval}", clipped(&limit.label, 52), percent(limit.share)));
    }
    if one.limits.is_empty() {
        put(page, "  No resource and no outside cause: one activity followed another.");
    }
    page.push('\n');
}

fn spent(page: &mut String, one: &Explanation, style: Style) {
    let Some(total) = one.days else { return };
    heading(
        page,
        style,
        "WHERE THE DAYS WENT",
        &format!(
            "Mean days of {} along that chain, and what part of the spread between runs moves with each: covariance with the days to \
             completion by their variance; the parts sum to 100%. It says what varies together, not what would change what.",
            plain(total)
        ),
    );
    put(page, &format!("  {:<22} {:>14} {:>9}   {}", "", "days", "of all", "of the spread"));
    for part in one.spent.iter().take(ROWS) {
        put(page, &format!("  {:<22} {:>14} {:>9}   {}", part.cause.replace('_', " "), days(part), percent(part.days / total), spread(part)));
    }
    let rest: f64 = one.spent.iter().skip(ROWS).map(|part| part.days).sum();
    if rest > 0.0 {
        let of_spread: Option<f64> = one.spent.iter().skip(ROWS).map(|part| part.of_spread.map(|share| share.estimate)).sum();
        let of_spread = of_spread.map_or_else(String::new, |share| format!("{}%", signed(share * 100.0, 0)));
        put(page, &format!("  {:<22} {:>14} {:>9}   {of_spread}", "other", plain(rest), percent(rest / total)));
    }
    page.push('\n');
}

fn days(part: &Spent) -> String {
    match part.interval {
        Some(interval) if interval.half_width() > 0.0 => {
            let places = decimals(Some(interval.half_width()));
            format!("{} ±{}", figure(part.days, places), figure(interval.half_width(), places))
        }
        _ => plain(part.days),
    }
}

fn spread(part: &Spent) -> String {
    part.of_spread.map_or_else(String::new, |share| {
        format!("{}% ({} to {})", signed(share.estimate * 100.0, 0), signed(share.lower * 100.0, 0), signed(share.upper * 100.0, 0))
    })
}

/// A figure with a minus where it is below zero, and none at zero.
fn signed(x: f64, places: usize) -> String {
    figure(x, places)
}

fn levers(page: &mut String, trials: &Trials, style: Style) {
    let tested = trials.rows.iter().filter(|row| row.outcome.is_ok()).count();
    let most = trials.looks.last().copied().unwrap_or(0);
    let small = if trials.too_small > 0.0 {
        format!(" Up to {} {} does not matter.", plain(trials.too_small), trials.response.unit)
    } else {
        " The scenario does not say what is too small to matter.".to_owned()
    };
    heading(
        page,
        style,
        "LEVERS TESTED",
        &format!(
            "Change of {} when one thing alone is changed, over pairs of runs under the same random numbers: mean and interval. The \
             {} hold together with {} confidence (Bonferroni over levers and {}). At most {most} pairs each.{small}",
            trials.response.name.replace('_', " "),
            counted(tested, "interval", "intervals"),
            percent(trials.level),
            counted(trials.looks.len(), "look", "looks"),
        ),
    );
    let (shown, others): (Vec<&Tried>, Vec<&Tried>) = trials.rows.iter().filter(|row| row.outcome.is_ok()).partition(|row| {
        row.outcome.as_ref().is_ok_and(|effect| effect.verdict != EffectVerdict::NoMaterialChange)
    });
    for row in shown.iter().take(ROWS + 8) {
        let Ok(effect) = &row.outcome else { continue };
        let lines = wrapped(&row.label, 38);
        for (i, line) in lines.iter().enumerate() {
            let result = if i == 0 { format!("{:<22} {}", change(effect), verdict(effect)) } else { String::new() };
            put(page, &format!("  {line:<38}  {result}"));
        }
    }
    named(page, "No material change:", &others);
    named(page, "Also not resolved:", &shown[shown.len().min(ROWS + 8)..]);
    for row in &trials.rows {
        if let Err(why) = &row.outcome {
            for (i, line) in wrapped(&format!("not possible: {}: {why}", row.label), 76).iter().enumerate() {
                put(page, &format!("{}{line}", if i == 0 { "  " } else { "    " }));
            }
        }
    }
    page.push('\n');
}

fn named(page: &mut String, title: &str, rows: &[&Tried]) {
    if !rows.is_empty() {
        let names: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
        for (i, line) in wrapped(&format!("{title} {}.", names.join("; ")), 76).iter().enumerate() {
            put(page, &format!("{}{line}", if i == 0 { "  " } else { "    " }));
        }
    }
}

/// `−0.84 (−1.1 to −0.6)`.
fn change(effect: &Effect) -> String {
    effect.interval.map_or_else(
        || "unknown".into(),
        |i| {
            let places = decimals(Some(i.half_width()));
            format!("{} ({} to {})", figure(i.estimate, places), figure(i.lower, places), figure(i.upper, places))
        },
    )
}

fn verdict(effect: &Effect) -> String {
    match effect.verdict {
        EffectVerdict::NotResolved if effect.unfinished > 0 => format!("{} of {} not done", effect.unfinished, effect.pairs + effect.unfinished),
        verdict => verdict.words().into(),
    }
}

fn identity(page: &mut String, one: &Explanation, info: &RunInfo) {
    let sha = &info.sha256;
    let short = if sha.len() == 64 { format!("{}..{}", &sha[..4], &sha[60..]) } else { sha.clone() };
    let unfinished = one.of - one.runs;
    let left_out = if unfinished > 0 { format!(" {} not done by the horizon in no attribution.", counted(unfinished, "run", "runs")) } else { String::new() };
    let text = format!(
        "{} of the base, seed {}, scenario {short}, convoysim {}. Simulated. ± and brackets are 95% intervals of the mean over runs.{left_out}",
        counted(one.of, "run", "runs"),
        info.seed,
        env!("CARGO_PKG_VERSION")
    );
    for line in wrapped(&text, 80) {
        put(page, &line);
    }
}

fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width { text.into() } else { text.chars().take(width - 2).chain("..".chars()).collect() }
}
