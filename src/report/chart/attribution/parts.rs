//! The parts of a mean makespan, and what may be said of the largest.

use crate::report::released;
use crate::report::words::figure;
use crate::results::vocabulary::{CAUSES, is_outside};
use crate::results::{Output, Parts, ReplicationRecord};
use crate::stats::mean_interval;
use crate::stats::quantile::{Definition, quantile_sorted, sorted};
use crate::units::TICKS_PER_DAY;

/// What a part of less than this share of the makespan is grouped into.
const SMALL: f64 = 0.015;

/// Parts that are compared in words.
const COMPARED: usize = 3;

/// One cause, or several small ones together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// In words.
    pub(super) name: &'static str,
    /// Whether it is waiting for an outside cause, not an activity.
    pub(super) outside: bool,
    /// Sum over all replications, in ticks: a mean is a quotient of whole numbers, so the parts sum to the whole.
    pub(super) ticks: u64,
    /// The causes that it consists of.
    causes: Vec<&'static str>,
    /// Half the width of the 95 % interval of the mean, in days.
    pub(super) half_width: Option<f64>,
    /// What 8 in 10 runs lie between, in days.
    pub(super) range: Option<(f64, f64)>,
    /// Days, one value a replication; only of the parts that are compared in words.
    days: Vec<f64>,
}

impl Part {
    /// One cause with its ticks in all replications.
    fn of(cause: &'static str, ticks: u64) -> Self {
        Self { name: words(cause), outside: is_outside(cause), ticks, causes: vec![cause], half_width: None, range: None, days: Vec::new() }
    }

    /// Its days in each replication that came to closure.
    fn days_of(&self, output: &Output) -> Vec<f64> {
        let mut days = Vec::new();
        output.table.records.each(Parts::ATTRIBUTION, |record| {
            if !record.censored() {
                let of_cause = |cause: &&str| ticks_of(record, cause) as f64 / TICKS_PER_DAY as f64;
                let mut causes = self.causes.iter().map(of_cause);
                let first = causes.next().unwrap_or(0.0);
                days.push(causes.fold(first, |sum, days| sum + days));
            }
        });
        days
    }

    /// Looks up how it varies over the replications; the days themselves are kept only where `kept`.
    fn spread(&mut self, output: &Output, kept: bool) {
        let days = self.days_of(output);
        self.half_width = mean_interval(&days, 0.95).map(|interval| interval.half_width());
        let ascending = sorted(&days);
        let at = |p| quantile_sorted(&ascending, p, Definition::default());
        self.range = at(0.1).zip(at(0.9));
        self.days = if kept { days } else { Vec::new() };
    }
}

/// What a replication spent on a cause, in ticks.
fn ticks_of(record: &ReplicationRecord, cause: &str) -> u64 {
    record.attribution.iter().filter(|part| part.cause == cause).map(|part| part.ticks).sum()
}

/// A mean makespan in parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Makespan {
    /// Activities first, the largest first; what is left over of them; then waiting for outside causes in the same way.
    pub(super) parts: Vec<Part>,
    /// Replications that came to closure.
    pub(super) runs: usize,
    /// Whether days are given as a page gives them that may leave the house: in tenths, also where they are drawn.
    released: bool,
}

