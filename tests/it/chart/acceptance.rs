//! The house rules, on every chart, in every format and theme.

use super::picture::{faults, tagged};
use super::{Fixed, fixed, pictures};
use convoysim::report::chart::{CHARTS, Look, Material, Order, Shows, Size, Theme};

#[test]
fn every_chart_is_drawn_and_keeps_every_rule_in_every_look() {
    let fixed = Fixed::new();
    for material in fixed.materials() {
        let drawn: Vec<_> = pictures(material, &Size::ALL, &Theme::ALL).collect();
        // A sweep has one factor, or two, or blocks to be analysed.
        let others: &[&str] = match material {
            Material::Sweep(sweep) if !sweep.sensitivity.is_empty() => &["heat-map", "lines"],
            Material::Sweep(sweep) if sweep.info.factors.len() == 1 => &["heat-map", "sensitivity"],
            Material::Sweep(_) => &["lines", "sensitivity"],
            _ => &[],
        };
        let of_kind = CHARTS.iter().filter(|chart| chart.kind() == material.kind() && !others.contains(&chart.name));
        let wanted: usize = of_kind.map(|chart| material.pictures(chart)).sum();
        assert_eq!(drawn.len(), wanted * Size::ALL.len() * Theme::ALL.len(), "every chart has something to show of {:?}", material.kind());
        let faults: Vec<String> = drawn.iter().flat_map(|(name, size, svg)| faults(name, *size, svg)).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let (one, other) = (Fixed::new(), Fixed::new());
    for (one, other) in one.materials().into_iter().zip(other.materials()) {
        let all = |material| pictures(material, &[Size::Slide], &[Theme::Light]).collect::<Vec<_>>();
        assert_eq!(all(one), all(other));
    }
}

#[test]
fn a_chart_is_drawn_of_its_own_kind_of_folder_and_of_no_other() {
    let fixed = Fixed::new();
    let order = Order::new(Look { size: Size::Slide, theme: Theme::Light });
    for material in fixed.materials() {
        for chart in CHARTS.iter().filter(|chart| chart.kind() != material.kind()) {
            let why = chart.draw(material, order).expect_err("it is of another kind").to_string();
            assert!(why.contains(chart.kind().words()) && why.contains(material.kind().words()), "{}: {why}", chart.name);
        }
    }
}

#[test]
fn a_chart_of_one_run_says_so_and_shows_the_run_asked_for() {
    let output = fixed();
    for chart in CHARTS.iter().filter(|chart| chart.shows == Shows::OneRun) {
        for shown in &output.info.shown {
            let order = Order { percent: shown.percent, ..Order::new(Look { size: Size::Slide, theme: Theme::Light }) };
            let svg = chart.draw(&output, order).expect("a picture");
            let run = format!("replication {}, at P{} of 40", shown.replication, shown.percent);
            assert!(svg.contains(&run), "{} at P{} does not name {run}", chart.name, shown.percent);
            assert!(tagged(&svg, "desc").is_some_and(|text| text.contains("One run")), "{}", chart.name);
        }
    }
}

#[test]
fn a_chart_of_one_variant_names_it_and_the_base() {
    let comparison = Fixed::new().comparison;
    for chart in CHARTS.iter().filter(|chart| chart.shows == Shows::OneVariant) {
        for (nth, contrast) in comparison.contrasts.iter().enumerate() {
            let order = Order { nth, ..Order::new(Look { size: Size::Slide, theme: Theme::Light }) };
            let svg = chart.draw(&comparison, order).expect("a picture");
            for label in [&comparison.base.label, &contrast.variant.label] {
                assert!(svg.contains(label.as_str()), "{} does not name {label}", chart.name);
            }
        }
    }
}

#[test]
fn which_uncertainty_is_drawn_is_said() {
    let fixed = Fixed::new();
    let kinds = ["spread", "Monte Carlo", "One run", "one run", "interval"];
    for (name, _, svg) in fixed.materials().into_iter().flat_map(|material| pictures(material, &[Size::Slide], &[Theme::Light])) {
        let said = tagged(&svg, "desc").expect("a description");
        assert!(kinds.iter().any(|kind| said.contains(kind)), "{name}: {said}");
    }
}

#[test]
fn what_is_not_resolved_is_never_green_and_quantiles_say_how_they_were_compared() {
    let comparison = Fixed::new().comparison;
    for theme in Theme::ALL {
        for (_, _, svg) in pictures(&comparison, &[Size::Slide], &[theme]) {
            let verdicts = svg.lines().filter(|line| line.contains("Not resolved") && line.starts_with("<text"));
            for verdict in verdicts {
                assert!(!["#0B6E4F", "#5FD3A8"].iter().any(|green| verdict.contains(green)), "{verdict}");
            }
            assert!(!svg.contains("P80<") || svg.contains("paired bootstrap"));
        }
    }
}
