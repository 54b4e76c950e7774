//! The page that every chart is drawn on: title, subtitle, footer, text for those who do not see it, and layers with names.
//!
//! A sheet begins with its words, so the room that is left for the plot is known before anything is drawn, however long a name is.

use super::font;
use super::look::{Look, Theme, Use};
use super::pen::{Area, Pen, Type};
use crate::report::provenance;
use crate::report::visible::visible;
use crate::report::words::counted;
use crate::results::{Comparison, RunInfo, Side};
use std::fmt::Write as _;

/// What a chart says in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// Name of the chart, as in `burn-up`; the ids of its parts begin with it.
    pub(super) id: &'static str,
    /// The finding, in a sentence without a full stop.
    pub(super) title: String,
    /// Measure, unit, scope.
    pub(super) subtitle: String,
    /// What to be careful about, after "Simulated.".
    pub(super) caveat: String,
    /// The same for those who do not see it: kind of chart, finding, some numbers, which uncertainty, which file.
    pub(super) description: String,
}

/// Whose numbers are shown, for the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// The scenario, or what is set beside what.
    pub(super) name: String,
    /// SHA-256 of the resolved scenarios, that of the base first.
    pub(super) sha256: Vec<String>,
    /// `seed 20260121`.
    pub(super) seed: String,
    /// `1,000 replications`.
    pub(super) runs: String,
    /// Whether a signal ended the runs early.
    pub(super) interrupted: bool,
    /// Printed word for word.
    pub(super) handling: Vec<String>,
    /// The same for programs.
    pub(super) provenance: String,
}

impl Identity {
    /// Of so many replications of a run.
    pub(super) fn of_run(run: &RunInfo, replications: usize) -> Self {
        Self {
            name: run.scenario.clone(),
            sha256: vec![run.sha256.clone()],
            seed: run.seed_in_words(),
            runs: counted(replications, "replication", "replications"),
            interrupted: run.interrupted,
            handling: vec![run.handling.clone()],
            provenance: provenance::of_run(run, replications),
        }
    }

    /// Of scenarios of a comparison, the base first.
    pub(super) fn of_sides(comparison: &Comparison, sides: &[&Side], pairs: usize) -> Self {
        let labels: Vec<&str> = sides[1..].iter().map(|side| side.label.as_str()).collect();
        Self {
            name: format!("{} against {}", labels.join(", "), comparison.base.label),
            sha256: sides.iter().map(|side| side.sha256.clone()).collect(),
            seed: comparison.base.seed_in_words(),
            runs: counted(pairs, "pair of replications", "pairs of replications"),
            interrupted: comparison.interrupted,
            handling: comparison.handling().into_iter().map(String::from).collect(),
            provenance: provenance::of_sides(sides, pairs),
        }
    }

    /// Of the scenario of an explanation.
    pub(super) fn of_side(side: &Side) -> Self {
        Self {
            name: side.name.clone(),
            sha256: vec![side.sha256.clone()],
            seed: side.seed_in_words(),
            runs: counted(side.replications, "replication", "replications"),
            interrupted: false,
            handling: vec![side.handling.clone()],
            provenance: provenance::of_sides(&[side], side.replications),
        }
    }

    /// `51fa…09b2, 7be1…c40d`; in brief the base alone and how many more.
    fn digests(&self, brief: bool) -> String {
        let short = |sha: &String| if sha.len() == 64 { format!("{}…{}", &sha[..4], &sha[60..]) } else { sha.clone() };
        let told: Vec<String> = self.sha256.iter().filter(|sha| !sha.is_empty()).cloned().collect();
        match told.as_slice() {
            [base, more @ ..] if brief && !more.is_empty() => format!("{} and {} more", short(base), more.len()),
            all => all.iter().map(short).collect::<Vec<_>>().join(", "),
        }
    }

    /// Digests, seed, runs and version in as much detail as leaves some room for the name.
    fn line(&self, size: f64, room: f64) -> String {
        let version = env!("CARGO_PKG_VERSION");
        // A page that may leave the house tells no digest: whoever guesses at a scenario could find a guess confirmed by it.
        let digests = |brief| {
            if self.sha256.iter().all(String::is_empty) { String::new() } else { format!("config sha256 {}  ·  ", self.digests(brief)) }
        };
        let line = |brief| format!("{}{}  ·  {}  ·  convoysim {version}", digests(brief), self.seed, self.runs);
        let whole = line(false);
        if font::width(&whole, size, false) <= room * 0.8 { whole } else { line(true) }
    }
}

