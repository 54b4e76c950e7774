//! Values that may vary: a constant, or a table with `dist`.

use super::item::Item;
use crate::model::params::{VaryingDuration, VaryingSpeed};
use crate::random::{Distribution, DistributionError};
use crate::scenario::document::{Kind, Table, Value};
use crate::scenario::keys::FAMILIES;
use crate::scenario::problem::{ProblemKind, did_you_mean};
use crate::scenario::quantity;
use crate::scenario::source::Span;

/// What the numbers of a distribution are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Ticks.
    Time,
    /// Kilometres per hour.
    Speed,
    /// Per hour.
    Rate,
    /// Whole numbers from 1.
    Whole,
}

impl Item<'_> {
    /// A duration that may vary.
    pub(super) fn time_varies(&self) -> Option<VaryingDuration> {
        self.varies(Unit::Time).map(VaryingDuration)
    }

    /// A duration that may vary and has a mean above 0.
    pub(super) fn time_varies_above_zero(&self) -> Option<VaryingDuration> {
        let time = self.time_varies()?;
        if time.0.mean() <= 0.0 { self.wrong(self.value, "must be above 0", "") } else { Some(time) }
    }

    /// A speed that may vary, above 0.
    pub(super) fn speed_varies(&self) -> Option<VaryingSpeed> {
        let speed = self.varies(Unit::Speed)?;
        let family = self.value.as_table().and_then(|table| table.text("dist")).unwrap_or_default();
        let shape = self.value.as_table().and_then(|table| table.get("shape")).and_then(|shape| self.real_of(shape));
        let near_zero = match family {
            "exponential" | "normal" => true,
            "gamma" | "erlang" | "weibull" => shape.is_some_and(|shape| shape <= 1.0),
            "lognormal" => false,
            _ => speed.minimum() <= 0.0,
        };
        if near_zero {
            let help = "a trip could take for ever; give the lowest speed, as in { dist = \"pert\", min = \"30 km/h\", ... }";
            let but = if family.is_empty() { "must be above 0" } else { "the speed must stay above 0" };
            return self.wrong(self.value, but, help);
        }
        Some(VaryingSpeed(speed))
    }

    /// A distribution, or a constant as one.
    pub(super) fn varies(&self, unit: Unit) -> Option<Distribution> {
        let made = match &self.value.kind {
            Kind::Table(table) => self.distribution(table, unit)?,
            _ => {
                let value = self.number_of(self.value, unit)?;
                self.made(self.value.span, Distribution::constant(value))?
            }
        };
        self.noted(Some(made))
    }

    /// One number in its unit.
    fn number_of(&self, value: &Value, unit: Unit) -> Option<f64> {
        match unit {
            Unit::Time => self.time_of(value).map(|time| time.ticks() as f64),
            Unit::Speed => self.quantity(value, "a speed", "60 km/h", quantity::speed),
            Unit::Rate => self.quantity(value, "a rate", "0.003 /h", quantity::rate_per_hour),
            Unit::Whole => self.whole_of(value, 1).map(f64::from),
        }
    }

    fn made(&self, span: Span, made: Result<Distribution, DistributionError>) -> Option<Distribution> {
        match made {
            Ok(distribution) => Some(distribution),
            Err(error) => {
                self.check.book.error(span, format!("{}: {error}", self.path), "");
                None
            }
        }
    }

    fn distribution(&self, table: &Table, unit: Unit) -> Option<Distribution> {
        let span = self.value.span;
        let Some(dist) = table.get("dist") else {
            let help = "name it, as in { dist = \"uniform\", min = ..., max = ... }";
            return self.wrong(self.value, "it names no distribution", help);
        };
        let names = FAMILIES.iter().map(|family| family.0);
        let Some((family, own, plain)) = FAMILIES.iter().find(|family| matches!(&dist.kind, Kind::Text(name) if name == family.0)) else {
            let near = match &dist.kind {
                Kind::Text(name) => did_you_mean(name, names.clone()),
                _ => None,
            };
            let help =
                near.map_or_else(|| format!("known: {}", names.collect::<Vec<_>>().join(", ")), |near| format!("did you mean {near:?}?"));
            let message = format!("{}.dist is {}, but must name a distribution", self.path, self.shown(dist));
            self.check.book.error(dist.span, message, help);
            return None;
        };
        if unit == Unit::Whole && !["discrete", "empirical"].contains(family) {
            return self.at("dist").wrong(dist, "a number of buses is whole", "use dist = \"discrete\" with values and weights");
        }
        let mut known_keys = true;
        for entry in &table.entries {
            let name = entry.key.as_str();
            let about = ["dist", "source", "range", "note"].contains(&name) || (name == "per" && unit == Unit::Rate);
            if !about && !own.contains(&name) && !plain.contains(&name) {
                let keys = || own.iter().chain(plain.iter()).copied();
                let help = did_you_mean(name, keys()).map_or_else(
                    || format!("{family} takes {}", keys().collect::<Vec<_>>().join(", ")),
                    |near| format!("did you mean {near:?}?"),
                );
                self.check.book.error(entry.key_span, format!("{} has no parameter {name:?}", self.path), help);
                known_keys = false;
            }
        }
        if let Some(per) = table.get("per").filter(|per| !matches!(&per.kind, Kind::Text(word) if word == "replication")) {
            return self.at("per").wrong(per, "a rate is drawn per \"replication\"", "");
        }
        if !known_keys {
            return None;
        }
        match *family {
            "discrete" => self.discrete(table, unit),
            "empirical" => self.empirical(table, unit),
            "lognormal" => {
                let median = table.get("median").is_some() || table.get("sigma").is_some();
                if median && (table.get("mean").is_some() || table.get("cv").is_some()) {
                    return self.wrong(self.value, "it mixes median and sigma with mean and cv", "give one pair");
                }
                let (first, second) = if median { ("median", "sigma") } else { ("mean", "cv") };
                let (first, second) = (self.parameter(table, first, unit), self.plain(table, second));
                let make = if median { Distribution::lognormal_median_sigma } else { Distribution::lognormal_mean_cv };
                self.made(span, make(first?, second?))
            }
            "weibull" if table.get("scale").is_some() => {
                let (shape, scale) = (self.plain(table, "shape"), self.parameter(table, "scale", unit));
                if table.get("mean").is_some() {
                    return self.wrong(self.value, "has both scale and mean", "give one of them");
                }
                self.made(span, Distribution::weibull_shape_scale(shape?, scale?))
            }
            "gamma" | "weibull" => {
                let (shape, mean) = (self.plain(table, "shape"), self.parameter(table, "mean", unit));
                let make = if *family == "gamma" { Distribution::gamma_shape_mean } else { Distribution::weibull_shape_mean };
                self.made(span, make(shape?, mean?))
            }
            "erlang" => {
                let mean = self.parameter(table, "mean", unit);
                let shape = self.present(table, "shape").and_then(|shape| self.at("shape").whole_of(shape, 1));
                self.made(span, Distribution::erlang_shape_mean(shape?, mean?))
            }
            "exponential" => {
                let mean = self.parameter(table, "mean", unit)?;
                self.made(span, Distribution::exponential_with_mean(mean))
            }
            "normal" => {
                let (mean, sd) = (self.parameter(table, "mean", unit), self.parameter(table, "sd", unit));
                self.made(span, Distribution::normal_truncated_at_zero(mean?, sd?))
            }
            "uniform" => {
                let (min, max) = (self.parameter(table, "min", unit), self.parameter(table, "max", unit));
                let (min, max) = (min?, max?);
                if min > max {
                    return self.unordered(table, &["min", "max"]);
                }
                self.made(span, Distribution::uniform(min, max))
            }
            three => {
                let [min, mode, max] = ["min", "mode", "max"].map(|key| self.parameter(table, key, unit));
                let (min, mode, max) = (min?, mode?, max?);
                if !(min <= mode && mode <= max) {
                    return self.unordered(table, &["min", "mode", "max"]);
                }
                let make = if three == "pert" { Distribution::pert } else { Distribution::triangular };
                self.made(span, make(min, mode, max))
            }
        }
    }

    fn unordered<T>(&self, table: &Table, keys: &[&str]) -> Option<T> {
        let written = keys.iter().filter_map(|key| table.get(key)).map(|value| self.shown(value)).collect::<Vec<_>>().join(", ");
        let wanted = keys.join(" <= ");
        self.check.book.error(self.value.span, format!("{} needs {wanted}, but has {written}", self.path), "put them in order");
        None
    }

    fn present<'t>(&self, table: &'t Table, key: &str) -> Option<&'t Value> {
        let value = table.get(key);
        if value.is_none() {
            let family = table.text("dist").unwrap_or_default();
            let message = format!("{} lacks {key:?}, which the {family} distribution needs", self.path);
            self.check.book.error(self.value.span, message, "");
        }
        value
    }

    fn parameter(&self, table: &Table, key: &str, unit: Unit) -> Option<f64> {
        self.at(key).number_of(self.present(table, key)?, unit)
    }

    fn plain(&self, table: &Table, key: &str) -> Option<f64> {
        let (part, value) = (self.at(key), self.present(table, key)?);
        // A share of the mean may be written as one.
        if key == "cv" { part.ratio_of(value) } else { part.real_of(value) }
    }

    fn numbers(&self, value: &Value, read: impl Fn(&Value) -> Option<f64>) -> Option<Vec<f64>> {
        let Kind::Array(items) = &value.kind else { return self.wrong(value, "must be a list", "") };
        let numbers: Vec<Option<f64>> = items.iter().map(read).collect();
        numbers.into_iter().collect()
    }

    fn discrete(&self, table: &Table, unit: Unit) -> Option<Distribution> {
        let (values_at, weights_at) = (self.at("values"), self.at("weights"));
        let values = self.present(table, "values").and_then(|values| self.numbers(values, |value| values_at.number_of(value, unit)));
        let weights = self.present(table, "weights").and_then(|weights| {
            self.numbers(weights, |weight| {
                let number = weights_at.ratio_of(weight)?;
                if number < 0.0 { weights_at.wrong(weight, "must not be negative", "") } else { Some(number) }
            })
        });
        self.made(self.value.span, Distribution::discrete(&values?, &weights?))
    }

    fn empirical(&self, table: &Table, unit: Unit) -> Option<Distribution> {
        let text = |key: &str| match &self.present(table, key)?.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => self.not_a(self.present(table, key)?, "a text"),
        };
        let (file, column) = (text("file"), text("column"));
        let written = if unit == Unit::Whole { Some(String::new()) } else { text("unit") };
        let (file, column, written) = (file?, column?, written?);
        let asked = table.get("file")?.span;
        let with_unit = |number: &str| {
            let worded = format!("{number} {written}");
            match unit {
                Unit::Time => quantity::duration(&worded).map(|time| time.ticks() as f64),
                Unit::Speed => quantity::speed(&worded),
                Unit::Rate => quantity::rate_per_hour(&worded),
                Unit::Whole => match number.parse::<u32>() {
                    Ok(number) if number > 0 => Ok(f64::from(number)),
                    _ => Err(quantity::Wrong::new("must be a whole number, at least 1", "")),
                },
            }
        };
        // The unit is of the scenario, the numbers are of the file: each is wrong at its own place.
        if unit != Unit::Whole {
            let wrong = with_unit("1").err();
            let of_one =
                if written.chars().any(char::is_numeric) { Some(quantity::Wrong::new("is no unit", "write one unit")) } else { wrong };
            if let Some(quantity::Wrong { why, help }) = of_one {
                return self.at("unit").wrong(table.get("unit")?, why, help);
            }
        }
        let values = super::data::column(self.check.book, &file, asked, &column)?;
        let mut numbers = Vec::with_capacity(values.len());
        let mut fine = true;
        for (value, span) in values {
            match quantity::Decimal::read(&value).and_then(|number| with_unit(&number.text())) {
                Ok(number) => numbers.push(number),
                Err(wrong) => {
                    let help = (!wrong.help.is_empty()).then_some(wrong.help);
                    self.check.book.report(ProblemKind::Data, span, format!("{value:?} in column {column:?} {}", wrong.why), help);
                    fine = false;
                }
            }
        }
        if !fine {
            return None;
        }
        self.made(self.value.span, Distribution::empirical(&numbers))
    }
}
