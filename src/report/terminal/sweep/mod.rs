//! What `sweep` prints: a table of two factors, or the leading points; then what may be concluded.

mod grid;

use crate::report::shell::quoted_path;
use crate::report::style::Style;
use crate::report::words::{counted, figure, grouped, wrapped};
use crate::results::{Better, Bound, Cell, Meets, PointFigure, SweepInfo};
use crate::stats::Estimand;
use std::fmt::Write as _;

/// What the text is made of.
#[derive(Clone, Copy)]
pub struct SweepView<'v> {
    /// The sweep.
    pub info: &'v SweepInfo,
    /// The leading figure of every point.
    pub figures: &'v [PointFigure],
    /// The values of the factors at a point.
    pub cells: &'v dyn Fn(u32) -> Vec<Option<Cell>>,
    /// Replications that failed.
    pub failures: u64,
    /// What was written where, in a line; may be empty.
    pub wrote: &'v str,
    /// The base scenario as a command would name it.
    pub base: &'v str,
    /// What a point puts into the base, as arguments of a command.
    pub arguments: &'v dyn Fn(u32) -> String,
}

/// So many points are listed where there is no table.
const LISTED: usize = 12;

/// The whole text.
#[must_use]
pub fn text(view: &SweepView<'_>, style: Style) -> String {
    let mut text = String::new();
    put(&mut text, &style.strong(&view.info.name));
    for line in [heading(view), changed(view.info)].iter().flat_map(|paragraph| wrapped(paragraph, 80)) {
        put(&mut text, &line);
    }
    text.push('\n');
    match grid::table(view) {
        Some(table) => text.push_str(&table),
        None => text.push_str(&list(view)),
    }
    text.push('\n');
    for paragraph in conclusions(view) {
        for line in wrapped(&paragraph, 80) {
            put(&mut text, &line);
        }
    }
    if let Some(command) = again(view) {
        put(&mut text, &format!("  {command}"));
    }
    if !view.info.invalid.is_empty() {
        let left_out = counted(view.info.invalid.len(), "point is invalid and was", "points are invalid and were");
        put(&mut text, &format!("{left_out} left out: see the problem in points.csv."));
    }
    if view.failures > 0 {
        let failed = counted(view.failures as usize, "replication failed", "replications failed");
        put(&mut text, &style.alarm(&format!("{failed}: see failures.csv.")));
    }
    if !view.wrote.is_empty() {
        text.push('\n');
        wrapped(view.wrote, 80).iter().for_each(|line| put(&mut text, line));
    }
    style.finish(text)
}

/// The answer in a line.
#[must_use]
pub fn answer(view: &SweepView<'_>) -> String {
    conclusions(view).join(" ")
}

fn put(text: &mut String, line: &str) {
    writeln!(text, "{}", line.trim_end()).expect("a String takes everything");
}

/// What was laid over the base, in a sentence; empty where nothing was.
#[must_use]
pub fn changed(info: &SweepInfo) -> String {
    let set = info.overrides.join(", ");
    if set.is_empty() { set } else { format!("Changed at every point, also at the base: {set}.") }
}

/// Which number stands in the table, of how many runs, and what the marks mean.
fn heading(view: &SweepView<'_>) -> String {
    let info = view.info;
    let Some((column, estimand)) = info.leading() else { return String::new() };
    let response = &info.columns[column];
    let unit = if response.unit.is_empty() || estimand.is_share() { String::new() } else { format!(", {}", response.unit) };
    let run = info.points as usize - info.invalid.len();
    let runs = match &info.until {
        None => format!("{} x {}", counted(run, "point", "points"), counted(info.replications as usize, "run", "runs")),
        Some(_) => format!("{}, as many runs each as precision takes", counted(run, "point", "points")),
    };
    let numbers = if info.common { "the same random numbers at every point" } else { "random numbers of its own at each point" };
    let meets = info.requirement.as_ref().map(|wanted| format!("[ ] meets {}, ~ too close to call", wanted.text));
    let marks: Vec<String> = meets.into_iter().chain(info.base_point.map(|_| "* base".to_owned())).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" {}.", marks.join(", ")) };
    format!("{}{unit}. {runs}, {numbers}.{marks}", named(estimand, &response.name))
}

