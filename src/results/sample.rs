//! A small made-up run for tests: replication r in a known, slightly uneven way, some of them censored or failed if wanted.

use super::{
    AttributionPart, Better, Bound, Clock, ConvoyRow, Daily, Detail, FailureRecord, HourRow, InputRow, LightRow, NodeRow, Objective,
    ObservedRow, Outcome, ReplicationRecord, ResourceInfo, ResourceUse, ResponseInfo, RouteRow, RunInfo, RunTable, SegmentRow, Setting,
    SweepInfo, TooSmall, TraceRow,
};
use super::{Condition, Until, Waiting};
use crate::stats::Estimand;
use crate::stats::stopping::Precision;
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};

const NAMES: [(&str, &str, Better); 12] = [
    ("days_to_completion", "d", Better::Lower),
    ("accepted_people", "people", Better::Higher),
    ("accepted_people.land", "people", Better::Higher),
    ("accepted_people.air", "people", Better::Higher),
    ("throughput_per_day", "people/d", Better::Higher),
    ("exposed_convoy_hours", "h", Better::Lower),
    ("exposure_per_convoy_hours", "h", Better::Lower),
    ("uncovered_convoy_hours", "h", Better::Lower),
    ("daylight_convoy_hours", "h", Better::Lower),
    ("border_convoy_hours", "h", Better::Lower),
    ("halted_convoy_hours", "h", Better::Lower),
    ("binding_share.border", "", Better::Neither),
];

/// The responses.
pub(crate) fn responses() -> Vec<ResponseInfo> {
    NAMES.iter().map(|(name, unit, better)| ResponseInfo { name: (*name).into(), unit, better: *better, reading: "".into() }).collect()
}

/// A sweep of so many points with common random numbers: no factors, and the first so many responses, of which none is shown.
pub(crate) fn sweep(points: u32, responses: usize) -> SweepInfo {
    SweepInfo {
        name: "s".into(),
        question: None,
        base: "b".into(),
        overrides: Vec::new(),
        handling: None,
        base_sha256: String::new(),
        plan_sha256: String::new(),
        seed: 1,
        replications: 1,
        until: None,
        common: true,
        factors: Vec::new(),
        points,
        blocks: vec![("grid", 0, points - 1)],
        columns: self::responses().into_iter().take(responses).collect(),
        shown: Vec::new(),
        requirement: None,
        invalid: Vec::new(),
        base_point: None,
    }
}

/// The resources.
pub(crate) fn resources() -> Vec<ResourceInfo> {
    vec![ResourceInfo { name: "border".into(), label: "border lanes".into(), units: 2 }]
}

/// The nodes.
pub(crate) fn nodes() -> Vec<NodeRow> {
    let node = |id: &str, kind, km| NodeRow { id: id.into(), label: format!("The {id}"), kind, along: vec![("road".into(), km)] };
    vec![node("prison", "site", 0.0), node("border", "crossing", 120.0), node("receiving", "facility", 200.0)]
}

/// Replication `r`; 7,000 people in 20 to 30 days unless censored.
pub(crate) fn record(r: u32, censored: bool) -> ReplicationRecord {
    let spread = f64::from(r * 37 % 100) / 100.0;
    let days = if censored { 60.0 } else { 20.0 + 10.0 * spread * spread };
    let accepted = if censored { 6_400.0 } else { 7_000.0 };
    let exposed = 1_400.0 + 10.0 * spread;
    let values = vec![
        if censored { f64::NAN } else { days },
        accepted,
        accepted - 1_000.0,
        1_000.0,
        accepted / days,
        exposed,
        exposed / 190.0,
        exposed / 4.0,
        exposed / 50.0,
        exposed / 5.0,
        exposed / 20.0,
        0.6,
    ];
    let rows = days.ceil() as usize;
    let by_day = (1..=rows).map(|day| {
        let done = (accepted * (day as f64 / days).min(1.0)) as f32;
        [done, done * 0.75, done * 0.25, 7_000.0 - done, 0.0, 250.5]
    });
    let ticks = (days * TICKS_PER_DAY as f64) as u64;
    ReplicationRecord {
        replication: r,
        outcome: if censored { Outcome::Horizon } else { Outcome::Complete },
        left: if censored {
            vec![Waiting { people: 600, place: "at prison".into(), waits_for: "beds at receiving".into() }]
        } else {
            Vec::new()
        },
        values,
        daily: Daily { days: by_day.collect() },
        attribution: vec![
            AttributionPart { cause: "border_service", via: "bus", ticks: ticks / 2 },
            AttributionPart { cause: "window", via: "none", ticks: ticks - ticks / 2 },
        ],
        resources: vec![ResourceUse {
            available_h: 48.0 * days,
            busy_h: 30.0 * days,
            held_waiting_h: 0.0,
            idle_h: 18.0 * days,
            binding_share: 0.6,
        }],
        events: 1_000,
        draws: 100,
    }
}

