//! `[weather]`: two states by slot, for air and for land.

use super::Check;
use super::item::Item;
use crate::model::params::{TwoState, Weather};
use crate::units::Duration;

/// Reads `[weather]`; without it there is no bad weather.
pub(super) fn read(check: &Check<'_>) -> Option<Weather> {
    let day = Duration::from_days(1);
    if check.root.get("weather").is_none() {
        check.assume_default("weather".to_owned(), "never bad".to_owned());
        return Some(Weather { slot: day, air: None, land: None, land_speed_when_air_bad: 1.0 });
    }
    let r = check.single("weather")?;
    let slot = r.or("slot", day, |i| i.slot());
    let air = r.open("air", |i| chain(i).map(|(chain, _)| chain));
    let land = r.open("land", chain);
    let (land, factor) = match land? {
        Some((chain, factor)) => (Some(chain), factor),
        None => (None, 1.0),
    };
    Some(Weather { slot: slot?, air: air?, land, land_speed_when_air_bad: factor })
}

fn chain(i: &Item<'_>) -> Option<(TwoState, f64)> {
    let r = i.table()?;
    let bad_share = r.need("bad_share", |i| i.share(false, true));
    let bad_after_bad = r.or("bad_after_bad", bad_share, |i| i.share(false, true).map(Some));
    let no_go = r.or("effect", true, |i| i.word().map(|word| word == 0));
    let under_way = r.quietly("under_way", 0, |i| i.word());
    let factor = if i.key.name == "land" {
        r.quietly("when_air_bad", 1.0, |i| {
            let r = i.table()?;
            r.need("speed_factor", |i| i.positive())
        })
    } else {
        Some(1.0)
    };
    let (bad_share, bad_after_bad) = (bad_share?, bad_after_bad??);
    // Stationarity: bad = bad × bad_after_bad + (1 − bad) × bad_after_good.
    let bad_after_good = bad_share * (1.0 - bad_after_bad) / (1.0 - bad_share);
    if bad_after_good > 1.0 {
        let message = format!("{} is impossible: with bad_share {bad_share}, bad after good would be {bad_after_good:.2}", r.path);
        let least = (2.0 * bad_share - 1.0) / bad_share;
        r.error_at(&["bad_after_bad"], message, format!("bad_after_bad must be at least {least:.3}"));
        return None;
    }
    under_way?;
    Some((TwoState { bad_share, bad_after_bad, no_go: no_go? }, factor?))
}
