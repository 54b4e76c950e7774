//! The operation model: what the simulator means.

pub mod params;
