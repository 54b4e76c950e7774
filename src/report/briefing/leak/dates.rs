//! Dates in every notation: a page that may leave the house counts days from the start.

use super::calendars::{DAYS, FEASTS, FEASTS_IN_WORDS, MONTHS, MONTHS_BESIDE_NUMBERS};
use super::fold::words;
use super::numbers;
use regex_lite::Regex;

/// What a month is called in a date, in English.
const MONTH: &str =
    "(jan(uary)?|febr?(uary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

/// A pattern of ours.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

/// Where a text tells a date beyond doubt: year, month and day, a week or a date-time group. Folded text.
pub(super) fn certain(text: &str) -> Option<&str> {
    let day = "(0?[1-9]|[12][0-9]|3[01])";
    let month = "(0?[1-9]|1[0-2])";
    let year = "(19|20)[0-9][0-9]";
    let short = "((19|20)[0-9][0-9]|[1-9][0-9])";
    let patterns = [
        format!(r"\b{year}(-|/|\.|_| |, ){month}(-|/|\.|_| |, ){day}\b"),
        format!(r"\b{day} ?[-/.] ?{month} ?[-/.] ?{short}\b"),
        format!(r"\b{month} ?[-/.] ?{day} ?[-/.] ?{short}\b"),
        format!(r"\b{day}[ ./-](i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii)[ ./-]{year}\b"),
        // 21 Jan 2026, 21JAN26, January 21, 2026, Jan-26.
        format!(r"\b{day}(st|nd|rd|th|\.)?[ ,./_-]{{0,2}}(of )?{MONTH}\.?[ ,./_'-]{{0,2}}{short}\b"),
        format!(r"\b{MONTH}\.?[ ,./_-]{{0,2}}{day}(st|nd|rd|th)?[ ,./_'-]{{1,2}}{short}\b"),
        format!(r"\b{MONTH}[ ./_-]{year}\b"),
        // 211200ZJAN26, 21 1200C JAN 26, 211200Z.
        format!(r"\b[0-3][0-9] ?[0-2][0-9][0-5][0-9] ?[a-z] ?{MONTH}([ 0-9]|\b)"),
        r"\b([0-2][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9] ?z\b".to_owned(),
        // 2026-W04-3, 2026-021.
        format!(r"\b{year}-?w[0-5][0-9](-?[1-7])?\b"),
        format!(r"\b{year}-([0-2][0-9][0-9]|3[0-6][0-9])\b"),
        r"[0-9] ?[年月日]".to_owned(),
    ];
    let found = patterns.iter().find_map(|one| pattern(one).find(text)).map(|found| found.as_str());
    found.filter(|found| !found.starts_with("00")).or_else(|| in_one_number(text))
}

/// Where a word is year, month and day in one.
fn in_one_number(text: &str) -> Option<&str> {
    words(text).find(|word| {
        let Some(number) = Some(*word).filter(|word| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit())) else {
            return false;
        };
        let part = |from: usize, to: usize| number[from..to].parse().unwrap_or(0);
        let is_date =
            |year: u32, month: u32, day: u32| (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_date(part(0, 4), part(4, 6), part(6, 8))
    })
}

