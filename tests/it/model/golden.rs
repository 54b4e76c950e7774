//! Known answers: the worked examples of the planning formulas as scenario files, every number exact.
//!
//! Examples that are formulas only (W1 to W3, W8, W12 to W14) are documentation tests of `model::planning`; those with chance in them
//! (W16, W17, W19) are in `statistical`, the queues of W9 in `kernel::theory`.

use super::{Run, minutes, shipped};
use convoysim::model::Movement;
use convoysim::model::exposure::windows::{Interval, sum, union};
use convoysim::units::{Duration, SimTime, TICKS_PER_HOUR};

fn run(name: &str) -> Run {
    Run::of(shipped(name, &[]), 0)
}

/// Whole person- or convoy-hours.
const fn hours(hours: u128) -> u128 {
    hours * TICKS_PER_HOUR as u128
}

/// Whole convoy-minutes.
fn convoy_minutes(minutes: u64) -> u128 {
    u128::from(Duration::from_minutes(minutes).ticks())
}

/// When the last person of each bus was accepted, by convoy.
fn buses_done(run: &Run, people: usize) -> Vec<f64> {
    run.accepted_every(people)
}

#[test]
fn g1_runs_by_its_table_of_events() {
    let g1 = run("g1");
    assert_eq!(g1.loaded(), [180.0, 360.0]);
    assert_eq!(g1.started(), [180.0, 360.0]);
    assert_eq!(g1.traced("road#1", "border queue"), [360.0]);
    assert_eq!(g1.traced("road#1", "re-form"), [396.0]);
    assert_eq!(g1.traced("road#1", "moving"), [180.0, 396.0]);
    assert_eq!(g1.traced("road#2", "border queue"), [540.0]);
    assert_eq!(g1.traced("road#2", "moving"), [360.0, 576.0]);
    assert_eq!(g1.arrived(), [516.0, 696.0]);
    assert_eq!(g1.each(|m| m.clear), [516.0, 696.0]);
    assert_eq!(buses_done(&g1, 40), [556.0, 596.0, 636.0, 676.0, 716.0, 756.0, 796.0, 836.0, 876.0, 916.0, 956.0, 996.0]);
    assert_eq!(g1.each(|m| m.accepted), [756.0, 996.0]);
    assert_eq!(g1.closure(), 996.0);
    assert_eq!((g1.people(), g1.convoy(0).escorts_at_start, g1.convoy(1).escorts_at_start), (vec![240, 240], 6, 6));
}

#[test]
fn g1_takes_776_minutes_to_custody_over_buses_and_756_and_a_half_over_people() {
    let g1 = run("g1");
    let buses = buses_done(&g1, 40);
    assert_eq!(buses.iter().sum::<f64>() / 12.0, 776.0);
    let people: u64 = g1.observed.accepted.iter().map(|a| a.at.ticks()).sum();
    assert_eq!(people * 2, 1513 * 480 * 60_000_000);
}

#[test]
fn g1_is_exposed_as_its_windows_say() {
    let g1 = run("g1");
    for movement in [0, 1] {
        let tracker = &g1.convoy(movement).tracker;
        assert_eq!(tracker.exposed.minutes(), 336.0);
        assert_eq!(tracker.uncovered.minutes(), 336.0);
        // Moving, scheduled halt, unscheduled halt, border queue, border service, re-form, gate queue: a convoy queues as long as any
        // bus does.
        assert_eq!(tracker.motions.map(Duration::minutes), [300.0, 0.0, 0.0, 24.0, 12.0, 0.0, 0.0]);
        assert_eq!((tracker.longest_halt.minutes(), tracker.longest_stationary.minutes()), (0.0, 36.0));
    }
    let start = [180.0, 360.0];
    for (movement, from) in start.into_iter().enumerate() {
        let expected = [
            ("moving", from, from + 180.0),
            ("border queue", from + 180.0, from + 204.0),
            ("border service", from + 204.0, from + 216.0),
            ("moving", from + 216.0, from + 336.0),
        ];
        assert_eq!(g1.stretches(movement), expected);
    }
    let ledger = &g1.observed.ledger;
    assert_eq!(ledger.convoy_total, convoy_minutes(672));
    assert_eq!(ledger.person_total, hours(2688));
    assert_eq!(g1.observed.concurrency.union.minutes(), 516.0);
    assert_eq!(g1.observed.concurrency.longest_window.minutes(), 516.0);
    assert_eq!(g1.observed.concurrency.two_or_more.minutes(), 156.0);
    assert_eq!((g1.observed.concurrency.max_convoys, g1.observed.concurrency.peak_people), (2, 480));
}

