//! Odd input does not break a picture: it keeps the house rules, or is not drawn and says why.

use super::picture::faults;
use super::{pictures, run};
use convoysim::report::chart::{Size, Theme};
use convoysim::results::Output;

const LOOKS: [Size; 3] = [Size::Slide, Size::Half, Size::Thumb];

/// A road with a border; what varies between the tests.
pub struct Road<'r> {
    pub people: u32,
    pub per_convoy: u32,
    pub horizon: &'r str,
    pub name: &'r str,
    pub label: &'r str,
    pub handling: &'r str,
    /// Crossings and legs between border and facility.
    pub more_nodes: usize,
    pub service: &'r str,
    pub headway: &'r str,
}

pub const PLAIN: Road<'static> = Road {
    people: 480,
    per_convoy: 6,
    horizon: "30 d",
    name: "Plain",
    label: "Prison",
    handling: "",
    more_nodes: 0,
    service: "{ dist = \"uniform\", min = \"8 min\", max = \"16 min\" }",
    headway: "0 min",
};

impl Road<'_> {
    pub fn scenario(&self) -> String {
        let Road { people, per_convoy, horizon, name, label, handling, more_nodes, service, headway } = self;
        let quoted = |text: &str| format!("{text:?}");
        let crossings: String =
            (1..=*more_nodes).map(|i| format!("[[crossing]]\nid = \"gate-{i}\"\nlanes = 1\nservice = \"2 min\"\n\n")).collect();
        let legs: String = (1..=*more_nodes)
            .map(|i| {
                format!("  {{ leg = \"to gate {i}\", distance = \"10 km\", speed = \"40 km/h\" }},\n  {{ crossing = \"gate-{i}\" }},\n")
            })
            .collect();
        let count = per_convoy * 2;
        format!(
            r#"
[scenario]
name = {name}
handling = {handling}
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "{horizon}"
replications = 1
seed = 1

[[site]]
id = "prison"
label = {label}
detainees = {people}
boarding = {{ bays = 1, lanes_per_bay = 2, per_person = "90 s" }}

[[crossing]]
id = "border"
label = {label}
lanes = 2
service = {service}

{crossings}[[facility]]
id = "receiving"
beds = {people}
intake = {{ bays = 1, lanes_per_bay = 1, per_person = "1 min" }}

[[buses]]
id = "coaches"
count = {count}
seats = 50
fill = 0.8
home = "prison"

[[escorts]]
id = "armoured"
count = 12
home = "prison"

[[route]]
id = "road"
mode = "land"
from = "prison"
to = "receiving"
path = [
  {{ leg = "to border", distance = "120 km", speed = "40 km/h" }},
  {{ crossing = "border" }},
{legs}  {{ leg = "to receiving", distance = "80 km", speed = "40 km/h" }},
]
buses = {{ fleet = "coaches", per_convoy = {per_convoy} }}
escorts = {{ pool = "armoured", per_convoy = 6, minimum = 4 }}
air_cover = "none"
board = "at_once"
headway = "{headway}"

[light]
sun = {{ latitude = 36.5, longitude = 41.0 }}
"#,
            name = quoted(name),
            label = quoted(label),
            handling = quoted(handling),
        )
    }

    /// Checks all charts; gives back what they were drawn from.
    fn keeps_the_rules(&self, replications: u32) -> Output {
        let output = run(&self.scenario(), replications);
        let drawn: Vec<_> = pictures(&output, &LOOKS, &[Theme::Light]).collect();
        assert!(!drawn.is_empty(), "there is something to show of any run");
        let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        output
    }
}

#[test]
fn one_replication() {
    PLAIN.keeps_the_rules(1);
}

#[test]
fn every_run_is_unfinished() {
    let output = Road { horizon: "14 h", people: 480, ..PLAIN }.keeps_the_rules(12);
    assert_eq!(output.summary.censored, 12);
}

#[test]
fn some_runs_are_unfinished() {
    let output = Road { horizon: "16 h 36 min", ..PLAIN }.keeps_the_rules(30);
    assert!((1..30).contains(&output.summary.censored), "{}", output.summary.censored);
}

#[test]
fn one_convoy() {
    let output = Road { people: 40, ..PLAIN }.keeps_the_rules(10);
    assert!(output.details.iter().all(|detail| detail.convoys.len() == 1));
}

#[test]
fn three_hundred_convoys() {
    let output = Road { people: 12_000, per_convoy: 1, horizon: "120 d", ..PLAIN }.keeps_the_rules(3);
    for detail in &output.details {
        assert_eq!(detail.convoys.len(), 300);
    }
}

#[test]
fn twelve_nodes() {
    Road { more_nodes: 9, ..PLAIN }.keeps_the_rules(3);
}

#[test]
fn four_hundred_days() {
    let output = Road { people: 16_000, per_convoy: 1, headway: "24 h", horizon: "480 d", ..PLAIN }.keeps_the_rules(2);
    assert!(output.last_day() >= 400, "{}", output.last_day());
}

#[test]
fn names_of_sixty_letters() {
    let long = "The Northern Assembly Area And Receiving Point Of The Region";
    assert_eq!(long.len(), 60);
    Road { name: long, label: long, handling: &format!("{long}. {long}. {long}. {long}."), ..PLAIN }.keeps_the_rules(5);
}

#[test]
fn names_of_one_letter_from_right_to_left_and_with_markup() {
    for name in ["x", "سجن المنطقة", "<script>alert(1)</script>", "a & b \" ' ]]>", "tab\there", ""] {
        Road { name: if name.is_empty() { "n" } else { name }, label: name, ..PLAIN }.keeps_the_rules(2);
    }
}