fn named(estimand: Estimand, response: &str) -> String {
    match estimand {
        Estimand::Mean => format!("Mean of {response}"),
        Estimand::Quantile(p) => format!("P{} of {response}", figure(p * 100.0, 0)),
        Estimand::ShareAtMost(bound) => format!("Share of runs with {response} of at most {bound}"),
        Estimand::ShareAtLeast(bound) => format!("Share of runs with {response} of at least {bound}"),
    }
}

/// The value of a point with its marks.
fn marked(view: &SweepView<'_>, point: &PointFigure, decimals: usize) -> String {
    let base = if view.info.base_point == Some(point.point) { "*" } else { "" };
    let value = point.value.map_or_else(|| "-".to_owned(), |value| figure(value, decimals));
    match point.meets {
        Some(Meets::Yes) => format!("[{value}{base}]"),
        Some(Meets::Open) => format!("~{value}{base} "),
        _ => format!("{value}{base} "),
    }
}

/// Decimals that the widest error allows.
fn decimals(view: &SweepView<'_>) -> usize {
    let half = |point: &PointFigure| (point.ends[1] - point.ends[0]) / 2.0;
    let widths: Vec<f64> = view.figures.iter().map(half).filter(|half| half.is_finite()).collect();
    let typical = widths.iter().sum::<f64>() / widths.len().max(1) as f64;
    let large = view.figures.iter().filter_map(|point| point.value).any(|value| value.abs() >= 100.0);
    // Whole days are rounded up elsewhere; here they are told apart.
    let days = view.info.leading().is_some_and(|(column, estimand)| view.info.columns[column].unit == "d" && !estimand.is_share());
    if large || !widths.is_empty() && typical >= 0.5 {
        usize::from(days && !large)
    } else if !widths.is_empty() && typical >= 0.05 {
        1
    } else {
        2
    }
}

/// Points from the best on; those without a figure come last, equal ones by number.
fn ranked(view: &SweepView<'_>) -> Vec<PointFigure> {
    let mut ranked = view.figures.to_vec();
    let sign = if higher_is_better(view.info) { -1.0 } else { 1.0 };
    let key = |point: &PointFigure| point.value.map_or(f64::INFINITY, |value| sign * value);
    ranked.sort_by(|a, b| key(a).total_cmp(&key(b)).then(a.point.cmp(&b.point)));
    ranked
}

/// Whether more of the leading figure is better.
fn higher_is_better(info: &SweepInfo) -> bool {
    match (&info.requirement, info.leading()) {
        (Some(wanted), _) => matches!(wanted.bound, Bound::AtLeast(_)),
        (None, Some((column, _))) => info.columns[column].better == Better::Higher,
        (None, None) => false,
    }
}

/// The leading points, one a line.
fn list(view: &SweepView<'_>) -> String {
    let mut text = String::new();
    let ranked = ranked(view);
    let decimals = decimals(view);
    put(&mut text, &format!("{:>7}  {:>12}  {:<18}  values", "point", "value", "95 % interval"));
    for point in ranked.iter().take(LISTED) {
        let end = |x: f64| if x.is_finite() { figure(x, decimals) } else { "?".into() };
        let interval = format!("{} to {}", end(point.ends[0]), end(point.ends[1]));
        let values = values(view, point.point);
        let lines = wrapped(&values, 36);
        let first = lines.first().map_or("", String::as_str);
        put(&mut text, &format!("{:>7}  {:>12}  {interval:<18}  {first}", point.point, marked(view, point, decimals)));
        lines.iter().skip(1).for_each(|line| put(&mut text, &format!("{:43}{line}", "")));
    }
    if ranked.len() > LISTED {
        put(&mut text, &format!("{:>7}  and {} more in points.csv", "", grouped(ranked.len() - LISTED)));
    }
    text
}

/// The values of the factors at a point, in words.
fn values(view: &SweepView<'_>, point: u32) -> String {
    let cells = (view.cells)(point);
    let said = view.info.factors.iter().zip(cells).filter_map(|(factor, cell)| Some(format!("{} = {}", factor.id, cell?.label)));
    said.collect::<Vec<_>>().join(", ")
}

