//! What `compare` prints: a table for each variant, what changed, how sure it is, and a sentence.
//!
//! Eighty columns. A verdict never says more than its interval, and the sentence hides nothing that must not worsen.

mod answer;
mod notes;
mod table;
#[cfg(test)]
mod tests;

pub use answer::answer;

use crate::report::style::Style;
use crate::report::terminal::paragraphs::Paragraphs;
use crate::report::words::{counted, plain};
use crate::results::{Comparison, Contrast};

/// The whole text; `wrote` says in a line what was written where, and may be empty.
#[must_use]
pub fn text(comparison: &Comparison, wrote: &str, style: Style) -> String {
    let mut page = Paragraphs { text: String::new(), style };
    for line in comparison.handling() {
        page.say(line);
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

fn identity(page: &mut Paragraphs, comparison: &Comparison) {
    let short = |sha: &str| if sha.len() == 64 { format!("{}..{}", &sha[..4], &sha[60..]) } else { sha.to_owned() };
    let variants: Vec<String> = comparison.contrasts.iter().map(|contrast| short(&contrast.variant.sha256)).collect();
    page.say(&format!(
        "Seed {}, scenario {} against {}, convoysim {}. Simulated.",
        comparison.base.seed.map_or_else(|| "not told".into(), |seed| seed.to_string()),
        variants.join(", "),
        short(&comparison.base.sha256),
        env!("CARGO_PKG_VERSION")
    ));
}
