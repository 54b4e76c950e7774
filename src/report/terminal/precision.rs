//! What `--until` wanted, and how precise it is: while it runs and when it is done.

use super::{Page, View};
use crate::report::style::Style;
use crate::report::words::{counted, figure, grouped, wrapped};
use crate::results::Reached;
use crate::stats::Estimand;
use std::fmt::Write as _;

/// How far a run still has to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Towards {
    /// `P80 36 ±1.4 → ±1.0 d, about 900 more`.
    pub text: String,
    /// Further runs that are expected, where that can be told.
    pub more: Option<usize>,
}

/// The condition that is furthest from being met; nothing without conditions.
#[must_use]
pub fn towards(reached: &[Reached]) -> Option<Towards> {
    let furthest = reached.iter().max_by_key(|one| one.expected().unwrap_or(usize::MAX))?;
    let name = match furthest.condition.estimand {
        Estimand::Mean => "mean".into(),
        Estimand::Quantile(p) => format!("P{}", (p * 1e4).round() / 1e2),
        Estimand::ShareAtMost(_) | Estimand::ShareAtLeast(_) => "share".into(),
    };
    let more = furthest.expected().map(|expected| expected.saturating_sub(furthest.n));
    let text = match (furthest.interval, furthest.half_width(), furthest.wanted()) {
        (Some(interval), Some(half_width), Some(wanted)) => {
            let scale = Scale::of(furthest);
            let of = |x: f64| scale.figure(x, wanted);
            let text = format!("{name} {} ±{} → ±{}{}", of(interval.estimate), of(half_width), of(wanted), scale.unit);
            match more {
                Some(more) if more > 0 => format!("{text}, about {} more", grouped(rounded(more))),
                _ => text,
            }
        }
        _ => format!("{name} not known yet"),
    };
    Some(Towards { text, more })
}

/// In what an estimate is told: its own unit, or percent.
struct Scale {
    factor: f64,
    /// With a blank before it where it is a word.
    unit: String,
}

impl Scale {
    fn of(reached: &Reached) -> Self {
        let condition = &reached.condition;
        match (condition.estimand.is_share(), condition.unit.as_str()) {
            (true, _) => Self { factor: 100.0, unit: "%".into() },
            (false, "") => Self { factor: 1.0, unit: String::new() },
            (false, unit) => Self { factor: 1.0, unit: format!(" {unit}") },
        }
    }

    /// A figure with as many decimals as make two digits of `width`.
    fn figure(&self, x: f64, width: f64) -> String {
        let (mut width, mut places) = (width * self.factor, 0);
        while width > 0.0 && width < 9.95 && places < 6 {
            width *= 10.0;
            places += 1;
        }
        figure(x * self.factor, places)
    }
}

/// One line a condition, and what would do where it is not met.
pub(super) fn precision(page: &mut Page, view: &View<'_>, style: Style) {
    let Some(until) = &view.info.until else { return };
    let heading = match until.conditions.len() {
        1 => "PRECISION (95% interval)".to_owned(),
        _ => "PRECISION (intervals that hold together with 95%)".to_owned(),
    };
    writeln!(page.0, "{}", style.strong(&heading)).expect("a String takes everything");
    for one in &view.summary.precision {
        let word = if one.met() { "reached    ".to_owned() } else { style.caution("not reached") };
        let (wish, got) = (wrapped(&one.condition.text.replace(" +- ", " within ").replace(" %", "%"), 36), wrapped(&got(one), 27));
        for i in 0..wish.len().max(got.len()) {
            let line = |lines: &[String]| lines.get(i).cloned().unwrap_or_default();
            let word = if i == 0 { word.as_str() } else { "           " };
            let text = format!("  {word}  {:<36}  {}", line(&wish), line(&got));
            writeln!(page.0, "{}", text.trim_end()).expect("a String takes everything");
        }
    }
}

/// `35 (34.6 to 35.4) d`.
pub(super) fn got(one: &Reached) -> String {
    let Some(interval) = one.interval else { return "unknown".into() };
    let (scale, width) = (Scale::of(one), one.half_width().unwrap_or(1.0));
    let end = |x: f64| if x.is_finite() { scale.figure(x, width) } else { "?".into() };
    format!("{} ({} to {}){}", end(interval.estimate), end(interval.lower), end(interval.upper), scale.unit)
}

/// What is to be said of conditions that are not met with `n` runs or pairs, in a sentence each.
#[must_use]
pub fn shortfalls(reached: &[Reached], n: usize, [one, many]: [&str; 2]) -> Vec<String> {
    let runs = counted(n, one, many);
    let missing = reached.iter().filter(|one| !one.met());
    let sentence = |reached: &Reached| {
        let wish = &reached.condition.text;
        if reached.lost {
            return format!(
                "{wish}: stopped after {runs}, because in some of them {} was not reached within the horizon. Its mean is unknown \
                 then, and more {many} would not help. Ask for a quantile, as in p80({0}), or for a longer horizon.",
                reached.condition.response
            );
        }
        let more = match reached.expected() {
            Some(expected) => format!("about {} would do (--at-most)", counted(rounded(expected), one, many)),
            None => "how many would do cannot be told from these".into(),
        };
        let known = reached.half_width().map_or_else(
            || "is not bounded on both sides".into(),
            |half_width| {
                let scale = Scale::of(reached);
                let unit = if scale.unit == "%" { " points" } else { &scale.unit };
                format!("is known to within {}{unit}", scale.figure(half_width, half_width))
            },
        );
        format!("{wish}: not reached with the {runs} that were allowed. It {known}; {more}.")
    };
    missing.map(sentence).collect()
}

/// Two digits, rounded up: a hint should not look like a promise.
pub(super) fn rounded(n: usize) -> usize {
    let mut step = 1;
    while n / step >= 100 {
        step *= 10;
    }
    n.div_ceil(step) * step
}
