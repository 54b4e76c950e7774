//! What stands under the table of a variant: what changed, what must not worsen, what is open, what pairing bought.

use super::super::precision::{got, shortfalls};
use crate::report::difference::{amount, places_of, words};
use crate::report::terminal::paragraphs::Paragraphs;
use crate::report::words::{capital, counted, figure, grouped, plain, points, signed, wrapped};
use crate::results::{Change, Comparison, Contrast, PairedResponse, Side, Split};
use crate::stats::Interval;

/// Changes told one by one.
const TOLD: usize = 6;

pub(super) fn notes(page: &mut Paragraphs, comparison: &Comparison, contrast: &Contrast) {
    changed(page, contrast);
    if let Some(split) = &contrast.split {
        self::split(page, split);
    }
    must_not_worsen(page, contrast);
    open(page, contrast);
    too_small(page, contrast);
    precise(page, comparison, contrast);
    pairing(page, comparison, contrast);
    cautions(page, comparison, contrast);
}

/// `Changed: border.lanes 2 -> 3. Nothing else differs.`
fn changed(page: &mut Paragraphs, contrast: &Contrast) {
    let changes: Vec<&Change> = contrast.material_changes().collect();
    let told: Vec<String> = changes.iter().take(TOLD).map(|change| in_words(change)).collect();
    let text = match changes.len() {
        0 => "Changed: nothing that a replication depends on.".into(),
        n if n <= TOLD => format!("Changed: {}. Nothing else differs.", told.join("; ")),
        n => format!("Changed: {}; and {} more, which `convoysim diff` lists.", told.join("; "), n - TOLD),
    };
    page.say(&text);
}

fn in_words(change: &Change) -> String {
    match &change.values {
        [None, Some(new)] => format!("{} added ({new})", change.path),
        [Some(old), None] => format!("{} removed ({old})", change.path),
        [old, new] => format!("{} {} -> {}", change.path, old.as_deref().unwrap_or("-"), new.as_deref().unwrap_or("-")),
    }
}

fn split(page: &mut Paragraphs, split: &Split) {
    page.gap();
    page.say(&format!(
        "What each change contributes to {} (Shapley values: the mean over all orders of making the changes; {}, {} each, same random numbers):",
        words(&split.response),
        counted(split.scenarios, "scenario", "scenarios"),
        counted(split.pairs, "run", "runs"),
    ));
    let figure = |interval: &Interval| {
        if interval.lower == interval.upper && interval.estimate == 0.0 {
            return "0 in every run".into();
        }
        let places = places_of(interval);
        let end = |x: f64| signed(x, places);
        format!("{} ({} to {})", end(interval.estimate), end(interval.lower), end(interval.upper))
    };
    for (change, interval) in &split.parts {
        let number = figure(interval);
        for (i, line) in wrapped(change, 50).iter().enumerate() {
            let number = if i == 0 { number.as_str() } else { "" };
            page.text.push_str(format!("  {line:<50}  {number}").trim_end());
            page.text.push('\n');
        }
    }
    page.text.push_str(&format!("  {:<50}  {}\n", "all together", figure(&split.total)));
    page.gap();
}

fn must_not_worsen(page: &mut Paragraphs, contrast: &Contrast) {
    let told: Vec<String> = contrast
        .responses
        .iter()
        .filter(|one| one.must_not_worsen)
        .map(|one| format!("{}: {}", words(&one.info), one.verdict(one.mean())))
        .collect();
    if !told.is_empty() {
        page.say(&format!("Must not worsen: {}.", told.join("; ")));
    }
    if !contrast.missing.is_empty() {
        page.say(&format!("Not compared, because one of the two has no such response: {}.", contrast.missing.join(", ")));
    }
}

/// What is not resolved, and for what was asked for how many pairs would resolve it.
fn open(page: &mut Paragraphs, contrast: &Contrast) {
    let open: Vec<&PairedResponse> = contrast.responses.iter().filter(|one| one.is_unresolved()).collect();
    if open.is_empty() {
        return;
    }
    let names: Vec<String> = open.iter().map(|one| words(&one.info)).collect();
    let wanted = |one: &&PairedResponse| {
        if !one.too_small.stated && !one.must_not_worsen {
            return None;
        }
        let pairs = one.figures.iter().filter_map(|figure| figure.pairs_wanted).max()?;
        Some(format!("about {} pairs would bring {} to ±{}", grouped(pairs), words(&one.info), amount(one.too_small.amount)))
    };
    let wanted: Vec<String> = open.iter().filter_map(wanted).collect();
    let more = if wanted.is_empty() { String::new() } else { format!(" {}.", capital(&wanted.join("; "))) };
    page.say(&format!("Not resolved: {}.{more}", names.join(", ")));
}

