//! The page that lists every key, printed from [`keys::TABLES`].
//!
//! [`keys::TABLES`]: super::keys::TABLES

use std::fmt::Write;

use super::keys::{Default, Key, KeyKind, TABLES};

/// The page that lists every table and key.
#[must_use]
pub fn reference() -> String {
    let mut page = String::from(INTRODUCTION);
    for table in TABLES {
        let header = if table.many { format!("[[{}]]", table.name) } else { format!("[{}]", table.name) };
        let _ = write!(page, "\n## `{header}`: {}\n\n", table.about);
        page.push_str("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        rows(&mut page, table.keys, "");
        if table.name == "compare" {
            page.push_str("| *response* | number in the unit of the response | | difference too small to matter |\n");
        }
    }
    page
}

fn rows(page: &mut String, keys: &[Key], before: &str) {
    for key in keys {
        let default = match key.default {
            Default::Needed => "**needed**",
            Default::Open => "",
            Default::Is(text) => text,
        };
        let _ = writeln!(page, "| `{before}{}` | {} | {default} | {} |", key.name, key.kind.words(), key.about);
        let of = if matches!(key.kind, KeyKind::Tables(_)) { "[]." } else { "." };
        rows(page, key.kind.keys(), &format!("{before}{}{of}", key.name));
    }
}

const INTRODUCTION: &str = "# Keys of a scenario file

Printed from the list in `src/scenario/keys` that the checks use; a test holds the two together.

A scenario is TOML. Quantities carry their unit in a text: `\"45 min\"`, `\"2 h 30 min\"`, `\"60 km/h\"`, `\"120 km\"`, `\"0.003 /h\"`, `\"18:00\"`,
`\"2026-01-31\"`. Units: time s, min, h, d, week; speed km/h, m/s, mph, kn; distance km, m, mi; rate /h, /d, /site-day. A count may carry
a word: `\"3 buses\"`.

**Numbers** are written alike everywhere: here, after `--set`, `--until` and `--delta`, in sweeps, in conditions and in the cells of data files.
The decimal point is a point; a comma separates thousands only, in groups of three (`1,500`, `1,234,567.25`), so `\"37,5 km/h\"` is refused with
what to write. `1_000`, `+5` and `1.2e+01` are read; `.5`, `5.`, `1 000`, `NaN` and digits of other scripts are not. A share is written `0.8` or
`\"80 %\"`, and so are `cv` and `weights` of a distribution.

**A value that varies** is a table with `dist`: `uniform` (min, max), `triangular` and `pert` (min, mode, max), `lognormal` (median and sigma,
or mean and cv), `exponential` (mean), `gamma`, `erlang` and `weibull` (shape, mean; weibull also shape, scale), `normal` (mean, sd, drawn
again below 0), `discrete` (values, weights), `empirical` (file, column, unit; a CSV file with a header).

**Any value** may be written `{ value = ..., source = \"...\", range = [lowest, highest], note = \"...\" }`; a table with `dist` takes the last
three as well, and every table takes `source` and `note` for those of its values that have none. A source speaks of values of its own
file only: whoever overrides a value brings the source. Values without a source are listed as assumptions.

**`extends = \"base.toml\"`**, above the first table, takes another scenario (or several, later ones over earlier ones) and changes it: tables merge
by key, entries of `[[...]]` by `id`; lists, paths and tables with `dist` or `value` are replaced whole; `remove = true` drops a table or an
entry. Where a thing can be said in two ways (`departures` or `timetable`), saying it the other way drops the first.

Ids and the names of legs and classes have at most 100 characters.

Files that extend one another go at most 64 deep. **Data files** are CSV: commas, a header in which every column has its own name, and
in each row a cell for every column.

**`like`** gives a route the keys of another one by the same rule, after `extends`. **`--set`** comes last and changes one dotted path: the
table's word, the id, the key. An entry of a path is named by its leg or crossing; `*` instead of a name means every
entry, where the key lies deeper every one that has it: `--set route.road.headway=\"30 min\"`,
`--set 'route.road.path.\"to border\".speed=\"50 km/h\"'`, `--set 'route.*.headway=\"30 min\"'`, `--set 'route.*.path.*.speed=\"50 km/h\"'`.
";
