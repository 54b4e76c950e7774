//! Responses and their differences in words, as texts and charts tell them.

use super::words::{figure, plain};
use crate::results::{Better, ResponseInfo};
use crate::stats::Interval;

/// A response in words, to stand in a sentence: `exposed person hours`, `longest queue at border`.
pub(super) fn words(info: &ResponseInfo) -> String {
    let told = match info.name.as_str() {
        "days_to_completion" => "days to complete",
        "exposure_per_convoy_hours" => "exposed hours per convoy",
        "exposure_per_person_hours" => "exposed hours per person",
        "source_person_days" => "person days at the source",
        _ => "",
    };
    if !told.is_empty() {
        return told.into();
    }
    match info.name.split_once('.') {
        Some((stem, of)) => format!("{} of {of}", stem.replace('_', " ")),
        None => info.name.replace('_', " "),
    }
}

/// Decimals that a half-width deserves: the first that shows it as 5 or more in the last place.
pub(super) fn places(half_width: f64) -> usize {
    let (mut places, mut scaled) = (0, half_width);
    while scaled < 5.0 && places < 6 {
        places += 1;
        scaled *= 10.0;
    }
    if half_width == 0.0 { 2 } else { places }
}

/// Decimals with which both ends of an interval keep their sign: an end beside 0 must not read as 0.
pub(super) fn places_of(interval: &Interval) -> usize {
    let ends = [interval.lower, interval.upper].map(f64::abs);
    let mut places = places(if interval.half_width().is_finite() { interval.half_width() } else { interval.estimate.abs() });
    let vanishes = |end: f64, places: usize| end > 0.0 && figure(end, places).bytes().all(|byte| byte == b'0' || byte == b'.');
    while places < 6 && ends.iter().any(|end| vanishes(*end, places)) {
        places += 1;
    }
    places
}

/// A size without its sign, with a digit or two.
pub(super) fn amount(x: f64) -> String {
    if x != 0.0 && x.abs() < 0.1 { figure(x, places(x.abs())) } else { plain(x) }
}

/// How differences of a response are told.
pub(super) struct Phrases {
    pub(super) verb: &'static str,
    pub(super) lower: &'static str,
    pub(super) higher: &'static str,
    /// What one would like to know.
    pub(super) sought: &'static str,
    pub(super) unit: String,
}

impl Phrases {
    pub(super) fn of(info: &ResponseInfo) -> Self {
        if info.name == "days_to_completion" {
            return Self { verb: "finishes", lower: "sooner", higher: "later", sought: "sooner", unit: " days".into() };
        }
        let unit = if info.unit.is_empty() { String::new() } else { format!(" {}", info.unit) };
        let sought = if info.better == Better::Higher { "higher" } else { "lower" };
        Self { verb: "comes", lower: "lower", higher: "higher", sought, unit }
    }
}

/// The ends of an interval on one side of 0, by size.
pub(super) fn range(difference: &Interval) -> (String, String) {
    let places = places_of(difference);
    let (a, b) = (difference.lower.abs(), difference.upper.abs());
    (figure(a.min(b), places), figure(a.max(b), places))
}

/// An interval in words: `0.3 days sooner to 0.2 later`.
pub(super) fn both_ways(difference: &Interval, says: &Phrases) -> String {
    let places = places_of(difference);
    let way = |x: f64| if x < 0.0 { says.lower } else { says.higher };
    let (low, high) = (figure(difference.lower.abs(), places), figure(difference.upper.abs(), places));
    if way(difference.lower) == way(difference.upper) {
        let (low, high) = range(difference);
        format!("{low} to {high}{} {}", says.unit, way(difference.lower))
    } else {
        format!("{low}{} {} to {high} {}", says.unit, says.lower, says.higher)
    }
}