/// A picture under way.
pub(super) struct Sheet {
    look: Look,
    words: Words,
    provenance: String,
    layers: Vec<String>,
    taken: Vec<Area>,
    plot: Area,
}

impl Sheet {
    /// A page about a run with its words, ready for the plot.
    pub(super) fn new(look: Look, run: &RunInfo, replications: usize, words: Words) -> Self {
        Self::of(look, &Identity::of_run(run, replications), words)
    }

    /// A page about anything.
    pub(super) fn of(look: Look, identity: &Identity, words: Words) -> Self {
        let page = look.page();
        let provenance = identity.provenance.clone();
        let mut sheet = Self { look, words, provenance, layers: Vec::new(), taken: Vec::new(), plot: sheet_area(look) };
        let bottom = sheet.footer(identity);
        let top = sheet.heading();
        sheet.plot = Area { left: page.margin, top, right: page.width - page.margin, bottom };
        sheet
    }

    /// What is left between heading and footer, margin to margin.
    pub(super) fn plot(&self) -> Area {
        self.plot
    }

    /// What is left of the column of key figures, and the column; no column where the format has none.
    pub(super) fn plot_and_column(&self) -> (Area, Option<Area>) {
        let page = self.look.page();
        if page.column == 0.0 {
            return (self.plot, None);
        }
        let edge = self.plot.right - page.column;
        (Area { right: edge - self.look.px(40.0), ..self.plot }, Some(Area { left: edge, ..self.plot }))
    }

