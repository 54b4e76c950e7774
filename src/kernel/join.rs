//! Many futures inside one process, all of which count.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Runs all futures side by side within the calling process and returns their results in the order given.
///
/// Every resumption of the process polls each unfinished child; a child whose event it is not stays pending. A child
/// that has completed is dropped at once, with what it had seized. Children start in the order given.
pub async fn join_all<F: Future>(children: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut children: Vec<Child<F>> = children.into_iter().map(|child| Child::Running(Box::pin(child))).collect();
    let mut running = children.len();
    poll_fn(|context| {
        for child in &mut children {
            if let Child::Running(future) = child
                && let Poll::Ready(result) = future.as_mut().poll(context)
            {
                *child = Child::Done(result);
                running -= 1;
            }
        }
        if running == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    children
        .into_iter()
        .map(|child| match child {
            Child::Done(result) => result,
            Child::Running(_) => unreachable!("all children have completed"),
        })
        .collect()
}

enum Child<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}
