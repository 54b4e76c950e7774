//! Whole numbers in a text however they are written: 7000, 7,000, 7 000, 7.000, 7'000, 7k, 7e3, seven thousand.

use super::dates::pattern;

/// The whole numbers of a folded text, each with how it is written.
pub(super) fn numbers(text: &str) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    let grouped = pattern(r"[0-9]{1,3}([ ,.'_٬][0-9]{3})+\b|[0-9]+");
    let scaled = pattern(r"([0-9]+)([.,]([0-9]+))? ?(k|thousand|tsd|m|million)\b");
    let scientific = pattern(r"\b([0-9])(\.([0-9]+))?e\+?([0-9])\b");
    for one in grouped.find_iter(text) {
        let digits: String = one.as_str().chars().filter(char::is_ascii_digit).collect();
        found.extend(digits.parse().ok().map(|number| (number, one.as_str().to_owned())));
        // A list such as `400, 480` is read number by number too.
        for part in one.as_str().split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() < digits.len()) {
            found.extend(part.parse().ok().map(|number| (number, part.to_owned())));
        }
    }
    for one in scaled.captures_iter(text) {
        let digits = |i: usize| one.get(i).map_or("", |part| part.as_str());
        let zeros = if digits(4).starts_with('m') { 6 } else { 3 };
        found.extend(shifted(digits(1), digits(3), zeros).map(|number| (number, one[0].to_owned())));
    }
    for one in scientific.captures_iter(text) {
        let digits = |i: usize| one.get(i).map_or("", |part| part.as_str());
        found.extend(shifted(digits(1), digits(3), digits(4).parse().unwrap_or(0)).map(|number| (number, one[0].to_owned())));
    }
    // 7 0 1 7, and 0x1b69.
    for one in pattern(r"\b[0-9]([ ._-][0-9]){2,}\b").find_iter(text) {
        let digits: String = one.as_str().chars().filter(char::is_ascii_digit).collect();
        found.extend(digits.parse().ok().map(|number| (number, one.as_str().to_owned())));
    }
    for one in pattern(r"\b0x[0-9a-f]{1,12}\b").find_iter(text) {
        found.extend(u64::from_str_radix(&one.as_str()[2..], 16).ok().map(|number| (number, one.as_str().to_owned())));
    }
    found.extend(in_words(text));
    found.extend(digit_by_digit(text));
    found.extend(super::fold::words(text).filter_map(|word| Some((roman(word)?, word.to_owned()))));
    found
}

/// Numbers spelt out digit by digit or in pairs: seven zero one seven, seventy seventeen, double zero.
fn digit_by_digit(text: &str) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    let (mut digits, mut so_far): (String, Vec<&str>) = (String::new(), Vec::new());
    let (mut times, mut open_tens) = (1, false);
    for word in super::fold::words(text).chain([""]) {
        let small = SMALL.iter().position(|known| *known == word).or(match word {
            "oh" | "o" | "nil" | "nought" | "naught" | "null" => Some(0),
            "niner" => Some(9),
            "tree" => Some(3),
            "fife" => Some(5),
            _ => word.parse().ok().filter(|digit| *digit < 10 && word.len() == 1),
        });
        let tens = TENS.iter().position(|known| *known == word).map(|n| (n + 2) * 10);
        match (word, small, tens) {
            ("double", ..) => times = 2,
            ("triple" | "treble", ..) => times = 3,
            (_, Some(n), _) if open_tens && (1..10).contains(&n) => {
                digits.pop();
                digits.push_str(&n.to_string());
                open_tens = false;
            }
            (_, Some(n), _) | (_, None, Some(n)) => {
                digits.push_str(&n.to_string().repeat(times));
                (times, open_tens) = (1, tens.is_some());
            }
            _ => {
                if so_far.len() > 1 {
                    found.extend(digits.parse().ok().map(|number| (number, so_far.join(" "))));
                }
                (digits, times, open_tens) = (String::new(), 1, false);
                so_far.clear();
                continue;
            }
        }
        so_far.push(word);
    }
    found
}