/// What may be concluded, and what not.
fn conclusions(view: &SweepView<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let count = |meets: Meets| view.figures.iter().filter(|point| point.meets == Some(meets)).count();
    if let Some(wanted) = &view.info.requirement {
        let (yes, open) = (count(Meets::Yes), count(Meets::Open));
        let close = if open > 0 {
            format!("; {} too close to call", if open == 1 { "1 is".into() } else { format!("{} are", grouped(open)) })
        } else {
            String::new()
        };
        let points = counted(view.figures.len(), "point", "points");
        said.push(format!("{} of {points} {} {}{close}.", grouped(yes), if yes == 1 { "meets" } else { "meet" }, wanted.text));
    }
    said.extend(unfinished(view));
    if all_the_same(view) {
        said.push("Every point comes to the same figure: over these values the factors change nothing of it.".into());
        return said;
    }
    let ranked = ranked(view);
    if let [best, others @ ..] = ranked.as_slice()
        && !others.is_empty()
        && best.value.is_some()
    {
        let apart = others.iter().all(|other| apart(best, other));
        let tied = others.iter().filter(|other| !self::apart(best, other)).count();
        let lead = if apart {
            format!("The best figure is that of point {} ({}){}.", best.point, values(view, best.point), caution(best))
        } else {
            format!(
                "The best figure is that of point {} ({}){}, but {} its own.",
                best.point,
                values(view, best.point),
                caution(best),
                if tied == 1 {
                    "the interval of 1 other overlaps".into()
                } else {
                    format!("the intervals of {} others overlap", grouped(tied))
                }
            )
        };
        said.push(lead);
        said.push(format!(
            "A figure picked as the best of {} is flattered by the picking. Run it again with another seed before relying on it:",
            grouped(view.figures.len())
        ));
    }
    said
}

/// `, where 34 of 50 runs do not complete`, for a point whose figure covers only what moved in them.
fn caution(point: &PointFigure) -> String {
    match point.outcomes.censored() {
        0 => String::new(),
        n => format!(", where {} of {} do not complete", grouped(n), counted(point.outcomes.ended(), "run", "runs")),
    }
}

/// At how many points some runs do not complete, where most of them do not, and what that means for the figures.
fn unfinished(view: &SweepView<'_>) -> Option<String> {
    let open: Vec<&PointFigure> = view.figures.iter().filter(|point| point.outcomes.censored() > 0).collect();
    let share = |point: &PointFigure| point.outcomes.censored() as f64 / point.outcomes.ended().max(1) as f64;
    let worst = open.iter().rev().max_by(|a, b| share(a).total_cmp(&share(b)))?;
    let deadlocks: usize = open.iter().map(|point| point.outcomes.deadlock).sum();
    let runs: usize = view.figures.iter().map(|point| point.outcomes.ended()).sum();
    let all: usize = open.iter().map(|point| point.outcomes.censored()).sum();
    let in_deadlock = if deadlocks > 0 { format!(" ({} in a deadlock)", grouped(deadlocks)) } else { String::new() };
    let time = view.info.leading().is_some_and(|(column, _)| view.info.columns[column].is_time_to_reach());
    let means = if time {
        "They count as later than everything, and a mean of days to which one belongs is unknown (-)."
    } else {
        "The figure covers only what moved in them; a small one is no merit."
    };
    Some(format!(
        "{} of {}{in_deadlock} do not complete, at {} of {}; most at point {} ({}): {} of {}. {means}",
        grouped(all),
        counted(runs, "run", "runs"),
        grouped(open.len()),
        counted(view.figures.len(), "point", "points"),
        worst.point,
        values(view, worst.point),
        grouped(worst.outcomes.censored()),
        grouped(worst.outcomes.ended()),
    ))
}

/// Whether there are several points and one figure; then none of them is the best.
fn all_the_same(view: &SweepView<'_>) -> bool {
    view.figures.len() > 1 && view.figures.windows(2).all(|pair| pair[0].value.is_some() && pair[0].value == pair[1].value)
}

/// Whether the intervals of two points leave each other out.
fn apart(a: &PointFigure, b: &PointFigure) -> bool {
    b.value.is_none() || a.ends[1] < b.ends[0] || b.ends[1] < a.ends[0]
}

/// The command that runs the best point with a fresh seed.
fn again(view: &SweepView<'_>) -> Option<String> {
    let ranked = ranked(view);
    let best = ranked.first().filter(|best| best.value.is_some() && ranked.len() > 1 && !all_the_same(view))?;
    let n = view.info.replications.max(1000);
    let arguments = (view.arguments)(best.point);
    let space = if arguments.is_empty() { "" } else { " " };
    Some(format!("convoysim run {}{space}{arguments} -n {n} --seed {}", quoted_path(view.base.as_bytes()), view.info.seed.wrapping_add(1)))
}

#[cfg(test)]
mod tests;
