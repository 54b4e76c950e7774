//! The arguments of `sweep` and its subcommands.

use crate::cli::args::BudgetOptions;
use crate::cli::charts::Choice;
use crate::cli::replications::replications_from;
use crate::results::Kind;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// A sweep file, or what to do with a folder of a sweep.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct SweepOptions {
    #[command(subcommand)]
    pub(super) command: Option<SweepCommand>,
    #[command(flatten)]
    pub(super) study: StudyOptions,
}

/// A sweep and how to run it.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct StudyOptions {
    /// Sweep (TOML)
    // Optional for the types only: beside a subcommand there is none.
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Output folder; the same command goes on where an earlier one stopped [default: out/<sweep file name>/]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Replications of each point, in place of the sweep's
    #[arg(short = 'n', long, value_name = "N", value_parser = replications_from(1))]
    pub(in crate::cli) replications: Option<u32>,
    /// Root seed, in place of the sweep's
    #[arg(long, value_name = "S")]
    pub(in crate::cli) seed: Option<u64>,
    /// Put a value in place of the base's at every point, as in route.road.headway="30 min"; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(in crate::cli) set: Vec<String>,
    #[command(flatten)]
    budget: BudgetOptions,
    /// Rows of a shard (points, where precision decides the replications); the results are the same with any
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) shard_size: Option<u32>,
    /// Leave points out that are invalid, and list them, in place of running nothing
    #[arg(long)]
    pub(in crate::cli) skip_invalid: bool,
    #[command(flatten)]
    pub(in crate::cli) work: WorkOptions,
    /// Charts to draw: all, none, usual (those that this sweep has), or names with commas between
    #[arg(long, value_name = "LIST", default_value = "usual", value_parser = |text: &str| Choice::parse_of(Kind::Sweep, text))]
    pub(in crate::cli) charts: Choice,
    /// Print one JSON object in place of the text
    #[arg(long, conflicts_with = "quiet")]
    pub(in crate::cli) json: bool,
    /// Print the answer only
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

impl SweepOptions {
    /// Turns options that stand for a value of the scenario into values of `--set`.
    pub(in crate::cli) fn lay_over(&mut self) {
        match &mut self.command {
            None => self.study.lay_over(),
            Some(SweepCommand::Plan(study)) => study.lay_over(),
            Some(_) => {}
        }
    }
}

impl StudyOptions {
    /// As [`SweepOptions::lay_over`].
    pub(in crate::cli) fn lay_over(&mut self) {
        self.budget.lay_over(&mut self.set);
    }

    /// The sweep file.
    pub(in crate::cli) fn file(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(""))
    }
}

/// How the work is done.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct WorkOptions {
    /// Threads [default: one a processor]; the results are the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) threads: Option<u16>,
    /// Go on where a replication fails, and list it (the default)
    #[arg(long, conflicts_with = "fail_fast")]
    pub(in crate::cli) keep_going: bool,
    /// Stop at the first replication that fails
    #[arg(long)]
    pub(in crate::cli) fail_fast: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum SweepCommand {
    /// Check every point and write the plan, but run nothing
    Plan(StudyOptions),
    /// Say how far a sweep is
    Status {
        /// Folder of the sweep
        dir: PathBuf,
        /// Print one JSON object in place of the text
        #[arg(long)]
        json: bool,
    },
    /// Run one shard of a planned sweep; any number of them may run at once
    Shard {
        /// Folder of the sweep
        dir: PathBuf,
        /// The shard, from 0
        #[arg(long, value_name = "K")]
        shard: u32,
    },
    /// Put the shards of a sweep together into its tables
    Merge {
        /// Folder of the sweep
        dir: PathBuf,
        /// Charts to draw: all, none, usual (those that this sweep has), or names with commas between
        #[arg(long, value_name = "LIST", default_value = "usual", value_parser = |text: &str| Choice::parse_of(Kind::Sweep, text))]
        charts: Choice,
        /// Print one JSON object in place of the text
        #[arg(long)]
        json: bool,
    },
    /// Print a script that runs the shards of a planned sweep elsewhere
    Script {
        /// Folder of the sweep
        dir: PathBuf,
        /// For Slurm: an array job
        #[arg(long, required = true)]
        slurm: bool,
        /// Shards that one task of the array runs, one after the other
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        shards_a_task: u32,
    },
}
