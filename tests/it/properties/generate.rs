//! Random valid scenarios: small enough that a run takes about a millisecond, and with every feature the model has.
//!
//! Valid means what the checks of a scenario file mean, and more: what a route needs at one instant is there together at some time (a
//! window, the hours of a crossing and fixed cover at most one of them a route), beds suffice for everybody wherever they go, a hub has
//! room for the least that each of its routes brings and takes. Within these bounds nobody may be stuck, so a deadlock is a mistake of the
//! model. [`stuck`] breaks the bounds.

use super::dice::Dice;
use convoysim::model::params::*;
use convoysim::random::Distribution;
use convoysim::units::{Duration, Kilometres, KilometresPerHour, SimTime};
use proptest::prelude::*;

/// What a scenario may contain.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// Times, sizes and surroundings that vary.
    pub chance: bool,
    /// Clocks: windows, hours, calendar, beds that grow.
    pub clock: bool,
}

/// Everything.
pub const RICH: Kinds = Kinds { chance: true, clock: true };
/// No chance.
pub const FIXED: Kinds = Kinds { chance: false, clock: true };
/// No chance and no clock.
pub const TIMELESS: Kinds = Kinds { chance: false, clock: false };

/// Choices that one scenario takes at most.
pub const CHOICES: usize = 1_600;

/// Random valid scenarios.
pub fn scenarios(kinds: Kinds) -> impl Strategy<Value = Params> {
    prop::collection::vec(any::<u16>(), CHOICES).prop_map(move |choices| scenario(&choices, kinds))
}

/// Random scenarios in which people may be stuck: hubs too small, beds too few, classes that no route takes, routes and places closed
/// for good.
pub fn stuck(kinds: Kinds) -> impl Strategy<Value = Params> {
    prop::collection::vec(any::<u16>(), CHOICES).prop_map(move |choices| {
        let mut params = scenario(&choices, kinds);
        params.stall_after = None;
        let reversed: Vec<u16> = choices.into_iter().rev().collect();
        let mut dice = Dice::new(&reversed);
        for at in 0..params.nodes.len() {
            let (short, closed) = (dice.chance(50), dice.chance(8));
            match &mut params.nodes[at].kind {
                NodeKind::Site(_) => {}
                NodeKind::Hub(hub) if short => hub.holding = dice.number(1, 1 + hub.holding / 3),
                NodeKind::Hub(_) => {}
                NodeKind::Facility(facility) => {
                    if short {
                        facility.beds.up_to = dice.number(1, facility.beds.up_to.max(1));
                        facility.beds.start = facility.beds.start.min(facility.beds.up_to);
                    }
                }
            }
            if closed {
                params.calendar.push(for_good(&mut dice, CalendarTarget::Node(at)));
            }
        }
        for at in 0..params.crossings.len() {
            if dice.chance(10) {
                params.calendar.push(for_good(&mut dice, CalendarTarget::Crossing(at)));
            }
        }
        for at in 0..params.routes.len() {
            if dice.chance(20) {
                params.routes[at].classes = vec![0];
            }
            if dice.chance(15) {
                params.calendar.push(for_good(&mut dice, CalendarTarget::Route(at)));
            }
        }
        params
    })
}

/// Closed from some day on.
fn for_good(dice: &mut Dice<'_>, target: CalendarTarget) -> CalendarEntry {
    let from = SimTime::ZERO + dice.minutes(0, 4_000);
    let (id, to) = ("for-good".into(), SimTime::ZERO + Duration::from_days(1_000));
    CalendarEntry { id, from, to, applies_to: vec![target], effect: CalendarEffect::Closed, reason: String::new() }
}

/// A window of the day: at least three hours, and it may pass midnight.
fn window(dice: &mut Dice<'_>) -> Schedule {
    let from = dice.number(0, 23);
    let hours = dice.number(3, 16);
    Schedule::Daily(vec![Window { from: Duration::from_hours(from.into()), to: Duration::from_hours(u64::from((from + hours) % 24)) }])
}

