//! Statistics against known answers.

pub(crate) mod fixture;
mod special;
