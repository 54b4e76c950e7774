//! Points of two factors as a grid: the first factor across, the second up.

use crate::results::{Cell, PointFigure, SweepOutput};

/// More cells cannot be told apart.
const MOST: usize = 700;

/// The points of a sweep where they make a grid.
pub(super) struct Grid {
    /// Labels of the levels, from left to right.
    pub(super) across: Vec<String>,
    /// Labels of the levels, from the bottom up.
    pub(super) up: Vec<String>,
    /// One figure a cell, row by row from the bottom.
    figures: Vec<Option<PointFigure>>,
    /// Where the base stands.
    pub(super) base: Option<(usize, usize)>,
}

impl Grid {
    /// The grid, if there are two factors, not too many cells, and at least half of them have a point.
    pub(super) fn of(output: &SweepOutput, figures: &[PointFigure]) -> Option<Self> {
        let info = &output.info;
        let [_, _] = info.factors.as_slice() else { return None };
        let placed: Vec<([&Cell; 2], &PointFigure)> = output
            .points
            .iter()
            .zip(figures)
            .filter_map(|(row, figure)| match row.cells.as_slice() {
                [Some(x), Some(y)] => Some(([x, y], figure)),
                _ => None,
            })
            .collect();
        let across = levels(placed.iter().map(|(cells, _)| cells[0]));
        let up = levels(placed.iter().map(|(cells, _)| cells[1]));
        let cells = across.len() * up.len();
        if across.len() < 2 || up.len() < 2 || placed.len() * 2 < cells || cells > MOST {
            return None;
        }
        let mut grid = Self { figures: vec![None; cells], across, up, base: None };
        for (cells, figure) in placed {
            let place = |levels: &[String], label: &str| levels.iter().position(|known| known == label);
            let (x, y) = place(&grid.across, &cells[0].label).zip(place(&grid.up, &cells[1].label))?;
            if info.base_point == Some(figure.point) {
                grid.base = Some((x, y));
            }
            // Where several blocks have a point, the first holds.
            grid.figures[y * grid.across.len() + x].get_or_insert(*figure);
        }
        Some(grid)
    }

    /// The figure of a cell.
    pub(super) fn at(&self, x: usize, y: usize) -> Option<&PointFigure> {
        self.figures.get(y * self.across.len() + x).filter(|_| x < self.across.len()).and_then(Option::as_ref)
    }

    /// All cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = (usize, usize, Option<&PointFigure>)> {
        let wide = self.across.len();
        self.figures.iter().enumerate().map(move |(i, figure)| (i % wide, i / wide, figure.as_ref()))
    }
}

/// Labels once each: by number where all are numbers, else in order of appearance.
pub(super) fn levels<'c>(cells: impl Iterator<Item = &'c Cell>) -> Vec<String> {
    let mut known: Vec<&Cell> = Vec::new();
    for cell in cells {
        if !known.iter().any(|one| one.label == cell.label) {
            known.push(cell);
        }
    }
    if known.iter().all(|cell| cell.number.is_some()) {
        known.sort_by(|a, b| a.number.unwrap_or(f64::NAN).total_cmp(&b.number.unwrap_or(f64::NAN)));
    }
    known.into_iter().map(|cell| cell.label.clone()).collect()
}
