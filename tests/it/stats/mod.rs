//! Statistics against known answers.

mod calibration;
mod comparison;
mod coverage;
mod design;
pub(crate) mod fixture;
mod intervals;
mod moments;
mod output;
mod quantiles;
mod selection;
mod sensitivity;
mod special;
mod stopping;
