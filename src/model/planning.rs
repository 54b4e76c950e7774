//! Planning formulas: what a movement planner works out by hand, as pure functions.
//!
//! Road movement (FM 55-10 appendix E, FM 55-15, ST 100-3 ch. 8): [`pass_time`], [`road_space`], [`time_gaps`],
//! [`extra_time_allowance`], [`time_distance`], [`passage`], [`road_clearance_time`], [`turnaround`], [`buses_needed`],
//! [`with_driver_breaks`]. Airlift (AFPAM 10-1403, RAND): [`missions`], [`closure_days`], [`fleet_capability`],
//! [`airfield_throughput`], [`flow_interval`], [`sortie_rate`], [`lift_completion`]. Air cover: [`Orbit`].
//! Chance: [`at_least_one`], [`zero_event_bound`].
//!
//! The simulation uses none of them: they are what it is checked against. They know no state, no chance and no calendar.

use crate::units::{Duration, Kilometres, KilometresPerHour, TICKS_PER_MINUTE};

/// How many intervals a column of N vehicles has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassTimeConvention {
    /// N intervals, as the road-movement manuals count: `N / density`.
    Doctrine,
    /// N − 1 intervals between N points, as a simulation of single vehicles has them.
    Exact,
}

/// A column of vehicles that move as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Vehicles, escorts included.
    pub vehicles: u32,
    /// Vehicles per kilometre, above 0. 10 is the usual interval of 100 m.
    pub per_kilometre: f64,
    /// Speed.
    pub speed: KilometresPerHour,
}

impl Column {
    fn intervals(self, convention: PassTimeConvention) -> f64 {
        match convention {
            PassTimeConvention::Doctrine => f64::from(self.vehicles),
            PassTimeConvention::Exact => f64::from(self.vehicles.saturating_sub(1)),
        }
    }
}

/// Road space: length of a column, `N / density + gaps × speed` (FM 55-10).
///
/// ```
/// use convoysim::model::planning::{Column, PassTimeConvention::{Doctrine, Exact}, road_space};
/// use convoysim::units::{Duration, Kilometres, KilometresPerHour};
///
/// let convoy = Column { vehicles: 12, per_kilometre: 10.0, speed: KilometresPerHour(40.0) };
/// assert_eq!(road_space(convoy, Duration::ZERO, Doctrine), Kilometres(1.2));
/// assert_eq!(road_space(convoy, Duration::ZERO, Exact), Kilometres(1.1));
/// // ST 100-3: 25,000 vehicles at 10 a kilometre take 2,500 km.
/// let corps = Column { vehicles: 25_000, per_kilometre: 10.0, speed: KilometresPerHour(25.0) };
/// assert_eq!(road_space(corps, Duration::ZERO, Doctrine), Kilometres(2500.0));
/// ```
#[must_use]
pub fn road_space(column: Column, gaps: Duration, convention: PassTimeConvention) -> Kilometres {
    Kilometres(column.intervals(convention) / column.per_kilometre + column.speed.0 * gaps.hours())
}

/// Pass time: from the first vehicle past a point to the last, `60 N / (density × speed) + gaps` (FM 55-10). Gaps are
/// [`time_gaps`] and [`extra_time_allowance`] together.
///
/// ```
/// use convoysim::model::planning::{Column, PassTimeConvention::{Doctrine, Exact}, extra_time_allowance, pass_time, time_gaps};
/// use convoysim::units::{Duration, KilometresPerHour};
///
/// let convoy = Column { vehicles: 12, per_kilometre: 10.0, speed: KilometresPerHour(40.0) };
/// assert_eq!(pass_time(convoy, Duration::ZERO, Doctrine).minutes(), 1.8);
/// assert_eq!(pass_time(convoy, Duration::ZERO, Exact).minutes(), 1.65);
///
/// // 120 vehicles in 6 march units and 2 serials.
/// let column = Column { vehicles: 120, per_kilometre: 15.0, speed: KilometresPerHour(24.0) };
/// let gaps = time_gaps(6, Duration::from_minutes(5), 2, Duration::from_minutes(10));
/// assert_eq!(pass_time(column, gaps, Doctrine).minutes(), 50.0);
/// assert_eq!(pass_time(column, gaps + extra_time_allowance(120), Doctrine).minutes(), 54.8);
///
/// // ST 100-3: 25,000 vehicles at 25 km/h take "more than 4 days".
/// let corps = Column { vehicles: 25_000, per_kilometre: 10.0, speed: KilometresPerHour(25.0) };
/// assert_eq!(pass_time(corps, Duration::ZERO, Doctrine).hours(), 100.0);
/// ```
#[must_use]
pub fn pass_time(column: Column, gaps: Duration, convention: PassTimeConvention) -> Duration {
    Kilometres(column.intervals(convention) / column.per_kilometre).at(column.speed) + gaps
}

