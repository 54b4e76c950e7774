//! `convoysim sweep script --slurm`: the shards as an array job.

use super::opened::planned;
use super::tell;
use crate::cli::argument::argument;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, WriteError};
use crate::report::shell::is_unprintable;
use std::path::Path;

/// Prints a script for Slurm. A task that is run twice, or on two machines, does no harm: the second finds its parts there.
pub(super) fn slurm(dir: &Path, shards_a_task: u32, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    planned(dir, terminal, |study, store, terminal| {
        let shards = study.plan.shards();
        let tasks = shards.div_ceil(shards_a_task);
        // A line break would end a comment or a command of the script, and what follows it would be run.
        if store.path().to_str().is_none_or(is_unprintable) {
            terminal.complain(&format!(
                "{:?}: the name of the folder has control characters or is not UTF-8, which a script cannot hold; rename the folder",
                store.path()
            ));
            return Ok(Exit::Usage);
        }
        let folder = argument(store.path());
        let changed = tell::changed(study, "# ");
        let name: String = study.info.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        terminal.print(&format!(
            r#"#!/bin/sh
# The {shards} shards of {name:?}, as an array of {tasks} tasks. Submit with: sbatch THIS_FILE
# Then, when all have ended: convoysim sweep merge {folder}
{changed}#SBATCH --job-name={name}
#SBATCH --array=0-{last}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
set -eu
first=$((SLURM_ARRAY_TASK_ID * {shards_a_task}))
last=$((first + {shards_a_task} - 1))
[ "$last" -lt {shards} ] || last={last_shard}
for shard in $(seq "$first" "$last"); do
    # 30: some replications failed; they are rows of failures.csv.
    convoysim sweep shard {folder} --shard "$shard" || [ $? -eq 30 ]
done
"#,
            last = tasks - 1,
            last_shard = shards - 1,
        ))?;
        Ok(Exit::Done)
    })
}
