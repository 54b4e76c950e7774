//! Two futures, of which the first to complete counts.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// One of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The first operand's.
    Left(A),
    /// The second operand's.
    Right(B),
}

/// Waits for whichever completes first; the other is dropped and so withdraws what it had asked for.
///
/// What happens first wins, also within one instant; where both are complete at one look, the left one does.
pub async fn race<A: Future, B: Future>(left: A, right: B) -> Either<A::Output, B::Output> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| {
        if let Poll::Ready(result) = left.as_mut().poll(context) {
            return Poll::Ready(Either::Left(result));
        }
        right.as_mut().poll(context).map(Either::Right)
    })
    .await
}
