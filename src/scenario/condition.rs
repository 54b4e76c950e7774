//! `--until`: how precisely responses are to be known, as in `p80(days_to_completion) +- 0.5 d, mean(bus_km) +- 5 %`.
//!
//! A condition is a number of the distribution of a response, in brackets, then `+-` (or `±`), then how far the truth may lie from the
//! estimate. The number is a `mean`, a quantile `p1` to `p99`, or a `share` of runs: `share(days_to_completion <= 35 d)`, or
//! `share(deadline)` for the bound of an objective. How far is a quantity in the unit of the response, a part of the estimate in `%`, or
//! for a share `points`, hundredths of all runs.

use super::problem::{Place, Problem, ProblemKind, did_you_mean};
use super::quantity::{Decimal, Wrong, leading};
use super::response_unit::{ResponseUnit, is_time_to_reach};
use super::scenario_type::{Bound, Objective};

/// A number of the distribution of a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Its mean.
    Mean,
    /// The quantile of this probability, strictly between 0 and 1.
    Quantile(f64),
    /// The share of runs that keep this bound.
    Share(Bound),
}

/// How far the truth may lie from the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// This much, in the response's unit; for a share as a part of 1.
    Absolute(f64),
    /// This part of it.
    Relative(f64),
}

/// One wish for precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As written, without needless blanks.
    pub text: String,
    /// Name of the response.
    pub response: String,
    /// The number.
    pub statistic: Statistic,
    /// How far from it the truth may lie.
    pub limit: Limit,
}

/// What a condition may speak of.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// Names of all responses.
    pub responses: &'k [&'k str],
    /// Objectives, whose bounds `share(id)` takes.
    pub objectives: &'k [Objective],
    /// The shortest horizon of the runs, in days: what happens later is not known.
    pub horizon_days: f64,
}

