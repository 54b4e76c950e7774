//! The kernel: a clock, a calendar, and processes that hold, seize, put, take and wait.
//!
//! A process is an `async` block that borrows the model; one single-threaded [`Sim`] runs all processes of one
//! replication, and what they do reads as the story it is:
//!
//! ```
//! use convoysim::kernel::{Order, Resource, Sim};
//! use convoysim::units::{Duration, SimTime};
//!
//! let sim = Sim::new();
//! let bays = Resource::new(&sim, 1);
//! for _ in 0..2 {
//!     sim.spawn_detached(Order::of(0, 0), async {
//!         let bay = bays.seize(1).await;
//!         sim.hold(Duration::from_minutes(20)).await;
//!         drop(bay);
//!     });
//! }
//! sim.run();
//! assert_eq!(sim.now(), SimTime::ZERO + Duration::from_minutes(40));
//! ```
//!
//! **Lifetimes.** `Sim<'s>` and everything of the model are plain locals: processes borrow the model, the sim owns the
//! processes, and neither has drop glue that mentions `'s`. So nothing in the model may own a guard ([`Seized`]) or a
//! process handle; guards live in processes. [`Sim::finish`] drops the processes; a run that skips it leaks them.
//!
//! **Order.** Calendar events run by time, then [`Order`], then the order in which they were scheduled. Resumptions by a
//! grant or a signal happen at the same instant, first in, first out, before the next calendar event.
//!
//! **Leaf futures** are woken by process and token, not by wakers: a future from another crate that waits for something
//! of its own is never woken here. [`race`] and [`join_all`] work, as does anything else that polls all its children.
//!
//! This layer knows nothing of convoys, random numbers or the wall clock.

mod bell;
mod calendar;
mod hold;
mod join;
mod joint;
mod level;
mod memory;
mod occupy;
mod order;
mod process;
mod race;
mod resource;
mod seize;
mod signal;
mod sim;
mod store;
mod tally;
mod time_integral;
mod time_weighted;

pub use bell::{Bell, Heard};
pub use hold::Hold;
pub use join::{join_all, join_all_unpin};
pub use joint::{SeizeAll, seize_all};
pub use level::{Level, LevelPut, LevelTake};
pub use memory::Memory;
pub use occupy::Occupy;
pub use order::Order;
pub use process::{Join, Process, ProcessId};
pub use race::{Either, race};
pub use resource::{Policy, Resource};
pub use seize::{Seize, Seized};
pub use signal::{Signal, Wait};
pub use sim::{EVENTS_PER_CHECK, Outcome, Sim};
pub use store::{Put, Store, Take};
pub use tally::Tally;
pub use time_integral::TimeIntegral;
pub use time_weighted::TimeWeighted;
