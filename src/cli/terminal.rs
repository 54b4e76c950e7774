//! Where texts go, and how they may look there.

use super::args::{Looks, When};
use crate::report::style::Style;
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

impl<'t> Terminal<'t> {
    pub(super) fn new(looks: &Looks, out: &'t mut dyn Write, err: &'t mut dyn Write) -> Self {
        let style = |terminal: bool| Style { colour: coloured(looks.color, terminal), ascii: looks.ascii };
        let (style, style_err) = (style(io::stdout().is_terminal()), style(io::stderr().is_terminal()));
        Self { out, err, style, style_err }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> Result<(), WriteError> {
        self.out.write_all(text.as_bytes()).map_err(on_stdout)
    }

    /// Lets something write a result.
    pub(super) fn print_with(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
        write(self.out).map_err(on_stdout)
    }

    /// Says something beside the results. Nobody is left to tell where standard error is closed.
    pub(super) fn say(&mut self, text: &str) {
        writeln!(self.err, "{text}").ok();
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
