//! Texts that are made to cost much: read, or refused, in a moment and with a place.

use super::{G1, load, shown};
use convoysim::scenario;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Far above what it takes without optimisation on a busy machine, far below what grows with the cube.
const MOMENT: Duration = Duration::from_secs(120);

#[expect(clippy::disallowed_methods, reason = "a reader whose cost explodes must fail a test, not hold it up")]
fn in_a_moment<T>(work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < MOMENT, "it took {:?}", begun.elapsed());
    done
}

#[test]
fn a_file_that_is_extended_on_many_ways_is_read_once() {
    let read: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let depth = 60;
    let sources = |name: &str| {
        *read.borrow_mut().entry(name.to_owned()).or_default() += 1;
        let at: u32 = name.trim_start_matches('q').trim_end_matches(".toml").parse().map_err(|_| "no such file".to_owned())?;
        Ok(if at < depth { format!("extends = [\"q{0}.toml\", \"q{0}.toml\"]\n", at + 1) } else { G1.to_owned() }.into_bytes())
    };
    let loaded = in_a_moment(|| scenario::load("q0.toml", &sources, &[])).expect("a scenario");
    assert_eq!(loaded.scenario.params, super::good(G1).scenario.params);
    assert!(read.borrow().values().all(|times| *times == 1), "{read:?}");
}

#[test]
fn extends_goes_64_files_deep_and_no_further() {
    let chain = |last: u32| {
        move |name: &str| {
            let at: u32 = name.trim_start_matches('q').trim_end_matches(".toml").parse().map_err(|_| "no such file".to_owned())?;
            Ok(if at < last { format!("extends = \"q{}.toml\"\n", at + 1) } else { G1.to_owned() }.into_bytes())
        }
    };
    scenario::load("q0.toml", &chain(63), &[]).expect("64 files");
    for last in [64, 15_000] {
        let said = in_a_moment(|| shown(&scenario::load("q0.toml", &chain(last), &[]).expect_err("too deep")));
        assert!(said.starts_with("q63.toml:1:11: extends goes more than 64 files deep: q0.toml -> q1.toml -> "), "{said}");
    }
}

#[test]
fn extends_takes_no_more_than_a_thousand_files() {
    let sources = |name: &str| {
        let names: Vec<String> = (0..2_000).map(|at| format!("\"b{at}.toml\"")).collect();
        Ok(if name == "q.toml" { format!("extends = [{}]\n", names.join(", ")) } else { String::new() }.into_bytes())
    };
    let said = in_a_moment(|| shown(&scenario::load("q.toml", &sources, &[]).expect_err("too many")));
    assert!(said.contains("extends more than 1000 files"), "{said}");
}

/// The golden run with so many more routes, each like the one before.
fn like_one_another(routes: usize) -> String {
    let mut text = G1.to_owned();
    for at in 0..routes {
        let before = if at == 0 { "road".to_owned() } else { format!("r{}", at - 1) };
        let _ = write!(text, "\n[[route]]\nid = \"r{at}\"\nlike = \"{before}\"\n");
    }
    text
}

#[test]
fn a_long_chain_of_routes_each_like_the_one_before_is_filled_in_once() {
    let text = like_one_another(3_000);
    let loaded = in_a_moment(|| load(&[("g1.toml", &text)], &[])).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    let routes = &loaded.scenario.params.routes;
    assert_eq!(routes.len(), 3_001);
    assert_eq!(routes[0].mode, routes[3_000].mode);
}

#[test]
fn a_long_circle_of_routes_is_told_in_short() {
    let text = like_one_another(3_000).replace("id = \"road\"", "id = \"road\"\nlike = \"r2999\"");
    let said = in_a_moment(|| shown(&load(&[("g1.toml", &text)], &[]).expect_err("a circle")));
    assert!(said.contains("like goes in a circle: "), "{said}");
    assert!(said.len() < 20_000, "{} bytes", said.len());
}

#[test]
fn tables_too_deep_and_too_many_are_refused_at_their_place() {
    let deep = |n: usize| format!("{G1}\n[welfare]\nmax_aboard = {}1{}\n", "[".repeat(n), "]".repeat(n));
    let dotted = |n: usize| format!("{G1}\n[welfare]\n{} = 1\n", vec!["a"; n].join("."));
    let header = |n: usize| format!("{G1}\n[{}]\n", vec!["a"; n].join("."));
    let inline = |n: usize| format!("{G1}\n[welfare]\nmax_aboard = {}1{}\n", "{ a = ".repeat(n), " }".repeat(n));
    for text in [deep(50_000), dotted(50_000), header(50_000), inline(50_000)] {
        let said = in_a_moment(|| shown(&load(&[("g1.toml", &text)], &[]).expect_err("too deep")));
        assert!(said.starts_with("g1.toml:"), "{said}");
    }
    let mut many = G1.to_owned();
    for at in 0..100_000 {
        let _ = write!(many, "[[route]]\nid = \"x{at}\"\n");
    }
    let said = in_a_moment(|| shown(&load(&[("g1.toml", &many)], &[]).expect_err("too many")));
    assert!(said.contains("there are 100001 entries of [[route]]"), "{said}");
}

