//! Changes of texts by the words of their formats.

use convoysim::random::Stream;
use convoysim::scenario::keys::{FAMILIES, TABLES};
use convoysim::scenario::sweep::tables;

/// Numbers at the ends of what can be written, and beyond.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "8",
    "9",
    "64",
    "65",
    "255",
    "256",
    "1000",
    "65536",
    "1e3",
    "1e-3",
    "0.5",
    "0.1",
    "1.0",
    "0.999999",
    "1e9",
    "1e18",
    "10000000",
    "10000001",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "-9223372036854775808",
    "1e308",
    "1e309",
    "-1e309",
    "1e-309",
    "5e-324",
    "nan",
    "inf",
    "-inf",
    "0x10",
    "0o7",
    "1_000",
    "1__0",
    "٣",
    "½",
    "37,5",
    "1,000",
    "0,003",
    "1.2e+01",
];

const UNITS: &[&str] = &[
    "s",
    "min",
    "h",
    "d",
    "ms",
    "km",
    "m",
    "km/h",
    "m/s",
    "mph",
    "/h",
    "/d",
    "/site-day",
    "%",
    "people",
    "buses",
    "km/d",
    "points",
    "y",
    "µs",
    "h 30 min",
    "d 2 h",
];

/// Values that may stand after an equals sign, in their places or not.
const VALUES: &[&str] = &[
    "true",
    "false",
    "\"\"",
    "\"x\"",
    "\"none\"",
    "\"night\"",
    "\"always\"",
    "\"at_once\"",
    "\"for_departure\"",
    "\"18:00\"",
    "\"24:00\"",
    "\"24 h\"",
    "\"2026-01-21T12:00\"",
    "\"0000-01-01\"",
    "\"9999-12-31\"",
    "\"-0001-01-01\"",
    "2026-02-30",
    "1979-05-27T07:32:00Z",
    "[]",
    "[[]]",
    "{}",
    "[1, \"x\", {}]",
    "[[\"22:00\", \"02:00\"]]",
    "[[\"1 d\", \"3 d\"], [\"2 d\", \"4 d\"]]",
    "{ from = \"18:00\", to = \"18:00\" }",
    "{ value = { value = 1 } }",
    "{ value = 1, range = [2, 1] }",
    "{ value = \"1 h\", range = [\"0 s\", \"2000 d\"], source = \"x\" }",
    "{ dist = \"discrete\", values = [], weights = [] }",
    "{ dist = \"discrete\", values = [1, 2], weights = [0, 0] }",
    "{ dist = \"empirical\", file = \"times.csv\", column = \"minutes\", unit = \"min\" }",
    "{ min = 5, max = 2 }",
    "{ general = 10, separate = 5 }",
    "{ start = 0, per_day = 0, up_to = 0 }",
    "'''a\nb'''",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "\"=1+1\"",
    "{ dist = \"exponential\", mean = \"1 s\" }",
    "{ dist = \"weibull\", shape = 0.01, mean = \"1 h\" }",
    "{ dist = \"gamma\", shape = 1e-9, mean = \"1 h\" }",
    "{ dist = \"lognormal\", median = \"1 h\", sigma = 40 }",
    "{ every = \"1 s\", length = \"0 s\" }",
    "{ every = \"1 min\", length = \"1 min\", comfort = true }",
];

/// Pieces of text that mean something to a reader somewhere.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    ".",
    "=",
    "#",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "شاحنة",
    "\u{10ffff}",
    "👩‍👩‍👧",
    "\\",
    "\\u",
    "\\u{",
    "/",
    "../",
    "extends = \"base.toml\"\n",
    "like = \"road\"\n",
    "remove = true\n",
    "-",
    "+-",
    "±",
    "%",
    "e",
    "<=",
    ">=",
    "(",
    ")",
    ";",
];

/// Draws by the stream of a case.
pub struct Chance<'s>(pub &'s mut Stream);

