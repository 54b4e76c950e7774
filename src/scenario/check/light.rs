//! `[light]`: day, civil twilight and night.

use super::Check;
use crate::model::params::Light;
use crate::units::Duration;

/// Reads `[light]`; without it the sun rises at 06:00 and sets at 18:00.
pub(super) fn read(check: &Check<'_>) -> Option<Light> {
    let clock = |minutes: u64| Duration::from_minutes(minutes);
    if check.root.get("light").is_none() {
        let text = "dawn 05:30, sunrise 06:00, sunset 18:00, dusk 18:30";
        check.assume_default("light".to_owned(), text.to_owned());
        return Some(Light::Fixed { dawn: clock(330), sunrise: clock(360), sunset: clock(1080), dusk: clock(1110) });
    }
    let r = check.single("light")?;
    if r.has("sun") == r.has("fixed") {
        let both = if r.has("sun") { "says both sun and fixed" } else { "says neither sun nor fixed" };
        let help = "write sun = { latitude = 36.5, longitude = 41.0 } or fixed = { sunrise = \"06:00\", sunset = \"18:00\" }";
        r.error_at(&["fixed"], format!("light {both}"), help);
        return None;
    }
    let sun = r.open("sun", |i| {
        let r = i.table()?;
        let (latitude, longitude) = (r.need("latitude", |i| i.degrees()), r.need("longitude", |i| i.degrees()));
        Some(Light::Sun { latitude: latitude?, longitude: longitude? })
    });
    let fixed = r.open("fixed", |i| {
        let r = i.table()?;
        let half = Duration::from_minutes(30);
        let sunrise = r.need("sunrise", |i| i.noted(i.clock_of(i.value)));
        let sunset = r.need("sunset", |i| i.noted(i.clock_of(i.value)));
        let dawn = r.or("dawn", sunrise.map(|time| time.saturating_sub(half)), |i| i.noted(i.clock_of(i.value)).map(Some));
        let last = Duration::from_days(1);
        let dusk = r.or("dusk", sunset.map(|time| (time + half).min(last)), |i| i.noted(i.clock_of(i.value)).map(Some));
        let (dawn, sunrise, sunset, dusk) = (dawn??, sunrise?, sunset?, dusk??);
        if !(dawn <= sunrise && sunrise < sunset && sunset <= dusk) {
            let help = "dawn <= sunrise < sunset <= dusk, all on one day";
            return i.wrong(i.value, "its times are out of order", help);
        }
        Some(Light::Fixed { dawn, sunrise, sunset, dusk })
    });
    sun?.or(fixed?)
}
