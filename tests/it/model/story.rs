//! Behaviour that no known answer covers, each on a small scenario without chance, in minutes from the start.

mod arrival;
mod boarding;
mod calling;
mod cap;
mod circle;
mod closing;
mod cover;
mod ending;
mod fitness;
mod flights;
mod forming;
mod legs;
mod march;
mod never;
mod repair;
mod residual;
mod spells;
mod starting;
mod turn_back;
mod utilisation;
mod welfare;

use super::{Run, minutes, shipped_params, written};

/// One bus a convoy: boarding 20 min, 60 min to the border, 10 min in its lane, 60 min on, intake 10 min; back home 130 min after that.
const ROAD: &str = r#"
[scenario]
name = "story"
start = "2026-01-21T00:00"
horizon = "20 d"
operating_day = "00:00"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[crossing]]
id = "border"
lanes = 1
service = "10 min"

[[facility]]
id = "receiving"
beds = 200
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "coaches"
count = 2
seats = 40
home = "camp"

[[route]]
id = "road"
mode = "land"
from = "camp"
to = "receiving"
path = [
  { leg = "out", distance = "40 km", speed = "40 km/h" },
  { crossing = "border" },
  { leg = "in", distance = "40 km", speed = "40 km/h" },
]
buses = { fleet = "coaches", per_convoy = 1 }
board = "at_once"
"#;

/// Two aircraft, one parking spot at either end: onload 30 min, flight 60 min, offload 60 min, 60 min back; intake takes no time.
const AIR: &str = r#"
[scenario]
name = "story in the air"
start = "2026-01-21T00:00"
horizon = "20 d"
operating_day = "00:00"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "0 s" }
parking = 1

[[facility]]
id = "receiving"
beds = 200
intake = { bays = 1, lanes_per_bay = 1, per_person = "0 s" }
parking = 1

[[aircraft]]
id = "lift"
count = 2
seats = 40
onload = "30 min"
offload = "60 min"
home = "camp"

[[route]]
id = "air"
mode = "air"
from = "camp"
to = "receiving"
aircraft = { fleet = "lift" }
flight = "60 min"
board = "at_once"
"#;

const ONE_LOAD: &str = "site.camp.detainees=40";
const NO_BORDER: &str = r#"route.road.path=[{ leg = "road", distance = "40 km", speed = "40 km/h" }]"#;
const NO_INTAKE: &str = r#"facility.receiving.intake.per_person="0 s""#;

fn road(overrides: &[&str]) -> Run {
    Run::of(written(ROAD, overrides), 0)
}

fn road_with(more: &str, overrides: &[&str]) -> Run {
    Run::of(written(&format!("{ROAD}{more}"), overrides), 0)
}

fn air(overrides: &[&str]) -> Run {
    Run::of(written(AIR, overrides), 0)
}

fn air_with(more: &str, overrides: &[&str]) -> Run {
    Run::of(written(&format!("{AIR}{more}"), overrides), 0)
}

const ESCORTS: &str = r#"
[[escorts]]
id = "near"
count = 2
home = "camp"

[[escorts]]
id = "far"
count = 2
home = "border"
"#;

const COVER: &str = r#"
[[air_cover]]
id = "uas"
aircraft = 1
endurance = "24 h"
convoys_per_orbit = 2
"#;

fn cover(policy: &str, on_loss: &str) -> String {
    format!(r#"route.road.air_cover={{ orbit = "uas", policy = "{policy}", on_loss = "{on_loss}" }}"#)
}

const HUB: &str = r#"
[scenario]
name = "story with a hub"
start = "2026-01-21T00:00"
horizon = "20 d"

[[site]]
id = "camp"
detainees = 80
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[hub]]
id = "hub"
holding = 40
arrival = { per_person = "0 s" }
boarding = { bays = 1, lanes_per_bay = 1, per_person = "30 s" }

[[facility]]
id = "receiving"
beds = 80
intake = { bays = 1, lanes_per_bay = 1, per_person = "15 s" }

[[buses]]
id = "first"
count = 2
seats = 40
home = "camp"

[[buses]]
id = "second"
count = 2
seats = 40
home = "hub"

[[route]]
id = "into"
mode = "land"
from = "camp"
to = "hub"
path = [{ leg = "a", distance = "40 km", speed = "40 km/h" }]
buses = { fleet = "first", per_convoy = 1 }
board = "at_once"

[[route]]
id = "onward"
mode = "land"
from = "hub"
to = "receiving"
path = [{ leg = "b", distance = "40 km", speed = "40 km/h" }]
buses = { fleet = "second", per_convoy = 1 }
board = "at_once"
"#;
