//! Conditions that can be read, and what is said about those that cannot.

use super::*;

const RESPONSES: [&str; 4] = ["days_to_completion", "exposed_convoy_hours", "bus_km", "accepted_people"];

fn read(text: &str) -> Result<Vec<Condition>, Vec<String>> {
    let deadline =
        Objective { id: "deadline".into(), response: "days_to_completion".into(), bound: Bound::AtMost(30.0), in_share_of_runs: 0.8 };
    let known = Known { responses: &RESPONSES, objectives: &[deadline], horizon_days: 90.0 };
    conditions(text, known).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn one(text: &str) -> (String, Statistic, Limit) {
    let mut conditions = read(text).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(conditions.len(), 1);
    let Condition { response, statistic, limit, .. } = conditions.remove(0);
    (response, statistic, limit)
}

#[test]
fn numbers_and_widths_are_read() {
    let days = || "days_to_completion".to_owned();
    assert_eq!(one("p80(days_to_completion) +- 0.5 d"), (days(), Statistic::Quantile(0.8), Limit::Absolute(0.5)));
    assert_eq!(one(" median ( days_to_completion )±12 h "), (days(), Statistic::Quantile(0.5), Limit::Absolute(0.5)));
    assert_eq!(one("mean(bus_km) +/- 5 %"), ("bus_km".into(), Statistic::Mean, Limit::Relative(0.05)));
    assert_eq!(one("mean(bus_km) +- 1,000 km"), ("bus_km".into(), Statistic::Mean, Limit::Absolute(1000.0)));
    assert_eq!(one("p2.5(accepted_people) +- 10 people"), ("accepted_people".into(), Statistic::Quantile(0.025), Limit::Absolute(10.0)));
    let bound = Statistic::Share(Bound::AtMost(35.0));
    assert_eq!(one("share(days_to_completion <= 35 d) +- 2 points"), (days(), bound, Limit::Absolute(0.02)));
    assert_eq!(one("share(deadline) +- 0.01"), (days(), Statistic::Share(Bound::AtMost(30.0)), Limit::Absolute(0.01)));
}

#[test]
fn several_are_joined_by_commas_and_keep_their_texts() {
    let read = read("p80(days_to_completion)+-0.5 d,mean(exposed_convoy_hours)  +-  3%").expect("two conditions");
    let texts: Vec<&str> = read.iter().map(|condition| condition.text.as_str()).collect();
    assert_eq!(texts, ["p80(days_to_completion) +- 0.5 d", "mean(exposed_convoy_hours) +- 3%"]);
}

#[test]
fn a_mistake_is_told_with_its_column_and_what_would_be_right() {
    let mistakes = [
        "",
        "days_to_completion +- 1 d",
        "p80(days_to_completion",
        "p80(days_to_complete) +- 0.5 d",
        "maen(bus_km) +- 5 %",
        "p100(bus_km) +- 5 %",
        "(bus_km) +- 5 %",
        "p80(days_to_completion)",
        "p80(days_to_completion) 0.5 d",
        "p80(days_to_completion) +-",
        "p80(days_to_completion) +- 0.5",
        "p80(days_to_completion) +- 5 km",
        "p80(days_to_completion) +- 0 d",
        "mean(accepted_people) +- 2 h",
        "mean(bus_km) +- x %",
        "share(deadline) +- 2 %",
        "share(deadline) +- 2",
        "share(dedline) +- 2 points",
        "share(days_to_completion) +- 2 points",
        "share(days_to_completion <= 35) +- 2 points",
        "mean(bus_km) +- 5 %, p80(lateness) +- 1 d, p80() +- 1 d",
    ];
    let told: Vec<String> = mistakes
        .iter()
        .map(|text| {
            let problems = read(text).expect_err(text);
            format!("{text}\n{}", problems.iter().map(|problem| format!("    {problem}\n")).collect::<String>())
        })
        .collect();
    insta::assert_snapshot!(told.concat());
}

#[test]
fn a_bound_beyond_the_horizon_is_refused_where_it_stands() {
    for (text, column) in
        [("share(days_to_completion <= 91 d) +- 2 points", 29), ("mean(bus_km) +- 5 %, share(days_to_completion >= 2161 h) +- 0.02", 50)]
    {
        let said = read(text).expect_err("beyond the horizon");
        assert!(said[0].starts_with(&format!("--until:1:{column}: ")) && said[0].contains("asks beyond the horizon, day 90"), "{said:?}");
    }
    // What is not a time to reach may be longer than the horizon, and the horizon itself can be asked for.
    for text in ["share(days_to_completion <= 90 d) +- 2 points", "share(exposed_convoy_hours <= 9000 h) +- 2 points"] {
        assert!(read(text).is_ok(), "{text}");
    }
}
