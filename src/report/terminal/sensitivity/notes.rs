//! What stands below a table: which order is open, what is chance, what the figures do not hold.

use crate::report::outcomes::partial;
use crate::report::sensitivity::{listed, stands_out};
use crate::report::terminal::paragraphs::Paragraphs;
use crate::report::words::{figure, grouped, percent, plain, points};
use crate::results::{Measures, ResponseSensitivity, Sensitivity, SensitivityDesign};
use crate::stats::Interval;
use crate::stats::sensitivity::SobolIndices;

/// Notes on one response.
pub(super) fn of_response(page: &mut Paragraphs, analysis: &Sensitivity, response: &ResponseSensitivity) {
    let label = |factor: &usize| analysis.factors[*factor].label.as_str();
    for group in response.measures.groups().iter().filter(|group| group.len() > 1) {
        page.note(&format!("Order not known: {}.", listed(&group.iter().map(label).collect::<Vec<_>>())));
    }
    let lost: Vec<usize> = response.measures.ranking().into_iter().filter(|factor| !stands_out(&response.measures, *factor)).collect();
    if !lost.is_empty() {
        let names = listed(&lost.iter().map(label).collect::<Vec<_>>());
        page.note(&format!("Not told apart from an input without effect: {names}."));
    }
    match &response.measures {
        Measures::Sobol(found) => of_indices(page, analysis, found),
        Measures::Morris(found) => {
            let runs = found.noise_variance.map_or_else(
                || "One run a point: noise cannot be told from inputs, and is in every figure.".to_owned(),
                |variance| {
                    let sd = variance.sqrt();
                    format!("Runs of the same point differ with a standard deviation of {}.", plain(sd))
                },
            );
            page.note(&runs);
            left_out(page, found.left_out, found.trajectories, "trajectories");
        }
        Measures::Unknown if analysis.is_refused(response) => page.note(
            "No index is computed: an expected time is infinite at every point where a run may not complete, and leaving those points out \
             would describe another plan. Use a response that every run has, such as accepted_people, or narrow the \
             ranges to plans that complete.",
        ),
        Measures::Unknown => page.note(
            "Too few points have all their values (a run that does not finish has none for a time), or the expected value does not vary \
             beyond noise.",
        ),
    }
}

fn of_indices(page: &mut Paragraphs, analysis: &Sensitivity, found: &SobolIndices) {
    let share = |one: &Interval| format!("{} ({} to {})", figure(one.estimate, 2), figure(one.lower, 2), figure(one.upper, 2));
    let sum = &found.sum_of_first;
    let together = match (sum.lower, sum.upper) {
        (_, upper) if upper < 1.0 => "the rest is due to inputs acting together",
        (lower, upper) if upper.is_finite() && lower.is_finite() => "whether inputs also act together cannot be told",
        _ => "so inputs cannot be told from noise",
    };
    page.note(&format!("Inputs each alone make {} of the variance; {together}.", share(sum)));
    let label = |factor: usize| analysis.factors[factor].label.as_str();
    let seen = found.pairs.iter().filter(|pair| pair.index.lower > 0.0);
    let seen: Vec<String> =
        seen.map(|pair| format!("{} with {} {}", label(pair.factors[0]), label(pair.factors[1]), share(&pair.index))).collect();
    if !found.pairs.is_empty() {
        let found = if seen.is_empty() { "none clears its interval".to_owned() } else { seen.join("; ") };
        page.note(&format!("Pairs beyond each alone: {found}."));
    }
    match (&found.noise_share, found.floor) {
        (Some(noise), Some(floor)) => page.note(&format!(
            "Chance makes {} ({} to {}) of the variance of a single run. It is taken off; left in, an input without effect would show a \
             total of {}.",
            percent(noise.estimate),
            points(noise.lower),
            points(noise.upper),
            figure(floor.total_uncorrected, 2)
        )),
        _ => page.note("One run a point: noise cannot be told from inputs, and is in every figure."),
    }
    if found.first.iter().chain(&found.total).any(|one| one.estimate < 0.0) {
        page.note("An estimate below 0 is a small index with its error; it is shown as it came.");
    }
    left_out(page, found.left_out, found.rows, "rows");
}

fn left_out(page: &mut Paragraphs, out: usize, used: usize, what: &str) {
    if out > 0 {
        page.note(&format!(
            "{} of {} {what} left out: a run there failed or has no value. What is said holds for the others only.",
            grouped(out),
            grouped(out + used)
        ));
    }
}

/// Notes on the whole.
pub(super) fn of_all(page: &mut Paragraphs, analysis: &Sensitivity) {
    let ranges: Vec<String> = analysis.factors.iter().map(|one| format!("{} {} to {}", one.label, one.ends[0], one.ends[1])).collect();
    page.say(&format!("Ranges: {}. Other ranges give other figures.", ranges.join("; ")));
    let what = match analysis.design {
        SensitivityDesign::Morris { .. } => {
            "Mean size: how far the response moves over the whole range of an input, whichever way. Spread beside it: the effect is curved, or \
             depends on other inputs. Intervals: 95%, over trajectories."
        }
        SensitivityDesign::Sobol { .. } => {
            "Alone: the share of variance that would go if this input were known. Total: the share that would stay if all others were. \
             Intervals: 95%, over independent blocks of rows."
        }
    };
    page.say(what);
    if let Some(text) = partial(analysis.outcomes.censored(), analysis.outcomes.ended(), "") {
        page.note(&text);
    }
    let knows = analysis.responses.iter().all(|response| match &response.measures {
        Measures::Morris(found) => found.knows_seeds,
        Measures::Sobol(found) => found.knows_seeds,
        Measures::Unknown => true,
    });
    match (analysis.common, knows) {
        (true, true) => page.say(
            "With the same random numbers at every point an input without any effect shows exactly 0; the line for one stands for an input \
             that only makes chance fall otherwise. Intervals allow for other seeds.",
        ),
        (true, false) => page
            .say("Conditional on the seeds: with the same random numbers at every point it takes three runs a point to allow for others."),
        (false, _) => page.say("An input without effect stays below its line in 95 of 100 such studies."),
    }
}
