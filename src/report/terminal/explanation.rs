//! What `explain` prints: what limits the plan, what its days went to, and what the levers did.

use super::super::style::Style;
use super::super::words::{counted, decimals, figure, percent, plain, points, wrapped};
use crate::results::{Effect, EffectVerdict, Explanation, RunInfo, Spent, Tried, Trials};
use crate::stats::Interval;
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
    if let Some(trials) = &one.levers {
        page.push('\n');
        for line in wrapped(&answer(trials), 80) {
            put(&mut page, &style.strong(&line));
        }
    }
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
        let of_spread = of_spread.map_or_else(String::new, |share| format!("{}%", figure(share * 100.0, 0)));
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
        format!("{}% ({} to {})", figure(share.estimate * 100.0, 0), figure(share.lower * 100.0, 0), figure(share.upper * 100.0, 0))
    })
}

fn levers(page: &mut String, trials: &Trials, style: Style) {
    let most = trials.looks.last().copied().unwrap_or(0);
    let stated = if trials.too_small_stated { "as the scenario says" } else { "1% of the base; [compare] can say otherwise" };
    heading(
        page,
        style,
        "LEVERS TESTED",
        &format!(
            "Change of {} when one thing alone is changed, against the base under the same random numbers: mean over pairs of runs and \
             its interval. All {} intervals hold together with {} confidence (Bonferroni over levers and looks at up to {most} pairs). \
             Up to {} {} does not matter ({stated}).",
            words(trials),
            trials.intervals,
            percent(trials.level),
            plain(trials.too_small),
            trials.response.unit,
        ),
    );
    let of = |known: &dyn Fn(EffectVerdict) -> bool| -> Vec<&Tried> {
        trials.rows.iter().filter(|row| row.outcome.as_ref().is_ok_and(|effect| known(effect.verdict))).collect()
    };
    let known = of(&|verdict| !matches!(verdict, EffectVerdict::NotResolved | EffectVerdict::NoMaterialChange));
    let unresolved = of(&|verdict| verdict == EffectVerdict::NotResolved);
    put(page, &format!("  {:<36}  {:>26}  {}", "", format!("{} (interval)", trials.response.unit), "verdict"));
    for row in known.iter().chain(unresolved.iter().take(ROWS.saturating_sub(known.len()).max(3))) {
        lever(page, row);
    }
    if let Some(both) = &trials.together {
        lever(page, &Tried { label: format!("both: {}", both.label), ..both.clone() });
    }
    named(page, "Not resolved either:", &unresolved[ROWS.saturating_sub(known.len()).max(3).min(unresolved.len())..]);
    named(page, "No material change:", &of(&|verdict| verdict == EffectVerdict::NoMaterialChange));
    for row in &trials.rows {
        if let Err(why) = &row.outcome {
            hanging(page, &format!("Not possible: {}: {why}", row.label));
        }
    }
    page.push('\n');
}

fn words(trials: &Trials) -> String {
    trials.response.name.replace('_', " ")
}

/// A lever with what it did.
fn lever(page: &mut String, row: &Tried) {
    let result = match &row.outcome {
        Ok(effect) => format!("{:>26}  {}", change(effect), verdict(effect)),
        Err(_) => format!("{:>26}  not possible", ""),
    };
    for (i, line) in wrapped(&row.label, 36).iter().enumerate() {
        put(page, &format!("  {line:<36}  {}", if i == 0 { &result } else { "" }));
    }
}

fn hanging(page: &mut String, text: &str) {
    for (i, line) in wrapped(text, 76).iter().enumerate() {
        put(page, &format!("{}{line}", if i == 0 { "  " } else { "    " }));
    }
}

fn named(page: &mut String, title: &str, rows: &[&Tried]) {
    if !rows.is_empty() {
        let names: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
        hanging(page, &format!("{title} {}.", names.join("; ")));
    }
}

/// `−0.84 (−1.1 to −0.6)`.
fn change(effect: &Effect) -> String {
    effect.interval.map_or_else(
        || "unknown".into(),
        |i| {
            // One decimal more than the error alone would allow: these are differences, and small ones count.
            let places = decimals(Some(i.half_width() / 10.0));
            format!("{} ({} to {})", figure(i.estimate, places), figure(i.lower, places), figure(i.upper, places))
        },
    )
}

fn verdict(effect: &Effect) -> String {
    match effect.verdict {
        EffectVerdict::NotResolved if effect.unfinished > 0 => format!("{} of {} open", effect.unfinished, effect.pairs + effect.unfinished),
        verdict => verdict.words().into(),
    }
}

/// What the levers come to, in a sentence or two that claim only what is resolved.
fn answer(trials: &Trials) -> String {
    let unresolved =
        trials.rows.iter().filter(|row| row.outcome.as_ref().is_ok_and(|effect| effect.verdict == EffectVerdict::NotResolved)).count();
    let open = match unresolved {
        0 => String::new(),
        n => format!(" {} not resolved with these pairs.", counted(n, "lever is", "levers are")),
    };
    let sooner = |row: &Tried| row.outcome.as_ref().ok().and_then(|effect| effect.interval).map_or_else(String::new, |i| of_change(trials, &i));
    let first = trials.rows.iter().find(|row| {
        row.outcome.as_ref().is_ok_and(|effect| matches!(effect.verdict, EffectVerdict::Better | EffectVerdict::SlightlyBetter))
    });
    let Some(first) = first else {
        return format!("No lever tested is known to make it better.{open}");
    };
    if let Some([one, other]) = &trials.tied {
        let together = trials.together.as_ref().map_or_else(String::new, |both| format!(" Both together: {}.", sooner(both)));
        return format!(
            "Two levers lead and cannot be told apart, because their intervals overlap: {one}, and {other}.{together}{open}"
        );
    }
    format!("Of all levers tested, {} does most: {}.{open}", first.label, sooner(first))
}

/// `days to completion change by −2.1 d (−2.6 to −1.6)`.
fn of_change(trials: &Trials, i: &Interval) -> String {
    let places = decimals(Some(i.half_width() / 10.0));
    let (mean, low, high) = (figure(i.estimate, places), figure(i.lower, places), figure(i.upper, places));
    format!("{} change by {mean} {} ({low} to {high})", words(trials), trials.response.unit)
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