#[test]
fn g1_person_hours_are_those_of_everybody_until_the_end() {
    let g1 = run("g1");
    let source = g1.observed.residual.person_ticks;
    assert_eq!(source, hours(2160));
    // At the destination from the arrival of the convoy to the end, accepted or not.
    let inside = |m: &Movement| u128::from(m.people()) * u128::from((g1.observed.end - m.clear.expect("it arrived")).ticks());
    let inside: u128 = g1.observed.movements.iter().map(inside).sum();
    assert_eq!(inside, hours(3120));
    assert_eq!(source + g1.observed.ledger.person_total + inside, 480 * convoy_minutes(996));
}

#[test]
fn g1_waits_144_bus_minutes_at_the_border_and_as_long_to_re_form() {
    let g1 = run("g1");
    assert_eq!(g1.observed.movements.iter().map(|m| m.border_queue).sum::<Duration>().minutes(), 144.0);
    let reform = g1.observed.ledger.people(|c| c.motion == convoysim::model::exposure::Motion::Reform) / 40;
    assert_eq!(reform, convoy_minutes(144));
}

#[test]
fn g1_reports_the_responses_that_the_interface_promises() {
    let g1 = run("g1");
    for (name, value) in [
        ("days_to_completion", 996.0 / 1440.0),
        // The 240th of 480 people is accepted when the first convoy is done, the 432nd 192 min later.
        ("days_to_50pct", 756.0 / 1440.0),
        ("days_to_90pct", 948.0 / 1440.0),
        ("accepted_people", 480.0),
        ("accepted_people.land", 480.0),
        ("accepted_people.air", 0.0),
        ("exposed_convoy_hours", 11.2),
        ("exposure_per_convoy_hours", 5.6),
        ("exposed_union_hours", 8.6),
        ("longest_window_hours", 8.6),
        ("two_or_more_exposed_hours", 2.6),
        ("max_convoys_exposed", 2.0),
        ("peak_people_exposed", 480.0),
        ("exposed_person_hours", 2688.0),
        ("exposure_per_person_hours", 5.6),
        ("exposure_per_person_hours.p90", 5.6),
        ("exposure_per_person_hours.max", 5.6),
        ("uncovered_convoy_hours", 11.2),
        ("uncovered_person_hours", 2688.0),
        ("halted_convoy_hours", 0.0),
        ("longest_halt_hours", 0.0),
        ("longest_stationary_hours", 0.6),
        ("longest_uncovered_hours", 5.6),
        ("covered_share_by_convoy_time", 0.0),
        ("border_convoy_hours", 1.2),
        ("under_escorted_convoy_hours", 0.0),
        ("flight_person_hours", 0.0),
        ("source_person_days", 90.0),
        ("convoys", 2.0),
        ("flights", 0.0),
        ("people_per_convoy", 240.0),
        // One a minute from minute 517 to 996; midnight, minute 720, belongs to the new day.
        ("best_day_people", 277.0),
        ("utilisation.border", 10.0 / 83.0),
    ] {
        assert_eq!(g1.response(name), value, "{name}");
    }
}

