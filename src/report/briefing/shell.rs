//! The document around the sections: policy, style, fonts, navigation, foot, script.

use super::markup::Html;
use crate::report::chart::{MORE, REGULAR, SEMI_BOLD};
use crate::report::provenance;
use crate::report::words::counted;
use crate::results::Output;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../../../assets/briefing/briefing.css");
/// One script, since one digest lets one script run.
const SCRIPT: &str = concat!(include_str!("../../../assets/briefing/briefing.js"), include_str!("../../../assets/briefing/replay.js"));

/// Words of the navigation by section.
const NAMES: [(&str, &str); 10] = [
    ("findings", "Findings"),
    ("completion", "Completion"),
    ("replay", "Replay"),
    ("exposure", "Exposure"),
    ("limits", "Limits"),
    ("compare", "Compare"),
    ("trust", "Trust"),
    ("assumptions", "Assumptions"),
    ("data", "Data"),
    ("glossary", "Glossary"),
];

/// The whole document around the sections present.
pub(super) fn around(output: &Output, present: &[&str], main: &str) -> String {
    let info = &output.info;
    let mut html = Html::default();
    html.block("html", &[("lang", "en-GB")], |html| {
        html.block("head", &[], |html| {
            html.element("meta", &[("charset", "utf-8")], |_| {});
            html.element("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())], |_| {});
            html.element("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")], |_| {});
            html.element("meta", &[("name", "referrer"), ("content", "no-referrer")], |_| {});
            html.element("meta", &[("name", "color-scheme"), ("content", "light dark")], |_| {});
            let provenance = provenance::of_run(info, output.table.records.len());
            html.element("meta", &[("name", provenance::KEYWORD), ("content", &provenance)], |_| {});
            html.line("title", &[], &format!("{}: convoy movement briefing", info.scenario));
            html.verbatim("style", &[], &format!("{}{}{STYLE}", fonts(), more_fonts(&[&info.scenario, &info.handling, main])));
        });
        html.block("body", &[], |html| {
            html.line("a", &[("class", "skip"), ("href", "#findings")], "Skip to the findings");
            html.block("header", &[("class", "bar")], |html| {
                html.line("span", &[("class", "brand")], "Convoy movement briefing");
                html.block("nav", &[("aria-label", "Sections")], |html| {
                    for (id, name) in NAMES.iter().filter(|(id, _)| present.contains(id)) {
                        let target = format!("#{id}");
                        html.line("a", &[("href", &target)], name);
                    }
                });
                html.line("button", &[("type", "button"), ("id", "theme"), ("hidden", "")], "Dark");
            });
            html.block("main", &[], |html| {
                html.block("div", &[("class", "lead")], |html| {
                    let handling = if info.handling.is_empty() { "No handling line given." } else { &info.handling };
                    html.block("p", &[("class", "handling")], |html| {
                        html.element("strong", &[], |html| html.text("Simulated."));
                        html.text(" ");
                        html.text(handling);
                    });
                    html.line("h1", &[], &info.scenario);
                });
                html.picture(main);
            });
            html.block("footer", &[], |html| {
                html.line("p", &[], &identity(output));
                html.line("p", &[], &format!("Simulated. {}", info.handling));
                html.line("p", &[], "One file: it works offline and asks nothing of any network. Schematic, never geographic; not a forecast, not a schedule.");
            });
            html.verbatim("script", &[], SCRIPT);
        });
    });
    format!("<!DOCTYPE html>\n{}", html.finish())
}

/// A page without what is the same in every page: style, fonts and script.
pub(super) fn without_own(page: &str) -> String {
    let page = (0..MORE.len()).fold(page.replace(&fonts(), ""), |page, nth| page.replace(&more_font(nth), ""));
    page.replace(STYLE, "").replace(SCRIPT, "")
}

/// Nothing is loaded from anywhere; of scripts, the one of this page runs.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

/// The two faces of the charts, inside the style sheet.
fn fonts() -> String {
    let face = |weight: u32, bytes: &[u8]| {
        let data = STANDARD.encode(bytes);
        format!("@font-face{{font-family:Inter;font-weight:{weight};font-display:block;src:url(data:font/ttf;base64,{data})}}\n")
    };
    face(400, REGULAR) + &face(600, SEMI_BOLD)
}

/// Faces for other scripts, those whose letters stand in these texts.
fn more_fonts(texts: &[&str]) -> String {
    let begins = |nth: usize| u32::from_str_radix(MORE[nth].1[2..].split('-').next().unwrap_or_default(), 16).unwrap_or(u32::MAX);
    let ends = |nth: usize| u32::from_str_radix(MORE[nth].1.rsplit('-').next().unwrap_or_default(), 16).unwrap_or(0);
    let wanted = |nth: &usize| texts.iter().any(|text| text.chars().any(|letter| (begins(*nth)..=ends(*nth)).contains(&u32::from(letter))));
    (0..MORE.len()).filter(wanted).map(more_font).collect()
}

/// One of them inside the style sheet, for the letters that the main faces lack.
fn more_font(nth: usize) -> String {
    let (weight, range, bytes) = MORE[nth];
    let data = STANDARD.encode(bytes);
    format!(
        "@font-face{{font-family:Inter;font-weight:{weight};font-display:block;unicode-range:{range};src:url(data:font/ttf;base64,{data})}}\n"
    )
}

/// Which run this is.
fn identity(output: &Output) -> String {
    let info = &output.info;
    let digest = if info.sha256.is_empty() { String::new() } else { format!(" · config sha256 {}", info.sha256) };
    format!(
        "{}{digest} · {} · {} · convoysim {}",
        info.scenario,
        info.seed_in_words(),
        counted(output.table.records.len(), "replication", "replications"),
        env!("CARGO_PKG_VERSION")
    )
}
