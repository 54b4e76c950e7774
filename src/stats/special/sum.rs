//! A sum that does not lose the small ones.

/// The sum of `values`, compensated after Neumaier (1974): the error does not grow with their number.
///
/// # Examples
///
/// ```
/// assert_eq!(convoysim::stats::special::sum([1.0, 1e100, 1.0, -1e100]), 2.0);
/// ```
#[must_use]
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        total = next;
    }
    // An infinite sum has lost "infinity minus infinity"; the total itself is right.
    if total.is_finite() { total + lost } else { total }
}
