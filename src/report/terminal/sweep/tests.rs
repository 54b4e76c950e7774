use super::*;
use crate::results::{FactorInfo, Outcomes, Wanted, sample};
use insta::assert_snapshot;

fn info(factors: &[&str], requirement: bool) -> SweepInfo {
    let factor = |id: &&str| FactorInfo {
        id: (*id).into(),
        label: format!("border {id}"),
        column: (*id).into(),
        unit: Some(String::new()),
        paths: vec![format!("crossing.border.{id}")],
        base: Some("2".into()),
    };
    let requirement = requirement.then(|| Wanted {
        text: "p80(days_to_completion) <= 36 d".into(),
        column: 0,
        estimand: Estimand::Quantile(0.8),
        bound: Bound::AtMost(36.0),
    });
    SweepInfo {
        name: "Lanes and escorts".into(),
        base: "base".into(),
        base_sha256: "ab".into(),
        plan_sha256: "cd".into(),
        seed: 7,
        replications: 40,
        factors: factors.iter().map(factor).collect(),
        shown: vec![0],
        requirement,
        base_point: Some(2),
        ..sample::sweep(6, 1)
    }
}

/// Six points: the first factor 1 to 3, the second 2 to 3, a figure for each.
fn shown(info: &SweepInfo, values: [f64; 6]) -> String {
    let figures: Vec<PointFigure> = (0..6_u32)
        .map(|point| {
            let value = values[point as usize];
            let meets = match value {
                v if v < 35.0 => Meets::Yes,
                v if v < 37.0 => Meets::Open,
                _ => Meets::No,
            };
            let value = value.is_finite().then_some(value);
            let ends = value.map_or([40.0, f64::INFINITY], |value| [value - 0.6, value + 0.6]);
            PointFigure {
                point,
                value,
                ends,
                invalid: false,
                outcomes: Outcomes { complete: 40, ..Outcomes::default() },
                meets: info.requirement.as_ref().map(|_| meets),
            }
        })
        .collect();
    let cell = |n: u32| Some(Cell { label: n.to_string(), number: Some(f64::from(n)) });
    let cells = |point: u32| [cell(1 + point / 2), cell(2 + point % 2)].into_iter().take(info.factors.len()).collect();
    let view = SweepView {
        info,
        figures: &figures,
        cells: &cells,
        failures: 0,
        wrote: "",
        base: "base.toml",
        arguments: &|point| format!("--set crossing.border.lanes={}", 1 + point / 2),
    };
    text(&view, Style::default())
}

#[test]
fn two_factors_make_a_table() {
    assert_snapshot!(shown(&info(&["lanes", "escorts"], true), [f64::INFINITY, 60.0, 42.0, 36.2, 33.0, 28.0]));
}

#[test]
fn where_nothing_changes_no_point_is_the_best() {
    let said = shown(&info(&["lanes"], false), [42.0; 6]);
    assert!(said.ends_with("Every point comes to the same figure: over these values the factors change\nnothing of it.\n"), "{said}");
}

#[test]
fn one_factor_makes_a_list_that_does_not_crown_a_tie() {
    assert_snapshot!(shown(&info(&["lanes"], false), [50.0, 41.0, 42.0, 36.2, 33.0, 32.5]));
}