/// Time gaps of a column: `(M − 1) g + (S − 1) (G − g)` for M march units in all and S serials (FM 55-10).
///
/// ```
/// use convoysim::model::planning::time_gaps;
/// use convoysim::units::Duration;
///
/// assert_eq!(time_gaps(6, Duration::from_minutes(5), 2, Duration::from_minutes(10)), Duration::from_minutes(30));
/// ```
#[must_use]
pub fn time_gaps(march_units: u32, unit_gap: Duration, serials: u32, serial_gap: Duration) -> Duration {
    let between_serials = u64::from(serials.saturating_sub(1));
    let within_serials = u64::from(march_units.saturating_sub(1)).saturating_sub(between_serials);
    unit_gap * within_serials + serial_gap * between_serials
}

/// Extra time allowance: one minute for 25 vehicles, in proportion (FM 55-10).
#[must_use]
pub fn extra_time_allowance(vehicles: u32) -> Duration {
    Duration::from_ticks(u64::from(vehicles) * TICKS_PER_MINUTE / 25)
}

/// Time–distance: driving at moving speed and scheduled halts, `D / v + Σ halts` (FM 55-10). A rate of march contains short halts
/// already, so only long ones are added to it.
///
/// ```
/// use convoysim::model::planning::time_distance;
/// use convoysim::units::{Duration, Kilometres, KilometresPerHour};
///
/// let halts = Duration::from_minutes(30);
/// assert_eq!(time_distance(Kilometres(180.0), KilometresPerHour(40.0), halts), Duration::from_hours(5));
/// // ST 100-3: 320 km and 155 km at 30 km/h.
/// assert_eq!(time_distance(Kilometres(320.0), KilometresPerHour(30.0), Duration::ZERO), Duration::from_minutes(640));
/// assert_eq!(time_distance(Kilometres(155.0), KilometresPerHour(30.0), Duration::ZERO), Duration::from_minutes(310));
/// ```
#[must_use]
pub fn time_distance(distance: Kilometres, speed: KilometresPerHour, halts: Duration) -> Duration {
    distance.at(speed) + halts
}

/// Arrive and clear time at the end of each stretch, after the start: the head drives, the tail follows by the pass time (FM 55-15).
///
/// ```
/// use convoysim::model::planning::passage;
/// use convoysim::units::{Duration, Kilometres, KilometresPerHour};
///
/// // 180 km at 40 km/h with halts of 15 min at km 60 and 120, pass time 1.8 min; a critical point at km 70.
/// let (forty, halt) = (KilometresPerHour(40.0), Duration::from_minutes(15));
/// let stretches = [(Kilometres(60.0), forty, halt), (Kilometres(10.0), forty, Duration::ZERO), (Kilometres(50.0), forty, halt),
///     (Kilometres(60.0), forty, Duration::ZERO)];
/// let times: Vec<(f64, f64)> = passage(&stretches, Duration::from_ticks(108_000_000)).map(|(a, c)| (a.minutes(), c.minutes())).collect();
/// assert_eq!(times[1], (120.0, 121.8));
/// assert_eq!(times[3], (300.0, 301.8));
/// ```
pub fn passage(
    stretches: &[(Kilometres, KilometresPerHour, Duration)],
    pass_time: Duration,
) -> impl Iterator<Item = (Duration, Duration)> + '_ {
    let mut departs = Duration::ZERO;
    stretches.iter().map(move |(distance, speed, halt_after)| {
        let arrives = departs + distance.at(*speed);
        departs = arrives + *halt_after;
        (arrives, arrives + pass_time)
    })
}

