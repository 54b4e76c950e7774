//! Every table and every key of a sweep file: the one list.
//!
//! The reader knows no other key, no other bound of a number and no other default; "did you mean" searches it, and the JSON Schema is
//! printed from it.

use crate::scenario::MOST_REPLICATIONS;
use crate::scenario::keys::Default;

/// A table of a sweep file.
pub type Table = crate::scenario::keys::Table<Key>;

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// Whether it must be given, or what holds where it is not.
    pub default: Default,
    /// The designs that it says something to; empty for all of them, and for keys of other tables.
    pub designs: &'static [&'static str],
    /// What to write, by example.
    pub example: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// An id: letters, digits, `-`, `_`.
    Id,
    /// One of the designs.
    Design,
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// A number, bare or with its unit.
    Number,
    /// The lowest and the highest number.
    Range,
    /// A list of values as the scenario would have them, or of tables with the keys of a level.
    Levels,
    /// A table of values by dotted path.
    Set,
}

impl Kind {
    /// What to write, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Texts => "list of texts".into(),
            Self::Id => "id (letters, digits, `-`, `_`)".into(),
            Self::Design => DESIGNS.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(" or "),
            Self::Flag => "true or false".into(),
            Self::Whole(least, most) if most >= MOST => format!("whole number, at least {least}"),
            Self::Whole(least, most) => format!("whole number, {least} to {most}"),
            Self::Number => "number, or text with a unit".into(),
            Self::Range => "two numbers, or texts with a unit".into(),
            Self::Levels => "list of values, or of tables `{ label, set, number }`".into(),
            Self::Set => "table of values by dotted path".into(),
        }
    }
}

/// Most points of one block.
pub(super) const MOST: u64 = 10_000_000;

/// The largest whole number of TOML.
pub(super) const LARGEST: u64 = i64::MAX as u64;

/// The words that a block may have as its design.
pub const DESIGNS: &[&str] = &["grid", "zip", "list", "lhs", "sobol", "morris", "factorial"];

/// The tables of a sweep file.
pub const TABLES: &[Table] = &[SWEEP, FACTOR, BLOCK];

const fn key(name: &'static str, kind: Kind, default: Default, example: &'static str, about: &'static str) -> Key {
    Key { name, kind, default, designs: &[], example, about }
}

/// A key that says something to some designs only.
const fn of(designs: &'static [&'static str], key: Key) -> Key {
    Key { designs, ..key }
}

use Default::{Is, Needed, Open};

/// The sweep itself.
pub(super) const SWEEP: Table = Table {
    name: "sweep",
    many: false,
    about: "the base, how many runs of each point, and what is asked",
    keys: &[
        key("base", Kind::Text, Needed, "\"base.toml\"", "scenario file, seen from the sweep file"),
        key("name", Kind::Text, Is("name of the file"), "\"Lanes and escorts\"", "its name"),
        key("question", Kind::Text, Is("none"), "\"...\"", "the question it answers"),
        key("replications", Kind::Whole(1, MOST_REPLICATIONS as u64), Is("those of the base"), "200", "replications of each point"),
        key(
            "until",
            Kind::Text,
            Is("none"),
            "\"p80(days_to_completion) +- 1 d\"",
            "how precisely figures of each point are to be known, in place of replications",
        ),
        key("at_most", Kind::Whole(30, MOST_REPLICATIONS as u64), Is("10000"), "10000", "most replications of a point, with until"),
        key("seed", Kind::Whole(0, LARGEST), Is("that of the base"), "1", "root seed"),
        key("common_random_numbers", Kind::Flag, Is("true"), "true", "whether every point has the same random numbers"),
        key("responses", Kind::Texts, Is("all"), "[\"days_to_completion\"]", "those recorded"),
        key("show", Kind::Texts, Is("the usual ones"), "[\"days_to_completion\"]", "responses summed up in points.csv and in charts"),
        key("requirement", Kind::Text, Is("none"), "\"p80(days_to_completion) <= 36 d\"", "a bound on a number that a point is to meet"),
    ],
};

/// What varies.
pub(super) const FACTOR: Table = Table {
    name: "factor",
    many: true,
    about: "an input that varies, or several that move together",
    keys: &[
        key("id", Kind::Id, Needed, "\"lanes\"", "name of its column; the unit of its numbers is added"),
        key("label", Kind::Text, Is("the id"), "\"border lanes\"", "what charts call it"),
        key("path", Kind::Text, Open, "\"crossing.border.lanes\"", "the dotted path that it sets, as for --set"),
        key("paths", Kind::Texts, Open, "[\"crossing.border.lanes\"]", "several dotted paths that take the same value, in place of path"),
        key(
            "levels",
            Kind::Levels,
            Open,
            "[1, 2, 3]",
            "values as the scenario would have them; or tables where several things move together",
        ),
        key("range", Kind::Range, Open, "[1, 4]", "lowest and highest, in place of levels"),
        key("whole", Kind::Flag, Is("false"), "true", "of a range: whole numbers only"),
        key("steps", Kind::Whole(2, 10_000), Open, "5", "of a range: so many levels for a grid"),
        key(
            "times",
            Kind::Flag,
            Is("false"),
            "true",
            "the numbers multiply what the base has; of a distribution, its parameters with a unit",
        ),
    ],
};

/// A level where several things move together.
pub(super) const LEVEL: Table = Table {
    name: "levels",
    many: true,
    about: "a level that sets several things",
    keys: &[
        key("label", Kind::Text, Needed, "\"two shifts\"", "what it is called"),
        key("set", Kind::Set, Needed, "{ \"crossing.border.lanes\" = 2 }", "values by dotted path"),
        key("number", Kind::Number, Open, "2", "where it stands on an axis"),
    ],
};

/// In which combinations.
pub(super) const BLOCK: Table = Table {
    name: "block",
    many: true,
    about: "points in a design; several blocks follow each other",
    keys: &[
        key("design", Kind::Design, Needed, "\"grid\"", "in which combinations"),
        key("factors", Kind::Texts, Is("all"), "[\"lanes\"]", "factors that vary in this block; the others keep the value of the base"),
        of(&["lhs"], key("points", Kind::Whole(2, MOST), Needed, "128", "points of a Latin hypercube")),
        of(&["sobol"], key("rows", Kind::Whole(2, 1 << 24), Needed, "512", "rows of each matrix, a power of two")),
        of(&["sobol"], key("second_order", Kind::Flag, Is("false"), "true", "whether indices of pairs are wanted")),
        of(&["list"], key("file", Kind::Text, Needed, "\"points.csv\"", "CSV file with a column for each factor and a row for each point")),
        of(&["morris"], key("trajectories", Kind::Whole(2, 100_000), Needed, "20", "walks that change one factor at a time")),
        of(&["morris"], key("levels", Kind::Whole(2, 100), Is("4"), "4", "levels of each factor on a walk, an even number")),
        of(
            &["factorial"],
            key("generators", Kind::Texts, Is("none: all combinations"), "[\"E=ABCD\"]", "which fraction of all combinations"),
        ),
    ],
};
