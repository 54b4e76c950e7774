//! A chart in the page: wide and narrow, light and dark, and on paper; its table; its findings in words.

use super::markup::Html;
use super::table::Table;
use crate::report::chart::{Chart, Look, Material, NotDrawn, Order, Size, Theme};

/// The pictures of a chart: name of the form, format, colours. The style sheet shows one of them.
const FORMS: [(&str, Size, Theme); 5] = [
    ("wide light", Size::Slide, Theme::Light),
    ("wide dark", Size::Slide, Theme::Dark),
    ("narrow light", Size::Half, Theme::Light),
    ("narrow dark", Size::Half, Theme::Dark),
    ("paper", Size::A4, Theme::Print),
];

/// A chart drawn for the page.
pub(super) struct Figure {
    pub(super) chart: &'static Chart,
    /// Id in the page.
    pub(super) id: String,
    /// Its title, which is what it finds where its rules let it find something.
    pub(super) title: String,
    /// The same for those who do not see it.
    description: String,
    /// One picture a form, in the order of [`FORMS`].
    pictures: Vec<String>,
}

impl Figure {
    /// Draws a chart, of one variant where it shows one; ids begin with `prefix`, so that a chart may stand in a page several times.
    pub(super) fn draw(name: &str, material: Material<'_>, variant: usize, prefix: &str) -> Option<Result<Self, NotDrawn>> {
        Some(Self::of(Chart::named(name)?, material, variant, prefix))
    }

    fn of(chart: &'static Chart, material: Material<'_>, variant: usize, prefix: &str) -> Result<Self, NotDrawn> {
        let mut pictures = Vec::new();
        let (mut title, mut description) = (String::new(), String::new());
        for (form, size, theme) in FORMS {
            let svg = chart.draw(material, Order { nth: variant, ..Order::new(Look { size, theme }) })?;
            if pictures.is_empty() {
                (title, description) = (within(&svg, "title"), within(&svg, "desc"));
            }
            pictures.push(with_ids_of_its_own(&svg, chart.name, &format!("{prefix}{}-", form.replace(' ', "-"))));
        }
        Ok(Self { chart, id: format!("{prefix}chart-{}", chart.name), title, description, pictures })
    }

    /// Whether its title finds something: titles that chart rules fall back to name no figure.
    pub(super) fn finds(&self) -> bool {
        self.title.contains(|letter: char| letter.is_ascii_digit())
    }

    /// Writes it with its question as heading and its data as table.
    pub(super) fn write(&self, html: &mut Html, table: Option<&Table>) {
        html.block("figure", &[("class", "chart"), ("id", &self.id), ("data-name", self.chart.name)], |html| {
            html.line("h3", &[], self.chart.question);
            for ((form, ..), picture) in FORMS.iter().zip(&self.pictures) {
                let class = format!("picture {form}");
                html.block("div", &[("class", &class)], |html| html.picture(picture));
            }
            html.line("figcaption", &[], &self.description);
            if let Some(table) = table {
                html.block("details", &[], |html| {
                    html.line("summary", &[], "Show data");
                    table.write(html, "data");
                });
            }
        });
    }
}

/// The text of the first element of a name. Charts escape as the page does, so this undoes it.
fn within(svg: &str, name: &str) -> String {
    let inside = svg.split_once(&format!("<{name} ")).and_then(|(_, rest)| rest.split_once('>')).map_or("", |(_, rest)| rest);
    let text = inside.split_once('<').map_or("", |(text, _)| text);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The picture with other ids: those of a chart begin with its name. Words within it cannot be taken for attributes, since their
/// quotes are escaped.
fn with_ids_of_its_own(svg: &str, name: &str, prefix: &str) -> String {
    svg.replace(&format!(" id=\"{name}-"), &format!(" id=\"{prefix}{name}-"))
        .replace(
            &format!(" aria-labelledby=\"{name}-title {name}-desc\""),
            &format!(" aria-labelledby=\"{prefix}{name}-title {prefix}{name}-desc\""),
        )
        .replace(&format!("url(#{name}-"), &format!("url(#{prefix}{name}-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_renamed_and_words_are_not() {
        let svg = "<svg aria-labelledby=\"pie-title pie-desc\"><title id=\"pie-title\">&quot;id=&quot;pie-&quot; &amp; 3</title></svg>";
        assert_eq!(
            with_ids_of_its_own(svg, "pie", "b-"),
            "<svg aria-labelledby=\"b-pie-title b-pie-desc\"><title id=\"b-pie-title\">&quot;id=&quot;pie-&quot; &amp; 3</title></svg>"
        );
        assert_eq!(within(svg, "title"), "\"id=\"pie-\" & 3");
    }
}
