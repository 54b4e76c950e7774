//! Reads a finished page for what must not be in it: names, dates, positions, exact numbers of people, digests, sources and paths of the scenario.
//!
//! The whole page is read: texts, attributes, comments, data and what is encoded in them, but for the program's own style sheet and script.
//! Names are found as words in any dress (`fold`). What the page prints word for word, above all the handling line, was written by a person
//! and is read strictly: any date or position in any notation, any exact number of people, any single word of a name. The rest was written
//! by the program, whose own numbers may look like such things; there only what leaves no doubt is a leak. What says nothing about a
//! scenario is none: words that the program itself uses, such as *hub* or *border*, and words of every day.
//!
//! * `telling`: what the scenario would be known by · `pieces`: the page in pieces
//! * `fold`, `stems`, `dates`, `calendars`, `places`, `zones`, `numbers`: how it may be written

mod calendars;
mod dates;
mod fold;
mod numbers;
mod pieces;
mod places;
mod stems;
mod telling;
#[cfg(test)]
mod tests;
mod zones;

use super::{Compared, Subject};
use fold::{apart, folded, words};
use pieces::pieces;
use std::collections::BTreeSet;
use std::fmt;
use stems::singular;
use telling::Telling;

/// What must not be in a page that is released: what it is, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak(Vec<Found>);

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// What kind of thing it is.
    what: &'static str,
    /// The thing itself.
    found: String,
    /// In which part of the page.
    place: String,
    /// What stands around it.
    around: String,
}

/// Most parts that a name is written in.
const MOST_PARTS: usize = 4;

/// Most things that are told.
const MOST: usize = 12;

impl Leak {
    /// A scenario that cannot be read.
    fn unknown(why: &str) -> Self {
        let what = "what nobody can tell, since its scenario cannot be read";
        Self(vec![Found { what, found: why.into(), place: "manifest.json".into(), around: String::new() }])
    }
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the page would give away ")?;
        for (i, Found { what, found, place, around }) in self.0.iter().take(MOST).enumerate() {
            let and = if i > 0 { "; and " } else { "" };
            write!(f, "{and}{what} in {place}: `{found}`")?;
            if !around.is_empty() && around != found {
                write!(f, ", as in `{around}`")?;
            }
        }
        match self.0.len().saturating_sub(MOST) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Leak {}

/// Words that the program uses of some scenarios; those that it uses of all of them stand in a blank page.
const OWN: &str = include_str!("../../../../assets/briefing/own-words.txt");

/// What the scenarios of a page would be known by.
pub(super) struct Guard(Telling);

impl Guard {
    /// Of the scenarios of a page; `blank` is a page of no scenario, whose words tell nothing.
    ///
    /// # Errors
    ///
    /// If the scenario that a folder holds cannot be read, so that nobody knows what to look for.
    pub(super) fn of(subjects: &[Subject<'_>], compared: &[Compared<'_>], blank: &str) -> Result<Self, Leak> {
        Telling::of(subjects, compared, blank).map(Self)
    }

    /// Reads what the page will print word for word, before it is made.
    ///
    /// # Errors
    ///
    /// What was found, and where.
    pub(super) fn look_at_verbatim(&self) -> Result<(), Leak> {
        let mut found = BTreeSet::new();
        for (place, text) in &self.0.verbatim {
            strictly(text, place, &self.0, &mut found);
            for piece in pieces(text).into_iter().filter(|piece| piece.text != *text) {
                strictly(&piece.text, &format!("an encoded text in {place}"), &self.0, &mut found);
            }
        }
        told(found)
    }

    /// Reads the finished page.
    ///
    /// # Errors
    ///
    /// What was found, and where.
    pub(super) fn look_at_page(&self, page: &str) -> Result<(), Leak> {
        let mut found = BTreeSet::new();
        in_page(page, &self.0, &mut found);
        told(found)
    }
}

fn told(found: BTreeSet<Found>) -> Result<(), Leak> {
    if found.is_empty() { Ok(()) } else { Err(Leak(found.into_iter().collect())) }
}

/// Looks through what a person wrote.
fn strictly(text: &str, place: &str, telling: &Telling, found: &mut BTreeSet<Found>) {
    let flat = folded(text);
    let mut note = |what: &'static str, thing: &str| {
        let thing = thing.trim().to_owned();
        found.insert(Found { what, around: around(&flat, &thing), found: thing, place: place.into() });
    };
    if let Some(date) = dates::likely(text, &flat, telling.year) {
        note("a date", &date);
    }
    if let Some(position) = places::likely(&flat, &telling.position) {
        note("a place", position);
    }
    if let Some(position) = places::in_letters(text, &flat) {
        note("a place", &position);
    }
    if let Some(country) = zones::country(&flat) {
        note("a place: a country", &country);
    }
    if let Some(zone) = zones::zone(text, &flat) {
        note("a place: a zone of time bounds it", &zone);
    }
    if let Some(path) = places::path(&flat, false) {
        note("a path, file or address", path);
    }
    for (number, written) in numbers::numbers(&flat) {
        if let Some((_, what)) = telling.counts.iter().find(|(count, _)| *count == number) {
            note(what, &written);
        }
    }
    for digest in digests(&flat, telling, 6) {
        note("a digest", &digest);
    }
    if let Some(long) = words(&flat).find(|word| word.len() >= 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        note("a digest", long);
    }
    // Capitals and digits part words too, and so does what joins them.
    let mut all: Vec<String> = words(&flat).chain(words(&folded(&apart(text)))).map(String::from).collect();
    // A name may be written apart: M-47, Falken Horst.
    let single: Vec<&str> = words(&flat).collect();
    all.extend((2..=MOST_PARTS).flat_map(|parts| single.windows(parts)).map(<[&str]>::concat));
    let all: BTreeSet<String> = all.iter().map(|word| singular(word)).chain(all.iter().cloned()).collect();
    for (name, what) in &telling.words {
        let is_it = |word: &&String| {
            let rest = word.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || ["s", "es"].contains(&rest) || name.chars().count() > 4 && rest.chars().count() < 3)
        };
        if all.contains(&singular(name)) || all.iter().any(|word| is_it(&word)) {
            note(what, name);
        }
    }
    let read = format!(" {} ", words(&flat).collect::<Vec<_>>().join(" "));
    for (name, what) in telling.names.iter().filter(|(name, _)| read.contains(&format!(" {name} "))) {
        note(what, name);
    }
}

