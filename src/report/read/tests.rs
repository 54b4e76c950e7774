//! What is written reads back to what it was, and what is not ours is told with its place.

use super::{Misread, OPTIONAL, manifest, output};
use crate::report::{files, json};
use crate::results::{FileEntry, Manifest, Objective, Output, TextEntry, Waiting, sample, shown};
use crate::units::TICKS_PER_HOUR;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Names that a table, a JSON text or a page could stumble over.
const AWKWARD: [&str; 8] = ["a,b", "say \"no\"", "two\nlines", "\r", " ", "<script>alert(1)</script>", "Ḥasakah – حسكة", "=1+1"];

fn made(n: u32, censored: u32) -> Output {
    let mut table = sample::table(n, censored);
    table.failures = vec![sample::failure(n)];
    let mut info = sample::info(n);
    info.objectives = sample::objectives();
    info.shown = shown::in_detail(&table);
    let details = info.shown.iter().map(|one| sample::detail(one.replication)).collect();
    Output::of(info, sample::setting(), table, sample::nodes(), details)
}

fn texts(output: &Output) -> BTreeMap<&'static str, String> {
    let text = |content: files::Content<'_>| {
        let mut bytes = Vec::new();
        content(&mut bytes).expect("a Vec takes everything");
        String::from_utf8(bytes).expect("texts are UTF-8")
    };
    files::of(output).into_iter().map(|(name, content)| (name, text(content))).collect()
}

fn read(texts: &BTreeMap<&'static str, String>) -> Result<Output, Misread> {
    output(|name| texts.get(name).map(String::as_str))
}

/// Compares to the last bit: unknown numbers are equal to each other, and zeros with other signs are not.
fn assert_same(a: &Output, b: &Output) {
    assert_eq!(format!("{a:#?}"), format!("{b:#?}"));
}

#[test]
fn a_run_reads_back_to_itself() {
    for made in [made(100, 3), made(1, 0), made(1, 1), made(0, 0)] {
        assert_same(&read(&texts(&made)).expect("it was just written"), &made);
    }
}

#[test]
fn what_a_run_went_on_for_reads_back() {
    let Output { mut info, setting, table, nodes, details, .. } = made(100, 3);
    info.until = Some(sample::until());
    let made = Output::of(info, setting, table, nodes, details);
    assert_same(&read(&texts(&made)).expect("it was just written"), &made);
}

