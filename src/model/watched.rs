//! Values that routes look at before they form: who borrows one for change marks the routes that have to be asked again.

use std::cell::{Cell, Ref, RefCell, RefMut};
use std::rc::Rc;

/// A set of routes. It is exact for the first 63; those beyond share the last place, and are all in it or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Routes(u64);

impl Routes {
    /// The routes, by their place in the scenario, for which `belongs` holds.
    pub fn of(count: usize, belongs: impl Fn(usize) -> bool) -> Self {
        Self((0..count).filter(|route| belongs(*route)).fold(0, |set, route| set | Self::bit(route)))
    }

    /// Whether none is in it.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a route is in it.
    #[inline]
    pub fn has(self, route: usize) -> bool {
        self.0 & Self::bit(route) != 0
    }

    #[inline]
    fn bit(route: usize) -> u64 {
        1 << route.min(63)
    }
}

/// What a route looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// People who wait at its origin.
    People,
    /// Free vehicles, or places at its destination.
    Means,
}

/// The routes whose surroundings have changed since they were last asked, and what that is to them.
#[derive(Debug)]
pub struct Asks {
    /// Of these the people who wait have changed.
    people: Cell<u64>,
    /// Of these anything has changed that they look at.
    anything: Cell<u64>,
    /// These need not be asked for other changes than of the people who wait.
    people_only: Cell<u64>,
    /// These are asked each time.
    always: Cell<u64>,
    /// These need not be asked as long as others may still come for them.
    expecting: Cell<u64>,
}

impl Asks {
    /// All of so many routes.
    pub fn all(count: usize) -> Rc<Self> {
        let all = Routes::of(count, |_| true).0;
        Rc::new(Self {
            people: Cell::new(all),
            anything: Cell::new(all),
            people_only: Cell::new(0),
            always: Cell::new(all),
            expecting: Cell::new(0),
        })
    }

    /// Something that these routes look at changes.
    #[inline]
    pub fn mark(&self, routes: Routes, sight: Sight) {
        self.anything.set(self.anything.get() | routes.0);
        if sight == Sight::People {
            self.people.set(self.people.get() | routes.0);
        }
    }

    /// The routes that have to be asked.
    #[inline]
    pub fn open(&self) -> Routes {
        Routes(self.always.get() | self.people.get() | (self.anything.get() & !self.people_only.get()))
    }

    /// Whether anything that a route looks at has changed.
    #[inline]
    pub fn has(&self, route: usize) -> bool {
        self.anything.get() & Routes::bit(route) != 0
    }

    /// Whether the people who wait for a route have changed.
    #[inline]
    pub fn has_people(&self, route: usize) -> bool {
        self.people.get() & Routes::bit(route) != 0
    }

    /// A route is being asked: what has changed is known to it, and it is asked each time until it [keeps](Self::keeps) an answer. One
    /// of those that share a place always is.
    #[inline]
    pub fn asked(&self, route: usize) {
        if route < 63 {
            let others = !Routes::bit(route);
            self.people.set(self.people.get() & others);
            self.anything.set(self.anything.get() & others);
            self.people_only.set(self.people_only.get() & others);
            self.expecting.set(self.expecting.get() & others);
            self.always.set(self.always.get() | !others);
        }
    }

    /// A route that has been asked keeps its answer until something changes, or people only; if it is `expecting` others, also only as
    /// long as they may come.
    #[inline]
    pub fn keeps(&self, route: usize, people_only: bool, expecting: bool) {
        if route < 63 {
            let it = Routes::bit(route);
            self.always.set(self.always.get() & !it);
            if people_only {
                self.people_only.set(self.people_only.get() | it);
            }
            if expecting {
                self.expecting.set(self.expecting.get() | it);
            }
        }
    }

    /// Somebody can no longer come who could: the routes that expect others have to be asked.
    #[inline]
    pub fn fewer_can_come(&self) {
        self.always.set(self.always.get() | self.expecting.get());
    }