/// Where a text that a person wrote tells a date, a year, a month, a week or a time of the year, in whatever words. `original` is the same
/// text before folding, `year` that of the scenario.
pub(super) fn likely(original: &str, text: &str, year: i32) -> Option<String> {
    if let Some(found) = certain(text) {
        return Some(found.into());
    }
    let known: Vec<&str> = [MONTHS, DAYS, FEASTS].into_iter().flat_map(str::split_whitespace).collect();
    // Sha'ban is Shaban.
    let joined = text.replace('\'', "");
    if let Some(word) = words(&joined).chain(words(text)).find(|word| known.contains(word)) {
        return Some(word.into());
    }
    let day = "(0?[1-9]|[12][0-9]|3[01])";
    let beside = MONTHS_BESIDE_NUMBERS.split_whitespace().collect::<Vec<_>>().join("|");
    let spelt = "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty)";
    let patterns = [
        FEASTS_IN_WORDS.to_owned(),
        format!(r"\b{day}[ .]{{0,2}}({beside})\b"),
        r"\b(mo|di|mi|do|fr|sa|so)\.,? ?[0-9]".to_owned(),
        format!(r"\b(week|wk|month)[ -]{spelt}\b"),
        format!(r"\b({spelt}|[a-z]+th|first|second|third|[0-9]+(st|nd|rd|th)) week of\b"),
        format!(r"\b{spelt}[ -]?(th|st|nd|rd)? of {MONTH}\b"),
        r"\b(m?jd|julian( day)?|hijri|hegira|hegirae|shamsi|ah|h) ?:? ?[0-9]{3,7}\b".to_owned(),
        r"\b(dtg|fy ?'?[0-9]{2,4})\b".to_owned(),
        r"\b(19|20)[0-9][0-9]\b".to_owned(),
        r"'[0-9][0-9]\b".to_owned(),
        format!(r"\b{day}(st|nd|rd|th|\.)?[ ,./_-]{{0,2}}(of )?{MONTH}\b"),
        format!(r"\b{MONTH}\.?[ ,./_'-]{{0,2}}({day}|(19|20)[0-9][0-9])(st|nd|rd|th)?\b"),
        r"\b(in|since|until|till|by|early|late|mid|from|before|after|during)[ -](may|march|mar|dec)\b".to_owned(),
        format!(r"\b{day}\. ?(0?[1-9]|1[0-2])\.( |$)"),
        r"\b(w|wk|week|weeks|kw|cw|woche|semaine|semana|hafta)[ .:-]{0,2}(no[ .]{0,2})?[0-9]{1,4}\b".to_owned(),
        r"\b(doy|julian|day[ -]of[ -](the[ -])?year|ordinal day|zodiac)\b".to_owned(),
        r"\bday [0-9a-z-]+( [a-z]+)? of (the )?(year|[0-9])".to_owned(),
        r"\bday [0-9]+ of\b".to_owned(),
        r"\b(19|20)[0-9][0-9]([0-2][0-9][0-9]|3[0-6][0-9])\b".to_owned(),
        r"\b([0-2][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9] ?[a-z]\b".to_owned(),
        r"\b1[0-9]{9}([0-9]{3})?\b".to_owned(),
        r"\b(1[3-9]|2[0-9]|3[01])(st|nd|rd|th)\b".to_owned(),
        r"\b(twenty|two thousand( and)?)[ -](twenty|thirty|nineteen|eighteen)".to_owned(),
        r"\b1[345][0-9][0-9] ?(ah|a\.h\.|h\.|هـ|ه|هجري)".to_owned(),
        r"\b(first|second|third|fourth) quarter\b|\bq[1-4]\b".to_owned(),
        r"\b(spring|fall) of\b|\b(this|last|next|early|late) (spring|fall)\b".to_owned(),
    ];
    if let Some(found) = patterns.iter().find_map(|one| pattern(one).find(text)) {
        return Some(found.as_str().trim().into());
    }
    day_and_month(text).or_else(|| by_capital(original)).or_else(|| year_in_words(text, year)).or_else(|| {
        let short = words(text).find(|word| is_short_date(word, year) || is_other_year(word, year));
        short.map(Into::into)
    })
}

/// Where a text gives day and month with a stroke, as in 2/3; 24/7 is no date.
fn day_and_month(text: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<u32>().unwrap_or(0);
    let is_date = |one: &&str| {
        let (a, b) = one.split_once('/').map_or((0, 0), |(a, b)| (number(a), number(b)));
        let fits = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        (a, b) != (24, 7) && (fits(a, b) || fits(b, a))
    };
    pattern(r"\b[0-9]{1,2} ?/ ?[0-9]{1,2}\b").find_iter(text).map(|found| found.as_str()).find(is_date).map(Into::into)
}

/// A word that its capital makes a month or a day of the week: *march*, *may* and *sun* are words too. "May be shared" is none.
fn by_capital(original: &str) -> Option<String> {
    const MODAL: [&str; 22] = [
        "be", "not", "only", "also", "contain", "include", "have", "use", "see", "read", "share", "copy", "pass", "show", "give", "need",
        "apply", "change", "differ", "go", "then", "still",
    ];
    let mut words = original.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let modal = words.peek().is_some_and(|next| MODAL.contains(&next.to_lowercase().as_str()));
        let is_date = match word {
            "May" | "MAY" => !modal,
            "March" | "MARCH" | "Mar" | "MAR" | "Dec" | "DEC" | "Sat" | "Sun" | "SAT" | "SUN" => true,
            _ => false,
        };
        if is_date {
            return Some(word.to_lowercase());
        }
    }
    None
}

/// A year spelt out or in Roman numerals, of about the scenario's.
fn year_in_words(text: &str, year: i32) -> Option<String> {
    let near = |number: u64| i64::try_from(number).is_ok_and(|number| (number - i64::from(year)).abs() <= 10);
    numbers::numbers(text)
        .into_iter()
        .find(|(number, written)| near(*number) && written.contains(|c: char| c.is_alphabetic()))
        .map(|(_, written)| written)
}

