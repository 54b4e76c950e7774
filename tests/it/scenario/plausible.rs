//! Plans that are refused because nobody can carry them out, and notes on plans that can deadlock or are probably not meant.

use convoysim::model::{Ending, Model};
use convoysim::scenario::{self, Loaded, Problem};

use super::{G1, load, shown};

/// G1 with this text after it and these overrides.
fn plan(more: &str, overrides: &[&str]) -> Result<Loaded, Vec<Problem>> {
    let text = format!("{G1}{more}");
    load(&[("plan.toml", &text)], overrides)
}

/// Place and message of each note.
fn notes(more: &str, overrides: &[&str]) -> Vec<String> {
    let loaded = plan(more, overrides).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    loaded.notes.iter().map(|note| format!("{}:{}: {}", note.place.line, note.place.column, note.message)).collect()
}

/// The messages of the errors.
fn errors(more: &str, overrides: &[&str]) -> Vec<String> {
    plan(more, overrides).map(|_| ()).expect_err("it cannot work").iter().map(|error| error.message.clone()).collect()
}

fn one(found: Vec<String>, words: &str) {
    assert!(found.len() == 1 && found[0].contains(words), "{words:?} is wanted, and found is {found:?}");
}

/// A hub between the prison and the receiving facility, which buses of the hub leave.
const HUB: &str = r#"
[[hub]]
id = "hub"
holding = 240
arrival = { per_person = "5 s" }
boarding = { bays = 1, lanes_per_bay = 2, per_person = "90 s" }
parking = 1

[[buses]]
id = "vans"
count = 12
seats = 40
home = "hub"

[[route]]
id = "on"
like = "road"
from = "hub"
buses = { fleet = "vans", per_convoy = 6 }
escorts = "none"
"#;

#[test]
fn beds_that_no_route_leads_to_do_not_count() {
    let elsewhere = "\n[[facility]]\nid = \"elsewhere\"\nbeds = 900\nintake = { bays = 1, per_person = \"1 min\" }\n";
    one(
        errors(elsewhere, &["facility.receiving.beds=450"]),
        "480 people at \"prison\" can only come to \"receiving\", with at most 450 beds",
    );
    // A way there makes it work.
    let way = format!("{elsewhere}\n[[route]]\nid = \"away\"\nlike = \"road\"\nto = \"elsewhere\"\n");
    assert_eq!(notes(&way, &["facility.receiving.beds=450"]), Vec::<String>::new());
}

#[test]
fn beds_that_grow_by_the_horizon_count_and_later_ones_do_not() {
    let grow = |per_day: u32| format!("facility.receiving.beds={{ start = 400, per_day = {per_day} }}");
    // Three full days, of which the third ends with the horizon.
    assert!(plan("", &[&grow(27)]).is_ok());
    assert!(plan("", &[&grow(26)]).is_err());
}

#[test]
fn beds_that_the_calendar_adds_within_the_horizon_count() {
    let entry = |from: &str| {
        format!("\n[[calendar]]\nid = \"more\"\nfrom = \"{from}\"\nto = \"2026-12-31\"\nadd = {{ \"facility.receiving.beds\" = 30 }}\n")
    };
    assert!(plan(&entry("2026-01-23"), &["facility.receiving.beds=450"]).is_ok());
    assert!(plan(&entry("2026-02-23"), &["facility.receiving.beds=450"]).is_err());
}

#[test]
fn a_route_that_the_calendar_closes_to_the_end_carries_nobody() {
    let closed = |to: &str| {
        format!(
            "\n[[calendar]]\nid = \"shut\"\nfrom = \"2026-01-01\"\nto = \"{to}\"\napplies_to = [\"route.road\"]\nno_departures = true\n"
        )
    };
    one(errors(&closed("2026-12-31"), &[]), "route.road never starts within the horizon: calendar.shut stops it to the end");
    assert_eq!(notes(&closed("2026-01-22"), &[]), Vec::<String>::new());
    // Where another route carries everybody, it is only worth a note.
    let other = format!("{}\n[[route]]\nid = \"other\"\nlike = \"road\"\n", closed("2026-12-31"));
    one(notes(&other, &[]), "route.road never starts within the horizon");
}

