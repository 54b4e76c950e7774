//! A page that may leave the house: what a reader can work out from it, and what the guard finds.

use super::{Texts, opened, said};
use convoysim::report::briefing::{Beside, Subject, page, releasable_page};
use convoysim::report::read;
use convoysim::results::{Manifest, Outcome, Output, Waiting};
use serde_json::Value;
use std::f64::consts::TAU;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Many days of movements that begin by day, pass a night and end by day, at a place and in a season.
const PLAN: &str = r#"
[scenario]
name = "Operation QUETZAL"
question = "Can Qamishli be empty by 2026-02-20?"
handling = "Released for planning"
start = "2026-01-21T00:00"
utc_offset = "+03:00"
horizon = "40 d"
replications = 5
seed = 20260121

[[site]]
id = "qamishli-x"
label = "Qamishli camp"
detainees = { HVTX = 203, general = 3817 }
note = "about 4,000 people: Reuters and Shafaq News, January 2026"
boarding = { bays = 4, lanes_per_bay = 2, per_person = "30 s" }

[[crossing]]
id = "yaarubiyah"
lanes = 4
service = "5 min"

[[facility]]
id = "karkh-prison"
label = "Karkh"
beds = 4100
intake = { bays = 6, lanes_per_bay = 1, per_person = "20 s" }

[[buses]]
id = "fleetwest-q"
count = 24
seats = 50
fill = 0.8
home = "qamishli-x"

[[escorts]]
id = "peshmerga"
count = 24
home = "qamishli-x"

[[route]]
id = "road"
mode = "land"
from = "qamishli-x"
to = "karkh-prison"
path = [
  { leg = "to Yaarubiyah", distance = "123 km", speed = "40 km/h" },
  { crossing = "yaarubiyah" },
  { leg = "to Karkh", distance = "517 km", speed = { dist = "triangular", min = "35 km/h", mode = "40 km/h", max = "45 km/h" } },
]
buses = { fleet = "fleetwest-q", per_convoy = 6 }
escorts = { pool = "peshmerga", per_convoy = 6, minimum = 4 }
departures = { from = "14:00", to = "22:00" }
headway = "90 min"

[light]
sun = { latitude = 36.5, longitude = 41.0 }
"#;

/// A finished run with its manifest.
struct Run {
    folder: TempDir,
    manifest: Manifest,
    output: Output,
}

impl Run {
    fn of(plan: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, out) = (folder.path().join("quetzal-north.toml"), folder.path().join("out"));
        fs::write(&file, plan).expect("a file");
        said(&["run", path(&file), "--out", path(&out), "--charts", "none", "-q"]);
        let texts = Texts::of(&out, &["manifest.json"]);
        let manifest = read::manifest(texts.named("manifest.json").expect("the run ended")).expect("it is ours");
        Self { manifest, output: opened(&out), folder }
    }

    fn released(&self, output: &Output) -> Result<String, String> {
        releasable_page(Subject { manifest: &self.manifest, output }, &Beside::default()).map_err(|leak| leak.to_string())
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| Run::of(PLAN))
}

/// The pages of a run, as it is and released.
fn pages(run: &Run) -> [String; 2] {
    [
        page(Subject { manifest: &run.manifest, output: &run.output }, &Beside::default()),
        run.released(&run.output).expect("the page is released"),
    ]
}

/// Events that a reader may take for sunsets or sunrises: whole day of the operation, and minute of that day.
type Sun = Vec<(f64, f64)>;

/// Minutes since the first midnight as day and minute.
fn split(minute: f64) -> (f64, f64) {
    ((minute / 1440.0).floor(), minute.rem_euclid(1440.0))
}

