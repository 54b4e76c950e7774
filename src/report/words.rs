//! Numbers in words and figures for people: grouped thousands, as many decimals as the error allows, whole days rounded up.

/// `7,000` for 7000.
pub(super) fn grouped(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}

/// `1 run`, `2,000 runs`.
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Decimals of a figure whose error is `error`: none beside 1, two at most.
pub(super) fn decimals(error: Option<f64>) -> usize {
    match error {
        Some(error) if error >= 0.5 => 0,
        Some(error) if error >= 0.05 => 1,
        _ => 2,
    }
}

/// A figure with fixed decimals and grouped thousands.
pub(super) fn figure(x: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", x.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    let sign = if x < 0.0 && !zero { "−" } else { "" };
    format!("{sign}{}{fraction}", whole.parse().map_or_else(|_| whole.to_string(), grouped))
}

/// A figure short and honest: whole from 100, otherwise one decimal, two below 10, and no zeros at the end.
pub(super) fn plain(x: f64) -> String {
    let decimals = if x.abs() >= 100.0 {
        0
    } else if x.abs() >= 10.0 {
        1
    } else {
        2
    };
    let text = figure(x, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// A figure with its sign, plus included; 0 has none.
pub(super) fn signed(x: f64, decimals: usize) -> String {
    let text = figure(x, decimals);
    if x > 0.0 && text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0') { format!("+{text}") } else { text }
}

/// A small amount with two digits that count, as [`plain`] where that has them: 0.0069, not 0.01.
pub(super) fn two_digits(x: f64) -> String {
    let first = if x > 0.0 { -libm::log10(x).floor() } else { 0.0 };
    if (2.0..12.0).contains(&first) { format!("{x:.*}", first as usize + 1) } else { plain(x) }
}

/// A share in whole percent, which says "under 1%" and "over 99%" rather than round to none or all.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 1.0 => "under 1%".into(),
        p if p > 99.0 && p < 100.0 => "over 99%".into(),
        _ => format!("{}%", points(share)),
    }
}

/// A share in whole percent, bare.
pub(super) fn points(share: f64) -> String {
    format!("{:.0}", halves_up(share * 100.0))
}

/// The ends of an interval of a share in whole percent, bare; neither is rounded to none or all.
pub(super) fn ends(low: f64, high: f64) -> String {
    let bare = |share: f64| percent(share).trim_end_matches('%').to_owned();
    format!("{} to {}", bare(low), bare(high))
}

/// To the nearest whole; halves go up, also where the binary fraction lies just below, so that 96.5 % is 97 % wherever it is said.
fn halves_up(x: f64) -> f64 {
    (x + 1e-9).round()
}

/// Hours as `7 h 24`; minutes alone below an hour.
pub(super) fn hours(hours: f64) -> String {
    let minutes = (hours * 60.0).round() as u64;
    if minutes < 60 { format!("{minutes} min") } else { format!("{} h {:02}", grouped((minutes / 60) as usize), minutes % 60) }
}

/// The day by whose end something is done: whole days, rounded up; the first day is day 1.
pub(super) fn day(days: f64) -> String {
    grouped(days.ceil().max(1.0) as usize)
}

/// The words with a capital at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Breaks a text into lines of at most `width` characters, at spaces.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([figure(1234.56, 1), figure(-0.04, 1), figure(-5.0, 0)], ["1,234.6", "0.0", "−5"]);
        assert_eq!([plain(203.4), plain(12.0), plain(0.69)], ["203", "12", "0.69"]);
        assert_eq!([two_digits(0.5), two_digits(0.006_94), two_digits(0.013_9), two_digits(0.0)], ["0.5", "0.0069", "0.014", "0"]);
        assert_eq!([percent(0.004), percent(0.996), percent(0.0), percent(0.61)], ["under 1%", "over 99%", "0%", "61%"]);
        let ties = [89.0 / 200.0, 57.0 / 200.0, 0.435].map(points);
        assert_eq!(ties, ["45", "29", "44"], "halves go up wherever a share is printed");
        assert_eq!([percent(0.965), percent(0.145), percent(29.0 / 200.0)], ["97%", "15%", "15%"]);
        assert_eq!([ends(0.93, 0.996), ends(0.004, 1.0)], ["93 to over 99", "under 1 to 100"]);
        assert_eq!([hours(7.4), hours(0.5), hours(0.9999)], ["7 h 24", "30 min", "1 h 00"]);
    }

    #[test]
    fn a_day_counts_as_soon_as_it_has_begun() {
        assert_eq!([day(0.69), day(26.0), day(26.01)], ["1", "26", "27"]);
    }

    #[test]
    fn decimals_follow_the_error() {
        assert_eq!([decimals(Some(1.2)), decimals(Some(0.4)), decimals(Some(0.01)), decimals(None)], [0, 1, 2, 2]);
    }
}
