//! Texts brought to one form, so that a name or a date is found however it is dressed: case, accents, digits and dashes of other scripts,
//! and characters that nobody sees.

/// The text in small letters without accents, with ASCII digits, spaces and dashes, and without characters that have no width.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            // Marks above and below letters, Arabic vowel signs and lengthening, what has no width.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}' => {}
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => folded.push(' '),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => folded.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2b9}' | '\u{60}' | '\u{b4}' => folded.push('\''),
            '\u{ff01}'..='\u{ff5e}' => folded.extend(char::from_u32(u32::from(letter) - 0xfee0).into_iter().flat_map(char::to_lowercase)),
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' | 'ċ' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' | 'ġ' => folded.push('g'),
            'ħ' | 'ḥ' | 'ḩ' => folded.push('h'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ł' | 'ľ' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ř' => folded.push('r'),
            'ś' | 'ş' | 'š' | 'ș' | 'ṣ' => folded.push('s'),
            'ţ' | 'ť' | 'ț' | 'ṭ' => folded.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' | 'ẓ' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            // Signs of transliteration, as in ʿAin.
            'ʿ' | 'ʾ' => {}
            other => folded.push(digit(other).unwrap_or(other)),
        }
    }
    folded
}

/// The ASCII digit of a decimal digit of another script.
fn digit(letter: char) -> Option<char> {
    // Where the zeros of scripts stand; nine digits follow each. Mathematical digits come in five styles.
    const ZEROS: [u32; 14] = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xe50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6];
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&u32::from(letter)))?;
    char::from_digit(u32::from(letter) - zero, 10)
}

/// The words of a folded text: what stands between characters that are neither letters nor digits.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The text with a space where a capital begins within a word: `QamishliCamp` is two words.
pub(super) fn apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for letter in text.chars() {
        if last.is_lowercase() && letter.is_uppercase()
            || last.is_alphabetic() && letter.is_ascii_digit()
            || last.is_ascii_digit() && letter.is_alphabetic()
        {
            apart.push(' ');
        }
        apart.push(letter);
        last = letter;
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_one_word_in_any_dress() {
        for dressed in ["Qamishli", "QAMISHLI", "Q\u{101}mishl\u{12b}", "Qa\u{200b}mish\u{ad}li", "\u{ff31}amishli", "Qamishli\u{301}"] {
            assert_eq!(folded(dressed), "qamishli", "{dressed:?}");
        }
        assert_eq!(folded("٢١ ۲۱ ２１ 𝟐𝟏–"), "21 21 21 21-");
        assert_eq!(words("wadi-7_b (c)").collect::<Vec<_>>(), ["wadi", "7", "b", "c"]);
        assert_eq!(apart("QamishliCamp12JAN"), "Qamishli Camp 12 JAN");
    }
}