/// Reads conditions joined by commas.
///
/// # Errors
///
/// What is wrong with each condition that cannot be read, with its column; places are those of a text named `--until`.
pub fn conditions(text: &str, known: Known<'_>) -> Result<Vec<Condition>, Vec<Problem>> {
    let line = text.replace(['\n', '\r', '\t'], " ");
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for part in parts(&line) {
        match condition(part, known) {
            Ok(condition) => read.push(condition),
            Err(mistake) => problems.push(mistake.problem(&line)),
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

/// A stretch of the text, which knows where it lies.
#[derive(Clone, Copy)]
struct Part<'t> {
    /// All of the text.
    line: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Part<'t> {
    fn text(self) -> &'t str {
        &self.line[self.start..self.end]
    }

    fn trimmed(self) -> Self {
        let text = self.text();
        let start = self.start + text.len() - text.trim_start().len();
        Self { start, end: start + text.trim().len(), ..self }
    }

    /// What stands before and behind the first place of a sign.
    fn cut(self, sign: &str) -> Option<(Self, Self)> {
        let at = self.start + self.text().find(sign)?;
        Some((Self { end: at, ..self }.trimmed(), Self { start: at + sign.len(), ..self }.trimmed()))
    }

    fn wrong(self, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        // Where something is missing, the place behind the text is meant.
        Mistake { start: self.start, end: self.end, message: message.into(), help: help.into() }
    }
}

struct Mistake {
    start: usize,
    end: usize,
    message: String,
    help: String,
}

impl Mistake {
    fn problem(self, line: &str) -> Problem {
        let characters = |from: usize, to: usize| line[from..to].chars().count();
        Problem {
            kind: ProblemKind::Scenario,
            place: Place { file: "--until".into(), line: 1, column: characters(0, self.start) + 1 },
            length: characters(self.start, self.end).max(1),
            line: line.to_owned(),
            cut: 0,
            message: self.message,
            help: (!self.help.is_empty()).then_some(self.help),
            order: (0, self.start),
        }
    }
}

const EXAMPLE: &str = "write for example \"p80(days_to_completion) +- 0.5 d\"";

/// The conditions, cut at commas that stand neither in brackets nor within a number.
fn parts(line: &str) -> Vec<Part<'_>> {
    let digit = |at: usize| line.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth <= 0 && !(at > 0 && digit(at - 1) && digit(at + 1)) => {
                parts.push(Part { line, start, end: at }.trimmed());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(Part { line, start, end: line.len() }.trimmed());
    parts
}

fn condition(part: Part<'_>, known: Known<'_>) -> Result<Condition, Mistake> {
    if part.text().is_empty() {
        return Err(part.wrong("there is no condition here", EXAMPLE));
    }
    let Some((word, rest)) = part.cut("(") else {
        return Err(part.wrong(format!("{:?} names no response in brackets", part.text()), EXAMPLE));
    };
    let Some((inside, behind)) = rest.cut(")") else {
        return Err(rest.wrong("the bracket is never closed", EXAMPLE));
    };
    let (response, statistic) = match word.text() {
        "share" => share(inside, known)?,
        _ => (response(inside, known)?, mean_or_quantile(word)?),
    };
    let sign = ["+-", "+/-", "±"].into_iter().find(|sign| behind.text().starts_with(sign));
    let Some(width) = sign.map(|sign| Part { start: behind.start + sign.len(), ..behind }.trimmed()) else {
        let at = if behind.text().is_empty() { Part { start: part.end, ..part } } else { behind };
        return Err(at.wrong("how precise is not said", format!("write +- and how far, as in \"+- {}\"", example(&response, statistic))));
    };
    if width.text().is_empty() {
        let help = format!("write it behind the sign, as in \"+- {}\"", example(&response, statistic));
        return Err(behind.wrong("how precise is not said", help));
    }
    let limit = limit(width, &response, statistic)?;
    let text = format!("{}({}) +- {}", word.text(), inside.text(), width.text());
    Ok(Condition { text, response, statistic, limit })
}

/// Reads a bound on a number, as in `p80(days_to_completion) <= 36 d`.
///
/// # Errors
///
/// What is wrong with it, with its column.
pub fn bounded(text: &str, known: Known<'_>) -> Result<(String, Statistic, Bound), Vec<Problem>> {
    let line = text.replace(['\n', '\r', '\t'], " ");
    let part = Part { line: &line, start: 0, end: line.len() }.trimmed();
    read_bounded(part, known).map_err(|mistake| vec![mistake.problem(&line)])
}

fn read_bounded(part: Part<'_>, known: Known<'_>) -> Result<(String, Statistic, Bound), Mistake> {
    const EXAMPLE: &str = "write for example \"p80(days_to_completion) <= 36 d\"";
    let Some((word, rest)) = part.cut("(") else {
        return Err(part.wrong(format!("{:?} names no response in brackets", part.text()), EXAMPLE));
    };
    // A share has a sign of its own within the brackets.
    let Some(close) = rest.text().rfind(')').map(|at| rest.start + at) else {
        return Err(rest.wrong("the bracket is never closed", EXAMPLE));
    };
    let inside = Part { end: close, ..rest }.trimmed();
    let behind = Part { start: close + 1, ..rest }.trimmed();
    let (response, statistic) = match word.text() {
        "share" => share(inside, known)?,
        _ => (response(inside, known)?, mean_or_quantile(word)?),
    };
    let sides = [("<=", Bound::AtMost as fn(f64) -> Bound), (">=", Bound::AtLeast)];
    let Some((sign, side)) = sides.into_iter().find(|(sign, _)| behind.text().starts_with(sign)) else {
        let at = if behind.text().is_empty() { Part { start: part.end, ..part } } else { behind };
        return Err(at.wrong("the bound is not said", EXAMPLE));
    };
    let bound = Part { start: behind.start + sign.len(), ..behind }.trimmed();
    if matches!(statistic, Statistic::Share(_)) {
        return match super::quantity::share(bound.text()).map(Decimal::real) {
            Ok(share) if (0.0..=1.0).contains(&share) => Ok((response, statistic, side(share))),
            Ok(_) => Err(bound.wrong(format!("{:?} is no share of runs", bound.text()), "write a number from 0 to 1, or 80 %")),
            Err(wrong) => Err(bound.wrong(format!("{:?} {}", bound.text(), wrong.why), wrong.help)),
        };
    }
    let value = ResponseUnit::of(&response).read(bound.text()).map_err(|wrong| not_a_quantity(bound, &response, &wrong))?;
    within_horizon(bound, &response, value, known)?;
    Ok((response, statistic, side(value)))
}

/// Refuses a bound on a time that is beyond the horizon: whether a run that is still under way at the horizon keeps it is not known.
fn within_horizon(part: Part<'_>, response: &str, bound: f64, known: Known<'_>) -> Result<(), Mistake> {
    let horizon = known.horizon_days;
    if !is_time_to_reach(response) || bound <= horizon {
        return Ok(());
    }
    let message =
        format!("{:?} asks beyond the horizon, day {horizon}: what runs that are still under way then would do is not known", part.text());
    Err(part.wrong(message, format!("raise scenario.horizon, or ask for at most {horizon} d")))
}

fn mean_or_quantile(word: Part<'_>) -> Result<Statistic, Mistake> {
    let text = word.text();
    let percent = text.strip_prefix('p').filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    match (text, percent) {
        ("mean", _) => Ok(Statistic::Mean),
        ("median", _) => Ok(Statistic::Quantile(0.5)),
        (_, Some(percent)) => match Decimal::read(percent).map(Decimal::real) {
            Ok(percent) if percent > 0.0 && percent < 100.0 => Ok(Statistic::Quantile(percent / 100.0)),
            _ => Err(word.wrong(format!("{text:?} is no quantile"), "quantiles lie between p0 and p100, as p80 does")),
        },
        ("", _) => Err(word.wrong("which number of the response is not said", "write mean(...), a quantile p80(...), or share(...)")),
        _ => {
            let near = did_you_mean(text, ["mean", "median", "share"]);
            let help = near.map_or_else(|| "write mean, a quantile such as p80, or share".into(), |near| format!("did you mean {near:?}?"));
            Err(word.wrong(format!("there is no number called {text:?}"), help))
        }
    }
}

fn response(part: Part<'_>, known: Known<'_>) -> Result<String, Mistake> {
    let name = part.text();
    if known.responses.contains(&name) {
        return Ok(name.to_owned());
    }
    let near = did_you_mean(name, known.responses.iter().copied());
    let help = near.map_or_else(|| "summary.json of a run lists all responses".into(), |near| format!("did you mean {near:?}?"));
    let message = if name.is_empty() { "no response is named".to_owned() } else { format!("there is no response {name:?}") };
    Err(part.wrong(message, help))
}

/// `response <= bound`, `response >= bound`, or the id of an objective.
fn share(inside: Part<'_>, known: Known<'_>) -> Result<(String, Statistic), Mistake> {
    for (sign, side) in [("<=", Bound::AtMost as fn(f64) -> Bound), (">=", Bound::AtLeast)] {
        if let Some((name, bound)) = inside.cut(sign) {
            let name = response(name, known)?;
            let value = ResponseUnit::of(&name).read(bound.text()).map_err(|wrong| not_a_quantity(bound, &name, &wrong))?;
            within_horizon(bound, &name, value, known)?;
            return Ok((name, Statistic::Share(side(value))));
        }
    }
    let id = inside.text();
    if let Some(objective) = known.objectives.iter().find(|objective| objective.id == id) {
        let (Bound::AtMost(value) | Bound::AtLeast(value)) = objective.bound;
        within_horizon(inside, &objective.response, value, known)?;
        return Ok((objective.response.clone(), Statistic::Share(objective.bound)));
    }
    if known.responses.contains(&id) {
        let help = format!("write \"share({id} <= {})\", or >=", ResponseUnit::of(id).example());
        return Err(inside.wrong(format!("the share of runs in which {id} does what?"), help));
    }
    let near = did_you_mean(id, known.objectives.iter().map(|objective| objective.id.as_str()));
    let help = near.map_or_else(
        || "write a bound, as in \"share(days_to_completion <= 35 d)\", or the id of an objective".into(),
        |near| format!("did you mean {near:?}?"),
    );
    Err(inside.wrong(format!("{id:?} is neither a bound on a response nor an objective"), help))
}

/// How far, for the message that it is not said.
fn example(response: &str, statistic: Statistic) -> &'static str {
    if matches!(statistic, Statistic::Share(_)) { "2 points" } else { ResponseUnit::of(response).example_width() }
}

