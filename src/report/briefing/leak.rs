//! Reads a finished page for what must not be in it: names, dates, sources and paths of the scenario.
//!
//! The whole text is read, attributes and metadata included, but for the program's own style sheet and script. A name is found where it
//! stands as a word or as words, in any case of letters. What says nothing about a scenario is no leak: words that the program itself
//! uses for every scenario, such as *hub* or *border*, and names of a single letter.

use super::Subject;
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
/// Words that the program uses whatever the scenario is.
const OWN: &str = "a accepted air aircraft airfield and at bays beds border boarding bus buses by convoy convoys cover covered crossing day days \
    departure escort escorts exposed facility fleet flight flights for forming from gate halt handover headway highway holding hub in intake \
    inside judgement land lane lanes leg median movement movements night of on one operation other parking people place places queue \
    reception resource road route run runs scenario service site sites source start the to transfer vehicle vehicles weather window \
    windows without yard";

/// What the scenarios of a page would be known by.
pub(super) fn telling(subjects: &[Subject<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for Subject { manifest, output } in subjects {
        found.insert(output.info.scenario.clone());
        for text in &manifest.texts {
            found.insert(text.name.clone());
            found.extend(words(&text.name).filter(|word| word.len() > 3 && word != "toml"));
        }
        if let Ok(scenario) = manifest.resolved.parse::<toml::Table>() {
            collect(&toml::Value::Table(scenario), &mut found);
        }
        let nodes = output.nodes.iter().flat_map(|node| [&node.id, &node.label]);
        found.extend(nodes.chain(output.setting.routes.iter().map(|route| &route.id)).cloned());
    }
    let own: BTreeSet<&str> = OWN.split_whitespace().collect();
    let tells =
        |name: &String| name.chars().count() > 1 && words(name).any(|word| !own.contains(word.as_str()) && word.parse::<u32>().is_err());
    found.into_iter().filter(tells).collect()
}

/// Texts below keys that name something, and prose long enough to be known again.
fn collect(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value {
                    toml::Value::String(text)
                        if NAMING.contains(&key.as_str()) || PROSE.contains(&key.as_str()) && words(text).count() > 2 =>
                    {
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

/// Where a date stands: year, month and day as numbers, in one or in three, or a day, a month's name and a year.
fn date(read: &str) -> Option<(usize, usize)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = |word: &str, digits: usize| word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit());
    // A time may follow the day without a space: 2026-01-21T12:00.
    let day = |word: &str| number(word.split('t').next().unwrap_or(word), 2);
    let year = |word: &str| number(word, 4) && (word.starts_with("19") || word.starts_with("20"));
    let month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let words: Vec<(usize, &str)> = read
        .split(' ')
        .scan(0, |at, word| {
            let here = *at;
            *at += word.len() + 1;
            Some((here, word))
        })
        .collect();
    let in_one = |word: &str| {
        number(word, 8)
            && year(&word[..4])
            && (1..=12).contains(&word[4..6].parse().unwrap_or(0))
            && (1..=31).contains(&word[6..].parse().unwrap_or(0))
    };
    if let Some((at, word)) = words.iter().find(|(_, word)| in_one(word)) {
        return Some((*at, word.len()));
    }
    words.windows(3).find_map(|three| {
        let [(at, a), (_, b), (_, c)] = three else { return None };
        let is_date = year(a) && number(b, 2) && day(c) || month(b) && year(c) && a.bytes().all(|byte| byte.is_ascii_digit());
        is_date.then(|| (*at, a.len() + b.len() + c.len() + 2))
    })
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
        assert_eq!(found("since 2026-01-21T12:00:00", &[]), Some("2026 01 21t12".into()));
        assert_eq!(found("(4 Feb 2026)", &[]), Some("4 feb 2026".into()));
        assert_eq!(found("seed 20260121", &[]), Some("20260121".into()));
        assert_eq!(found("src=\"/home/x\"", &[]), Some("/home/".into()));
        assert_eq!(found("seed 20269921, 4 of 12 runs, 1920-10", &[]), None);
    }
}
