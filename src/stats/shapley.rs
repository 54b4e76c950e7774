//! What each of several changes contributes, when they were made together.

/// The Shapley values (1953) of `changes` changes: `outcome[s]` is the outcome with the changes of the set s, whose bits are the
/// changes. They add up to `outcome[all] − outcome[none]`, and do not depend on an order of the changes.
///
/// Change i gets the mean of what it adds, over every set of the others: `Σ |S|! (k − |S| − 1)! / k! · (v(S ∪ i) − v(S))`.
///
/// # Panics
///
/// If there are not `2^changes` outcomes.
///
/// # Examples
///
/// ```
/// // Alone the first change saves 2 days and the second 4; together they save 7.
/// let days = [30.0, 28.0, 26.0, 23.0];
/// assert_eq!(convoysim::stats::shapley(2, &days), [-2.5, -4.5]);
/// ```
#[must_use]
pub fn shapley(changes: usize, outcome: &[f64]) -> Vec<f64> {
    assert_eq!(outcome.len(), 1 << changes, "every set of changes has an outcome");
    (0..changes)
        .map(|change| {
            let bit = 1 << change;
            let without = (0..outcome.len()).filter(|set| set & bit == 0);
            super::special::sum(without.map(|set| weight(changes, set.count_ones() as usize) * (outcome[set | bit] - outcome[set])))
        })
        .collect()
}

/// `size! (k − size − 1)! / k!`, the share of orders in which just the `size` others come before a change.
fn weight(changes: usize, size: usize) -> f64 {
    // 1 / (k · C(k − 1, size))
    let choose = (0..size).fold(1.0, |product, i| product * (changes - 1 - i) as f64 / (i + 1) as f64);
    1.0 / (changes as f64 * choose)
}
