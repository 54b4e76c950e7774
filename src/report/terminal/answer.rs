//! The one sentence that answers.

use super::View;
use crate::report::outcomes::sentences;
use crate::report::words::{counted, day, grouped, plain, points};
use crate::results::{Bound, Verdict};

/// The answer in one sentence (two where one run or none is all there is), behind how many runs did not complete, and why.
///
/// With an objective on `days_to_completion` it says how many runs keep it; otherwise by which day 8 in 10 are done. Days are whole,
/// rounded up.
#[must_use]
pub fn answer(view: &View<'_>) -> String {
    let mut said = sentences(&view.summary.outcomes, view.summary.reason.as_ref(), view.info.horizon_days);
    said.push(days(view));
    said.join(" ")
}

fn days(view: &View<'_>) -> String {
    let (runs, censored) = (view.summary.replications, view.summary.censored);
    let horizon = format!("{} days", plain(view.info.horizon_days));
    let days = view.summary.response("days_to_completion");
    let p80 = days.and_then(|days| days.quantile("p80"));
    match runs {
        0 if view.info.interrupted => "No run had finished.".into(),
        0 => "No run came to an end, so there is no answer; failures.csv says why.".into(),
        1 => match days.and_then(|days| days.min) {
            Some(days) => format!(
                "In this one run the movement is done within day {} ({} days). One run does not show how much runs differ.",
                day(days),
                plain(days)
            ),
            None => format!("In this one run the movement is not done within {horizon}."),
        },
        _ if censored == runs => format!("In none of {} is the movement done within {horizon}.", counted(runs, "run", "runs")),
        _ => match (deadline(view), p80) {
            (Some(verdict), _) => kept(verdict),
            (None, Some((days, _))) => format!("In 8 of 10 runs the movement is done within day {}.", day(days)),
            (None, None) => {
                let (done, runs) = (grouped(runs - censored), counted(runs, "run", "runs"));
                format!("In {done} of {runs} the movement is done within {horizon}: fewer than 8 in 10.")
            }
        },
    }
}

/// The objective on the day of completion.
fn deadline<'r>(view: &View<'r>) -> Option<&'r Verdict> {
    let on_completion = |verdict: &&Verdict| verdict.objective.response == "days_to_completion";
    view.summary.objectives.iter().filter(on_completion).find(|verdict| matches!(verdict.objective.bound, Bound::AtMost(_)))
}

fn kept(verdict: &Verdict) -> String {
    let Bound::AtMost(bound) = verdict.objective.bound else { unreachable!("deadlines are upper bounds") };
    let (kept, runs) = (verdict.kept, verdict.runs);
    let often = if kept == runs {
        format!("In all {}", counted(runs, "run", "runs"))
    } else if kept == 0 {
        format!("In none of {}", counted(runs, "run", "runs"))
    } else if runs > 100 && (kept * 100).div_euclid(runs) >= 1 && kept * 100 < runs * 99 {
        format!("In {} of 100 runs", points(kept as f64 / runs as f64))
    } else {
        format!("In {} of {}", grouped(kept), counted(runs, "run", "runs"))
    };
    if verdict.not_known > 0 {
        let least = often.replacen("In none", "In 0", 1).replacen("In ", "In at least ", 1);
        let under_way = grouped(verdict.not_known);
        return format!(
            "{least} the movement is done by the end of day {}: {under_way} were still under way at the horizon.",
            plain(bound)
        );
    }
    let verb = if kept == 0 { format!("{often} is the movement") } else { format!("{often} the movement is") };
    if bound.fract() == 0.0 {
        format!("{verb} done within day {}.", plain(bound))
    } else {
        format!("{verb} done within {} days.", plain(bound))
    }
}