    /// What has changed, people apart, is nothing to a route that keeps its answer.
    #[inline]
    pub fn is_nothing_to(&self, route: usize) {
        if route < 63 {
            let others = !Routes::bit(route);
            self.anything.set(self.anything.get() & others);
            self.always.set(self.always.get() & others);
        }
    }

    /// Whatever has changed is nothing to a route that keeps its answer, people too.
    #[inline]
    pub fn nothing_is_anything_to(&self, route: usize) {
        if route < 63 {
            self.is_nothing_to(route);
            self.people.set(self.people.get() & !Routes::bit(route));
        }
    }
}

/// A value behind a [`RefCell`] that some routes look at.
#[derive(Debug)]
pub struct Watched<T> {
    value: RefCell<T>,
    sight: Sight,
    by: Routes,
    asks: Rc<Asks>,
}

impl<T> Watched<T> {
    /// A value that these routes look at.
    pub fn new(value: T, sight: Sight, by: Routes, asks: &Rc<Asks>) -> Self {
        Self { value: RefCell::new(value), sight, by, asks: Rc::clone(asks) }
    }

    /// Looks at the value.
    #[inline]
    pub fn borrow(&self) -> Ref<'_, T> {
        self.value.borrow()
    }

    /// Borrows the value for change: the routes have to be asked, whether or not it is changed.
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        self.asks.mark(self.by, self.sight);
        self.value.borrow_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_asked(count: usize) -> Rc<Asks> {
        let asks = Asks::all(count);
        (0..count).for_each(|route| asks.asked(route));
        asks
    }

    #[test]
    fn who_changes_a_value_has_its_routes_asked_and_no_others() {
        let asks = all_asked(4);
        let watched = Watched::new(1, Sight::Means, Routes::of(4, |route| route % 2 == 1), &asks);
        assert_eq!((*watched.borrow(), (0..4).any(|route| asks.has(route))), (1, false));
        *watched.borrow_mut() += 1;
        assert_eq!((*watched.borrow(), (0..4).map(|route| asks.has(route)).collect::<Vec<_>>()), (2, vec![false, true, false, true]));
        asks.asked(1);
        assert!(!asks.has(1) && asks.has(3));
    }

    #[test]
    fn people_who_wait_are_told_apart_from_means() {
        let asks = all_asked(1);
        let route = Routes::of(1, |_| true);
        asks.mark(route, Sight::Means);
        assert!(asks.has(0) && !asks.has_people(0));
        asks.mark(route, Sight::People);
        assert!(asks.has(0) && asks.has_people(0));
        asks.asked(0);
        assert!(!asks.has(0) && !asks.has_people(0));
    }

    #[test]
    fn a_route_is_open_until_it_keeps_an_answer_and_again_when_something_changes_that_could_change_it() {
        let asks = all_asked(3);
        asks.keeps(0, false, false);
        asks.keeps(1, true, false);
        let open = || [0, 1, 2].map(|route| asks.open().has(route));
        assert_eq!(open(), [false, false, true], "who keeps nothing is asked each time");
        let all = Routes::of(3, |_| true);
        asks.mark(all, Sight::Means);
        assert_eq!(open(), [true, false, true]);
        asks.is_nothing_to(0);
        assert_eq!(open(), [false, false, true]);
        asks.mark(all, Sight::People);
        assert_eq!(open(), [true, true, true]);
        asks.asked(1);
        assert_eq!(open(), [true, true, true], "it may have another answer now");
        asks.keeps(1, false, false);
        asks.mark(all, Sight::Means);
        assert_eq!(open(), [true, true, true]);
    }

    #[test]
    fn nothing_is_open_where_every_route_keeps_its_answer() {
        let asks = all_asked(2);
        (0..2).for_each(|route| asks.keeps(route, false, false));
        assert!(asks.open().is_empty());
    }

    #[test]
    fn routes_beyond_the_63rd_are_always_asked_rather_than_forgotten() {
        let asks = all_asked(100);
        (0..100).for_each(|route| asks.keeps(route, false, false));
        assert!(!asks.has(62) && asks.has(63) && asks.has(99));
        assert!(!asks.open().has(62) && asks.open().has(63) && asks.open().has(99));
    }
}
