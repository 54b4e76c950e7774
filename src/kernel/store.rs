//! Stores: distinct items, put in and taken out.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::process::Resumption;
use super::sim::Sim;

/// Items in line: first in, first out, for those who take them in line too. Also the inbox of a process.
///
/// Items must not own guards ([`Seized`](super::Seized)) if the store is part of the model.
pub struct Store<'s, T> {
    sim: &'s Sim<'s>,
    capacity: usize,
    items: RefCell<VecDeque<T>>,
    putting: RefCell<VecDeque<(Resumption, T)>>,
    taking: RefCell<VecDeque<Resumption>>,
    /// Items given to processes that have not seen them yet.
    handed: RefCell<Vec<(u64, T)>>,
}

impl<'s, T> Store<'s, T> {
    /// An empty store with room for any number of items.
    #[must_use]
    pub fn new(sim: &'s Sim<'s>) -> Self {
        Self::with_capacity(sim, usize::MAX)
    }

    /// An empty store with room for `capacity` items.
    #[must_use]
    pub fn with_capacity(sim: &'s Sim<'s>, capacity: usize) -> Self {
        Self {
            sim,
            capacity,
            items: RefCell::new(VecDeque::new()),
            putting: RefCell::new(VecDeque::new()),
            taking: RefCell::new(VecDeque::new()),
            handed: RefCell::new(Vec::new()),
        }
    }

    /// Items there now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether nothing is there now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.borrow().is_empty()
    }

    /// Waits for room, then puts the item in. Dropping the future before that drops the item.
    pub fn put(&'s self, item: T) -> Put<'s, T> {
        Put { store: self, item: Some(item), token: 0 }
    }

    /// Puts the item in at once, or gives it back if there is no room or others wait for room.
    ///
    /// # Errors
    ///
    /// The item, if it could not go in.
    pub fn try_put(&self, item: T) -> Result<(), T> {
        if !self.putting.borrow().is_empty() || self.len() >= self.capacity {
            return Err(item);
        }
        self.items.borrow_mut().push_back(item);
        if !self.taking.borrow().is_empty() {
            self.serve();
        }
        Ok(())
    }

    /// Waits in line for an item. What was handed to a process that is gone returns to the front.
    pub fn take(&'s self) -> Take<'s, T> {
        Take { store: self, token: 0 }
    }

    /// Takes the first item if there is one and nobody waits for it.
    pub fn try_take(&self) -> Option<T> {
        let item = self.items.borrow_mut().pop_front();
        if item.is_some() && !self.putting.borrow().is_empty() {
            self.serve();
        }
        item
    }

    /// Hands items to those who wait for them, and lets waiting items in, until neither can happen.
    fn serve(&self) {
        loop {
            let let_in = if self.len() < self.capacity { self.putting.borrow_mut().pop_front() } else { None };
            let progress = let_in.is_some();
            if let Some((who, item)) = let_in {
                self.items.borrow_mut().push_back(item);
                self.sim.resume_soon(who);
            }
            if !self.is_empty()
                && let Some(who) = self.taking.borrow_mut().pop_front()
                && let Some(item) = self.items.borrow_mut().pop_front()
            {
                self.handed.borrow_mut().push((who.token, item));
                self.sim.resume_soon(who);
            } else if !progress {
                return;
            }
        }
    }

    fn collect(&self, token: u64) -> Option<T> {
        let mut handed = self.handed.borrow_mut();
        let at = handed.iter().position(|(to, _)| *to == token)?;
        Some(handed.remove(at).1)
    }
}

/// The future of [`Store::put`].
#[must_use = "futures do nothing unless awaited"]
pub struct Put<'s, T> {
    store: &'s Store<'s, T>,
    item: Option<T>,
    token: u64,
}

impl<T> Unpin for Put<'_, T> {}

impl<T> Future for Put<'_, T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let store = self.store;
        if let Some(item) = self.item.take() {
            let Err(item) = store.try_put(item) else { return Poll::Ready(()) };
            let who = store.sim.await_resumption();
            self.token = who.token;
            store.putting.borrow_mut().push_back((who, item));
            return Poll::Pending;
        }
        if store.sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(())
    }
}

impl<T> Drop for Put<'_, T> {
    fn drop(&mut self) {
        if self.token == 0 {
            return;
        }
        let withdrawn = {
            let mut putting = self.store.putting.borrow_mut();
            let at = putting.iter().position(|(who, _)| who.token == self.token);
            at.and_then(|at| putting.remove(at))
        };
        drop(withdrawn);
    }
}

/// The future of [`Store::take`].
#[must_use = "futures do nothing unless awaited"]
pub struct Take<'s, T> {
    store: &'s Store<'s, T>,
    token: u64,
}

impl<T> Future for Take<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        let store = self.store;
        if self.token == 0 {
            if let Some(item) = store.try_take() {
                return Poll::Ready(item);
            }
            let who = store.sim.await_resumption();
            self.token = who.token;
            store.taking.borrow_mut().push_back(who);
            return Poll::Pending;
        }
        if store.sim.token() != self.token {
            return Poll::Pending;
        }
        let item = store.collect(self.token).expect("a resumed take was handed an item");
        self.token = 0;
        Poll::Ready(item)
    }
}

impl<T> Drop for Take<'_, T> {
    fn drop(&mut self) {
        if self.token == 0 {
            return;
        }
        if let Some(item) = self.store.collect(self.token) {
            self.store.items.borrow_mut().push_front(item);
            self.store.serve();
        } else {
            self.store.taking.borrow_mut().retain(|who| who.token != self.token);
        }
    }
}
