//! Behaviour that no known answer covers, each on a small scenario without chance.