fn too_small(page: &mut Paragraphs, contrast: &Contrast) {
    let stated: Vec<String> = contrast
        .responses
        .iter()
        .filter(|one| one.too_small.stated)
        .map(|one| format!("{} {} {}", words(&one.info), amount(one.too_small.amount), one.info.unit).trim_end().to_owned())
        .collect();
    let text = match (stated.is_empty(), stated.len() == contrast.responses.len()) {
        (true, _) => "1% of the mean of the base; the base scenario gives no [compare]".into(),
        (false, true) => stated.join(", "),
        (false, false) => format!("{} (as the base scenario says); of the others 1% of the mean of the base", stated.join(", ")),
    };
    page.say(&format!("Too small to matter: {text}."));
}

/// What it bought to run both under the same random numbers, for the first response.
fn pairing(page: &mut Paragraphs, comparison: &Comparison, contrast: &Contrast) {
    if !comparison.common {
        page.say("Pairing: none. Without --no-crn both scenarios meet the same weather and the same breakdowns, and the intervals say what that buys.");
        return;
    }
    if let Some((one, gain)) = contrast.responses.first().and_then(|one| Some((one, one.gain?))) {
        let pairs = contrast.pairs.len();
        let words = words(&one.info);
        let ratio = two(gain.variance_ratio);
        let ratio = format!("Pairing: the differences of {words} have {ratio} times the variance of independent runs");
        let correlation = gain.correlation.map_or_else(String::new, |r| format!(" (correlation {})", two(r)));
        let saved = match gain.independent_replications {
            None => return page.say(&format!("Pairing: {words} are the same in every pair.")),
            Some(needed) if needed.round() as usize > pairs => {
                let needed = needed.round() as usize;
                format!(
                    "; those would need {} replications for the same interval: {} of each scenario saved.",
                    grouped(needed),
                    grouped(needed - pairs)
                )
            }
            Some(_) => "; nothing was saved.".into(),
        };
        page.say(&format!("{ratio}{correlation}{saved}"));
    }
    let backfired = contrast.responses.iter().filter_map(|one| Some((one, one.gain.filter(|gain| gain.backfired())?)));
    let backfired: Vec<String> =
        backfired.map(|(one, gain)| format!("{} (variance ratio {})", words(&one.info), two(gain.variance_ratio))).collect();
    if !backfired.is_empty() {
        page.note(&format!("Pairing backfired for {}: --no-crn would be more precise there.", backfired.join(", ")));
    }
}

fn two(x: f64) -> String {
    figure(x, 2)
}

/// Runs that did not end, failed or were interrupted; intervals not to be trusted.
/// What `--until` wanted of the differences, and how precise they are.
fn precise(page: &mut Paragraphs, comparison: &Comparison, contrast: &Contrast) {
    for one in contrast.precision.iter().filter(|one| one.met()) {
        let wish = one.condition.text.replace(" +- ", " within ");
        page.say(&format!("Precise enough, of the differences: {wish}: {}.", got(one)));
    }
    if !comparison.interrupted {
        for text in shortfalls(&contrast.precision, contrast.pairs.len(), ["pair", "pairs"]) {
            page.note(&text);
        }
    }
}

fn cautions(page: &mut Paragraphs, comparison: &Comparison, contrast: &Contrast) {
    let (base, variant) = (&comparison.base, &contrast.variant);
    if base.censored + variant.censored > 0 {
        let of = |side: &Side| {
            let deadlocks = if side.deadlocks > 0 { format!(" ({} in a deadlock)", grouped(side.deadlocks)) } else { String::new() };
            format!("{} of {} of {}{deadlocks}", grouped(side.censored), counted(side.replications, "run", "runs"), side.label)
        };
        page.note(&format!(
            "{} and {} did not complete within {} days. They count as later than everything: means of days are then unknown, and the verdict \
             on them is about which scenario completes more often. Other figures cover only what moved in those runs; a small one is no merit.",
            of(base),
            of(variant),
            plain(comparison.horizon_days)
        ));
    }
    if base.failed + variant.failed > 0 {
        page.note(&format!(
            "{} of {} and {} of {} failed; their pairs are left out.",
            counted(base.failed, "run", "runs"),
            base.label,
            grouped(variant.failed),
            variant.label
        ));
    }
    if comparison.interrupted {
        let asked = counted(comparison.requested as usize, "pair", "pairs");
        page.note(&format!("Interrupted after {} of {asked}; what had finished is compared.", grouped(contrast.pairs.len())));
    }
    for one in &contrast.responses {
        if let Some(wanted) = one.mean().skewed {
            let level = points(comparison.level);
            page.note(&format!(
                "{}: the differences are skewed; below {} pairs the interval covers less often than the {level}% it says.",
                capital(&words(&one.info)),
                grouped(wanted)
            ));
        }
    }
}
