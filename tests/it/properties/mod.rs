//! Properties of the model over random scenarios: nobody is lost, nobody is stuck, and the sums agree.

mod dice;
mod draws;
mod generate;
mod metamorphic;
mod pinned;
mod regressions;
mod run;
mod survey;
mod whole;

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
