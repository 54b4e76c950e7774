//! Many futures inside one process, all of which count.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs all futures side by side within the calling process and returns their results in the order given.
///
/// Every resumption of the process polls each unfinished child; a child whose event it is not stays pending. A child
/// that has completed is dropped at once, with what it had seized. Children start in the order given.
pub async fn join_all<F: Future>(children: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    // An `async` block cannot be moved once it has begun, so each has a box of its own.
    let children = children.into_iter().map(|child| Child::Running(Box::pin(child))).collect();
    join(children, |child, context| child.as_mut().poll(context)).await
}

/// The same for futures that may be moved, as all leaf futures of the kernel may: they need no box each.
pub async fn join_all_unpin<F: Future + Unpin>(children: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join(children.into_iter().map(Child::Running).collect(), |child, context| Pin::new(child).poll(context)).await
}

enum Child<F, T> {
    Running(F),
    Done(T),
}

async fn join<F, T>(mut children: Vec<Child<F, T>>, poll: impl Fn(&mut F, &mut Context<'_>) -> Poll<T>) -> Vec<T> {
    let mut running = children.len();
    poll_fn(|context| {
        for child in &mut children {
            if let Child::Running(future) = child
                && let Poll::Ready(result) = poll(future, context)
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
