//! Figures of a page that may leave the house: one rule for each kind of number (`docs/release.md`). Exact figures would confirm a guess at
//! the inputs, and a part of a day that is given to minutes tells when the sun sets.
//!
//! Every rule rounds inward: what is above none is never given as none, and what is below all is never given as all.

use super::words::percent;

/// Room for what binary fractions lose, so that 0.3 stays 0.3.
const TINY: f64 = 1e-9;

/// Days, or a part of them, up to a tenth: "by day 30" stays true or false.
pub(super) fn days(days: f64) -> f64 {
    (days * 10.0 - TINY).ceil().max(0.0) / 10.0
}

/// The error of a number of days, up to a tenth and at least that, since the days themselves are known no better.
pub(super) fn days_error(error: f64) -> f64 {
    days(error).max(0.1)
}

/// Hours to the nearest tenth; what is above 0 stays above it.
pub(super) fn hours(hours: f64) -> f64 {
    nearest(hours, 0.1)
}

/// A count without a known total, to the nearest ten; what is above 0 stays above it.
pub(super) fn tens(count: f64) -> f64 {
    nearest(count, 10.0)
}

/// The error of such a count, up to ten and at least that.
pub(super) fn tens_error(error: f64) -> f64 {
    ((error / 10.0 - TINY).ceil() * 10.0).max(10.0)
}

/// People out of `all`, to the nearest ten: none and all stay what they are, and nothing else becomes one of them.
pub(super) fn people(count: f64, all: f64) -> f64 {
    let whole = tens(all);
    if count >= all && all > 0.0 {
        // What is more than all, such as people counted once for each movement, is rounded by itself.
        return tens(count).max(whole);
    }
    if count <= 0.0 { tens(count) } else { tens(count).min(whole - 10.0).max(whole.min(20.0) / 2.0) }
}

/// A value to the nearest multiple of a step, or one step where that would be none.
fn nearest(value: f64, step: f64) -> f64 {
    let steps = (value.abs() / step).round();
    let steps = if value == 0.0 { 0.0 } else { steps.max(1.0) };
    // Tenths are divided, not multiplied, so that they are the nearest binary fractions.
    let size = if step < 1.0 { steps / (1.0 / step).round() } else { steps * step };
    size.copysign(value)
}

/// The step of shares of a time of `days`: at least a tenth of a day, and at least 5 points.
pub(super) fn share_step(days: f64) -> f64 {
    const STEPS: [f64; 5] = [0.05, 0.1, 0.2, 0.25, 0.5];
    STEPS.into_iter().find(|step| step * days >= 0.1 - TINY).unwrap_or(0.5)
}

/// A share of time to the nearest step; half a step from none or all where it is less than a step from it.
pub(super) fn share(share: f64, step: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        share.clamp(0.0, 1.0)
    } else if share < step - TINY {
        step / 2.0
    } else if share > 1.0 - step + TINY {
        1.0 - step / 2.0
    } else {
        (share / step).round() * step
    }
}

/// Such a share in words: `under 5%`, `35%`, `over 95%`; `None` is the step of a page that stays in the house.
pub(super) fn percent_in_steps(share: f64, step: Option<f64>) -> String {
    match step {
        Some(step) if share > 0.0 && share < step - TINY => format!("under {:.0}%", step * 100.0),
        Some(step) if share < 1.0 && share > 1.0 - step + TINY => format!("over {:.0}%", (1.0 - step) * 100.0),
        _ => percent(share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_parts_of_days_are_rounded_up_to_a_tenth() {
        assert_eq!([days(0.34), days(0.84), days(0.3), days(30.0), days(30.000_1), days(0.0)], [0.4, 0.9, 0.3, 30.0, 30.1, 0.0]);
        assert_eq!([days_error(0.0), days_error(0.03), days_error(0.53)], [0.1, 0.1, 0.6]);
    }

    #[test]
    fn people_below_the_total_are_never_the_total_and_people_above_none_never_none() {
        let of_800 = |count: f64| people(count, 800.0);
        assert_eq!([797.0, 798.0, 799.0, 800.0, 1.0, 4.0, 0.0, 236.0].map(of_800), [790.0, 790.0, 790.0, 800.0, 10.0, 10.0, 0.0, 240.0]);
        for all in 1..200 {
            for count in 0..=all {
                let (given, whole) = (people(f64::from(count), f64::from(all)), people(f64::from(all), f64::from(all)));
                assert_eq!((given == 0.0, given == whole), (count == 0, count == all), "{count} of {all}: {given} of {whole}");
            }
        }
        assert_eq!([tens(4.0), tens(-3.0), tens(0.0), tens(14.0), tens(7_017.0)], [10.0, -10.0, 0.0, 10.0, 7_020.0]);
        assert_eq!([tens_error(0.43), tens_error(10.0), tens_error(16.3), tens_error(0.0)], [10.0, 10.0, 20.0, 10.0]);
    }

    #[test]
    fn shares_of_days_are_no_finer_than_a_tenth_of_a_day_and_neither_none_nor_all_by_rounding() {
        assert_eq!([0.9, 1.0, 1.9, 2.0, 33.0, 0.3, 0.1].map(share_step), [0.2, 0.1, 0.1, 0.05, 0.05, 0.5, 0.5]);
        let said = |value: f64| percent_in_steps(share(value, 0.05), Some(0.05));
        assert_eq!([0.0, 0.003, 0.34, 0.68, 0.996, 1.0].map(said), ["0%", "under 5%", "35%", "70%", "over 95%", "100%"].map(String::from));
    }
}
