//! Kolmogorov's statistic: the largest distance between an empirical and the true distribution function.

/// Largest sample for which the exact critical value is worth its matrix powers.
const LARGEST_EXACT: usize = 4000;

/// `P(D_n < d)` exactly, after Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution",
/// Journal of Statistical Software 8 (2003); about 13 digits. The work grows as `(n d)³ log n`.
#[must_use]
pub fn kolmogorov_cdf(n: usize, d: f64) -> f64 {
    if n == 0 || d <= 0.0 {
        return 0.0;
    }
    if d >= 1.0 {
        return 1.0;
    }
    let nd = n as f64 * d;
    let k = nd as usize + 1;
    let (size, h) = (2 * k - 1, k as f64 - nd);
    let mut power = Scaled::power(step_matrix(size, h), size, n);
    // The probability is n! / nⁿ times the middle element.
    let mut middle = power.cells[(k - 1) * size + k - 1];
    for i in 1..=n {
        middle *= i as f64 / n as f64;
        if middle < 1e-140 {
            middle *= 1e140;
            power.exponent -= 140;
        }
    }
    let mut scale = power.exponent;
    while scale > 0 {
        middle *= 1e140;
        scale -= 140;
    }
    while scale < 0 {
        middle *= 1e-140;
        scale += 140;
    }
    middle
}

/// The d with `P(D_n ≥ d) = alpha`: half the width of a band around the empirical distribution function of `n` values.
///
/// Exact up to n = 4,000; above, the bound of Dvoretzky, Kiefer, Wolfowitz and Massart, which is wider by
/// less than three thousandths there.
#[must_use]
pub fn kolmogorov_critical(n: usize, alpha: f64) -> f64 {
    // The bound is an upper one, and the exact value lies a sixth of 1/n below the bound for large n.
    let bound = (libm::log(2.0 / alpha) / (2.0 * n as f64)).sqrt();
    if n > LARGEST_EXACT {
        return bound;
    }
    let excess = |d: f64| kolmogorov_cdf(n, d) - (1.0 - alpha);
    let (mut d0, mut d1) = (bound.min(1.0), (bound - 1.0 / (6.0 * n as f64)).clamp(0.5 / n as f64, 0.999_999));
    let (mut e0, mut e1) = (excess(d0), excess(d1));
    // Secant steps; the function is smooth and nearly straight this close to the root.
    for _ in 0..60 {
        if e1 == e0 || (d1 - d0).abs() <= 1e-14 {
            break;
        }
        let next = (d1 - e1 * (d1 - d0) / (e1 - e0)).clamp(0.5 / n as f64, 1.0);
        (d0, e0) = (d1, e1);
        (d1, e1) = (next, excess(next));
    }
    d1
}

/// The matrix H of the paper.
fn step_matrix(size: usize, h: f64) -> Vec<f64> {
    let mut cells = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..size.min(row + 2) {
            cells[row * size + column] = 1.0;
        }
    }
    let mut power = 1.0;
    for i in 0..size {
        power *= h;
        cells[i * size] -= power;
        cells[(size - 1) * size + (size - 1 - i)] -= power;
    }
    if 2.0 * h > 1.0 {
        let mut corner = 1.0;
        for _ in 0..size {
            corner *= 2.0 * h - 1.0;
        }
        cells[(size - 1) * size] += corner;
    }
    for row in 0..size {
        for column in 0..size.min(row + 2) {
            for factor in 1..=(row + 1 - column) {
                cells[row * size + column] /= factor as f64;
            }
        }
    }
    cells
}

/// A square matrix times a power of ten.
struct Scaled {
    cells: Vec<f64>,
    exponent: i32,
}

impl Scaled {
    /// The matrix to the power `n`, by squaring, kept away from overflow.
    fn power(cells: Vec<f64>, size: usize, n: usize) -> Self {
        if n == 1 {
            return Self { cells, exponent: 0 };
        }
        let half = Self::power(cells.clone(), size, n / 2);
        let mut exponent = 2 * half.exponent;
        let mut result = product(&half.cells, &half.cells, size);
        if n % 2 == 1 {
            result = product(&cells, &result, size);
        }
        if result[(size / 2) * size + size / 2] > 1e140 {
            result.iter_mut().for_each(|cell| *cell *= 1e-140);
            exponent += 140;
        }
        Self { cells: result, exponent }
    }
}

fn product(a: &[f64], b: &[f64], size: usize) -> Vec<f64> {
    let mut result = vec![0.0; size * size];
    for (row, target) in result.chunks_mut(size).enumerate() {
        for (middle, factor) in a[row * size..(row + 1) * size].iter().enumerate() {
            let source = &b[middle * size..(middle + 1) * size];
            target.iter_mut().zip(source).for_each(|(cell, value)| *cell += factor * value);
        }
    }
    result
}