/// Detail of replication `r`.
pub(crate) fn detail(r: u32) -> Detail {
    let convoy = ConvoyRow {
        replication: r,
        movement: 0,
        route: "road".into(),
        mode: "land",
        nth: 1,
        formed: 0,
        loaded: Some(3 * TICKS_PER_HOUR),
        start_point: Some(6 * TICKS_PER_HOUR),
        arrive: Some(11 * TICKS_PER_HOUR),
        clear: Some(12 * TICKS_PER_HOUR),
        accepted: None,
        turned_back: false,
        people: 240,
        vehicles: 6,
        escorts: 4,
        wait_to_start_h: 3.0,
        border_queue_bus_h: 1.5,
        motion_h: vec![("moving", 5.0), ("border queue", 0.6)],
        exposed_h: 5.6,
        uncovered_h: 5.6,
        longest_halt_h: 0.0,
        longest_uncovered_h: 5.6,
        class_h: [1.0, 4.0, 0.6, 0.0],
    };
    let segment = SegmentRow {
        replication: r,
        movement: 0,
        kind: "moving",
        place: "to border".into(),
        start: 6 * TICKS_PER_HOUR,
        end: 9 * TICKS_PER_HOUR,
        km_from: 0.0,
        km_to: 120.0,
        people: 240,
        motion: "moving",
        cover: "uncovered",
        escort: "adequate",
        light: "night",
        welfare: "within",
    };
    let change = TraceRow {
        time: 6 * TICKS_PER_HOUR,
        entity: "convoy",
        id: "road.1".into(),
        state: "moving".into(),
        place: "to border".into(),
        cause: "window opens, \"night\"".into(),
    };
    let hours = (0..3).map(|hour| HourRow { replication: r, hour, people: [7_000 - 240 * hour, 240 * hour, 0, 0, 0] });
    Detail { convoys: vec![convoy], segments: vec![segment], hours: hours.collect(), trace: vec![change] }
}

/// A run of `n` replications whose first `censored` are censored.
pub(crate) fn table(n: u32, censored: u32) -> RunTable {
    RunTable {
        responses: responses(),
        resources: resources(),
        records: (0..n).map(|r| record(r, r < censored)).collect(),
        failures: Vec::new(),
    }
}

/// A failure of replication `r`.
pub(crate) fn failure(r: u32) -> FailureRecord {
    let message = "nothing has moved for 5 d since 2026-02-03T04:00".into();
    FailureRecord {
        replication: r,
        kind: "livelock",
        message,
        waits: vec!["600 people at prison for buses".into(), "bus 3 for a lane".into()],
    }
}

/// What is known of a run of `n`.
pub(crate) fn info(n: u32) -> RunInfo {
    RunInfo {
        scenario: "made up".into(),
        question: "How long?".into(),
        handling: String::new(),
        sha256: format!("{}{}", "ab12".repeat(15), "cd34"),
        seed: 20_260_121,
        requested: n,
        until: None,
        interrupted: false,
        horizon_days: 60.0,
        clock: Clock { date: Some((2026, 1, 21)), time_of_day: 12 * TICKS_PER_HOUR, utc_offset_minutes: 180 },
        objectives: Vec::new(),
        shown: Vec::new(),
    }
}

/// What the run was given: days of twelve hours, one public count, one source.
pub(crate) fn setting() -> Setting {
    let hour = |n: u64| n * TICKS_PER_HOUR;
    let (day, night) = (|start, end| LightRow { start, end, light: "day" }, |start, end| LightRow { start, end, light: "night" });
    let input = |path: &str, value: &str, source: Option<&str>| InputRow {
        path: path.into(),
        value: value.into(),
        source: source.map(String::from),
        range: None,
        note: None,
        place: "x.toml:1".into(),
    };
    Setting {
        routes: vec![RouteRow { id: "road".into(), mode: "land", from: "prison".into(), to: "receiving".into() }],
        light: (0..60)
            .flat_map(|d| {
                [day(hour(24 * d), hour(24 * d + 6)), night(hour(24 * d + 6), hour(24 * d + 18)), day(hour(24 * d + 18), hour(24 * d + 24))]
            })
            .collect(),
        observed: vec![ObservedRow { day: 10, value: 2_500.0, bound: "at_least".into(), source: "A ministry".into() }],
        too_small: vec![TooSmall { response: "days_to_completion".into(), difference: 0.5 }],
        must_not_worsen: vec!["uncovered_convoy_hours".into()],
        inputs: vec![input("route.road.headway", "\"30 min\"", Some("A manual")), input("buses.coaches.fill", "0.8", None)],
    }
}

/// Two objectives, the first on the day of completion.
pub(crate) fn objectives() -> Vec<Objective> {
    vec![
        Objective { id: "deadline".into(), response: "days_to_completion".into(), bound: Bound::AtMost(25.0), in_share_of_runs: 0.8 },
        Objective {
            id: "uncovered".into(),
            response: "uncovered_convoy_hours".into(),
            bound: Bound::AtMost(400.0),
            in_share_of_runs: 0.95,
        },
    ]
}

/// What a run may go on for: a quantile, a mean, a share, and a mean that unfinished runs have lost.
pub(crate) fn until() -> Until {
    let condition = |text: &str, response: &str, unit: &str, estimand, precision| Condition {
        text: text.into(),
        response: response.into(),
        unit: unit.into(),
        estimand,
        precision,
    };
    Until {
        conditions: vec![
            condition("p80(days_to_completion) +- 0.5 d", "days_to_completion", "d", Estimand::Quantile(0.8), Precision::Absolute(0.5)),
            condition("mean(exposed_convoy_hours) +- 1 %", "exposed_convoy_hours", "h", Estimand::Mean, Precision::Relative(0.01)),
            condition("share(deadline) +- 2 points", "days_to_completion", "", Estimand::ShareAtMost(25.0), Precision::Absolute(0.02)),
            condition("mean(days_to_completion) +- 1 d", "days_to_completion", "d", Estimand::Mean, Precision::Absolute(1.0)),
        ],
        sides: 1,
        at_most: 400,
    }
}