/// The value of a Roman numeral in its usual form.
fn roman(word: &str) -> Option<u64> {
    const PARTS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let (mut rest, mut value) = (word, 0);
    for (worth, letters) in PARTS {
        while let Some(after) = rest.strip_prefix(letters) {
            (rest, value) = (after, value + worth);
        }
    }
    let mut again = String::new();
    let mut left = value;
    for (worth, letters) in PARTS {
        while left >= worth {
            again.push_str(letters);
            left -= worth;
        }
    }
    (word.len() > 1 && rest.is_empty() && again == word).then_some(value)
}

/// Numbers below twenty in English, and tens from twenty.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A decimal number times a power of ten, if that is whole.
fn shifted(whole: &str, decimals: &str, zeros: usize) -> Option<u64> {
    let decimals = decimals.trim_end_matches('0');
    let missing = zeros.checked_sub(decimals.len())?;
    format!("{whole}{decimals}{}", "0".repeat(missing)).parse().ok()
}

/// Numbers in English words.
fn in_words(text: &str) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    // Sum of finished thousands, what is under way, and the words so far.
    let (mut sum, mut now, mut so_far): (u64, u64, Vec<&str>) = (0, 0, Vec::new());
    for word in super::fold::words(text).chain([""]) {
        let small = SMALL.iter().position(|known| *known == word).map(|n| n as u64);
        let tens = TENS.iter().position(|known| *known == word).map(|n| (n as u64 + 2) * 10);
        match (word, small.or(tens)) {
            (_, Some(n)) => now += n,
            ("hundred" | "hundreds", _) => now = now.max(1).saturating_mul(100),
            ("dozen", _) => now = now.max(1).saturating_mul(12),
            ("score", _) if !so_far.is_empty() => now = now.max(1).saturating_mul(20),
            ("thousand", _) => (sum, now) = (sum.saturating_add(now.max(1).saturating_mul(1_000)), 0),
            ("million", _) => (sum, now) = (sum.saturating_add(now.max(1).saturating_mul(1_000_000)), 0),
            ("and", _) if !so_far.is_empty() => {}
            _ => {
                if !so_far.is_empty() {
                    found.push((sum.saturating_add(now), so_far.join(" ")));
                }
                (sum, now) = (0, 0);
                so_far.clear();
                continue;
            }
        }
        so_far.push(word);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for text in [
            "7017",
            "7,017",
            "7 017",
            "7.017",
            "7'017",
            "7_017",
            "seven thousand and seventeen",
            "Seven-thousand seventeen",
            "7.017k",
            "7017.",
        ] {
            let text = super::super::fold::folded(text);
            assert!(numbers(&format!("about {text} people")).iter().any(|(n, _)| *n == 7_017), "{text}");
        }
        for text in ["7000", "7k", "7 thousand", "7.0 thousand", "7e3", "seven thousand", "seventy hundred"] {
            assert!(numbers(text).iter().any(|(n, _)| *n == 7_000), "{text}");
        }
        for text in ["seven zero one seven", "seventy seventeen", "7 0 1 7", "MMMMMMMXVII", "0x1b69", "seven oh one seven"] {
            assert!(numbers(&super::super::fold::folded(text)).iter().any(|(n, _)| *n == 7_017), "{text}");
        }
        for text in ["seven zero zero zero", "seven triple zero", "7-0-0-0"] {
            assert!(numbers(text).iter().any(|(n, _)| *n == 7_000), "{text}");
        }
        assert_eq!([roman("mmccc"), roman("xlii"), roman("iiii"), roman("mild")], [Some(2_300), Some(42), None, None]);
        assert!(numbers("400, 480").iter().any(|(n, _)| *n == 480));
        assert!(numbers("four hundred and eighty").iter().any(|(n, _)| *n == 480));
    }
}
