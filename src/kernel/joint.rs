//! Seizing several resources at once, or none of them.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::process::Resumption;
use super::resource::{Grant, Request, Resource};
use super::seize::Seized;
use super::sim::Sim;

/// A request to several resources that is granted as a whole.
pub(super) struct Joint<'s> {
    who: Resumption,
    parts: Vec<(&'s Resource<'s>, u32)>,
}

/// Waits until all these units can be had at one instant, then seizes them together.
///
/// While it waits it holds nothing and keeps nobody waiting: it stands in every line, but those behind it may be served
/// before it. (So a stream of small requests can keep it waiting for long; seize one after the other where that
/// matters.) Requests to a single resource that stand before it are served first.
///
/// # Panics
///
/// If the same resource is named twice, or none is.
pub fn seize_all<'s, const N: usize>(parts: [(&'s Resource<'s>, u32); N]) -> SeizeAll<'s, N> {
    assert!(N > 0, "seize_all of nothing");
    for (i, (one, _)) in parts.iter().enumerate() {
        assert!(parts[..i].iter().all(|(other, _)| !std::ptr::eq(*one, *other)), "seize_all names a resource twice");
    }
    SeizeAll { parts, token: 0 }
}

/// The future of [`seize_all`].
#[must_use = "futures do nothing unless awaited"]
pub struct SeizeAll<'s, const N: usize> {
    parts: [(&'s Resource<'s>, u32); N],
    /// 0 before the first poll and after the end.
    token: u64,
}

impl<'s, const N: usize> SeizeAll<'s, N> {
    fn guards(&self) -> [Seized<'s>; N] {
        self.parts.map(|(resource, units)| Seized::new(resource, units))
    }
}

impl<'s, const N: usize> Future for SeizeAll<'s, N> {
    type Output = [Seized<'s>; N];

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let sim = self.parts[0].0.sim;
        if self.token == 0 {
            let who = sim.await_resumption();
            for (resource, units) in self.parts {
                resource.enqueue(Request { who, units, priority: 0, grant: Grant::Joint });
            }
            sim.joints.borrow_mut().push(Joint { who, parts: self.parts.to_vec() });
            if sim.take_joint(who.token) {
                return Poll::Ready(self.guards());
            }
            self.token = who.token;
            return Poll::Pending;
        }
        if sim.token() != self.token {
            return Poll::Pending;
        }
        self.token = 0;
        Poll::Ready(self.guards())
    }
}

impl<const N: usize> Drop for SeizeAll<'_, N> {
    fn drop(&mut self) {
        if self.token == 0 {
            return;
        }
        let sim = self.parts[0].0.sim;
        let waiting = sim.joints.borrow().iter().position(|joint| joint.who.token == self.token);
        if let Some(at) = waiting {
            // It stood in nobody's way, so there is nothing to serve.
            sim.joints.borrow_mut().remove(at);
            for (resource, _) in self.parts {
                resource.dequeue(self.token);
            }
        } else {
            drop(self.guards());
        }
    }
}

impl Sim<'_> {
    /// Grants a joint request if all its resources would, and resumes the process.
    pub(super) fn grant_joint(&self, token: u64) -> bool {
        let who = self.joints.borrow().iter().find(|joint| joint.who.token == token).map(|joint| joint.who);
        let granted = self.take_joint(token);
        if let (true, Some(who)) = (granted, who) {
            self.resume_soon(who);
        }
        granted
    }

    /// Takes all parts of a joint request if all its resources would grant theirs.
    fn take_joint(&self, token: u64) -> bool {
        let mut joints = self.joints.borrow_mut();
        let Some(at) = joints.iter().position(|joint| joint.who.token == token) else { return false };
        let Joint { who, parts } = &joints[at];
        let request = |units| Request { who: *who, units, priority: 0, grant: Grant::Joint };
        let granted = parts.iter().all(|(resource, units)| resource.would_grant(&request(*units)));
        if granted {
            for (resource, units) in &joints.remove(at).parts {
                resource.dequeue(token);
                resource.take(*units);
            }
        }
        granted
    }
}
