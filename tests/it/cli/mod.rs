//! The command as its users and their scripts meet it.

mod run;
mod usage;
