//! Where texts go, and how they may look there.

use super::args::{Looks, When};
use crate::report::style::{ESCAPE, Style};
use crate::report::visible::visible;
use crate::scenario::{Place, Problem};
use std::borrow::Cow;
use std::env;
use std::fmt;
use std::io::{self, IsTerminal, Write};

/// Standard output and standard error.
pub(super) struct Terminal<'t> {
    out: &'t mut dyn Write,
    err: &'t mut dyn Write,
    /// Looks of standard output.
    pub(super) style: Style,
    /// Looks of standard error.
    pub(super) style_err: Style,
}

/// Something that could not be written: what, and the system's words.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {target}: {source}")]
pub(super) struct WriteError {
    /// Path or stream.
    pub(super) target: String,
    /// Why.
    pub(super) source: io::Error,
}

impl WriteError {
    pub(super) fn new(target: impl fmt::Display, source: io::Error) -> Self {
        Self { target: target.to_string(), source }
    }
}

/// Standard output as its readers see it: where they have gone (`| head`, a terminal that was closed), what is printed goes nowhere, and
/// the command ends as it would have.
pub(super) struct Readers<'t> {
    out: &'t mut dyn Write,
    on_terminal: bool,
    gone: bool,
}

/// What a system says of a write to a terminal that was closed (EIO).
const TERMINAL_CLOSED: i32 = 5;

impl<'t> Readers<'t> {
    pub(super) fn new(out: &'t mut dyn Write) -> Self {
        Self { out, on_terminal: io::stdout().is_terminal(), gone: false }
    }

