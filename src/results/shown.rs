//! Which replications are shown, by a rule that is stated and never by hand.
//!
//! Replications stand in order of completion: earliest first; those the horizon ended come last, of them the one with more
//! people accepted first; ties by number. The replication *at p percent* is the one at rank ⌈p n / 100⌉ of that order.

use super::RunTable;

/// Ranks, in percent of completion, of the replications drawn as single paths.
pub const PATH_RANKS: [u32; 5] = [3, 25, 50, 75, 97];
/// Ranks, in percent of completion, of the replications shown in detail.
pub const DETAIL_RANKS: [u32; 3] = [10, 50, 90];

/// A replication at a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Rank of completion in percent.
    pub percent: u32,
    /// The replication.
    pub replication: u32,
}

/// The replications at these ranks; one replication may stand at several. Empty without replications.
#[must_use]
pub fn at_ranks(table: &RunTable, percents: &[u32]) -> Vec<Shown> {
    let n = table.records.len();
    if n == 0 {
        return Vec::new();
    }
    let (order, numbers) = (by_completion(table), table.records.numbers());
    let at = |percent: u32| order[(percent as usize * n).div_ceil(100).clamp(1, n) - 1] as usize;
    percents.iter().map(|&percent| Shown { percent, replication: numbers[at(percent)] }).collect()
}

/// The replications to show in detail, those of [`DETAIL_RANKS`], each once (with its first rank).
#[must_use]
pub fn in_detail(table: &RunTable) -> Vec<Shown> {
    let mut shown = at_ranks(table, &DETAIL_RANKS);
    // One replication alone is its own median.
    if table.records.len() == 1 {
        return shown.split_off(1).into_iter().take(1).collect();
    }
    let mut seen = Vec::new();
    shown.retain(|one| {
        let new = !seen.contains(&one.replication);
        seen.push(one.replication);
        new
    });
    shown
}

/// Positions of the records in order of completion.
#[must_use]
pub fn by_completion(table: &RunTable) -> Vec<u32> {
    let n = table.records.len();
    let days = table.reached("days_to_completion").unwrap_or_else(|| vec![f64::INFINITY; n]);
    let accepted = table.reached("accepted_people").unwrap_or_else(|| vec![0.0; n]);
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_unstable_by(|a, b| {
        let (i, j) = (*a as usize, *b as usize);
        days[i].total_cmp(&days[j]).then(accepted[j].total_cmp(&accepted[i])).then(a.cmp(b))
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Better, Daily, Outcome, ReplicationRecord, ResponseInfo};

    fn table(days: &[f64]) -> RunTable {
        let records = days
            .iter()
            .enumerate()
            .map(|(i, days)| ReplicationRecord {
                replication: i as u32,
                outcome: if days.is_nan() { Outcome::Horizon } else { Outcome::Complete },
                left: Vec::new(),
                values: vec![*days],
                daily: Daily::default(),
                attribution: Vec::new(),
                resources: Vec::new(),
                events: 0,
                draws: 0,
            })
            .collect();
        let info = ResponseInfo { name: "days_to_completion".into(), unit: "d", better: Better::Lower, reading: "".into() };
        RunTable { responses: vec![info], resources: Vec::new(), records, failures: Vec::new() }
    }

    #[test]
    fn ranks_count_from_the_earliest_and_censored_runs_come_last() {
        let shown = at_ranks(&table(&[5.0, f64::NAN, 3.0, 4.0]), &[25, 50, 75, 97]);
        let replications: Vec<u32> = shown.iter().map(|one| one.replication).collect();
        assert_eq!(replications, [2, 3, 0, 1]);
    }

    #[test]
    fn a_replication_at_several_ranks_is_shown_once() {
        assert_eq!(in_detail(&table(&[5.0])), [Shown { percent: 50, replication: 0 }]);
        assert_eq!(in_detail(&table(&[5.0, 4.0])), [Shown { percent: 10, replication: 1 }, Shown { percent: 90, replication: 0 }]);
        assert_eq!(in_detail(&table(&[])), []);
    }
}
