//! Every input with its value, range and source; what has no source is marked as judgement.

use super::markup::Html;
use crate::report::words::{counted, grouped};
use crate::results::{InputRow, Output};

/// Words of the columns.
const HEADS: [&str; 5] = ["Input", "Value", "Range", "Source or note", "Rests on"];

pub(super) fn write(html: &mut Html, output: &Output) {
    let inputs = &output.setting.inputs;
    html.section("assumptions", "Assumptions", |html| {
        let judged = inputs.iter().filter(|input| input.source.is_none()).count();
        let text = format!(
            "{}; {} on judgement: no source is given for them. Ranges say how far a value may reasonably lie.",
            counted(inputs.len(), "input", "inputs"),
            if judged == 1 { "1 of them rests".into() } else { format!("{} of them rest", grouped(judged)) },
        );
        html.line("p", &[], &text);
        html.block("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Every input")], |html| {
            html.block("table", &[("class", "inputs sortable")], |html| {
                html.line("caption", &[], "Every input of the scenario, in file order (inputs.csv)");
                html.block("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        HEADS.iter().for_each(|head| html.element("th", &[("scope", "col")], |html| html.text(head)));
                    });
                });
                html.block("tbody", &[], |html| inputs.iter().for_each(|input| row(html, input)));
            });
        });
    });
}

fn row(html: &mut Html, input: &InputRow) {
    let cell = |html: &mut Html, text: &str| html.element("td", &[], |html| html.element("bdi", &[], |html| html.text(text)));
    html.block("tr", &[], |html| {
        html.element("th", &[("scope", "row")], |html| html.element("bdi", &[], |html| html.text(&input.path)));
        html.element("td", &[], |html| html.element("code", &[], |html| html.text(&input.value)));
        cell(html, input.range.as_deref().unwrap_or_default());
        cell(html, &[input.source.as_deref(), input.note.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; "));
        html.element("td", &[], |html| match (&input.source, input.place.as_str()) {
            (Some(_), _) => html.text("source"),
            (None, "default") => html.element("span", &[("class", "badge default")], |html| html.text("default")),
            (None, _) => html.element("span", &[("class", "badge")], |html| html.text("judgement")),
        });
    });
}
