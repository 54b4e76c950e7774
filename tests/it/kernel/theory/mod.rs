//! Queueing theory: the kernel's processes against closed forms.
//!
//! A simulated case passes when the estimate lies within 4 standard errors of the expected value *and* the standard error
//! is small: 0.5 % of the expected value for means, probabilities and throughputs, 2 % for variances, tails and
//! probabilities below 0.1. Runs are as long as that takes. The heavy part (utilization from 0.9, tails) is run by hand:
//! `cargo bench --bench theory`.

pub mod closed;
pub mod estimate;
pub mod law;
pub mod networks;
pub mod open;
pub mod transient;

use convoysim::units::{Duration, SimTime, TICKS_PER_SECOND};
use serde_json::Value;

/// How much of a case is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What every test run checks.
    Usual,
    /// Everything, by hand.
    Full,
}

/// A standard error of at most this share of the expected value.
pub const MEAN: f64 = 0.005;
/// The same for variances, tails and rare states.
pub const TAIL: f64 = 0.02;

/// What is expected, and how precisely it is to be estimated.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: String,
    pub expected: f64,
    pub precision: f64,
}

impl Target {
    pub fn new(name: impl Into<String>, expected: f64, precision: f64) -> Self {
        Self { name: name.into(), expected, precision }
    }

    /// A probability or share of time: a tail if it is below 0.1.
    pub fn probability(name: impl Into<String>, expected: f64) -> Self {
        Self::new(name, expected, if expected < 0.1 { TAIL } else { MEAN })
    }
}

/// A target with its estimate.
#[derive(Clone, Debug)]
pub struct Check {
    pub target: Target,
    pub estimate: f64,
    pub error: f64,
}

impl Check {
    pub fn z(&self) -> f64 {
        (self.estimate - self.target.expected) / self.error
    }

    pub fn is_precise(&self) -> bool {
        self.error <= self.target.precision * self.target.expected
    }

    pub fn passes(&self) -> bool {
        self.is_precise() && self.z().abs() <= 4.0
    }
}

impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { target, estimate, error } = self;
        write!(f, "{:<38} {:>12.6} ± {:>9.6}  expected {:>12.6}  z {:>5.2}", target.name, estimate, error, target.expected, self.z())
    }
}

/// A study of a fixture's case: its checks with a given seed.
pub type Study = fn(&Value, Depth, u64) -> Vec<Check>;

/// Every study with the prefix of the cases it is for.
pub const STUDIES: [(&str, &str, Study); 22] = [
    ("queueing_open", "mm1-", open::single_class),
    ("queueing_open", "mmc-", open::single_class),
    ("queueing_open", "mmck-", open::single_class),
    ("queueing_open", "mg1-", open::single_class),
    ("queueing_open", "mdc-", open::single_class),
    ("queueing_open", "gm1-", open::single_class),
    ("queueing_open", "prio-np-", open::priorities),
    ("queueing_open", "prio-mmc-", open::priorities),
    ("queueing_closed", "repair-", closed::repair),
    ("queueing_closed", "closed-1", closed::cycle),
    ("queueing_closed", "closed-2", closed::cycle),
    ("queueing_closed", "closed-3", closed::cycle),
    ("queueing_closed", "closed-multi-1", closed::two_classes),
    ("queueing_networks", "tandem-", networks::open_network),
    ("queueing_networks", "jackson-", networks::open_network),
    ("queueing_networks", "feedback-", networks::open_network),
    ("queueing_networks", "erlang-b-", networks::loss),
    ("queueing_networks", "semaphore-", networks::semaphore),
    ("queueing_networks", "gate-", networks::gate),
    ("queueing_networks", "vacation-", networks::vacation),
    ("queueing_networks", "breakdown-", networks::breakdown),
    ("queueing_transient", "", transient::study),
];

/// The cases of a fixture file whose id begins so.
pub fn cases(file: &str, prefix: &str) -> Vec<Value> {
    let text = match file {
        "queueing_open" => include_str!("../../../fixtures/queueing_open.json"),
        "queueing_closed" => include_str!("../../../fixtures/queueing_closed.json"),
        "queueing_networks" => include_str!("../../../fixtures/queueing_networks.json"),
        "queueing_transient" => include_str!("../../../fixtures/queueing_transient.json"),
        other => panic!("no fixture {other:?}"),
    };
    let file: Value = serde_json::from_str(text).expect("fixtures are JSON");
    let cases = file["cases"].as_array().expect("a fixture has cases");
    cases.iter().filter(|case| id(case).starts_with(prefix)).cloned().collect()
}

pub fn id(case: &Value) -> &str {
    case["id"].as_str().expect("a case has an id")
}

/// A number of a case.
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("not a number: {value}"))
}

pub fn square(value: f64) -> f64 {
    value * value
}

/// Time units of the theory as simulation time: one unit is a second, a million ticks.
pub fn units(time: f64) -> Duration {
    Duration::round_ticks(time * TICKS_PER_SECOND as f64)
}

/// The instant so many time units after the start.
pub fn instant(time: f64) -> SimTime {
    SimTime::ZERO + units(time)
}

/// A duration in time units.
pub fn in_units(duration: Duration) -> f64 {
    duration.ticks() as f64 / TICKS_PER_SECOND as f64
}

/// An integral in time units.
pub fn integral(ticks: u128) -> f64 {
    ticks as f64 / TICKS_PER_SECOND as f64
}

/// Runs the studies of these cases as every test run does.
pub fn verify(file: &str, prefix: &str) {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (_, _, study) in STUDIES.iter().filter(|(of, cases, _)| *of == file && *cases == prefix) {
        for case in cases(file, prefix) {
            let checks = study(&case, Depth::Usual, 1);
            checked += checks.len();
            let failed = checks.iter().filter(|check| !check.passes());
            failures.extend(failed.map(|check| format!("{} {check}", id(&case))));
        }
    }
    assert!(failures.is_empty(), "{} of {checked}:\n{}", failures.len(), failures.join("\n"));
    assert!(checked > 0, "no case {prefix} in {file}");
}
