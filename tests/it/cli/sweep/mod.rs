//! `convoysim sweep` as researchers meet it: what a sweep file may say, what comes out, and what no accident can change.

mod accidents;
mod factors;
mod files;
mod overrides;
mod schema;
mod texts;

use super::run::{Case, varying};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Three numbers of lanes by two services, four replications each.
const LANES: &str = r#"
[sweep]
name = "Lanes and service"
question = "What do lanes buy?"
base = "case.toml"
replications = 4
requirement = "p80(days_to_completion) <= 0.6 d"

[[factor]]
id = "lanes"
label = "border lanes"
path = "crossing.border.lanes"
levels = [1, 2, 3]

[[factor]]
id = "service"
path = "crossing.border.service"
levels = ["6 min", "12 min"]

[[block]]
design = "grid"
"#;

/// A factor of each kind.
const EVERY_SCALE: &str = r#"
[[factor]]
id = "lanes"
path = "crossing.border.lanes"
range = [1, 4]
whole = true

[[factor]]
id = "service"
path = "crossing.border.service"
range = ["6 min", "12 min"]

[[factor]]
id = "slower"
label = "speed, times"
path = 'route.road.path."to border".speed'
range = [0.8, 1.2]
times = true

[[factor]]
id = "shift"
levels = [
  { label = "one bay", set = { "facility.receiving.intake.bays" = 1, "site.prison.boarding.bays" = 1 } },
  { label = "two bays", set = { "facility.receiving.intake.bays" = 2, "site.prison.boarding.bays" = 2 } },
]
"#;

/// A block of each design but the grid.
const EVERY_DESIGN: &str = r#"
[[block]]
design = "lhs"
points = 6

[[block]]
design = "sobol"
rows = 2
factors = ["service", "slower"]

[[block]]
design = "morris"
trajectories = 2

[[block]]
design = "factorial"
generators = ["D=ABC"]

[[block]]
design = "zip"
factors = ["shift"]

[[block]]
design = "list"
file = "list.csv"
factors = ["lanes", "shift"]
"#;

/// The shipped sweeps.
pub(super) fn studies() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies");
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    files.sort();
    files
}

/// The varying golden run with a sweep file beside it.
fn case(sweep: &str) -> Case {
    let case = Case::new(&varying());
    fs::write(case.path("sweep.toml"), sweep).expect("a file");
    case
}

/// The merged files of a sweep: what every way of running it must give.
fn merged(case: &Case, folder: &str) -> BTreeMap<&'static str, Vec<u8>> {
    ["manifest.json", "design.csv", "points.csv", "pareto.csv", "replications.csv", "replications.parquet"]
        .into_iter()
        .map(|name| (name, fs::read(case.path(&format!("{folder}/{name}"))).unwrap_or_else(|error| panic!("{folder}/{name}: {error}"))))
        .collect()
}
