//! Which of two systems completes more often: all that can be said of a mean to which runs that never finish belong.

use super::proportion::{clopper_pearson, wilson};
use super::{Finding, Pairing};

/// Whether the variant completes later (`Higher`) or sooner (`Lower`) than the base, from values that are infinite where a run did not
/// complete and NaN where it has no value at all.
///
/// A mean to which an infinite value belongs is infinite, so of two systems the one that fails to complete more often is later. Under common
/// random numbers only pairs in which just one of the two completes count (the exact sign test of McNemar); otherwise Wilson's intervals
/// of the two shares must not overlap. Where that does not decide at `level`, it is not resolved.
#[must_use]
pub fn completion(base: &[f64], variant: &[f64], pairing: Pairing, level: f64) -> Finding {
    let known = base.iter().zip(variant).filter(|(base, variant)| !base.is_nan() && !variant.is_nan());
    let (mut n, mut only, mut open) = (0, [0, 0], [0, 0]);
    for (base, variant) in known {
        n += 1;
        let late = [base.is_infinite(), variant.is_infinite()];
        open = [open[0] + usize::from(late[0]), open[1] + usize::from(late[1])];
        only = [only[0] + usize::from(late[0] && !late[1]), only[1] + usize::from(late[1] && !late[0])];
    }
    let [lower, upper] = match pairing {
        Pairing::Common => clopper_pearson(only[1], only[0] + only[1], level).map_or([0.0, 1.0], |share| [share.lower, share.upper]),
        Pairing::Independent => {
            let [of_base, of_variant] = open.map(|open| wilson(open, n, level));
            match (of_base, of_variant) {
                (Some(base), Some(variant)) if variant.lower > base.upper => [1.0, 1.0],
                (Some(base), Some(variant)) if variant.upper < base.lower => [0.0, 0.0],
                _ => [0.0, 1.0],
            }
        }
    };
    if lower > 0.5 {
        Finding::Higher
    } else if upper < 0.5 {
        Finding::Lower
    } else {
        Finding::NotResolved
    }
}

/// Whether the quantile `p` of the variant is later than that of the base where one of them is never reached.
///
/// A quantile is infinite where less than a share `p` of runs completes. The finding is clear only where the exact intervals of Clopper and
/// Pearson say of both systems, together at `level`, on which side of `p` their share lies.
#[must_use]
pub fn quantile_completion(base: &[f64], variant: &[f64], p: f64, level: f64) -> Finding {
    let each = f64::midpoint(1.0, level);
    let reached = |values: &[f64]| {
        let known = values.iter().filter(|value| !value.is_nan()).count();
        let finite = values.iter().filter(|value| value.is_finite()).count();
        let share = clopper_pearson(finite, known, each)?;
        if share.lower > p { Some(true) } else { (share.upper < p).then_some(false) }
    };
    match (reached(base), reached(variant)) {
        (Some(true), Some(false)) => Finding::Higher,
        (Some(false), Some(true)) => Finding::Lower,
        _ => Finding::NotResolved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(open: usize, of: usize) -> Vec<f64> {
        (0..of).map(|r| if r < open { f64::INFINITY } else { 30.0 }).collect()
    }

    #[test]
    fn the_system_that_completes_less_often_is_later() {
        for pairing in [Pairing::Common, Pairing::Independent] {
            let of = |base: usize, variant: usize| completion(&runs(base, 50), &runs(variant, 50), pairing, 0.95);
            assert_eq!([of(0, 34), of(34, 0), of(0, 1), of(20, 21), of(50, 50)], {
                use Finding::{Higher, Lower, NotResolved};
                [Higher, Lower, NotResolved, NotResolved, NotResolved]
            });
        }
    }

    #[test]
    fn a_quantile_that_is_never_reached_is_later_where_the_shares_are_clear() {
        let of = |base: usize, variant: usize| quantile_completion(&runs(base, 60), &runs(variant, 60), 0.8, 0.95);
        assert_eq!([of(0, 40), of(40, 0), of(0, 14), of(40, 40)], {
            use Finding::{Higher, Lower, NotResolved};
            [Higher, Lower, NotResolved, NotResolved]
        });
    }

    #[test]
    fn six_pairs_decide_at_95_percent_and_five_do_not() {
        let of = |n| completion(&runs(0, n), &runs(n, n), Pairing::Common, 0.95);
        assert_eq!([of(5), of(6)], [Finding::NotResolved, Finding::Higher]);
        assert_eq!(completion(&[f64::NAN; 9], &runs(9, 9), Pairing::Common, 0.95), Finding::NotResolved);
    }
}