/// Road clearance time: from the head's entry to the tail's leaving, time–distance and pass time (FM 55-10).
///
/// ```
/// use convoysim::model::planning::road_clearance_time;
/// use convoysim::units::Duration;
///
/// let clearance = road_clearance_time(Duration::from_hours(5), Duration::from_ticks(108_000_000));
/// assert_eq!(clearance.minutes(), 301.8);
/// ```
#[must_use]
pub fn road_clearance_time(time_distance: Duration, pass_time: Duration) -> Duration {
    time_distance + pass_time
}

/// Turnaround time: `2 D / r + loading + unloading + delays` (FM 55-15).
#[must_use]
pub fn turnaround(distance: Kilometres, rate: KilometresPerHour, loading: Duration, unloading: Duration, delays: Duration) -> Duration {
    distance.at(rate) * 2 + loading + unloading + delays
}

/// Buses for a lift of `people` when each carries `load` people on each of `turns` trips; none where nothing can be carried.
///
/// ```
/// use convoysim::model::planning::buses_needed;
///
/// assert_eq!(buses_needed(600, 40, 1), Some(15));
/// assert_eq!(buses_needed(600, 40, 2), Some(8));
/// assert_eq!(buses_needed(600, 0, 2), None);
/// ```
#[must_use]
pub fn buses_needed(people: u32, load: u32, turns: u32) -> Option<u32> {
    let carried = load.checked_mul(turns).filter(|carried| *carried > 0)?;
    Some(people.div_ceil(carried))
}

/// Time that `driving` takes if drivers stop for `length` after every `after` of it; a stop due exactly at the end is not taken.
///
/// ```
/// use convoysim::model::planning::with_driver_breaks;
/// use convoysim::units::Duration;
///
/// let rule = (Duration::from_minutes(270), Duration::from_minutes(45));
/// assert_eq!(with_driver_breaks(Duration::from_hours(5), rule.0, rule.1), Duration::from_minutes(345));
/// assert_eq!(with_driver_breaks(rule.0, rule.0, rule.1), rule.0);
/// ```
#[must_use]
pub fn with_driver_breaks(driving: Duration, after: Duration, length: Duration) -> Duration {
    let breaks = if after.is_zero() { 0 } else { driving.ticks().saturating_sub(1) / after.ticks() };
    driving + length * breaks
}

/// Missions (trips, sorties) for a requirement, rounded up (AFPAM 10-1403).
///
/// ```
/// assert_eq!(convoysim::model::planning::missions(800, 30), Some(27));
/// ```
#[must_use]
pub fn missions(requirement: u32, payload: u32) -> Option<u32> {
    buses_needed(requirement, payload, 1)
}

/// When the last of `missions` is delivered by `sets` vehicles that start together, each with a cycle and a delivery time within it:
/// `(⌈missions / sets⌉ − 1) cycle + delivery`.
///
/// ```
/// use convoysim::model::planning::{lift_completion, missions};
/// use convoysim::units::Duration;
///
/// let loads = missions(600, 200).expect("a payload above 0");
/// assert_eq!(lift_completion(loads, 2, Duration::from_hours(12), Duration::from_hours(7)), Some(Duration::from_hours(19)));
/// ```
#[must_use]
pub fn lift_completion(missions: u32, sets: u32, cycle: Duration, delivery: Duration) -> Option<Duration> {
    let turns = missions.checked_div(sets)? + u32::from(!missions.is_multiple_of(sets));
    if turns == 0 { Some(Duration::ZERO) } else { Some(cycle * u64::from(turns - 1) + delivery) }
}

