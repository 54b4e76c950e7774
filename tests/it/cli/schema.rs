//! `convoysim schema`: what is printed stands in the repository, and shipped files name it.

use super::resolve::{root, shipped};
use super::run::{Case, G1, text};
use convoysim::scenario;
use std::fs;
use std::path::PathBuf;

/// Holds what a command prints against the file of the repository.
fn is_printed(file: &str, printed: &str, arguments: &[&str]) {
    let path = root().join("docs").join(file);
    if std::env::var_os("RENEW").is_some() {
        fs::write(&path, printed).expect("the schema can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("it is there"), printed, "RENEW=1 writes it anew");
    let end = Case::new(G1).convoysim(arguments).code(0);
    assert_eq!(text(&end.get_output().stdout), printed);
}

#[test]
fn the_schemas_in_the_repository_are_those_that_are_printed() {
    is_printed("convoysim.schema.json", &scenario::schema(), &["schema"]);
    is_printed("convoysim-sweep.schema.json", &scenario::sweep::schema(), &["schema", "--sweep"]);
}

/// The file that the first line of another names, as an editor finds it.
fn named(file: &PathBuf) -> PathBuf {
    let content = fs::read_to_string(file).expect("a text");
    let named = content.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap_or_else(|| panic!("{}", file.display()));
    let template = file.parent().is_some_and(|folder| folder.ends_with("templates"));
    // `new` writes the schema beside the templates.
    let path = if template { root().join("docs").join(named) } else { file.parent().expect("a folder").join(named) };
    path.canonicalize().unwrap_or_else(|error| panic!("{}: {named}: {error}", file.display()))
}

#[test]
fn every_shipped_file_names_its_schema_in_its_first_line() {
    let docs = root().join("docs").canonicalize().expect("a folder");
    for file in shipped() {
        assert_eq!(named(&file), docs.join("convoysim.schema.json"), "{}", file.display());
    }
    let studies = super::sweep::studies();
    assert!(studies.len() >= 2);
    for file in studies {
        assert_eq!(named(&file), docs.join("convoysim-sweep.schema.json"), "{}", file.display());
    }
}
