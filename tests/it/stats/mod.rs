//! Statistics against known answers.

pub(crate) mod fixture;
mod intervals;
mod moments;
mod output;
mod quantiles;
mod special;
mod stopping;
