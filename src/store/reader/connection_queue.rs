//! Waits for a connection in fair order, for as long as the time limit allows.

use std::{future::poll_fn, pin::Pin, sync::Arc, task::Poll, time::Instant};

use sea_orm::SqlxError;
use tokio::time::timeout_at;

use super::{ReadError, failed};
use crate::{
    access::{Caller, FairSemaphore, Permit},
    store::time_limit::Timer,
};

/// How a request acquires connections.
#[derive(Debug)]
pub(super) struct ConnectionQueue {
    pub(super) timer: Timer,
    /// The permits that callers share, and the caller.
    permits: Option<(Arc<FairSemaphore>, Option<Caller>)>,
}

impl ConnectionQueue {
    pub(super) fn new(timer: Timer, permits: Option<(Arc<FairSemaphore>, Option<Caller>)>) -> Self {
        Self { timer, permits }
    }

    /// Acquires a connection and its permit. The timer of the request pauses meanwhile.
    pub(super) async fn connection<C: Send + 'static>(
        &self,
        acquire: impl Future<Output = Result<C, SqlxError>> + Send + Unpin + 'static,
    ) -> Result<(C, Option<Permit>), ReadError> {
        let _waiting = self.timer.waiting();
        let patient = (Instant::now() + self.timer.patience()).into();
        let acquired = timeout_at(patient, async {
            let permit = match &self.permits {
                Some((semaphore, caller)) => {
                    Some(semaphore.acquire(*caller).await.map_err(|_| self.timer.missed())?)
                }
                None => None,
            };
            opened(acquire, permit).await.map_err(failed)
        });
        acquired.await.unwrap_or_else(|_| Err(self.timer.missed()))
    }
}

/// Awaits `acquire`. A connection that has to be opened for it is opened to the end even if the request is abandoned:
/// otherwise callers who disconnect again and again would have connections opened without any being used.
async fn opened<C: Send + 'static, P: Send + 'static>(
    mut acquire: impl Future<Output = Result<C, SqlxError>> + Send + Unpin + 'static,
    permit: P,
) -> Result<(C, P), SqlxError> {
    let at_once = poll_fn(|task| Poll::Ready(Pin::new(&mut acquire).poll(task))).await;
    if let Poll::Ready(connection) = at_once {
        return Ok((connection?, permit));
    }
    let opening = tokio::spawn(async move { Ok((acquire.await?, permit)) });
    opening.await.map_err(|_| SqlxError::WorkerCrashed)?
}
