//! What determines the results of a sweep, and how its rows are shared out.

use crate::random::StreamKey;
use crate::results::Until;
use std::ops::Range;

/// How many replications each point has, and which shard holds which.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Root seed.
    pub seed: u64,
    /// Whether every point has the same random numbers.
    pub common: bool,
    /// How many points there are.
    pub points: u32,
    /// Replications a point; the most that are allowed, with `until`.
    pub replications: u32,
    /// What replications of a point go on for, where their number is not given.
    pub until: Option<Until>,
    /// Points that are invalid and have no rows, in order.
    pub invalid: Vec<u32>,
    /// Rows of a shard (points of a shard, with `until`); the last one may have fewer.
    pub shard_size: u32,
}

/// A stretch of rows: some replications of one point, or all of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shard {
    /// Rows by number, counted through points and their replications.
    Rows(Range<u64>),
    /// Points with all the replications that precision takes.
    Points(Range<u32>),
}

/// A sweep is cut into about so many shards: enough to share out, few enough to keep.
const ABOUT: u64 = 256;

/// No shard has more rows, so that little is lost when a process dies.
const MOST_ROWS: u64 = 4_096;

impl Plan {
    /// The size of a shard where nobody says it.
    #[must_use]
    pub fn usual_shard_size(points: u32, replications: u32, until: bool) -> u32 {
        let all = if until { u64::from(points) } else { u64::from(points) * u64::from(replications) };
        let most = if until { (MOST_ROWS / u64::from(replications.min(200))).max(1) } else { MOST_ROWS };
        all.div_ceil(ABOUT).clamp(1, most) as u32
    }

    /// The root seed of a point: that of the sweep under common random numbers, its own otherwise.
    #[must_use]
    pub fn seed_of(&self, point: u32) -> u64 {
        if self.common { self.seed } else { StreamKey::new(self.seed, "seed of a point", "sweep", &point.to_string()).bits() }
    }

    /// Rows in all, where their number is known beforehand.
    #[must_use]
    pub fn rows(&self) -> Option<u64> {
        self.until.is_none().then(|| u64::from(self.points) * u64::from(self.replications))
    }

    /// Rows in all at most.
    #[must_use]
    pub fn rows_at_most(&self) -> u64 {
        u64::from(self.points) * u64::from(self.replications)
    }

    /// How many shards there are.
    #[must_use]
    pub fn shards(&self) -> u32 {
        let all = self.rows().unwrap_or_else(|| self.points.into());
        all.div_ceil(self.shard_size.into()) as u32
    }

    /// The rows of a shard.
    ///
    /// # Panics
    ///
    /// If there is no such shard.
    #[must_use]
    pub fn shard(&self, shard: u32) -> Shard {
        assert!(shard < self.shards(), "shard {shard} of {}", self.shards());
        let (first, size) = (u64::from(shard) * u64::from(self.shard_size), u64::from(self.shard_size));
        match self.rows() {
            Some(rows) => Shard::Rows(first..(first + size).min(rows)),
            None => Shard::Points(first as u32..(first + size).min(self.points.into()) as u32),
        }
    }

    /// The points of a shard, each with the replications of it that the shard holds; all of them, with `until`. Invalid points are left out:
    /// a shard may hold nothing.
    pub fn pieces(&self, shard: u32) -> impl Iterator<Item = (u32, Range<u32>)> + use<> {
        let n = u64::from(self.replications);
        let invalid = self.invalid.clone();
        let (points, rows) = match self.shard(shard) {
            Shard::Rows(rows) => ((rows.start / n) as u32..rows.end.div_ceil(n) as u32, Some(rows)),
            Shard::Points(points) => (points, None),
        };
        points.filter(move |point| invalid.binary_search(point).is_err()).map(move |point| {
            let all = u64::from(point) * n..(u64::from(point) + 1) * n;
            let within = rows.as_ref().map_or(all.clone(), |rows| rows.start.max(all.start)..rows.end.min(all.end));
            (point, (within.start - all.start) as u32..(within.end - all.start) as u32)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(points: u32, replications: u32, shard_size: u32) -> Plan {
        Plan { seed: 1, common: true, points, replications, until: None, invalid: Vec::new(), shard_size }
    }

    #[test]
    fn shards_hold_every_row_once_in_order_whatever_their_size() {
        for size in [1, 3, 7, 40, 41, 1000] {
            let plan = plan(5, 40, size);
            let rows: Vec<(u32, u32)> =
                (0..plan.shards()).flat_map(|k| plan.pieces(k)).flat_map(|(point, within)| within.map(move |r| (point, r))).collect();
            let all: Vec<(u32, u32)> = (0..5).flat_map(|point| (0..40).map(move |r| (point, r))).collect();
            assert_eq!(rows, all, "size {size}");
        }
    }

    #[test]
    fn points_that_are_invalid_have_no_rows() {
        let plan = Plan { invalid: vec![0, 3], ..plan(5, 40, 7) };
        let rows: Vec<u32> =
            (0..plan.shards()).flat_map(|k| plan.pieces(k)).flat_map(|(point, within)| within.map(move |_| point)).collect();
        assert_eq!(rows, [1, 2, 4].into_iter().flat_map(|point| [point; 40]).collect::<Vec<_>>());
    }

    #[test]
    fn a_sweep_is_cut_into_some_hundred_shards_that_are_not_too_long() {
        assert_eq!(Plan::usual_shard_size(2_500, 40, false), 391);
        assert_eq!(Plan::usual_shard_size(65_536, 40, false), 4_096);
        assert_eq!(Plan::usual_shard_size(3, 1, false), 1);
        assert_eq!(plan(65_536, 40, 4_096).shards(), 640);
    }
}
