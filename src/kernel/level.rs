//! Levels: a count of something, put in and taken out.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::process::Resumption;
use super::sim::Sim;

/// A count between 0 and a capacity: people waiting, litres in a tank.
///
/// Puts wait until there is room, takes until there is enough, each in a strict line of its own.
pub struct Level<'s> {
    sim: &'s Sim<'s>,
    level: Cell<u64>,
    capacity: u64,
    putting: RefCell<VecDeque<(Resumption, u64)>>,
    taking: RefCell<VecDeque<(Resumption, u64)>>,
}

impl<'s> Level<'s> {
    /// A level with room for `capacity`, of which `level` is there.
    ///
    /// # Panics
    ///
    /// If `level` is above `capacity`.
    #[must_use]
    pub fn new(sim: &'s Sim<'s>, capacity: u64, level: u64) -> Self {
        assert!(level <= capacity, "a level of {level} above its capacity of {capacity}");
        let line = || RefCell::new(VecDeque::new());
        Self { sim, level: Cell::new(level), capacity, putting: line(), taking: line() }
    }

    /// What is there now.
    #[must_use]
    pub fn level(&self) -> u64 {
        self.level.get()
    }

    /// The most there can be.
    #[must_use]
    pub fn capacity(&self) -> u64 {
        self.capacity
    }

    /// Waits for room, then puts `amount` in. Once in, it stays in, whatever becomes of the process.
    pub fn put(&'s self, amount: u64) -> LevelPut<'s> {
        LevelPut { level: self, amount, token: 0 }
    }

    /// Waits until there is enough, then takes `amount` out. What was granted to a process that is gone returns, even
    /// where that exceeds the capacity for a while.
    pub fn take(&'s self, amount: u64) -> LevelTake<'s> {
        LevelTake { level: self, amount, token: 0 }
    }

    fn has_room(&self, amount: u64) -> bool {
        self.level.get().checked_add(amount).is_some_and(|level| level <= self.capacity)
    }

    /// Lets puts and takes happen, each line from its front, until neither can.
    fn serve(&self) {
        loop {
            let put = self.putting.borrow_mut().pop_front_if(|(_, amount)| self.has_room(*amount));
            if let Some((who, amount)) = put {
                self.level.set(self.level.get() + amount);
                self.sim.resume_soon(who);
            }
            let take = self.taking.borrow_mut().pop_front_if(|(_, amount)| *amount <= self.level.get());
            if let Some((who, amount)) = take {
                self.level.set(self.level.get() - amount);
                self.sim.resume_soon(who);
            }
            if put.is_none() && take.is_none() {
                return;
            }
        }
    }
}

fn leave(line: &RefCell<VecDeque<(Resumption, u64)>>, token: u64) -> bool {
    let mut line = line.borrow_mut();
    let at = line.iter().position(|(who, _)| who.token == token);
    at.and_then(|at| line.remove(at)).is_some()
}

/// The future of [`Level::put`].
#[must_use = "futures do nothing unless awaited"]
pub struct LevelPut<'s> {
    level: &'s Level<'s>,
    amount: u64,
    token: u64,
}

impl Future for LevelPut<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let level = self.level;
        if self.token == 0 {
            if level.putting.borrow().is_empty() && level.has_room(self.amount) {
                level.level.set(level.level.get() + self.amount);
                level.serve();
                return Poll::Ready(());
            }
            let who = level.sim.await_resumption();
            self.token = who.token;
            level.putting.borrow_mut().push_back((who, self.amount));
            return Poll::Pending;
        }
        if level.sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(())
    }
}

impl Drop for LevelPut<'_> {
    fn drop(&mut self) {
        if self.token != 0 && leave(&self.level.putting, self.token) {
            self.level.serve();
        }
    }
}

/// The future of [`Level::take`].
#[must_use = "futures do nothing unless awaited"]
pub struct LevelTake<'s> {
    level: &'s Level<'s>,
    amount: u64,
    token: u64,
}

impl Future for LevelTake<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let level = self.level;
        if self.token == 0 {
            if level.taking.borrow().is_empty() && self.amount <= level.level.get() {
                level.level.set(level.level.get() - self.amount);
                level.serve();
                return Poll::Ready(());
            }
            let who = level.sim.await_resumption();
            self.token = who.token;
            level.taking.borrow_mut().push_back((who, self.amount));
            return Poll::Pending;
        }
        if level.sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(())
    }
}

impl Drop for LevelTake<'_> {
    fn drop(&mut self) {
        if self.token == 0 {
            return;
        }
        if !leave(&self.level.taking, self.token) {
            self.level.level.set(self.level.level.get() + self.amount);
        }
        self.level.serve();
    }
}
