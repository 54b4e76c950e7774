//! Random numbers: known answers, addresses, samplers, and bits that must not change.

mod counts;
mod distributions;
mod reference;
mod streams;
