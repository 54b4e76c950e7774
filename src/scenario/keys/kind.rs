//! What may stand under a key, and how that is said by example and in words.

use super::{Default, Key};

/// What may stand under a key.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// Any text.
    Text,
    /// An id: letters, digits, `-`, `_`.
    Id,
    /// The id of an entry of one of these tables.
    Of(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number from this.
    Whole(i64),
    /// A number from 0.
    Number,
    /// A number from 0 to 1.
    Share,
    /// Degrees, as far to both sides of 0.
    Degrees(i32),
    /// `true` or `false`.
    Flag,
    /// A duration.
    Time,
    /// A duration or a distribution of durations.
    TimeVaries,
    /// A speed or a distribution of speeds.
    SpeedVaries,
    /// A distance.
    Distance,
    /// A rate, `"0.0003 /site-day"`.
    Rate,
    /// A rate or a distribution of rates.
    RateVaries,
    /// A time of day.
    Clock,
    /// A date or a date-time.
    Date,
    /// Hours of opening: `"24 h"`, or windows of the clock.
    Hours,
    /// Windows of the clock or of time since the start, or one of these words.
    Windows(&'static [&'static str]),
    /// A window with `from` and `to`, or one of these words.
    Window(&'static [&'static str], &'static [Key]),
    /// A list of clock times.
    Clocks,
    /// A list of texts, or of ids of these tables.
    List,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A whole number, or a table with these keys.
    WholeOr(&'static [Key]),
    /// A whole number, `{ min, max }`, or a discrete distribution.
    Sizes(&'static [Key]),
    /// One of these words, or a table with these keys.
    WordOr(&'static [&'static str], &'static [Key]),
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// A whole number, or a table of whole numbers by class.
    Classes,
    /// A table of amounts by dotted path.
    Amounts,
    /// A number, with the unit of the response it is about.
    Bound,
}

impl KeyKind {
    /// The keys of the table that may stand there.
    #[must_use]
    pub const fn keys(self) -> &'static [Key] {
        match self {
            Self::Table(keys)
            | Self::WholeOr(keys)
            | Self::Sizes(keys)
            | Self::WordOr(_, keys)
            | Self::Tables(keys)
            | Self::Window(_, keys) => keys,
            _ => &[],
        }
    }

    /// What to write, by example.
    #[must_use]
    pub fn example(self) -> String {
        let table = |keys: &[Key]| {
            let needed = keys.iter().filter(|key| key.default == Default::Needed);
            let inner: Vec<String> = needed.map(|key| format!("{} = {}", key.name, key.kind.example())).collect();
            format!("{{ {} }}", inner.join(", "))
        };
        match self {
            Self::Text => "\"...\"".into(),
            Self::Id => "\"name-1\"".into(),
            Self::Of(tables) => format!("\"<id of one of [[{}]]>\"", tables.join("]] or [[")),
            Self::Word(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" or "),
            Self::Whole(least) => least.max(1).to_string(),
            Self::Number => "1.5".into(),
            Self::Share => "0.8".into(),
            Self::Degrees(_) => "36.5".into(),
            Self::Flag => "true or false".into(),
            Self::Time | Self::TimeVaries => "\"45 min\"".into(),
            Self::SpeedVaries => "\"40 km/h\"".into(),
            Self::Distance => "\"120 km\"".into(),
            Self::Rate | Self::RateVaries => "\"0.003 /h\"".into(),
            Self::Clock => "\"18:00\"".into(),
            Self::Date => "\"2026-01-31\"".into(),
            Self::Hours => "\"24 h\" or [[\"06:00\", \"22:00\"]]".into(),
            Self::Windows(words) => format!("{} or [[\"18:00\", \"02:00\"]]", Self::Word(words).example()),
            Self::Window(..) => "{ from = \"18:00\", to = \"02:00\" }".into(),
            Self::Clocks => "[\"20:00\", \"22:00\"]".into(),
            Self::List => "[\"...\"]".into(),
            Self::Table(keys) => table(keys),
            Self::WholeOr(keys) => format!("480 or {}", table(keys)),
            Self::Sizes(_) => "6".into(),
            Self::WordOr(words, keys) => format!("{} or {}", Self::Word(words).example(), table(keys)),
            Self::Tables(keys) if keys.iter().any(|key| key.name == "leg") => {
                "[{ leg = \"to the border\", distance = \"120 km\", speed = \"40 km/h\" }]".into()
            }
            Self::Tables(keys) => format!("[{}]", table(keys)),
            Self::Classes => "480 or { general = 400, separate = 80 }".into(),
            Self::Amounts => "{ \"facility.central.beds\" = 400 }".into(),
            Self::Bound => "0.05, or with a unit \"30 d\"".into(),
        }
    }

    /// What to write, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Id => "id (letters, digits, `-`, `_`)".into(),
            Self::Of(tables) => format!("id of a {}", tables.join(", ")),
            Self::Word(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(" or "),
            Self::Whole(i64::MIN) => "whole number".into(),
            Self::Whole(least) => format!("whole number, at least {least}"),
            Self::Number => "number, at least 0".into(),
            Self::Share => "number from 0 to 1, or text such as `\"80 %\"`".into(),
            Self::Degrees(limit) => format!("degrees, from -{limit} to {limit}"),
            Self::Flag => "true or false".into(),
            Self::Time => "duration".into(),
            Self::TimeVaries => "duration or distribution".into(),
            Self::SpeedVaries => "speed or distribution".into(),
            Self::Distance => "distance".into(),
            Self::Rate => "rate".into(),
            Self::RateVaries => "rate or distribution".into(),
            Self::Clock => "time of day".into(),
            Self::Date => "date or date-time".into(),
            Self::Hours => "`\"24 h\"` or windows `[[\"06:00\", \"22:00\"]]`".into(),
            Self::Windows(words) => format!("{}, or windows", Self::Word(words).words()),
            Self::Window(words, _) => format!("{}, or a window `{{ from, to }}`", Self::Word(words).words()),
            Self::Clocks => "list of times of day".into(),
            Self::List => "list of texts".into(),
            Self::Table(_) => "table".into(),
            Self::WholeOr(_) => "whole number or table".into(),
            Self::Sizes(_) => "whole number, `{ min, max }` or discrete distribution".into(),
            Self::WordOr(words, _) => format!("{} or table", Self::Word(words).words()),
            Self::Tables(_) => "list of tables".into(),
            Self::Classes => "whole number, or table by class".into(),
            Self::Amounts => "table of amounts by dotted path".into(),
            Self::Bound => "number in the unit of the response".into(),
        }
    }
}
