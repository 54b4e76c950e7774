//! What a scenario would be known by: names, single words of them, counts of people, digests, its position.

use super::super::{Compared, Subject};
use super::fold::{apart, folded, words};
use super::{Leak, OWN};
use crate::results::TextEntry;
use std::collections::BTreeSet;

/// Keys of a scenario whose texts name something.
const NAMING: [&str; 6] = ["id", "label", "leg", "name", "file", "crossing"];
/// Keys whose texts are prose.
const PROSE: [&str; 4] = ["question", "source", "note", "reason"];
/// Keys that count people or places for them.
const COUNTING: [&str; 4] = ["detainees", "people", "beds", "holding"];
/// Keys that name classes of people, as texts.
const CLASSES: [&str; 2] = ["accepts", "classes"];
/// Fewest people whose number is telling: smaller numbers stand everywhere.
const FEWEST: u64 = 20;
/// Words of every day and of handling lines: they tell nothing, whatever is called so.
const COMMON: &str = include_str!("../../../../assets/briefing/common-words.txt");

/// What must not be in the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling {
    /// Names of several words, or of one, folded; each with what kind of thing it is.
    pub(super) names: BTreeSet<(String, &'static str)>,
    /// Single words out of names, folded.
    pub(super) words: BTreeSet<(String, &'static str)>,
    /// Numbers of people: of a site, of a class, of all; and the seed.
    pub(super) counts: BTreeSet<(u64, &'static str)>,
    /// Digests of the scenario, its texts and its files, 64 hexadecimal digits each.
    pub(super) digests: BTreeSet<String>,
    /// Latitude and longitude.
    pub(super) position: Vec<f64>,
    /// The year in which the operation begins.
    pub(super) year: i32,
    /// Texts that the page prints word for word.
    pub(super) verbatim: Vec<(&'static str, String)>,
    /// Words that tell nothing, folded.
    pub(super) own: BTreeSet<String>,
}

impl Telling {
    /// Of the scenarios of a page; `blank` is a page of no scenario, whose words tell nothing.
    ///
    /// # Errors
    ///
    /// If the scenario that a folder holds cannot be read, so that nobody knows what to look for.
    pub(super) fn of(subjects: &[Subject<'_>], compared: &[Compared<'_>], blank: &str) -> Result<Self, Leak> {
        let blank = folded(blank);
        let own = words(OWN).chain(words(COMMON)).chain(words(&blank)).map(String::from).collect();
        let mut telling = Self { own, year: 2000, ..Self::default() };
        for one in compared.iter().flat_map(|one| &one.manifest.scenarios) {
            telling.name(&one.label, "the name of a scenario");
            telling.prose(&[&one.scenario], "the name of a scenario");
            telling.written(&one.texts, &one.resolved)?;
        }
        for Compared { comparison, manifest } in compared {
            for side in comparison.sides() {
                telling.verbatim.push(("the handling line", side.handling.clone()));
                telling.digests.insert(side.sha256.clone());
                telling.counts.extend(side.seed.map(|seed| (seed, "the seed")));
            }
            telling.counts.insert((manifest.seed, "the seed"));
        }
        for Subject { manifest, output } in subjects {
            telling.prose(&[&output.info.scenario], "the name of a scenario");
            telling.written(&manifest.texts, &manifest.resolved)?;
            for (text, what) in output.nodes.iter().flat_map(|node| [(&node.id, "an id"), (&node.label, "a label")]) {
                telling.name(text, what);
            }
            output.setting.routes.iter().for_each(|route| telling.name(&route.id, "an id"));
            telling.verbatim.push(("the handling line", output.info.handling.clone()));
            if manifest.version != env!("CARGO_PKG_VERSION") {
                telling.verbatim.push(("the version in manifest.json", manifest.version.clone()));
            }
            let conditions = output.info.until.iter().flat_map(|until| &until.conditions);
            telling.verbatim.extend(conditions.map(|one| ("a condition of --until", one.text.clone())));
            telling.digests.insert(output.info.sha256.clone());
            telling.digests.extend(manifest.files.iter().map(|file| file.sha256.clone()));
            telling.counts.extend([(manifest.seed, "the seed"), (output.info.seed, "the seed")]);
            let public = output.setting.observed.iter().map(|row| row.value).filter(|value| *value >= 0.0);
            telling.counts.extend(public.map(|value| (value.round() as u64, "a public count")));
            telling.year = output.info.clock.date.map_or(telling.year, |(year, ..)| year);
        }
        telling.digests.retain(|digest| digest.len() == 64 && digest.bytes().any(|byte| byte != b'0'));
        telling.counts.retain(|(count, _)| *count >= FEWEST);
        telling.verbatim.sort();
        telling.verbatim.dedup();
        Ok(telling)
    }

    /// Texts that a scenario was read from, with their names, and what it says.
    fn written(&mut self, texts: &[TextEntry], resolved: &str) -> Result<(), Leak> {
        let mut comments = Vec::new();
        for text in texts {
            self.name(&text.name, "the name of a file");
            self.digests.insert(text.sha256.clone());
            comments.extend(text.text.lines().filter_map(|line| line.split_once('#')).map(|(_, comment)| comment));
        }
        self.digests.insert(crate::results::digest::sha256_hex(resolved.as_bytes()));
        let scenario = resolved.parse::<toml::Table>().map_err(|error| Leak::unknown(error.message()))?;
        let scenario = toml::Value::Table(scenario);
        let mut prose = Vec::new();
        self.collect(&scenario, &mut prose);
        prose.extend(comments);
        self.prose(&prose, "a word of a source or note");
        self.people(&scenario);
        for key in ["latitude", "longitude"] {
            let value = scenario.get("light").and_then(|light| light.get("sun")).and_then(|sun| sun.get(key));
            self.position.extend(value.and_then(|value| value.as_float().or(value.as_integer().map(|whole| whole as f64))));
        }
        Ok(())
    }

    /// Texts below keys that name something, and prose.
    fn collect<'v>(&mut self, value: &'v toml::Value, prose: &mut Vec<&'v str>) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    match value {
                        toml::Value::String(text) if key == "name" => prose.push(text),
                        toml::Value::String(text) if NAMING.contains(&key.as_str()) => self.name(text, kind(key)),
                        toml::Value::String(text) if PROSE.contains(&key.as_str()) => prose.push(text),
                        toml::Value::Array(classes) if CLASSES.contains(&key.as_str()) => {
                            classes.iter().filter_map(toml::Value::as_str).for_each(|class| self.name(class, "the name of a class"));
                        }
                        other => self.collect(other, prose),
                    }
                }
            }
            toml::Value::Array(values) => values.iter().for_each(|value| self.collect(value, prose)),
            _ => {}
        }
    }

    /// Counts of people: of each place, of each class, of all; and the names of classes.
    fn people(&mut self, scenario: &toml::Value) {
        let mut totals: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        for table in ["site", "hub", "facility"] {
            let entries = scenario.get(table).and_then(toml::Value::as_array).into_iter().flatten();
            for (key, value) in entries.filter_map(toml::Value::as_table).flatten().filter(|(key, _)| COUNTING.contains(&key.as_str())) {
                let is_people = ["detainees", "people"].contains(&key.as_str());
                let mut here = 0;
                for (class, count) in counts(value) {
                    self.counts.insert((count, "a number of people"));
                    if let Some(class) = class.filter(|_| is_people) {
                        self.name(class, "the name of a class");
                        *totals.entry(class.to_owned()).or_default() += count;
                    }
                    here += count;
                }
                if is_people {
                    self.counts.insert((here, "a number of people"));
                    *totals.entry(String::new()).or_default() += here;
                }
            }
        }
        self.counts.extend(totals.into_values().map(|count| (count, "a number of people")));
    }

    /// A name: found as a whole, as one word, and by each word of it that says something.
    fn name(&mut self, name: &str, what: &'static str) {
        let all: Vec<String> = words(&folded(name)).map(String::from).collect();
        let says = |word: &String| !self.own.contains(word) && word.parse::<u32>().is_err() && word.chars().count() > 1;
        if name.chars().count() < 2 || !all.iter().any(says) {
            return;
        }
        self.names.insert((all.join(" "), what));
        self.words.insert((all.concat(), what));
        let parts: Vec<String> = words(&folded(&apart(name))).map(String::from).collect();
        let long = |word: &&String| word.chars().count() > 2 && says(word);
        let telling: Vec<String> = all.iter().chain(&parts).filter(long).filter(|word| *word != "toml").cloned().collect();
        self.words.extend(telling.into_iter().map(|word| (word, what)));
    }

    /// Prose: known by its whole, and by the proper names in it, which are words with a capital that the same texts nowhere write small.
    fn prose(&mut self, texts: &[&str], what: &'static str) {
        let small: BTreeSet<String> =
            texts.iter().flat_map(|text| plain_words(text)).filter(|word| word.chars().all(char::is_lowercase)).map(folded_owned).collect();
        for text in texts {
            let whole = folded(text);
            if words(&whole).count() > 2 && words(&whole).any(|word| !self.own.contains(word)) {
                self.names.insert((words(&whole).collect::<Vec<_>>().join(" "), "a text of the scenario"));
            }
            for word in plain_words(text) {
                let proper = word.starts_with(char::is_uppercase) || !word.is_ascii() && !word.starts_with(char::is_lowercase);
                let folded = folded(word);
                let says =
                    folded.chars().count() > 2 && folded.parse::<u32>().is_err() && !self.own.contains(&folded) && !small.contains(&folded);
                if proper && says {
                    self.words.insert((folded, what));
                }
            }
        }
    }
}

