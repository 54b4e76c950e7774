//! The house rules, on every chart, in every format and theme.

use super::picture::{faults, tagged};
use super::{fixed, pictures};
use convoysim::report::chart::{CHARTS, Look, Order, Size, Theme};

#[test]
fn every_chart_is_drawn_from_a_run_and_keeps_every_rule_in_every_look() {
    let output = fixed();
    let drawn: Vec<_> = pictures(&output, &Size::ALL, &Theme::ALL).collect();
    assert_eq!(drawn.len(), CHARTS.len() * Size::ALL.len() * Theme::ALL.len(), "every chart has something to show");
    let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let (one, other) = (fixed(), fixed());
    for chart in CHARTS {
        let order = Order { look: Look { size: Size::Slide, theme: Theme::Light }, percent: 50, variant: 0 };
        assert_eq!(chart.draw(&one, order), chart.draw(&other, order), "{}", chart.name);
    }
}

#[test]
fn a_chart_of_one_run_says_so_and_shows_the_run_asked_for() {
    let output = fixed();
    for chart in CHARTS.iter().filter(|chart| chart.one_run) {
        for shown in &output.info.shown {
            let order = Order { look: Look { size: Size::Slide, theme: Theme::Light }, percent: shown.percent, variant: 0 };
            let svg = chart.draw(&output, order).expect("a picture");
            let run = format!("replication {}, at P{} of 40", shown.replication, shown.percent);
            assert!(svg.contains(&run), "{} at P{} does not name {run}", chart.name, shown.percent);
            assert!(tagged(&svg, "desc").is_some_and(|text| text.contains("One run")), "{}", chart.name);
        }
    }
}

#[test]
fn which_uncertainty_is_drawn_is_said() {
    let output = fixed();
    let kinds = ["spread", "Monte Carlo", "One run", "one run", "interval"];
    for (name, _, svg) in pictures(&output, &[Size::Slide], &[Theme::Light]) {
        let said = tagged(&svg, "desc").expect("a description");
        assert!(kinds.iter().any(|kind| said.contains(kind)), "{name}: {said}");
    }
}
