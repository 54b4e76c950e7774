//! Statistics of numbers, wherever they come from.
//!
//! The chapters, from one number to many:
//!
//! * [`Tally`], [`mean`], [`variance`]: moments, kept without loss. [`Interval`] says how sure an estimate is;
//!   [`mean_interval`], [`proportion`], [`count`] and [`quantile`] make one each for a mean, a probability, a count and
//!   a quantile, [`band`] one for a whole distribution function. An [`Estimand`] names one of the first three.
//! * [`stopping`] decides when there are enough replications; [`batch`] makes near-independent numbers of one long run.
//! * [`Paired`] compares two systems replication by replication, [`Finding`] says what the interval of a difference lets one say,
//!   [`multiple`] how sure many statements are together, [`select`] which of several is best, [`pareto`]
//!   which of several no other beats in every response, [`shapley`] what each of several changes did.
//! * [`design`] says which points of the space of factors are run, [`sensitivity`] which factors a response depends on.
//! * [`resample`] (bootstrap, jackknife) needs no formula; [`reduction`] makes more of the same runs.
//! * [`RankSearch`] finds quantiles of more numbers than fit into memory.
//! * [`TimeWeighted`] averages what holds for a while, [`Flow`] checks L = λW.
//! * [`special`] has the mathematics beneath.
//!
//! One replication is one observation; what happened inside one replication is not independent and is never pooled
//! into an interval. Sums are compensated and run in the order of the list, so they are the same on any number of
//! threads. Randomness, where it is needed, comes in as a generator from outside.

pub mod band;
pub mod batch;
mod completion;
pub mod count;
pub mod design;
mod estimand;
mod finding;
mod flow;
mod interval;
mod mean;
pub mod multiple;
mod paired;
mod pareto;
pub mod proportion;
pub mod quantile;
mod quantile_difference;
mod rank_search;
pub mod reduction;
pub mod resample;
pub mod select;
pub mod sensitivity;
mod shapley;
pub mod special;
pub mod stopping;
mod tally;
mod time_weighted;

pub use completion::{completion, quantile_completion};
pub use estimand::Estimand;
pub use finding::{Finding, pairs_wanted};
pub use flow::Flow;
pub use interval::Interval;
pub use mean::{mean, mean_interval, normal_interval, prediction_interval, skewness, too_skewed_for_t, variance};
pub use paired::{Paired, Welch, correlation_interval, welch};
pub use pareto::{Standing, pareto};
pub use quantile_difference::{Pairing, quantile_difference};
pub use rank_search::RankSearch;
pub use shapley::shapley;
pub use tally::Tally;
pub use time_weighted::{TimeWeighted, utilization};
