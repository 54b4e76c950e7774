//! The two ends of an input's range, as a row of the tornado shows them.

use crate::report::difference::amount;
use crate::report::words::{decimals, figure, grouped};
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
    /// Why there is none, at length and short.
    pub(super) why: [String; 2],
}

/// Low and high end; `None` where that end is the value itself.
pub(super) fn ends(swing: &Swing) -> [Option<End>; 2] {
    let end = |nth: usize| {
        let tried = swing.ends[nth].as_ref()?;
        let written = bare(&tried.label);
        let value = if !swing.stated && written.chars().count() > SHORT { ["−20%", "+20%"][nth].to_owned() } else { written };
        let why = match &tried.outcome {
            Err(_) => ["not possible", "not possible"].map(String::from),
            Ok(effect) => match effect.unfinished {
                0 => ["not known", "not known"].map(String::from),
                n => [format!("{} of {} runs unfinished", grouped(n), grouped(n + effect.pairs)), "unfinished".into()],
            },
        };
        Some(End { value, interval: tried.interval(), why })
    };
    [end(0), end(1)]
}

/// The swing with as many digits as its error allows and one more; a lower bound where an end is not known.
pub(super) fn size(swing: &Swing) -> String {
    let all = || swing.ends.iter().flatten();
    let error = all().filter_map(crate::results::Tried::interval).map(|interval| interval.half_width()).fold(0.0, f64::max);
    let open = all().any(|tried| tried.outcome.is_ok() && tried.interval().is_none());
    format!("{}{}", if open { "≥ " } else { "" }, figure(swing.size(), decimals(Some(error / 10.0))))
}

/// Whether both ends are known to move the response the same way.
pub(super) fn same_way(swing: &Swing) -> bool {
    let [low, high] = ends(swing).map(|end| end.and_then(|end| end.interval).filter(|interval| !interval.contains(0.0)));
    low.zip(high).is_some_and(|(low, high)| (low.estimate < 0.0) == (high.estimate < 0.0))
}

/// The path, and how many entries share the value.
pub(super) fn name(swing: &Swing) -> String {
    let path = bare(&swing.path);
    if swing.entries > 1 { format!("{path} and {} more", swing.entries - 1) } else { path }
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
    // Of a distribution its kind is enough here.
    let kind = swing.value.split_once("dist = \"").and_then(|(_, rest)| rest.split('"').next());
    format!("{}, {range}{source}", kind.map_or_else(|| bare(&swing.value), String::from))
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
