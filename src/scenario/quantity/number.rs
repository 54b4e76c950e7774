//! The one reader of numbers: scenario texts, command lines, conditions, levels of sweeps and cells of data files all use it.
//!
//! ```text
//! number   = [+-] whole [. digits] [e [+-] digits]
//! whole    = digits, with single _ between them | thousands: [1-9] one to three digits, then (, and three digits) once or more
//! ```
//!
//! A comma therefore never stands for a decimal point: what a number with a decimal comma means is asked, not guessed.

use super::Wrong;

/// `mantissa / 10^scale`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// Largest mantissa: products with ticks stay within an `i128`.
const MOST: i128 = 10_i128.pow(27);

/// What to write where nothing better can be said.
const EXAMPLE: &str = "write a number, as in 12 or 0.5";

/// Why a text is no number that can be used.
enum Refused {
    /// It does not follow the grammar.
    NoNumber,
    /// It does, with more digits than are kept.
    TooLong,
}

impl Decimal {
    /// Reads `12`, `-0.5`, `1_000`, `1,000.5`, `2e3`; blanks around it do not count.
    ///
    /// # Errors
    ///
    /// Why it is no number, and what to write.
    pub(in crate::scenario) fn read(text: &str) -> Result<Self, Wrong> {
        let text = text.trim();
        strict(text).map_err(|refused| match refused {
            Refused::TooLong => Wrong::new("has too many digits", "write at most 27 digits"),
            Refused::NoNumber => explain(text),
        })
    }

    pub(in crate::scenario) const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The nearest float.
    pub(in crate::scenario) fn real(self) -> f64 {
        // The text goes through the parser of floats, which rounds once.
        format!("{}e-{}", self.mantissa, self.scale).parse().expect("a number with an exponent is a float")
    }

    /// The number, if it is whole.
    pub(in crate::scenario) fn whole(self) -> Option<i128> {
        let unit = 10_i128.pow(self.scale);
        (self.mantissa % unit == 0).then(|| self.mantissa / unit)
    }

    /// A hundredth of it.
    fn hundredth(self) -> Self {
        if self.scale > 25 { Self { mantissa: self.mantissa / 100, ..self } } else { Self { scale: self.scale + 2, ..self } }
    }

    /// The number as TOML writes it, without needless zeros.
    pub(in crate::scenario) fn text(self) -> String {
        if let Some(whole) = self.whole() {
            return whole.to_string();
        }
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = self.scale as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.scale as usize);
        format!("{}{whole}.{}", if self.is_negative() { "-" } else { "" }, fraction.trim_end_matches('0'))
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

/// A part of 1: `0.8` or `80 %`. Whether it lies between 0 and 1 is not looked at.
///
/// # Errors
///
/// Why it is no number, and what to write.
pub(in crate::scenario) fn share(text: &str) -> Result<Decimal, Wrong> {
    match text.trim().strip_suffix('%') {
        Some(percent) => {
            let percent = Decimal::read(percent).map_err(|Wrong { why, help }| {
                let help = if help.starts_with("write ") && help != EXAMPLE { format!("{help} %") } else { "write 0.8 or 80 %".into() };
                Wrong { why, help }
            })?;
            Ok(percent.hundredth())
        }
        None => Decimal::read(text),
    }
}

/// Cuts a text behind the number with which it begins, or seems to begin: commas, blanks between digits and digits of other scripts
/// belong to it, so that [`Decimal::read`] can say what is wrong with them. The first part is empty where there is none.
pub(in crate::scenario) fn leading(text: &str) -> (&str, &str) {
    let mut end = 0;
    if let Some((head, radix)) = text.get(..2).and_then(|head| Some((head, radix_of(head)?)))
        && text[head.len()..].starts_with(|c: char| c.is_digit(radix))
    {
        let digits = text[2..].find(|c: char| !c.is_digit(radix)).map_or(text.len(), |at| at + 2);
        return text.split_at(digits);
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let after_digit = before.is_some_and(is_digit);
        let belongs = match c {
            '+' | '-' | '\u{2212}' => at == 0,
            '.' | ',' | '_' | '\'' | '\u{2019}' | '\u{66B}' | '\u{66C}' => true,
            'e' | 'E' => after_digit && rest.strip_prefix(['+', '-']).unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit()),
            c if is_digit(c) || is_invisible(c) => true,
            c if c.is_whitespace() => before.is_some_and(|b| is_digit(b) || b.is_whitespace()) && rest.trim_start().starts_with(is_digit),
            _ => false,
        };
        let sign_of_exponent = matches!(c, '+' | '-') && matches!(before, Some('e' | 'E'));
        if !belongs && !sign_of_exponent {
            break;
        }
        end = at + c.len_utf8();
        before = Some(c);
    }
    text.split_at(end)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c.is_numeric()
}

