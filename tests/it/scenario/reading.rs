//! Good things: units, defaults, extends, like, --set, places, the reference page.

use std::fs;
use std::path::Path;

use convoysim::model::params::{AircraftFleet, CalendarEffect, Departures, LandRoute, LegSpeed, Mode, NodeKind, PathPart, Schedule};
use convoysim::scenario::{self, Bound, Scenario};
use convoysim::units::{Duration, SimTime};

use super::{G1, files, good, load, shown};

const RICH: &str = include_str!("rich.toml");

fn set(text: &str, overrides: &[&str]) -> Scenario {
    load(&[("good.toml", text)], overrides).unwrap_or_else(|problems| panic!("{}", shown(&problems))).scenario
}

fn land<'s>(scenario: &'s Scenario, id: &str) -> &'s LandRoute {
    match &scenario.params.routes.iter().find(|route| route.id == id).expect("the route is there").mode {
        Mode::Land(land) => land,
        Mode::Air(_) => panic!("{id} goes by air"),
    }
}

fn speed(scenario: &Scenario, leg: usize) -> f64 {
    match &land(scenario, "road").path[leg] {
        PathPart::Leg(leg) => leg.speed.distribution().mean().0,
        PathPart::Crossing(_) => panic!("a crossing"),
    }
}

#[test]
fn a_rich_scenario_loads_and_its_resolved_form_gives_the_same() {
    let loaded = good(RICH);
    // Its classes are listed with the larger one first, and only the central facility takes the other.
    let [note] = &loaded.notes[..] else { panic!("{:?}", loaded.notes) };
    assert!(note.message.starts_with("the plan can deadlock: people of the class \"separate\""), "{note}");
    let scenario = loaded.scenario;
    let again = good(&scenario.resolved).scenario;
    assert_eq!(again.params, scenario.params);
    assert_eq!((&again.info, &again.objectives, &again.compare), (&scenario.info, &scenario.objectives, &scenario.compare));
    assert_eq!(again.resolved, scenario.resolved);
    assert_eq!(scenario.params.classes, ["general", "separate"]);
    assert_eq!(scenario.params.routes.len(), 6);
    assert_eq!(scenario.objectives[0].bound, Bound::AtMost(30.0));
    assert_eq!(scenario.objectives[1].bound, Bound::AtLeast(0.95));
    assert_eq!(scenario.compare[1].difference, 500.0);
    assert!(matches!(scenario.params.routes[5].departures, Departures::Open(Schedule::Always)), "00:00 to 24:00 is always");
    assert_eq!(scenario.params.calendar[2].to, SimTime::ZERO + Duration::from_days(90), "a bare date means through that day");
    assert!(matches!(&scenario.params.calendar[2].effect, CalendarEffect::Add(levels) if levels[0].1 == 4));
    let NodeKind::Facility(southern) = &scenario.params.nodes[5].kind else { panic!("the sixth node is a facility") };
    assert_eq!((southern.beds.from, southern.beds.up_to), (SimTime::ZERO + Duration::from_days(10), 1500));
    let ceiling = scenario::ceiling(&scenario.params);
    assert!(ceiling.per_day.is_finite() && ceiling.at_least_days > 5.0, "{ceiling:?}");
}

#[test]
fn a_route_that_is_like_another_has_its_keys_unless_it_gives_its_own() {
    let scenario = good(RICH).scenario;
    let (first, second) = (&scenario.params.routes[0], &scenario.params.routes[1]);
    assert_eq!(second.mode, first.mode);
    assert_eq!((second.id.as_str(), second.from), ("north-to-hub", 1));
    let southern = land(&scenario, "road-southern");
    assert_eq!(southern.hand_over, land(&scenario, "road-central").hand_over);
    assert!(matches!(&southern.path[2], PathPart::Leg(leg) if leg.distance.0 == 880.0));
    let chained = RICH.replace(
        "[weather]\n",
        "[[route]]\nid = \"third\"\nlike = \"east-to-hub\"\nescorts = { minimum = 3 }\nreturn_time = \"2 h\"\n\n[weather]\n",
    );
    let third = good(&chained).scenario;
    let need = land(&third, "third").escorts.expect("it inherits escorts");
    assert_eq!((need.per_convoy, need.minimum), (6, 3));
}

#[test]
fn loads_are_floors_on_decimals_as_written() {
    let load = |seats: u32, fill: &str| {
        let text = G1.replace("seats = 50\nfill = 0.8", &format!("seats = {seats}\nfill = {fill}"));
        good(&text).scenario.params.buses[0].load
    };
    assert_eq!(load(50, "0.58"), 29);
    assert_eq!(load(100, "0.29"), 29);
    assert_eq!(load(50, "0.999"), 49);
    assert_eq!(load(50, "1"), 50);
}

