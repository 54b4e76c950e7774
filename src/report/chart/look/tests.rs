//! Colours stay apart in grey and for those who see fewer of them.

use super::{Colour, DARK, LIGHT, Palette};

/// Simulations of colour blindness at full severity, on linear RGB: Machado, Oliveira and Fernandes, "A physiologically-based model for
/// simulation of color vision deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009).
const DEUTERANOPIA: [[f64; 3]; 3] =
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]];
const PROTANOPIA: [[f64; 3]; 3] =
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]];
const NORMAL: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

fn linear(Colour(red, green, blue): Colour) -> [f64; 3] {
    [red, green, blue].map(|byte| {
        let x = f64::from(byte) / 255.0;
        if x <= 0.040_45 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) }
    })
}

fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
}

/// CIE L*a*b* (D65) of a colour as somebody sees it.
fn lab(colour: Colour, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let seen = times(sight, linear(colour)).map(|x| x.clamp(0.0, 1.0));
    let xyz = times(&[[0.412_456, 0.357_576, 0.180_438], [0.212_673, 0.715_152, 0.072_175], [0.019_334, 0.119_192, 0.950_304]], seen);
    let f = |t: f64| if t > 216.0 / 24_389.0 { libm::cbrt(t) } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = [f(xyz[0] / 0.950_47), f(xyz[1]), f(xyz[2] / 1.088_83)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(a: Colour, b: Colour, sight: &[[f64; 3]; 3]) -> f64 {
    lab(a, sight).iter().zip(lab(b, sight)).map(|(p, q)| (p - q) * (p - q)).sum::<f64>().sqrt()
}

/// Contrast ratio of WCAG 2.2.
fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance = |colour| linear(colour).iter().zip([0.2126, 0.7152, 0.0722]).map(|(x, weight)| x * weight).sum::<f64>() + 0.05;
    let (a, b): (f64, f64) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

fn palettes() -> [(&'static str, &'static Palette); 2] {
    [("light", &LIGHT), ("dark", &DARK)]
}

#[test]
fn classes_of_exposure_stay_apart_in_grey_and_for_the_colour_blind() {
    for (name, palette) in palettes() {
        let ramp = palette.exposure;
        for pair in ramp.windows(2) {
            let gap = (lab(pair[0], &NORMAL)[0] - lab(pair[1], &NORMAL)[0]).abs();
            assert!(gap >= 14.0, "{name}: {} and {} are {gap:.1} apart in grey", pair[0].code(), pair[1].code());
        }
        for sight in [NORMAL, DEUTERANOPIA, PROTANOPIA] {
            for (i, a) in ramp.iter().enumerate() {
                for b in &ramp[i + 1..] {
                    let apart = distance(*a, *b, &sight);
                    assert!(apart >= 18.0, "{name}: {} and {} are {apart:.1} apart", a.code(), b.code());
                }
            }
        }
    }
}

#[test]
fn text_can_be_read_on_what_is_below_it() {
    for (name, palette) in palettes() {
        for ink in palette.ink.into_iter().chain([palette.progress, palette.late, palette.good, palette.caution, palette.bad]) {
            assert!(contrast(ink, palette.paper) >= 4.5, "{name}: {} on paper", ink.code());
        }
        let days = palette.days.into_iter().zip(palette.on_days);
        for (fill, ink) in palette.exposure.into_iter().zip(palette.on_exposure).chain(days) {
            assert!(contrast(ink, fill) >= 4.5, "{name}: {} on {}", ink.code(), fill.code());
        }
    }
}

#[test]
fn steps_of_days_go_from_light_to_dark_or_back_and_no_two_look_alike() {
    for (name, palette) in palettes() {
        let steps: Vec<f64> = palette.days.windows(2).map(|pair| lab(pair[1], &NORMAL)[0] - lab(pair[0], &NORMAL)[0]).collect();
        assert!(steps.iter().all(|step| *step <= -6.0) || steps.iter().all(|step| *step >= 6.0), "{name}: {steps:?}");
    }
}
