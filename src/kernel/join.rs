//! Many futures inside one process, all of which count.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Runs all futures side by side within the calling process and returns their results in the order given.
///
/// Every resumption of the process polls each unfinished child; a child whose event it is not stays pending. A child
/// that has completed is dropped at once, with what it had seized. Children start in the order given.
pub async fn join_all<F: Future>(children: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut children: Vec<Option<Pin<Box<F>>>> = children.into_iter().map(|child| Some(Box::pin(child))).collect();
    let mut results: Vec<Option<F::Output>> = children.iter().map(|_| None).collect();
    let mut running = children.len();
    poll_fn(|context| {
        for (slot, result) in children.iter_mut().zip(&mut results) {
            if let Some(child) = slot
                && let Poll::Ready(value) = child.as_mut().poll(context)
            {
                *result = Some(value);
                *slot = None;
                running -= 1;
            }
        }
        if running == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    results.into_iter().flatten().collect()
}
