//! One grammar of numbers wherever one may stand: scenarios, overrides, conditions, amounts, cells.

use super::{G1, files, good, load, shown};
use convoysim::scenario::sweep::{self, requirement};
use convoysim::scenario::{self, Known, amount, conditions};

/// Numbers that are refused, with what to write.
const REFUSED: &[(&str, &str)] = &[
    ("37,5", "37.5"),
    ("0,003", "0.003"),
    ("1,50", "1.50"),
    ("12,345,67", "1234567"),
    ("1.500,25", "1500.25"),
    ("1 000", "1000"),
    ("1\u{a0}000", "1000"),
    ("1'000", "1000"),
    (".5", "0.5"),
    ("5.", "5"),
    ("\u{661}\u{662}", "12"),
    ("0x10", "16"),
];

/// Numbers that are read, with their value.
const READ: &[(&str, f64)] =
    &[("37.5", 37.5), ("1,500", 1500.0), ("1,234.5", 1234.5), ("1_000", 1000.0), ("1e3", 1000.0), ("1.2e+01", 12.0), ("+5", 5.0)];

/// What is said of the golden run with one text in place of another.
fn problems(from: &str, to: &str) -> String {
    let text = G1.replacen(from, to, 1);
    assert_ne!(text, G1, "{from} stands in the golden run");
    load(&[("g1.toml", &text)], &[]).map_or_else(|problems| shown(&problems), |_| String::new())
}

#[test]
fn every_quantity_of_a_scenario_refuses_what_is_no_number_and_says_what_to_write() {
    let places = [
        ("speed = \"40 km/h\"", "speed = \"# km/h\""),
        ("distance = \"120 km\"", "distance = \"# km\""),
        ("service = \"12 min\"", "service = \"# min\""),
        ("service = \"12 min\"", "service = { dist = \"uniform\", min = \"# min\", max = \"2 h\" }"),
        ("service = \"12 min\"", "service = { value = \"# min\", source = \"a\" }"),
        ("horizon = \"3 d\"", "horizon = \"# d\""),
        ("detainees = 480", "detainees = \"# people\""),
        ("count = 12", "count = \"# buses\""),
        ("fill = 0.8", "fill = \"# %\""),
        ("fill = 0.8", "fill = \"#\""),
        ("[[site]]", "[incidents]\nrate = \"# /h\"\ndelay = \"1 h\"\n\n[[site]]"),
        ("[[site]]", "[[objective]]\nid = \"o\"\nresponse = \"days_to_completion\"\nat_most = \"# d\"\n\n[[site]]"),
        ("[[site]]", "[[objective]]\nid = \"o\"\nresponse = \"breakdowns\"\nat_most = \"#\"\n\n[[site]]"),
        ("[[site]]", "[[objective]]\nid = \"o\"\nresponse = \"bus_km\"\nat_most = \"# km\"\nin_share_of_runs = \"# %\"\n\n[[site]]"),
        ("[[site]]", "[compare]\ndays_to_completion = \"# d\"\n\n[[site]]"),
    ];
    for (from, to) in places {
        for (number, write) in REFUSED {
            let said = problems(from, &to.replace('#', number));
            assert!(said.contains(&format!("write {write}")), "{to} with {number}:\n{said}");
            assert!(said.starts_with("g1.toml:"), "{said}");
        }
        for number in ["NaN", "inf", "1.2.3", "1/2", "5-6"] {
            assert_ne!(problems(from, &to.replace('#', number)), "", "{to} with {number}");
        }
    }
}

#[test]
fn quantities_are_read_alike_with_thousands_underscores_and_exponents() {
    for (number, value) in READ {
        let text = G1
            .replacen("distance = \"120 km\"", &format!("distance = \"{number} km\""), 1)
            .replace("horizon = \"3 d\"", "horizon = \"300 d\"");
        let plain = G1
            .replacen("distance = \"120 km\"", &format!("distance = \"{value} km\""), 1)
            .replace("horizon = \"3 d\"", "horizon = \"300 d\"");
        assert_eq!(good(&text).scenario.params, good(&plain).scenario.params, "{number}");
    }
}

