//! Tables of the page: headings, cells, and which columns hold figures.

use super::markup::Html;

/// A table for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// What it shows and where it comes from.
    pub(super) caption: String,
    /// Headings, units included.
    pub(super) heads: Vec<String>,
    /// Cells, as many a row as there are headings.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub(super) fn new(caption: impl Into<String>, heads: &[&str]) -> Self {
        Self { caption: caption.into(), heads: heads.iter().map(|head| (*head).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Whether every cell of a column is a figure, so that it is set flush right.
    fn is_numeric(&self, column: usize) -> bool {
        let figure = |cell: &str| cell.is_empty() || cell.starts_with(|c: char| c.is_ascii_digit() || "−±<".contains(c));
        self.rows.iter().all(|row| figure(&row[column]))
    }

    /// Writes it. Wide tables scroll within their own box, which the keyboard reaches.
    pub(super) fn write(&self, html: &mut Html, class: &str) {
        let label = self.caption.as_str();
        html.block("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label)], |html| {
            html.block("table", &[("class", class)], |html| {
                html.line("caption", &[], &self.caption);
                let numeric: Vec<bool> = (0..self.heads.len()).map(|column| self.is_numeric(column)).collect();
                let class = |column: usize| if numeric[column] { "figure" } else { "words" };
                html.block("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        for (column, head) in self.heads.iter().enumerate() {
                            html.element("th", &[("scope", "col"), ("class", class(column))], |html| html.text(head));
                        }
                    });
                });
                html.block("tbody", &[], |html| {
                    for row in &self.rows {
                        html.block("tr", &[], |html| {
                            for (column, cell) in row.iter().enumerate() {
                                let (name, scope) = if column == 0 { ("th", ("scope", "row")) } else { ("td", ("class", class(column))) };
                                html.element(name, &[scope], |html| html.element("bdi", &[], |html| html.text(cell)));
                            }
                        });
                    }
                });
            });
        });
    }
}