#[test]
fn g1_spends_its_time_on_boarding_march_border_and_intake() {
    let g1 = run("g1");
    assert_eq!(g1.causes(), [("boarding", 180.0), ("march", 300.0), ("border_service", 36.0), ("intake", 480.0)]);
    let whole: f64 = g1.attribution().iter().map(|part| part.2).sum();
    assert_eq!(whole, 996.0);
}

#[test]
fn g1_with_a_secured_compound_is_exposed_for_300_minutes_a_convoy() {
    let secured = run("g1-secured");
    assert_eq!(secured.observed.movements.iter().map(|m| m.tracker.exposed.minutes()).collect::<Vec<_>>(), [300.0, 300.0]);
    assert_eq!(secured.observed.ledger.convoy_total, convoy_minutes(600));
    assert_eq!(secured.response("border_convoy_hours"), 0.0);
    assert_eq!((secured.closure(), secured.response("source_person_days")), (996.0, 90.0));
}

#[test]
fn g2_counts_what_the_aircraft_did_not_see() {
    let g2 = run("g2");
    let ledger = &g2.observed.ledger;
    assert_eq!(ledger.convoy(|c| !c.covered), convoy_minutes(240));
    assert_eq!(ledger.people(|c| !c.covered), hours(960));
    assert_eq!(ledger.convoy_total, convoy_minutes(672));
    assert_eq!(g2.response("uncovered_convoy_hours"), 4.0);
    assert_eq!(g2.response("uncovered_person_hours"), 960.0);
    assert_eq!(g2.response("covered_share_by_convoy_time"), 9.0 / 14.0);
    assert_eq!(g2.response("covered_share_by_person_time"), 9.0 / 14.0);
    let uncovered = uncovered(&g2);
    let windows = union(&uncovered);
    assert_eq!(sum(&windows).minutes(), 120.0);
    let all = g2.observed.concurrency.union;
    assert_eq!((sum(&windows).ticks(), all.ticks()), (10 * all.ticks() / 43, Duration::from_minutes(516).ticks()));
    assert_eq!(g2.closure(), 996.0);
    // The first convoy loses its cover at minute 360; the second one starts then and has none to lose.
    assert_eq!(g2.response("cover_losses"), 1.0);
    assert_eq!(g2.response("longest_uncovered_hours"), 2.0);
}

/// The uncovered stretches of all convoys.
fn uncovered(run: &Run) -> Vec<Interval> {
    run.observed.segments.iter().filter(|s| s.flags[1] == "uncovered").map(|s| Interval::new(s.from, s.to)).collect()
}

#[test]
fn g3_pays_three_hours_for_the_night_rule_and_bunches_its_convoys() {
    let g3 = run("g3");
    assert_eq!(g3.started(), [360.0, 420.0]);
    assert_eq!(g3.detail.convoys.iter().map(|c| c.wait_to_start_h).collect::<Vec<_>>(), [3.0, 1.0]);
    assert_eq!(g3.arrived(), [696.0, 756.0]);
    assert_eq!(g3.closure(), 1176.0);
    assert_eq!(g3.observed.concurrency.union.minutes(), 396.0);
    assert_eq!(g3.observed.concurrency.two_or_more.minutes(), 276.0);
    assert_eq!(g3.observed.ledger.convoy_total, convoy_minutes(672));
    assert_eq!(g3.causes(), [("boarding", 180.0), ("march", 300.0), ("border_service", 36.0), ("intake", 480.0), ("window", 180.0)]);
}

#[test]
fn w4_reaches_km_70_after_two_hours_and_the_end_after_five() {
    let w4 = run("w04");
    assert_eq!(w4.started(), [0.0]);
    let legs: Vec<f64> = w4.detail.trace.iter().filter(|t| t.cause == "leg begins").map(|t| t.time as f64 / 60e6).collect();
    assert_eq!(legs, [0.0, 120.0]);
    assert_eq!(w4.arrived(), [300.0]);
    assert_eq!(w4.response("halted_convoy_hours"), 0.5);
    assert_eq!(w4.causes(), [("march", 270.0), ("scheduled_halt", 30.0)]);
}

