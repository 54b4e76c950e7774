//! SIGINT, SIGTERM and SIGHUP: the first one asks the run to stop and keep what is finished, the second one ends the process at once.
//!
//! The kernel of every replication looks at the flag too, so a signal also ends a replication that would run for long.

use super::exit::Exit;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{fs, io};

/// The terminal has gone; not known to every system under a name.
const SIGHUP: i32 = 1;

/// What is heard.
const HEARD: &[i32] = if cfg!(unix) { &[SIGINT, SIGTERM, SIGHUP] } else { &[SIGINT, SIGTERM] };

/// What has been heard so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals {
    stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> io::Result<Self> {
        let signals = Self::default();
        for &signal in HEARD.iter().filter(|signal| **signal != SIGHUP || !ignores_hang_up()) {
            // In this order: the first signal finds `stop` unset, the second one finds it set.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&signals.stop))?;
            flag::register_usize(signal, Arc::clone(&signals.which), signal as usize)?;
            flag::register(signal, Arc::clone(&signals.stop))?;
        }
        Ok(signals)
    }

    /// Whether to stop.
    pub(super) fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// How to end after having stopped.
    pub(super) fn exit(&self) -> Option<Exit> {
        self.stop().then(|| match i32::try_from(self.which.load(Ordering::Relaxed)) {
            Ok(SIGTERM) => Exit::Terminated,
            Ok(SIGHUP) => Exit::HungUp,
            _ => Exit::Interrupted,
        })
    }

    /// As if the user had pressed Ctrl-C.
    #[cfg(test)]
    pub(super) fn pretend(&self) {
        self.which.store(SIGINT as usize, Ordering::Relaxed);
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Whether the process was started so that a hang-up does not reach it, as `nohup` does. Where the system does not say, it was not.
fn ignores_hang_up() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 << (SIGHUP - 1) != 0)
}