/// A schedule that is open again and again up to the horizon.
fn schedule(dice: &mut Dice<'_>, horizon: Duration) -> Schedule {
    let daily = window(dice);
    let (open, shut) = (dice.minutes(120, 900), dice.minutes(60, 900));
    let first = dice.minutes(0, 600);
    if !dice.chance(30) {
        return daily;
    }
    let mut windows = Vec::new();
    let mut from = first;
    while from < horizon {
        windows.push(Window { from, to: from + open });
        from = from + open + shut;
    }
    Schedule::Elapsed(windows)
}

fn airfield(dice: &mut Dice<'_>) -> (u32, Airfield) {
    let parking = dice.number(1, 3);
    let transfer = if dice.chance(40) { dice.minutes(1, 30) } else { dice.minutes(0, 0) };
    let buses = dice.maybe(50, |d| d.number(1, 2));
    (parking, Airfield { transfer, buses })
}

fn boarding(dice: &mut Dice<'_>, kinds: Kinds) -> Boarding {
    let bays = dice.number(1, 3);
    let shared = dice.chance(40);
    let (lanes, search, aboard) = (dice.number(1, 3), dice.varying(kinds.chance, 0, 4), dice.varying(kinds.chance, 0, 2));
    let searching = if shared {
        Searching::SharedLanes { lanes, search, aboard }
    } else {
        Searching::AtTheBay { lanes_per_bay: lanes, per_person: search }
    };
    Boarding { bays, searching, manifest: dice.varying(kinds.chance, 0, 20) }
}

fn breakdown(dice: &mut Dice<'_>, kinds: Kinds) -> Option<Breakdown> {
    let made = dice.maybe(30, |d| Breakdown { mean_distance: Kilometres(f64::from(d.number(80, 2_000))), repair: d.varying(true, 5, 120) });
    made.filter(|_| kinds.chance)
}

fn speed(dice: &mut Dice<'_>, kinds: Kinds) -> VaryingSpeed {
    // Speeds that divide the minute, so that fixed scenarios scale exactly.
    let speed = f64::from(dice.one(&[60, 30, 20, 40, 80]));
    let varies = dice.chance(50);
    if kinds.chance && varies {
        VaryingSpeed(Distribution::pert(speed * 0.5, speed, speed * 1.5).expect("in order"))
    } else {
        VaryingSpeed::constant(KilometresPerHour(speed))
    }
}

