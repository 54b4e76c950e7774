//! The words that columns of words hold. The model chooses among them, reports colour and order by them, and whoever reads a table
//! back takes nothing else.

/// Modes of a route.
pub const MODES: &[&str] = &["land", "air"];
/// Kinds of node.
pub const NODE_KINDS: &[&str] = &["site", "hub", "facility", "crossing"];
/// What a movement does outside a wall, in the order of reports.
pub const MOTIONS: &[&str] = &["moving", "scheduled halt", "unscheduled halt", "border queue", "border service", "re-form", "gate queue"];
/// What it does inside one.
pub const INSIDE: &[&str] = &["boarding", "waiting to start", "getting off", "intake"];
/// Whether it has air cover.
pub const COVER: &[&str] = &["covered", "uncovered"];
/// Whether it has the escorts it needs.
pub const ESCORT: &[&str] = &["adequate", "under-escorted"];
/// How light it is.
pub const LIGHT: &[&str] = &["day", "civil twilight", "night"];
/// Whether people are aboard for longer than the limit.
pub const WELFARE: &[&str] = &["within", "over"];
/// How a replication fails.
pub const FAILURES: &[&str] = &["livelock", "identity", "budget", "panic"];
/// Units of responses.
pub const UNITS: &[&str] = &["", "d", "h", "km", "people", "people/d"];
/// What time from start to closure goes to; outside causes come last.
pub const CAUSES: &[&str] = &[
    "boarding",
    "arrival",
    "march",
    "scheduled_halt",
    "breakdown",
    "incident",
    "cover_hold",
    "driver_break",
    "border_service",
    "paperwork",
    "hand_over",
    "intake",
    "transfer",
    "onload",
    "flight",
    "offload",
    "repair",
    "return",
    "inspection",
    "rest",
    "formation",
    "unfit",
    "window",
    "timetable",
    "headway",
    "on_road_limit",
    "cover",
    "calendar",
    "weather",
    "closure",
    "beds",
];
/// What hands over between two pieces of that time.
pub const VIAS: &[&str] = &["none", "bus", "escort", "cover", "lane", "bay", "place", "aircraft", "parking"];

/// Whether a cause of [`CAUSES`] is not an activity but waiting for something from outside.
#[must_use]
pub fn is_outside(cause: &str) -> bool {
    let place = |wanted: &str| CAUSES.iter().position(|known| *known == wanted);
    place(cause) >= place("formation")
}
