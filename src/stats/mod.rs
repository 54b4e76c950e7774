//! Statistics of simulation output. (being written)

pub mod special;
