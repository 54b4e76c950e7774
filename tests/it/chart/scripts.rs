//! Labels in other scripts: drawn, or named.

use super::said;
use convoysim::report::chart::draws;
use convoysim::scenario::is_drawable;
use std::fs;

#[test]
fn check_names_exactly_the_letters_that_no_face_has() {
    let all = (0..0x3_0000).filter_map(char::from_u32);
    let escaped = |letter: &char| convoysim::report::visible::acts(*letter);
    let differing: Vec<char> = all.filter(|letter| !escaped(letter) && draws(*letter) != is_drawable(*letter)).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

/// What `check` says of a plan with these labels, and the plan's folder.
fn plan(site: &str, facility: &str) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("plan.toml");
    let text = include_str!("../scenario/g1.toml")
        .replacen("id = \"prison\"", &format!("id = \"prison\"\nlabel = \"{site}\""), 1)
        .replacen("id = \"receiving\"", &format!("id = \"receiving\"\nlabel = \"{facility}\""), 1);
    fs::write(&file, text).expect("a file");
    let said = said(&["check", file.to_str().expect("UTF-8")]);
    (dir, said)
}

#[test]
fn labels_in_arabic_greek_cyrillic_and_hebrew_need_no_note() {
    for (site, facility) in [("الموقع الكبير", "Ω-Центр"), ("گەڕەک", "אתר ראשי"), ("Größe", "Århus")] {
        let (_, said) = plan(site, facility);
        assert!(!said.contains("cannot draw"), "{said}");
    }
}

#[test]
fn letters_that_cannot_be_drawn_are_named_with_their_place() {
    let (_, said) = plan("大きな場所", "Receiving");
    assert!(said.contains("charts cannot draw") && said.contains("大 (U+5927)") && said.contains("plan.toml:"), "{said}");
}