/// Characters that nobody sees: of no width, or of the direction of writing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn radix_of(head: &str) -> Option<u32> {
    match head {
        "0x" | "0X" => Some(16),
        "0o" => Some(8),
        "0b" => Some(2),
        _ => None,
    }
}

/// The number that a text is by the grammar above.
fn strict(text: &str) -> Result<Decimal, Refused> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (rest, exponent) = match rest.split_once(['e', 'E']) {
        None => (rest, 0),
        Some((rest, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Refused::NoNumber);
            }
            (rest, exponent.parse::<i32>().ok().filter(|e| e.abs() <= 1_000).ok_or(Refused::TooLong)?)
        }
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    if !(is_run(whole) || is_thousands(whole)) || fraction.is_some_and(|fraction| !is_run(fraction)) {
        return Err(Refused::NoNumber);
    }
    let fraction = fraction.unwrap_or_default();
    let mut mantissa = 0_i128;
    for digit in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        mantissa = mantissa * 10 + i128::from(digit - b'0');
        if mantissa > MOST {
            return Err(Refused::TooLong);
        }
    }
    let decimals = i32::try_from(fraction.bytes().filter(u8::is_ascii_digit).count()).map_err(|_| Refused::TooLong)?;
    let mut scale = decimals - exponent;
    while scale < 0 && mantissa != 0 {
        mantissa = mantissa.checked_mul(10).filter(|m| *m <= MOST).ok_or(Refused::TooLong)?;
        scale += 1;
    }
    while scale > 27 {
        mantissa /= 10;
        scale -= 1;
    }
    Ok(Decimal { mantissa: if negative { -mantissa } else { mantissa }, scale: u32::try_from(scale).unwrap_or(0) })
}

/// Digits, with single underscores between them.
fn is_run(text: &str) -> bool {
    text.split('_').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Digits in groups of three with commas between them.
fn is_thousands(text: &str) -> bool {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let mut others = 0;
    let fine = groups.all(|group| {
        others += 1;
        group.len() == 3 && digits(group)
    });
    fine && others > 0 && (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0')
}

/// Why a text is no number, with the number that is most likely meant.
fn explain(text: &str) -> Wrong {
    if text.is_empty() {
        return Wrong::new("is empty", EXAMPLE);
    }
    let word = text.trim_start_matches(['+', '-']).to_lowercase();
    if ["nan", "inf", "infinity"].contains(&word.as_str()) {
        return Wrong::new("is no finite number", EXAMPLE);
    }
    if let Some(number) = radix_of(text.get(..2).unwrap_or_default()).and_then(|radix| u64::from_str_radix(&text[2..], radix).ok()) {
        return Wrong::new("is not written in base 10", format!("write {number}"));
    }
    if !text.chars().any(is_digit) {
        return Wrong::new("is no number", EXAMPLE);
    }
    let why = if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
        format!("has the invisible character U+{:04X} in it", u32::from(c))
    } else if text.chars().any(|c| is_digit(c) && !c.is_ascii_digit()) {
        "has digits other than 0 to 9".into()
    } else if text.contains(',') {
        "has a comma that does not separate thousands".into()
    } else if text.contains(['\'', '\u{2019}', '\u{66C}']) || text.contains(char::is_whitespace) {
        "has something other than a comma between its thousands".into()
    } else if text.matches('.').count() > 1 {
        "has more than one decimal point".into()
    } else if text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-')) {
        "lacks a digit on one side of its decimal point".into()
    } else {
        "is no number".to_owned()
    };
    match meant(text).filter(|meant| strict(meant).is_ok()) {
        Some(meant) => Wrong::new(why, format!("write {meant}")),
        None => Wrong::new(why, EXAMPLE),
    }
}

/// The number that somebody from elsewhere means by a text, as this program writes it.
fn meant(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !is_invisible(*c)).map(latin).collect();
    let (plain, blanks) = (plain.trim(), plain.trim().contains(['\'', ' ']));
    let (sign, digits) = match plain.strip_prefix(['-', '+']) {
        Some(rest) => (if plain.starts_with('-') { "-" } else { "" }, rest),
        None => ("", plain),
    };
    // Blanks and apostrophes stand before groups of three only.
    let whole = digits.split(['.', ',']).next().unwrap_or_default();
    if blanks && whole.split(['\'', ' ']).skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let digits = digits.replace(['\'', ' '], "");
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let digits = match (commas, points) {
        (0, 0 | 1) => digits,
        // 1.234.567
        (0, _) => {
            let grouped = digits.replace('.', ",");
            if !is_thousands(&grouped) {
                return None;
            }
            digits.replace('.', "")
        }
        // 37,5
        (1, 0) if !is_thousands(&digits) => digits.replace(',', "."),
        // 1.500,25
        (1, _) if digits.rfind(',') > digits.rfind('.') => digits.replace('.', "").replace(',', "."),
        // 12,345,67
        _ => digits.replace(',', ""),
    };
    let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits };
    Some(format!("{sign}{}", digits.strip_suffix('.').unwrap_or(&digits)))
}

