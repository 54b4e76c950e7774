//! A decimal number as written.

/// `mantissa / 10^scale`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// Reads `12`, `-0.5`, `1_000`, `1,000.5`, `2e3`. `None` for anything else, and beyond 27 digits.
    pub(in crate::scenario) fn read(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits.strip_prefix('+').unwrap_or(digits)),
        };
        let (mut mantissa, mut scale, mut point, mut seen) = (0_i128, 0_i32, false, 0);
        for c in digits.chars() {
            match c {
                '.' if !point => point = true,
                '_' | ',' if seen > 0 && !point => {}
                '_' if seen > 0 => {}
                '0'..='9' => {
                    mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(c.to_digit(10)?))?;
                    if mantissa > 10_i128.pow(27) {
                        return None;
                    }
                    scale += i32::from(point);
                    seen += 1;
                }
                _ => return None,
            }
        }
        if seen == 0 {
            return None;
        }
        scale = scale.checked_sub(exponent)?;
        while scale < 0 {
            mantissa = mantissa.checked_mul(10).filter(|m| *m <= 10_i128.pow(27))?;
            scale += 1;
        }
        while scale > 27 {
            mantissa /= 10;
            scale -= 1;
        }
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale: u32::try_from(scale).ok()? })
    }

    pub(in crate::scenario) const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The nearest float.
    pub(in crate::scenario) fn real(self) -> f64 {
        // The text goes through the parser of floats, which rounds once.
        format!("{}e-{}", self.mantissa, self.scale).parse().expect("a number with an exponent is a float")
    }

    /// `self × factor`, rounded half up to a whole number.
    pub(in crate::scenario) fn times(self, factor: u64) -> Option<i128> {
        let product = self.mantissa.checked_mul(i128::from(factor))?;
        let unit = 10_i128.pow(self.scale);
        Some((product.checked_mul(2)?.checked_add(unit)?).div_euclid(unit.checked_mul(2)?))
    }

    /// `floor(self × factor)`.
    pub(in crate::scenario) fn times_floor(self, factor: u64) -> Option<i128> {
        Some(self.mantissa.checked_mul(i128::from(factor))?.div_euclid(10_i128.pow(self.scale)))
    }
}
