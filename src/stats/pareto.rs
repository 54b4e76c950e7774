//! Points of which no other is better in every response.

use super::quantile_difference::Pairing;
use super::{Interval, Paired, mean, welch};

/// Where a point stands among others, when several responses count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// By its means no other point is at least as good in every response and better in one.
    NonDominated,
    /// By the means this other point is better, but the differences do not clear their intervals: it cannot be told.
    Open {
        /// The point, one of the non-dominated, whose lead is the clearest.
        by: usize,
    },
    /// This other point is better, or the same in every pair, in every response, beyond the intervals of the differences.
    Dominated {
        /// The point, one of the non-dominated.
        by: usize,
    },
    /// A mean is not known: some value is not finite, or there are fewer than two.
    Unknown,
}

/// The standing of each point; `values[p][m]` are the replications of response m at point p, and `lower_is_better[m]` says its direction.
///
/// A point counts as dominated only if one other point of the front leads in every response by more than the half-width of the difference.
/// All these statements hold together at `level` (Bonferroni over pairs of points and responses). With common random numbers differences
/// are taken replication by replication, else by Welch's interval.
///
/// # Panics
///
/// If points do not have the same responses, or with common random numbers not the same replications.
#[must_use]
pub fn pareto(values: &[Vec<Vec<f64>>], lower_is_better: &[bool], pairing: Pairing, level: f64) -> Vec<Standing> {
    assert!(values.iter().all(|point| point.len() == lower_is_better.len()), "each point has every response");
    // Less is better from here on.
    let toward = |m: usize, value: f64| if lower_is_better[m] { value } else { -value };
    let means: Vec<Option<Vec<f64>>> = values
        .iter()
        .map(|point| {
            let known = point.iter().all(|values| values.len() > 1 && values.iter().all(|value| value.is_finite()));
            known.then(|| point.iter().enumerate().map(|(m, values)| toward(m, mean(values).unwrap_or(f64::NAN))).collect())
        })
        .collect();
    let beats = |q: usize, p: usize| match (&means[q], &means[p]) {
        (Some(q), Some(p)) => q != p && q.iter().zip(p).all(|(q, p)| q <= p),
        _ => false,
    };
    let all = 0..values.len();
    let front: Vec<usize> = all.clone().filter(|p| means[*p].is_some() && !all.clone().any(|q| beats(q, *p))).collect();
    let pairs = values.len() * values.len().saturating_sub(1) / 2;
    let each = 1.0 - (1.0 - level) / (pairs * lower_is_better.len()).max(1) as f64;
    // How clearly q leads p: the smallest lead over responses in half-widths; above 1 it is beyond doubt.
    let lead = |q: usize, p: usize| {
        let of = |m: usize| clearness(&difference(&values[p][m], &values[q][m], pairing, each)?, lower_is_better[m]);
        (0..lower_is_better.len()).map(of).try_fold(f64::INFINITY, |least, one| Some(one?.min(least)))
    };
    all.clone()
        .map(|p| {
            if means[p].is_none() {
                return Standing::Unknown;
            }
            if front.contains(&p) {
                return Standing::NonDominated;
            }
            let leads = front.iter().filter(|q| beats(**q, p)).filter_map(|q| Some((*q, lead(*q, p)?)));
            // Of equals the first.
            match leads.reduce(|best, one| if one.1 > best.1 { one } else { best }) {
                Some((by, lead)) if lead > 1.0 => Standing::Dominated { by },
                Some((by, _)) => Standing::Open { by },
                None => Standing::Unknown,
            }
        })
        .collect()
}

/// q − p of one response.
fn difference(p: &[f64], q: &[f64], pairing: Pairing, level: f64) -> Option<Interval> {
    match pairing {
        Pairing::Common => Some(Paired::of(p, q)?.interval(level)),
        Pairing::Independent => Some(welch(p, q, level)?.interval),
    }
}

/// The lead in half-widths. The same value in every pair is no lead, but does not stand against one either.
fn clearness(difference: &Interval, lower_is_better: bool) -> Option<f64> {
    let lead = if lower_is_better { -difference.estimate } else { difference.estimate };
    match difference.half_width() {
        half if half > 0.0 => Some(lead / half),
        0.0 if lead >= 0.0 => Some(f64::INFINITY),
        0.0 => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four replications about a mean, a little apart from each other.
    fn about(mean: f64, spread: f64) -> Vec<f64> {
        [-1.0, 1.0, -0.5, 0.5].map(|step| mean + spread * step).into()
    }

    #[test]
    fn a_point_is_dominated_only_beyond_doubt() {
        // Days and covered share: less of the first, more of the second is better.
        let point = |days: f64, share: f64, spread: f64| vec![about(days, spread), about(share, spread)];
        let points = [point(30.0, 0.5, 0.01), point(34.0, 0.9, 0.01), point(36.0, 0.8, 0.01), point(30.1, 0.45, 0.4)];
        let of = |pairing| pareto(&points, &[true, false], pairing, 0.95);
        use Standing::{Dominated, NonDominated, Open};
        assert_eq!(of(Pairing::Common), [NonDominated, NonDominated, Dominated { by: 1 }, Open { by: 0 }]);
        assert_eq!(of(Pairing::Independent), [NonDominated, NonDominated, Dominated { by: 1 }, Open { by: 0 }]);
    }

    #[test]
    fn what_both_have_alike_does_not_stand_in_the_way() {
        let points = [vec![about(3.0, 0.1), about(5.0, 1.0)], vec![about(4.0, 0.1), about(5.0, 1.0)]];
        assert_eq!(pareto(&points, &[true, true], Pairing::Common, 0.95)[1], Standing::Dominated { by: 0 });
        assert_eq!(pareto(&points, &[true, true], Pairing::Independent, 0.95)[1], Standing::Open { by: 0 });
        let same = vec![points[0].clone(), points[0].clone()];
        assert_eq!(pareto(&same, &[true, true], Pairing::Common, 0.95), [Standing::NonDominated, Standing::NonDominated]);
    }

    #[test]
    fn turning_a_direction_with_its_sign_changes_nothing() {
        let points: Vec<Vec<Vec<f64>>> =
            (0..12).map(|p| vec![about(f64::from(p * 7 % 12), 0.4), about(f64::from(p * 5 % 12), 0.3)]).collect();
        let turned: Vec<Vec<Vec<f64>>> =
            points.iter().map(|point| vec![point[0].clone(), point[1].iter().map(|value| -value).collect()]).collect();
        let plain = pareto(&points, &[true, true], Pairing::Common, 0.95);
        assert_eq!(pareto(&turned, &[true, false], Pairing::Common, 0.95), plain);
        assert!(plain.contains(&Standing::NonDominated));
    }

    #[test]
    fn what_is_not_known_is_on_no_front() {
        let points = [vec![about(1.0, 0.1), vec![1.0, f64::INFINITY]], vec![about(3.0, 0.1), about(5.0, 1.0)]];
        assert_eq!(pareto(&points, &[true, true], Pairing::Independent, 0.95), [Standing::Unknown, Standing::NonDominated]);
        assert_eq!(pareto(&[], &[true], Pairing::Common, 0.95), []);
    }
}