fn limit(part: Part<'_>, response: &str, statistic: Statistic) -> Result<Limit, Mistake> {
    let text = part.text();
    let share = matches!(statistic, Statistic::Share(_));
    let positive = |value: f64| {
        if value > 0.0 { Ok(value) } else { Err(part.wrong(format!("{text:?} must be above 0: no number of runs gives more"), "")) }
    };
    let number = |digits: &str| {
        if leading(digits.trim()).0.is_empty() {
            let help = format!("write \"+- {}\"", example(response, statistic));
            return Err(part.wrong(format!("{text:?} does not begin with a number"), help));
        }
        Decimal::read(digits).map(Decimal::real).map_err(|wrong| part.wrong(format!("{text:?} {}", wrong.why), wrong.help))
    };
    if let Some(digits) = text.strip_suffix('%') {
        if share {
            let help = format!("write \"{} points\" for so many runs in a hundred", digits.trim());
            return Err(part.wrong("% of a share can mean two things", help));
        }
        return Ok(Limit::Relative(positive(number(digits)?)? / 100.0));
    }
    if share {
        if let Some(digits) = text.strip_suffix("points").or_else(|| text.strip_suffix("point")) {
            return Ok(Limit::Absolute(positive(number(digits)?)? / 100.0));
        }
        return match positive(number(text)?)? {
            value if value < 1.0 => Ok(Limit::Absolute(value)),
            _ => Err(part.wrong("a share lies between 0 and 1", format!("write \"{text} points\" for so many runs in a hundred"))),
        };
    }
    let value = ResponseUnit::of(response).read(text).map_err(|wrong| not_a_quantity(part, response, &wrong))?;
    Ok(Limit::Absolute(positive(value)?))
}

fn not_a_quantity(part: Part<'_>, response: &str, wrong: &Wrong) -> Mistake {
    let unit = ResponseUnit::of(response);
    let help = if wrong.why == "has no unit" { format!("write \"{} {}\"", part.text(), unit.word()) } else { wrong.help.clone() };
    part.wrong(format!("{:?} {}; {response} is {}", part.text(), wrong.why, unit.words()), help)
}

#[cfg(test)]
mod tests;
