//! What a request is charged: its price when it begins, and in the end what it did cost, whatever became of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::ServerError;

use super::{Caller, Standing, admit::points, answer::code, fair::Fairness};
use crate::{graph::cost::Cost, store::Timer};

/// A request that was charged its price, until it is settled. Dropped before that, because its caller hung up or its
/// resolver panicked, it costs what it had begun, and the time that it took.
#[derive(Debug)]
pub(super) struct Bill {
    payer: Option<(Arc<Fairness>, Caller)>,
    requested: u64,
    begun: u64,
    timer: Timer,
    since: Duration,
    settled: bool,
}

impl Bill {
    /// Of a request that costs at most this, and whose caller pays if there are points to pay with.
    pub(super) fn new(payer: Option<(Arc<Fairness>, Caller)>, cost: Option<&Cost>, timer: Timer) -> Self {
        let (requested, begun) = cost.map_or((0, 0), |cost| (cost.requested, cost.begun()));
        let since = timer.used();
        Self { payer, requested, begun, timer, since, settled: false }
    }

    /// Charges what an answer did cost, and says how its caller stands then.
    pub(super) fn settle(mut self, actual: u64) -> Option<Standing> {
        self.settled = true;
        self.pay(actual)
    }

    /// What an answer with these errors costs, whose data cost `delivered`.
    pub(super) fn actual(&self, delivered: u64, errors: &[ServerError]) -> u64 {
        let stopped = errors.iter().any(|error| matches!(code(error), "TIMEOUT" | "INTERNAL"));
        if stopped { delivered.max(self.time()) } else { delivered }
    }

    /// What the time is worth that it took so far.
    fn time(&self) -> u64 {
        self.timer.points(self.timer.used().saturating_sub(self.since))
    }

    fn pay(&self, actual: u64) -> Option<Standing> {
        let (fairness, caller) = self.payer.as_ref()?;
        Some(fairness.settle(*caller, points(self.requested), points(actual), Instant::now()))
    }
}

impl Drop for Bill {
    fn drop(&mut self) {
        if !self.settled {
            self.pay(self.begun.max(self.time()));
        }
    }
}
