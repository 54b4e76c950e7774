//! Faults on purpose, for tests: `CONVOYSIM_FAULT="rename 3"` ends the process right after the third rename of a part, without
//! another word, as a kill would; `CONVOYSIM_FAULT="rename 3 full"` makes the disk full there. Release builds know nothing of it.

use std::io;

/// Called right after a step of writing a part.
#[cfg(debug_assertions)]
pub(super) fn at(step: &str) -> io::Result<()> {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering};
    static WANTED: OnceLock<Option<(String, usize, bool)>> = OnceLock::new();
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    let wanted = WANTED.get_or_init(|| {
        let text = std::env::var("CONVOYSIM_FAULT").ok()?;
        let (text, full) = text.strip_suffix(" full").map_or((text.as_str(), false), |text| (text, true));
        let (step, nth) = text.rsplit_once(' ')?;
        Some((step.to_owned(), nth.parse().ok()?, full))
    });
    let Some((wanted, nth, full)) = wanted else { return Ok(()) };
    if wanted == step && SEEN.fetch_add(1, Ordering::Relaxed) + 1 == *nth {
        if *full {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left on device (on purpose)"));
        }
        std::process::abort();
    }
    Ok(())
}

/// Called right after a step of writing a part.
#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "builds with faults can fail here")]
pub(super) fn at(_step: &str) -> io::Result<()> {
    Ok(())
}
