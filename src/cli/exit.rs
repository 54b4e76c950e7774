//! How the program ends.

use std::process::ExitCode;

/// The exit codes. Scripts rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The command line is wrong.
    Usage,
    /// A scenario is invalid.
    ScenarioInvalid,
    /// A data file is invalid.
    DataInvalid,
    /// What was asked for was not found within the replications allowed.
    PrecisionNotReached,
    /// An objective is missed, or it is not resolved whether it is met, and a gate was asked for.
    ObjectiveMissed,
    /// A comparison is worse or not resolved, and a gate was asked for.
    Worse,
    /// Some replications failed; the others are there.
    SomeFailed,
    /// A folder is not what its manifest makes.
    Different,
    /// Something could not be written.
    CannotWrite,
    /// SIGHUP: the terminal has gone; what was finished is saved and marked.
    HungUp,
    /// SIGINT; what was finished is saved and marked.
    Interrupted,
    /// SIGTERM; what was finished is saved and marked.
    Terminated,
    /// A bug of ours.
    Bug,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Bug => 1,
            Self::Usage => 2,
            Self::ScenarioInvalid => 10,
            Self::DataInvalid => 11,
            Self::PrecisionNotReached => 20,
            Self::ObjectiveMissed => 21,
            Self::Worse => 22,
            Self::SomeFailed => 30,
            Self::Different => 31,
            Self::CannotWrite => 74,
            Self::HungUp => 129,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The list for `--help`.
pub(super) const EXIT_CODES: &str = "Exit codes:
    0  done
    1  a bug of ours
    2  the command line is wrong
   10  a scenario is invalid
   11  a data file is invalid
   20  precision not reached within the replications allowed
   21  objective missed or not resolved (with --gate)
   22  comparison worse or not resolved (with --gate)
   30  some replications failed; the others are there
   31  a folder is not what its manifest makes when it is run again
   74  something could not be written
  129  the terminal has gone (SIGHUP); what was finished is saved and marked
  130  interrupted (SIGINT); what was finished is saved and marked
  143  terminated (SIGTERM); what was finished is saved and marked";
