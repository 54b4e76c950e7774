//! What varies, and what its levels put into the scenario.

use super::value;
use crate::scenario::problem::Place;

/// An input, or several that move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its id, and the column of its values.
    pub id: String,
    /// What charts and tables call it.
    pub label: String,
    /// Its dotted paths, for messages.
    pub paths: Vec<String>,
    /// What it can be.
    pub scale: Scale,
    /// The unit of its numbers; empty where they have none. `None` where its values are no numbers of one unit.
    pub unit: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// What a factor can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// One of these.
    Levels(Vec<Level>),
    /// Anything between two numbers.
    Range {
        /// The lowest and the highest.
        ends: [f64; 2],
        /// Whether only whole numbers are meant.
        whole: bool,
        /// How many levels a grid takes of it.
        steps: Option<u32>,
        /// Whether the number multiplies the value of the base, given here with its path.
        times: Option<Vec<(String, String)>>,
    },
}

/// One value of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What it is called.
    pub label: String,
    /// Its number in the factor's unit, if it is one.
    pub number: Option<f64>,
    /// (dotted path, value as TOML).
    pub set: Vec<(String, String)>,
    /// Where it is written.
    pub place: Place,
}

/// What a point puts into the scenario for one factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// What the value is called.
    pub label: String,
    /// Its number, if it is one.
    pub number: Option<f64>,
    /// (dotted path, value as TOML).
    pub set: Vec<(String, String)>,
    /// Where the level, or the factor, is written.
    pub place: Place,
}

impl Factor {
    /// Whether its levels are those that the file of a list names.
    pub(super) fn is_open(&self) -> bool {
        matches!(&self.scale, Scale::Levels(levels) if levels.is_empty())
    }

    /// How many levels there are, where they can be counted.
    #[must_use]
    pub fn levels(&self) -> Option<usize> {
        match &self.scale {
            Scale::Levels(levels) => Some(levels.len()),
            Scale::Range { ends, whole: true, steps: None, .. } => Some((ends[1] - ends[0]) as usize + 1),
            Scale::Range { steps, .. } => steps.map(|steps| steps as usize),
        }
    }

    /// The dotted paths of everything that its levels put into the scenario.
    pub fn changes(&self) -> impl Iterator<Item = &str> {
        let levels = match &self.scale {
            Scale::Levels(levels) => levels.as_slice(),
            Scale::Range { .. } => &[],
        };
        let of_levels = levels.iter().flat_map(|level| level.set.iter().map(|(path, _)| path));
        self.paths.iter().chain(of_levels).map(String::as_str)
    }

    /// The level at a position, from the lowest.
    ///
    /// # Panics
    ///
    /// Where there is no such level.
    #[must_use]
    pub fn level(&self, position: usize) -> Setting {
        match &self.scale {
            Scale::Levels(levels) => {
                let Level { label, number, set, place } = levels[position].clone();
                Setting { label, number, set, place }
            }
            Scale::Range { ends, .. } => {
                let last = self.levels().expect("a range without steps has no levels") - 1;
                let share = if last == 0 { 0.0 } else { position as f64 / last as f64 };
                self.between(ends[0] + share * (ends[1] - ends[0]))
            }
        }
    }

    /// The setting at a coordinate, 0 ≤ u ≤ 1. Levels and whole numbers each take an equal part of it.
    #[must_use]
    pub fn at(&self, u: f64) -> Setting {
        let part = |n: usize| ((u * n as f64) as usize).min(n - 1);
        match &self.scale {
            Scale::Levels(levels) => self.level(part(levels.len())),
            Scale::Range { ends, whole: true, .. } => self.between(ends[0] + part((ends[1] - ends[0]) as usize + 1) as f64),
            Scale::Range { ends, .. } => self.between(ends[0] + u * (ends[1] - ends[0])),
        }
    }

    /// How far along its range the setting at a coordinate lies, from 0 to 1; levels and whole numbers count as evenly spaced.
    #[must_use]
    pub fn along(&self, u: f64) -> f64 {
        let parts = match &self.scale {
            Scale::Levels(levels) => levels.len(),
            Scale::Range { ends, whole: true, .. } => (ends[1] - ends[0]) as usize + 1,
            Scale::Range { .. } => return u,
        };
        let part = ((u * parts as f64) as usize).min(parts - 1);
        if parts > 1 { part as f64 / (parts - 1) as f64 } else { 0.0 }
    }

    /// The setting of a number within the range.
    fn between(&self, number: f64) -> Setting {
        let Scale::Range { whole, times, .. } = &self.scale else { unreachable!("only ranges have numbers between their ends") };
        let number = if *whole { number.round() } else { value::six_digits(number) };
        let unit = self.unit.as_deref().unwrap_or_default();
        let set = match times {
            Some(bases) => bases.iter().map(|(path, base)| (path.clone(), value::multiplied(path, base, number))).collect(),
            None => self.paths.iter().map(|path| (path.clone(), value::written(number, unit, *whole))).collect(),
        };
        Setting { label: value::label(number, unit), number: Some(number), set, place: self.place.clone() }
    }

    /// The lowest and the highest setting.
    #[must_use]
    pub fn extremes(&self) -> [Setting; 2] {
        match &self.scale {
            Scale::Levels(levels) => [self.level(0), self.level(levels.len() - 1)],
            Scale::Range { ends, .. } => ends.map(|end| self.between(end)),
        }
    }

    /// The name of its column, with the unit where there is one, as in `headway_min`.
    #[must_use]
    pub fn column(&self) -> String {
        match self.unit.as_deref().unwrap_or_default() {
            "" => self.id.clone(),
            unit => format!("{}_{}", self.id, unit.replace("km/h", "kmh").replace('/', "_per_").replace('%', "percent").replace(' ', "")),
        }
    }

    /// Whether its values are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.unit.is_some()
    }
}
