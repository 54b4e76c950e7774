//! How replications ended, in sentences: what did not complete, why, and what the figures then cover.

use super::words::{counted, grouped, percent, plain};
use crate::results::{Outcome, Outcomes, Reason};

/// What did not complete or failed, and the commonest reason, one sentence per outcome; empty where every replication completed.
pub(super) fn sentences(outcomes: &Outcomes, reason: Option<&Reason>, horizon_days: f64) -> Vec<String> {
    let of = outcomes.ended();
    let why = |outcome| reason.filter(|one: &&Reason| one.outcome == outcome).map_or_else(String::new, |one| format!(": {}", one.words()));
    let share = |n: usize| format!("{} of {}", grouped(n), counted(of, "run", "runs"));
    let mut said = Vec::new();
    if outcomes.deadlock > 0 {
        let verb = if of == 1 { "deadlocks" } else { "deadlock" };
        said.push(format!("{} {verb}{}.", share(outcomes.deadlock), why(Outcome::Deadlock)));
    }
    if outcomes.horizon > 0 {
        let days = plain(horizon_days);
        // The deadlocked ones did not complete either.
        let (count, verb) = match (outcomes.deadlock > 0, outcomes.horizon) {
            (true, 1) => ("1 more".to_owned(), "does"),
            (true, more) => (format!("{} more", grouped(more)), "do"),
            (false, all) => (share(all), if of == 1 { "does" } else { "do" }),
        };
        said.push(format!("{count} {verb} not complete within {days} days{}.", why(Outcome::Horizon)));
    }
    if outcomes.failed > 0 {
        let verb = if outcomes.failed == 1 { "is" } else { "are" };
        said.push(format!("{} failed and {verb} in no figure.", counted(outcomes.failed, "run", "runs")));
    }
    said
}

/// What figures other than days cover where some runs did not complete; nothing where all did. `whose` names the scenario, as in
/// ` of larger-hub`, and may be empty.
pub(super) fn partial(censored: usize, runs: usize, whose: &str) -> Option<String> {
    (censored > 0).then(|| {
        format!(
            "{} of {}{whose} ({}) did not complete: figures other than days cover only what moved in them, and a small one is no merit.",
            grouped(censored),
            counted(runs, "run", "runs"),
            percent(censored as f64 / runs.max(1) as f64),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Waiting;

    #[test]
    fn deadlocks_are_counted_with_their_commonest_reason() {
        let group = Waiting { people: 148, place: "at City B".into(), waits_for: "a place at Airport, which is full".into() };
        let reason = Reason { outcome: Outcome::Deadlock, of: 34, runs: 34, group, same_people: true };
        let outcomes = Outcomes { complete: 1_200, horizon: 2, deadlock: 34, failed: 1 };
        insta::assert_snapshot!(sentences(&outcomes, Some(&reason), 90.0).join("\n"), @r"
        34 of 1,236 runs deadlock: 148 people at City B wait for a place at Airport, which is full.
        2 more do not complete within 90 days.
        1 run failed and is in no figure.
        ");
        assert_eq!(sentences(&Outcomes { complete: 3, ..Outcomes::default() }, None, 90.0), Vec::<String>::new());
    }

    #[test]
    fn figures_of_runs_that_stopped_are_marked_as_partial() {
        assert_eq!(partial(0, 50, ""), None);
        assert!(partial(34, 50, "").is_some_and(|text| text.starts_with("34 of 50 runs (68%) did not complete: ")));
    }
}