/// Closure of an airlift in days by rates: `requirement × round-trip flying time / (payload × aircraft × use)`, `use_per_day` being the
/// flying time of one aircraft a day (AFPAM 10-1403).
///
/// ```
/// use convoysim::model::planning::closure_days;
/// use convoysim::units::Duration;
///
/// let days = closure_days(7000.0, Duration::from_hours(2), 64.0, 4.0, Duration::from_hours(6));
/// assert_eq!(days, 7000.0 / 768.0);
/// assert_eq!(format!("{days:.4}"), "9.1146");
/// ```
#[must_use]
pub fn closure_days(requirement: f64, round_trip: Duration, payload: f64, aircraft: f64, use_per_day: Duration) -> f64 {
    requirement / fleet_capability(round_trip, payload, aircraft, use_per_day)
}

/// People a day that a fleet carries: `aircraft × payload × use / round-trip flying time` (AFPAM 10-1403).
///
/// ```
/// use convoysim::model::planning::fleet_capability;
/// use convoysim::units::Duration;
///
/// assert_eq!(fleet_capability(Duration::from_hours(2), 64.0, 4.0, Duration::from_hours(6)), 768.0);
/// ```
#[must_use]
pub fn fleet_capability(round_trip: Duration, payload: f64, aircraft: f64, use_per_day: Duration) -> f64 {
    aircraft * payload * use_per_day.hours() / round_trip.hours()
}

/// People a day through an airfield: `MOG × operating hours × payload / ground time × efficiency` (AFPAM 10-1403; 0.85 is its usual
/// queuing efficiency).
///
/// ```
/// use convoysim::model::planning::airfield_throughput;
/// use convoysim::units::Duration;
///
/// let (hours, ground) = (Duration::from_hours(12), Duration::from_minutes(90));
/// assert_eq!(airfield_throughput(2.0, hours, 64.0, ground, 1.0), 1024.0);
/// assert_eq!(airfield_throughput(2.0, hours, 64.0, ground, 0.85), 870.4);
/// ```
#[must_use]
pub fn airfield_throughput(parking: f64, operating: Duration, payload: f64, ground: Duration, efficiency: f64) -> f64 {
    parking * operating.hours() * payload / ground.hours() * efficiency
}

/// Time between two deliveries in a steady airlift: the bottleneck of onload, offload and fleet.
///
/// ```
/// use convoysim::model::planning::flow_interval;
/// use convoysim::units::Duration;
///
/// let ground = Duration::from_minutes(90);
/// assert_eq!(flow_interval((ground, 1), (ground, 1), (Duration::from_hours(5), 4)), ground);
/// assert_eq!(flow_interval((ground, 4), (ground, 4), (Duration::from_hours(5), 4)), Duration::from_minutes(75));
/// ```
#[must_use]
pub fn flow_interval(onload: (Duration, u32), offload: (Duration, u32), cycle: (Duration, u32)) -> Duration {
    let each = |(time, units): (Duration, u32)| Duration::from_ticks(time.ticks() / u64::from(units.max(1)));
    each(onload).max(each(offload)).max(each(cycle))
}

/// Sorties of one aircraft a day: `24 / (flight + turnaround + maintenance)` (RAND sortie-rate model).
///
/// ```
/// use convoysim::model::planning::sortie_rate;
/// use convoysim::units::Duration;
///
/// // The fourteen tasks of a turnaround, and a cycle of 9.76 h in all.
/// let tasks = [10, 5, 2, 15, 50, 20, 30, 15, 5, 5, 5, 10, 5, 3].map(Duration::from_minutes);
/// let turnaround: Duration = tasks.into_iter().sum();
/// assert_eq!(turnaround, Duration::from_minutes(180));
/// let rate = sortie_rate(Duration::from_hours(2), turnaround, Duration::round_ticks(4.76 * 3.6e9));
/// assert_eq!(format!("{rate:.3}"), "2.459");
/// ```
#[must_use]
pub fn sortie_rate(flight: Duration, turnaround: Duration, maintenance: Duration) -> f64 {
    24.0 / (flight + turnaround + maintenance).hours()
}

