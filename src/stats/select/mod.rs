//! Which of several systems is best: ranking and selection, with a guarantee, and multiple comparisons with the best.
//!
//! * [`KimNelson`] runs until one system is left, and allows common random numbers: the default here.
//! * [`rinott_h`], [`dudewicz_dalal_h`] and [`second_stage`] are two-stage procedures for independent runs.
//! * [`ocba`] spends a fixed budget well and guarantees nothing.
//! * [`hsu`] and [`nelson_matejcik`] give every system an interval for how far it is behind the best of the others.
//!
//! Everywhere *larger is better*; where less is better, hand over the values with their signs turned. The indifference zone δ is the
//! difference that a user would not mind to miss: the promise holds whenever the best is at least δ ahead, and where it is not, whoever
//! is selected may be up to δ behind.

mod kim_nelson;
mod multiple_best;
mod ocba;
mod two_stage;

pub use kim_nelson::{Boundary, KimNelson};
pub use multiple_best::{BehindBest, McBest, dunnett_one_sided, hsu, nelson_matejcik};
pub use ocba::ocba;
pub use two_stage::{dudewicz_dalal_h, rinott_h, second_stage};
