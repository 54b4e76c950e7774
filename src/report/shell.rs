//! Arguments of commands that people paste into a shell.

use super::visible::acts;
use std::fmt::Write as _;

/// An argument as a POSIX shell takes it: alone where it is plain, in single quotes otherwise, and with its control and bidirectional
/// characters as escapes of `$'…'` (POSIX 2024; bash, ksh, zsh), so that no character of it ends the line or acts on a terminal.
#[must_use]
pub fn quoted(argument: &str) -> String {
    quoted_bytes(argument.as_bytes())
}

/// A file or folder as an argument: one that begins with `-` would be taken for an option, so it gets `./` in front.
#[must_use]
pub fn quoted_path(path: &[u8]) -> String {
    if path.starts_with(b"-") { quoted_bytes(&[b"./", path].concat()) } else { quoted_bytes(path) }
}

/// Whether a text holds a character that a line of a script cannot show: controls (line feed and tabulator too) and bidirectional ones.
#[must_use]
pub fn is_unprintable(text: &str) -> bool {
    text.contains(|c: char| acts(c) || c.is_control())
}

fn quoted_bytes(argument: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./=:,+@%".contains(byte);
    // In zsh `=name` is the path of a command.
    if !argument.is_empty() && !argument.starts_with(b"=") && argument.iter().all(plain) {
        return String::from_utf8_lossy(argument).into();
    }
    if let Ok(text) = std::str::from_utf8(argument)
        && !is_unprintable(text)
    {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut quoted = String::from("$'");
    for chunk in argument.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\'' | '\\' => quoted.extend(['\\', letter]),
                _ if acts(letter) || letter.is_control() => escape(&mut quoted, letter.encode_utf8(&mut [0; 4]).as_bytes()),
                _ => quoted.push(letter),
            }
        }
        escape(&mut quoted, chunk.invalid());
    }
    quoted.push('\'');
    quoted
}

/// Three octal digits a byte: every such shell knows them, and no digit that follows is taken along.
fn escape(quoted: &mut String, bytes: &[u8]) {
    bytes.iter().for_each(|byte| write!(quoted, "\\{byte:03o}").expect("a String takes everything"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_can_be_pasted_into_a_shell() {
        assert_eq!(quoted("route.road.headway=30 min"), "'route.road.headway=30 min'");
        assert_eq!(quoted("out/x"), "out/x");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("~/$(id)`id`;x"), "'~/$(id)`id`;x'");
        assert_eq!(quoted("=ls"), "'=ls'");
        assert_eq!(quoted("الموقع"), "'الموقع'");
    }

    #[test]
    fn no_character_of_it_ends_the_line_or_acts_on_a_terminal() {
        assert_eq!(quoted("a\nrm x'\\"), r"$'a\012rm x\'\\'");
        assert_eq!(quoted("\u{1b}[31m1"), r"$'\033[31m1'");
        assert_eq!(quoted("\u{9b}\u{202e}"), r"$'\302\233\342\200\256'");
        assert_eq!(quoted_path(b"a\xffb"), r"$'a\377b'");
    }

    #[test]
    fn a_file_is_never_taken_for_an_option() {
        assert_eq!(quoted_path(b"-n"), "./-n");
        assert_eq!(quoted_path(b"--out dir"), "'./--out dir'");
        assert_eq!(quoted_path(b"out/-n"), "out/-n");
    }
}
