//! The arguments. Help, completions and the manual page come from here.

use super::charts::Choice;
use super::exit::EXIT_CODES;
use super::explain::ExplainOptions;
use super::replications::replications_from;
use super::rerun::RerunOptions;
use super::verify::VerifyOptions;
use crate::experiment::until::AT_MOST;
use crate::report::chart::{Size, Theme};
use crate::results::Kind;
use crate::scenario::argument;
use clap::builder::TypedValueParser;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Simulates convoy logistics: how many days, how many people a day, how long exposed, and what limits it.
#[derive(Debug, Parser)]
#[command(name = "convoysim", version, after_help = EXIT_CODES, propagate_version = false, max_term_width = 100)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) looks: Looks,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// How texts look.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Looks {
    /// When to colour texts (NO_COLOR and TERM=dumb count for auto)
    #[arg(long, value_enum, default_value_t = When::Auto, global = true, value_name = "WHEN")]
    pub(super) color: When,
    /// Print no signs beyond ASCII
    #[arg(long, global = true)]
    pub(super) ascii: bool,
}

/// When to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate a scenario and write an output folder
    Run(RunOptions),
    /// Select the best of several scenarios, with a guarantee
    Best(BestOptions),
    /// Draw the charts of an output folder again, without simulating
    Chart(ChartOptions),
    /// Write one offline HTML file about finished runs
    Brief(BriefOptions),
    /// Say what is wrong with scenarios, and what the plan can do at most
    Check(CheckOptions),
    /// Say what the days were spent on, and test what one more of each resource would change
    Explain(ExplainOptions),
    /// Say what variants change against a base, under the same random numbers
    Compare(CompareOptions),
    /// Say what differs between two scenarios
    Diff(DiffOptions),
    /// Run a sweep: many points of a design over factors; an interrupted one goes on
    Sweep(super::sweep::SweepOptions),
    /// Run a sweep, and say which inputs its responses depend on: Morris screening, Sobol' indices
    Sensitivity(super::sensitivity::SensitivityOptions),
    /// Print every change of state of one replication, with its cause
    Trace(TraceOptions),
    /// Run a finished folder again from its manifest and say whether every byte agrees
    Verify(VerifyOptions),
    /// Run one replication of a finished folder again, and hold it against its row
    Rerun(RerunOptions),
    /// Write commented scenarios to start from
    New(NewOptions),
    /// Print the scenario after extends, like and --set, with the line that wrote each value
    Resolve(ResolveOptions),
    /// Print the JSON Schema of scenario files, or of sweep files, for editors
    Schema {
        /// Of sweep files
        #[arg(long)]
        sweep: bool,
    },
    /// Print a completion script
    Completions {
        /// For this shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// A limit on what one replication may cost.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct BudgetOptions {
    /// Let a replication fail that needs more events than this [default: 2000000, or the scenario's]; kept as --set scenario.max_events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    max_events: Option<u32>,
}

impl BudgetOptions {
    /// Adds the limit to the values of `--set`: so every manifest keeps it, and `verify` and `rerun` heed it.
    pub(super) fn lay_over(self, set: &mut Vec<String>) {
        set.extend(self.max_events.map(|events| format!("scenario.max_events={events}")));
    }
}

impl Command {
    /// Turns options that stand for a value of the scenario into values of `--set`.
    pub(super) fn lay_over(&mut self) {
        match self {
            Self::Run(RunOptions { scenario, .. }) | Self::Trace(TraceOptions { scenario, .. }) => {
                scenario.budget.lay_over(&mut scenario.set)
            }
            Self::Best(options) => options.budget.lay_over(&mut options.set),
            Self::Compare(options) => options.budget.lay_over(&mut options.set),
            Self::Explain(options) => options.budget.lay_over(&mut options.set),
            Self::Sweep(options) => options.lay_over(),
            Self::Sensitivity(options) => options.lay_over(),
            _ => {}
        }
    }
}

