//! The command as its users and their scripts meet it.

mod best;
mod compare;
mod deadlines;
mod explain;
mod hostile;
mod inputs;
mod limits;
mod notes;
mod outcome;
mod precision;
mod resolve;
mod run;
mod schema;
mod sensitivity;
mod sweep;
mod usage;
mod verify;
