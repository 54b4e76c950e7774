//! Whatever stands in a file: problems, never a panic, and whoever gets a scenario also gets a ceiling and a resolved form.

use convoysim::scenario;

use super::{files, load};

const RICH: &str = include_str!("rich.toml");

const STRANGERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "7.5",
    "nan",
    "inf",
    "1e400",
    "99999999999999999999",
    "true",
    "\"\"",
    "\"x\"",
    "\"0 min\"",
    "\"0 km/h\"",
    "\"99999 d\"",
    "\"1e30 km\"",
    "\"24:00\"",
    "\"9999-12-31\"",
    "\"0000-01-01\"",
    "[]",
    "[[]]",
    "{}",
    "{ value = 1 }",
    "{ dist = \"normal\", mean = \"1 min\", sd = \"9 h\" }",
    "{ dist = \"discrete\", values = [], weights = [] }",
    "2026-01-31",
    "\"none\"",
    "[1, \"x\", {}]",
    "{ dist = 4 }",
    "{ value = { value = {} } }",
];

/// What stands after each equals sign, and texts and numbers within.
fn values(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or_default().trim_end();
        if let Some(equals) = code.find('=') {
            found.push((at + equals + 1, at + code.len()));
        }
        let mut from = None;
        for (offset, c) in code.char_indices() {
            match (c, from) {
                ('"', None) => from = Some(offset),
                ('"', Some(start)) => {
                    found.push((at + start, at + offset + 1));
                    from = None;
                }
                _ => {}
            }
        }
        at += line.len();
    }
    found
}

fn try_text(text: &str, also: &str) {
    match load(&[("x.toml", text)], &[]) {
        Ok(loaded) => {
            let ceiling = scenario::ceiling(&loaded.scenario.params);
            assert!(ceiling.at_least_days >= 0.0 && ceiling.per_day >= 0.0, "{also}: {ceiling:?}");
            let again = load(&[("x.toml", &loaded.scenario.resolved)], &[]).unwrap_or_else(|p| panic!("{also}: {p:?}"));
            assert_eq!(again.scenario.params, loaded.scenario.params, "{also}");
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "{also}");
            for problem in problems {
                assert!(!problem.render(false).is_empty() && !problem.to_string().is_empty(), "{also}");
            }
        }
    }
}

#[test]
fn a_stranger_in_the_place_of_any_value_is_no_panic() {
    for (number, (from, to)) in values(RICH).into_iter().enumerate() {
        // Every place meets a few strangers, every stranger a part of the places.
        for stranger in STRANGERS.iter().skip(number % 10).step_by(10) {
            let text = format!("{}{stranger}{}", &RICH[..from], &RICH[to..]);
            try_text(&text, &format!("{stranger} at byte {from}"));
        }
    }
}

#[test]
fn a_file_that_lacks_a_line_or_ends_early_is_no_panic() {
    let lines: Vec<&str> = RICH.split_inclusive('\n').collect();
    for without in 0..lines.len() {
        let text: String = lines.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, line)| *line).collect();
        try_text(&text, &format!("without line {}", without + 1));
    }
    for end in (0..RICH.len()).step_by(61).filter(|end| RICH.is_char_boundary(*end)) {
        try_text(&RICH[..end], &format!("the first {end} bytes"));
    }
}

#[test]
fn bytes_that_are_no_text_are_no_panic() {
    let mut state = 1_u64;
    for _ in 0..300 {
        let mut bytes = RICH.as_bytes().to_vec();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] = (state >> 20) as u8;
        }
        let mut sources = files(&[]);
        sources.insert("x.toml".to_owned(), bytes);
        if let Err(problems) = scenario::load("x.toml", &sources, &[]) {
            assert!(problems.iter().all(|problem| !problem.render(false).is_empty()));
        }
    }
}

#[test]
fn a_mean_beyond_all_numbers_has_a_ceiling() {
    let endless = "{ dist = \"lognormal\", median = \"1 h\", sigma = 40 }";
    for (from, to) in [
        ("per_person = \"90 s\" }", format!("per_person = {endless}, manifest = {endless} }}")),
        ("service = \"12 min\"", format!("service = {endless}\npaperwork = {endless}")),
        ("per_person = \"1 min\"", format!("per_person = {endless}")),
    ] {
        let text = super::G1.replace(from, &to);
        assert_ne!(text, super::G1, "{from}");
        let loaded = super::good(&text);
        drop(scenario::ceiling(&loaded.scenario.params));
    }
}