/// The scenario of a list of choices.
pub fn scenario(choices: &[u16], kinds: Kinds) -> Params {
    let mut all = Dice::new(choices);
    let mut dice = all.part(40);
    let horizon = Duration::from_days(90);
    let class_count = dice.number(1, 2) as usize;
    let (site_count, hub_count, facility_count) = (dice.number(1, 3) as usize, dice.number(0, 2) as usize, dice.number(1, 2) as usize);
    let classes: Vec<String> = ["general", "separate"][..class_count].iter().map(ToString::to_string).collect();
    let start = LocalStart { date: (2026, 1, 21), time_of_day: dice.minutes(0, 1_439), utc_offset_minutes: 180 };
    let operating_day = Duration::from_hours(dice.one(&[12, 0, 6]));
    let clock = kinds.clock;

    let mut nodes = Vec::new();
    let mut people = 0;
    for n in 0..site_count {
        let mut d = all.part(40);
        let detainees: Vec<ClassCount> =
            (0..class_count).map(|class| ClassCount { class, people: d.number(if class == 0 { 5 } else { 0 }, 100) }).collect();
        people += detainees.iter().map(|c| c.people).sum::<u32>();
        let (parking, airfield) = airfield(&mut d);
        let hours = if clock { d.maybe(30, |d| schedule(d, horizon)) } else { None };
        nodes.push(Node {
            id: format!("site-{n}"),
            label: format!("Site {n}"),
            kind: NodeKind::Site(Site {
                detainees,
                hours: hours.unwrap_or(Schedule::Always),
                boarding: boarding(&mut d, kinds),
                unfit: d
                    .maybe(25, |d| Unfit { share: d.share(0.4), back_after: d.varying(kinds.chance, 0, 3_000) })
                    .filter(|_| kinds.chance),
                breakout: d.maybe(30, |d| Breakout { hazard_per_day: d.share(0.01), fraction: d.share(0.5) }),
                parking,
                airfield,
            }),
        });
    }
    for n in 0..hub_count {
        let mut d = all.part(40);
        let (parking, airfield) = airfield(&mut d);
        let hours = if clock { d.maybe(25, |d| schedule(d, horizon)) } else { None };
        nodes.push(Node {
            id: format!("hub-{n}"),
            label: format!("Hub {n}"),
            kind: NodeKind::Hub(Hub {
                // Room for its routes is added when they are known.
                holding: d.number(1, 60),
                arrival_per_person: d.varying(kinds.chance, 0, 2),
                hours: hours.unwrap_or(Schedule::Always),
                boarding: boarding(&mut d, kinds),
                parking,
                airfield,
            }),
        });
    }
    // Beds that are just enough, where everybody may go to every facility.
    let mut facility_dice = all.part(4);
    let tight = facility_dice.chance(40);
    for n in 0..facility_count {
        let mut d = all.part(40);
        let (parking, airfield) = airfield(&mut d);
        let hours = if clock { d.maybe(25, |d| schedule(d, horizon)) } else { None };
        let most = if tight && n == 0 { d.number(1, people) } else { people };
        let most = if tight && facility_count == 2 && n == 1 { people - beds_of(&nodes[site_count + hub_count]) } else { most };
        let most = if tight && facility_count == 1 { people } else { most };
        let growth = d.maybe(40, |d| (d.number(0, most), d.number(1 + most / 12, 1 + most), d.minutes(0, 3_000)));
        let beds = match growth.filter(|_| clock) {
            Some((start, per_day, from)) => BedLevel { start, per_day, from: SimTime::ZERO + from, up_to: most },
            None => BedLevel { start: most, per_day: 0, from: SimTime::ZERO, up_to: most },
        };
        nodes.push(Node {
            id: format!("facility-{n}"),
            label: format!("Facility {n}"),
            kind: NodeKind::Facility(Facility {
                beds,
                intake: Intake {
                    bays: d.number(1, 3),
                    lanes_per_bay: d.number(1, 3),
                    per_person: d.varying(kinds.chance, 0, 6),
                    hours: hours.unwrap_or(Schedule::Always),
                },
                yard: d.maybe(40, |d| d.number(0, 3)),
                parking,
                airfield,
                accepts: (0..class_count).collect(),
            }),
        });
    }

    let mut d = all.part(60);
    let crossings: Vec<Crossing> = (0..d.number(0, 2))
        .map(|n| {
            let mut d = d.part(24);
            let hours = if clock { d.maybe(30, |d| schedule(d, horizon)) } else { None };
            Crossing {
                id: format!("border-{n}"),
                label: format!("Border {n}"),
                lanes: d.number(1, 3),
                service: d.varying(kinds.chance, 0, 30),
                service_empty: d.varying(kinds.chance, 0, 20),
                paperwork: d.varying(kinds.chance, 0, 60),
                hours: hours.unwrap_or(Schedule::Always),
                closure: d
                    .maybe(25, |d| RandomClosure { every: d.varying(true, 600, 6_000), length: d.varying(true, 30, 900) })
                    .filter(|_| kinds.chance && clock),
                secured: d.chance(30),
            }
        })
        .collect();
    let mut d = all.part(60);
    let escorts: Vec<EscortPool> = (0..d.number(0, 2))
        .map(|n| {
            let mut d = d.part(20);
            EscortPool {
                id: format!("escorts-{n}"),
                count: d.number(2, 8),
                home: "site-0".into(),
                rest: d.maybe(40, |d| EscortRest { after: d.minutes(60, 1_200), length: d.minutes(30, 720) }),
                breakdown: breakdown(&mut d, kinds),
            }
        })
        .collect();
    let mut d = all.part(60);
    let air_cover: Vec<AirCover> = (0..d.number(0, 2))
        .map(|n| {
            let mut d = d.part(24);
            let transit = d.minutes(0, 60);
            let fixed = schedule(&mut d, horizon);
            let kind = d.number(0, 2);
            AirCover {
                id: format!("cover-{n}"),
                aircraft: d.number(1, 3),
                endurance: transit * 2 + d.minutes(30, 600),
                transit,
                ground: d.minutes(10, 240),
                mission_capable: if kinds.chance { 1.0 - d.share(0.5) } else { 1.0 },
                orbits: d.number(1, 2),
                convoys_per_orbit: d.number(1, 3),
                on_station: match kind {
                    0 => OnStation::OnDemand,
                    1 => OnStation::Always,
                    _ if clock => OnStation::Fixed(fixed),
                    _ => OnStation::OnDemand,
                },
            }
        })
        .collect();

    // Ways: from every site to a hub or a facility, from every hub to a later hub or a facility; with tight beds to every facility.
    let mut ways: Vec<(usize, usize, bool)> = Vec::new();
    let mut d = all.part(80);
    let facilities: Vec<usize> = (site_count + hub_count..site_count + hub_count + facility_count).collect();
    for from in 0..site_count + hub_count {
        let mut d = d.part(8);
        let later: Vec<usize> = (site_count.max(from + 1)..site_count + hub_count).collect();
        let mut ends: Vec<usize> = Vec::new();
        if !later.is_empty() && (d.chance(50) || (tight && d.chance(30))) {
            ends.push(d.one(&later));
        }
        if ends.is_empty() || d.chance(40) || tight {
            if tight { ends.extend(&facilities) } else { ends.push(d.one(&facilities)) }
        }
        ways.extend(ends.iter().map(|to| (from, *to, false)));
        if d.chance(25) {
            ways.push((from, ends[0], true));
        }
        if d.chance(15) {
            ways.push((from, ends[0], false));
        }
    }
    // Hubs whom nobody serves have no routes.
    let served: Vec<usize> = ways.iter().map(|w| w.1).collect();
    ways.retain(|w| w.0 < site_count || served.contains(&w.0));

    let mut buses: Vec<BusFleet> = Vec::new();
    let mut aircraft: Vec<AircraftFleet> = Vec::new();
    let mut routes = Vec::new();
    for (n, (from, to, by_air)) in ways.into_iter().enumerate() {
        let mut d = all.part(90);
        let mut timed = !clock;
        let departures = {
            let schedule = schedule(&mut d, horizon);
            let times = {
                let first = d.number(0, 11);
                let mut times: Vec<Duration> = (0..d.number(1, 3)).map(|k| Duration::from_hours(u64::from(first + 4 * k))).collect();
                times.sort_unstable();
                times
            };
            match d.number(0, 9) {
                7 if !timed => Departures::Open(schedule),
                8 if !timed => Departures::Timetable(times),
                9 if !timed => Departures::Night,
                _ => Departures::Open(Schedule::Always),
            }
        };
        timed |= departures != Departures::Open(Schedule::Always);
        let mode = if by_air {
            air(&mut d.part(60), kinds, from, n, &mut aircraft)
        } else {
            land(&mut d.part(60), kinds, from, to, n, timed, &mut buses, &crossings, &escorts, &air_cover)
        };
        routes.push(Route {
            id: format!("route-{n}"),
            from,
            to,
            classes: (0..class_count).collect(),
            departures,
            priority: d.number(0, 2).into(),
            form_wait_at_most: d.minutes(0, 400),
            board: if d.chance(50) { Board::AtOnce } else { Board::ForDeparture },
            headway: if d.chance(40) { d.minutes(1, 180) } else { d.minutes(0, 0) },
            max_on_road: d.maybe(20, |d| d.number(1, 2)),
            mode,
        });
    }
    room_in_hubs(&mut nodes, &routes, &buses, &aircraft);

    let mut d = all.part(160);
    let calendar = if clock { calendar(&mut d, &routes, &nodes, &crossings, site_count, hub_count) } else { Vec::new() };
    let mut d = all.part(40);
    let two_state = |d: &mut Dice<'_>| {
        d.maybe(25, |d| {
            let bad_share = d.share(0.4);
            TwoState { bad_share, bad_after_bad: bad_share + d.share(0.4), no_go: d.chance(70) }
        })
        .filter(|_| kinds.chance && clock)
    };
    let weather = Weather {
        slot: Duration::from_hours(d.one(&[24, 6, 3])),
        air: two_state(&mut d),
        land: two_state(&mut d),
        land_speed_when_air_bad: 1.0 - d.share(0.6),
    };
    let sun = d.chance(50);
    let light = if sun {
        Light::Sun { latitude: 36.5, longitude: 40.7 }
    } else {
        let hour = Duration::from_hours;
        Light::Fixed { dawn: hour(5), sunrise: hour(6), sunset: hour(18), dusk: hour(19) }
    };
    let incidents = d.maybe(30, |d| Incidents {
        rate_per_hour: Distribution::gamma_shape_mean(2.0, 0.01 + d.share(0.2)).expect("above zero"),
        halted: 0.5 + d.share(1.5),
        uncovered: 0.5 + d.share(1.0),
        daylight: 0.5 + d.share(1.0),
        under_escorted: 1.0 + d.share(0.5),
        after: d.maybe(40, |d| AfterIncident { factor: 1.0 + d.share(1.0), lasts: d.minutes(10, 300) }),
        delay: d.varying(true, 0, 60),
        turn_back: d.share(0.5),
    });
    let mut d = all.part(4);
    let stated = clock && !d.chance(90);
    Params {
        start,
        horizon,
        operating_day,
        stall_after: stated.then_some(Duration::from_days(60)),
        max_events: convoysim::model::MAX_EVENTS,
        classes,
        nodes,
        crossings,
        buses,
        escorts,
        air_cover,
        aircraft,
        routes,
        calendar,
        weather,
        light,
        welfare: Welfare { max_aboard: d.maybe(50, |d| d.minutes(60, 1_200)), comfort_at_least: d.minutes(0, 30) },
        incidents: incidents.filter(|_| kinds.chance),
    }
}