#[test]
fn units_say_the_same_thing_in_several_ways() {
    let service = |text: &str| {
        let scenario = set(G1, &[&format!("crossing.border.service={text}")]);
        scenario.params.crossings[0].service.fixed().expect("it is constant")
    };
    for text in ["90 min", "\"1 h 30 min\"", "1.5 h", "5400 s", "0.0625 d", "1h30min", "{ value = \"90 min\", source = \"me\" }"] {
        assert_eq!(service(text), Duration::from_minutes(90), "{text}");
    }
    assert_eq!(service("0 min"), Duration::ZERO);
    let first = |text: &str| speed(&set(G1, &[&format!("route.road.path.\"to border\".speed={text}")]), 0);
    assert!((first("10 m/s") - 36.0).abs() < 1e-12);
    assert!((first("100 mph") - 160.9344).abs() < 1e-9);
    assert!((first("10 kn") - 18.52).abs() < 1e-12);
}

#[test]
fn an_override_changes_one_dotted_path() {
    let scenario = set(
        G1,
        &[
            "route.road.headway=\"30 min\"",
            "route.road.path.\"to border\".speed=\"50 km/h\"",
            "crossing.border.lanes=3",
            "scenario.replications=10",
            "route.road.form.at_least=3 buses",
        ],
    );
    assert_eq!(scenario.params.routes[0].headway, Duration::from_minutes(30));
    assert_eq!((speed(&scenario, 0), speed(&scenario, 2)), (50.0, 40.0));
    assert_eq!(scenario.params.crossings[0].lanes, 3);
    assert_eq!(scenario.info.replications, 10);
    assert_eq!(land(&scenario, "road").at_least, 3);
    let quoteless = set(G1, &["route.road.headway=30 min", "route.road.path.to border.speed=50 km/h"]);
    assert_eq!((quoteless.params.routes[0].headway, speed(&quoteless, 0)), (Duration::from_minutes(30), 50.0));
    let every = set(RICH, &["route.*.headway=\"10 min\""]);
    assert!(every.params.routes.iter().all(|route| route.headway == Duration::from_minutes(10)));
}

#[test]
fn an_override_replaces_one_value_whole_and_loses_its_source() {
    let scenario = set(RICH, &["hub.hub.holding=600", "air_cover.uas.endurance=\"12 h\""]);
    let find = |path: &str| scenario.assumptions.iter().find(|a| a.path == path).expect("it is listed");
    assert_eq!((find("hub.hub.holding").source.as_deref(), find("hub.hub.holding").place.as_str()), (None, "--set:1"));
    assert_eq!(find("air_cover.uas.endurance").source, None);
    assert_eq!(find("air_cover.uas.transit").source.as_deref(), Some("§3 #39"));
}

#[test]
fn problems_of_overrides_name_set_as_the_file() {
    let refused = |text: &str| shown(&load(&[("good.toml", G1)], &["crossing.border.lanes=3", text]).expect_err("it is wrong"));
    assert_eq!(refused("route.raod.headway=\"30 min\""), "--set:2:7: route has no entry \"raod\" (did you mean \"road\"?)\n");
    assert_eq!(refused("crossing.border.lanes=0"), "--set:2:23: crossing.border.lanes is 0, but must be at least 1\n");
    assert_eq!(refused("crossing.border.lane=2"), "--set:2:17: crossing.border has no key \"lane\" (did you mean \"lanes\"?)\n");
    assert_eq!(refused("crosing.border.lanes=2"), "--set:2:1: there is no table \"crosing\" (did you mean \"crossing\"?)\n");
    for text in [
        "crossing",
        "crossing.border",
        "crossing.border=3",
        "=3",
        "crossing.border.lanes",
        "crossing.border.lanes=",
        "a..b=3",
        "route.\"x=3",
    ] {
        assert!(refused(text).starts_with("--set:2:"), "{text}");
    }
}

#[test]
fn a_scenario_that_extends_changes_only_what_it_names_and_keeps_places() {
    let variant = "extends = \"base.toml\"\n\n[scenario]\nname = \"three lanes\"\n\n[[crossing]]\nid = \"border\"\nlanes = 3\n";
    let texts = [("plans/variant.toml", variant), ("plans/base.toml", G1)];
    let scenario = load(&texts, &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems))).scenario;
    assert_eq!(scenario.info.name, "three lanes");
    assert_eq!(scenario.params.crossings[0].lanes, 3);
    assert_eq!(scenario.params.crossings[0].service, good(G1).scenario.params.crossings[0].service);
    let place = |path: &str| scenario.assumptions.iter().find(|a| a.path == path).expect("it is listed").place.clone();
    assert_eq!((place("crossing.border.lanes"), place("crossing.border.service")), ("variant.toml:8".into(), "base.toml:17".into()));
    assert_eq!(scenario.texts.iter().map(|text| text.0.as_str()).collect::<Vec<_>>(), ["variant.toml", "base.toml"]);
    // The texts alone give the scenario again.
    let kept: Vec<(&str, &str)> = scenario.texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(load(&kept, &[]).expect("it is good").scenario, scenario);
    // So does its resolved form.
    assert_eq!(good(&scenario.resolved).scenario.params, scenario.params);
}

