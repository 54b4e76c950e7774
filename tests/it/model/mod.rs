//! The operation model through the same path as `run`: scenario text, checks, replication, responses.

mod golden;
mod statistical;
mod story;

use std::fs;
use std::path::Path;

use convoysim::experiment::operation::Operation;
use convoysim::experiment::runner::Unwatched;
use convoysim::model::params::Params;
use convoysim::model::{Movement, Observations, attribution};
use convoysim::results::{Detail, ReplicationRecord, ResourceUse};
use convoysim::scenario;
use convoysim::units::{SimTime, TICKS_PER_MINUTE};

/// One replication with everything that it shows.
struct Run {
    operation: Operation,
    record: ReplicationRecord,
    detail: Detail,
    observed: Observations,
}

/// Reads a scenario and what it extends.
fn operation(main: &str, sources: &dyn scenario::Sources, overrides: &[&str]) -> Operation {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    let loaded = scenario::load(main, sources, &overrides).unwrap_or_else(|problems| {
        let shown: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        panic!("{shown}")
    });
    Operation::new(&loaded.scenario, loaded.scenario.info.seed)
}

/// The operation of `scenarios/verification/<name>.toml`.
fn shipped(name: &str, overrides: &[&str]) -> Operation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/verification");
    let read = move |file: &str| fs::read(folder.join(file)).map_err(|error| error.to_string());
    operation(&format!("{name}.toml"), &read, overrides)
}

/// The parameters of `scenarios/<name>.toml`.
fn shipped_params(name: &str) -> Params {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let read = move |file: &str| fs::read(folder.join(file)).map_err(|error| error.to_string());
    operation(&format!("{name}.toml"), &read, &[]).model().params.clone()
}

/// The operation of a text.
fn written(text: &str, overrides: &[&str]) -> Operation {
    let text = text.as_bytes().to_vec();
    operation("story.toml", &move |_: &str| Ok(text.clone()), overrides)
}

impl Run {
    fn of(operation: Operation, replication: u32) -> Self {
        let (record, detail) =
            operation.replicate(replication, true, &Unwatched).expect("nothing cancels it").unwrap_or_else(|failure| panic!("{failure:?}"));
        let observed = operation.model().replicate(replication, true).expect("it ran a moment ago");
        Self { operation, record, detail: detail.expect("detail was asked for"), observed }
    }

    fn response(&self, name: &str) -> f64 {
        let at = self.operation.responses.iter().position(|r| r.name == name).unwrap_or_else(|| panic!("no response {name}"));
        self.record.values[at]
    }

    /// How a resource was used.
    fn resource(&self, name: &str) -> ResourceUse {
        let at = self.operation.model().resources().iter().position(|r| r.name == name).unwrap_or_else(|| panic!("no resource {name}"));
        self.record.resources[at]
    }

    /// The active chain by cause and via in minutes.
    fn attribution(&self) -> Vec<(&'static str, &'static str, f64)> {
        attribution(&self.observed.chain).into_iter().map(|(cause, via, time)| (cause.name(), via.name(), time.minutes())).collect()
    }

    /// The active chain by cause in minutes, whatever the via.
    fn causes(&self) -> Vec<(&'static str, f64)> {
        let mut causes: Vec<(&str, f64)> = Vec::new();
        for (cause, _, time) in self.attribution() {
            match causes.last_mut() {
                Some((last, sum)) if *last == cause => *sum += time,
                _ => causes.push((cause, time)),
            }
        }
        causes
    }

    fn convoy(&self, n: usize) -> &Movement {
        &self.observed.movements[n]
    }

    /// An instant of every movement in minutes, in order of forming.
    fn each(&self, instant: impl Fn(&Movement) -> Option<SimTime>) -> Vec<f64> {
        self.observed.movements.iter().map(|m| minutes(instant(m))).collect()
    }

    fn formed(&self) -> Vec<f64> {
        self.each(|m| Some(m.formed))
    }

    fn loaded(&self) -> Vec<f64> {
        self.each(|m| m.loaded)
    }

    fn started(&self) -> Vec<f64> {
        self.each(|m| m.started)
    }

    fn arrived(&self) -> Vec<f64> {
        self.each(|m| m.arrived)
    }

    fn people(&self) -> Vec<u32> {
        self.observed.movements.iter().map(Movement::people).collect()
    }

    /// When every `group`-th person was accepted, in minutes.
    fn accepted_every(&self, group: usize) -> Vec<f64> {
        self.observed.accepted.iter().skip(group - 1).step_by(group).map(|a| minutes(Some(a.at))).collect()
    }

    fn closure(&self) -> f64 {
        minutes(self.observed.closure)
    }

    /// When a movement came into a state, in minutes.
    fn traced(&self, id: &str, state: &str) -> Vec<f64> {
        let rows = self.detail.trace.iter().filter(|row| row.id == id && row.state == state);
        rows.map(|row| row.time as f64 / TICKS_PER_MINUTE as f64).collect()
    }

    /// The exposed stretches of a movement: what it did, from, to, in minutes; joined where only other flags change.
    fn stretches(&self, movement: usize) -> Vec<(&'static str, f64, f64)> {
        let mut stretches: Vec<(&str, f64, f64)> = Vec::new();
        for s in self.observed.segments.iter().filter(|s| s.movement == movement) {
            let (from, to) = (minutes(Some(s.from)), minutes(Some(s.to)));
            match stretches.last_mut() {
                Some(last) if last.0 == s.kind && last.2 == from => last.2 = to,
                _ => stretches.push((s.kind, from, to)),
            }
        }
        stretches
    }
}

/// Minutes since the start; NaN for what did not happen.
fn minutes(at: Option<SimTime>) -> f64 {
    at.map_or(f64::NAN, |at| at.elapsed().minutes())
}
