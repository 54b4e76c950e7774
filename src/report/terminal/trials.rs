//! What levers did, as a ranked table and in a sentence that claims only what is resolved.

use super::explanation::{heading, put};
use crate::report::difference::places;
use crate::report::style::Style;
use crate::report::words::{counted, decimals, figure, grouped, percent, two_digits, wrapped};
use crate::results::{Effect, Levers, Terms, Tried};
use crate::stats::{Finding, Interval};

/// Most levers in the table; of the unresolved at least [`LEAST_OPEN`].
const ROWS: usize = 14;
/// Unresolved levers that are shown even below many known ones.
const LEAST_OPEN: usize = 3;

/// The table of levers.
pub(super) fn levers(page: &mut String, tested: &Levers, style: Style) {
    let terms = &tested.terms;
    heading(page, style, "LEVERS TESTED", &format!("Change of {} when one thing alone is changed, {}", words(terms), basis(terms)));
    let of =
        |wanted: &dyn Fn(Finding) -> bool| -> Vec<&Tried> { tested.rows.iter().filter(|row| row.finding().is_some_and(wanted)).collect() };
    let known = of(&|finding| !matches!(finding, Finding::NotResolved | Finding::NoMaterialChange));
    let open = of(&|finding| finding == Finding::NotResolved);
    let (open_shown, open_named) = open.split_at(ROWS.saturating_sub(known.len()).max(LEAST_OPEN).min(open.len()));
    put(page, &format!("  {:<36}  {:>22}  verdict", "", format!("{} (interval)", terms.response.unit)));
    for row in known.iter().chain(open_shown) {
        lever(page, terms, row);
    }
    if let Some(both) = &tested.together {
        lever(page, terms, &Tried { label: format!("both: {}", both.label), ..both.clone() });
    }
    named(page, "Not resolved either:", open_named);
    named(page, "No material change:", &of(&|finding| finding == Finding::NoMaterialChange));
    for row in &tested.rows {
        if let Err(why) = &row.outcome {
            hanging(page, &format!("Not possible: {}: {why}", row.label));
        }
    }
    page.push('\n');
}

/// What differences and their intervals rest on.
pub(super) fn basis(terms: &Terms) -> String {
    let most = terms.looks.last().copied().unwrap_or(0);
    let stated = if terms.too_small.stated { "as the scenario says" } else { "1% of the base; [compare] can say otherwise" };
    format!(
        "against the base under the same random numbers: mean over pairs of runs and its interval. All {} intervals hold together with \
         {} confidence (Bonferroni; looks at up to {} pairs). Up to {} {} does not matter ({stated}).",
        grouped(terms.intervals),
        percent(terms.level),
        grouped(most as usize),
        two_digits(terms.too_small.amount),
        terms.response.unit,
    )
}

pub(super) fn words(terms: &Terms) -> String {
    terms.response.name.replace('_', " ")
}

/// A lever with what it did.
fn lever(page: &mut String, terms: &Terms, row: &Tried) {
    let result = match &row.outcome {
        Ok(effect) => format!("{:>22}  {}", change(effect), verdict(terms, effect)),
        Err(_) => format!("{:>22}  not possible", ""),
    };
    for (i, line) in wrapped(&row.label, 36).iter().enumerate() {
        put(page, &format!("  {line:<36}  {}", if i == 0 { &result } else { "" }));
    }
}

pub(super) fn hanging(page: &mut String, text: &str) {
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

/// `−0.84 (−1.10 to −0.58)`.
fn change(effect: &Effect) -> String {
    match (effect.interval, effect.finding) {
        (Some(interval), _) => difference(&interval),
        (None, Finding::Lower) => "completes more often".into(),
        (None, Finding::Higher) => "completes less often".into(),
        (None, _) => "unknown".into(),
    }
}

/// One decimal more than the error alone would allow: these are differences, and small ones count.
pub(super) fn difference(i: &Interval) -> String {
    if i.half_width() == 0.0 {
        return figure(i.estimate, places(i.estimate.abs()).min(4));
    }
    let places = decimals(Some(i.half_width() / 10.0));
    format!("{} ({} to {})", figure(i.estimate, places), figure(i.lower, places), figure(i.upper, places))
}

fn verdict(terms: &Terms, effect: &Effect) -> String {
    match effect.finding {
        Finding::NotResolved if effect.unfinished > 0 => {
            format!("{} of {} open", effect.unfinished, effect.pairs + effect.unfinished)
        }
        finding => terms.response.better.verdict(finding).into(),
    }
}

/// What the levers come to.
pub(super) fn answer(tested: &Levers) -> String {
    let terms = &tested.terms;
    let unresolved = tested.rows.iter().filter(|row| row.finding() == Some(Finding::NotResolved)).count();
    let open = match unresolved {
        0 => String::new(),
        n => format!(" {} not resolved with these pairs.", counted(n, "lever is", "levers are")),
    };
    let does = |row: &Tried| match (row.interval(), &row.outcome) {
        (Some(interval), _) => with_unit(terms, &interval),
        (None, Ok(effect)) => change(effect),
        (None, Err(_)) => "unknown".into(),
    };
    let better =
        |row: &&Tried| row.finding().is_some_and(|finding| matches!(terms.judged(finding), Finding::Lower | Finding::SlightlyLower));
    let Some(first) = tested.rows.iter().find(better) else {
        return format!("No lever tested is known to make it better.{open}");
    };
    if let Some([one, other]) = &tested.tied {
        let together = tested.together.as_ref().map_or_else(String::new, |both| format!(" Both together: {}.", does(both)));
        return format!(
            "Two levers lead on {} and cannot be told apart, as their intervals overlap: {one}; and {other}.{together}{open}",
            words(terms)
        );
    }
    format!("Of all levers tested, this does most for {}: {}: {}.{open}", words(terms), first.label, does(first))
}

/// `−3.4 d (−3.9 to −2.9)`.
fn with_unit(terms: &Terms, i: &Interval) -> String {
    let text = difference(i);
    match text.split_once(' ') {
        Some((mean, ends)) => format!("{mean} {} {ends}", terms.response.unit).replace("  ", " "),
        None => format!("{text} {}", terms.response.unit).trim_end().to_owned(),
    }
}
