//! The golden run gives the parameters that its text says.

use convoysim::model::params::*;
use convoysim::random::Distribution;
use convoysim::units::{Duration, Kilometres, KilometresPerHour};

use super::{G1, good};

fn minutes(minutes: u64) -> VaryingDuration {
    VaryingDuration::constant(Duration::from_minutes(minutes))
}

#[test]
fn g1_gives_the_parameters_that_its_text_says() {
    let loaded = good(G1);
    assert!(loaded.notes.is_empty(), "{:?}", loaded.notes);
    let forty = || LegSpeed::Moving(VaryingSpeed::constant(KilometresPerHour(40.0)));
    let leg = |id: &str, kilometres: f64| PathPart::Leg(Leg { id: id.into(), distance: Kilometres(kilometres), speed: forty() });
    let expected = Params {
        start: LocalStart { date: (2026, 1, 21), time_of_day: Duration::from_hours(12), utc_offset_minutes: 180 },
        horizon: Duration::from_days(3),
        operating_day: Duration::from_hours(12),
        stall_after: None,
        max_events: convoysim::model::MAX_EVENTS,
        classes: vec!["general".into()],
        nodes: vec![
            Node {
                id: "prison".into(),
                label: "prison".into(),
                kind: NodeKind::Site(Site {
                    detainees: vec![ClassCount { class: 0, people: 480 }],
                    hours: Schedule::Always,
                    boarding: Boarding {
                        bays: 1,
                        searching: Searching::AtTheBay {
                            lanes_per_bay: 2,
                            per_person: VaryingDuration::constant(Duration::from_ticks(90_000_000)),
                        },
                        manifest: minutes(0),
                    },
                    unfit: None,
                    breakout: None,
                    parking: 0,
                    airfield: Airfield::default(),
                }),
            },
            Node {
                id: "receiving".into(),
                label: "receiving".into(),
                kind: NodeKind::Facility(Facility {
                    beds: BedLevel { start: 480, per_day: 0, from: convoysim::units::SimTime::ZERO, up_to: 480 },
                    intake: Intake { bays: 1, lanes_per_bay: 1, per_person: minutes(1), hours: Schedule::Always },
                    yard: None,
                    parking: 0,
                    airfield: Airfield::default(),
                    accepts: vec![0],
                }),
            },
        ],
        crossings: vec![Crossing {
            id: "border".into(),
            label: "border".into(),
            lanes: 2,
            service: minutes(12),
            service_empty: minutes(12),
            paperwork: minutes(0),
            hours: Schedule::Always,
            closure: None,
            secured: false,
        }],
        buses: vec![BusFleet {
            id: "coaches".into(),
            count: 12,
            seats: 50,
            load: 40,
            home: 0,
            breakdown: None,
            inspection: minutes(0),
            driver: None,
        }],
        escorts: vec![EscortPool { id: "armoured".into(), count: 12, home: "prison".into(), rest: None, breakdown: None }],
        air_cover: vec![],
        aircraft: vec![],
        routes: vec![Route {
            id: "road".into(),
            from: 0,
            to: 1,
            classes: vec![0],
            departures: Departures::Open(Schedule::Always),
            priority: 0,
            form_wait_at_most: Duration::from_hours(6),
            board: Board::AtOnce,
            headway: Duration::ZERO,
            max_on_road: None,
            mode: Mode::Land(LandRoute {
                path: vec![leg("to border", 120.0), PathPart::Crossing(0), leg("to receiving", 80.0)],
                fleet: 0,
                per_convoy: Distribution::constant(6.0).expect("six is finite"),
                at_least: 6,
                escorts: Some(EscortNeed { pool: 0, per_convoy: 6, minimum: 4, wait_at_most: Duration::ZERO }),
                cover: None,
                hand_over: vec![],
                halts: None,
                return_trip: ReturnTrip::AsTheLegs,
            }),
        }],
        calendar: vec![],
        weather: Weather { slot: Duration::from_days(1), air: None, land: None, land_speed_when_air_bad: 1.0 },
        light: Light::Fixed {
            dawn: Duration::from_minutes(330),
            sunrise: Duration::from_hours(6),
            sunset: Duration::from_hours(18),
            dusk: Duration::from_minutes(1110),
        },
        welfare: Welfare::default(),
        incidents: None,
    };
    assert_eq!(loaded.scenario.params, expected);
    assert_eq!(loaded.scenario.info.name, "G1: two convoys, everything fixed");
    assert_eq!((loaded.scenario.info.replications, loaded.scenario.info.seed), (1, 1));
}

#[test]
fn what_g1_leaves_open_is_listed_as_an_assumption() {
    let loaded = good(G1);
    let defaults: Vec<&str> = loaded.scenario.assumptions.iter().filter(|a| a.place == "default").map(|a| a.path.as_str()).collect();
    for path in ["light", "weather", "incidents", "crossing.border.service_empty", "route.road.form.at_least", "route.road.headway"] {
        assert!(defaults.contains(&path), "{path} is missing in {defaults:?}");
    }
    let speed = loaded.scenario.assumptions.iter().find(|a| a.path == "route.road.path.\"to border\".speed").expect("the speed is listed");
    assert_eq!((speed.value.as_str(), speed.place.as_str()), ("\"40 km/h\"", "good.toml:43"));
}

#[test]
fn the_resolved_form_gives_the_same_scenario() {
    let first = good(G1).scenario;
    let second = good(&first.resolved).scenario;
    assert_eq!(second.params, first.params);
    assert_eq!(second.info, first.info);
    assert_eq!(second.resolved, first.resolved);
}
