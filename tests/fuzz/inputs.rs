//! Small inputs that are fast to read and run, as a start for mutations.

/// A plan with chance, data files and most tables, small enough for a thousand runs a second.
pub const BASE: &str = r#"
[scenario]
name = "A small plan"
start = "2026-01-21T12:00"
utc_offset = "+03:00"
horizon = "30 d"
replications = 3
seed = 7

[[site]]
id = "camp"
detainees = { general = 300, separate = 60 }
hours = [["06:00", "22:00"]]
boarding = { bays = 2, lanes = 3, search = { dist = "erlang", shape = 3, mean = "90 s" }, aboard = "20 s", manifest = "5 min" }
unfit = { share = 0.02, back_after = "1 d" }
breakout = { hazard = "0.001 /site-day", fraction = 0.1 }

[[hub]]
id = "hub"
holding = 200
arrival = { per_person = "20 s" }
boarding = { bays = 1, lanes_per_bay = 2, per_person = "30 s" }
parking = 1
airfield = { transfer = "10 min" }

[[facility]]
id = "receiving"
beds = { start = 200, per_day = 40, up_to = 400 }
intake = { bays = 2, lanes_per_bay = 1, per_person = "1 min", hours = "24 h" }
yard = 4
parking = 1
airfield = { transfer = "10 min", buses = 4 }

[[crossing]]
id = "border"
lanes = 2
service = { dist = "empirical", file = "times.csv", column = "minutes", unit = "min" }
paperwork = "30 min"
closure = { every = { dist = "exponential", mean = "3 d" }, length = "5 h" }

[[buses]]
id = "coaches"
count = 8
seats = 50
fill = 0.8
home = "camp"
breakdown = { mean_distance = "2000 km", repair = "45 min" }
inspection = "30 min"
driver = { max_driving = "9 h", break = { after = "4 h 30 min", length = "45 min" }, rest = "11 h", crews = 1 }

[[escorts]]
id = "escort"
count = 8
home = "camp"
rest = { after = "12 h", length = "8 h" }

[[air_cover]]
id = "uas"
aircraft = 2
endurance = "14 h"
transit = "1 h"
ground = "4 h"
mission_capable = 0.9

[[aircraft]]
id = "transport"
count = 1
seats = 60
onload = "1 h"
offload = "1 h"
mission_capable = 0.85
repair = "6 h"
duty = "14 h"
rest = "10 h"
home = "hub"

[[route]]
id = "road"
mode = "land"
from = "camp"
to = "hub"
path = [
  { leg = "to border", distance = "120 km", speed = { dist = "pert", min = "30 km/h", mode = "45 km/h", max = "60 km/h" } },
  { crossing = "border" },
  { leg = "to hub", distance = "80 km", speed = "40 km/h" },
]
buses = { fleet = "coaches", per_convoy = { min = 3, max = 4 } }
form = { at_least = "2 buses", wait_at_most = "6 h" }
board = "for_departure"
escorts = { pool = "escort", per_convoy = 4, minimum = 2, wait_at_most = "2 h" }
air_cover = { orbit = "uas", policy = "preferred", on_loss = "proceed" }
departures = { from = "18:00", to = "02:00" }
headway = "60 min"
halts = { every = "2 h", length = "15 min", comfort = true }

[[route]]
id = "air"
mode = "air"
from = "hub"
to = "receiving"
aircraft = { fleet = "transport", at_least = 30 }
flight = "1 h"

[weather]
slot = "1 d"
air = { bad_share = 0.2, bad_after_bad = 0.6, effect = "no_go" }
land = { bad_share = 0.1, bad_after_bad = 0.4, effect = "no_go" }

[[calendar]]
id = "curfew"
from = "2026-01-23T06:00"
to = "2026-01-23T18:00"
applies_to = ["route.road"]
no_departures = true

[light]
sun = { latitude = 36.5, longitude = 41.0 }

[welfare]
max_aboard = "8 h"

[incidents]
rate = "0.01 /h"
delay = "2 h"
turn_back = 0.1

[[objective]]
id = "deadline"
response = "days_to_completion"
at_most = "20 d"

[compare]
days_to_completion = "0.5 d"

[observed]
file = "observed.csv"
"#;

/// Data of the plan above.
pub const TIMES: &str = "minutes,weight\n10,1\n12.5,2\n15,1\n30,0.5\n";
/// Counts of the plan above.
pub const OBSERVED: &str = "as_of,value,bound,source\n2026-01-25,120,exact,a report\n2026-01-28,250,at_least,another\n";
/// Points of a sweep.
pub const POINTS: &str = "lanes,hold\n1,200\n2,250\n3,300\n";

/// Sweeps of the plan above with every design.
pub const SWEEPS: [&str; 3] = [
    r#"
[sweep]
base = "base.toml"
replications = 2
requirement = "p80(days_to_completion) <= 20 d"
responses = ["days_to_completion", "bus_km"]
show = ["days_to_completion"]
[[factor]]
id = "lanes"
path = "crossing.border.lanes"
levels = [1, 2, { label = "three", set = { "crossing.border.lanes" = 3, "crossing.border.paperwork" = "10 min" }, number = 3 }]
[[factor]]
id = "hold"
path = "hub.hub.holding"
range = [150, 300]
whole = true
[[block]]
design = "grid"
factors = ["lanes"]
[[block]]
design = "lhs"
points = 4
factors = ["lanes", "hold"]
[[block]]
design = "sobol"
rows = 4
factors = ["hold"]
"#,
    r#"
[sweep]
base = "base.toml"
until = "mean(days_to_completion) +- 20 %"
at_most = 40
seed = 3
common_random_numbers = false
[[factor]]
id = "speed"
path = 'route.road.path."to border".speed.mode'
range = ["40 km/h", "50 km/h"]
[[factor]]
id = "headway"
path = "route.road.headway"
range = ["30 min", "120 min"]
[[block]]
design = "morris"
trajectories = 3
levels = 4
[[block]]
design = "factorial"
"#,
    r#"
[sweep]
base = "base.toml"
replications = 1
[[factor]]
id = "lanes"
path = "crossing.border.lanes"
levels = [1, 2, 3]
[[factor]]
id = "hold"
path = "hub.hub.holding"
levels = [200, 250, 300]
[[block]]
design = "zip"
[[block]]
design = "list"
file = "points.csv"
"#,
];

/// Ways to write `--until`.
pub const CONDITIONS: [&str; 6] = [
    "p80(days_to_completion) +- 0.5 d",
    "mean(bus_km) +- 5 %",
    "share(days_to_completion <= 35 d) ± 4 points",
    "share(deadline) +- 2 points, p95(exposed_person_hours) +- 100 h",
    "p99(accepted_people) +- 3 people, mean(throughput_per_day.road) +- 1 %",
    "mean(covered_share_by_convoy_time) +- 0.01",
];
