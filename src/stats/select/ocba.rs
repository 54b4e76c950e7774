//! Optimal computing budget allocation.

/// The shares of a budget that each system should get, so that the best is most probably seen as best; larger is better.
///
/// With δᵢ the distance of system i from the best: `Nᵢ / Nⱼ = (sᵢ/δᵢ)² / (sⱼ/δⱼ)²` and `N_b = s_b √(Σ Nᵢ² / sᵢ²)` (Chen, Lin, Yücesan,
/// Chick, Discrete Event Dynamic Systems 10, 2000). Guarantees nothing. `None` for fewer than two systems, where another one is as good as
/// the best, or where one does not vary.
#[must_use]
pub fn ocba(means: &[f64], variances: &[f64]) -> Option<Vec<f64>> {
    assert_eq!(means.len(), variances.len(), "each system has a mean and a variance");
    let best = (0..means.len()).max_by(|a, b| means[*a].total_cmp(&means[*b]))?;
    let others = || (0..means.len()).filter(|i| *i != best);
    if others().next().is_none() || others().any(|i| means[i] == means[best]) || variances.iter().any(|variance| *variance <= 0.0) {
        return None;
    }
    let mut parts: Vec<f64> = (0..means.len())
        .map(|i| {
            let behind = means[best] - means[i];
            variances[i] / (behind * behind)
        })
        .collect();
    parts[best] = (variances[best] * others().map(|i| parts[i] * parts[i] / variances[i]).sum::<f64>()).sqrt();
    let total: f64 = parts.iter().sum();
    Some(parts.into_iter().map(|part| part / total).collect())
}
