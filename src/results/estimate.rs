//! The estimates that summaries print, in one place: mean with half-width, quantile with its Monte Carlo error, proportion.
//!
//! Everything is built from the four operations and square roots, so the bits are the same on every platform.

/// Student's t at 0.975 for 1 to 30 degrees of freedom.
const T_975: [f64; 30] = [
    12.706_204_736,
    4.302_652_730,
    3.182_446_305,
    2.776_445_105,
    2.570_581_836,
    2.446_911_851,
    2.364_624_252,
    2.306_004_135,
    2.262_157_163,
    2.228_138_852,
    2.200_985_160,
    2.178_812_830,
    2.160_368_656,
    2.144_786_688,
    2.131_449_546,
    2.119_905_299,
    2.109_815_578,
    2.100_922_040,
    2.093_024_054,
    2.085_963_447,
    2.079_613_845,
    2.073_873_068,
    2.068_657_610,
    2.063_898_562,
    2.059_538_553,
    2.055_529_439,
    2.051_830_516,
    2.048_407_142,
    2.045_229_642,
    2.042_272_456,
];
/// The standard normal at 0.975.
const Z_975: f64 = 1.959_963_984_540_054;

/// Student's t at 0.975: the table, and beyond it the expansion in 1/ν (Abramowitz and Stegun 26.7.5).
fn t_975(freedom: usize) -> f64 {
    if let Some(t) = T_975.get(freedom - 1) {
        return *t;
    }
    let (z, v) = (Z_975, freedom as f64);
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z);
    z + (z3 + z) / (4.0 * v)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v)
}

/// Mean, variance (with n − 1) and skewness of values in their order; `None` where there are none.
pub(super) struct Moments {
    /// The mean.
    pub mean: f64,
    /// Half the width of the 95 % t interval of the mean; `None` for a single value.
    pub half_width: Option<f64>,
    /// Skewness g1; 0 where nothing varies.
    pub skewness: f64,
}

/// Moments of values, in two passes in the order given.
pub(super) fn moments(values: &[f64]) -> Option<Moments> {
    let n = values.len();
    if n == 0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    // The second pass also takes back what rounding left in the mean.
    let rest = values.iter().map(|x| x - mean).sum::<f64>() / n as f64;
    let mean = mean + rest;
    let m2 = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let m3 = values.iter().map(|x| (x - mean) * (x - mean) * (x - mean)).sum::<f64>();
    let variance = m2 / n as f64;
    let skewness = if variance > 0.0 { m3 / n as f64 / (variance * variance.sqrt()) } else { 0.0 };
    let half_width = (n > 1).then(|| t_975(n - 1) * (m2 / (n - 1) as f64 / n as f64).sqrt());
    Some(Moments { mean, half_width, skewness })
}

/// The quantile of definition 7 of Hyndman and Fan (numpy's and R's default) of sorted values, infinity allowed; NaN for none.
pub(super) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let h = last as f64 * p;
    let below = (h as usize).min(last);
    let fraction = h - below as f64;
    let low = sorted[below];
    if fraction == 0.0 || below == last {
        return low;
    }
    let high = sorted[below + 1];
    if low == high { low } else { low + fraction * (high - low) }
}

/// Monte Carlo standard error of a quantile: half the distance between the order statistics one binomial standard error
/// below and above it. `None` where one of them does not exist or is infinite.
pub(super) fn quantile_error(sorted: &[f64], p: f64) -> Option<f64> {
    let n = sorted.len() as f64;
    let spread = (n * p * (1.0 - p)).sqrt();
    let (low, high) = (n * p - spread, n * p + spread);
    // Rank r (from 1) covers (r − 1, r].
    if low < 0.0 || high > n || sorted.len() < 2 {
        return None;
    }
    let at = |rank: f64| sorted[(rank.ceil() as usize).clamp(1, sorted.len()) - 1];
    let error = (at(high) - at(low)) / 2.0;
    error.is_finite().then_some(error)
}

/// Fewest values from which a two-sided 95 % order-statistic interval of the quantile exists.
pub(super) fn enough_for_quantile(n: usize, p: f64) -> bool {
    let tail = p.max(1.0 - p);
    let mut chance = 1.0;
    for _ in 0..n {
        chance *= tail;
        if chance <= 0.025 {
            return true;
        }
    }
    false
}

/// Wilson's 95 % interval of a proportion; `None` without trials.
pub(super) fn proportion(kept: usize, n: usize) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (k, n, z2) = (kept as f64, n as f64, Z_975 * Z_975);
    let p = k / n;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_975 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    let low = if kept == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if k == n { 1.0 } else { (centre + half).min(1.0) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expansion_of_t_goes_on_where_the_table_ends() {
        assert!((t_975(40) - 2.021_075_390).abs() < 1e-5);
        assert!((t_975(31) - 2.039_513_446).abs() < 1e-5);
    }

    #[test]
    fn the_mean_of_one_to_five_has_the_half_width_of_the_textbook() {
        let m = moments(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("five values");
        assert!((m.mean - 3.0).abs() < 1e-15 && (m.half_width.expect("n > 1") - 1.963_243_161_4).abs() < 1e-8 && m.skewness == 0.0);
        assert!(moments(&[7.0]).expect("one value").half_width.is_none());
    }

    #[test]
    fn a_quantile_that_touches_infinity_is_infinite_and_one_below_is_not() {
        let sorted = [1.0, 2.0, 3.0, f64::INFINITY];
        assert_eq!(quantile(&sorted, 0.5), 2.5);
        assert_eq!(quantile(&sorted, 0.8), f64::INFINITY);
        assert_eq!(quantile(&[f64::INFINITY; 3], 0.4), f64::INFINITY);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn wilson_at_one_of_twenty_is_the_published_interval() {
        let (low, high) = proportion(1, 20).expect("trials");
        assert!((low - 0.008_881).abs() < 1e-5 && (high - 0.236_131).abs() < 1e-5, "{low} {high}");
        assert_eq!(proportion(0, 20).expect("trials").0, 0.0);
    }
}