impl Makespan {
    /// The makespan of the replications that came to closure in at most so many parts; `None` without one.
    pub(super) fn of(output: &Output, at_most: usize) -> Option<Self> {
        let (mut runs, mut ticks) = (0, vec![0; CAUSES.len()]);
        output.table.records.each(Parts::ATTRIBUTION, |record| {
            if !record.censored() {
                runs += 1;
                ticks.iter_mut().zip(CAUSES).for_each(|(sum, cause)| *sum += ticks_of(record, cause));
            }
        });
        let all = CAUSES.iter().zip(ticks).map(|(cause, ticks)| Part::of(cause, ticks));
        let mut parts: Vec<Part> = all.filter(|part| part.ticks > 0).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.ticks));
        let total: u64 = parts.iter().map(|part| part.ticks).sum();
        if total == 0 {
            return None;
        }
        let released = output.info.is_released();
        // A part that rounds to no tenth of a day has no place of its own where days are given in tenths.
        let least = if released { runs as f64 * TICKS_PER_DAY as f64 / 10.0 } else { 0.0 };
        // Two places are for what is left over.
        let large = parts.iter().take_while(|part| part.ticks as f64 >= least.max(SMALL * total as f64)).count();
        let rest = parts.split_off(large.min(at_most.saturating_sub(2)).max(1));
        let side = |outside: bool| {
            let kept = parts.iter().filter(move |part| part.outside == outside).cloned();
            kept.chain(together(rest.iter().filter(|part| part.outside == outside), outside)).collect::<Vec<_>>()
        };
        let mut makespan = Self { parts: [side(false), side(true)].concat(), runs, released };
        let compared: Vec<usize> = makespan.single().iter().take(COMPARED).map(|(place, _)| *place).collect();
        for (place, part) in makespan.parts.iter_mut().enumerate() {
            part.spread(output, compared.contains(&place));
        }
        if released {
            makespan.round();
        }
        Some(makespan)
    }

    /// Gives every part in whole tenths of a day, so that a bar can be measured no better than its figure; what rounds to none goes.
    fn round(&mut self) {
        let step = TICKS_PER_DAY * self.runs as u64 / 10;
        let steps = self.steps();
        for (part, steps) in self.parts.iter_mut().zip(steps) {
            part.ticks = steps as u64 * step;
            part.half_width = part.half_width.map(released::days_error);
            part.range = part.range.map(|(low, high)| (released::days(low), released::days(high)));
        }
        self.parts.retain(|part| part.ticks > 0);
    }

    /// Parts of one cause with their places, the largest first.
    fn single(&self) -> Vec<(usize, &Part)> {
        let mut single: Vec<(usize, &Part)> = self.parts.iter().enumerate().filter(|(_, part)| !part.name.starts_with("other ")).collect();
        single.sort_by_key(|(_, part)| std::cmp::Reverse(part.ticks));
        single
    }

    /// The sum of all parts, in ticks over all replications.
    pub(super) fn ticks(&self) -> u64 {
        self.parts.iter().map(|part| part.ticks).sum()
    }

    /// Mean days of so many ticks over all replications.
    pub(super) fn mean_days(&self, ticks: u64) -> f64 {
        ticks as f64 / TICKS_PER_DAY as f64 / self.runs as f64
    }

    /// Decimals that days are given with.
    pub(super) fn decimals(&self) -> usize {
        if self.released || self.mean_days(self.ticks()) >= 3.0 { 1 } else { 2 }
    }

    /// Mean days of each part, rounded so that what is printed sums to the whole as it is printed.
    pub(super) fn printed(&self) -> Vec<String> {
        self.steps().into_iter().map(|steps| self.in_steps(steps)).collect()
    }

    /// The sum of what is printed for the activities, or for the waiting for outside causes.
    pub(super) fn printed_side(&self, outside: bool) -> String {
        let own = self.parts.iter().zip(self.steps()).filter(|(part, _)| part.outside == outside);
        self.in_steps(own.map(|(_, steps)| steps).sum())
    }

    /// Mean days of each part in steps of the last decimal. All are rounded down but for those that lose most by it, as many as the
    /// whole needs (largest remainders).
    fn steps(&self) -> Vec<usize> {
        let unit = self.step();
        let exact: Vec<f64> = self.parts.iter().map(|part| part.ticks as f64 / unit).collect();
        let mut steps: Vec<usize> = exact.iter().map(|steps| steps.floor() as usize).collect();
        let lost = |part: &usize| exact[*part] - exact[*part].floor();
        let mut order: Vec<usize> = (0..exact.len()).collect();
        order.sort_by(|a, b| lost(b).total_cmp(&lost(a)).then(a.cmp(b)));
        for part in order.into_iter().take(self.whole_steps().saturating_sub(steps.iter().sum())) {
            steps[part] += 1;
        }
        steps
    }

    /// The whole in the same steps, rounded; up where days are.
    fn whole_steps(&self) -> usize {
        let steps = self.ticks() as f64 / self.step();
        if self.released { (steps - 1e-6).ceil() as usize } else { steps.round() as usize }
    }

    /// Ticks over all replications in one step of the last decimal of a mean.
    fn step(&self) -> f64 {
        TICKS_PER_DAY as f64 * self.runs as f64 / libm::pow(10.0, self.decimals() as f64)
    }

    fn in_steps(&self, steps: usize) -> String {
        figure(steps as f64 / libm::pow(10.0, self.decimals() as f64), self.decimals())
    }

    /// The whole, as printed.
    pub(super) fn whole(&self) -> String {
        self.in_steps(self.whole_steps())
    }

    /// What may be said of the largest part: that it is so only if it leads beyond chance, run by run.
    pub(super) fn finding(&self) -> String {
        let whole = self.whole();
        let single = self.single();
        let Some((first, lead)) = single.first() else { return format!("What {whole} days were spent on") };
        let said = format!("{}, {} days", lead.name, self.printed()[*first]);
        if self.runs == 1 {
            return format!("One run of {whole} days; largest part: {said}");
        }
        let ahead = |a: &Part, b: &Part| {
            let differences: Vec<f64> = a.days.iter().zip(&b.days).map(|(a, b)| a - b).collect();
            mean_interval(&differences, 0.95).is_some_and(|difference| difference.lower > 0.0)
        };
        match (single.get(1), single.get(2)) {
            (None, _) => format!("Largest part of {whole} days: {said}"),
            (Some((_, second)), _) if ahead(lead, second) => format!("Largest part of {whole} days: {said}"),
            (Some((_, second)), third) if third.is_none_or(|(_, third)| ahead(second, third)) => {
                format!("Largest parts of {whole} days: {} and {}", lead.name, second.name)
            }
            _ => format!("What {whole} days were spent on"),
        }
    }
}