/// Looks through the page as the program wrote it.
fn in_page(page: &str, telling: &Telling, found: &mut BTreeSet<Found>) {
    let version = concat!("convoysim ", env!("CARGO_PKG_VERSION"));
    for piece in pieces(page) {
        let flat = folded(&piece.text).replace(version, "convoysim");
        let mut note = |what: &'static str, thing: &str| {
            found.insert(Found { what, around: around(&flat, thing.trim()), found: thing.trim().into(), place: piece.place.clone() });
        };
        let all: Vec<&str> = words(&flat).collect();
        let set: BTreeSet<&str> = all.iter().copied().collect();
        for (name, what) in telling.words.iter().filter(|(word, _)| set.contains(word.as_str())) {
            note(what, name);
        }
        let mut read = None;
        for (name, what) in telling.names.iter().filter(|(name, _)| words(name).all(|word| set.contains(word))) {
            let read = read.get_or_insert_with(|| format!(" {} ", all.join(" ")));
            if read.contains(&format!(" {name} ")) {
                note(what, name);
            }
        }
        if let Some(path) = places::path(&flat, true) {
            note("a path, file or address", path);
        }
        for digest in digests(&flat, telling, 8) {
            note("a digest", &digest);
        }
        if piece.drawing {
            continue;
        }
        if let Some(date) = dates::certain(&flat) {
            note("a date", date);
        }
        if let Some(position) = places::certain(&flat) {
            note("a place", position);
        }
        // Rounded numbers are meant to be there; what is not round and as large was not rounded.
        let exact = |(count, what): &&(u64, &str)| *count >= 1_000 && count % 10 != 0 && (*what != "the seed" || *count >= 100_000);
        let counts: Vec<&(u64, &'static str)> = telling.counts.iter().filter(exact).collect();
        if !counts.is_empty() && piece.place != "the data of the page" {
            for word in flat.split(|c: char| !c.is_ascii_digit() && c != ',').filter(|word| word.len() > 3) {
                let number = word.replace(',', "").parse::<u64>().ok();
                if let Some((_, what)) = counts.iter().find(|(count, _)| Some(*count) == number) {
                    note(what, word);
                }
            }
        }
    }
}

/// Parts of digests of the scenario that stand in a folded text: words of at least so many letters, or beginning and end with dots between.
fn digests(flat: &str, telling: &Telling, least: usize) -> Vec<String> {
    let hexadecimal = |word: &&str| {
        word.len() >= least && word.bytes().all(|byte| byte.is_ascii_hexdigit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let part = |word: &&str| {
        telling.digests.iter().any(|digest| digest.starts_with(word) || digest.ends_with(word) || word.len() > 15 && digest.contains(word))
    };
    let mut found: Vec<String> = words(flat).filter(hexadecimal).filter(part).map(String::from).collect();
    for dots in ["…", "...", ".."] {
        for (at, _) in flat.match_indices(dots) {
            let is_hexadecimal = |c: char| c.is_ascii_hexdigit();
            let (before, after) = (&flat[..at], &flat[at + dots.len()..]);
            let head = &before[before.trim_end_matches(is_hexadecimal).len()..];
            let tail = &after[..after.len() - after.trim_start_matches(is_hexadecimal).len()];
            if head.len() > 2 && tail.len() > 2 && telling.digests.iter().any(|digest| digest.starts_with(head) && digest.ends_with(tail)) {
                found.push(format!("{head}{dots}{tail}"));
            }
        }
    }
    found
}

/// What stands on both sides of a thing.
fn around(text: &str, thing: &str) -> String {
    let Some(at) = text.find(thing) else { return String::new() };
    let from = (0..=at.saturating_sub(30)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let to = (at + thing.len() + 30..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    text[from..to].trim().replace('\n', " ")
}
