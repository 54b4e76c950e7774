//! The command as its users and their scripts meet it.

mod usage;