/// Everything in a page that may be the sun: sets of sunsets and of sunrises, each with where it comes from.
fn suns(page: &str) -> Vec<(&'static str, [Sun; 2])> {
    let mut found = Vec::new();
    let replay = page.split_once("id=\"replay-data\">").and_then(|(_, rest)| rest.split_once("</script>"));
    let replay: Value = replay.map_or(Value::Null, |(json, _)| serde_json::from_str(json).expect("JSON"));
    let midnight = replay["midnight"].as_f64().unwrap_or(0.0);
    for run in replay["runs"].as_array().into_iter().flatten() {
        // Nights as such. The first may begin and the last may end with the run.
        let nights: Vec<[f64; 2]> = serde_json::from_value(run["nights"].clone()).expect("pairs");
        let inner = nights.get(1..nights.len().max(2) - 1).unwrap_or_default();
        let end = |which: usize| inner.iter().map(|night| split(midnight + night[which])).collect::<Sun>();
        found.push(("nights of the replay", [end(0), end(1)]));
        // Changes of class in the middle of an activity: a step down at dusk, a step up at dawn.
        let (mut down, mut up, mut starts) = (Sun::new(), Sun::new(), Sun::new());
        for movement in run["moves"].as_array().into_iter().flatten() {
            let numbers: Vec<f64> = serde_json::from_value(movement[3].clone()).expect("numbers");
            let pieces: Vec<&[f64]> = numbers.chunks(9).collect();
            for two in pieces.windows(2) {
                if two[0][0] + two[0][1] == two[1][0] && two[0][2..4] == two[1][2..4] && two[0][4] != two[1][4] {
                    let to = if two[1][4] < two[0][4] { &mut down } else { &mut up };
                    to.push(split(midnight + two[1][0]));
                }
            }
            starts.extend(pieces.iter().find(|piece| piece[4] > 0.0).map(|piece| split(midnight + piece[0])));
        }
        found.push(("changes of class in the replay", [down, up]));
        found.push(("departures of the replay", [starts, Sun::new()]));
    }
    // Words with a time in pictures and tables; the day is the one named before.
    for (which, word) in ["sunset", "sunrise"].into_iter().enumerate() {
        let mut named = [Sun::new(), Sun::new()];
        for (at, _) in page.match_indices(word) {
            let around: String = page[at..].chars().take(40).collect();
            if let Some(colon) = around.find(':').filter(|colon| *colon >= 2) {
                let number = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok());
                if let (Some(hour), Some(minute)) = (number(around.get(colon - 2..colon)), number(around.get(colon + 1..colon + 3))) {
                    named[which].push((named[which].len() as f64, hour * 60.0 + minute));
                }
            }
        }
        found.push(("words of pictures", named));
    }
    found
}

/// Minutes of sunset and sunrise after and before midnight at longitude 0, by the usual series; nothing where the sun does not set.
fn sun(day: f64, latitude: f64) -> Option<[f64; 2]> {
    let g = TAU / 365.25 * (day - 1.0);
    let series = |terms: &[f64; 7]| {
        (1..4).fold(terms[0], |sum, n| sum + terms[2 * n - 1] * libm::cos(g * n as f64) + terms[2 * n] * libm::sin(g * n as f64))
    };
    let equation = 229.18 * series(&[0.000_075, 0.001_868, -0.032_077, -0.014_615, -0.040_849, 0.0, 0.0]);
    let declination = series(&[0.006_918, -0.399_912, 0.070_257, -0.006_758, 0.000_907, -0.002_697, 0.001_48]);
    let latitude = latitude.to_radians();
    let horizon = libm::cos(90.833_f64.to_radians());
    let cosine = horizon / (libm::cos(latitude) * libm::cos(declination)) - libm::tan(latitude) * libm::tan(declination);
    (cosine.abs() <= 1.0).then(|| {
        let half = 4.0 * libm::acos(cosine).to_degrees();
        [720.0 + half - equation, 720.0 - half - equation]
    })
}

/// Day of the year and northern latitude that fit best, with longitude free (half a year later the south has the same sun); nothing where there
/// is too little to fit.
fn fit([sunsets, sunrises]: &[Sun; 2]) -> Option<(f64, f64)> {
    if sunsets.len() + sunrises.len() < 6 {
        return None;
    }
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for day in (1..366).step_by(4) {
        for latitude in (0..=60).step_by(2) {
            let (day, latitude) = (f64::from(day), f64::from(latitude));
            let of = |which: usize, (nth, minute): &(f64, f64)| Some(minute - sun(day + nth + 0.5, latitude)?[which]);
            let off: Option<Vec<f64>> = sunsets.iter().map(|one| of(0, one)).chain(sunrises.iter().map(|one| of(1, one))).collect();
            let Some(mut off) = off else { continue };
            off.sort_by(f64::total_cmp);
            let middle = off[off.len() / 2];
            // Robust: events that have nothing to do with the sun may be among them.
            let mut errors: Vec<f64> = off.iter().map(|one| (one - middle).abs()).collect();
            errors.sort_by(f64::total_cmp);
            let kept = &errors[..(errors.len() * 3).div_ceil(4)];
            let error = kept.iter().sum::<f64>() / kept.len() as f64;
            if error < best.0 {
                best = (error, day, latitude);
            }
        }
    }
    Some((best.1, best.2))
}

