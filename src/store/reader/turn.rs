//! Waiting for a connection: whose turn it is, and for how long a request waits.

use std::{sync::Arc, time::Instant};

use sea_orm::SqlxError;
use tokio::time::timeout_at;

use super::{ReadError, failed};
use crate::{
    access::{Caller, Permit, Shares},
    store::bound::Timer,
};

/// How a request comes by its connections.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) timer: Timer,
    /// With whom the connections are shared, and for whom.
    share: Option<(Arc<Shares>, Option<Caller>)>,
}

impl Turn {
    pub(super) fn new(timer: Timer, share: Option<(Arc<Shares>, Option<Caller>)>) -> Self {
        Self { timer, share }
    }

    /// A connection, and the right to it, once it is the caller's turn. The request's time stands still meanwhile.
    pub(super) async fn connection<C>(
        &self,
        acquire: impl Future<Output = Result<C, SqlxError>>,
    ) -> Result<(C, Option<Permit>), ReadError> {
        let _waiting = self.timer.waiting();
        let patient = (Instant::now() + self.timer.patience()).into();
        let acquired = timeout_at(patient, async {
            let permit = match &self.share {
                Some((shares, caller)) => {
                    Some(shares.acquire(*caller).await.map_err(|_| self.timer.missed())?)
                }
                None => None,
            };
            Ok((acquire.await.map_err(failed)?, permit))
        });
        acquired.await.unwrap_or_else(|_| Err(self.timer.missed()))
    }
}
