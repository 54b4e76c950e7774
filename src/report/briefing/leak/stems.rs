//! Singular and plural brought to one form, so that `patients` is found in "patient" and `women` in "woman".

/// What an English word has in common in singular and plural, as far as its end tells; any other word as it is. Folded text.
pub(super) fn singular(word: &str) -> String {
    let one = without_plural(word);
    // `cases` may be of `cas` or of `case`: both are one here.
    let end = ["s", "x", "z", "ch", "sh"].iter().any(|end| one.strip_suffix('e').is_some_and(|before| before.ends_with(end)));
    if end { one[..one.len() - 1].to_owned() } else { one }
}

fn without_plural(word: &str) -> String {
    const IRREGULAR: [(&str, &str); 10] = [
        ("children", "child"),
        ("people", "person"),
        ("wives", "wife"),
        ("lives", "life"),
        ("knives", "knife"),
        ("thieves", "thief"),
        ("feet", "foot"),
        ("oxen", "ox"),
        ("mice", "mouse"),
        ("geese", "goose"),
    ];
    if let Some((before, one)) = IRREGULAR.iter().find_map(|(many, one)| Some((word.strip_suffix(many)?, one))) {
        return format!("{before}{one}");
    }
    if let Some(before) = word.strip_suffix("men").filter(|before| !before.is_empty() && !before.ends_with(['i', 'o']) || *before == "wo") {
        return format!("{before}man");
    }
    if let Some(before) = word.strip_suffix("ies").filter(|before| before.chars().count() > 1) {
        return format!("{before}y");
    }
    if let Some(before) = word.strip_suffix("es").filter(|before| ["s", "x", "z", "ch", "sh"].iter().any(|end| before.ends_with(end))) {
        return before.to_owned();
    }
    match word.strip_suffix('s') {
        Some(before) if before.chars().count() > 2 && !before.ends_with(['s', 'u', 'i']) => before.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn singular_and_plural_are_one() {
        for (one, many) in [
            ("patient", "patients"),
            ("woman", "women"),
            ("child", "children"),
            ("lady", "ladies"),
            ("witness", "witnesses"),
            ("person", "people"),
            ("policeman", "policemen"),
            ("wife", "wives"),
            ("case", "cases"),
            ("bus", "buses"),
        ] {
            assert_eq!(singular(one), singular(many), "{one}, {many}");
        }
        assert_eq!(["bus", "specimen", "this", "class"].map(singular), ["bus", "specimen", "this", "class"]);
    }
}
