//! Which characters the charts can draw. The faces are embedded in the reports, which this layer does not know; a test holds the two together.

/// Ranges of characters that one of the embedded faces has.
const RANGES: [(char, char); 57] = [
    ('\u{20}', '\u{7e}'),
    ('\u{a0}', '\u{ac}'),
    ('\u{ae}', '\u{148}'),
    ('\u{14a}', '\u{17f}'),
    ('\u{192}', '\u{192}'),
    ('\u{2c6}', '\u{2dd}'),
    ('\u{300}', '\u{304}'),
    ('\u{306}', '\u{30a}'),
    ('\u{30c}', '\u{30c}'),
    ('\u{30f}', '\u{30f}'),
    ('\u{313}', '\u{313}'),
    ('\u{315}', '\u{315}'),
    ('\u{31b}', '\u{31b}'),
    ('\u{323}', '\u{323}'),
    ('\u{326}', '\u{328}'),
    ('\u{32c}', '\u{32c}'),
    ('\u{337}', '\u{338}'),
    ('\u{342}', '\u{343}'),
    ('\u{346}', '\u{36f}'),
    ('\u{374}', '\u{376}'),
    ('\u{37a}', '\u{37f}'),
    ('\u{384}', '\u{38a}'),
    ('\u{38c}', '\u{38c}'),
    ('\u{38e}', '\u{3a1}'),
    ('\u{3a3}', '\u{3cf}'),
    ('\u{400}', '\u{45f}'),
    ('\u{490}', '\u{493}'),
    ('\u{49a}', '\u{49b}'),
    ('\u{4a2}', '\u{4a3}'),
    ('\u{4ae}', '\u{4b3}'),
    ('\u{4ba}', '\u{4bb}'),
    ('\u{4d8}', '\u{4d9}'),
    ('\u{4e8}', '\u{4e9}'),
    ('\u{591}', '\u{5c7}'),
    ('\u{5d0}', '\u{5ea}'),
    ('\u{5f0}', '\u{5f4}'),
    ('\u{600}', '\u{61c}'),
    ('\u{61e}', '\u{6ff}'),
    ('\u{200c}', '\u{200d}'),
    ('\u{2010}', '\u{2015}'),
    ('\u{2018}', '\u{201e}'),
    ('\u{2020}', '\u{2022}'),
    ('\u{2026}', '\u{2026}'),
    ('\u{2030}', '\u{2030}'),
    ('\u{2032}', '\u{2033}'),
    ('\u{2039}', '\u{203a}'),
    ('\u{20ac}', '\u{20ac}'),
    ('\u{2190}', '\u{2193}'),
    ('\u{2212}', '\u{2212}'),
    ('\u{2248}', '\u{2248}'),
    ('\u{2260}', '\u{2260}'),
    ('\u{2264}', '\u{2265}'),
    ('\u{25a0}', '\u{25a1}'),
    ('\u{25b2}', '\u{25b3}'),
    ('\u{25c6}', '\u{25c6}'),
    ('\u{25cb}', '\u{25cb}'),
    ('\u{25cf}', '\u{25cf}'),
];

/// Whether the charts can draw a character, or there is nothing to be drawn. Controls are shown as escapes.
#[must_use]
pub fn is_drawable(letter: char) -> bool {
    letter.is_control()
        || letter.is_whitespace()
        || RANGES.iter().any(|(first, last)| (*first..=*last).contains(&letter))
        || is_escaped(letter)
}

/// Whether reports show a character as an escape, as in `\\u{202e}`.
const fn is_escaped(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{180e}')
}