#[test]
fn awkward_names_and_numbers_survive() {
    for name in AWKWARD {
        let mut run = made(12, 2);
        let Output { mut info, mut setting, mut table, mut nodes, mut details, .. } = run.clone();
        (info.scenario, info.question, info.handling) = (name.into(), name.into(), name.into());
        table.responses[11].name = name.into();
        table.responses[11].reading = name.to_owned().into();
        table.resources[0].name = name.into();
        table.resources[0].label = name.into();
        let group = |place: &str, waits_for: &str| Waiting { people: 3, place: place.into(), waits_for: waits_for.into() };
        table.records.held_mut()[0].left = vec![group(name, name), group("", "")];
        table.records.held_mut()[1].values[2..7].copy_from_slice(&[f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -0.0, f64::MIN_POSITIVE]);
        table.failures[0].message = name.into();
        table.failures[0].waits = Vec::new();
        nodes[0].label = name.into();
        for node in &mut nodes {
            node.along.insert(0, (name.into(), 0.1 + 0.2));
        }
        (details[0].convoys[0].route, details[0].segments[0].place) = (name.into(), name.into());
        (details[0].segments[0].km_from, details[0].segments[0].km_to) = (f64::NAN, -0.0);
        setting.routes[0].id = name.into();
        setting.observed[0].source = name.into();
        setting.observed[0].day = -3;
        setting.too_small[0].response = name.into();
        setting.inputs[0].note = Some(name.into());
        setting.inputs[1].source = Some(String::new());
        info.objectives.push(Objective { id: name.into(), ..info.objectives[0].clone() });
        run = Output::of(info, setting, table, nodes, details);
        assert_same(&read(&texts(&run)).expect("it was just written"), &run);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_number_comes_back_to_the_last_bit(
        values in prop::collection::vec(any::<f64>(), 12),
        used in any::<[f64; 5]>(),
        ticks in prop::collection::vec(0..1u64 << 48, 6),
        people in any::<[f32; 7]>(),
        bound in prop::num::f64::NORMAL,
    ) {
        let mut run = made(3, 0);
        run.table.records.held_mut()[1].values = values;
        let uses = &mut run.table.records.held_mut()[1].resources[0];
        (uses.available_h, uses.busy_h, uses.held_waiting_h, uses.idle_h, uses.binding_share) =
            (used[0], used[1], used[2], used[3], used[4]);
        run.table.records.held_mut()[1].attribution[0].ticks = ticks[0];
        run.info.objectives[0].bound = crate::results::Bound::AtMost(bound);
        let detail = &mut run.details[0];
        (detail.convoys[0].formed, detail.convoys[0].accepted) = (ticks[1], Some(ticks[2]));
        (detail.segments[0].start, detail.segments[0].end) = (ticks[3], ticks[4]);
        run.setting.light[0].end = ticks[5];
        let Output { info, setting, table, days, paths, nodes, details, .. } = run;
        // The days of each replication are gone by now; their quantiles are kept.
        run = Output { days, paths, ..Output::of(info, setting, table, nodes, details) };
        run.days[0].quantiles = people.map(|x| if x.is_finite() { x + 0.0 } else { f32::NAN });
        assert_same(&read(&texts(&run)).expect("it was just written"), &run);
    }

    #[test]
    fn no_text_brings_the_reader_down(which in 0..15usize, at in 0.0..1.0f64, junk in any::<String>()) {
        let mut texts = texts(&made(5, 1));
        let name = super::FILES[which];
        if let Some(text) = texts.get_mut(name) {
            let mut cut = (text.len() as f64 * at) as usize;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            text.insert_str(cut, &junk);
        }
        // Either way is fine, as long as there is one; a file may well be missed by what another one says.
        let told = read(&texts).err().map(|misread| misread.to_string());
        prop_assert!(told.is_none_or(|told| !told.is_empty()));
    }
}

#[test]
fn the_files_read_are_the_files_written() {
    let written: Vec<&str> = files::of(&made(10, 1)).into_iter().map(|(name, _)| name).collect();
    assert_eq!(written, super::FILES);
    for name in written {
        let mut texts = texts(&made(10, 1));
        texts.remove(name);
        // Where replications.csv has a failed row, its story is needed.
        assert_eq!(read(&texts).is_ok(), OPTIONAL.contains(&name) && name != "failures.csv", "{name}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let mut texts = texts(&made(10, 1));
    let mut wrong = |name: &'static str, from: &str, to: &str| {
        let whole = texts[name].clone();
        assert!(whole.contains(from), "{name} holds {from:?}");
        texts.insert(name, whole.replacen(from, to, 1));
        let misread = read(&texts).expect_err("it is wrong").to_string();
        texts.insert(name, whole);
        misread
    };
    let told = [
        wrong("segments.csv", "moving", "dancing"),
        wrong("segments.csv", "km_from", "mi_from"),
        wrong("replications.csv", "\n1,false", "\n1,maybe"),
        wrong("replications.csv", "\n3,", "\n2,"),
        wrong("replications.csv", "accepted_people", "people_accepted"),
        wrong("attribution.csv", "\n9,", "\n12,"),
        wrong("daily.csv", "1,2026-01-21,accepted,", "1,2026-01-21,accepted,x"),
        wrong("hours.csv", ",6760,", ","),
        wrong("light.csv", ",0,6", ",0,-6"),
        wrong("light.csv", ",0,6", ",0,1e300"),
        wrong("resources.csv", "border", "frontier"),
        wrong("summary.json", "\"seed\": 20260121", "\"seed\": \"x\""),
        wrong("summary.json", "convoysim.summary/1", "convoysim.summary/9"),
        wrong("summary.json", "2026-01-21T12:00:00", "2026-01-21T25:00:00"),
        wrong("summary.json", "\"unit\": \"d\"", "\"unit\": \"fortnight\""),
    ];
    insta::assert_snapshot!(told.join("\n"), @r#"
    segments.csv:2: kind is "dancing", which this version does not know
    segments.csv:2: there is no column "km_from"
    replications.csv:3: censored is "maybe", which this version does not know
    replications.csv:1: its replications do not stand in order
    replications.csv:1: its columns are not the responses of summary.json
    attribution.csv:20: replication 12 is not in replications.csv
    daily.csv:2: p05 is "x166.4843", but must be a number
    hours.csv:3: 6 cells, but there are 7 columns
    light.csv:2: end_h must be a time from 0 to 8.9 years
    light.csv:2: end_h must be a time from 0 to 8.9 years
    resources.csv:2: "frontier" is not the next resource of summary.json
    summary.json:9: invalid type: string "x", expected u64
    summary.json: its schema is "convoysim.summary/9", but this version reads "convoysim.summary/1"
    summary.json: start is "2026-01-21T25:00:00", but must be a date and time
    summary.json: the unit of "days_to_completion" is "fortnight", which this version does not know
    "#);
}

#[test]
fn a_manifest_reads_back_to_itself() {
    let entry = FileEntry { name: "a,b.csv".into(), bytes: 3, sha256: "ab".into() };
    let written = Manifest {
        version: "0.1.0".into(),
        target: "any".into(),
        scenario: AWKWARD[1].into(),
        texts: vec![TextEntry { name: "x.toml".into(), sha256: "cd".into(), text: AWKWARD[6].into() }],
        overrides: vec!["route.road.headway=\"30 min\"".into()],
        resolved: "[scenario]\n".into(),
        seed: u64::MAX,
        replications: 10,
        until: Some((vec!["p80(days_to_completion) +- 0.5 d".into()], 400)),
        interrupted: true,
        finished: vec![(0, 3), (5, 5)],
        files: vec![entry],
    };
    assert_eq!(manifest(&json::text(&json::manifest(&written))), Ok(written));
    assert!(manifest("{").is_err_and(|misread| misread.line == Some(1)));
}

#[test]
fn the_last_day_is_that_of_the_last_replication() {
    let run = made(10, 1);
    assert_eq!((run.last_day(), made(0, 0).last_day()), (60, 0));
    assert_eq!(run.setting.nights(0, 24 * TICKS_PER_HOUR), [(6 * TICKS_PER_HOUR, 18 * TICKS_PER_HOUR)]);
}