#[test]
fn a_share_is_written_as_a_number_or_in_percent() {
    let plain = good(G1).scenario.params;
    for share in ["\"80 %\"", "\"80%\"", "\"0.8\"", "8e-1"] {
        assert_eq!(good(&G1.replace("fill = 0.8", &format!("fill = {share}"))).scenario.params, plain, "{share}");
    }
    let objective = |share: &str| {
        let tables = format!(
            "[[objective]]\nid = \"o\"\nresponse = \"days_to_completion\"\nat_most = \"2 d\"\nin_share_of_runs = {share}\n\n[[site]]"
        );
        good(&G1.replacen("[[site]]", &tables, 1)).scenario.objectives
    };
    assert_eq!(objective("0.85"), objective("\"85 %\""));
    assert!(problems("fill = 0.8", "fill = \"120 %\"").contains("must be above 0 and at most 1"));
    assert!(problems("fill = 0.8", "fill = 80").contains("80 % is 0.8"));
}

#[test]
fn overrides_are_held_to_the_same_grammar() {
    for (number, write) in REFUSED {
        for path in ["crossing.border.service", "buses.coaches.fill", "crossing.border.lanes"] {
            let unit = if path.ends_with("service") { " min" } else { "" };
            let set = format!("{path}={number}{unit}");
            // A bare number in base 16 is TOML's own.
            if unit.is_empty() && number.starts_with("0x") {
                continue;
            }
            let Err(problems) = load(&[("g1.toml", G1)], &[&set]) else { panic!("{set} was taken for good") };
            assert!(shown(&problems).contains(&format!("write {write}")), "{set}:\n{}", shown(&problems));
        }
    }
}

#[test]
fn conditions_requirements_and_amounts_are_held_to_the_same_grammar() {
    let known =
        Known { responses: &["days_to_completion", "bus_km", "breakdowns", "utilisation.border"], objectives: &[], horizon_days: 1e6 };
    for (number, write) in REFUSED {
        let write = format!("write {write}");
        for text in
            ["p80(days_to_completion) +- # d", "mean(bus_km) +- # %", "share(days_to_completion <= # d) +- 0.01", "mean(breakdowns) +- #"]
        {
            let said = shown(&conditions(&text.replace('#', number), known).expect_err(text));
            assert!(said.contains(&write), "{text} with {number}:\n{said}");
        }
        for text in ["p80(days_to_completion) <= # d", "share(days_to_completion <= 3 d) >= # %", "mean(utilisation.border) <= # %"] {
            let said = shown(&requirement(&text.replace('#', number), known).expect_err(text));
            assert!(said.contains(&write), "{text} with {number}:\n{said}");
        }
        assert!(amount("days_to_completion", &format!("{number} d")).expect_err(number).contains(&write), "{number}");
        assert!(amount("breakdowns", number).expect_err(number).contains(&write), "{number}");
    }
    for (number, value) in READ {
        assert_eq!(amount("bus_km", &format!("{number} km")), Ok(*value));
        assert_eq!(amount("breakdowns", number), Ok(*value));
    }
    let same = |a: &str, b: &str| assert_eq!(requirement(a, known).expect(a).bound, requirement(b, known).expect(b).bound);
    same("share(days_to_completion <= 3 d) >= 0.8", "share(days_to_completion <= 3 d) >= 80 %");
    same("mean(utilisation.border) <= 0.8", "mean(utilisation.border) <= 80 %");
}

/// The golden run with its service from a data file.
fn empirical(cells: &str) -> Result<scenario::Loaded, String> {
    let text = G1.replace(
        "service = \"12 min\"",
        "service = { dist = \"empirical\", file = \"data/times.csv\", column = \"minutes\", unit = \"min\" }",
    );
    load(&[("g1.toml", &text), ("data/times.csv", cells)], &[]).map_err(|problems| shown(&problems))
}

