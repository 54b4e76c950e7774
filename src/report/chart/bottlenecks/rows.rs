//! The rows of a table of bottlenecks, and what their order lets one say.

use crate::report::released;
use crate::report::words::{capital, grouped};
use crate::results::vocabulary::CAUSES;
use crate::results::{Output, ResourceInfo};
use crate::stats::quantile::{Definition, quantile_sorted, sorted};
use crate::stats::{mean, mean_interval};

/// Two shares of days that differ by less than this on either side are said to be about equal.
const ABOUT: f64 = 0.05;

/// A resource, or an outside cause.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// `Border lanes × 2`.
    pub(super) label: String,
    /// The same in a sentence, without units and remarks.
    pub(super) short: String,
    /// Mean shares of its units' time: busy, held but waiting, idle; they sum to 1. `None` for what has no units.
    pub(super) time: Option<[f64; 3]>,
    /// Share of operating days on which it binds, one value a replication that came to closure; only of the first two rows.
    pub(super) shares: Vec<f64>,
    /// Their mean, the half-width of its 95 % interval, and the range of 8 in 10 runs.
    pub(super) mean: f64,
    pub(super) half_width: Option<f64>,
    pub(super) range: Option<(f64, f64)>,
    /// The step of its shares where they are given as a page gives them that may leave the house.
    step: Option<f64>,
}

impl Row {
    fn of(label: String, short: String, time: Option<[f64; 3]>, shares: &[f64]) -> Self {
        let ascending = sorted(shares);
        let at = |p| quantile_sorted(&ascending, p, Definition::default());
        Self {
            label,
            short,
            time,
            mean: mean(shares).unwrap_or(0.0),
            half_width: mean_interval(shares, 0.95).map(|interval| interval.half_width()),
            range: at(0.1).zip(at(0.9)),
            shares: Vec::new(),
            step: None,
        }
    }

    /// The same with all its shares in steps, so that a bar can be measured no better than its figure.
    fn in_steps(mut self, step: f64) -> Self {
        let round = |share: f64| released::share(share, step);
        self.time = self.time.map(|[busy, waiting, _]| {
            let (busy, waiting) = (round(busy), round(waiting));
            let waiting = waiting.min(1.0 - busy);
            [busy, waiting, 1.0 - busy - waiting]
        });
        self.mean = round(self.mean);
        self.half_width = self.half_width.map(|half| (half / step - 1e-9).ceil() * step);
        self.range = self.range.map(|(low, high)| (round(low), round(high)));
        Self { step: Some(step), ..self }
    }

    /// A share of this row in words.
    pub(super) fn said(&self, share: f64) -> String {
        released::percent_in_steps(share, self.step)
    }

    /// `41% ± 2`; the half-width rounded up, and not beside what rounds to none.
    pub(super) fn figure(&self, bare: bool) -> String {
        let share = self.said(self.mean);
        match self.error() {
            Some(error) if !bare && self.mean >= 0.01 && !share.starts_with("under") => format!("{share} ± {error}"),
            _ => share,
        }
    }

    /// The half-width in points, rounded up.
    fn error(&self) -> Option<String> {
        self.half_width.filter(|half| *half > 0.0).map(|half| format!("{:.0}", (half * 100.0 - 1e-9).ceil()))
    }
}

/// All rows: what binds most often first, then what is used most. Outside causes that never bind have none.
pub(super) fn of(output: &Output) -> Vec<Row> {
    let resources = output.table.resources.iter().enumerate();
    let mut rows: Vec<(usize, Row)> =
        resources.map(|(n, info)| (n, row(output, n, info))).filter(|(_, row)| row.time.is_some() || row.mean > 0.0).collect();
    let used = |row: &Row| row.time.map_or(0.0, |[busy, waiting, _]| busy + waiting);
    rows.sort_by(|(_, a), (_, b)| b.mean.total_cmp(&a.mean).then(used(b).total_cmp(&used(a))));
    // Only the first two are compared pair by pair; the values of all would take much memory.
    rows.iter_mut().take(2).for_each(|(n, row)| row.shares = output.table.binding_shares(*n));
    let step = output.info.is_released().then(|| released::share_step(shortest(output)));
    rows.into_iter().map(|(_, row)| if let Some(step) = step { row.in_steps(step) } else { row }).collect()
}

/// Days of the shortest replication, which its shares are parts of.
fn shortest(output: &Output) -> f64 {
    let days = output.table.reached("days_to_completion").unwrap_or_default();
    days.into_iter().fold(output.info.horizon_days, f64::min)
}

