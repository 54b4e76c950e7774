//! What `check` says of random small plans, against what becomes of them: a plan without a word on it does not deadlock.
//!
//! The plans are texts about places that are short: hubs with few places, beds that several classes want, flights and convoys that wait for
//! a full load, people who come late because they were unfit or because something opens late. They have nothing else in which a plan can
//! be stuck (hand-overs, escorts, cover), as `check` says nothing about that.

use super::dice::Dice;
use super::run::property;
use convoysim::model::{Ending, Model};
use convoysim::scenario;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::cell::Cell;
use std::fmt::Write;

/// Replications of each plan.
const RUNS: u32 = 5;

/// What `check` says about plans that may not be complete.
const WORDS: [&str; 5] = ["can deadlock", "never starts", "never flies", "brings at least", "leaves with at least"];

const CLASSES: [&str; 3] = ["a", "b", "c"];

/// Some of the classes, at least one, in a list.
fn some_classes(d: &mut Dice<'_>, classes: &[&str], percent: u64) -> Vec<String> {
    let first = d.number(0, classes.len() as u32 - 1) as usize;
    let chosen = classes.iter().enumerate().filter(|(at, _)| *at == first || d.chance(percent));
    chosen.map(|(_, class)| format!("{class:?}")).collect()
}

/// The text of a plan.
fn plan(choices: &[u16]) -> String {
    let mut all = Dice::new(choices);
    let mut d = all.part(20);
    let mut text = String::from("[scenario]\nname = \"places\"\nstart = \"2026-01-21T06:00\"\nhorizon = \"60 d\"\n");
    let classes = &CLASSES[..d.number(1, 3) as usize];
    let (sites, hubs, facilities) = (d.number(1, 2), d.number(0, 2), d.number(1, 2));
    let turn_back = d.chance(15);
    let mut people = 0;
    let boarding = "boarding = { bays = 2, lanes_per_bay = 2, per_person = \"1 min\" }\nparking = 2\n";
    for n in 0..sites {
        let mut d = all.part(20);
        let counts: Vec<(&str, u32)> = classes.iter().map(|class| (*class, d.number(1, 60))).collect();
        people += counts.iter().map(|(_, count)| count).sum::<u32>();
        let detainees: Vec<String> = counts.iter().map(|(class, count)| format!("{class} = {count}")).collect();
        writeln!(text, "[[site]]\nid = \"site-{n}\"\ndetainees = {{ {} }}\n{boarding}", detainees.join(", ")).expect("to text");
        if let Some(hours) = d.maybe(25, |d| d.number(1, 40)) {
            writeln!(text, "unfit = {{ share = 0.1, back_after = \"{hours} h\" }}").expect("to text");
        }
        if d.chance(15) {
            writeln!(text, "hours = [[\"08:00\", \"12:00\"]]").expect("to text");
        }
    }
    for n in 0..hubs {
        let holding = all.part(4).number(10, 90);
        writeln!(text, "[[hub]]\nid = \"hub-{n}\"\nholding = {holding}\narrival = {{ per_person = \"0 min\" }}\n{boarding}")
            .expect("to text");
    }
    for n in 0..facilities {
        let mut d = all.part(20);
        let accepts = if n == 0 { classes.iter().map(|class| format!("{class:?}")).collect() } else { some_classes(&mut d, classes, 50) };
        let beds = match d.number(0, 2) {
            0 => people,
            _ if n == 0 => people.div_ceil(2) + d.number(0, people / 3),
            _ => people.div_ceil(3) + d.number(0, people / 3),
        };
        let beds = if facilities == 1 { people } else { beds };
        let beds = match d.number(0, 4) {
            0 => format!("{{ start = {}, per_day = {}, up_to = {beds} }}", beds / 2, 1 + beds / 8),
            _ => beds.to_string(),
        };
        let parts = "intake = { bays = 2, lanes_per_bay = 2, per_person = \"1 min\" }\nparking = 2\n";
        let accepts = accepts.join(", ");
        writeln!(text, "[[facility]]\nid = \"facility-{n}\"\naccepts = [{accepts}]\nbeds = {beds}\n{parts}").expect("to text");
    }
    // From each site and hub one or two routes onward; hubs lead to later hubs and to facilities.
    let origins = (0..sites).map(|n| (format!("site-{n}"), 0)).chain((0..hubs).map(|n| (format!("hub-{n}"), n + 1)));
    for (n, (from, first_hub)) in origins.enumerate() {
        let mut number = all.part(4);
        for route in 0..number.number(1, 3) {
            let d = all.part(30);
            one_route(&mut text, d, &format!("{n}-{route}"), &from, (first_hub, hubs), if route == 0 { 1 } else { facilities }, classes);
        }
    }
    let mut d = all.part(20);
    for n in 0..d.number(0, 2) {
        let (from, days) = (d.number(21, 24), d.number(1, 4));
        // Some last to the horizon and beyond.
        let for_good = d.chance(20);
        let target = match d.number(0, 2) {
            0 => format!("site.site-{}", d.number(0, sites - 1)),
            1 => "route.r0-0".to_owned(),
            _ => format!("facility.facility-{}", d.number(0, facilities - 1)),
        };
        let effect = match !target.starts_with("route") || d.chance(60) {
            true => "closed = true".to_owned(),
            false => format!("daily_cap = {}", d.number(5, 60)),
        };
        let to = if for_good { "2026-06-01".to_owned() } else { format!("2026-01-{}", from + days) };
        writeln!(text, "[[calendar]]\nid = \"entry-{n}\"\nfrom = \"2026-01-{from}\"\nto = \"{to}\"\napplies_to = [{target:?}]\n{effect}")
            .expect("to text");
    }
    if turn_back {
        writeln!(text, "[incidents]\nrate = \"0.2 /h\"\ndelay = \"30 min\"\nturn_back = 0.5").expect("to text");
    }
    text
}