/// What is simulated.
#[derive(Debug, clap::Args)]
pub(super) struct ScenarioOptions {
    /// Scenario (TOML)
    pub(super) file: PathBuf,
    /// Root seed, in place of the scenario's
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,
    /// Put a value in place of the scenario's, as in route.road.headway="30 min"; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    #[command(flatten)]
    pub(super) budget: BudgetOptions,
}

#[derive(Debug, clap::Args)]
pub(super) struct RunOptions {
    #[command(flatten)]
    pub(super) scenario: ScenarioOptions,
    /// Replications, in place of the scenario's
    #[arg(short = 'n', long, value_name = "N", value_parser = replications_from(1))]
    pub(super) replications: Option<u32>,
    #[command(flatten)]
    pub(super) precision: PrecisionOptions,
    /// Exit with 21 unless every objective is met beyond doubt
    #[arg(long)]
    pub(super) gate: bool,
    /// Threads [default: one a processor]; the results are the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Output folder [default: out/<scenario file name>/]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Charts to draw: all, none, usual, or names with commas between
    #[arg(long, value_name = "LIST", default_value = "usual", value_parser = |text: &str| Choice::parse_of(Kind::Run, text))]
    pub(super) charts: Choice,
    /// Form of the table of replications: replications.csv, replications.parquet or both
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: TableFormat,
    /// Print one JSON object in place of the summary
    #[arg(long, conflicts_with = "quiet")]
    pub(super) json: bool,
    /// Print the answer only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// How the table of replications is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// Text, `replications.csv`.
    #[default]
    Csv,
    /// Columns, `replications.parquet`.
    Parquet,
    /// Both files.
    Both,
}

impl TableFormat {
    /// Whether there is `replications.csv`.
    pub(super) const fn has_csv(self) -> bool {
        !matches!(self, Self::Parquet)
    }

    /// Whether there is `replications.parquet`.
    pub(super) const fn has_parquet(self) -> bool {
        !matches!(self, Self::Csv)
    }
}

/// Replications until something is precise.
#[derive(Debug, clap::Args)]
pub(super) struct PrecisionOptions {
    /// Go on until this is as precise, as in "p80(days_to_completion) +- 0.5 d, mean(bus_km) +- 5 %"; `compare` takes it of the
    /// differences of pairs
    #[arg(long, value_name = "CONDITIONS", conflicts_with = "replications")]
    pub(super) until: Option<String>,
    /// With --until: no more replications than this
    #[arg(long, value_name = "N", requires = "until", default_value_t = AT_MOST, value_parser = replications_from(30))]
    pub(super) at_most: u32,
}