fn beds_of(node: &Node) -> u32 {
    match &node.kind {
        NodeKind::Facility(facility) => facility.beds.up_to,
        _ => 0,
    }
}

fn air(d: &mut Dice<'_>, kinds: Kinds, from: usize, n: usize, aircraft: &mut Vec<AircraftFleet>) -> Mode {
    let known = aircraft.iter().position(|f| f.home == from);
    let fleet = match known.filter(|_| d.chance(50)) {
        Some(known) => known,
        None => {
            let load = d.number(1, 30);
            aircraft.push(AircraftFleet {
                id: format!("planes-{n}"),
                count: d.number(1, 3),
                seats: load,
                load,
                onload: d.varying(kinds.chance, 0, 40),
                offload: d.varying(kinds.chance, 0, 30),
                mission_capable: if kinds.chance { 1.0 - d.share(0.5) } else { 1.0 },
                repair: d.varying(kinds.chance, 10, 600),
                duty: d.maybe(40, |d| d.minutes(120, 900)),
                rest: d.minutes(60, 720),
                home: from,
            });
            aircraft.len() - 1
        }
    };
    let load = aircraft[fleet].load;
    Mode::Air(AirRoute { fleet, at_least: d.number(1, load), flight: d.varying(kinds.chance, 10, 200), distance: None })
}