#[test]
fn a_hub_with_fewer_places_than_the_smallest_convoy_to_it_is_refused() {
    let to_hub = "route.road.to=\"hub\"";
    let with = |more: &'static str| [to_hub, more];
    assert_eq!(notes(HUB, &with("hub.hub.holding=240")), Vec::<String>::new());
    one(errors(HUB, &with("hub.hub.holding=239")), "route.road brings at least 6 buses x 40 = 240 people, but \"hub\" holds 239");
    // Who waits for everybody may go in fewer buses than that: then it fits.
    assert!(plan(HUB, &[to_hub, "hub.hub.holding=239", "site.prison.detainees=239"]).is_ok());
}

#[test]
fn a_hub_that_never_holds_what_leaves_it_is_refused() {
    let flights = r#"
[[aircraft]]
id = "plane"
count = 1
seats = 300
onload = "30 min"
home = "hub"
"#;
    let fly = "\n[[route]]\nid = \"on\"\nmode = \"air\"\nfrom = \"hub\"\nto = \"receiving\"\naircraft = { fleet = \"plane\" }\nflight = \"1 h\"\n";
    let hub = HUB.split("[[buses]]").next().expect("the hub comes first");
    let more = format!("{hub}{flights}{fly}");
    let set = |more: &'static str| {
        ["route.road.to=\"hub\"", "facility.receiving.parking=1", "site.prison.detainees=2000", "facility.receiving.beds=2000", more]
    };
    one(errors(&more, &set("hub.hub.holding=240")), "route.on leaves with at least 300 people, but \"hub\" holds 240");
    assert_eq!(notes(&more, &set("hub.hub.holding=540")), Vec::<String>::new());
}

#[test]
fn a_hub_where_too_few_people_may_block_the_next_convoy_is_noted() {
    // One bus or more brings 40 people each, three at once take them on: 80 people in 110 places let nobody else in.
    let set = ["route.road.to=\"hub\"", "route.road.form={ at_least = 1 }", "route.on.buses.per_convoy=3"];
    let with = |more: &'static str| [set[0], set[1], set[2], more];
    one(notes(HUB, &with("hub.hub.holding=110")), "the plan can deadlock: 80 people at \"hub\"");
    assert_eq!(notes(HUB, &with("hub.hub.holding=120")), Vec::<String>::new());
}

/// A hub that buses of ten bring people of two classes to, and that a plane of thirty seats leaves with twelve or more.
fn classes_at_a_hub(detainees: &str, holding: u32) -> String {
    let at_a_bay = "boarding = { bays = 1, lanes_per_bay = 1, per_person = \"1 min\" }";
    format!(
        r#"
[scenario]
name = "two classes at a hub"
start = "2026-01-21T06:00"
horizon = "20 d"
[[site]]
id = "site"
detainees = {detainees}
{at_a_bay}
[[hub]]
id = "hub"
holding = {holding}
arrival = {{ per_person = "1 min" }}
parking = 1
{at_a_bay}
[[facility]]
id = "facility"
beds = 68
parking = 1
intake = {{ bays = 1, per_person = "1 min" }}
[[buses]]
id = "coaches"
count = 2
seats = 10
home = "site"
[[aircraft]]
id = "planes"
count = 1
seats = 30
home = "hub"
[[route]]
id = "road"
mode = "land"
from = "site"
to = "hub"
path = [{{ leg = "road", distance = "30 km", speed = "30 km/h" }}]
buses = {{ fleet = "coaches", per_convoy = 1 }}
[[route]]
id = "air"
mode = "air"
from = "hub"
to = "facility"
aircraft = {{ fleet = "planes", at_least = 12 }}
flight = "1 h"
"#
    )
}