/// A character in the way this program writes numbers.
fn latin(c: char) -> char {
    /// The zeros of other scripts, each followed by its nine other digits.
    const ZEROS: [u32; 16] =
        [0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040, 0xFF10];
    let code = u32::from(c);
    if let Some(digit) = ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10)) {
        return char::from_digit(digit, 10).unwrap_or(c);
    }
    match c {
        '\u{2212}' => '-',
        '\u{66B}' => '.',
        '\u{66C}' | '\u{2019}' => '\'',
        '\u{FF0E}' => '.',
        '\u{FF0C}' => ',',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        Decimal::read(text).map(Decimal::text).map_err(|wrong| wrong.help)
    }

    #[test]
    fn a_number_is_read_as_it_is_written_in_english() {
        for (text, number) in [
            ("12", "12"),
            ("-0.5", "-0.5"),
            ("+5", "5"),
            ("007", "7"),
            (" 1_000 ", "1000"),
            ("1,500", "1500"),
            ("1,234,567.25", "1234567.25"),
            ("999,999", "999999"),
            ("2e3", "2000"),
            ("1.2e+01", "12"),
            ("1.2E-3", "0.0012"),
            ("0e999", "0"),
            ("0.30000000000000004", "0.30000000000000004"),
        ] {
            assert_eq!(read(text), Ok(number.into()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_what_to_write() {
        for (text, write) in [
            ("37,5", "37.5"),
            ("0,003", "0.003"),
            ("-0,5", "-0.5"),
            ("1,50", "1.50"),
            ("1234,567", "1234.567"),
            ("12,345,67", "1234567"),
            ("1,2345", "1.2345"),
            ("1.500,25", "1500.25"),
            ("1.234.567", "1234567"),
            ("1 000", "1000"),
            ("1\u{a0}000,5", "1000.5"),
            ("1\u{202f}234\u{202f}567", "1234567"),
            ("1'000", "1000"),
            ("1\u{2019}000.5", "1000.5"),
            ("\u{661}\u{662}", "12"),
            ("\u{661}\u{662}\u{66b}\u{665}", "12.5"),
            ("\u{ff11}\u{ff12}", "12"),
            ("\u{2212}5", "-5"),
            ("5\u{200b}0", "50"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            (",5", "0.5"),
            ("0x10", "16"),
            ("0b11", "3"),
        ] {
            assert_eq!(read(text), Err(format!("write {write}")), "{text}");
        }
        for text in [
            "",
            "NaN",
            "inf",
            "-Infinity",
            "1.2.3",
            "abc",
            "1__0",
            "_1",
            "1_",
            "--5",
            "1e",
            "1e5.5",
            "1/2",
            "½",
            "2 30",
            "5-6",
            "0x",
            ",",
            ".",
            "-",
            "e5",
        ] {
            assert_eq!(read(text), Err(EXAMPLE.into()), "{text}");
        }
        for text in ["1e28", "1e99999999999", "12345678901234567890123456789"] {
            assert_eq!(read(text), Err("write at most 27 digits".into()), "{text}");
        }
    }

    #[test]
    fn a_share_is_a_part_of_one_or_percent() {
        let share = |text: &str| share(text).map(Decimal::text).map_err(|wrong| wrong.help);
        assert_eq!(share("0.8"), Ok("0.8".into()));
        assert_eq!(share("80 %"), Ok("0.8".into()));
        assert_eq!(share("12.5%"), Ok("0.125".into()));
        assert_eq!(share("0,8"), Err("write 0.8".into()));
        assert_eq!(share("12,5 %"), Err("write 12.5 %".into()));
    }

    #[test]
    fn the_number_before_a_unit_is_cut_off_with_all_that_belongs_to_it() {
        for (text, number) in [
            ("37,5 km/h", "37,5"),
            ("1 000 km", "1 000"),
            ("2 h 30 min", "2"),
            ("1.2e+01 min", "1.2e+01"),
            ("5e km", "5"),
            ("0x10 km", "0x10"),
            ("0 beds", "0"),
            ("0b", "0"),
            ("-5 min", "-5"),
            ("5-6 min", "5"),
            ("\u{661}\u{662} km", "\u{661}\u{662}"),
            ("km", ""),
        ] {
            assert_eq!(leading(text).0, number, "{text}");
        }
    }
}