#[test]
fn w5_needs_19_hours_for_three_loads_of_two_sets() {
    let w5 = run("w05");
    assert_eq!(w5.started(), [60.0, 60.0, 13.0 * 60.0]);
    assert_eq!(w5.people(), [200, 200, 200]);
    assert_eq!(w5.closure(), 19.0 * 60.0);
    assert_eq!(w5.attribution(), [("boarding", "none", 120.0), ("march", "none", 720.0), ("return", "bus", 300.0)]);
}

#[test]
fn w6_loads_a_bus_every_half_hour() {
    let w6 = run("w06");
    let done: Vec<f64> = w6.convoy(0).loads.iter().map(|l| minutes(l.boarded.last().copied())).collect();
    assert_eq!(done, [30.0, 60.0, 90.0, 120.0, 150.0]);
    assert_eq!(w6.loaded(), [150.0]);
}

#[test]
fn w7_queues_the_second_convoy_behind_the_first() {
    let w7 = run("w07");
    assert_eq!(w7.started(), [0.0, 30.0]);
    assert_eq!(w7.traced("road#1", "border queue"), [60.0]);
    assert_eq!(w7.traced("road#2", "border queue"), [90.0]);
    assert_eq!(w7.traced("road#1", "re-form"), [96.0]);
    assert_eq!(w7.traced("road#2", "re-form"), [132.0]);
    assert_eq!(w7.observed.movements.iter().map(|m| m.border_queue.minutes()).collect::<Vec<_>>(), [72.0, 108.0]);
    assert_eq!(w7.closure(), 192.0);
    // Both lanes from 60 to 132: 144 lane-minutes of 2 x 192.
    assert_eq!(w7.response("utilisation.border"), 144.0 / 384.0);
    assert_eq!(w7.response("longest_queue.border"), 6.0);
}

/// When each load was delivered, in hours.
fn delivered(name: &str, people: usize) -> Vec<f64> {
    run(name).accepted_every(people).iter().map(|m| m / 60.0).collect()
}

#[test]
fn w10_delivers_as_fast_as_the_airfields_allow() {
    assert_eq!(delivered("w10", 64), [4.0, 5.5, 7.0, 8.5, 10.0, 11.5, 13.0, 14.5]);
    assert_eq!(delivered("w10-mog2", 64), [4.0, 4.0, 5.5, 5.5, 9.0, 9.0, 10.5, 10.5]);
    assert_eq!(delivered("w10-mog4", 64), [4.0, 4.0, 4.0, 4.0, 9.0, 9.0, 9.0, 9.0]);
}

#[test]
fn w10_flies_one_hour_a_person_and_exposes_nobody() {
    let w10 = run("w10");
    assert_eq!(w10.response("flights"), 8.0);
    assert_eq!(w10.observed.flight_person_ticks, hours(512));
    assert_eq!(w10.response("exposed_convoy_hours"), 0.0);
}

#[test]
fn w11_closes_after_57_hours() {
    let w11 = run("w11");
    assert_eq!(w11.closure(), 57.0 * 60.0);
    let day = |n: u64| (SimTime::ZERO + Duration::from_days(n), SimTime::ZERO + Duration::from_days(n + 1));
    let by_day: Vec<usize> = (0..3).map(|n| w11.observed.starts.iter().filter(|s| s.at >= day(n).0 && s.at < day(n).1).count()).collect();
    assert_eq!(by_day, [12, 12, 6]);
    assert_eq!(w11.response("best_day_people"), 768.0);
}

#[test]
fn w15_flies_27_sorties_in_7_turns() {
    let w15 = run("w15");
    assert_eq!(w15.response("flights"), 27.0);
    let mut lifts: Vec<(f64, usize)> = Vec::new();
    for start in &w15.observed.starts {
        let at = minutes(Some(start.at));
        match lifts.last_mut() {
            Some((last, n)) if *last == at => *n += 1,
            _ => lifts.push((at, 1)),
        }
    }
    assert_eq!(lifts, [(10.0, 4), (90.0, 4), (170.0, 4), (250.0, 4), (330.0, 4), (410.0, 4), (490.0, 3)]);
    assert_eq!(w15.closure(), 530.0);
    assert_eq!(w15.people().last(), Some(&20));
}

