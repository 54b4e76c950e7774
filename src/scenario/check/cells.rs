//! CSV cut into cells, each with the bytes that it takes: so that what is wrong with a cell is shown at that cell.
//!
//! RFC 4180 with what people write beside it: `#` begins a line of comment, empty lines do not count, blanks around a cell neither, and
//! lines end in `\n`, `\r\n` or `\r`. A quoted cell may hold commas, line ends and doubled quotes.

use std::ops::Range;

/// A cell: its text without quotes and blanks around it, and the bytes that it takes in the file.
pub(super) type Located = (String, Range<usize>);

/// What is wrong with a text as a whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoCsv {
    pub(super) at: Range<usize>,
    pub(super) why: &'static str,
    pub(super) help: &'static str,
}

/// The records of a text, each as its cells.
///
/// # Errors
///
/// A quote that is never closed, or text behind a closed one.
pub(super) fn records(text: &str) -> Result<Vec<Vec<Located>>, NoCsv> {
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if bytes[at] == b'#' || text[at..end].trim().is_empty() {
            at = behind_line_end(bytes, end);
            continue;
        }
        let mut record = Vec::new();
        loop {
            let (cell, next) = cell(text, at)?;
            record.push(cell);
            at = next;
            if bytes.get(at) != Some(&b',') {
                break;
            }
            at += 1;
        }
        at = behind_line_end(bytes, at);
        records.push(record);
    }
    Ok(records)
}

/// The cell that begins at a byte, and the byte of the comma or line end behind it.
fn cell(text: &str, begin: usize) -> Result<(Located, usize), NoCsv> {
    let bytes = text.as_bytes();
    let blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    let mut at = begin;
    while blank(at) {
        at += 1;
    }
    if bytes.get(at) != Some(&b'"') {
        let end = text[begin..].find([',', '\n', '\r']).map_or(text.len(), |found| begin + found);
        let written = &text[begin..end];
        let start = begin + written.len() - written.trim_start().len();
        let cell = written.trim();
        return Ok(((cell.to_owned(), start..start + cell.len()), end));
    }
    let (open, mut cell) = (at, String::new());
    at += 1;
    loop {
        let Some(quote) = text[at..].find('"').map(|found| at + found) else {
            let why = "this is no CSV: a quote is never closed";
            return Err(NoCsv { at: open..open + 1, why, help: "close the quote, or write a quote within quotes twice" });
        };
        cell.push_str(&text[at..quote]);
        at = quote + 1;
        if bytes.get(at) != Some(&b'"') {
            break;
        }
        cell.push('"');
        at += 1;
    }
    let closed = at;
    while blank(at) {
        at += 1;
    }
    if !matches!(bytes.get(at), None | Some(b',' | b'\n' | b'\r')) {
        let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        let why = "this is no CSV: there is text behind a quoted cell";
        return Err(NoCsv { at: at..end, why, help: "write a comma between cells, and a quote within quotes twice" });
    }
    Ok(((cell.trim().to_owned(), open..closed), at))
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |found| from + found)
}

fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(_), _) => at + 1,
        (None, _) => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let records = records(text).expect("CSV");
        // A cell without quotes stands at its place as it is read.
        for (cell, at) in records.iter().flatten().filter(|(_, at)| !text[at.clone()].starts_with('"')) {
            assert_eq!(&text[at.clone()], cell);
        }
        records.into_iter().map(|record| record.into_iter().map(|(cell, _)| cell).collect()).collect()
    }

    #[test]
    fn cells_are_cut_at_commas_and_line_ends_outside_quotes() {
        assert_eq!(texts("a,b\n1, 2 \n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts("a,b\r\n1,2\r\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts("a,b\r1,2"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts("# note\n\na,b\n  \n\"x, y\", \"say \"\"no\"\"\"\n#,,,\n"), [["a", "b"], ["x, y", "say \"no\""]]);
        assert_eq!(texts("a,b\n\"two\nlines\",2\n"), [["a", "b"], ["two\nlines", "2"]]);
        assert_eq!(texts("a,b,\n1,,"), [["a", "b", ""], ["1", "", ""]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn an_open_quote_and_text_behind_a_closed_one_are_refused_at_their_place() {
        assert_eq!(records("a,b\n1,\"2\n3,4\n").expect_err("it is open").at, 6..7);
        assert_eq!(records("a,b\n\"1\"x,2\n").expect_err("there is an x").at, 7..8);
    }
}
