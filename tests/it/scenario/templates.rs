//! The scenarios to start from load without a problem, and promise no more than they can.

use convoysim::scenario::{self, templates};

use super::{G1, good};

#[test]
fn templates_load_without_a_problem_or_a_note() {
    assert_eq!(templates().len(), 3);
    for (name, text) in templates() {
        let loaded = good(text);
        assert!(loaded.notes.is_empty(), "{name}: {:?}", loaded.notes);
        assert!(!loaded.scenario.info.question.is_empty(), "{name} begins with its question");
    }
}

#[test]
fn the_ceiling_of_g1_lies_below_its_closure() {
    let ceiling = scenario::ceiling(&good(G1).scenario.params);
    // Search takes 360 min and the way 312 min; the run takes 996.
    assert!(ceiling.at_least_days <= 996.0 / 1440.0, "{ceiling:?}");
    assert!(ceiling.at_least_days > 780.0 / 1440.0, "{ceiling:?}");
    assert_eq!(ceiling.limit, "intake");
}

#[test]
fn the_ceiling_counts_starts_in_a_window() {
    // 2 convoys of 6 x 40 on a road of 10 h both ways and a window of one start a night.
    let text = G1
        .replace("board = \"at_once\"", "departures = { from = \"18:00\", to = \"19:00\" }\nheadway = \"2 h\"")
        .replace("detainees = 480", "detainees = 4800")
        .replace("beds = 480", "beds = 4800")
        .replace("horizon = \"3 d\"", "horizon = \"40 d\"");
    let ceiling = scenario::ceiling(&good(&text).scenario.params);
    assert!((ceiling.per_day - 4800.0 / ceiling.at_least_days).abs() < 1e-9, "{ceiling:?}");
    assert_eq!(ceiling.limit, "starts of the routes");
    // The twentieth start is 19 nights after the first, which is 6 h after the start; the way takes 5 h 12 min.
    assert!((ceiling.at_least_days - (19.0 + 11.2 / 24.0)).abs() < 1e-3, "{ceiling:?}");
}