#[test]
fn cells_take_what_programs_write_and_refuse_the_rest_at_their_own_place() {
    let plain = empirical("minutes\n12\n1500\n0.5\n").expect("numbers").scenario.params;
    assert_eq!(empirical("minutes\n1.2e+01\n\"1,500\"\n5e-1\n").expect("numbers").scenario.params, plain);
    for (cell, write) in [("\"37,5\"", "37.5"), ("1 000", "1000"), (".5", "0.5"), ("\u{661}", "1")] {
        let said = empirical(&format!("queue,minutes\n1,12\n2,{cell}\n3,12\n")).expect_err(cell);
        assert!(said.starts_with("data/times.csv:3:3: ") && said.contains(&format!("write {write}")), "{said}");
        assert!(said.contains("\"minutes\""), "{said}");
    }
    for cell in ["", "NaN", "inf", "-5", "12 min", "n/a", "1e30"] {
        let said = empirical(&format!("queue,minutes\n1,{cell}\n")).expect_err(cell);
        assert!(said.starts_with("data/times.csv:2:3: "), "{cell}: {said}");
    }
    let units =
        G1.replace("service = \"12 min\"", "service = { dist = \"empirical\", file = \"t.csv\", column = \"m\", unit = \"h 30 min\" }");
    let said = shown(&load(&[("g1.toml", &units), ("t.csv", "m\n1\n")], &[]).expect_err("two units"));
    assert!(said.starts_with("g1.toml:") && said.contains("unit"), "{said}");
}

#[test]
fn rows_of_another_length_than_the_header_are_refused_at_their_line() {
    for (cells, place) in [
        ("queue,minutes\n1,5,12\n", "2:5"),
        ("queue,minutes\n1,12\n2,12,\n", "3:6"),
        ("queue,minutes\n1,12\n2\n", "3:1"),
        ("minutes\n12\n1,5\n", "3:3"),
        ("a,minutes,\"two\nlines\"\n1,12,3\n\"x\ny\",12,3\n1,12\n", "6:3"),
        ("\u{feff}queue,minutes\r\n# note\r\n\r\n1,5,12\r\n", "4:5"),
    ] {
        let said = empirical(cells).expect_err(cells);
        assert!(said.starts_with(&format!("data/times.csv:{place}: this line has ")), "{cells:?}:\n{said}");
    }
    let both = empirical("queue,minutes\n1,5,12\n2,5,14\n").expect_err("two rows");
    assert_eq!(both.lines().count(), 2, "{both}");
}

#[test]
fn headers_that_say_two_things_or_nothing_are_refused() {
    for (cells, words) in [
        ("minutes,minutes\n1,2\n", "two columns \"minutes\""),
        ("minutes,a,a\n1,2,3\n", "two columns \"a\""),
        ("minutes,\n1,\n", "column 2 of data/times.csv has no name"),
        (",minutes\n0,12\n", "column 1 of data/times.csv has no name"),
        ("\" \",minutes\n0,12\n", "column 1 of data/times.csv has no name"),
        ("hours\n1\n", "no column \"minutes\""),
        ("queue;minutes\n1;12\n", "uses semicolons"),
        ("queue\tminutes\n1\t12\n", "uses tabs"),
        ("minutes\n", "has no rows"),
        ("", "has no rows"),
        ("minutes\n\"12\n", "never closed"),
    ] {
        let said = empirical(cells).expect_err(cells);
        assert!(said.starts_with("data/times.csv:") && said.contains(words), "{cells:?}:\n{said}");
    }
}