/// Whether a number is about the scenario's year in another calendar: Hijri, Persian, Buddhist, Hebrew, Saka.
fn is_other_year(word: &str, year: i32) -> bool {
    let hijri = (f64::from(year - 622) * 1.030_7).round() as i32;
    let others = [hijri, year - 621, year - 622, year + 543, year + 3760, year + 3761, year - 78];
    word.len() == 4 && word.parse::<i32>().is_ok_and(|number| others.iter().any(|other| (number - other).abs() <= 1))
}

/// Whether six or eight digits are a date of about the scenario's years in some order, or five a year and a day of it.
fn is_short_date(word: &str, year: i32) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let part = |from: usize, to: usize| word[from..to].parse::<i32>().unwrap_or(0);
    let near = |short: i32| (2000 + short - year).abs() <= 5;
    // Days counted from an epoch: Julian, modified Julian, of spreadsheets, of Unix.
    let counted =
        |from_2000: i32| (f64::from(word.parse::<i32>().unwrap_or(0) - from_2000) / 365.25 + 2000.0 - f64::from(year)).abs() <= 3.0;
    let day_and_month = |day: i32, month: i32| (1..=31).contains(&day) && (1..=12).contains(&month);
    match word.len() {
        5 => near(part(0, 2)) && (1..=366).contains(&part(2, 5)) || [51_544, 36_526, 10_957].into_iter().any(counted),
        7 => counted(2_451_545),
        6 => {
            let (a, b, c) = (part(0, 2), part(2, 4), part(4, 6));
            near(a) && day_and_month(c, b) || near(c) && (day_and_month(a, b) || day_and_month(b, a))
        }
        8 => (1900..2100).contains(&part(4, 8)) && (day_and_month(part(0, 2), part(2, 4)) || day_and_month(part(2, 4), part(0, 2))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::folded;
    use super::*;

    #[test]
    fn dates_are_found_in_every_notation() {
        for text in [
            "2026-01-21",
            "2026/1/21",
            "2026.01.21",
            "20260121",
            "21/01/2026",
            "21.1.26",
            "21-01-26",
            "1/21/2026",
            "21 Jan 2026",
            "21JAN26",
            "January 21, 2026",
            "Jan-2026",
            "21st of January 2026",
            "211200ZJAN26",
            "21 1200C JAN 26",
            "211200CJAN2026",
            "211200Z",
            "2026-W04",
            "2026W043",
            "2026-021",
            "٢١/٠١/٢٠٢٦",
            "21.I.2026",
            "2026年1月21日",
        ] {
            let text = format!("seen on {text}, it says");
            assert!(certain(&folded(&text)).is_some(), "{text}");
        }
        for text in [
            "21/01",
            "2/3",
            "21/1",
            "Febr. 2",
            "Sept.",
            "Tue",
            "Thurs",
            "JD 2461062",
            "MJD 61061",
            "2461062",
            "2 Sha'ban 1447",
            "1 Ramadan",
            "1447",
            "week six",
            "week 6",
            "W06",
            "Candlemas",
            "New Year's Day",
            "full moon",
            "MMXXVI",
            "two zero two six",
            "March planning staff only",
            "12 Tishrei",
            "21.1.",
            "21 January",
            "Jan 21",
            "in January",
            "im Januar",
            "le 21 janvier",
            "21 de enero",
            "ocak",
            "21 января",
            "يناير",
            "كانون الثاني",
            "in May",
            "before March",
            "2026",
            "'26",
            "2026021",
            "26021",
            "260121",
            "210126",
            "21012026",
            "week 4",
            "KW 4",
            "W04",
            "day 21 of",
            "DOY 21",
            "1768953600",
            "the 21st",
            "twenty twenty-six",
            "Wednesday",
            "2 Shaban 1447",
            "winter",
            "Q1",
            "211200C",
        ] {
            assert!(likely(text, &folded(text), 2026).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "convoysim 0.1.0, 400 of 1,000 runs, P80 36.5 ± 0.4",
            "seed 20269921, 4 of 12 runs, [4680,20,60,40]",
            "2 separate sites, 12 decks",
            "staffed 24/7",
            "may be shared, rate of march 40 km/h",
            "Planning example. Public, aggregate figures. Simulated.",
            "Released",
            "MAY BE SHARED",
            "May be shared with partners",
            "1 of 2 lanes, 4.5 days, 18:00 to 02:00",
        ] {
            assert_eq!(likely(text, &folded(text), 2026), None, "{text}");
        }
    }
}
