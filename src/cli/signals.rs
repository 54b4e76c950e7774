//! SIGINT and SIGTERM: the first one asks the run to stop and keep what is finished, the second one ends the process at once.

use super::exit::Exit;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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
        for signal in [SIGINT, SIGTERM] {
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
        self.stop().then(|| if self.which.load(Ordering::Relaxed) == SIGTERM as usize { Exit::Terminated } else { Exit::Interrupted })
    }

    /// As if the user had pressed Ctrl-C.
    #[cfg(test)]
    pub(super) fn pretend(&self) {
        self.which.store(SIGINT as usize, Ordering::Relaxed);
        self.stop.store(true, Ordering::Relaxed);
    }
}