fn folded_owned(word: &str) -> String {
    folded(word)
}

/// The words of a text as they are written.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What kind of thing a key names.
fn kind(key: &str) -> &'static str {
    match key {
        "label" => "a label",
        "leg" => "the name of a leg",
        "file" => "the name of a file",
        _ => "an id",
    }
}

/// Numbers in a value, with the class that each is of.
fn counts(value: &toml::Value) -> Vec<(Option<&str>, u64)> {
    match value {
        toml::Value::Integer(count) => u64::try_from(*count).into_iter().map(|count| (None, count)).collect(),
        toml::Value::Table(table) => {
            const NO_CLASS: [&str; 4] = ["value", "start", "up_to", "people"];
            const ASIDE: [&str; 5] = ["range", "note", "source", "from", "per_day"];
            let inside = |(key, value): (&'_ String, &'_ toml::Value)| -> Vec<(bool, u64)> {
                counts(value).into_iter().map(|(_, count)| (NO_CLASS.contains(&key.as_str()), count)).collect()
            };
            let keys = table.iter().filter(|(key, _)| !ASIDE.contains(&key.as_str()));
            keys.flat_map(|(key, value)| {
                inside((key, value)).into_iter().map(move |(none, count)| ((!none).then_some(key.as_str()), count))
            })
            .collect()
        }
        _ => Vec::new(),
    }
}
