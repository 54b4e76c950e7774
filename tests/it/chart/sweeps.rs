//! Sweeps as charts see them: a made-up grid, a line, and odd ones.

use super::picture::{faults, tagged};
use super::{fixture, pictures, twice};
use convoysim::report::chart::{Chart, Look, Order, Size, Theme};
use convoysim::results::{
    Better, Bound, Cell, FactorInfo, Meets, Pareto, PointRow, Required, ResponseInfo, ResponseSummary, SweepInfo, SweepOutput, Wanted,
};
use convoysim::stats::{Estimand, Pairing, pareto};
use std::ffi::OsStr;

const ORDER: Order = Order::new(Look { size: Size::Slide, theme: Theme::Light });

fn response(name: &str, unit: &'static str, better: Better) -> ResponseInfo {
    ResponseInfo { name: name.into(), unit, better, reading: "".into() }
}

fn factor(id: &str, label: &str) -> FactorInfo {
    FactorInfo { id: id.into(), label: label.into(), column: id.into(), unit: None, paths: vec![format!("{id}.count")], base: None }
}

fn summary(info: &ResponseInfo, mean: Option<f64>, half_width: f64) -> ResponseSummary {
    ResponseSummary {
        info: info.clone(),
        n: 500,
        not_reached: 0,
        mean,
        half_width: Some(half_width),
        quantiles: [mean; 5],
        mcse: [Some(half_width / 2.0); 5],
        min: mean,
        max: mean,
        wanted_for_mean: None,
        thin: Vec::new(),
    }
}

/// A sweep over factors with so many levels each, without analyses of sensitivity; days fall with either, and exposure grows with the first.
pub fn made(levels: &[(&str, &str, usize)], bound: f64) -> SweepOutput {
    let columns = vec![response("days_to_completion", "d", Better::Lower), response("exposed_person_hours", "h", Better::Lower)];
    let points: u32 = levels.iter().map(|(.., n)| *n as u32).product();
    let point = |point: u32| {
        let mut rest = point as usize;
        let places: Vec<usize> = levels
            .iter()
            .map(|(.., n)| {
                let place = rest % n;
                rest /= n;
                place + 1
            })
            .collect();
        let days = 20.0 + 40.0 / places.iter().map(|place| *place as f64).product::<f64>();
        let meets = match days - bound {
            over if over > 1.5 => Meets::No,
            over if over < -1.5 => Meets::Yes,
            _ => Meets::Open,
        };
        PointRow {
            point,
            cells: places.iter().map(|place| Some(Cell { label: place.to_string(), number: Some(*place as f64) })).collect(),
            replications: 500,
            censored: 0,
            deadlocks: 0,
            failed: 0,
            shown: vec![summary(&columns[0], Some(days), 0.6), summary(&columns[1], Some(90_000.0 + 500.0 * places[0] as f64), 400.0)],
            required: Some(Required { value: Some(days), lower: days - 1.5, upper: days + 1.5, meets }),
        }
    };
    let points_made: Vec<PointRow> = (0..points).map(point).collect();
    SweepOutput {
        pareto: (points <= Pareto::MOST_POINTS).then(|| standings(&points_made)),
        points: points_made,
        sensitivity: Vec::new(),
        info: SweepInfo {
            name: "Lanes and escorts".into(),
            question: None,
            base: "Base plan".into(),
            overrides: Vec::new(),
            handling: Some("Planning example.".into()),
            base_sha256: "ab".repeat(32),
            plan_sha256: "cd".repeat(32),
            seed: 20_260_121,
            replications: 500,
            until: None,
            common: true,
            factors: levels.iter().map(|(id, label, _)| factor(id, label)).collect(),
            points,
            blocks: vec![("grid", 0, points - 1)],
            shown: vec![0, 1],
            requirement: Some(Wanted {
                text: format!("p80(days_to_completion) <= {bound} d"),
                column: 0,
                estimand: Estimand::Quantile(0.8),
                bound: Bound::AtMost(bound),
            }),
            columns,
            invalid: Vec::new(),
            base_point: Some(points / 2),
        },
    }
}

/// Where the points stand if each had runs to either side of its means, as far off as its half-widths say.
fn standings(points: &[PointRow]) -> Pareto {
    let about = |one: &ResponseSummary| {
        let (mean, half) = (one.mean.unwrap_or(f64::NAN), one.half_width.unwrap_or(f64::NAN));
        let deviation = half / 1.96 * (one.n as f64).sqrt();
        (0..one.n).map(|run| if run % 2 == 0 { mean - deviation } else { mean + deviation }).collect::<Vec<f64>>()
    };
    let values: Vec<Vec<Vec<f64>>> = points.iter().map(|row| row.shown.iter().map(about).collect()).collect();
    Pareto { responses: [0, 1], standings: pareto(&values, &[true, true], Pairing::Independent, 0.95) }
}

