//! Characters that act on a terminal, or that change how the text around them is read, made visible.
//!
//! Names come from scenario files, folders and file names, so any character may stand in them: an escape sequence could retitle or clear a
//! terminal, and a bidirectional override could show another word than the one that is written.

use std::borrow::Cow;

/// Whether a character must not reach a terminal as it is: controls of C0 and C1 (but line feed and tabulator), bidirectional controls,
/// other characters that have no width or that no text holds.
#[must_use]
pub const fn acts(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Bidirectional marks, embeddings, overrides and isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separators; what has no width (joiners stay: Persian and Indic spelling needs them).
        '\u{2028}' | '\u{2029}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' => true,
        // Annotation controls, tags, noncharacters.
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// The text with such characters as escapes: U+009B becomes `\u{9b}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| format!("\\u{{{:x}}}", u32::from(letter)))
}

/// JSON with such characters as escapes of JSON: U+009B becomes `\u009b`. Outside strings JSON has none of them but the line feed.
#[must_use]
pub fn visible_json(json: &str) -> Cow<'_, str> {
    replaced(json, |letter| letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect())
}

fn replaced(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if acts(letter) { shown.push_str(&escape(letter)) } else { shown.push(letter) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_as_escapes_and_letters_stay() {
        assert_eq!(visible("a\u{9b}31m\u{1b}]0;x\u{7}\r"), "a\\u{9b}31m\\u{1b}]0;x\\u{7}\\u{d}");
        assert_eq!(visible("\u{202e}\u{2066}\u{200f}\u{61c}\u{feff}"), "\\u{202e}\\u{2066}\\u{200f}\\u{61c}\\u{feff}");
        assert!(matches!(visible("الموقع\tΩ-Центр\n می‌روم"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!({"name": "a\u{9b}\u{202e}\u{e0041}\u{1b}b"});
        let text = value.to_string();
        let shown = visible_json(&text);
        assert!(!shown.contains(acts), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), value);
    }
}
