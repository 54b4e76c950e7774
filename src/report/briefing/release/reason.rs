//! Why replications do not complete, with the names that the released page uses and people in tens.
//!
//! The model says it in sentences that name places, routes, vehicles and classes. Each name stands behind words that say what is named, so
//! it is found by them. A sentence that holds any other word afterwards is replaced as a whole.

use crate::report::released;
use crate::results::Waiting;
use crate::results::vocabulary::CAUSES;

/// What stands before a name, and what kind of name follows.
const BEFORE: [(&str, Kind); 13] = [
    ("at ", Kind::Place),
    ("from ", Kind::Place),
    ("to ", Kind::Place),
    ("for ", Kind::Place),
    ("outside ", Kind::Place),
    ("inside ", Kind::Place),
    ("the crossing ", Kind::Place),
    ("route ", Kind::Route),
    ("buses of ", Kind::Resource),
    ("aircraft of ", Kind::Resource),
    ("escorts of ", Kind::Resource),
    ("air cover ", Kind::Resource),
    ("parking at ", Kind::Place),
];

/// Words that the sentences are made of.
const WORDS: &str = "a aboard aircraft air all and another are at bed beds boarding buses by called can cannot cap class closed come convoy convoys cover \
    crossing daily departure departures end escorts few fill for free from full go has held higher horizon in inside intake is it its leads many \
    movement one movements never next nobody none of on or others outside parking people place places queue reception return road room route takes taken \
    that the their them there to too travel unfit until after use wait way where which who whom with";

/// What takes the place of a sentence that holds anything else.
const UNKNOWN: (&str, &str) = ("at one of the places", "what is left out here");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Place,
    Route,
    Resource,
}

/// New names by old ones, each with what it names.
pub(super) struct Reasons(pub(super) Vec<(Kind, String, String)>);

impl Reasons {
    /// A group of people with new names in its sentence.
    pub(super) fn rename(&self, group: &mut Waiting, all: f64) {
        group.people = released::people(f64::from(group.people), all) as u32;
        match (self.renamed(&group.place), self.renamed(&group.waits_for)) {
            (Some(place), Some(waits_for)) => (group.place, group.waits_for) = (place, waits_for),
            _ => (group.place, group.waits_for) = (UNKNOWN.0.into(), UNKNOWN.1.into()),
        }
    }

    /// The sentence with new names; nothing where anything else is left in it.
    fn renamed(&self, sentence: &str) -> Option<String> {
        let sentence = without_class(sentence);
        let sentence = sentence.as_str();
        let mut renamed = String::with_capacity(sentence.len());
        let mut new_names: Vec<&str> = Vec::new();
        let mut rest = sentence;
        while let Some(letter) = rest.chars().next() {
            if let Some((before, old, new)) = self.name_at(&sentence[..sentence.len() - rest.len()], rest) {
                // "buses of north" becomes "buses 1", not "buses of buses 1".
                if let Some(kind) = before.split(" of ").next().map(str::trim).filter(|kind| new.starts_with(&format!("{kind} "))) {
                    renamed.truncate(renamed.len() - before.len());
                    debug_assert!(!kind.is_empty());
                }
                renamed.push_str(new);
                new_names.push(new);
                rest = &rest[old.len()..];
            } else {
                renamed.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
        let plain = new_names.iter().fold(renamed.clone(), |plain, new| plain.replacen(new, " ", 1));
        let known = |word: &str| WORDS.split_whitespace().chain(CAUSES.iter().copied()).any(|known| known == word);
        plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).all(known).then_some(renamed)
    }

    /// The name that begins the rest of a sentence, if what stands before it calls for one: what stands before, the name, and its new one.
    fn name_at(&self, before: &str, rest: &str) -> Option<(&'static str, &str, &str)> {
        let follows = |old: &str| rest[old.len()..].chars().next().is_none_or(|next| " ,:)".contains(next));
        let calls = |(words, kind): &(&'static str, Kind)| {
            let whole = before.strip_suffix(words).is_some_and(|before| before.is_empty() || before.ends_with([' ', '(']));
            let names =
                self.0.iter().filter(|(of, old, _)| of == kind && !old.is_empty() && rest.starts_with(old.as_str()) && follows(old));
            let longest = names.max_by_key(|(_, old, _)| old.len()).filter(|_| whole);
            longest.map(|(_, old, new)| (*words, old.as_str(), new.as_str()))
        };
        BEFORE.iter().rev().find_map(calls)
    }
}

/// The sentence without the name of a class of people.
fn without_class(sentence: &str) -> String {
    const ENDS: &str = ": there is none";
    match sentence.split_once("people of class ").and_then(|(before, rest)| Some((before, &rest[rest.find(ENDS)?..]))) {
        Some((before, rest)) => format!("{before}people of one class{rest}"),
        None => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons() -> Reasons {
        let names = [
            (Kind::Place, "Alpha camp", "Site A"),
            (Kind::Place, "Alpha camp, north", "Site B"),
            (Kind::Place, "clinic", "Facility 1"),
            (Kind::Place, "place", "Hub 1"),
            (Kind::Route, "a-clinic", "route-1"),
            (Kind::Resource, "north", "buses 1"),
            (Kind::Resource, "drones", "air cover 1"),
        ];
        Reasons(names.map(|(kind, old, new)| (kind, old.to_owned(), new.to_owned())).into())
    }

    #[test]
    fn every_sentence_of_the_model_keeps_its_meaning_and_loses_its_names() {
        for (sentence, given) in [
            ("at Alpha camp", "at Site A"),
            ("aboard at Alpha camp, north for clinic", "aboard at Site B for Facility 1"),
            ("on their way from Alpha camp to clinic", "on their way from Site A to Facility 1"),
            ("unfit to travel at Alpha camp", "unfit to travel at Site A"),
            ("a bed at clinic, which is full", "a bed at Facility 1, which is full"),
            ("a place at place, which is full", "a place at Hub 1, which is full"),
            ("a route that takes people of class hvt: there is none", "a route that takes people of one class: there is none"),
            (
                "buses of north, held by movements that wait for a bed at clinic, which is full",
                "buses 1, held by movements that wait for a bed at Facility 1, which is full",
            ),
            ("air cover drones, which never has room for another convoy", "air cover 1, which never has room for another convoy"),
            ("departure on route a-clinic (window)", "departure on route route-1 (window)"),
        ] {
            assert_eq!(reasons().renamed(sentence).as_deref(), Some(given), "{sentence}");
        }
    }

    #[test]
    fn a_sentence_with_an_unknown_name_is_left_out_as_a_whole() {
        assert_eq!(reasons().renamed("a bed at Karkh, which is full"), None);
        let mut group = Waiting { people: 1, place: "at Karkh".into(), waits_for: "a bed at clinic, which is full".into() };
        reasons().rename(&mut group, 800.0);
        assert_eq!((group.people, group.place.as_str(), group.waits_for.as_str()), (10, UNKNOWN.0, UNKNOWN.1));
    }
}