#[test]
fn classes_that_cannot_share_a_flight_and_fill_a_hub_are_noted() {
    let notes = |detainees: &str, holding: u32| -> (Vec<String>, usize) {
        let text = classes_at_a_hub(detainees, holding);
        let loaded = load(&[("plan.toml", &text)], &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
        let model = Model::new(loaded.scenario.params, 1);
        let stuck = (0..5).filter(|n| model.replicate(*n, false).expect("it ends").ending == Ending::Deadlock).count();
        (loaded.notes.into_iter().map(|note| note.message).collect(), stuck)
    };
    // Eight of the first class are too few to go, and flights take the first class first: twenty of the other do not fill one.
    let (found, stuck) = notes("{ a = 8, b = 60 }", 34);
    one(found, "the plan can deadlock: 28 people at \"hub\" may be too few to go on");
    assert_eq!(stuck, 5);
    // Where thirty of the other have room beside them, they fill a flight.
    assert_eq!(notes("{ a = 8, b = 60 }", 38), (Vec::new(), 0));
    // A first class that makes up flights is not in the way, and neither is one that comes last.
    assert_eq!(notes("{ a = 20, b = 40 }", 40), (Vec::new(), 0));
    assert_eq!(notes("{ b = 60, a = 8 }", 34), (Vec::new(), 0));
    assert_eq!(notes("68", 34), (Vec::new(), 0));
}

#[test]
fn beds_that_others_take_before_the_unfit_are_back_are_noted() {
    let open = r#"
[[facility]]
id = "open"
beds = 500
accepts = ["a"]
intake = { bays = 1, per_person = "1 min" }

[[route]]
id = "to-open"
like = "road"
to = "open"
classes = ["a"]
priority = 1
"#;
    // Those who have nowhere else to go are loaded first, but who is found unfit comes back to full beds.
    let set = ["site.prison.detainees={ b = 50, a = 500 }", "facility.receiving.accepts=[\"a\", \"b\"]", "scenario.horizon=\"30 d\""];
    let with = |more: &'static str| [set[0], set[1], set[2], more];
    assert_eq!(notes(open, &set), Vec::<String>::new());
    let note = "people of the class \"b\" at \"prison\" can only go to \"receiving\"";
    one(notes(open, &with("site.prison.unfit={ share = 0.05, back_after = \"5 d\" }")), note);
    assert_eq!(notes(open, &with("site.prison.unfit={ share = 0, back_after = \"5 d\" }")), Vec::<String>::new());
    one(notes(&format!("{open}\n[incidents]\nrate = \"0.1 /h\"\ndelay = \"1 h\"\nturn_back = 0.5\n"), &set), note);
}

#[test]
fn what_closes_for_good_before_the_plan_can_be_done_is_noted() {
    let entry =
        |from: &str, to: &str, what: &str| format!("\n[[calendar]]\nid = \"shut\"\nfrom = \"2026-01-{from}\"\nto = \"{to}\"\n{what}\n");
    let (road, facility) = ("applies_to = [\"route.road\"]\nno_departures = true", "applies_to = [\"facility.receiving\"]\nclosed = true");
    let beds = "add = { \"facility.receiving.beds\" = 30 }";
    one(
        notes(&entry("22", "2026-12-31", road), &[]),
        "route.road stops for good on day 0.5, and after that 480 people cannot come to a bed",
    );
    one(notes(&entry("22", "2026-12-31", facility), &[]), "facility.receiving closes for good on day 0.5");
    one(notes(&entry("21", "2026-01-22", beds), &["facility.receiving.beds=450"]), "facility.receiving has only 450 beds from day 1.5 on");
    for what in [road, facility] {
        assert_eq!(notes(&entry("22", "2026-01-23", what), &[]), Vec::<String>::new(), "it opens again");
        assert_eq!(
            notes(&entry("31", "2026-12-31", what), &["scenario.horizon=\"30 d\""]),
            Vec::<String>::new(),
            "all is done long before"
        );
    }
}

/// A run ends with its horizon: what opens then is as shut as what opens later.
#[test]
fn a_route_that_is_closed_up_to_the_very_horizon_is_closed() {
    let entry = |to: &str| {
        format!(
            "\n[[calendar]]\nid = \"shut\"\nfrom = \"2026-01-21\"\nto = \"{to}\"\napplies_to = [\"route.road\"]\nno_departures = true\n"
        )
    };
    // Twenty days from noon on the 21st.
    let horizon = ["scenario.horizon=\"20 d\""];
    for to in ["2026-02-10T12:00", "2026-02-10T12:01", "2031-01-01"] {
        one(errors(&entry(to), &horizon), "route.road never starts within the horizon");
    }
    assert!(plan(&entry("2026-02-10T11:59"), &horizon).is_ok());
}

/// Taking away all bays, lanes or places does what closing does, whichever way it is written.
#[test]
fn a_level_that_the_calendar_takes_away_for_good_is_refused_or_noted_as_a_closure_is() {
    let entry = |from: &str, to: &str, level: &str, amount: i32| {
        format!("\n[[calendar]]\nid = \"cut\"\nfrom = \"2026-01-{from}\"\nto = \"{to}\"\nadd = {{ \"{level}\" = {amount} }}\n")
    };
    for (level, what) in [
        ("site.prison.boarding.bays", "boarding bays at \"prison\""),
        ("crossing.border.lanes", "lanes of \"border\""),
        ("facility.receiving.intake.bays", "intake bays at \"receiving\""),
    ] {
        let found = errors(&entry("21", "2027-01-01", level, -900), &[]);
        let words = format!("route.road never brings anybody there: the calendar takes away all {what} up to the horizon");
        one(found, &words);
        let found = notes(&entry("22", "2027-01-01", level, -900), &[]);
        assert!(found.iter().any(|note| note.contains("route.road stops for good on day 0.5")), "{level}: {found:?}");
        // It comes back, or some of it stays.
        for (to, amount) in [("2026-01-23", -900), ("2027-01-01", 900)] {
            let found = notes(&entry("22", to, level, amount), &[]);
            assert!(!found.iter().any(|note| note.contains("for good")), "{level}: {found:?}");
        }
        // Taken away by one entry, and given back in part by another.
        let both = entry("21", "2027-01-01", level, -900) + &entry("21", "2027-01-01", level, 900).replace("\"cut\"", "\"back\"");
        assert!(plan(&both, &[]).is_ok(), "{level}");
    }
}

#[test]
fn closures_that_come_too_often_for_a_run_are_refused_or_noted() {
    let closure = |every: &str| format!("crossing.border.closure={{ every = \"{every}\", length = \"1 s\" }}");
    one(errors("", &[&closure("2 s"), "scenario.horizon=\"30 d\""]), "comes to some 864000 closures within the horizon");
    let found = notes("", &[&closure("20 s")]);
    assert!(found.iter().any(|note| note.contains("some 12342 closures within the horizon")), "{found:?}");
    assert!(!notes("", &[&closure("2 min")]).iter().any(|note| note.contains("within the horizon")));
    // Hours that open and close all day long.
    let minute = |n: u32| format!("{:02}:{:02}", n / 60, n % 60);
    let windows: Vec<String> = (0..480).map(|n| format!("[\"{}\", \"{}\"]", minute(3 * n), minute(3 * n + 2))).collect();
    let hours = format!("crossing.border.hours=[{}]", windows.join(", "));
    let found = notes("", &[&hours, "scenario.horizon=\"30 d\""]);
    assert!(found.iter().any(|note| note.contains("some 14400 openings within the horizon")), "{found:?}");
}

#[test]
fn a_ratio_may_be_written_as_a_percentage_and_no_other_unit() {
    let set = |cv: &str| format!("crossing.border.service={{ dist = \"lognormal\", mean = \"12 min\", cv = {cv} }}");
    let params = |cv: &str| plan("", &[&set(cv)]).unwrap_or_else(|problems| panic!("{}", shown(&problems))).scenario.params;
    assert_eq!(params("\"50 %\""), params("0.5"));
    assert_eq!(params("\"150%\""), params("1.5"));
    one(errors("", &[&set("\"50 km\"")]), "a number without a unit");
    one(errors("", &[&set("\"0,5\"")]), "has a comma that does not separate thousands");
}

#[test]
fn beds_that_another_class_may_take_are_noted() {
    let two = r#"
[[facility]]
id = "open"
beds = 900
accepts = ["a"]
intake = { bays = 1, per_person = "1 min" }

[[route]]
id = "to-open"
like = "road"
to = "open"
classes = ["a"]
"#;
    let set = |classes: &'static str| [classes, "facility.receiving.accepts=[\"a\", \"b\"]"];
    // Those listed first are loaded first, and there are more of them than beds.
    one(
        notes(two, &set("site.prison.detainees={ a = 500, b = 50 }")),
        "people of the class \"b\" at \"prison\" can only go to \"receiving\"",
    );
    assert_eq!(notes(two, &set("site.prison.detainees={ b = 50, a = 500 }")), Vec::<String>::new());
    assert_eq!(notes(two, &set("site.prison.detainees={ a = 400, b = 50 }")), Vec::<String>::new());
}

#[test]
fn intervals_under_a_minute_are_noted() {
    let halts = |every: &str| format!("route.road.halts={{ every = \"{every}\", length = \"5 min\" }}");
    assert!(notes("", &[&halts("30 s")]).iter().any(|note| note.contains("halts.every is \"30 s\", which is less than a minute")));
    assert_eq!(notes("", &[&halts("30 min")]), Vec::<String>::new());
    assert!(plan("", &[&halts("0.999 s")]).is_err());
    assert!(plan("\n[weather]\nslot = \"59 s\"\n", &[]).is_err());
}

#[test]
fn a_factor_of_incidents_set_too_high_is_refused_with_the_highest_that_fits() {
    let text = "\n[incidents]\nrate = \"3 /h\"\ndelay = \"1 h\"\n";
    for key in ["halted", "uncovered", "daylight", "under_escorted"] {
        assert!(plan(text, &[&format!("incidents.{key}=1200")]).is_ok(), "{key}");
        let problems = plan(text, &[&format!("incidents.{key}=1.4e19")]).map(|_| ()).expect_err("far too many");
        let [problem] = &problems[..] else { panic!("{}", shown(&problems)) };
        assert!(problem.message.starts_with(&format!("incidents.{key} is too high")), "{problem}");
        assert!(problem.help.as_ref().is_some_and(|help| help.contains("at most 1200;")), "{problem}");
        assert_eq!(problem.place.file, "--set", "{problem}");
    }
}

#[test]
fn quantities_ten_times_off_are_noted_with_the_usual_range() {
    for (set, words) in [
        ("route.road.path.\"to border\".speed=\"400 km/h\"", "above the usual 110 km/h"),
        ("route.road.path.\"to border\".speed=\"4 km/h\"", "below the usual 5 km/h"),
        ("buses.coaches.seats=500", "above the usual 100"),
        ("route.road.headway=\"10 s\"", "below the usual 1 min"),
        ("crossing.border.service=\"2 s\"", "below the usual 10 s"),
        ("site.prison.boarding.per_person=\"1 s\"", "(3600 people per hour and lane), below the usual 2 s"),
        ("facility.receiving.intake.per_person=\"0.5 s\"", "(7200 people per hour and lane), below the usual 2 s"),
        ("facility.receiving.intake.per_person={ dist = \"lognormal\", median = \"10 h\", sigma = 0.5 }", "above the usual 4 h"),
        ("scenario.start=\"0226-01-21T12:00\"", "year 226"),
        ("route.road.path.\"to border\".distance=\"1200 km\"", "32 h of driving"),
    ] {
        let set = [set, "scenario.horizon=\"90 d\""];
        let found = notes("", &set);
        assert!(found.iter().any(|note| note.contains(words)), "{words:?} for {set:?} is not in {found:?}");
    }
    assert_eq!(notes("", &[]), Vec::<String>::new());
}

#[test]
fn a_range_whose_end_is_refused_is_noted_at_that_end() {
    let text = G1.replace("count = 12\nseats", "count = { value = 12, range = [5, 36] }\nseats");
    let read = |_: &str| Ok(text.clone().into_bytes());
    let found = scenario::range_notes("plan.toml", &read, &[]);
    let [note] = &found[..] else { panic!("{found:?}") };
    assert!(note.message.starts_with("at the lower end 5 of the range of buses.coaches.count the plan is refused"), "{}", note.message);
    assert_eq!(&note.line[note.place.column - 1..note.place.column], "5");
    let text = text.replace("[5, 36]", "[6, 36]");
    let read = |_: &str| Ok(text.clone().into_bytes());
    assert_eq!(scenario::range_notes("plan.toml", &read, &[]), Vec::new());
}

#[test]
fn a_distribution_is_moved_to_the_ends_of_its_range() {
    let with = |low: &str| {
        let speed = format!(
            "speed = {{ dist = \"pert\", min = \"30 km/h\", mode = \"40 km/h\", max = \"50 km/h\", range = [\"{low}\", \"60 km/h\"] }}"
        );
        let rule = "home = \"prison\"\ndriver = { max_driving = \"9 h\", rest = \"11 h\" }\n\n[[escorts]]";
        G1.replacen("speed = \"40 km/h\"", &speed, 1).replacen("home = \"prison\"\n\n[[escorts]]", rule, 1)
    };
    let notes = |text: String| scenario::range_notes("plan.toml", &move |_: &str| Ok(text.clone().into_bytes()), &[]);
    // 120 km at 15 km/h and 80 km at 40 km/h are 10 h of driving, at 20 km/h 8 h.
    let [note] = &notes(with("15 km/h"))[..] else { panic!("one end is refused") };
    assert!(note.message.contains("at the lower end \"15 km/h\"") && note.message.contains("may drive 9.0 h"), "{}", note.message);
    assert_eq!(notes(with("20 km/h")), Vec::new());
}
