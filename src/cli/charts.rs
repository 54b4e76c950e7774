//! Pictures into an output folder, at the end of a run.

use super::folder::Folder;
use super::save::save;
use super::terminal::WriteError;
use crate::report::chart::{CHARTS, Chart, Look, NotDrawn, Order, Size, Theme, rasterise};
use crate::results::Output;
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// Which charts are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice(Vec<&'static str>);

impl Choice {
    /// `all`, `none`, `usual`, or names with commas between.
    ///
    /// # Errors
    ///
    /// If there is no chart of a name; the text lists those there are.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let those = |wanted: fn(&Chart) -> bool| CHARTS.iter().filter(|chart| wanted(chart)).map(|chart| chart.name).collect();
        let named = |name: &str| {
            let known = CHARTS.iter().map(|chart| chart.name).collect::<Vec<_>>().join(", ");
            Chart::named(name.trim())
                .map(|chart| chart.name)
                .ok_or_else(|| format!("there is no chart `{name}`; there are {known}, or all, none, usual"))
        };
        Ok(Self(match text {
            "all" => those(|_| true),
            "none" => Vec::new(),
            "usual" => those(|chart| chart.usual),
            names => names.split(',').map(named).collect::<Result<_, _>>()?,
        }))
    }

    /// The charts in the order in which they are best read, each once.
    pub(super) fn charts(&self) -> impl Iterator<Item = &'static Chart> {
        CHARTS.iter().filter(|chart| self.0.contains(&chart.name))
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

/// Draws charts; those that cannot be drawn from this output are left out, with their reason.
pub(super) fn draw(output: &Output, choice: &Choice, order: Order) -> (Vec<Picture>, Vec<(&'static str, NotDrawn)>) {
    let charts: Vec<&Chart> = choice.charts().collect();
    let picture = |chart: &&'static Chart| picture(chart, output, order).map_err(|why| (chart.name, why));
    let (mut drawn, mut left_out) = (Vec::new(), Vec::new());
    for outcome in charts.par_iter().map(picture).collect::<Vec<_>>() {
        match outcome {
            Ok(picture) => drawn.push(picture),
            Err(reason) => left_out.push(reason),
        }
    }
    (drawn, left_out)
}

fn picture(chart: &Chart, output: &Output, order: Order) -> Result<Picture, NotDrawn> {
    let svg = chart.draw(output, order)?;
    let png = rasterise(&svg, pixels(order.look.size)).expect("what we draw is an SVG");
    Ok(Picture { name: name(chart, order), svg, png })
}

/// The folder of pictures within an output folder.
pub(super) const FOLDER: &str = "charts";

/// Whether a file of an output folder has the name of a picture that we draw.
pub(super) fn is_picture(name: &str) -> bool {
    stem(name).is_some_and(|stem| drawn_as(stem).is_some())
}

/// The name of a picture within its folder, without extension.
pub(super) fn stem(name: &str) -> Option<&str> {
    let name = name.strip_prefix(FOLDER)?.strip_prefix('/')?;
    name.strip_suffix(".svg").or_else(|| name.strip_suffix(".png"))
}

/// Draws the picture of a name; `None` where no picture has it, or it cannot be drawn from this output.
pub(super) fn again(output: &Output, stem: &str) -> Option<Picture> {
    let (chart, order) = drawn_as(stem)?;
    picture(chart, output, order).ok()
}

/// The chart and the order that give a picture its name.
fn drawn_as(stem: &str) -> Option<(&'static Chart, Order)> {
    let looks = || Size::ALL.into_iter().flat_map(|size| Theme::ALL.map(|theme| Look { size, theme }));
    let orders = || looks().flat_map(|look| [50, 10, 90].map(|percent| Order { look, percent }));
    CHARTS.iter().flat_map(|chart| orders().map(move |order| (chart, order))).find(|(chart, order)| name(chart, *order) == stem)
}

/// `burn-up`, or `burn-up-half-dark`; a run other than the median is named.
fn name(chart: &Chart, order: Order) -> String {
    let Look { size, theme } = order.look;
    let mut name = chart.name.to_owned();
    if chart.one_run && order.percent != 50 {
        name.push_str(&format!("-p{}", order.percent));
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
        assert_eq!(Choice::parse("none"), Ok(Choice(Vec::new())));
        assert_eq!(Choice::parse("all").map(|choice| choice.charts().count()), Ok(CHARTS.len()));
        assert_eq!(Choice::parse("completion"), Ok(Choice(vec!["completion"])));
        assert!(Choice::parse("pie").is_err_and(|why| why.contains("completion")));
    }
}
