//! Logarithms of many numbers, without waiting for each other.
//!
//! `libm::log` is a call with branches, one number at a time. The logarithms of a bus-load's draws are independent, so plain arithmetic
//! without a branch lets the compiler take two of them side by side, with the same bits on every platform.

use std::f64::consts::SQRT_2;

/// The digits of ln 2 that leave room for the product with any exponent: the rest is [`LN_2_REST`].
const LN_2_HEAD: f64 = 0.693_147_180_369_123_8;
/// ln 2 less its head.
const LN_2_REST: f64 = 1.908_214_929_270_587_7e-10;

/// The natural logarithm of a positive normal number, to two units in the last place.
///
/// `x = 2^k m` with `m` between √½ and √2, and `ln m = 2 artanh s` for `s = (m - 1) / (m + 1)`, whose square is at most 0.0295: ten terms
/// of the power series `artanh s = s + s³/3 + s⁵/5 + …` leave less than 2⁻⁵⁵ of the value.
#[inline(always)]
pub(super) fn ln(x: f64) -> f64 {
    const FRACTION: u64 = (1 << 52) - 1;
    const BIAS: u64 = 1023;
    /// 2⁵², whose last bits hold a whole number.
    const WHOLE: u64 = (BIAS + 52) << 52;
    let lowest = (SQRT_2 / 2.0).to_bits();
    // Numbers from √½ on have the next exponent.
    let from_lowest = x.to_bits() + ((BIAS << 52) - lowest);
    let k = f64::from_bits(WHOLE | from_lowest >> 52) - (f64::from_bits(WHOLE) + BIAS as f64);
    let m = f64::from_bits((from_lowest & FRACTION) + lowest);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let mut rest = 2.0 / 19.0;
    for odd in [17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        rest = rest * z + 2.0 / odd;
    }
    // 2 s = f - s f, and f is exact.
    k * LN_2_HEAD + (f - (s * (f - z * rest) - k * LN_2_REST))
}

#[cfg(test)]
mod tests {
    use super::ln;
    use proptest::prelude::*;

    /// How many numbers lie between two of the same sign, one of them counted.
    fn apart(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn any_logarithm_is_right_to_two_units_in_the_last_place(bits in f64::MIN_POSITIVE.to_bits()..f64::INFINITY.to_bits()) {
            let x = f64::from_bits(bits);
            prop_assert!(apart(ln(x), libm::log(x)) <= 2, "{x:e}: {:e} instead of {:e}", ln(x), libm::log(x));
        }

        #[test]
        fn so_is_one_near_one_and_at_the_seams(steps in -5_000_000_000_000_i64..5_000_000_000_000, at in prop::sample::select(vec![0.5, 0.5_f64.sqrt(), 1.0, 2_f64.sqrt(), 2.0])) {
            let x = f64::from_bits(at.to_bits().wrapping_add_signed(steps));
            prop_assert!(apart(ln(x), libm::log(x)) <= 2, "{x:e}: {:e} instead of {:e}", ln(x), libm::log(x));
        }
    }

    #[test]
    fn the_logarithm_of_one_is_zero() {
        assert_eq!(ln(1.0), 0.0);
    }
}
