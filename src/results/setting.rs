//! What a run was given that reports show beside its results: routes, light, public counts, what matters, and every input.

/// The setting of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// The routes, in file order.
    pub routes: Vec<RouteRow>,
    /// Day, twilight and night from the start to the horizon, without gaps.
    pub light: Vec<LightRow>,
    /// Public counts, in file order; mostly none.
    pub observed: Vec<ObservedRow>,
    /// Differences too small to matter, at most one a response.
    pub too_small: Vec<TooSmall>,
    /// Names of responses that a variant must not worsen.
    pub must_not_worsen: Vec<String>,
    /// Every input with its source, in file order.
    pub inputs: Vec<InputRow>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// Id.
    pub id: String,
    /// `land` or `air`.
    pub mode: &'static str,
    /// Id of the origin.
    pub from: String,
    /// Id of the destination.
    pub to: String,
}

/// A stretch of time with the same light, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightRow {
    /// Start, in ticks since the start of the run.
    pub start: u64,
    /// End, in ticks.
    pub end: u64,
    /// `day`, `civil twilight` or `night`.
    pub light: &'static str,
}

/// A public count to show beside the results.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedRow {
    /// Local calendar day whose end the count holds for; 1 is the day of the start, which counts may precede.
    pub day: i64,
    /// People accepted.
    pub value: f64,
    /// `exact`, `at_least` or `at_most`.
    pub bound: String,
    /// Where it was published.
    pub source: String,
}

/// A difference between two scenarios that is too small to matter.
#[derive(Clone, Debug, PartialEq)]
pub struct TooSmall {
    /// Name of the response.
    pub response: String,
    /// The difference, in the response's unit.
    pub difference: f64,
}

/// An input with what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRow {
    /// Dotted path, as for `--set`.
    pub path: String,
    /// The value as written, in TOML.
    pub value: String,
    /// Where it comes from; `None` makes it an assumption.
    pub source: Option<String>,
    /// Range for sensitivity, as written.
    pub range: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// `file:line` that wrote it; `default` where nobody did.
    pub place: String,
}

impl Setting {
    /// Times without daylight between two instants (ticks), sunset to sunrise, as they follow each other; cut at both ends.
    #[must_use]
    pub fn nights(&self, from: u64, to: u64) -> Vec<(u64, u64)> {
        let mut nights: Vec<(u64, u64)> = Vec::new();
        for row in self.light.iter().filter(|row| row.light != "day") {
            let (start, end) = (row.start.max(from), row.end.min(to));
            match nights.last_mut() {
                _ if start >= end => {}
                Some(night) if night.1 == start => night.1 = end,
                _ => nights.push((start, end)),
            }
        }
        nights
    }

    /// The mode of a route, by id.
    #[must_use]
    pub fn mode(&self, route: &str) -> Option<&'static str> {
        self.routes.iter().find(|row| row.id == route).map(|row| row.mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_runs_from_sunset_to_sunrise_through_twilight() {
        let row = |start, end, light| LightRow { start, end, light };
        let light = vec![row(0, 2, "civil twilight"), row(2, 10, "day"), row(10, 12, "civil twilight"), row(12, 20, "night")];
        let setting = Setting { light, ..Setting::default() };
        assert_eq!(setting.nights(0, 100), [(0, 2), (10, 20)]);
        assert_eq!(setting.nights(11, 15), [(11, 15)]);
        assert_eq!(setting.nights(2, 10), []);
    }
}
