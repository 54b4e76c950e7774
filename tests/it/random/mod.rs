//! Random numbers: known answers, addresses, samplers, and bits that must not change.

mod counts;
mod distributions;
mod pinned;
mod reference;
mod samplers;
mod streams;
