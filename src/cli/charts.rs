//! Pictures into an output folder, at the end of a run.

use super::folder::Folder;
use super::save::save;
use super::terminal::{Terminal, WriteError};
use crate::report::chart::{CHARTS, Chart, Look, Material, NotDrawn, Order, Shows, Size, Theme, rasterise};
use crate::results::Kind;
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// How charts are drawn at the end of a command.
pub(super) const USUAL_ORDER: Order = Order::new(Look { size: Size::Slide, theme: Theme::Light });

/// Which charts are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Every one that the folder's kind has.
    All,
    /// Those that are drawn unless told otherwise.
    Usual,
    /// These; `none` is no name.
    Named(Vec<&'static str>),
}

impl Choice {
    /// `all`, `none`, `usual`, or names with commas between, of charts of any kind.
    ///
    /// # Errors
    ///
    /// If there is no chart of a name; the text lists those there are.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Self::among(CHARTS.iter().collect(), text)
    }

    /// The same, of charts that are drawn of one kind of folder.
    ///
    /// # Errors
    ///
    /// As for [`Choice::parse`].
    pub(super) fn parse_of(kind: Kind, text: &str) -> Result<Self, String> {
        Self::among(CHARTS.iter().filter(|chart| chart.kind() == kind).collect(), text)
    }

    fn among(charts: Vec<&'static Chart>, text: &str) -> Result<Self, String> {
        let named = |name: &str| {
            let known = || charts.iter().map(|chart| chart.name).collect::<Vec<_>>().join(", ");
            let found = charts.iter().find(|chart| chart.name == name.trim()).map(|chart| chart.name);
            found.ok_or_else(|| format!("there is no chart `{name}`; there are {}, or all, none, usual", known()))
        };
        Ok(match text {
            "all" => Self::All,
            "usual" => Self::Usual,
            "none" => Self::Named(Vec::new()),
            names => Self::Named(names.split(',').map(named).collect::<Result<_, _>>()?),
        })
    }

    /// The charts in the order in which they are best read, each once; those that are named also where they are of another kind.
    pub(super) fn charts(&self, of: Kind) -> impl Iterator<Item = &'static Chart> {
        CHARTS.iter().filter(move |chart| match self {
            Self::All => chart.kind() == of,
            Self::Usual => chart.kind() == of && chart.usual,
            Self::Named(names) => names.contains(&chart.name),
        })
    }
}

/// A picture with its name, without extension.
pub(super) struct Picture {
    pub(super) name: String,
    svg: String,
    png: Vec<u8>,
}

/// Pixels of a picture's width: as it is shown, and on A4 as it is printed with 300 dots an inch.
const fn pixels(size: Size) -> u32 {
    match size {
        Size::Slide => 1920,
        Size::Half => 920,
        Size::Square => 1080,
        Size::A4 => 2008,
        Size::Thumb => 480,
    }
}

