//! `convoysim sweep` as researchers meet it: what a sweep file may say, what comes out, and what no accident can change.

mod accidents;
mod files;
mod texts;

use super::run::{Case, varying};
use std::collections::BTreeMap;
use std::fs;

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