impl Chance<'_> {
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.0.bits() % n as u64) as usize }
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn of<'t, T: ?Sized>(&mut self, list: &[&'t T]) -> &'t T {
        list[self.below(list.len())]
    }

    pub fn text<'t>(&mut self, list: &'t [String]) -> &'t str {
        &list[self.below(list.len())]
    }

    pub fn number(&mut self) -> String {
        match self.below(4) {
            0 => self.of(NUMBERS).to_owned(),
            1 => (self.below(400) as f64 / 10.0).to_string(),
            2 => (self.0.bits() >> self.below(64)).to_string(),
            _ => self.below(30).to_string(),
        }
    }

    pub fn quantity(&mut self) -> String {
        let blank = if self.one_in(9) { "" } else { " " };
        format!("{}{blank}{}", self.number(), self.of(UNITS))
    }

    fn value(&mut self) -> String {
        match self.below(4) {
            0 => self.number(),
            1 => format!("\"{}\"", self.quantity()),
            2 => self.of(VALUES).to_owned(),
            _ => self.distribution(),
        }
    }

    fn distribution(&mut self) -> String {
        let (family, with_unit, plain) = FAMILIES[self.below(FAMILIES.len())];
        let mut keys: Vec<String> = with_unit.iter().map(|key| format!("{key} = \"{}\"", self.quantity())).collect();
        keys.extend(plain.iter().map(|key| format!("{key} = {}", self.number())));
        if self.one_in(4) && !keys.is_empty() {
            keys.remove(self.below(keys.len()));
        }
        format!("{{ dist = \"{family}\"{} }}", keys.iter().map(|key| format!(", {key}")).collect::<String>())
    }

    /// A key of a scenario with a value.
    fn key(&mut self) -> String {
        let table = &TABLES[self.below(TABLES.len())];
        let key = &table.keys[self.below(table.keys.len())];
        let value = if self.one_in(2) { key.kind.example() } else { self.value() };
        format!("{} = {value}\n", key.name)
    }

    fn sweep_key(&mut self) -> String {
        let table = &tables::TABLES[self.below(tables::TABLES.len())];
        let key = &table.keys[self.below(table.keys.len())];
        let value = if self.one_in(2) { key.example.to_owned() } else { self.value() };
        format!("{} = {value}\n", key.name)
    }

    /// A dotted path with a value, as for `--set`, from the tables and ids of a text.
    pub fn override_of(&mut self, text: &str) -> String {
        let table = &TABLES[self.below(TABLES.len())];
        let key = table.keys[self.below(table.keys.len())].name;
        let ids: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("id = \"")?.split('"').next()).collect();
        let id = if table.many { format!(".{}", if ids.is_empty() { "x" } else { ids[self.below(ids.len())] }) } else { String::new() };
        let inner = if self.one_in(3) {
            format!(".{}", self.of(&["value", "mean", "min", "every", "per_convoy", "dist", "\"to border\".speed", "lanes"]))
        } else {
            String::new()
        };
        let value = self.value();
        let written = format!("{}{id}.{key}{inner}={value}", table.name);
        if self.one_in(6) { self.changed(&written, &[]) } else { written }
    }

    /// A text with a few changes; `others` lend blocks of theirs.
    pub fn changed(&mut self, text: &str, others: &[String]) -> String {
        let mut text = text.to_owned();
        for _ in 0..1 + self.below(3) {
            text = self.change(text, others);
        }
        text
    }

    fn change(&mut self, text: String, others: &[String]) -> String {
        match self.below(20) {
            0..=5 => self.instead_of_a_number(text),
            6..=9 => self.instead_of_a_value(text),
            10 => self.in_lines(text, |lines, at, _| drop(lines.remove(at))),
            11 => self.in_lines(text, |lines, at, _| lines.insert(at, lines[at].clone())),
            12 => self.in_lines(text, |lines, at, other| lines.swap(at, other)),
            13 => {
                let key = if self.one_in(4) { self.sweep_key() } else { self.key() };
                self.in_lines(text, |lines, at, _| lines.insert(at, key))
            }
            14 if !others.is_empty() => {
                let blocks = blocks(&others[self.below(others.len())]);
                let block = blocks[self.below(blocks.len())].clone();
                self.in_lines(text, |lines, at, _| lines.insert(at, block))
            }
            15 => self.instead_of_a_word(text),
            16 => {
                let piece = self.of(PIECES).to_owned();
                self.at_a_place(text, |text, at, _| text.insert_str(at, &piece))
            }
            17 => self.at_a_place(text, |text, at, other| text.replace_range(at.min(other)..at.max(other).min(at.min(other) + 40), "")),
            18 if self.one_in(8) => {
                let (open, depth) = (self.of(&["[", "{ a = ", "[[", "a.", "\"", "( "]), 1 << self.below(14));
                self.at_a_place(text, |text, at, _| text.insert_str(at, &open.repeat(depth)))
            }
            19 if self.one_in(4) => self.at_a_place(text, |text, at, _| text.truncate(at)),
            _ => self.instead_of_a_value(text),
        }
    }

    fn instead_of_a_number(&mut self, mut text: String) -> String {
        let starts = starts_of(&text, |c| c.is_ascii_digit(), |c| c.is_ascii_alphanumeric() || "._-:".contains(c));
        if let Some(at) = self.some(&starts) {
            let end = at + text[at..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len() - at);
            let number = if self.one_in(3) { scaled(&text[at..end], self.below(7)) } else { None };
            let number = number.unwrap_or_else(|| self.number());
            text.replace_range(at..end, &number);
        }
        text
    }

    fn instead_of_a_value(&mut self, mut text: String) -> String {
        let starts: Vec<usize> = text.match_indices("= ").map(|(at, _)| at + 2).collect();
        if let Some(at) = self.some(&starts) {
            let rest = &text[at..];
            let end = match rest.chars().next() {
                Some('"') => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
                _ => rest.find([',', '\n', '}', ']']).unwrap_or(rest.len()),
            };
            let value = self.value();
            text.replace_range(at..at + end, &value);
        }
        text
    }

    fn instead_of_a_word(&mut self, mut text: String) -> String {
        let starts = starts_of(&text, |c| c.is_ascii_alphabetic(), |c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if let (Some(at), Some(from)) = (self.some(&starts), self.some(&starts)) {
            let end =
                |at: usize| at + text[at..].find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c)).unwrap_or(text.len() - at);
            let word = text[from..end(from)].to_owned();
            text.replace_range(at..end(at), &word);
        }
        text
    }

    fn some(&mut self, places: &[usize]) -> Option<usize> {
        if places.is_empty() { None } else { Some(places[self.below(places.len())]) }
    }

    fn in_lines(&mut self, text: String, change: impl FnOnce(&mut Vec<String>, usize, usize)) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(String::from).collect();
        if !lines.is_empty() {
            let (at, other) = (self.below(lines.len()), self.below(lines.len()));
            change(&mut lines, at, other);
        }
        lines.concat()
    }

    fn at_a_place(&mut self, mut text: String, change: impl FnOnce(&mut String, usize, usize)) -> String {
        let mut place = || {
            let mut at = self.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (at, other) = (place(), place());
        let end = if text.is_char_boundary(other.min(text.len())) { other } else { at };
        let near = (at.min(end) + 40).min(text.len());
        let end = if text.is_char_boundary(near) { end } else { at };
        change(&mut text, at, end);
        text
    }
}

/// Where something begins that does not follow more of the same.
fn starts_of(text: &str, begins: impl Fn(char) -> bool, belongs: impl Fn(char) -> bool) -> Vec<usize> {
    let mut before = ' ';
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        if begins(c) && !belongs(before) {
            found.push(at);
        }
        before = c;
    }
    found
}

/// A number ten, a hundred, a thousand times as large or as small.
fn scaled(number: &str, step: usize) -> Option<String> {
    let number: f64 = number.parse().ok()?;
    Some((number * [0.001, 0.01, 0.1, 0.5, 2.0, 10.0, 1000.0][step]).to_string())
}

/// The tables of a text, each with its heading.
fn blocks(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            found.push(String::new());
        }
        found.last_mut().expect("there is always one").push_str(line);
    }
    found
}
