//! Notes: scenarios that can run, with something that may not be meant.

use super::{G1, load, shown};

/// The notes on G1 with this text after it, as a terminal shows them.
fn notes(more: &str, overrides: &[&str]) -> String {
    let text = format!("{G1}{more}");
    let loaded = load(&[("plan.toml", &text)], overrides).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    loaded.notes.iter().map(|note| format!("{}\n", note.render(false))).collect()
}

/// A second site with a fleet and a road of its own, beside the prison of G1.
const SECOND: &str = r#"
[[site]]
id = "camp"
detainees = 40
boarding = { bays = 1, per_person = "30 s" }

[[facility]]
id = "second"
beds = 40
intake = { bays = 1, per_person = "1 min" }

[[buses]]
id = "vans"
count = 6
seats = 10
home = "camp"

[[route]]
id = "track"
like = "road"
from = "camp"
buses = { fleet = "vans", per_convoy = 4 }
"#;

const STATED: &str = r#"site.prison.breakout={ hazard = "0.0003 /site-day", fraction = 0.16 }"#;

#[test]
fn a_plan_without_anything_to_look_at_gives_no_note() {
    assert_eq!(notes("", &[]), "");
}

#[test]
fn a_site_that_states_no_breakout_is_named_where_another_states_one() {
    insta::assert_snapshot!(notes(SECOND, &[STATED]), @r#"
    note: expected_breakouts and expected_escapees leave out site.camp, which has no breakout
      --> plan.toml:53:6
       |
    53 | id = "camp"
       |      ^^^^^^
       |
       = help: give it one; hazard = "0 /site-day" says that there is none
    "#);
    // Nobody claims anything, everybody does, there is none, nobody is there.
    assert_eq!(notes(SECOND, &[]), "");
    assert_eq!(notes(SECOND, &[STATED, r#"site.camp.breakout={ hazard = "0.0003 /site-day", fraction = 0.16 }"#]), "");
    assert_eq!(notes(SECOND, &[STATED, r#"site.camp.breakout={ hazard = "0 /site-day", fraction = 0 }"#]), "");
    assert_eq!(notes(SECOND, &[STATED, "site.camp.detainees=0"]), "");
}