#[expect(clippy::too_many_arguments, reason = "everything that a route may use")]
fn land(
    d: &mut Dice<'_>,
    kinds: Kinds,
    from: usize,
    to: usize,
    n: usize,
    mut timed: bool,
    buses: &mut Vec<BusFleet>,
    crossings: &[Crossing],
    escorts: &[EscortPool],
    air_cover: &[AirCover],
) -> Mode {
    let free = |schedule: &Schedule| *schedule == Schedule::Always;
    let mut path = Vec::new();
    let march = d.chance(15);
    let leg = |d: &mut Dice<'_>, name: &str| {
        let distance = Kilometres(f64::from(d.number(1, 12) * 10));
        let speed = speed(d, kinds);
        PathPart::Leg(Leg { id: name.into(), distance, speed: if march { LegSpeed::RateOfMarch(speed) } else { LegSpeed::Moving(speed) } })
    };
    path.push(leg(d, "out"));
    let mut on_path = None;
    let wanted = d.chance(60);
    let pick = d.number(0, 1) as usize;
    if wanted && let Some(crossing) = crossings.get(pick) {
        // Closures that last longer than a window's pause may meet it day after day.
        let steady = free(&crossing.hours) && crossing.closure.is_none();
        if steady || !timed {
            timed |= !steady;
            on_path = Some(pick);
            path.push(PathPart::Crossing(pick));
        }
    }
    if d.chance(50) {
        path.push(leg(d, "on"));
    } else {
        leg(d, "");
    }
    let known = buses.iter().position(|f| f.home == from || f.home == to);
    let share = d.chance(40);
    let mut new = {
        let load = d.number(1, 25);
        BusFleet {
            id: format!("buses-{n}"),
            count: d.number(1, 6),
            seats: load,
            load,
            home: if d.chance(30) { to } else { from },
            breakdown: breakdown(d, kinds),
            inspection: if d.chance(40) { d.varying(kinds.chance, 1, 60) } else { d.varying(false, 0, 0) },
            driver: None,
        }
    };
    let driving: Duration = path
        .iter()
        .map(|part| match part {
            PathPart::Leg(leg) => leg.distance.at(leg.speed.distribution().mean()),
            PathPart::Crossing(_) => Duration::ZERO,
        })
        .sum();
    let crews = d.number(1, 2);
    new.driver = d.maybe(40, |d| DriverRule {
        max_driving: driving + d.minutes(0, 300),
        pause: d.maybe(60, |d| DriverBreak { after: d.minutes(30, 270), length: d.minutes(5, 45) }),
        rest: d.minutes(60, 660),
        crews,
    });
    // A fleet may serve several routes if its drivers can drive them all.
    let fits = |f: &BusFleet| f.driver.is_none_or(|rule| driving <= rule.max_driving);
    let fleet = match known.filter(|k| share && fits(&buses[*k])) {
        Some(known) => known,
        None => {
            buses.push(new);
            buses.len() - 1
        }
    };
    let count = buses[fleet].count;
    let wanted = d.number(1, count);
    let fewer = d.number(1, wanted);
    let at_least = d.number(1, fewer);
    let per_convoy = if kinds.chance && fewer < wanted && d.chance(40) {
        Distribution::discrete(&[f64::from(fewer), f64::from(wanted)], &[0.5, 0.5]).expect("two sizes")
    } else {
        Distribution::constant(f64::from(wanted)).expect("finite")
    };
    let need = |d: &mut Dice<'_>, pool: usize| {
        let per_convoy = d.number(1, escorts[pool].count);
        EscortNeed { pool, per_convoy, minimum: d.number(1, per_convoy), wait_at_most: d.minutes(0, 300) }
    };
    // Every other route hands over the other way round, so that convoys may want each other's escorts.
    let (before, after) = if n % 2 == 1 && escorts.len() > 1 { (1, 0) } else { (0, 1) };
    let first = if escorts.is_empty() { None } else { d.maybe(60, |d| need(d, before)) };
    let cover_need = |d: &mut Dice<'_>, orbit: usize, timed: bool| {
        let required = d.chance(50);
        let hold = d.chance(50);
        // What a start needs at one instant must come together: cover that may be away just then does not go with a window.
        let clocked = air_cover[orbit].on_station != OnStation::OnDemand || air_cover[orbit].mission_capable < 1.0;
        CoverNeed {
            orbit,
            policy: if required && !(clocked && timed) { CoverPolicy::Required } else { CoverPolicy::Preferred },
            on_loss: if hold { OnLoss::Hold } else { OnLoss::Proceed },
        }
    };
    let cover = if air_cover.is_empty() { None } else { d.maybe(60, |d| cover_need(d, 0, timed)) };
    let change = d.chance(40);
    let next_escorts = if escorts.len() > 1 { d.maybe(60, |d| need(d, after)) } else { None };
    let next_cover = if air_cover.len() > 1 { d.maybe(40, |d| Some(cover_need(d, 1, false))) } else { d.maybe(20, |_| None) };
    let hand_over = match on_path {
        Some(at) if change && (next_escorts.is_some() || next_cover.is_some()) => {
            vec![HandOver { at, escorts: next_escorts, cover: next_cover }]
        }
        _ => Vec::new(),
    };
    let halts = d.maybe(30, |d| Halts { every: d.minutes(30, 240), length: d.minutes(5, 60), comfort: d.chance(50) }).filter(|_| !march);
    let return_trip = match d.number(0, 3) {
        0 | 1 => ReturnTrip::AsTheLegs,
        2 => ReturnTrip::Time(d.varying(kinds.chance, 10, 400)),
        _ => ReturnTrip::Speed(speed(d, kinds)),
    };
    Mode::Land(LandRoute { path, fleet, per_convoy, at_least, escorts: first, cover, hand_over, halts, return_trip })
}

