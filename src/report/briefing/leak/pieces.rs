//! A page in pieces: its texts, attributes, comments, scripts and data, and what is encoded in them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// A text of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands, in words.
    pub(super) place: String,
    /// The text, with entities and escapes undone.
    pub(super) text: String,
    /// Whether it is a number for drawing, such as a coordinate of a picture.
    pub(super) drawing: bool,
}

/// Attributes that only draw: numbers in them are places on paper.
const DRAWING: [&str; 34] = [
    "d",
    "points",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "viewBox",
    "transform",
    "style",
    "fill",
    "stroke",
    "stroke-width",
    "font-size",
    "font-weight",
    "opacity",
    "class",
    "id",
    "offset",
    "rows",
    "cols",
    "tabindex",
    "clip-path",
    "text-anchor",
];

/// All pieces, in the order of the page.
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut add = |place: String, text: &str, drawing: bool| {
        if text.trim().is_empty() {
            return;
        }
        let text = unescaped(text);
        found.extend(decoded(&text, 2).into_iter().map(|inner| Piece {
            place: format!("an encoded text in {place}"),
            text: inner,
            drawing: false,
        }));
        found.push(Piece { place, text, drawing });
    };
    let mut rest = page;
    let mut inside = String::new();
    while let Some(at) = rest.find('<') {
        add(place_of_text(&inside), &rest[..at], inside == "style");
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            add("a comment".into(), &comment[..end], false);
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        let end = end_of_tag(rest);
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        let name = tag.split(|c: char| c.is_whitespace() || c == '/' || c == '>').next().unwrap_or_default();
        if tag.starts_with('/') {
            inside.clear();
            continue;
        }
        inside = name.into();
        for (attribute, value) in attributes(&tag[name.len()..]) {
            add(format!("the attribute {attribute} of <{name}>"), value, DRAWING.contains(&attribute));
        }
    }
    add(place_of_text(&inside), rest, false);
    found
}

fn place_of_text(inside: &str) -> String {
    match inside {
        "script" => "the data of the page".into(),
        "style" => "the style sheet".into(),
        "title" | "desc" | "metadata" => format!("the {inside} of the page or of a picture"),
        _ => "the text of the page".into(),
    }
}

/// Where a tag ends: a `>` outside of quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Names and values of the attributes of a tag.
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let name = rest[..at].rsplit(char::is_whitespace).find(|part| !part.is_empty()).unwrap_or_default();
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        found.push((name, value));
        rest = after;
    }
    found
}

/// The text with its entities (`&#81;`, `&amp;`), percent signs (`%51`) and escapes (`\u0051`, `\x51`) undone.
fn unescaped(text: &str) -> String {
    let mut undone = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\\', '%']) {
        undone.push_str(&rest[..at]);
        rest = &rest[at..];
        match escape(rest) {
            Some((letter, length)) => {
                undone.push(letter);
                rest = &rest[length..];
            }
            None => {
                undone.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    undone.push_str(rest);
    undone
}

/// The letter that an escape at the beginning stands for, and its length.
fn escape(text: &str) -> Option<(char, usize)> {
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(inner) = text.strip_prefix('&') {
        let end = inner.get(..inner.len().min(10).min(inner.find(';')?))?.len();
        let letter = match &inner[..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            number => match number.strip_prefix("#x").or(number.strip_prefix("#X")) {
                Some(digits) => hex(digits)?,
                None => number.strip_prefix('#')?.parse().ok().and_then(char::from_u32)?,
            },
        };
        return Some((letter, end + 2));
    }
    if text.starts_with("\\u{") {
        let end = text.find('}')?;
        return Some((hex(text.get(3..end)?)?, end + 1));
    }
    if text.starts_with("\\u") {
        return Some((hex(text.get(2..6)?)?, 6));
    }
    if text.starts_with("\\x") {
        return Some((hex(text.get(2..4)?)?, 4));
    }
    if text.starts_with('%') {
        return hex(text.get(1..3)?).filter(|letter| *letter >= ' ').map(|letter| (letter, 3));
    }
    None
}

/// What is encoded in a text as base64 or hexadecimal, and in that again, so many times.
fn decoded(text: &str, depth: usize) -> Vec<String> {
    if depth == 0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let in_base64 = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    for word in text.split(|c: char| !in_base64(c)).filter(|word| word.len() >= 8) {
        let hexadecimal = || -> Option<Vec<u8>> {
            (word.len() % 2 == 0).then_some(())?;
            (0..word.len()).step_by(2).map(|at| u8::from_str_radix(&word[at..at + 2], 16).ok()).collect()
        };
        let whole = &word[..word.len() - usize::from(word.len() % 4 == 1)];
        let ways = [STANDARD_NO_PAD.decode(whole).ok(), URL_SAFE_NO_PAD.decode(whole).ok(), hexadecimal()];
        for bytes in ways.into_iter().flatten() {
            if let Ok(inner) = String::from_utf8(bytes)
                && !inner.chars().any(|c| c.is_control() && !c.is_whitespace())
                && !found.contains(&inner)
            {
                found.extend(decoded(&inner, depth - 1));
                found.push(inner);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn every_hidden_place_of_a_page_is_a_piece() {
        let encoded = STANDARD.encode("planted seven here");
        let page = format!(
            "<p title=\"planted one > two\" data-x='planted two'>planted three<!-- planted four --></p><svg><title>planted five</title></svg>\
             <script type=\"application/json\">{{\"a\":\"pl\\u0061nted six\"}}</script><a href=\"data:x;base64,{encoded}\">&#112;lanted eight</a>\
             <i alt=%70lanted+nine></i><b>{}</b>",
            "706c616e7465642074656e"
        );
        let texts: Vec<String> = pieces(&page).into_iter().map(|piece| piece.text).collect();
        for number in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] {
            assert!(texts.iter().any(|text| text.replace('+', " ").contains(&format!("planted {number}"))), "{number}: {texts:?}");
        }
    }
}