#[derive(Debug, clap::Args)]
pub(super) struct ChartOptions {
    /// Output folder of a run, a comparison or an explanation
    pub(super) dir: PathBuf,
    /// Charts: all, usual, or names with commas between
    #[arg(long, value_name = "LIST", default_value = "all", value_parser = Choice::parse)]
    pub(super) only: Choice,
    /// Format: slide, half, square, a4, thumb
    #[arg(long, default_value = "slide", value_parser = Size::parse)]
    pub(super) size: Size,
    /// Colours: light, dark, print
    #[arg(long, default_value = "light", value_parser = Theme::parse)]
    pub(super) theme: Theme,
    /// For charts of one run: its rank of completion in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::builder::PossibleValuesParser::new(["10", "50", "90"]).map(|text| text.parse::<u32>().unwrap_or(50)))]
    pub(super) run: u32,
    /// Folder for the pictures [default: DIR/charts]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct BriefOptions {
    /// Output folders: the run that the briefing is about, then other runs, comparisons and explanations to stand beside it
    #[arg(required = true, value_name = "DIR")]
    pub(super) dirs: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "briefing.html")]
    pub(super) out: PathBuf,
    /// Leave out dates, names, sources and paths, and tell people in tens; refuse to write a page that still tells them
    #[arg(long)]
    pub(super) release_safe: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Scenarios (TOML)
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// List the values that no source is given for
    #[arg(long)]
    pub(super) sources: bool,
    /// Put a value in place of the scenario's; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ResolveOptions {
    /// Scenario (TOML)
    pub(super) file: PathBuf,
    /// Put a value in place of the scenario's; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    /// Print one JSON object in place of the text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct BestOptions {
    /// Scenarios (TOML), two or more; the seed is that of the first
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Indifference zone, as in "0.5 d" [default: the difference that [compare] of the first scenario states]
    #[arg(long, value_name = "AMOUNT")]
    pub(super) delta: Option<String>,
    /// Probability of selecting the best, where it is at least DELTA ahead
    #[arg(long, value_name = "P", default_value = "0.95", value_parser = argument::share)]
    pub(super) confidence: f64,
    /// Select by the mean of this response
    #[arg(long, value_name = "NAME", default_value = "days_to_completion")]
    pub(super) response: String,
    /// Replications of each scenario before the first can be screened out
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(10..=1000))]
    pub(super) first_stage: u16,
    /// Replications of each scenario at most, in place of the first scenario's
    #[arg(short = 'n', long, value_name = "N", value_parser = replications_from(1))]
    pub(super) replications: Option<u32>,
    /// Root seed, in place of the first scenario's
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,
    /// Threads [default: one a processor]; the selection is the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Put a value in place of that of every scenario; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    #[command(flatten)]
    pub(super) budget: BudgetOptions,
    /// Print one JSON object in place of the text
    #[arg(long, conflicts_with = "quiet")]
    pub(super) json: bool,
    /// Print the answer only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct CompareOptions {
    /// Base scenario (TOML); seed, replications and what matters are taken from it
    pub(super) base: PathBuf,
    /// Scenarios to compare with it
    #[arg(required = true, value_name = "VARIANT")]
    pub(super) variants: Vec<PathBuf>,
    /// Replications of each scenario, in place of the base's
    #[arg(short = 'n', long, value_name = "N", value_parser = replications_from(1))]
    pub(super) replications: Option<u32>,
    #[command(flatten)]
    pub(super) precision: PrecisionOptions,
    /// Root seed, in place of the base's
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,
    /// Threads [default: one a processor]; the results are the same with any number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Put a value in place of that of every scenario; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    #[command(flatten)]
    pub(super) budget: BudgetOptions,
    /// Compare this response too; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) response: Vec<String>,
    /// Give every scenario random numbers of its own, to see what common ones are worth
    #[arg(long)]
    pub(super) no_crn: bool,
    /// Say what each of several changes contributes (runs a scenario for every set of them)
    #[arg(long, conflicts_with = "no_crn")]
    pub(super) split: bool,
    /// Output folder [default: none is written]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// With --out, charts to draw: all, none, usual, or names with commas between
    #[arg(long, value_name = "LIST", default_value = "usual", requires = "out", value_parser = |text: &str| Choice::parse_of(Kind::Comparison, text))]
    pub(super) charts: Choice,
    /// Print one JSON object in place of the table
    #[arg(long, conflicts_with = "quiet")]
    pub(super) json: bool,
    /// Print the last sentence only
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// End with 22 where a variant is worse, or whether it is worse is not resolved
    #[arg(long)]
    pub(super) gate: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct DiffOptions {
    /// Scenario (TOML)
    pub(super) base: PathBuf,
    /// Scenario to hold beside it
    pub(super) variant: PathBuf,
    /// Put a value in place of that of both scenarios; may be repeated
    #[arg(long, value_name = "K=V")]
    pub(super) set: Vec<String>,
    /// Print one JSON object in place of the text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct TraceOptions {
    #[command(flatten)]
    pub(super) scenario: ScenarioOptions,
    /// Replication, from 0
    #[arg(long, value_name = "R", default_value_t = 0)]
    pub(super) replication: u32,
    /// Format
    #[arg(long, value_enum, default_value_t = TraceFormat::Csv)]
    pub(super) format: TraceFormat,
}

/// Formats of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TraceFormat {
    /// A table.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// Trace events, to be opened in Perfetto: one track a convoy, flight, bus, escort, aircraft and lane.
    Chrome,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewOptions {
    /// Folder; made if it is not there
    pub(super) dir: PathBuf,
}