/// The cells of a table that says what the chart shows: resource with units, share of days on which it binds, its half-width, and shares of
/// the time of its units that were busy, held but waiting, and idle.
pub(in crate::report) fn printed(output: &Output) -> Vec<[String; 6]> {
    let cells = |row: Row| {
        let [busy, waiting, idle] = row.time?.map(|share| row.said(share));
        let error = if row.half_width.is_none() { String::new() } else { row.error().unwrap_or_else(|| "0".into()) };
        let error = if error.is_empty() { error } else { format!("± {error} points") };
        let binds = row.said(row.mean);
        Some([row.label, binds, error, busy, waiting, idle])
    };
    of(output).into_iter().filter_map(cells).collect()
}

fn row(output: &Output, n: usize, info: &ResourceInfo) -> Row {
    let share_of = |hours: fn(&crate::results::ResourceUse) -> f64| {
        let mut shares = Vec::new();
        output.table.records.each_use(n, |_, used| {
            if used.available_h > 0.0 {
                shares.push((hours(used) / used.available_h).clamp(0.0, 1.0));
            }
        });
        mean(&shares)
    };
    let time = share_of(|used| used.busy_h).zip(share_of(|used| used.held_waiting_h)).map(|(busy, waiting)| {
        let waiting = waiting.min(1.0 - busy);
        [busy, waiting, 1.0 - busy - waiting]
    });
    // Outside causes stand behind all resources, without units.
    let outside = info.units == 0 && time.is_none() && CAUSES.contains(&info.name.as_str());
    let short = info.label.split(" (").next().unwrap_or_default().to_owned();
    let label = capital(if outside { &short } else { &info.label });
    Row::of(
        if outside { label } else { format!("{label} × {}", grouped(info.units as usize)) },
        short,
        time,
        &output.table.binding_shares(n),
    )
}

/// What may be said of the first rows: that one leads only if it does so beyond chance, pair by pair over the replications.
pub(super) fn leader(rows: &[Row], closed: usize) -> String {
    let Some(first) = rows.first().filter(|row| row.mean > 0.0) else {
        return "No resource and no outside cause binds on any day".into();
    };
    let days = format!("on {} of days", first.said(first.mean));
    if closed == 1 {
        return format!("One run: what binds most often is {}, {days}", first.short);
    }
    let lead = format!("What binds most often: {}, {days}", first.short);
    let Some(second) = rows.get(1).filter(|row| row.mean > 0.0) else { return lead };
    let differences: Vec<f64> = first.shares.iter().zip(&second.shares).map(|(a, b)| a - b).collect();
    match mean_interval(&differences, 0.95) {
        Some(difference) if difference.lower > 0.0 => lead,
        Some(difference) if difference.upper.max(-difference.lower) <= ABOUT => {
            format!("{} and {} bind about equally often", capital(&first.short), second.short)
        }
        _ => format!("Too close to call what binds most often: {} or {}", first.short, second.short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Setting, sample};

    fn bound(name: &str, shares: &[f64]) -> Row {
        Row { shares: shares.to_vec(), ..Row::of(name.into(), name.into(), None, shares) }
    }

    #[test]
    fn only_a_lead_beyond_chance_is_said() {
        let cases: [(&[f64], &[f64], &str); 6] = [
            (&[0.6, 0.5, 0.7], &[0.2, 0.1, 0.3], "What binds most often: lanes, on 60% of days"),
            // Either alone varies widely; run by run the first is ahead all the same.
            (&[0.9, 0.5, 0.1, 0.5], &[0.8, 0.4, 0.0, 0.4], "What binds most often: lanes, on 50% of days"),
            (&[0.31, 0.30, 0.31, 0.30], &[0.30, 0.31, 0.30, 0.30], "Lanes and windows bind about equally often"),
            (&[0.6, 0.4], &[0.1, 0.5], "Too close to call what binds most often: lanes or windows"),
            (&[0.4], &[0.1], "One run: what binds most often is lanes, on 40% of days"),
            (&[0.0, 0.0], &[0.0, 0.0], "No resource and no outside cause binds on any day"),
        ];
        for (first, second, said) in cases {
            assert_eq!(leader(&[bound("lanes", first), bound("windows", second)], first.len()), said);
        }
    }

    #[test]
    fn shares_of_time_sum_to_one_and_units_stand_in_the_label() {
        let output = Output::of(sample::info(5), Setting::default(), sample::table(5, 1), sample::nodes(), Vec::new());
        let rows = of(&output);
        let time = rows[0].time.expect("a resource");
        assert_eq!(rows[0].label, "Border lanes × 2");
        assert!((time.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (time[0] - 0.625).abs() < 1e-12, "{time:?}");
        assert_eq!((rows[0].shares.len(), rows[0].figure(false).as_str()), (4, "60%"));
    }
}
