//! Reads a finished page for what must not be in it: names, dates, sources and paths of the scenario.
//!
//! The whole text is read, attributes and metadata included, but for the program's own style sheet and script. A name is found where it
//! stands as a word or as words, in any case of letters. What says nothing about a scenario is no leak: words that the program itself
//! uses, such as *hub* or *border*, and names of a single letter.

use super::{Compared, Subject};
use crate::results::TextEntry;
use std::collections::BTreeSet;

/// Something that must not be in a page that is released.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page would give away {what}: `{found}`, as in `{around}`")]
pub struct Leak {
    /// What kind of thing it is.
    what: &'static str,
    /// The thing itself.
    found: String,
    /// What stands around it.
    around: String,
}

/// Keys of a scenario whose texts name something.
const NAMING: [&str; 5] = ["id", "label", "leg", "name", "file"];
/// Keys whose texts are prose.
const PROSE: [&str; 3] = ["question", "source", "note"];
/// Words that the program uses of some scenarios; those that it uses of all of them stand in a blank page.
const OWN: &str = "a accepted air aircraft airfield and at base bays beds border boarding bus buses by convoy convoys cover covered crossing day days \
    deadline departure escort escorts exposed facility fleet flight flights for forming from gate halt handover headway highway holding hub in intake \
    inside judgement land lane lanes leg median movement movements night of on one operation other parking people place places queue \
    reception resource road route run runs scenario service site sites source start the to transfer variant variants vehicle vehicles weather window \
    windows without yard";

/// What the scenarios of a page would be known by; `blank` is a page of no scenario, whose words tell nothing.
///
/// # Errors
///
/// If the scenario that a folder holds cannot be read, so that nobody knows what to look for.
pub(super) fn telling(subjects: &[Subject<'_>], compared: &[Compared<'_>], blank: &str) -> Result<BTreeSet<String>, Leak> {
    let mut found = BTreeSet::new();
    for one in compared.iter().flat_map(|one| &one.manifest.scenarios) {
        found.extend([one.label.clone(), one.scenario.clone()]);
        written(&one.texts, &one.resolved, &mut found)?;
    }
    for Subject { manifest, output } in subjects {
        found.insert(output.info.scenario.clone());
        written(&manifest.texts, &manifest.resolved, &mut found)?;
        let nodes = output.nodes.iter().flat_map(|node| [&node.id, &node.label]);
        found.extend(nodes.chain(output.setting.routes.iter().map(|route| &route.id)).cloned());
    }
    let own: BTreeSet<String> = words(OWN).chain(words(blank)).collect();
    let tells = |name: &String| name.chars().count() > 1 && words(name).any(|word| !own.contains(&word) && word.parse::<u32>().is_err());
    Ok(found.into_iter().filter(tells).collect())
}

/// Names of the texts that a scenario was read from, and what it names itself.
fn written(texts: &[TextEntry], resolved: &str, found: &mut BTreeSet<String>) -> Result<(), Leak> {
    for text in texts {
        found.insert(text.name.clone());
        found.extend(words(&text.name).filter(|word| word.len() > 3 && word != "toml"));
    }
    let scenario = resolved.parse::<toml::Table>().map_err(|error| Leak {
        what: "what nobody can tell, since its scenario cannot be read",
        found: error.message().into(),
        around: "manifest.json".into(),
    })?;
    collect(&toml::Value::Table(scenario), found);
    Ok(())
}

/// Texts below keys that name something, and prose long enough to be known again.
fn collect(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value {
                    toml::Value::String(text) if NAMING.contains(&key.as_str()) => {
                        found.insert(text.clone());
                    }
                    toml::Value::String(text) if PROSE.contains(&key.as_str()) && words(text).count() > 2 => {
                        found.insert(text.clone());
                    }
                    other => collect(other, found),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Looks for names, dates and paths.
pub(super) fn look(text: &str, telling: &BTreeSet<String>) -> Result<(), Leak> {
    // Words with one space between, so that what stands around them does not matter.
    let read: Vec<String> = words(text).collect();
    let read = format!(" {} ", read.join(" "));
    for name in telling {
        let wanted = format!(" {} ", words(name).collect::<Vec<_>>().join(" "));
        if let Some(at) = read.find(&wanted) {
            return Err(Leak { what: "a name of the scenario", found: name.clone(), around: around(&read, at, wanted.len()) });
        }
    }
    if let Some(at) = iso_date(text) {
        return Err(Leak { what: "a date", found: text[at..at + 10].into(), around: around(text, at, 10) });
    }
    if let Some((at, length)) = date(&read) {
        return Err(Leak { what: "a date", found: read[at..at + length].trim().into(), around: around(&read, at, length) });
    }
    for path in ["file://", "/home/", "/Users/", "/tmp/", "C:\\", ".toml"] {
        if let Some(at) = text.find(path) {
            return Err(Leak { what: "a path", found: path.into(), around: around(text, at, path.len()) });
        }
    }
    Ok(())
}

/// Where a date stands as in `2026-01-21`.
fn iso_date(text: &str) -> Option<usize> {
    let is_date = |ten: &[u8]| (0..10).all(|i| if i == 4 || i == 7 { ten[i] == b'-' } else { ten[i].is_ascii_digit() });
    text.as_bytes().windows(10).position(is_date)
}

/// Where a date stands in other dress: year, month and day in one number, or a day, a month's name and a year.
fn date(read: &str) -> Option<(usize, usize)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = |word: &str, digits: usize| word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = |word: &str| number(word, 4) && (word.starts_with("19") || word.starts_with("20"));
    let within = |digits: &str, most: u32| digits.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
    let in_one = |word: &str| number(word, 8) && year(&word[..4]) && within(&word[4..6], 12) && within(&word[6..], 31);
    let month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let mut at = 0;
    let mut before = ["", ""];
    for word in read.split(' ') {
        if in_one(word) {
            return Some((at, word.len()));
        }
        if year(word) && month(before[1]) && within(before[0], 31) {
            let length = before[0].len() + before[1].len() + 2;
            return Some((at - length, length + word.len()));
        }
        before = [before[1], word];
        at += word.len() + 1;
    }
    None
}

/// A few letters on both sides.
fn around(text: &str, at: usize, length: usize) -> String {
    let from = (0..=at.saturating_sub(30)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let to = (at + length + 30..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    text[from..to].trim().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, names: &[&str]) -> Option<String> {
        let telling = names.iter().map(|name| (*name).to_owned()).collect();
        look(text, &telling).err().map(|leak| leak.found)
    }

    #[test]
    fn names_are_found_as_words_in_any_dress() {
        assert_eq!(found("<b id=\"site-large-1\">", &["site-large"]), Some("site-large".into()));
        assert_eq!(found("the LARGE\n Site", &["Large site"]), Some("Large site".into()));
        assert_eq!(found("at least", &["east"]), None);
        assert_eq!(found("{\"from\":\"wadi-7\"}", &["wadi-7"]), Some("wadi-7".into()));
    }

    #[test]
    fn dates_and_paths_are_found() {
        assert_eq!(found("since 2026-01-21T12:00:00", &[]), Some("2026-01-21".into()));
        assert_eq!(found("(4 Feb 2026)", &[]), Some("4 feb 2026".into()));
        assert_eq!(found("seed 20260121", &[]), Some("20260121".into()));
        assert_eq!(found("src=\"/home/x\"", &[]), Some("/home/".into()));
        assert_eq!(found("seed 20269921, 4 of 12 runs, [4680,2020,60,40], 2020 06 04", &[]), None);
    }
}
