//! Lines that show how runs differ: days, rate, exposure.

use super::{Page, TEXT, View};
use crate::report::style::Style;
use crate::report::words::{decimals, figure, hours, percent, plain};
use crate::results::ResponseSummary;

/// Days to completion: three quantiles with their errors, and twenty dots.
pub(super) fn days(page: &mut Page, view: &View<'_>, style: Style) {
    let Some(days) = view.summary.response("days_to_completion") else { return };
    if days.n == 1 {
        let text = days.min.map_or_else(|| "not within the horizon".into(), |days| figure(days, 2));
        page.line("Days to complete", &text);
        return;
    }
    let names = [("half by", "p50"), ("8 in 10 by", "p80"), ("19 in 20 by", "p95")];
    let heads: String = names.iter().map(|(words, _)| format!("{words:<17}")).collect();
    let figures: String = names
        .iter()
        .map(|(_, name)| {
            let figure = with_error(days, name);
            // In ASCII the sign is two characters wide.
            let room = if style.ascii && figure.contains('±') { 16 } else { 17 };
            format!("{figure:<room$}")
        })
        .collect();
    page.line("Days to complete", &heads);
    page.line("", &figures);
    let values = view.table.reached("days_to_completion").unwrap_or_default();
    if let Some(strip) = strip(values) {
        page.line("  a dot is 1 run in 20", &strip.dots);
        page.line("", &strip.axis);
    }
}

fn with_error(one: &ResponseSummary, name: &str) -> String {
    match one.quantile(name) {
        None => "not reached".into(),
        Some((value, None)) => figure(value, 2),
        Some((value, Some(error))) => {
            let decimals = decimals(Some(error));
            if error == 0.0 { figure(value, 2) } else { format!("{} ±{}", figure(value, decimals), figure(error.max(0.01), decimals)) }
        }
    }
}

struct Strip {
    dots: String,
    axis: String,
}

