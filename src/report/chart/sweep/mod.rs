//! Charts of a sweep: one number of each point, over one factor or two; two responses against each other; what a response depends on.
//!
//! A point meets what is required, does not, or it is too close to call: its interval holds the bound. Charts show the estimate and mark the
//! third kind; titles count the three apart.

mod grid;
pub(super) mod heat_map;
pub(super) mod lines;
pub(super) mod pareto;
pub(super) mod sensitivity;

use super::NotDrawn;
use super::sheet::Identity;
use crate::report::difference::words;
use crate::report::provenance;
use crate::report::words::{capital, counted, figure, grouped, percent, plain};
use crate::results::{Better, Bound, Meets, PointFigure, ResponseInfo, SweepInfo, SweepOutput};
use crate::stats::Estimand;

/// The number that is shown of each point.
pub(super) struct Leading<'o> {
    info: &'o SweepInfo,
    response: &'o ResponseInfo,
    estimand: Estimand,
    /// One a point, in order.
    figures: Vec<PointFigure>,
    decimals: usize,
}

impl<'o> Leading<'o> {
    fn of(output: &'o SweepOutput) -> Result<Self, NotDrawn> {
        let info = &output.info;
        if output.points.is_empty() {
            return Err(NotDrawn(format!("charts are drawn of 1 to {} points", grouped(SweepOutput::MOST as usize))));
        }
        let (column, estimand) = info.leading().ok_or_else(|| NotDrawn("no response is summed up for each point".into()))?;
        let figures: Vec<PointFigure> = output.points.iter().map(|row| info.figure(row)).collect();
        if figures.iter().all(|one| one.value.is_none()) {
            return Err(NotDrawn("what is to be shown is not known at any point".into()));
        }
        let decimals = decimals(&figures, info.columns[column].unit);
        Ok(Self { info, response: &info.columns[column], estimand, figures, decimals })
    }

    /// `P80`.
    fn measure(&self) -> String {
        match self.estimand {
            Estimand::Mean => "mean".into(),
            Estimand::Quantile(p) => format!("P{}", plain(p * 100.0)),
            Estimand::ShareAtMost(bound) => format!("share of runs of at most {} {}", plain(bound), self.response.unit).trim_end().into(),
            Estimand::ShareAtLeast(bound) => format!("share of runs of at least {} {}", plain(bound), self.response.unit).trim_end().into(),
        }
    }

    /// `P80 of days to complete`.
    fn named(&self) -> String {
        format!("{} of {}", self.measure(), words(self.response))
    }

