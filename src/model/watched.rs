//! A value that counts its borrowings for change: whoever remembers the count knows whether it may be another by now.

use std::cell::{Cell, Ref, RefCell, RefMut};

/// A value behind a [`RefCell`], with the number of times that it was borrowed for change.
#[derive(Debug, Default)]
pub struct Watched<T> {
    value: RefCell<T>,
    version: Cell<u32>,
}

impl<T> Watched<T> {
    /// A value that nobody has changed.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value: RefCell::new(value), version: Cell::new(0) }
    }

    /// Looks at the value.
    pub fn borrow(&self) -> Ref<'_, T> {
        self.value.borrow()
    }

    /// Borrows the value for change; that counts whether or not it is changed.
    pub fn borrow_mut(&self) -> RefMut<'_, T> {
        self.version.set(self.version.get().wrapping_add(1));
        self.value.borrow_mut()
    }

    /// How many times it was borrowed for change: as long as this is the same, so is the value.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version.get()
    }
}

#[cfg(test)]
mod tests {
    use super::Watched;

    #[test]
    fn only_borrowing_for_change_counts() {
        let watched = Watched::new(1);
        assert_eq!((*watched.borrow(), watched.version()), (1, 0));
        *watched.borrow_mut() += 1;
        assert_eq!((*watched.borrow(), watched.version()), (2, 1));
    }
}