/// One aircraft of a kind that holds an orbit.
///
/// ```
/// use convoysim::model::planning::Orbit;
/// use convoysim::units::Duration;
///
/// let hours = Duration::from_hours;
/// let uas = Orbit { endurance: hours(14), transit_out: Duration::from_minutes(90), transit_back: Duration::from_minutes(90), ground: hours(4) };
/// assert_eq!((uas.on_station(), uas.cycle()), (hours(11), hours(18)));
/// assert_eq!(uas.aircraft_needed(1.0), Some(2));
/// assert_eq!(format!("{:.4}", uas.coverage(1)), "0.6111");
///
/// let quarter = Duration::from_minutes(15);
/// let helicopter = Orbit { endurance: Duration::from_minutes(150), transit_out: quarter, transit_back: quarter, ground: hours(1) };
/// assert_eq!((helicopter.on_station(), helicopter.aircraft_needed(1.0)), (hours(2), Some(2)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orbit {
    /// Airborne time of a sortie.
    pub endurance: Duration,
    /// Way to the orbit.
    pub transit_out: Duration,
    /// Way back.
    pub transit_back: Duration,
    /// From landing to the next take-off.
    pub ground: Duration,
}

impl Orbit {
    /// Time on station of one sortie: endurance without both transits.
    #[must_use]
    pub fn on_station(self) -> Duration {
        self.endurance.saturating_sub(self.transit_out + self.transit_back)
    }

    /// From one take-off to the next.
    #[must_use]
    pub fn cycle(self) -> Duration {
        self.endurance + self.ground
    }

    /// Aircraft for one orbit held without a gap: `⌈cycle / on station / availability⌉`; none where no number is enough.
    #[must_use]
    pub fn aircraft_needed(self, availability: f64) -> Option<u32> {
        let one = self.coverage_share() * availability;
        (one > 0.0).then(|| (1.0 / one - 1e-9).ceil() as u32)
    }

    /// Share of the time that `aircraft` cover at best, staggered ideally: `min(1, n × on station / cycle)`.
    #[must_use]
    pub fn coverage(self, aircraft: u32) -> f64 {
        (f64::from(aircraft) * self.coverage_share()).min(1.0)
    }

    fn coverage_share(self) -> f64 {
        self.on_station().ticks() as f64 / self.cycle().ticks().max(1) as f64
    }
}

/// Probability of at least one event of a Poisson process with so many expected: `1 − exp(−Λ)`. For breakdowns Λ is
/// `vehicles × distance / mean distance`, for incidents the integral of the rate.
///
/// ```
/// use convoysim::model::planning::at_least_one;
///
/// let share = |expected| format!("{:.5}", at_least_one(expected));
/// let bus_km = 6.0 * 180.0;
/// assert_eq!([7315.2, 20_000.0, 2_500.0].map(|mean| share(bus_km / mean)), ["0.13726", "0.05257", "0.35079"]);
/// assert_eq!(share(200.0 * 0.002), "0.32968");
/// assert_eq!(format!("{:.7}", at_least_one(4.0 * 0.001 + 1.5 * 0.003)), "0.0084640");
/// ```
#[must_use]
pub fn at_least_one(expected: f64) -> f64 {
    -libm::expm1(-expected)
}

/// Upper bound of a rate at a one-sided level after no event in an exposure: `−ln(1 − level) / exposure`. About 3 / exposure at 95 %.
///
/// ```
/// use convoysim::model::planning::zero_event_bound;
///
/// assert_eq!(format!("{:.6}", zero_event_bound(160.0, 0.95)), "0.018723");
/// ```
#[must_use]
pub fn zero_event_bound(exposure: f64, level: f64) -> f64 {
    -libm::log1p(-level) / exposure
}
