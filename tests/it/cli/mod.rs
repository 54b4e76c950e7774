//! The command as its users and their scripts meet it.

mod compare;
mod run;
mod usage;