pub fn grid() -> SweepOutput {
    made(&[("lanes", "Border lanes open at night", 6), ("escorts", "Escort teams", 7)], 25.0)
}

pub fn line() -> SweepOutput {
    made(&[("lanes", "Border lanes open at night", 6)], 30.0)
}

fn keeps_the_rules(sweep: &SweepOutput) -> Vec<String> {
    let drawn: Vec<_> = pictures(sweep, &Size::ALL, &Theme::ALL).collect();
    let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut names: Vec<String> = drawn.iter().filter_map(|(name, ..)| name.split("-0-").next().map(String::from)).collect();
    names.sort();
    names.dedup();
    names
}

fn title(chart: &str, sweep: &SweepOutput) -> String {
    let svg = Chart::named(chart).expect("a chart").draw(sweep, ORDER).expect("a picture");
    tagged(&svg, "title").expect("a title").to_owned()
}

#[test]
fn grids_and_lines_keep_every_rule_in_every_look() {
    assert_eq!(keeps_the_rules(&grid()), ["heat-map", "pareto"]);
    assert_eq!(keeps_the_rules(&line()), ["lines", "pareto"]);
}

#[test]
fn titles_count_what_meets_and_what_cannot_be_called() {
    assert_eq!(title("heat-map", &grid()), "22 of 42 settings meet P80 ≤ 25 days; 6 are too close to call");
    assert_eq!(title("lines", &line()), "2 of 6 settings meet P80 ≤ 30 days; 1 is too close to call");
    assert_eq!(title("lines", &made(&[("lanes", "lanes", 4)], 90.0)), "All 4 settings meet P80 ≤ 90 days");
    assert_eq!(title("lines", &made(&[("lanes", "lanes", 4)], 9.0)), "No setting of 4 meets P80 ≤ 9 days");
    let mut open = line();
    open.info.requirement = None;
    open.points.iter_mut().for_each(|row| row.required = None);
    assert_eq!(title("lines", &open), "Mean of days to complete, by Border lanes open at night");
}

#[test]
fn the_staircase_agrees_with_the_numbers_and_close_ones_are_marked() {
    let svg = Chart::named("heat-map").expect("a chart").draw(&grid(), ORDER).expect("a picture");
    let close = grid().points.iter().filter(|row| row.required.is_some_and(|one| one.meets == Meets::Open)).count();
    assert_eq!(svg.matches("\n≈ ").count(), close);
    let many = made(&[("a", "a", 13), ("b", "b", 4)], 25.0);
    let svg = Chart::named("heat-map").expect("a chart").draw(&many, ORDER).expect("a picture");
    assert!(!svg.contains("\n≈ ") && svg.contains("heat-map-staircase"), "of many levels the staircase alone is drawn");
}

#[test]
fn odd_sweeps_keep_the_rules_too() {
    let long = "The Northern Assembly Area And Receiving Point Of The Region";
    for sweep in [
        made(&[("a", long, 3), ("b", long, 3)], 25.0),
        made(&[("a", "<script>alert(1)</script>", 2), ("b", "سجن المنطقة", 2)], 25.0),
        made(&[("a", "x", 25), ("b", "y", 25)], 25.0),
        made(&[("a", "x", 150)], 25.0),
        made(&[("a", "x", 2), ("b", "y", 2), ("c", "z", 3)], 25.0),
    ] {
        assert!(!keeps_the_rules(&sweep).is_empty());
    }
    let mut unknown = grid();
    for row in unknown.points.iter_mut().take(20) {
        row.required = Some(Required { value: None, lower: f64::NEG_INFINITY, upper: f64::INFINITY, meets: Meets::Open });
        row.shown.iter_mut().for_each(|one| (one.mean, one.half_width) = (None, None));
    }
    unknown.points.remove(5);
    keeps_the_rules(&unknown);
    unknown.points.truncate(10);
    assert!(keeps_the_rules(&unknown).is_empty(), "nothing is known of any point");
    unknown.points.clear();
    assert!(keeps_the_rules(&unknown).is_empty(), "too many points are not kept");
}

#[test]
fn charts_of_a_sweep_drawn_again_have_the_same_bytes() {
    let file = fixture("sweep.toml");
    let command: [&OsStr; 5] = ["sweep".as_ref(), file.as_os_str(), "-n".as_ref(), "4".as_ref(), "-q".as_ref()];
    twice(&command, &["heat-map.png", "heat-map.svg", "pareto.png", "pareto.svg"]);
}