fn one_route(text: &mut String, mut d: Dice<'_>, id: &str, from: &str, (first_hub, hubs): (u32, u32), facilities: u32, classes: &[&str]) {
    let to_hub = first_hub < hubs && d.chance(65);
    let hub = d.number(first_hub.min(hubs.saturating_sub(1)), hubs.max(1) - 1);
    let to = if to_hub { format!("hub-{hub}") } else { format!("facility-{}", d.number(0, facilities - 1)) };
    let (by_air, load, count) = (d.chance(40), d.number(3, 30), d.number(1, 4));
    let all_classes = d.chance(60) || id.ends_with("-0");
    let mut lines = format!("from = {from:?}\nto = {to:?}\n");
    let some = some_classes(&mut d, classes, 50);
    if !all_classes {
        writeln!(lines, "classes = [{}]", some.join(", ")).expect("to text");
    }
    if let Some(priority) = d.maybe(30, |d| d.number(1, 3)) {
        writeln!(lines, "priority = {priority}").expect("to text");
    }
    let window = d.maybe(25, |d| d.number(0, 23));
    if let Some(hour) = window {
        writeln!(lines, "departures = {{ from = \"{hour:02}:00\", to = \"{:02}:00\" }}", (hour + 5) % 24).expect("to text");
    }
    let wait = d.number(0, 12);
    if by_air {
        let at_least = d.number(1, load);
        let default = d.chance(30);
        let at_least = if default { String::new() } else { format!(", at_least = {at_least}") };
        let form = if wait == 6 { String::new() } else { format!("form = {{ wait_at_most = \"{wait} h\" }}\n") };
        writeln!(
            text,
            "[[aircraft]]\nid = \"f{id}\"\ncount = {count}\nseats = {load}\nhome = {from:?}\n\
             [[route]]\nid = \"r{id}\"\nmode = \"air\"\n{lines}{form}aircraft = {{ fleet = \"f{id}\"{at_least} }}\nflight = \"1 h\""
        )
        .expect("to text");
    } else {
        let wanted = d.number(1, count);
        let fewest = d.number(1, wanted);
        let least = d.maybe(40, |d| d.number(1, wanted));
        let form = least.map_or_else(String::new, |least| format!("form = {{ at_least = {least}, wait_at_most = \"{wait} h\" }}\n"));
        writeln!(
            text,
            "[[buses]]\nid = \"f{id}\"\ncount = {count}\nseats = {load}\nhome = {from:?}\n\
             [[route]]\nid = \"r{id}\"\nmode = \"land\"\n{lines}{form}path = [ {{ leg = \"way\", distance = \"60 km\", speed = \"30 km/h\" }} ]\n\
             buses = {{ fleet = \"f{id}\", per_convoy = {{ min = {fewest}, max = {wanted} }} }}"
        )
        .expect("to text");
    }
}

#[test]
fn a_plan_of_which_check_says_nothing_does_not_deadlock() {
    let (refused, noted, noted_stuck, silent, missed) =
        (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    let count = |cell: &Cell<u32>| cell.set(cell.get() + 1);
    property(30, &prop::collection::vec(any::<u16>(), 600), |choices| {
        let text = plan(&choices);
        let source = |_: &str| Ok(text.clone().into_bytes());
        let loaded = match scenario::load("plan.toml", &source, &[]) {
            Ok(loaded) => loaded,
            Err(problems) => {
                count(&refused);
                if std::env::var_os("SHOW_REFUSED").is_some() {
                    println!("{}", problems[0]);
                }
                return Ok(());
            }
        };
        let said: Vec<&str> = loaded.notes.iter().map(|note| note.message.as_str()).collect();
        let words = said.iter().any(|said| WORDS.iter().any(|word| said.contains(word)));
        let model = Model::new(loaded.scenario.params, 1);
        let mut stuck = None;
        for replication in 0..RUNS {
            let o = model.replicate(replication, false).map_err(|failure| TestCaseError::fail(format!("{failure:?}")))?;
            if o.ending == Ending::Deadlock {
                stuck = Some((replication, o.left));
                break;
            }
        }
        count(if words { &noted } else { &silent });
        match stuck {
            Some(_) if words => count(&noted_stuck),
            Some((replication, left)) => {
                count(&missed);
                if let Some(folder) = std::env::var_os("SHOW_MISSED") {
                    let file = std::path::Path::new(&folder).join(format!("missed-{}.toml", missed.get()));
                    std::fs::write(file, format!("# replication {replication}: {left:#?}\n").replace('\n', "\n# ") + "\n" + &text)
                        .expect("written");
                    return Ok(());
                }
                return Err(TestCaseError::fail(format!("replication {replication} deadlocks: {left:#?}\n{said:?}\n{text}")));
            }
            None => {}
        }
        Ok(())
    });
    println!(
        "{} refused; {} with a word on it, {} of them deadlock; {} without one, {} of them deadlock",
        refused.get(),
        noted.get(),
        noted_stuck.get(),
        silent.get(),
        missed.get()
    );
    assert!(noted_stuck.get() >= 20 && silent.get() >= 100, "{} and {}", noted_stuck.get(), silent.get());
}
