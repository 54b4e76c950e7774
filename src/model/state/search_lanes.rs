//! Search lanes, and who used each of them last.

use super::super::chain::Link;
use super::super::lanes::Lanes;
use super::super::params::{Boarding, Searching};
use crate::units::SimTime;

/// Search lanes.
#[derive(Clone, Debug)]
pub struct SearchLanes {
    /// The lanes.
    pub free: Lanes,
    /// Of lanes that have served somebody; for the others `nobody` stands.
    users: Vec<User>,
    nobody: User,
}

/// The bus-load that used a lane last.
#[derive(Clone, Copy, Debug)]
pub struct User {
    /// What let it begin.
    pub link: Link,
    /// When it began.
    pub began: SimTime,
    /// People whom the lane had served after it.
    served: u32,
}

impl SearchLanes {
    /// So many lanes, all free from `at` on; what let somebody begin who finds one that nobody used is `link`.
    #[must_use]
    pub fn new(count: u32, at: SimTime, link: Link) -> Self {
        Self { free: Lanes::new(count, at), users: Vec::new(), nobody: User { link, began: at, served: 0 } }
    }

    /// The lanes of a node that all its bays share; none where nobody boards, or each bay has its own.
    #[must_use]
    pub fn shared(boarding: Option<&Boarding>) -> Self {
        let count = match boarding.map(|boarding| &boarding.searching) {
            Some(Searching::SharedLanes { lanes, .. }) => *lanes,
            Some(Searching::AtTheBay { .. }) | None => 0,
        };
        Self::new(count, SimTime::ZERO, Link::START)
    }

    /// Who used a lane last.
    #[must_use]
    pub fn last_user(&self, lane: usize) -> User {
        self.users.get(lane).copied().unwrap_or(self.nobody)
    }

    /// A bus-load that began at `began` has been searched: it is now the last user of the lanes that served it.
    pub fn used(&mut self, link: Link, began: SimTime) {
        self.users.resize(self.free.served().len(), self.nobody);
        if let Some(lanes) = self.free.take_lately() {
            lanes.into_iter().for_each(|lane| self.users[lane as usize] = User { link, began, ..self.nobody });
            return;
        }
        for (user, served) in self.users.iter_mut().zip(self.free.served()) {
            if user.served < served {
                *user = User { link, began, served };
            }
        }
    }
}