#[test]
fn w18_adds_windows_cover_and_daylight_up() {
    let w18 = run("w18");
    for (name, value) in [
        ("exposed_convoy_hours", 15.0),
        ("exposed_union_hours", 10.75),
        ("longest_window_hours", 5.75),
        ("max_convoys_exposed", 2.0),
        ("two_or_more_exposed_hours", 4.25),
        ("exposed_person_hours", 3000.0),
        ("peak_people_exposed", 360.0),
        ("uncovered_convoy_hours", 2.25),
        ("uncovered_person_hours", 420.0),
        ("daylight_convoy_hours", 1.5),
    ] {
        assert_eq!(w18.response(name), value, "{name}");
    }
    assert_eq!(sum(&union(&uncovered(&w18))).minutes(), 105.0);
}

#[test]
fn w20_spends_2500_person_days_at_the_source() {
    let w20 = run("w20");
    assert_eq!(w20.started(), [1440.0, 2880.0, 4320.0, 5760.0]);
    assert_eq!(w20.response("source_person_days"), 2500.0);
}

#[test]
fn the_fixtures_of_road_movement_agree_with_the_formulas() {
    use crate::stats::fixture::{case, number, numbers};
    use convoysim::model::planning::{Column, PassTimeConvention::Doctrine, pass_time, passage, road_space, time_gaps};
    use convoysim::units::{Kilometres, KilometresPerHour};
    const FIXTURE: &str = "deterministic_convoy";
    let time = |minutes: f64| Duration::round_ticks(minutes * 60e6);

    let table = case(FIXTURE, "march-table");
    let input = |name: &str| number(&table["inputs"][name]);
    let whole = |name: &str| input(name) as u32;
    let gaps = time_gaps(whole("march_units"), time(input("march_unit_gap_min")), whole("serials"), time(input("serial_gap_min")));
    let column =
        Column { vehicles: whole("vehicles"), per_kilometre: input("density_per_km"), speed: KilometresPerHour(input("rate_km_h")) };
    assert_eq!(gaps.minutes(), number(&table["expected"]["time_gaps_min"]));
    assert_eq!(road_space(column, gaps, Doctrine).0, number(&table["expected"]["road_space_km"]));
    assert_eq!(pass_time(column, gaps, Doctrine).minutes(), number(&table["expected"]["pass_time_min"]));

    let column = case(FIXTURE, "passage");
    let stretches: Vec<_> = column["inputs"]["segments"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|segment| {
            let segment = numbers(segment);
            (Kilometres(segment[0]), KilometresPerHour(segment[1]), Duration::ZERO)
        })
        .collect();
    let tail = time(number(&column["inputs"]["headway_min"])) * (number(&column["inputs"]["n"]) as u64 - 1);
    let times: Vec<(f64, f64)> = passage(&stretches, tail).map(|(head, tail)| (head.minutes(), tail.minutes())).collect();
    let expected: Vec<(f64, f64)> =
        column["expected"].as_array().expect("a list").iter().map(|row| (number(&row["head_min"]), number(&row["tail_min"]))).collect();
    assert_eq!(times, expected);

    let units = case(FIXTURE, "units");
    let (km, km_h) = (numbers(&units["inputs"]["km"]), numbers(&units["inputs"]["km_h"]));
    let ticks: Vec<u64> = km.iter().flat_map(|km| km_h.iter().map(|v| Kilometres(*km).at(KilometresPerHour(*v)).ticks())).collect();
    let expected: Vec<u64> = numbers(&units["expected"]).into_iter().map(|minutes| time(minutes).ticks()).collect();
    assert_eq!(ticks, expected);
}
