//! What may and what may not stand in a handling line, kind by kind.

use super::telling::Telling;
use super::*;

/// Of a scenario with an id, a name of one word, classes and counts.
fn telling() -> Telling {
    let words = ["m47", "falkenhorst", "patients", "women", "children", "ladies", "karkh"];
    Telling {
        words: words.iter().map(|word| ((*word).to_owned(), "an id")).collect(),
        counts: [(7_000, "a number of people"), (2_300, "a number of people"), (4_020, "a number of people"), (480, "a number of people")]
            .into(),
        position: vec![36.5, 41.0],
        year: 2026,
        ..Telling::default()
    }
}

/// What is found in a line: kind and thing.
fn found(line: &str) -> Vec<(&'static str, String)> {
    let mut found = BTreeSet::new();
    strictly(line, "the handling line", &telling(), &mut found);
    found.into_iter().map(|one| (one.what, one.found)).collect()
}

fn all_found(kind: &str, things: &[&str]) {
    for thing in things {
        let found = found(&format!("For partners only, {thing}, as agreed"));
        assert!(found.iter().any(|(what, _)| what.starts_with(kind)), "{thing}: {found:?}");
    }
}

#[test]
fn names_written_apart_or_together_are_found() {
    all_found(
        "an id",
        &["M-47", "m 47", "M.47", "m_47", "M47s", "falken horst", "Falken-Horst", "FALKEN HORST", "falkenhorst", "Falk en horst", "kar kh"],
    );
}

#[test]
fn singulars_and_plurals_of_names_are_found() {
    all_found("an id", &["patient", "a woman", "each child", "one lady", "patients'", "the woman's", "CHILD", "women"]);
}

#[test]
fn squares_and_codes_of_places_are_found() {
    all_found(
        "a place",
        &[
            "37SGV",
            "37S GV",
            "37 S GV",
            "37S GV 12 34",
            "V2JP+X8",
            "8H53V2JP+X8",
            "8H530000+",
            "LM46ab",
            "locator LM46",
            "sv9r0k2",
            "36 30 N",
            "36.5 north",
            "N 36.5",
            "36-30N 041-00E",
            "word.other.third",
            "UN/LOCODE",
            "38S",
            "UTM zone 38S",
            "the 36th parallel",
        ],
    );
}

#[test]
fn countries_are_found() {
    all_found("a place: a country", &["Iraq", "Syrian partners", "the Iraqi side", "IRAQ", "Turkey"]);
}

#[test]
fn zones_of_time_are_found() {
    all_found(
        "a place",
        &[
            "Europe/Moscow",
            "Asia/Baghdad",
            "AST",
            "Charlie time",
            "UTC+3",
            "GMT+3",
            "UTC plus three",
            "three hours ahead of UTC",
            "+03:00",
            "Arabia Standard Time",
            "Moscow time",
            "msk time",
            "time zone C",
            "1930C",
            "CEST",
            "Iraqi time",
        ],
    );
}

#[test]
fn short_months_and_weekdays_are_found() {
    all_found(
        "a date",
        &[
            "Febr.",
            "Sept.",
            "Tue",
            "Tues",
            "Wed",
            "Thurs",
            "Fri",
            "Sat",
            "Okt.",
            "Mrz",
            "janv.",
            "fevr.",
            "2 ago",
            "12 gen",
            "lunedi",
            "pazartesi",
            "21 Mar",
            "Dec",
        ],
    );
}

#[test]
fn days_of_months_and_of_years_are_found() {
    all_found(
        "a date",
        &[
            "2/3",
            "21/1",
            "1/21",
            "02/03",
            "2026-021",
            "2026021",
            "26021",
            "day 21 of 2026",
            "day twenty-one of the year",
            "JD 2461062",
            "2461062",
            "MJD 61061",
            "61061",
            "week six",
            "week 6",
            "W06",
            "GPS week 2402",
            "the sixth week of it",
            "two zero two six",
            "MMXXVI",
            "FY26",
            "the 21st",
        ],
    );
}