/// A hub holds the least that each of its routes brings and takes away, class by class.
fn room_in_hubs(nodes: &mut [Node], routes: &[Route], buses: &[BusFleet], aircraft: &[AircraftFleet]) {
    for (at, node) in nodes.iter_mut().enumerate() {
        let NodeKind::Hub(hub) = &mut node.kind else { continue };
        let needs = routes.iter().filter(|r| r.from == at || r.to == at).map(|route| match &route.mode {
            Mode::Land(land) => land.at_least * buses[land.fleet].load,
            Mode::Air(air) => 2 * aircraft[air.fleet].load,
        });
        hub.holding += needs.sum::<u32>();
    }
}

fn calendar(d: &mut Dice<'_>, routes: &[Route], nodes: &[Node], crossings: &[Crossing], sites: usize, hubs: usize) -> Vec<CalendarEntry> {
    let count = d.number(0, 5);
    (0..count)
        .map(|n| {
            let mut d = d.part(24);
            let from = SimTime::ZERO + d.minutes(0, 6_000);
            let to = from + d.minutes(30, 4_000);
            let route = |d: &mut Dice<'_>| CalendarTarget::Route(d.number(0, routes.len() as u32 - 1) as usize);
            let mut applies_to = vec![route(&mut d)];
            let second = route(&mut d);
            if d.chance(30) && !applies_to.contains(&second) {
                applies_to.push(second);
            }
            let node = d.number(0, nodes.len() as u32 - 1) as usize;
            let (cap, factor, fast) = (d.number(0, 60), d.share(1.5), 0.6 + d.share(0.8));
            let amount = i64::from(d.number(0, 6)) - 3;
            let crossing = d.number(0, 1) as usize;
            let level = match (node, d.chance(50)) {
                _ if d.chance(30) && crossing < crossings.len() => LevelTarget::Lanes(crossing),
                (n, _) if n < sites => LevelTarget::BoardingBays(n),
                (n, true) if n < sites + hubs => LevelTarget::Holding(n),
                (n, _) if n < sites + hubs => LevelTarget::BoardingBays(n),
                (n, true) => LevelTarget::IntakeBays(n),
                (n, _) => match &nodes[n].kind {
                    NodeKind::Facility(Facility { yard: Some(_), .. }) if d.chance(50) => LevelTarget::Yard(n),
                    _ => LevelTarget::Beds(n),
                },
            };
            let effect = match d.number(0, 6) {
                0 => CalendarEffect::SpeedFactor(fast),
                1 => CalendarEffect::NoDepartures,
                2 => CalendarEffect::DailyCap(cap),
                3 => CalendarEffect::CapFactor(factor),
                4 => CalendarEffect::Add(vec![(
                    level,
                    if matches!(level, LevelTarget::Beds(_) | LevelTarget::Holding(_)) { amount * 10 } else { amount },
                )]),
                5 => {
                    applies_to = vec![if d.chance(40) && crossing < crossings.len() {
                        CalendarTarget::Crossing(crossing)
                    } else {
                        CalendarTarget::Node(node)
                    }];
                    CalendarEffect::Closed
                }
                _ => {
                    applies_to = vec![CalendarTarget::Node(node.min(sites - 1))];
                    if d.chance(50) { CalendarEffect::NoDepartures } else { CalendarEffect::DailyCap(cap) }
                }
            };
            CalendarEntry { id: format!("entry-{n}"), from, to, applies_to, effect, reason: String::new() }
        })
        .collect()
}

/// A fixed list of choices, the same for ever: those of a simple generator, so that no library changes them.
pub fn some_choices(number: u64) -> Vec<u16> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D;
    (0..CHOICES)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 48) as u16
        })
        .collect()
}
