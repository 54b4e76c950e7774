//! Dates in every notation: a page that may leave the house counts days from the start.

use super::fold::words;
use regex_lite::Regex;

/// Names of months, in full or short, that mean nothing else in English; and the names of other languages and calendars, folded.
const MONTHS: &str = "jan feb apr jun jul aug sep sept oct nov january february april june july august september october november december \
    januar februar marz maerz mai juni juli oktober dezember janner feber \
    janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre \
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre \
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre \
    janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro \
    januari februari maart mei augustus desember \
    ocak subat nisan mayis haziran temmuz agustos eylul ekim kasim aralik \
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia \
    rebendan cile sibat adar gulan heziran tirmeh tebax ilon cotmeh mijdar kanun \
    farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand \
    muharram safar rajab shaban ramadan ramazan shawwal zilqad zulhijja \
    январь января февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь сентября октябрь октября ноябрь \
    ноября декабрь декабря січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня \
    ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου \
    يناير فبراير مارس ابريل مايو يونيو يونيه يوليو يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز ايلول تشرين \
    محرم صفر رجب شعبان رمضان شوال جانفي فيفري افريل جوان جويليه اوت \
    ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר";
/// Days of the week and of the year.
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi \
    mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت \
    christmas easter eid nowruz newroz newruz ashura arbaeen yom kippur hanukkah epiphany pentecost winter summer autumn midwinter midsummer \
    solstice equinox";
/// What a month is called in a date, in English.
const MONTH: &str = "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

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
    let known: Vec<&str> = MONTHS.split_whitespace().chain(DAYS.split_whitespace()).collect();
    if let Some(word) = words(text).find(|word| known.contains(word)) {
        return Some(word.into());
    }
    let day = "(0?[1-9]|[12][0-9]|3[01])";
    let patterns = [
        r"\b(19|20)[0-9][0-9]\b".to_owned(),
        r"'[0-9][0-9]\b".to_owned(),
        format!(r"\b{day}(st|nd|rd|th|\.)?[ ,./_-]{{0,2}}(of )?{MONTH}\b"),
        format!(r"\b{MONTH}\.?[ ,./_'-]{{0,2}}({day}|(19|20)[0-9][0-9])(st|nd|rd|th)?\b"),
        r"\b(in|since|until|till|by|early|late|mid|from|before|after|during)[ -](may|march|mar|dec)\b".to_owned(),
        r"\b([12][0-9]|3[01]|0[1-9])/(0[1-9]|1[0-2])\b".to_owned(),
        r"\b(0[1-9]|1[0-2])/([12][0-9]|3[01])\b".to_owned(),
        format!(r"\b{day}\. ?(0?[1-9]|1[0-2])\.( |$)"),
        r"\b(w|wk|week|weeks|kw|cw|woche|semaine|semana|hafta)[ .]{0,2}(no[ .]{0,2})?[0-5]?[0-9]\b".to_owned(),
        r"\b(doy|julian|day[ -]of[ -](the[ -])?year|ordinal day|zodiac)\b".to_owned(),
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
    // A capital within a sentence makes a month of a word that is none by itself.
    if let Some(found) = pattern(r"[a-z,;(-] ?(March|May|MARCH|MAY|MAR|DEC|Dec|Mar)\b").find(original) {
        return Some(found.as_str()[1..].trim().to_lowercase());
    }
    words(text).find(|word| is_short_date(word, year)).map(Into::into)
}

/// Whether six or eight digits are a date of about the scenario's years in some order, or five a year and a day of it.
fn is_short_date(word: &str, year: i32) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let part = |from: usize, to: usize| word[from..to].parse::<i32>().unwrap_or(0);
    let near = |short: i32| (2000 + short - year).abs() <= 5;
    let day_and_month = |day: i32, month: i32| (1..=31).contains(&day) && (1..=12).contains(&month);
    match word.len() {
        5 => near(part(0, 2)) && (1..=366).contains(&part(2, 5)),
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
            "1 of 2 lanes, 4.5 days, 18:00 to 02:00",
        ] {
            assert_eq!(likely(text, &folded(text), 2026), None, "{text}");
        }
    }
}