    fn unless_gone<T>(&mut self, otherwise: T, done: io::Result<T>) -> io::Result<T> {
        let closed = |error: &io::Error| {
            error.kind() == io::ErrorKind::BrokenPipe || self.on_terminal && error.raw_os_error() == Some(TERMINAL_CLOSED)
        };
        match done {
            Err(error) if closed(&error) => {
                self.gone = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl Write for Readers<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gone {
            return Ok(bytes.len());
        }
        let done = self.out.write(bytes);
        self.unless_gone(bytes.len(), done)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let done = self.out.flush();
        self.unless_gone((), done)
    }
}

impl<'t> Terminal<'t> {
    pub(super) fn new(looks: &Looks, out: &'t mut dyn Write, err: &'t mut dyn Write) -> Self {
        let style = |terminal: bool| Style { colour: coloured(looks.color, terminal), ascii: looks.ascii };
        let (style, style_err) = (style(io::stdout().is_terminal()), style(io::stderr().is_terminal()));
        Self { out, err, style, style_err }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> Result<(), WriteError> {
        self.out.write_all(shown(text, self.style.colour).as_bytes()).map_err(on_stdout)
    }

    /// Lets something write a result whose bytes are wanted as they are: data for programs. On a terminal they are shown as any text is.
    pub(super) fn print_with(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
        if io::stdout().is_terminal() {
            let mut bytes = Vec::new();
            write(&mut bytes).map_err(on_stdout)?;
            return self.print(&String::from_utf8_lossy(&bytes));
        }
        write(self.out).map_err(on_stdout)
    }

    /// Says something beside the results. Nobody is left to tell where standard error is closed.
    pub(super) fn say(&mut self, text: &str) {
        writeln!(self.err, "{}", shown(text, self.style_err.colour)).ok();
    }

    /// Says what is wrong with a scenario, with its source line.
    pub(super) fn say_problem(&mut self, problem: &Problem) {
        let text = with_visible_texts(problem).render(self.style_err.colour);
        // The texts of the problem hold no escape character any more, so those that are here are colours.
        self.say(&text.replace('\u{1b}', &ESCAPE.to_string()));
    }

    /// Says that something went wrong.
    pub(super) fn complain(&mut self, text: &str) {
        let word = self.style_err.alarm("error");
        self.say(&format!("{word}: {text}"));
    }

    /// Makes sure that everything printed has gone out.
    pub(super) fn flush(&mut self) -> Result<(), WriteError> {
        self.err.flush().ok();
        self.out.flush().map_err(on_stdout)
    }
}

/// The text as it goes out: colours as escape sequences, and every other character that would act on a terminal as a visible escape.
fn shown(text: &str, colour: bool) -> Cow<'_, str> {
    let Some((first, coloured)) = text.split_once(ESCAPE) else { return visible(text) };
    let mut shown = visible(first).into_owned();
    for part in coloured.split(ESCAPE) {
        match part.find(|c: char| c != '[' && c != ';' && !c.is_ascii_digit()).map(|at| part.split_at(at)) {
            Some((sequence, rest)) if colour && sequence.starts_with('[') && rest.starts_with('m') => {
                shown.push('\u{1b}');
                shown.push_str(sequence);
                shown.push_str(&visible(rest));
            }
            _ => {
                shown.push_str(&visible(&ESCAPE.to_string()));
                shown.push_str(&visible(part));
            }
        }
    }
    Cow::Owned(shown)
}

/// The problem with every text made visible, still pointing at the same characters.
fn with_visible_texts(problem: &Problem) -> Problem {
    let [before, meant, after] = parts(problem);
    let place = Place { file: visible(&problem.place.file).into(), ..problem.place.clone() };
    let longer = |text: &str| visible(text).chars().count() - text.chars().count();
    let mut shown = problem.clone();
    shown.message = visible(&problem.message).into();
    shown.help = problem.help.as_deref().map(|help| visible(help).into());
    shown.line = [before, meant, after].map(visible).concat();
    shown.length += longer(meant);
    shown.place = Place { column: place.column + longer(before), ..place };
    shown
}

/// The source line before, within and after what is meant.
fn parts(problem: &Problem) -> [&str; 3] {
    let at = |text: &str, n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let (before, rest) = problem.line.split_at(at(&problem.line, problem.place.column.saturating_sub(1)));
    let (meant, after) = rest.split_at(at(rest, problem.length));
    [before, meant, after]
}

fn on_stdout(source: io::Error) -> WriteError {
    WriteError::new("standard output", source)
}

fn coloured(when: When, terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::visible::acts;

    #[test]
    fn colours_pass_and_nothing_else_that_acts_on_a_terminal() {
        let style = Style { colour: true, ascii: false };
        let hostile = "a\u{1b}[31mb\u{9b}2J\u{1b}]0;x\u{7}\u{202e}\u{fdd0}[2Jc";
        let text = format!("{} {hostile}", style.alarm(hostile));
        let out = shown(&text, true);
        assert_eq!(out.matches('\u{1b}').count(), 2, "{out}");
        assert!(!out.replace("\u{1b}[1;31m", "").replace("\u{1b}[0m", "").contains(acts), "{out}");
        assert!(out.contains("\\u{1b}[31mb\\u{9b}2J\\u{1b}]0;x\\u{7}\\u{202e}\\u{fdd0}[2Jc"), "{out}");
        assert!(!shown(&text, false).contains(acts));
    }

    #[test]
    fn a_problem_is_shown_with_visible_texts_and_points_at_the_same_words() {
        let name = "p\u{1b}]0;.toml";
        let text = "site = [{ id = \"\u{9b}x\u{202e}\", bad = 1 }]\n";
        let problems = crate::scenario::load(name, &|_: &str| Ok(text.as_bytes().to_vec()), &[]).expect_err("it is no scenario");
        let problem = problems.iter().find(|problem| problem.message.contains("bad")).expect("`bad` is no key");
        for colour in [false, true] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let style = Style { colour, ascii: false };
            Terminal { out: &mut out, err: &mut err, style, style_err: style }.say_problem(problem);
            let mut plain = String::from_utf8_lossy(&err).into_owned();
            assert_eq!(plain.contains('\u{1b}'), colour);
            while let Some(at) = plain.find("\u{1b}[") {
                let end = plain[at..].find('m').expect("a colour") + at + 1;
                plain.replace_range(at..end, "");
            }
            assert!(plain.contains("\\u{9b}x\\u{202e}") && plain.contains("p\\u{1b}]0;.toml") && !plain.contains(acts), "{plain:?}");
            let column = |of: &str, what: &str| {
                let line = plain.lines().find(|line| line.contains(of)).expect("the line");
                line.find(what).map(|at| line[..at].chars().count())
            };
            assert_eq!(column("id =", "bad"), column("^^^", "^"), "{plain}");
        }
    }
}