    /// Draws a layer with a name.
    pub(super) fn layer(&mut self, name: &str, draw: impl FnOnce(&mut Pen<'_>)) {
        self.group(name, "", draw);
    }

    /// Draws a layer whose lines are dashed: lengths of dash and gap as on a slide.
    pub(super) fn dashed(&mut self, name: &str, [dash, gap]: [f64; 2], draw: impl FnOnce(&mut Pen<'_>)) {
        let fine = |length: f64| (self.look.px(length) * font::FINE).round().max(1.0);
        let dashes = format!(" stroke-dasharray=\"{},{}\"", fine(dash), fine(gap));
        self.group(name, &dashes, draw);
    }

    /// Draws a layer whose words have a halo of paper, for words upon data.
    pub(super) fn haloed(&mut self, name: &str, draw: impl FnOnce(&mut Pen<'_>)) {
        let width = (self.look.px(7.0) * font::FINE).round();
        let paper = self.look.palette().paper.code();
        self.group(name, &format!(" stroke=\"{paper}\" stroke-width=\"{width}\" paint-order=\"stroke\""), draw);
    }

    fn group(&mut self, name: &str, attributes: &str, draw: impl FnOnce(&mut Pen<'_>)) {
        let mut svg = String::new();
        let mut pen = Pen::new(&mut svg, self.look, &mut self.taken, sheet_area(self.look));
        draw(&mut pen);
        pen.lift();
        // The backend's own first and last line are the document's, not the layer's.
        let marks: Vec<&str> = svg.lines().filter(|line| !line.starts_with("<svg") && *line != "</svg>").collect();
        if !marks.is_empty() {
            self.layers.push(format!("<g id=\"{}-{name}\"{attributes}>\n{}\n</g>\n", self.words.id, tidied(&marks.join("\n"))));
        }
    }

    /// Title and subtitle; where the plot may begin.
    fn heading(&mut self) -> f64 {
        let (look, page, palette) = (self.look, self.look.page(), self.look.palette());
        let room = page.width - 2.0 * page.margin;
        let mut y = page.title;
        let title = two_lines(&self.words.title, look.type_size(Use::Title), true, room);
        let subtitle =
            if look.is_small() { Vec::new() } else { two_lines(&self.words.subtitle, look.type_size(Use::Subtitle), false, room) };
        self.layer("heading", |pen| {
            for line in &title {
                pen.text((page.margin, y), line, Type::new(Use::Title, palette.ink[0]).bold());
                y += look.type_size(Use::Title) * 1.22;
            }
            y += look.type_size(Use::Subtitle) * 1.4 - look.type_size(Use::Title) * 0.85;
            for line in &subtitle {
                pen.text((page.margin, y), line, Type::new(Use::Subtitle, palette.ink[1]));
                y += look.type_size(Use::Subtitle) * 1.25;
            }
        });
        y + look.px(24.0) - if subtitle.is_empty() { look.type_size(Use::Subtitle) * 0.9 } else { 0.0 }
    }

    /// Who this is of and what to be careful about; where the plot must end.
    fn footer(&mut self, of: &Identity) -> f64 {
        let (look, page, palette) = (self.look, self.look.page(), self.look.palette());
        let size = look.type_size(Use::Footer);
        let room = page.width - 2.0 * page.margin;
        let identity = of.line(size, room);
        let left = room - font::width(&format!("  ·  {identity}"), size, false);
        let mut lines = if left >= room * 0.08 {
            vec![format!("{}  ·  {identity}", font::fitted(&of.name, size, false, left))]
        } else {
            vec![font::fitted(&of.name, size, false, room), identity]
        };
        let mut caveat = format!("Simulated. {}", self.words.caveat);
        if of.interrupted {
            caveat.push_str(" The run was interrupted.");
        }
        lines.extend(font::lines(caveat.trim_end(), size, false, room));
        // Printed word for word, and never shortened: it gets as many lines as it needs.
        lines.extend(of.handling.iter().flat_map(|handling| font::lines(handling, size, false, room)));
        let rule = page.height - page.footer - (lines.len().saturating_sub(2)) as f64 * size * 1.35;
        self.layer("footer", |pen| {
            pen.line(&[(page.margin, rule), (page.width - page.margin, rule)], 1.5, palette.rule);
            for (i, line) in lines.iter().enumerate() {
                pen.text((page.margin, rule + size * (1.5 + 1.35 * i as f64)), line, Type::new(Use::Footer, palette.ink[2]));
            }
        });
        rule
    }

    /// The picture as SVG.
    pub(super) fn finish(self) -> String {
        let page = self.look.page();
        let Words { id, title, description, .. } = &self.words;
        let (wide, high) = (page.width * font::FINE, page.height * font::FINE);
        let unit = if self.look.size == super::look::Size::A4 { "pt" } else { "" };
        let theme = match self.look.theme {
            Theme::Dark => "dark",
            Theme::Light | Theme::Print => "light",
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}{unit}\" height=\"{}{unit}\" viewBox=\"0 0 {wide} {high}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{}, 'Segoe UI', Arial, sans-serif\" stroke-linejoin=\"round\" \
             style=\"color-scheme:{theme}\">\n",
            page.width,
            page.height,
            font::FAMILY
        );
        writeln!(svg, "<title id=\"{id}-title\">{}</title>", escaped(title)).expect("a String takes everything");
        writeln!(svg, "<desc id=\"{id}-desc\">{}</desc>", escaped(description)).expect("a String takes everything");
        writeln!(svg, "<metadata>{}</metadata>", escaped(&self.provenance)).expect("a String takes everything");
        let paper = self.look.palette().paper.code();
        writeln!(svg, "<rect width=\"{wide}\" height=\"{high}\" fill=\"{paper}\"/>").expect("a String takes everything");
        svg.extend(self.layers);
        svg.push_str("</svg>\n");
        svg
    }
}

fn sheet_area(look: Look) -> Area {
    let page = look.page();
    Area { left: page.margin, top: 0.0, right: page.width - page.margin, bottom: page.height }
}

/// What plotters writes, without what goes without saying and with sizes rounded to the tenth of a unit of the drawing.
fn tidied(marks: &str) -> String {
    let short = marks.replace(" opacity=\"1\"", "").replace(&format!(" font-family=\"{}\"", font::FAMILY), "");
    let short = short.replace(" \"/>", "\"/>").replace(" stroke=\"none\"", "").replace("\n</text>", "</text>");
    let size = " font-size=\"";
    let mut pieces = short.split(size);
    let mut tidied = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (number, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let rounded = number.parse::<f64>().map_or(0.0, |number| (number * 10.0).round() / 10.0);
        write!(tidied, "{size}{rounded}\"{rest}").expect("a String takes everything");
    }
    tidied
}

/// At most two lines of like length; what does not fit into the second is shortened.
fn two_lines(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = font::lines(text, size, bold, room);
    if lines.len() == 2 {
        let narrower = (1..10).map(|i| font::lines(text, size, bold, room * (1.0 - 0.05 * f64::from(i))));
        lines = narrower.take_while(|lines| lines.len() == 2).last().unwrap_or(lines);
    }
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(font::fitted(&rest, size, bold, room));
    }
    lines
}

/// Text as XML has it. Characters that XML cannot hold, or that would change how the text around them is read, are shown as escapes.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The text that [`escaped`] made.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