/// Twenty quantiles as dots over an axis: `.` one, `:` two, then a digit. Runs that were not done are counted behind it.
/// Nothing where there is no spread to show.
fn strip(mut values: Vec<f64>) -> Option<Strip> {
    const DOTS: usize = 20;
    const WIDTH: usize = 41;
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len();
    // The dot in the middle of each twentieth of the runs, by rank.
    let dots: Vec<f64> = (0..DOTS).map(|i| values[(n * (2 * i + 1) / (2 * DOTS)).min(n - 1)]).collect();
    let finite: Vec<f64> = dots.iter().copied().filter(|dot| dot.is_finite()).collect();
    let (low, high) = (finite.first().copied()?, finite.last().copied()?);
    if low == high || n < DOTS {
        return None;
    }
    let step = round_step((high - low) / 4.0);
    let from = (low / step).floor() * step;
    let ticks = (((high - from) / step).ceil() as usize).max(1);
    let span = ticks as f64 * step;
    let mut counts = [0u32; WIDTH];
    for dot in &finite {
        counts[(((dot - from) / span * (WIDTH - 1) as f64).round() as usize).min(WIDTH - 1)] += 1;
    }
    let sign = |count: u32| match count {
        0 => ' ',
        1 => '.',
        2 => ':',
        _ => char::from_digit(count, 36).unwrap_or('+'),
    };
    let mut line: String = counts.map(sign).iter().collect();
    let late = DOTS - finite.len();
    if late > 0 {
        line.push_str(&format!("  + {late} not done"));
    }
    let mut axis = String::new();
    let places = if step >= 1.0 {
        0
    } else if step >= 0.1 {
        1
    } else {
        2
    };
    for tick in 0..=ticks {
        let column = tick * (WIDTH - 1) / ticks;
        let label = figure(from + tick as f64 * step, places);
        let column = column.saturating_sub(label.len() / 2);
        if axis.is_empty() || column > axis.chars().count() {
            axis = format!("{axis:<column$}{label}");
        }
    }
    debug_assert!(line.chars().count() <= TEXT);
    Some(Strip { dots: line.trim_end().into(), axis })
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `x`.
fn round_step(x: f64) -> f64 {
    let mut power = 0.01;
    loop {
        for digit in [1.0, 2.0, 5.0] {
            if digit * power >= x {
                return digit * power;
            }
        }
        power *= 10.0;
    }
}

/// People accepted per day: in all, by land, by air.
pub(super) fn throughput(page: &mut Page, view: &View<'_>) {
    let Some(rates) = view.table.reached("throughput_per_day") else { return };
    let accepted = view.table.reached("accepted_people");
    let share = |mode: &str| -> Option<Vec<f64>> {
        let of_mode = view.table.reached(&format!("accepted_people.{mode}"))?;
        let all = accepted.as_ref()?;
        Some(
            rates.iter().zip(of_mode.iter().zip(all)).map(|(rate, (part, all))| if *all > 0.0 { rate * part / all } else { 0.0 }).collect(),
        )
    };
    let by_mode = ["land", "air"].iter().filter_map(|mode| Some((mode, share(mode)?)));
    let moved = by_mode.filter(|(_, values)| values.iter().any(|x| *x > 0.0));
    let moved: Vec<(&&str, String)> = moved.map(|(mode, values)| (mode, middle(values))).collect();
    let heading = "Accepted per day";
    match moved.as_slice() {
        [] => page.item(heading, &middle(rates)),
        [(mode, values)] => page.item(heading, &format!("{values}, all by {mode}")),
        several => {
            for (i, (mode, values)) in several.iter().enumerate() {
                page.item(if i == 0 { heading } else { "" }, &format!("by {mode} {values}"));
            }
        }
    }
}

/// A median with the middle eight tenths, by rank.
fn middle(mut values: Vec<f64>) -> String {
    values.retain(|value| !value.is_nan());
    values.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| values.get((percent * values.len()).div_ceil(100).max(1) - 1).copied();
    match (at(50), at(10), at(90)) {
        (Some(median), Some(low), Some(high)) if plain(low) != plain(high) => {
            format!("{} (8 in 10 runs: {} to {})", plain(median), plain(low), plain(high))
        }
        (Some(median), _, _) => plain(median),
        _ => "unknown".into(),
    }
}

/// Time outside the wall per convoy, what it consists of, and how much of it was uncovered or in daylight.
pub(super) fn exposure(page: &mut Page, view: &View<'_>) {
    if let Some(one) = view.summary.response("exposure_per_convoy_hours").filter(|one| one.n > 0) {
        let median = one.quantile("p50").map_or_else(|| "unknown".into(), |(value, _)| hours(value));
        let most = one.quantile("p80").map(|(value, _)| hours(value)).filter(|most| *most != median);
        let most = most.map_or_else(String::new, |most| format!(" (8 in 10 runs: up to {most})"));
        page.item("Exposed per convoy", &format!("{median}{most}"));
    }
    let total = |response: &str| -> Option<f64> { Some(view.table.reached(response)?.iter().filter(|x| x.is_finite()).sum()) };
    let Some(exposed) = total("exposed_convoy_hours").filter(|exposed| *exposed > 0.0) else { return };
    if let (Some(border), Some(halted)) = (total("border_convoy_hours"), total("halted_convoy_hours")) {
        let rest = (exposed - border - halted).max(0.0);
        let text = format!(
            "{} at the border, {} halted, {} moving or at a gate",
            percent(border / exposed),
            percent(halted / exposed),
            percent(rest / exposed)
        );
        page.item("  of it", &text);
    }
    classes(page, view);
    let parts = [
        ("uncovered_convoy_hours", "uncovered"),
        ("daylight_convoy_hours", "in daylight"),
        ("under_escorted_convoy_hours", "under-escorted"),
    ];
    let parts: Vec<String> =
        parts.iter().filter_map(|(name, words)| Some(format!("{} {words}", percent(total(name)? / exposed)))).collect();
    if !parts.is_empty() {
        page.item("  and of it", &parts.join(", "));
    }
}

/// Hours by class of exposure in the shown run nearest the median.
fn classes(page: &mut Page, view: &View<'_>) {
    let median =
        view.info.shown.iter().zip(view.details).find(|(shown, _)| shown.percent == 50).or(view.info.shown.iter().zip(view.details).next());
    let Some((shown, detail)) = median else { return };
    let hours = detail.convoys.iter().fold([0.0; 4], |mut sum, row| {
        sum.iter_mut().zip(row.class_h).for_each(|(sum, hours)| *sum += hours);
        sum
    });
    let total: f64 = hours.iter().sum();
    if total > 0.0 {
        let named = ["low", "moderate", "high", "highest"].iter().zip(hours).filter(|(_, hours)| *hours > 0.0);
        let parts: Vec<String> = named.map(|(name, hours)| format!("{} {name}", percent(hours / total))).collect();
        page.item("  by class", &format!("{} (run {})", parts.join(", "), shown.replication));
    }
}