/// Parts as one.
fn together<'p>(parts: impl Iterator<Item = &'p Part>, outside: bool) -> Option<Part> {
    let mut all = parts.cloned();
    let first = all.next()?;
    let alone = first.clone();
    let mut several = false;
    let mut sum = Part { name: if outside { "other waiting" } else { "other activities" }, ..first };
    for part in all {
        several = true;
        sum.ticks += part.ticks;
        sum.causes.extend(part.causes);
    }
    Some(if several { sum } else { alone })
}

/// A cause in words.
fn words(cause: &'static str) -> &'static str {
    match cause {
        "boarding" => "search and boarding",
        "arrival" => "getting off",
        "march" => "road march",
        "scheduled_halt" => "scheduled halts",
        "breakdown" => "breakdowns",
        "incident" => "incidents",
        "cover_hold" => "halts without cover",
        "driver_break" => "driver breaks",
        "border_service" => "border service",
        "hand_over" => "hand-over of escorts",
        "transfer" => "transfer to aircraft",
        "onload" => "loading of aircraft",
        "flight" => "flights",
        "offload" => "unloading of aircraft",
        "repair" => "repair",
        "return" => "empty return",
        "rest" => "rest of crews",
        "formation" => "forming",
        "window" => "departure windows",
        "timetable" => "timetables",
        "on_road_limit" => "limit on the road",
        "cover" => "waiting for air cover",
        "calendar" => "calendar entries",
        "closure" => "closed places",
        "beds" => "beds not there yet",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{AttributionPart, Setting, sample};

    /// Runs with so many tenths of days a cause.
    fn output(runs: &[&[(&'static str, u64)]]) -> Output {
        let mut table = sample::table(runs.len() as u32, 0);
        for (record, parts) in table.records.held_mut().iter_mut().zip(runs) {
            let part = |&(cause, tenths): &(&'static str, u64)| AttributionPart { cause, via: "none", ticks: tenths * TICKS_PER_DAY / 10 };
            record.attribution = parts.iter().map(part).collect();
        }
        Output::of(sample::info(runs.len() as u32), Setting::default(), table, sample::nodes(), Vec::new())
    }

    #[test]
    fn parts_sum_to_the_whole_also_as_printed() {
        // Thirds of tenths: rounded each for itself they would come to 3.9 or so.
        let runs: [&[(&str, u64)]; 3] = [
            &[("boarding", 13), ("march", 13), ("window", 13), ("weather", 1)],
            &[("boarding", 13), ("march", 14), ("window", 14)],
            &[("boarding", 14), ("march", 13), ("window", 13), ("beds", 1)],
        ];
        let makespan = Makespan::of(&output(&runs), 8).expect("parts");
        let names: Vec<_> = makespan.parts.iter().map(|part| part.name).collect();
        assert_eq!(names, ["search and boarding", "road march", "departure windows", "other waiting"]);
        assert_eq!(makespan.ticks(), 122 * TICKS_PER_DAY / 10);
        let tenths: u32 = makespan.printed().iter().map(|days| days.replace('.', "").parse::<u32>().expect("digits")).sum();
        assert_eq!((makespan.whole().as_str(), tenths), ("4.1", 41));
    }

    #[test]
    fn only_a_lead_beyond_chance_is_said() {
        let even: [&[(&str, u64)]; 4] = [
            &[("window", 20), ("march", 17), ("beds", 1)],
            &[("window", 18), ("march", 20), ("beds", 2)],
            &[("window", 19), ("march", 18), ("beds", 1)],
            &[("window", 18), ("march", 19), ("beds", 2)],
        ];
        let said = |runs: &[&[(&'static str, u64)]]| Makespan::of(&output(runs), 8).expect("parts").finding();
        assert_eq!(said(&even), "Largest parts of 3.9 days: departure windows and road march");
        assert_eq!(
            said(&[&[("window", 30), ("march", 5)], &[("window", 31), ("march", 5)]]),
            "Largest part of 3.6 days: departure windows, 3.1 days"
        );
        assert_eq!(said(&[&[("window", 30), ("march", 5)]]), "One run of 3.5 days; largest part: departure windows, 3.0 days");
        assert_eq!(
            said(&[&[("window", 30), ("march", 5)], &[("window", 5), ("march", 28)]]),
            "Largest parts of 3.4 days: departure windows and road march"
        );
    }
}