/// Draws charts; those that cannot be drawn from this are left out, with their reason.
pub(super) fn draw(material: Material<'_>, choice: &Choice, order: Order) -> (Vec<Picture>, Vec<(&'static str, NotDrawn)>) {
    let pictures = |chart: &'static Chart| (0..material.pictures(chart)).map(move |nth| (chart, Order { nth, ..order }));
    let wanted: Vec<(&Chart, Order)> = choice.charts(material.kind()).flat_map(pictures).collect();
    let picture = |(chart, order): &(&'static Chart, Order)| picture(chart, material, *order).map_err(|why| (chart.name, why));
    let (mut drawn, mut left_out) = (Vec::new(), Vec::new());
    for outcome in wanted.par_iter().map(picture).collect::<Vec<_>>() {
        match outcome {
            Ok(picture) => drawn.push(picture),
            Err(reason) => left_out.push(reason),
        }
    }
    (drawn, left_out)
}

fn picture(chart: &Chart, material: Material<'_>, order: Order) -> Result<Picture, NotDrawn> {
    let svg = chart.draw(material, order)?;
    let png = rasterise(&svg, pixels(order.look.size)).expect("what we draw is an SVG");
    Ok(Picture { name: name(chart, order, material), svg, png })
}

/// The folder of pictures within an output folder.
pub(super) const FOLDER: &str = "charts";

/// Whether a file of an output folder may be a picture that we drew.
pub(super) fn is_picture(name: &str) -> bool {
    stem(name).is_some_and(|stem| {
        CHARTS.iter().any(|chart| stem.strip_prefix(chart.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    })
}

/// The name of a picture within its folder, without extension.
pub(super) fn stem(name: &str) -> Option<&str> {
    let name = name.strip_prefix(FOLDER)?.strip_prefix('/')?;
    name.strip_suffix(".svg").or_else(|| name.strip_suffix(".png"))
}

/// Draws the picture of a name; `None` where no picture has it, or it cannot be drawn from this.
pub(super) fn again(material: Material<'_>, stem: &str) -> Option<Picture> {
    let looks = || Size::ALL.into_iter().flat_map(|size| Theme::ALL.map(|theme| Look { size, theme }));
    let of_chart = |chart: &'static Chart| {
        let all = 0..material.pictures(chart);
        let orders = all.flat_map(move |nth| looks().flat_map(move |look| [50, 10, 90].map(|percent| Order { look, percent, nth })));
        orders.map(move |order| (chart, order))
    };
    let (chart, order) = CHARTS.iter().flat_map(of_chart).find(|(chart, order)| name(chart, *order, material) == stem)?;
    picture(chart, material, order).ok()
}

/// Says which charts were left out, and why.
pub(super) fn tell(left_out: &[(&'static str, NotDrawn)], terminal: &mut Terminal<'_>) {
    for (name, why) in left_out {
        terminal.say(&format!("no chart `{name}`: {why}"));
    }
}

/// `burn-up`, or `burn-up-half-dark`; a run other than the median is named, and which of several variants or analyses.
fn name(chart: &Chart, order: Order, material: Material<'_>) -> String {
    let Look { size, theme } = order.look;
    let mut name = chart.name.to_owned();
    if chart.shows == Shows::OneRun && order.percent != 50 {
        name.push_str(&format!("-p{}", order.percent));
    }
    if material.pictures(chart) > 1 {
        name.push_str(&format!("-{}", order.nth + 1));
    }
    if size != Size::Slide {
        name.push_str(&format!("-{}", size.word()));
    }
    if theme != Theme::Light {
        name.push_str(&format!("-{}", theme.word()));
    }
    name
}

impl Picture {
    /// Its bytes as `svg` or `png`.
    pub(super) fn bytes(&self, extension: &str) -> &[u8] {
        if extension == "png" { &self.png } else { self.svg.as_bytes() }
    }

    /// Writes SVG and PNG into any folder, each whole or not at all.
    pub(super) fn save(&self, folder: &Path) -> Result<(), WriteError> {
        for (extension, bytes) in [("svg", self.svg.as_bytes()), ("png", &self.png)] {
            let path = folder.join(format!("{}.{extension}", self.name));
            save(&path, bytes).map_err(|source| WriteError::new(path.display(), source))?;
        }
        Ok(())
    }

    /// Writes SVG and PNG into the folder `charts` of an output folder.
    pub(super) fn write(&self, folder: &mut Folder) -> Result<(), WriteError> {
        let content = |bytes: &[u8]| {
            let bytes = bytes.to_vec();
            move |out: &mut dyn io::Write| out.write_all(&bytes)
        };
        folder.write(&format!("charts/{}.svg", self.name), content(self.svg.as_bytes()))?;
        folder.write(&format!("charts/{}.png", self.name), content(&self.png))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_word_or_names_with_commas() {
        let count = |text: &str, of| Choice::parse(text).map(|choice| choice.charts(of).count());
        let of = |kind| CHARTS.iter().filter(|chart| chart.kind() == kind).count();
        assert_eq!(count("none", Kind::Run), Ok(0));
        for kind in Kind::ALL {
            assert_eq!(count("all", kind), Ok(of(kind)), "{kind:?}");
        }
        assert_eq!(count("completion", Kind::Comparison), Ok(1), "what was named is told to be of another kind, not left out");
        assert!(Choice::parse_of(Kind::Comparison, "completion").is_err_and(|why| why.contains("paired")));
        assert!(Choice::parse("pie").is_err_and(|why| why.contains("completion")));
    }
}