#[test]
fn several_bases_are_laid_over_each_other_and_entries_can_be_dropped() {
    let lanes = "[[crossing]]\nid = \"border\"\nlanes = 4\n\n[[escorts]]\nid = \"spare\"\ncount = 2\nhome = \"prison\"\n";
    let variant = "extends = [\"base.toml\", \"lanes.toml\"]\n\n[[route]]\nid = \"road\"\nescorts = { remove = true }\n\n[[escorts]]\nid = \"armoured\"\nremove = true\n";
    let loaded = load(&[("v.toml", variant), ("base.toml", G1), ("lanes.toml", lanes)], &[]).unwrap_or_else(|p| panic!("{}", shown(&p)));
    let scenario = loaded.scenario;
    assert_eq!(scenario.params.crossings[0].lanes, 4);
    assert_eq!(scenario.params.escorts.iter().map(|pool| pool.id.as_str()).collect::<Vec<_>>(), ["spare"]);
    assert_eq!(land(&scenario, "road").escorts, None);
    assert_eq!(loaded.notes.len(), 1, "no route uses the spare pool");
}

#[test]
fn data_files_are_found_from_the_file_that_names_them() {
    let base = G1.replace(
        "service = \"12 min\"",
        "service = { dist = \"empirical\", file = \"../data/times.csv\", column = \"minutes\", unit = \"min\" }",
    );
    let texts = [
        ("v.toml", "extends = \"plans/base.toml\"\n\n[observed]\nfile = \"seen.csv\"\n"),
        ("plans/base.toml", base.as_str()),
        ("data/times.csv", "day,minutes\n1,10\n2,14\n"),
        ("seen.csv", "as_of,value,bound,source\n2026-01-21,100,exact,a paper\n"),
    ];
    let scenario = load(&texts, &[]).unwrap_or_else(|problems| panic!("{}", shown(&problems))).scenario;
    assert_eq!(scenario.params.crossings[0].service.mean(), Duration::from_minutes(12));
    assert_eq!(scenario.observed[0].as_of_day, 0.5, "the end of the first local day, which began at noon");
    assert_eq!(scenario.texts.last().expect("there are texts").0, "seen.csv");
    let data = [("v.toml", scenario.resolved.as_str()), texts[2], texts[3]];
    assert_eq!(load(&data, &[]).expect("it is good").scenario.params, scenario.params);
}

#[test]
fn bom_and_crlf_change_nothing() {
    let text = format!("\u{FEFF}{}", G1.replace('\n', "\r\n"));
    let (plain, odd) = (good(G1).scenario, good(&text).scenario);
    assert_eq!((odd.params, odd.assumptions), (plain.params, plain.assumptions));
}

#[test]
fn toml_has_its_own_dates_and_times() {
    let text = G1.replace("start = \"2026-01-21T12:00\"", "start = 2026-01-21T12:00:00\noperating_day = 12:00:00");
    assert_eq!(good(&text).scenario.params, good(G1).scenario.params);
}

#[test]
fn a_size_from_min_to_max_wants_max_and_forms_with_min() {
    let scenario = set(G1, &["route.road.buses.per_convoy={ min = 4, max = 7 }"]);
    let road = land(&scenario, "road");
    assert_eq!((road.per_convoy.is_constant(), road.at_least), (Some(7.0), 4));
    let discrete = set(G1, &["route.road.buses.per_convoy={ dist = \"discrete\", values = [5, 6, 7], weights = [1, 1, 1] }"]);
    assert_eq!(land(&discrete, "road").at_least, 5);
}

#[test]
fn rates_of_march_and_windows_are_kept_apart() {
    let scenario = set(G1, &["route.road.path.\"to border\".rate_of_march=\"30 km/h\"", "route.road.timetable=[\"22:00\", \"20:00\"]"]);
    let PathPart::Leg(leg) = &land(&scenario, "road").path[0] else { panic!("it begins with a leg") };
    assert!(matches!(leg.speed, LegSpeed::RateOfMarch(_)));
    let hours = [20, 22].map(Duration::from_hours).to_vec();
    assert_eq!(scenario.params.routes[0].departures, Departures::Timetable(hours));
}

#[test]
fn a_count_of_aircraft_may_be_zero() {
    let AircraftFleet { count, load, .. } = set(RICH, &["aircraft.transport.count=0"]).params.aircraft[0].clone();
    assert_eq!((count, load), (0, 60));
}

#[test]
fn a_missing_main_file_is_one_problem() {
    let problems = scenario::load("nowhere.toml", &files(&[]), &[]).expect_err("there is no file");
    assert_eq!(shown(&problems), "nowhere.toml: cannot read \"nowhere.toml\": there is no such file\n");
    assert!(problems[0].render(true).contains("nowhere.toml"));
}

#[test]
fn the_reference_page_lists_every_key_that_the_checks_know() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenario-reference.md");
    let page = scenario::reference();
    if std::env::var_os("RENEW").is_some() {
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
        fs::write(&path, &page).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("the page is there"), page, "RENEW=1 writes it anew");
}

#[test]
fn the_schema_is_draft_7_and_knows_every_table() {
    let schema: serde_json::Value = serde_json::from_str(&scenario::schema()).expect("it is JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    for table in scenario::keys::TABLES {
        assert!(schema["properties"][table.name].is_object(), "{}", table.name);
    }
}
