//! Scenarios that random search found, cut down: each was a mistake once.
