//! Properties of the model over random scenarios: nobody is lost, nobody is stuck who need not be, and the sums agree.

mod anew;
mod ceiling;
mod checked;
mod deadlocks;
mod dice;
mod draws;
mod generate;
mod horizon;
mod legs;
mod metamorphic;
mod pinned;
mod regressions;
mod run;
mod whole;
mod words;

use convoysim::model::Observations;

/// Everything that a replication did, in words: equal words, equal runs. What its resources were there for is left out.
fn told(o: &Observations) -> String {
    let movements: Vec<_> = o
        .movements
        .iter()
        .map(|m| {
            (m.route, m.nth, m.formed, m.loaded, m.started, m.arrived, m.clear, m.accepted, m.people(), &m.buses, m.aircraft, m.incidents)
        })
        .collect();
    format!(
        "{:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {movements:?} {:?} {:?} {:x} {:?}",
        o.closure,
        o.end,
        o.accepted,
        o.flows,
        o.starts,
        o.ledger,
        o.counts,
        o.chain,
        o.person_exposure,
        o.max_aboard,
        o.bus_km.to_bits(),
        o.left
    )
}

/// Where two runs begin to differ.
fn difference(one: &Observations, two: &Observations) -> Option<String> {
    let (one, two) = (told(one), told(two));
    let at = one.bytes().zip(two.bytes()).position(|(a, b)| a != b).or((one.len() != two.len()).then_some(0))?;
    let shown = |text: &str| text.chars().skip(at.saturating_sub(300)).take(600).collect::<String>();
    Some(format!("from byte {at} on:\n{}\n{}", shown(&one), shown(&two)))
}
