//! A route whose last free aircraft cannot fly is not able to form: its wait begins anew when one is back.

use super::{HUB, Run, minutes, written};

/// Thirty people are in the hub from minute 75 on, fewer than an aircraft has seats; the next ones are days away.
const TO_FLY: [&str; 4] = ["site.camp.detainees=60", "buses.first.count=1", "buses.first.seats=30", r#"route.into.return_time="4 d""#];

/// By air from the hub: any twenty after two hours, by one aircraft that one time in two needs three quarters of an hour of repair first.
const BY_AIR: &str = r#"
[[aircraft]]
id = "lift"
count = 1
seats = 40
onload = "30 min"
offload = "60 min"
home = "hub"
mission_capable = 0.5
repair = "45 min"

[[route]]
id = "over"
mode = "air"
from = "hub"
to = "receiving"
aircraft = { fleet = "lift", at_least = 20 }
form = { wait_at_most = "2 h" }
flight = "60 min"
"#;

/// People who have nothing to do with the others, and buses that come and go all the time.
const ELSEWHERE: &str = r#"
[[site]]
id = "elsewhere"
detainees = 200
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[facility]]
id = "other"
beds = 200
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "third"
count = 3
seats = 7
home = "elsewhere"

[[route]]
id = "apart"
mode = "land"
from = "elsewhere"
to = "other"
path = [{ leg = "c", distance = "7 km", speed = "40 km/h" }]
buses = { fleet = "third", per_convoy = 1 }
board = "at_once"
"#;

/// When the first flight formed, in minutes.
fn first_flight(more: &str, replication: u32) -> f64 {
    let (before, _) = HUB.split_once("[[buses]]\nid = \"second\"").expect("the fleet of the hub");
    let (_, roads) = HUB.split_once("[[route]]").expect("a route");
    let (into, _) = roads.split_once("[[route]]").expect("another route");
    let parked = before.replace("holding = 40", "holding = 40\nparking = 1").replace("beds = 80", "beds = 80\nparking = 1");
    let run = Run::of(written(&format!("{parked}\n[[route]]{into}{BY_AIR}{more}"), &TO_FLY), replication);
    let flight = run.observed.movements.iter().find(|m| m.aircraft.is_some()).expect("there is a flight");
    minutes(Some(flight.formed))
}

#[test]
fn the_wait_begins_anew_when_an_aircraft_is_back() {
    let mut repaired = 0;
    for replication in 0..10 {
        // Fifteen minutes of boarding and an hour on the road, then two hours; and for each repair three quarters of an hour and two more.
        let waits = (first_flight("", replication) - 75.0 - 120.0) / (45.0 + 120.0);
        assert!(waits >= 0.0 && waits.fract() == 0.0, "replication {replication}: {waits}");
        repaired += waits as u32;
    }
    assert!(repaired > 0, "one aircraft in two is not ready");
}

#[test]
fn what_happens_elsewhere_does_not_matter() {
    for replication in 0..10 {
        assert_eq!(first_flight("", replication), first_flight(ELSEWHERE, replication), "replication {replication}");
    }
}
