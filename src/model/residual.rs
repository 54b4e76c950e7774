//! What remains at the source while people wait: beside exposure, never added to it.
//!
//! Three integrals over the time at each site *s* until the end: person-days Σ ∫ R dt of the R people there, expected breakouts
//! Σ ∫ h 1\[R > 0\] dt under the hazard h that the scenario states, and people expected to escape in them Σ ∫ h φ R dt, where φ is the
//! share of those present who would. Nothing is drawn and nobody is taken away: the course of a run does not hang on hazard or share. A
//! site that states no hazard adds nothing to the last two.

use super::params::{Node, NodeKind};
use super::state::NodeState;
use crate::units::{Duration, SimTime, TICKS_PER_DAY};

/// What remained at the source, over all sites, up to the end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Residual {
    /// Person-ticks at the source.
    pub person_ticks: u128,
    /// Expected breakouts under the stated hazard.
    pub breakouts: f64,
    /// People expected to escape in them, under the stated hazard and share.
    pub escapees: f64,
}

impl Residual {
    /// Sums over the sites among these nodes, up to `end`.
    pub(super) fn until(end: SimTime, nodes: &[NodeState<'_>], specs: &[Node]) -> Self {
        let mut residual = Self::default();
        for (node, spec) in nodes.iter().zip(specs) {
            let NodeKind::Site(site) = &spec.kind else { continue };
            let person_ticks = node.present_over_time.borrow().integral(end);
            residual.person_ticks += person_ticks;
            if let Some(breakout) = site.breakout {
                let occupied = Duration::from_ticks(node.anybody_over_time.borrow().integral(end) as u64);
                residual.breakouts += breakout.hazard_per_day * occupied.days();
                residual.escapees += breakout.hazard_per_day * breakout.fraction * (person_ticks as f64 / TICKS_PER_DAY as f64);
            }
        }
        residual
    }
}
