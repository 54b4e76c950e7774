//! What `verify` prints: each file with what was found of it, what that may come from, and one sentence.

use crate::report::style::Style;
use crate::report::words::{counted, grouped, wrapped};
use crate::results::{CheckedFile, FileFinding, Scope, Verification};
use std::fmt::Write as _;

/// Width of the findings.
const MARGIN: usize = 22;

/// The whole text.
#[must_use]
pub fn verification(of: &Verification, style: Style) -> String {
    let mut text = String::new();
    let paragraph = |text: &mut String, words: &str| text.extend(wrapped(words, 80).into_iter().flat_map(|line| [line, "\n".into()]));
    let [version, target] = &of.written_by;
    let scenarios = of.scenarios.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    paragraph(&mut text, &format!("{scenarios}, seed {}, written by convoysim {version} for {target}.", of.seed));
    paragraph(&mut text, &format!("Made again from its manifest alone: {}.", scope(&of.scope)));
    text.push('\n');
    for file in &of.files {
        let word = file.finding.word();
        let word = format!("  {word:<0$}", MARGIN - 2);
        let word = if file.finding.is_difference() { style.alarm(&word) } else { word };
        writeln!(text, "{word}{}", file.name).expect("a String takes everything");
        first(&mut text, file);
    }
    let notes = notes(of);
    if !notes.is_empty() {
        text.push('\n');
    }
    for note in notes {
        paragraph(&mut text, &note);
    }
    text.push('\n');
    for line in wrapped(&answer(of), 80) {
        writeln!(text, "{}", style.strong(&line)).expect("a String takes everything");
    }
    style.finish(text)
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::All(1) => "its one replication".into(),
        Scope::All(n) => format!("all {} replications", grouped(*n)),
        Scope::Shards(numbers, of) => {
            let shown: Vec<String> = numbers.iter().map(u32::to_string).collect();
            format!("{} of {} shards ({})", grouped(numbers.len()), grouped(*of), shown.join(", "))
        }
        Scope::Sample(numbers, of) => {
            let shown: Vec<String> = numbers.iter().map(u32::to_string).collect();
            format!("{} of {} replications ({})", grouped(numbers.len()), grouped(*of), shown.join(", "))
        }
    }
}

/// Where the file first differs, what stands there, and what should.
fn first(text: &mut String, file: &CheckedFile) {
    let Some(first) = &file.first else { return };
    let mut line = |words: &str| writeln!(text, "{:MARGIN$}{words}", "").expect("a String takes everything");
    line(&format!("first in {}", first.place));
    line(&format!("  in the folder  {}", first.found.as_deref().unwrap_or("nothing")));
    line(&format!("  made again     {}", first.made.as_deref().unwrap_or("nothing")));
}

/// What the findings mean, and what they may come from.
fn notes(of: &Verification) -> Vec<String> {
    use FileFinding::{AsListed, Changed, ChangedAndDifferent, Different, Extra, Foreign, Mislisted, Missing, SameRows, Unwritten};
    let has = |finding| of.has(finding);
    let mut notes: Vec<String> = Vec::new();
    let mut note = |text: &str| notes.push(text.into());
    if has(Changed) {
        note("Changed: the file is not what its own manifest lists, but made again it is. It was changed after it was written.");
    }
    if has(Different) || has(ChangedAndDifferent) {
        note(&format!("Different: the file is what its manifest lists, but comes out otherwise. {}", why(of)));
    }
    if has(ChangedAndDifferent) {
        note("Changed, different: the file is neither what its manifest lists nor what comes out.");
    }
    if has(Mislisted) {
        note("Mislisted: the file is what comes out, but its manifest lists another length or digest. The manifest was changed.");
    }
    if has(Missing) {
        note("Missing: the manifest lists it, and it is not there.");
    }
    if has(Unwritten) {
        note("Unwritten: made again there is such a file, but neither the folder nor its manifest has it.");
    }
    if has(Extra) {
        note("Extra: it has a name that convoysim writes, but made again there is no such file.");
    }
    if has(SameRows) {
        note("Same rows: the file is what its manifest lists, and the rows of the replications above come out the same.");
    }
    if has(AsListed) {
        note("As listed: the file is what its manifest lists; it was not made again, since that takes every replication.");
    }
    if has(Foreign) {
        note("Not ours: convoysim writes no file of that name, and says nothing of it.");
    }
    notes
}

/// What results that come out otherwise may come from.
fn why(of: &Verification) -> String {
    let [version, target] = &of.made_by;
    if of.written_by[0] != *version {
        let was = &of.written_by[0];
        format!("It was written by version {was}, and this is {version}: what moves results is in the change log, under Changed results.")
    } else if of.written_by[1] != *target {
        format!("It was written on {}, and this is {target}: targets are meant to agree, so please report it.", of.written_by[1])
    } else {
        "Version and target are the same: either the file or the manifest, and then its digests too, were changed, or one of the two programs was \
         built from other sources."
            .into()
    }
}

/// The sentence at the end.
#[must_use]
fn answer(of: &Verification) -> String {
    let ours = of.files.iter().filter(|file| file.finding != FileFinding::Foreign);
    let (different, same): (Vec<&CheckedFile>, Vec<&CheckedFile>) = ours.partition(|file| file.finding.is_difference());
    let all = different.len() + same.len();
    if !different.is_empty() {
        let verb = if different.len() == 1 { "does" } else { "do" };
        return format!("{} of {} {verb} not agree.", grouped(different.len()), counted(all, "file", "files"));
    }
    let mut text = match of.scope {
        Scope::All(_) => format!("All {} are the same, byte by byte.", counted(all, "file", "files")),
        Scope::Sample(..) | Scope::Shards(..) => {
            let whole = same.iter().filter(|file| file.finding == FileFinding::Same).count();
            let rows = same.iter().filter(|file| file.finding == FileFinding::SameRows).count();
            let listed = all - whole - rows;
            format!("Nothing differs: {whole} files are the same, {rows} in the rows made again, {listed} as listed.")
        }
    };
    if of.written_by != of.made_by {
        text.push_str(&format!(" They were made again by convoysim {} for {}.", of.made_by[0], of.made_by[1]));
    }
    text
}
