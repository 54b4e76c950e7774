//! A small measure of how often intervals cover and the best is selected; the full one is `cargo bench --bench calibration`.

use super::calibration::sensitivity::{NONE, covers, dummies, ishigami};
use super::calibration::{Measured, means, pairs, proportions, quantile_differences, quantiles, selection, warnings};

#[track_caller]
fn all_pass(found: &[Measured]) {
    let failing: Vec<String> = found.iter().filter(|one| !one.passes()).map(ToString::to_string).collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}

#[test]
fn intervals_of_means_cover_as_often_as_they_are_known_to() {
    all_pass(&means(5_000));
    all_pass(&[warnings(500)]);
}

#[test]
fn intervals_of_quantiles_and_shares_cover_as_often_as_computed() {
    all_pass(&quantiles(2_000));
    all_pass(&proportions(2_000));
}

#[test]
fn paired_intervals_cover_also_far_out() {
    all_pass(&pairs(2_000));
    all_pass(&[quantile_differences(200, 60)]);
}

#[test]
fn kim_and_nelson_select_the_best_as_often_as_they_promise() {
    all_pass(&[selection(100, 10, false), selection(100, 10, true)]);
}

#[test]
fn intervals_of_sobol_indices_cover_as_they_should() {
    all_pass(&covers(&ishigami(), &[0, 1, 2], 128, 40, NONE));
}

#[test]
fn a_dummy_rarely_rises_above_its_noise_floor() {
    all_pass(&dummies(60));
}
