//! What `compare` prints: a table for each variant, what changed, how sure it is, and a sentence.
//!
//! Eighty columns. A verdict never says more than its interval, and the sentence hides nothing that must not worsen.

mod answer;
mod notes;
mod table;

pub use answer::answer;

use notes::amount as amount_of;

use crate::report::style::Style;
use crate::report::words::{counted, plain, wrapped};
use crate::results::{Comparison, Contrast, ResponseInfo};
use std::fmt::Write as _;

/// Text under way, in paragraphs of at most 80 columns.
struct Page {
    text: String,
    style: Style,
}

impl Page {
    /// Adds a paragraph without a gap.
    fn say(&mut self, words: &str) {
        self.say_as(words, |line| line.to_owned());
    }

    fn say_as(&mut self, words: &str, look: impl Fn(&str) -> String) {
        for line in wrapped(words, 80) {
            writeln!(self.text, "{}", look(&line)).expect("a String takes everything");
        }
    }

    /// Adds what to look at.
    fn note(&mut self, words: &str) {
        for (i, line) in wrapped(words, 74).iter().enumerate() {
            let word = if i == 0 { self.style.caution("note") } else { "    ".into() };
            writeln!(self.text, "{word}  {line}").expect("a String takes everything");
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// The whole text; `wrote` says in a line what was written where, and may be empty.
#[must_use]
pub fn text(comparison: &Comparison, wrote: &str, style: Style) -> String {
    let mut page = Page { text: String::new(), style };
    let mut handling: Vec<&str> = Vec::new();
    for side in std::iter::once(&comparison.base).chain(comparison.contrasts.iter().map(|contrast| &contrast.variant)) {
        if !side.handling.is_empty() && !handling.contains(&side.handling.as_str()) {
            handling.push(&side.handling);
            page.say(&side.handling);
        }
    }
    for contrast in &comparison.contrasts {
        page.gap();
        page.say(&opening(comparison, contrast));
        page.gap();
        page.text.push_str(&table::table(comparison, contrast, style));
        page.gap();
        notes::notes(&mut page, comparison, contrast);
    }
    page.gap();
    identity(&mut page, comparison);
    page.say(wrote);
    page.gap();
    for sentence in answer::sentences(comparison) {
        page.say_as(&sentence, |line| style.strong(line));
    }
    style.finish(page.text)
}

/// What the table below is about.
fn opening(comparison: &Comparison, contrast: &Contrast) -> String {
    let numbers = if comparison.common { "same random numbers" } else { "each scenario with random numbers of its own (--no-crn)" };
    let together = format!("{}%", plain(comparison.level * 100.0));
    let sure = match comparison.statements {
        1 => format!("{together} interval"),
        n => format!("the intervals hold together with {together} (Bonferroni over {n})"),
    };
    let pairs = counted(contrast.pairs.len(), "pair", "pairs");
    format!("{pairs}, {numbers}. {} minus {}; {sure}.", contrast.variant.label, comparison.base.label)
}

fn identity(page: &mut Page, comparison: &Comparison) {
    let short = |sha: &str| if sha.len() == 64 { format!("{}..{}", &sha[..4], &sha[60..]) } else { sha.to_owned() };
    let variants: Vec<String> = comparison.contrasts.iter().map(|contrast| short(&contrast.variant.sha256)).collect();
    page.say(&format!(
        "Seed {}, scenario {} against {}, convoysim {}. Simulated.",
        comparison.seed,
        variants.join(", "),
        short(&comparison.base.sha256),
        env!("CARGO_PKG_VERSION")
    ));
}

/// A response in words, to stand in a sentence: `exposed person hours`, `longest queue at border`.
fn words(info: &ResponseInfo) -> String {
    if info.name == "days_to_completion" {
        return "days to complete".into();
    }
    match info.name.split_once('.') {
        Some((stem, of)) => format!("{} of {of}", stem.replace('_', " ")),
        None => info.name.replace('_', " "),
    }
}

/// Words at the start of a line.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Decimals that a half-width deserves: the first that shows it as 5 or more in the last place.
fn places(half_width: f64) -> usize {
    let (mut places, mut scaled) = (0, half_width);
    while scaled < 5.0 && places < 6 {
        places += 1;
        scaled *= 10.0;
    }
    if half_width == 0.0 { 2 } else { places }
}
