//! What marks mean, in the strip below the rows.

use super::View;
use crate::report::chart::key::Item;
use crate::report::sensitivity::share;
use crate::report::words::counted;
use crate::results::Measures;

impl View<'_> {
    /// What marks mean, and how many inputs have no row.
    pub(super) fn key(&self, hidden: usize) -> Vec<Item<'_>> {
        let (look, palette) = (self.look, self.look.palette());
        let radius = look.px(9.0);
        let mut items: Vec<Item<'_>> = (0..2)
            .map(|nth| {
                Item::new(self.rows.measures[nth], move |pen, area| {
                    let (_, y) = area.centre();
                    pen.line(&[(area.left, y), (area.right, y)], 2.5, palette.progress);
                    self.mark(pen, area.centre(), radius, nth, palette.progress);
                })
            })
            .collect();
        if self.rows.floor.is_some() {
            items.push(Item::new(format!("noise floor of {}", self.rows.measures[0]), move |pen, area| {
                let (x, _) = area.centre();
                let third = area.height() / 3.0;
                for top in [area.top - third * 0.25, area.top + third * 1.75] {
                    pen.line(&[(x, top), (x, top + third * 1.3)], 2.2, palette.ink[1]);
                }
            }));
        }
        if self.rows.rows.iter().any(|row| !row.known) {
            items.push(Item::new(self.not_told(), move |pen, area| self.mark(pen, area.centre(), radius, 0, palette.outline)));
        }
        if !self.rows.open.is_empty() {
            items.push(Item::new("order not known", move |pen, area| {
                let (x, _) = area.centre();
                pen.line(&[(x, area.top), (x, area.bottom)], 5.0, palette.outline);
            }));
        }
        if let Measures::Sobol(found) = &self.response.measures {
            items.push(Item::note(format!("sum of all alone: {}", share(&found.sum_of_first))));
        }
        if hidden > 0 {
            let next = &self.rows.rows[self.rows.rows.len() - hidden];
            let of = if hidden > 1 { ", the largest" } else { ":" };
            items.push(Item::note(format!("{} not shown{of} {}", counted(hidden, "input", "inputs"), next.told[0])));
        }
        items
    }
}