#[test]
fn observed_counts_are_held_to_the_same_grammar() {
    let text = G1.replacen("[[site]]", "[observed]\nfile = \"seen.csv\"\n\n[[site]]", 1);
    let read = |rows: &str| {
        let csv = format!("as_of,value,bound,source\n{rows}");
        load(&[("g1.toml", &text), ("seen.csv", &csv)], &[]).map_err(|problems| shown(&problems))
    };
    let values = |rows: &str| read(rows).expect(rows).scenario.observed.iter().map(|seen| seen.value).collect::<Vec<_>>();
    assert_eq!(values("2026-01-22,1.5e+02,exact,a\n2026-01-23,\"1,500\",exact,a\n"), [150.0, 1500.0]);
    let said = read("2026-01-22,\"37,5\",exact,a\n").expect_err("a decimal comma");
    assert!(said.starts_with("seen.csv:2:12: ") && said.contains("write 37.5"), "{said}");
    let nameless = "as_of,value,,bound,source\n2026-01-22,150,,exact,a\n";
    let said = load(&[("g1.toml", &text), ("seen.csv", nameless)], &[]).map_err(|problems| shown(&problems)).expect_err("no name");
    assert!(said.starts_with("seen.csv:1:13: column 3 of seen.csv has no name"), "{said}");
    let said = read("2026-01-22,1,500,exact,a\n").expect_err("a long row");
    assert!(said.starts_with("seen.csv:2:"), "{said}");
}

#[test]
fn levels_and_ranges_of_sweeps_are_held_to_the_same_grammar() {
    let sweep = |factor: &str| {
        let text = format!(
            "[sweep]\nbase = \"g1.toml\"\n\n[[factor]]\nid = \"speed\"\npath = 'route.road.path.\"to border\".speed'\n{factor}\n\n[[block]]\ndesign = \"grid\"\n"
        );
        let texts = files(&[("sweep.toml", &text), ("g1.toml", G1)]);
        sweep::load("sweep.toml", &texts, &[]).map(|(sweep, _)| sweep).map_err(|problems| shown(&problems))
    };
    for (number, write) in [("37,5", "37.5"), ("1,50", "1.50"), ("0,5", "0.5")] {
        for factor in [format!("levels = [\"30 km/h\", \"{number} km/h\"]"), format!("range = [\"{number} km/h\", \"50 km/h\"]\nsteps = 3")]
        {
            let said = sweep(&factor).expect_err(&factor);
            assert!(said.starts_with("sweep.toml:7:") && said.contains(&format!("write {write}")), "{factor}:\n{said}");
        }
    }
    let same = sweep("levels = [\"1e1 km/h\", \"30km/h\"]").expect("levels");
    assert_eq!(same.factors[0].unit.as_deref(), Some("km/h"));
    assert_eq!(same.factors[0].level(0).number, Some(10.0));
}

#[test]
fn incidents_are_at_most_one_per_second_and_convoy_with_every_factor_above_one() {
    let incidents = |keys: &str| format!("{G1}\n[incidents]\ndelay = \"2 h\"\n{keys}\n");
    let loads = |keys: &str| load(&[("good.toml", &incidents(keys))], &[]).map(|_| ()).map_err(|problems| shown(&problems));
    for valid in [
        "rate = \"1200 /h\"\nuncovered = 3",
        "rate = \"86400 /d\"",
        "rate = \"0 /h\"\nhalted = 1e300\ndaylight = 1e300",
        // A factor below 1 does not make room for another: its state need not hold.
        "rate = \"3600 /h\"\nhalted = 0\nuncovered = 0.1",
        // Beyond the end of a distribution with a long tail lies less than a millionth.
        "rate = { dist = \"lognormal\", median = \"0.003 /h\", sigma = 2 }\nhalted = 5\nuncovered = 5",
    ] {
        assert_eq!(loads(valid), Ok(()), "{valid}");
    }
    for (refused, key) in [
        ("rate = \"1201 /h\"\nuncovered = 3", "rate"),
        ("rate = \"86401 /d\"", "rate"),
        ("rate = \"3600 /h\"\nhalted = 0\nuncovered = 1.1", "rate"),
        ("rate = \"10 /h\"\nunder_escorted = 361", "under_escorted"),
        ("rate = \"10 /h\"\nafter_incident = { factor = 361, for = \"1 min\" }", "after_incident.factor"),
        ("rate = { dist = \"uniform\", min = \"0 /h\", max = \"1000 /h\" }\nhalted = 4", "rate"),
        ("rate = { dist = \"exponential\", mean = \"500 /h\" }", "rate"),
    ] {
        let said = loads(refused).expect_err(refused);
        assert!(said.contains(&format!(": incidents.{key} is too high: ")), "{refused}: {said}");
    }
}
