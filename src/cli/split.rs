//! `compare --split`: a scenario for every set of the changes, and what each change contributes.

use super::diff::Origin;
use super::exit::Exit;
use super::scenario_file;
use super::terminal::Terminal;
use crate::experiment::compare::{contributions, run_together};
use crate::experiment::operation::Operation;
use crate::experiment::runner::{Job, Pool, Watch};
use crate::results::{Change, Contrast, RunTable, Split};
use crate::scenario::Written;

/// Most changes, or groups of changes, that are told apart: 256 scenarios.
const MOST: usize = 8;

/// Changes that are told apart, and the scenarios between base and variant that have some of them.
pub(super) struct Blends {
    /// The words for a change or a group of them, and its paths.
    groups: Vec<(String, Vec<String>)>,
    /// The scenario with the changes of every set but none and all, in order of the sets.
    operations: Vec<Operation>,
}

impl Blends {
    /// Makes every scenario in between and checks it, before anything runs; `None` where there are fewer than two changes.
    pub(super) fn prepare(
        changes: &[Change],
        origins: [Origin<'_>; 2],
        overrides: &[String],
        seed: u64,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<Self>, Exit> {
        let paths: Vec<&str> = changes.iter().filter(|change| change.matters).map(|change| change.path.as_str()).collect();
        let groups = match grouped(&paths) {
            Ok(groups) if groups.len() < 2 => return Ok(None),
            Ok(groups) => groups,
            Err(why) => {
                terminal.complain(&format!("--split: {why}"));
                return Err(Exit::Usage);
            }
        };
        let [Ok(base), Ok(variant)] = origins.map(|origin| Written::read(origin.name, origin.sources, overrides)) else { return Ok(None) };
        let mut operations = Vec::new();
        for set in 1..(1_usize << groups.len()) - 1 {
            let chosen = || groups.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, group)| group);
            let paths: Vec<&str> = chosen().flat_map(|(_, paths)| paths.iter().map(String::as_str)).collect();
            let text = base.with(&variant, &paths);
            match scenario_file::load_text(&text, origins, terminal) {
                Ok(loaded) => operations.push(Operation::new(&loaded.scenario, seed)),
                Err(exit) => {
                    let with: Vec<&str> = chosen().map(|(words, _)| words.as_str()).collect();
                    let why = "that scenario is not valid, so the changes can't be told apart";
                    terminal.complain(&format!("--split: with only {} changed, {why}", with.join(", ")));
                    return Err(exit);
                }
            }
        }
        Ok(Some(Self { groups, operations }))
    }

    /// Scenarios to be run.
    pub(super) fn scenarios(&self) -> usize {
        self.operations.len()
    }

    /// Runs them and splits the difference of the first response; `None` where runs did not end, or were cancelled.
    pub(super) fn split(
        &self,
        contrast: &Contrast,
        ends: [&RunTable; 2],
        replications: u32,
        pool: &Pool,
        watch: &dyn Watch,
    ) -> Option<Split> {
        let first = contrast.responses.first()?;
        let jobs: Vec<_> = self
            .operations
            .iter()
            .map(|operation| |replication, detail, watch: &dyn Watch| operation.replicate(replication, detail, watch))
            .collect();
        let jobs: Vec<&Job<'_>> = jobs.iter().map(|job| job as &Job<'_>).collect();
        let mut between: Vec<RunTable> = self.operations.iter().map(Operation::empty_table).collect();
        if !run_together(pool, &jobs, &mut between, 0, replications, watch) {
            return None;
        }
        let tables: Vec<&RunTable> = std::iter::once(ends[0]).chain(&between).chain([ends[1]]).collect();
        let (pairs, mut intervals) = contributions(self.groups.len(), &tables, &first.info.name)?;
        let total = intervals.pop().expect("the total comes last");
        let parts = self.groups.iter().map(|(words, _)| words.clone()).zip(intervals).collect();
        Some(Split { response: first.info.clone(), scenarios: tables.len(), pairs, parts, total })
    }
}

/// The changes one by one; where they are too many, those of one entry of a table together; or why they can't be told apart.
fn grouped(paths: &[&str]) -> Result<Vec<(String, Vec<String>)>, String> {
    if let Some(file) = paths.iter().find(|path| path.starts_with("data file ")) {
        return Err(format!("{file} differs, and one scenario can't read both"));
    }
    if paths.len() <= MOST {
        return Ok(paths.iter().map(|path| ((*path).to_owned(), vec![(*path).to_owned()])).collect());
    }
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for path in paths {
        let entry = path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
        match groups.iter_mut().find(|(known, _)| *known == entry) {
            Some((_, known)) => known.push((*path).to_owned()),
            None => groups.push((entry, vec![(*path).to_owned()])),
        }
    }
    if groups.len() <= MOST {
        return Ok(groups);
    }
    let (changes, entries) = (paths.len(), groups.len());
    Err(format!("{changes} changes in {entries} entries are too many (at most {MOST}); compare with a scenario that has some of them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_are_grouped_by_entry_and_too_many_are_refused() {
        let paths: Vec<String> = (0..12).map(|i| format!("route.r{}.key{i}", i / 3)).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let words = |groups: &[(String, Vec<String>)]| groups.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>();
        assert_eq!(words(&grouped(&paths).expect("four entries")), ["route.r0", "route.r1", "route.r2", "route.r3"]);
        assert_eq!(words(&grouped(&paths[..2]).expect("two")), ["route.r0.key0", "route.r0.key1"]);
        let scattered: Vec<String> = (0..9).map(|i| format!("route.r{i}.headway")).collect();
        let scattered: Vec<&str> = scattered.iter().map(String::as_str).collect();
        assert!(grouped(&scattered).is_err_and(|why| why.contains("9 changes in 9 entries")));
        assert!(grouped(&["data file x.csv", "buses.b.count"]).is_err());
    }
}