/// Whether a fit errs by more than 30 days or 10°. The operation begins on 21 January at 36.5° north.
fn errs((day, latitude): (f64, f64)) -> bool {
    let days = (day - 21.0).abs();
    days.min(365.0 - days) > 30.0 || (latitude - 36.5).abs() > 10.0
}

#[test]
fn no_fit_of_the_sun_to_a_released_page_finds_date_or_place() {
    let [told, released] = pages(run());
    let found: Vec<_> = suns(&told).iter().filter_map(|(from, sun)| Some((*from, fit(sun)?))).collect();
    assert!(
        found.iter().any(|(from, fit)| *from == "nights of the replay" && !errs(*fit)),
        "the fit finds both where light is told: {found:?}"
    );
    assert!(found.iter().any(|(from, fit)| *from == "changes of class in the replay" && !errs(*fit)), "from classes too: {found:?}");
    for (from, sun) in suns(&released) {
        if let Some(fit) = fit(&sun) {
            assert!(errs(fit), "{from}: day {} of the year, latitude {}", fit.0, fit.1);
        }
    }
    for layer in ["night", "sun"] {
        for svg in released.split("<svg").skip(1) {
            let inside =
                svg.split_once(&format!("-{layer}\">")).and_then(|(_, rest)| rest.split_once("</g>")).map_or("", |(inside, _)| inside);
            assert!(!inside.contains('<'), "nothing is drawn in the layer {layer}: {inside}");
        }
    }
    for word in ["sunset", "sunrise", "UTC+3", "fall in daylight", "daylight hold"] {
        let texts: String = released.split("<style>").map(|part| part.split_once("</style>").map_or(part, |(_, rest)| rest)).collect();
        let texts: String = texts
            .split("<p class=\"note\">Released form")
            .next()
            .unwrap_or_default()
            .split('<')
            .filter_map(|piece| piece.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        assert!(!texts.contains(word), "{word}");
    }
}

#[test]
fn departures_that_follow_the_sun_are_in_no_released_page() {
    let run = Run::of(&PLAN.replace("departures = { from = \"14:00\", to = \"22:00\" }", "departures = \"night\""));
    let [told, released] = pages(&run);
    assert!(told.contains("id=\"replay-data\">"));
    assert!(!released.contains("id=\"replay-data\">"));
    for (from, sun) in suns(&released) {
        assert!(fit(&sun).is_none_or(errs), "{from}");
    }
}

#[test]
fn nothing_in_a_released_page_confirms_a_guess() {
    let run = run();
    let [told, released] = pages(run);
    let mut digests = vec![run.output.info.sha256.clone()];
    digests.extend(run.manifest.files.iter().map(|file| file.sha256.clone()));
    digests.extend(run.manifest.texts.iter().map(|text| text.sha256.clone()));
    assert!(told.contains(&digests[0]));
    for digest in &digests {
        for part in [&digest[..8], &digest[56..], &format!("{}…{}", &digest[..4], &digest[60..])] {
            assert!(!released.contains(part), "{part}");
        }
    }
    // No word of the page looks like a digest at all, but that of the page's own script.
    let policy =
        released.split_once("sha256-").map(|(_, rest)| rest.split('\'').next().unwrap_or_default().to_owned()).expect("the policy");
    let body = released.split_once("</style>").map_or("", |(_, body)| body).replace(&policy, "");
    let hexadecimal = |word: &&str| {
        word.len() > 15 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    assert_eq!(body.split(|c: char| !c.is_alphanumeric()).find(hexadecimal), None);
    for number in ["20260121", "3817", "3,817", "4020", "203"] {
        let texts: String = body
            .split("<script")
            .next()
            .unwrap_or_default()
            .split('<')
            .filter_map(|piece| piece.split_once('>'))
            .map(|(_, text)| format!("{text} "))
            .collect();
        assert!(!texts.split(|c: char| !c.is_ascii_digit() && c != ',').any(|word| word == number), "{number}");
    }
    assert_eq!(released, run.released(&run.output).expect("again"), "the same bytes every time");
}

/// What may not stand in a handling line, by kind.
const PLANTED: &[(&str, &[&str])] = &[
    (
        "a date",
        &[
            "21/01/2026",
            "21.1.26",
            "1/21/26",
            "2026-01-21",
            "2026.01.21",
            "20260121",
            "211200ZJAN26",
            "21 1200C JAN 26",
            "211200CJAN2026",
            "211200Z",
            "2026-W04",
            "2026W043",
            "week 4",
            "KW 4",
            "W04",
            "2026-021",
            "2026021",
            "26021",
            "day 21 of 2026",
            "DOY 21",
            "21 January",
            "January",
            "Jan 21",
            "21JAN",
            "in May",
            "21st of March",
            "21 janvier",
            "enero",
            "Januar",
            "ocak",
            "января",
            "يناير",
            "كانون الثاني",
            "٢١/٠١/٢٠٢٦",
            "２０２６-０１-２１",
            "2026",
            "'26",
            "260121",
            "21012026",
            "1768953600",
            "twenty twenty-six",
            "Wednesday",
            "Ramadan",
            "21.I.2026",
            "2026年1月21日",
            "winter",
            "MjEgSmFudWFyeSAyMDI2",
            "21&#47;01&#47;2026",
            "21%2F01%2F2026",
        ],
    ),
    (
        "a place",
        &[
            "36.5N 41.0E",
            "36.5, 41.0",
            "36°30'N",
            "N36.5 E41.0",
            "363000N0410000E",
            "37SFB1234567890",
            "37S FB 12345 67890",
            "8H72G2X2+2Q",
            "lat 36.5",
            "UTC+3",
            "Asia/Baghdad time",
            "sunset 16:58",
        ],
    ),
    (
        "a number of people",
        &[
            "3817",
            "3,817",
            "3 817",
            "3.817",
            "3'817",
            "three thousand eight hundred and seventeen",
            "4020",
            "4,020",
            "203",
            "4.02k",
            "4.02 thousand",
            "٤٠٢٠",
            "4100 beds",
        ],
    ),
    ("the name of a class", &["HVTX", "hvtx"]),
    (
        "an id",
        &[
            "qamishli-x",
            "QAMISHLI",
            "qamishlix",
            "Q\u{101}mishl\u{12b}",
            "Qami\u{ad}shli",
            "karkh",
            "fleetwest",
            "peshmerga",
            "yaarubiyah",
            "UWFtaXNobGk=",
            "51616d6973686c69",
            "QamishliTeam",
        ],
    ),
    ("a label", &["Karkh", "Qamishli camp"]),
    ("the name of a scenario", &["QUETZAL", "Operation Quetzal"]),
    ("a word of a source or note", &["Reuters", "Shafaq", "shafaq news"]),
    ("the name of a file", &["quetzal-north", "quetzal north"]),
    (
        "a path, file or address",
        &[
            "plan.toml",
            "/home/planner/x",
            "C:\\plans",
            "\\\\server\\share",
            "https://example.org",
            "a.b@example.org",
            "counts.xlsx",
            "~/out/run",
        ],
    ),
    ("the seed", &["seed 20260121", "20,260,121"]),
    ("a digest", &["DIGEST", "DIGEST8", "SHORT"]),
];

#[test]
fn every_planted_token_of_every_kind_is_found_and_the_message_says_what_and_where() {
    let run = run();
    let digest = &run.output.info.sha256;
    for (kind, tokens) in PLANTED {
        for token in *tokens {
            let token = match *token {
                "DIGEST" => digest.clone(),
                "DIGEST8" => digest[..10].to_owned(),
                "SHORT" => format!("{}..{}", &digest[..4], &digest[60..]),
                other => other.to_owned(),
            };
            let mut planted = run.output.clone();
            planted.info.handling = format!("For partners only ({token}) as agreed");
            let said = run.released(&planted).err().unwrap_or_else(|| panic!("{kind} {token:?} is not found"));
            assert!(said.contains("the handling line"), "{token}: {said}");
            // A thing may be of several kinds; the one it was planted as is among them, unless it is part of a larger thing.
            assert!(said.contains(kind) || ["an id", "a label", "the seed", "a number of people"].contains(kind), "{kind} {token}: {said}");
        }
    }
}

/// Every line with one of these things in it is refused as this kind.
fn refused(kind: &str, things: &[&str]) {
    let run = run();
    for thing in things {
        let mut planted = run.output.clone();
        planted.info.handling = format!("For partners only, {thing}, as agreed");
        let said = run.released(&planted).err().unwrap_or_else(|| panic!("{thing:?} is not found"));
        assert!(said.contains(kind) && said.contains("the handling line"), "{thing}: {said}");
    }
}

#[test]
fn an_id_written_apart_is_refused() {
    refused("an id", &["fleet west", "Fleet-West", "FLEETWEST Q", "pesh merga", "Yaaru.Biyah", "qamishli X"]);
}

#[test]
fn the_singular_and_plural_of_a_class_are_refused() {
    let run = Run::of(&PLAN.replace("HVTX", "patients").replace("general", "women"));
    for thing in ["patient", "a woman", "patients", "women"] {
        let mut planted = run.output.clone();
        planted.info.handling = format!("The {thing} of this plan");
        let said = run.released(&planted).err().unwrap_or_else(|| panic!("{thing:?} is not found"));
        assert!(said.contains("the name of a class"), "{thing}: {said}");
    }
}

#[test]
fn a_square_a_code_and_a_country_are_refused() {
    refused(
        "a place",
        &[
            "37SGV",
            "37S GV",
            "V2JP+X8",
            "8H53V2JP+X8",
            "8H530000+",
            "LM46ab",
            "sv9r0k2",
            "36 30 N",
            "36.5 north",
            "Iraq",
            "the Syrian side",
        ],
    );
}

#[test]
fn a_zone_of_time_is_refused() {
    refused("a place", &["Europe/Moscow", "AST", "Charlie time", "UTC+3", "GMT+3", "UTC plus three", "+03:00", "Moscow time", "1930C"]);
}

#[test]
fn a_short_month_or_weekday_is_refused() {
    refused("a date", &["Febr.", "Sept.", "Tue", "Thurs", "Okt.", "janv.", "2 ago", "21 Mar"]);
}

#[test]
fn a_day_of_a_month_or_a_year_is_refused() {
    refused(
        "a date",
        &[
            "2/3",
            "21/1",
            "2026-021",
            "day 21 of 2026",
            "JD 2461062",
            "MJD 61061",
            "week six",
            "week 6",
            "W06",
            "two zero two six",
            "MMXXVI",
        ],
    );
}

#[test]
fn another_calendar_and_a_feast_are_refused() {
    refused(
        "a date",
        &[
            "2 Sha'ban 1447",
            "1 Ramadan",
            "1404",
            "3 Kislev",
            "Candlemas",
            "Easter",
            "Christmas",
            "Eid",
            "Nowruz",
            "Good Friday",
            "full moon",
        ],
    );
}

#[test]
fn a_number_of_people_spelt_digit_by_digit_or_in_roman_numerals_is_refused() {
    refused(
        "a number of people",
        &["three eight one seven", "four zero two zero", "forty twenty", "MMMDCCCXVII", "4 0 2 0", "CCIII", "thirty-eight seventeen"],
    );
}

/// The texts of a page without attributes, styles and scripts.
fn texts(page: &str) -> String {
    let body = page.split_once("</style>").map_or("", |(_, body)| body);
    let mut texts = String::new();
    for (at, part) in body.split("<script").enumerate() {
        let part = if at == 0 { part } else { part.split_once("</script>").map_or("", |(_, rest)| rest) };
        part.split('<').filter_map(|piece| piece.split_once('>')).for_each(|(_, text)| texts.extend([text, "\n"]));
    }
    texts
}

#[test]
fn every_time_of_day_of_a_released_page_is_a_multiple_of_ten_minutes() {
    let [told, released] = pages(run());
    let times = |page: &str| -> Vec<String> {
        let texts = texts(page);
        let colons = texts.match_indices(':').filter_map(|(at, _)| texts.get(at.checked_sub(2)?..at + 3));
        colons.filter(|time| time.bytes().filter(u8::is_ascii_digit).count() == 4).map(String::from).collect()
    };
    assert!(times(&told).iter().any(|time| !time.ends_with('0')), "the page that stays has times to the minute");
    let released = times(&released);
    assert!(released.len() > 20, "{released:?}");
    assert!(released.iter().all(|time| time.ends_with('0')), "{released:?}");
}

#[test]
fn parts_of_days_of_a_released_page_are_tenths_and_the_same_in_title_and_table() {
    let [_, released] = pages(run());
    let section = released.split_once("id=\"chart-attribution\"").and_then(|(_, rest)| rest.split_once("</figure>")).expect("the chart").0;
    let listed = section.split_once("Days: ").and_then(|(_, rest)| rest.split_once(". Lines")).expect("the parts").0;
    for part in listed.split(", ") {
        let (name, days) = part.rsplit_once(' ').expect("a name and days");
        assert_eq!(days.split_once('.').map(|(_, decimals)| decimals.len()), Some(1), "{part}");
        let row = section.rsplit_once(&format!("<bdi>{name}</bdi>")).expect("a row").1;
        assert!(row.split("</tr>").next().expect("cells").contains(&format!("<bdi>{days}</bdi>")), "{part}");
    }
    assert!(!section.contains("<th scope=\"col\" class=\"figure\">Share"), "no shares of days");
    let cells = section.split_once("<tbody>").expect("rows").1;
    assert!(!cells.contains('%'), "no shares of days");
    assert!(!texts(section).split(|c: char| !c.is_ascii_digit() && c != '.').any(|number| {
        number.trim_matches('.').split_once('.').is_some_and(|(_, decimals)| decimals.len() > 1) && !number.starts_with("0.1.0")
    }));
}

#[test]
fn a_count_below_the_total_is_not_given_as_the_total() {
    let run = run();
    let mut nearly = run.output.clone();
    for row in nearly.days.iter_mut().filter(|row| row.measure == 0) {
        row.quantiles = [1.0, 4.0, 14.0, 4_018.0, 4_019.0, 4_019.0, 4_020.0];
    }
    let released = run.released(&nearly).expect("the page is released");
    let table = released.split_once("People accepted by the end of a day").expect("the table").1.split_once("</table>").expect("its end").0;
    let row: Vec<&str> =
        table.rsplit_once("<tr").expect("a row").1.split("<bdi>").skip(2).filter_map(|cell| cell.split('<').next()).collect();
    assert_eq!(row, ["10", "10", "10", "4,010", "4,010", "4,010", "4,020"]);
}

#[test]
fn the_reason_of_a_deadlock_stays_with_the_names_and_numbers_of_the_page() {
    let run = run();
    let mut stuck = run.output.clone();
    stuck.table.records.change(|record| {
        record.outcome = Outcome::Deadlock;
        record.left = vec![Waiting { people: 148, place: "at Qamishli camp".into(), waits_for: "a bed at Karkh, which is full".into() }];
    });
    let released = run.released(&stuck).expect("the page is released");
    assert!(texts(&released).contains("5 of 5 runs deadlock: 150 people at Site A wait for a bed at Facility 1, which is full."));
    // A name that nothing explains goes with its sentence.
    stuck.table.records.change(|record| record.left[0].waits_for = "a bed at Qasr, which is full".into());
    let released = run.released(&stuck).expect("the page is released");
    assert!(texts(&released).contains("150 people at one of the places wait for what is left out here") && !released.contains("Qasr"));
}

#[test]
fn a_token_in_the_version_of_the_manifest_is_found() {
    let run = run();
    let manifest = Manifest { version: "0.1.0-qamishli".into(), ..run.manifest.clone() };
    let said =
        releasable_page(Subject { manifest: &manifest, output: &run.output }, &Beside::default()).expect_err("it is found").to_string();
    assert!(said.contains("manifest.json") && said.contains("qamishli"), "{said}");
}

#[test]
fn an_ordinary_handling_line_blocks_no_page() {
    let run = run();
    for line in [
        "",
        "Released",
        "Planning example. Public, aggregate figures. Simulated.",
        "UNCLASSIFIED // For official use only",
        "Not for publication. Contact the planning staff before sharing with partners.",
    ] {
        let mut plain = run.output.clone();
        plain.info.handling = line.into();
        assert!(run.released(&plain).is_ok(), "{line}: {:?}", run.released(&plain).err());
    }
}

#[test]
fn a_refused_page_writes_nothing_and_ends_with_11() {
    let run = run();
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("secret.toml");
    fs::write(
        &file,
        PLAN.replace("Released for planning", "Until 21/01/2026, seen by Reuters").replace("replications = 5", "replications = 2"),
    )
    .expect("a file");
    let out = dir.path().join("out");
    said(&["run", path(&file), "--out", path(&out), "--charts", "none", "-q"]);
    let page = dir.path().join("page.html");
    let end = assert_cmd::Command::cargo_bin("convoysim")
        .expect("the binary is built")
        .args(["brief", path(&out), "-o", path(&page), "--release-safe"])
        .assert()
        .code(11);
    let told = String::from_utf8_lossy(&end.get_output().stderr).into_owned();
    assert!(told.contains("21/01/2026") && told.contains("reuters") && told.contains("nothing was written"), "{told}");
    assert!(!page.exists());
    assert!(run.folder.path().exists());
}

#[test]
fn pages_are_bound_to_themselves() {
    for page in pages(run()) {
        let policy =
            page.split_once("Content-Security-Policy\" content=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a policy").0;
        for rule in ["default-src 'none'", "base-uri 'none'", "form-action 'none'"] {
            assert!(policy.contains(rule), "{policy}");
        }
    }
}