#[test]
fn other_calendars_and_feasts_are_found() {
    all_found(
        "a date",
        &[
            "2 Sha'ban 1447",
            "2 Shaʿban",
            "1 Ramadan",
            "Rabi al-Awwal",
            "Dhu al-Hijja",
            "1447",
            "AH 1447",
            "1404",
            "12 Tishrei",
            "3 Kislev",
            "Candlemas",
            "Easter",
            "Christmas",
            "Eid",
            "Nowruz",
            "New Year's Day",
            "Good Friday",
            "Labour Day",
            "full moon",
            "St George's Day",
        ],
    );
}

#[test]
fn numbers_of_people_are_found_however_they_are_spelt() {
    all_found(
        "a number of people",
        &[
            "seven zero zero zero",
            "seven thousand",
            "seven triple zero",
            "7 0 0 0",
            "7-0-0-0",
            "MMCCC",
            "mmccc",
            "two three zero zero",
            "CDLXXX",
            "forty twenty",
            "four eighty",
            "twenty-three hundred",
            "0x1b58",
            "2.3k",
        ],
    );
}

#[test]
fn a_word_that_its_capital_makes_a_month_is_refused_and_an_auxiliary_is_not() {
    all_found("a date", &["March", "until May", "MARCH", "May"]);
    assert_eq!(found("March planning staff only"), [("a date", "march".to_owned())]);
    for line in ["May be shared with partners", "MAY BE SHARED WITH PARTNERS", "Staff may read it", "Rate of march is assumed"] {
        assert_eq!(found(line), [], "{line}");
    }
}

#[test]
fn the_message_says_which_words_and_where() {
    let mut all = BTreeSet::new();
    strictly("Seen by the woman of M-47", "the handling line", &telling(), &mut all);
    let said = Leak(all.into_iter().collect()).to_string();
    for part in ["an id", "`women`", "`m47`", "in the handling line"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn ordinary_handling_lines_pass() {
    for line in [
        "For official use only",
        "FOR OFFICIAL USE ONLY",
        "UNCLASSIFIED // FOR OFFICIAL USE ONLY",
        "Draft for the second meeting of the working group",
        "Not to be shared beyond the cluster leads",
        "Version 3",
        "Version 2.1, draft",
        "May be shared with partners",
        "May not be copied",
        "Released for planning",
        "Planning example. Public, aggregate figures. Simulated.",
        "Restricted: planning staff only",
        "Confidential until released",
        "Internal. Do not forward.",
        "Sensitive but unclassified",
        "TLP:AMBER",
        "TLP:GREEN - community only",
        "NATO UNCLASSIFIED",
        "NATO RESTRICTED, releasable to partners",
        "EU RESTRICTED",
        "OFFICIAL-SENSITIVE",
        "Copy 2 of 5",
        "Page 1 of 3",
        "Draft, for comment within two weeks",
        "For the steering committee",
        "For discussion only; not a decision",
        "Not a forecast, not a schedule",
        "Simulated figures, rounded",
        "Handle as personal data",
        "Chatham House rule applies",
        "Distribution: cluster leads, donors, host authorities",
        "To be destroyed after reading",
        "No onward transmission without consent",
        "Working paper of the logistics cell",
        "Exercise only. Exercise, exercise.",
        "For training purposes",
        "Staffed 24/7, contact the duty officer",
        "Second edition, corrected",
        "Approved for release to the press",
        "Prepared by the modelling team for the planners",
        "Contact the author before quoting",
        "Eyes only",
        "For internal review; third reading",
        "Assumptions may change without notice",
        "This page says nothing of dates or places",
        "Shared in confidence with the Red Cross and Red Crescent",
        "Please return to the registry",
        "One of four scenarios, see the annex",
        "Rate of march is assumed",
        "All times are local, all days counted from the start",
    ] {
        assert_eq!(found(line), [], "{line}");
    }
}