    /// `days`; nothing for shares and counts.
    fn unit(&self) -> &'static str {
        match self.response.unit {
            _ if self.estimand.is_share() => "",
            "d" => "days",
            unit => unit,
        }
    }

    /// A value as it is printed: as many decimals as the error allows, of days at least one.
    fn text(&self, value: f64) -> String {
        if self.estimand.is_share() {
            return percent(value);
        }
        figure(value, self.decimals)
    }

    /// A value with its unit.
    fn with_unit(&self, value: f64) -> String {
        format!("{} {}", self.text(value), self.unit()).trim_end().into()
    }

    /// Whether less of it is better.
    fn less_is_better(&self) -> bool {
        match &self.info.requirement {
            Some(wanted) => matches!(wanted.bound, Bound::AtMost(_)),
            None => self.response.better != Better::Higher,
        }
    }

    /// The bound that a point is to keep.
    fn bound(&self) -> Option<f64> {
        self.info.requirement.as_ref().map(|wanted| match wanted.bound {
            Bound::AtMost(bound) | Bound::AtLeast(bound) => bound,
        })
    }

    /// `P80 ≤ 35 days`.
    fn wanted(&self) -> Option<String> {
        let sign = if self.less_is_better() { "≤" } else { "≥" };
        let bound = self.bound()?;
        let bound = if self.estimand.is_share() { percent(bound) } else { format!("{} {}", plain(bound), self.unit()) };
        Some(format!("{} {sign} {}", self.measure(), bound.trim_end()))
    }

    /// Whether the estimate keeps the bound, close or not.
    fn inside(&self, one: &PointFigure) -> bool {
        let Some(bound) = self.bound() else { return false };
        one.value.is_some_and(|value| if self.less_is_better() { value <= bound } else { value >= bound })
    }

    /// How many settings meet what is required, and how many cannot be called; without a requirement what is shown.
    fn title(&self, over: &str) -> String {
        let Some(wanted) = self.wanted() else {
            return format!("{}, {over}", capital(&self.named()));
        };
        let count = |meets| self.figures.iter().filter(|one| one.meets == Some(meets)).count();
        let (yes, open, all) = (count(Meets::Yes), count(Meets::Open), self.figures.iter().filter(|one| !one.invalid).count());
        let invalid = match self.figures.len() - all {
            0 => String::new(),
            1 => "; 1 more is invalid".into(),
            n => format!("; {} more are invalid", grouped(n)),
        };
        let close = match open {
            0 => String::new(),
            1 => "; 1 is too close to call".into(),
            n => format!("; {} are too close to call", grouped(n)),
        };
        let meet = if yes == 1 { "meets" } else { "meet" };
        match yes {
            0 if open == 0 => format!("No setting of {} meets {wanted}{invalid}", grouped(all)),
            0 => format!("No setting of {} is known to meet {wanted}{close}{invalid}", grouped(all)),
            n if n == all => format!("All {} settings meet {wanted}{invalid}", grouped(all)),
            n => format!("{} of {} settings {meet} {wanted}{close}{invalid}", grouped(n), grouped(all)),
        }
    }

    /// Smallest and largest value that is known.
    fn range(&self) -> (f64, f64) {
        let values = self.figures.iter().filter_map(|one| one.value);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    }

    /// What the picture rests on: which error, which random numbers, what picking does.
    fn caveat(&self) -> String {
        let numbers =
            if self.info.common { "the same random numbers at every setting" } else { "each setting with random numbers of its own" };
        let open = self.figures.iter().filter(|one| one.outcomes.censored() > 0).count();
        let open = match open {
            0 => String::new(),
            n => {
                let means =
                    if self.response.is_time_to_reach() { "counted as later than everything" } else { "the figure covers only what moved" };
                format!(" Some runs do not complete at {}: {means}.", counted(n, "setting", "settings"))
            }
        };
        format!("95% Monte Carlo intervals, each for itself; {numbers}. The best of many is flattered: confirm it with another seed.{open}")
    }
}

/// Decimals that the typical half-width allows; days have at least one, so that no day is rounded to the other side of a bound.
fn decimals(figures: &[PointFigure], unit: &str) -> usize {
    let least = usize::from(unit == "d");
    let halves: Vec<f64> = figures.iter().map(|one| (one.ends[1] - one.ends[0]) / 2.0).filter(|half| half.is_finite()).collect();
    let typical = halves.iter().sum::<f64>() / halves.len().max(1) as f64;
    let large = figures.iter().filter_map(|one| one.value).any(|value| value.abs() >= 100.0);
    if large || !halves.is_empty() && typical >= 0.5 {
        least
    } else if !halves.is_empty() && typical >= 0.05 {
        1
    } else {
        2
    }
}

/// Whose numbers are shown.
fn identity(output: &SweepOutput) -> Identity {
    identity_of(output, output.info.points - output.info.invalid.len() as u32)
}

/// The same of so many of the points.
fn identity_of(output: &SweepOutput, points: u32) -> Identity {
    let info = &output.info;
    let points = counted(points as usize, "setting", "settings");
    let each = if info.until.is_some() { "up to " } else { "" };
    Identity {
        name: format!("{} ({})", info.name, info.base),
        sha256: vec![info.base_sha256.clone()],
        seed: format!("seed {}", info.seed),
        runs: format!("{points} × {each}{} replications", grouped(info.replications as usize)),
        interrupted: false,
        handling: info.handling.iter().cloned().collect(),
        provenance: provenance::of_sweep(info),
    }
}