#[test]
fn an_override_of_many_parts_is_refused() {
    let set = format!("{}=1", vec!["route"; 100_000].join("."));
    let said = in_a_moment(|| shown(&load(&[("g1.toml", G1)], &[&set]).expect_err("too long")));
    assert!(said.contains("a path has at most 16 parts"), "{}", said.chars().take(300).collect::<String>());
}

#[test]
fn of_many_problems_a_thousand_are_kept() {
    let mut many = G1.to_owned();
    for at in 0..5_000 {
        let _ = write!(many, "[[route]]\nid = \"x{at}\"\nlike = \"nobody{at}\"\nspeedy = 1\n");
    }
    let problems = in_a_moment(|| load(&[("g1.toml", &many)], &[]).expect_err("wrong"));
    assert_eq!(problems.len(), 1_001);
    assert!(problems[1_000].message.contains("more than 1000 problems"), "{}", problems[1_000]);
}

#[test]
fn of_a_long_line_the_part_around_the_place_is_shown() {
    let text = format!("{G1}\n[welfare]\nnote = \"{}\"\nmax_aboard = [{}\"x\"]\n", "é".repeat(100), "\"é\", ".repeat(200_000));
    let problems = in_a_moment(|| load(&[("g1.toml", &text)], &[]).expect_err("a list"));
    let shown = problems[0].render(false);
    assert!(shown.len() < 3_000, "{} bytes", shown.len());
    let late = format!("x = [{}], nonsense", "1, ".repeat(5_000));
    let problems = load(&[("late.toml", &late)], &[]).expect_err("no TOML");
    let told = &problems[0];
    let shown = told.render(false);
    assert!(told.place.column > 10_000, "{told}");
    assert!(shown.contains(&format!("late.toml:1:{}", told.place.column)), "{shown}");
    assert!(shown.contains("nonsense") && shown.len() < 2_000, "{shown}");
}

#[test]
fn a_message_quotes_no_more_than_somebody_reads() {
    let texts = [
        G1.replace("id = \"border\"", &format!("id = \"{} x\"", "b".repeat(1_000_000))),
        G1.replace("service = \"12 min\"", &format!("service = \"{} min\"", "1".repeat(1_000_000))),
        G1.replace("fleet = \"coaches\"", &format!("fleet = \"{}\"", "c".repeat(1_000_000))),
    ];
    for text in texts {
        let problems = in_a_moment(|| load(&[("g1.toml", &text)], &[]).expect_err("wrong"));
        let shown: usize = problems.iter().map(|problem| problem.render(false).len()).sum();
        assert!(shown < 20_000, "{shown} bytes");
    }
}

#[test]
fn names_have_at_most_100_characters() {
    // Each line of a trace repeats them: a name of 1 MB would take more memory than there is.
    let long = |n: usize| {
        let name = "b".repeat(n);
        [
            G1.replace("\"border\"", &format!("\"{name}\"")),
            G1.replace("\"coaches\"", &format!("\"{name}\"")),
            G1.replace("\"to border\"", &format!("\"{name}\"")),
            G1.replace("detainees = 480", &format!("detainees = {{ {name} = 480 }}")),
        ]
    };
    for text in long(100) {
        load(&[("g1.toml", &text)], &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    }
    for (n, words) in [(101, "has 101 characters, but may have at most 100"), (1_000_000, "has 1000000 characters")] {
        for text in long(n) {
            let problems = in_a_moment(|| load(&[("g1.toml", &text)], &[]).expect_err("too long"));
            assert!(problems.iter().any(|problem| problem.message.contains(words)), "{n}: {}", shown(&problems));
        }
    }
}

#[test]
fn a_nested_file_keeps_the_root_of_its_name() {
    let (above, base) = ("extends = \"/plans/sub/middle.toml\"\n", "extends = \"../base.toml\"\n");
    let data =
        G1.replace("service = \"12 min\"", "service = { dist = \"empirical\", file = \"data/t.csv\", column = \"m\", unit = \"min\" }");
    let texts = [("own/top.toml", above), ("/plans/sub/middle.toml", base), ("/plans/base.toml", &data), ("/plans/data/t.csv", "m\n12\n")];
    load(&texts, &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
}
