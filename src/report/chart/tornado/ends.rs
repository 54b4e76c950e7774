//! The two ends of an input's range, as a row of the tornado shows them.

use crate::report::difference::amount;
use crate::report::words::grouped;
use crate::results::Swing;
use crate::stats::Interval;

/// Letters of a value that may stand beside its bar.
const SHORT: usize = 14;

/// What an end did.
pub(super) struct End {
    /// The input's value there, as written or as a share of what it was.
    pub(super) value: String,
    /// The change of the response.
    pub(super) interval: Option<Interval>,
    /// Why there is none.
    pub(super) why: String,
}

/// Low and high end; `None` where that end is the value itself.
pub(super) fn ends(swing: &Swing) -> [Option<End>; 2] {
    let end = |nth: usize| {
        let tried = swing.ends[nth].as_ref()?;
        let written = bare(&tried.label);
        let value = if !swing.stated && written.chars().count() > SHORT { ["−20%", "+20%"][nth].to_owned() } else { written };
        let why = match &tried.outcome {
            Err(_) => "not possible".into(),
            Ok(effect) => match effect.unfinished {
                0 => "not known".into(),
                n => format!("{} of {} runs unfinished", grouped(n), grouped(n + effect.pairs)),
            },
        };
        Some(End { value, interval: tried.interval(), why })
    };
    [end(0), end(1)]
}

/// Whether both ends are known to move the response the same way.
pub(super) fn same_way(swing: &Swing) -> bool {
    let [low, high] = ends(swing).map(|end| end.and_then(|end| end.interval).filter(|interval| !interval.contains(0.0)));
    low.zip(high).is_some_and(|(low, high)| (low.estimate < 0.0) == (high.estimate < 0.0))
}

/// The path, and how many entries share the value.
pub(super) fn name(swing: &Swing) -> String {
    if swing.entries > 1 { format!("{} and {} more", swing.path, swing.entries - 1) } else { swing.path.clone() }
}

/// The value, its range and whether anybody vouches for it.
pub(super) fn about(swing: &Swing) -> String {
    let range = match (swing.stated, &swing.ends) {
        (true, [low, high]) => {
            let end = |end: &Option<crate::results::Tried>| end.as_ref().map_or_else(|| bare(&swing.value), |tried| bare(&tried.label));
            format!("{} to {}", end(low), end(high))
        }
        (false, _) => "±20%".into(),
    };
    let source = if swing.source.is_some() { "" } else { ", no source" };
    format!("{}, {range}{source}", bare(&swing.value))
}

/// A TOML value without its quotes.
fn bare(value: &str) -> String {
    value.replace('"', "")
}

/// A step of the axis with its sign.
pub(super) fn signed(step: f64) -> String {
    match step {
        0.0 => "0".into(),
        less if less < 0.0 => format!("−{}", amount(-less)),
        more => format!("+{}", amount(more)),
    }
}
