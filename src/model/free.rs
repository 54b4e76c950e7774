//! Free units of a fleet or pool, the longest free first.

use crate::units::SimTime;

/// A unit joins those that are free; `since` says since when each has been. Of units free since the same instant the first comes first.
pub(super) fn join_free(free: &mut Vec<u32>, unit: u32, since: impl Fn(u32) -> SimTime) {
    let key = (since(unit), unit);
    // From the back, as it was busy until now and most others have been free for longer.
    let at = free.iter().rposition(|other| (since(*other), *other) < key).map_or(0, |before| before + 1);
    free.insert(at, unit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_by_how_long_they_have_been_free_and_then_by_number() {
        let since = [5, 3, 5, 1].map(SimTime::from_ticks);
        let mut free = Vec::new();
        for unit in [2, 0, 3, 1] {
            join_free(&mut free, unit, |unit| since[unit as usize]);
        }
        assert_eq!(free, [3, 1, 0, 2]);
    }
}
