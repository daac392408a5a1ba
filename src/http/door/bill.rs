//! What a request is charged: its estimated price first, and its actual cost in the end, also if it fails.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{ServerError, Value};

use super::{
    RateLimitStatus, RateLimiter,
    admission::points,
    errors::{code_of, is_stop},
};
use crate::{
    access::Caller,
    document::cost::{Cost, Failures},
    store::Timer,
};

/// The outcome of an execution, by all of its errors, also those that the response is truncated by.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Whether it was stopped by a timeout or an internal error.
    stopped: bool,
    /// Whether all of its data is missing.
    whole: bool,
    failures: Failures,
}

impl Outcome {
    pub(super) fn of(errors: &[ServerError]) -> Self {
        let mut outcome = Self::default();
        for error in errors {
            match code_of(error) {
                // Its time is charged.
                "TIMEOUT" => outcome.stopped = true,
                // Refused before any work at the path.
                "FORBIDDEN" => outcome.failures.add(&error.path, false),
                code => {
                    outcome.stopped |= is_stop(code);
                    outcome.failures.add(&error.path, true);
                }
            }
        }
        outcome
    }

    /// The outcome of an answer that became too large while it was built: its full price is charged.
    pub(super) fn too_large() -> Self {
        let mut outcome = Self { whole: true, ..Self::default() };
        outcome.failures.add(&[], true);
        outcome
    }
}

/// The charge of a request, until it is settled. If it is dropped before, because the caller disconnected or a resolver
/// panicked, the request is charged its base price or its time.
#[derive(Debug)]
pub(super) struct Bill {
    payer: Option<(Arc<RateLimiter>, Caller)>,
    requested: u64,
    base: u64,
    /// Points for parsing a document that was not cached.
    parsing: u64,
    timer: Timer,
    since: Duration,
    settled: bool,
}

impl Bill {
    /// The bill of a request with this cost and these points for parsing; `payer` pays if there is a rate limit.
    pub(super) fn new(
        payer: Option<(Arc<RateLimiter>, Caller)>,
        cost: Option<&Cost>,
        parsing: u64,
        timer: Timer,
    ) -> Self {
        let (requested, base) = cost.map_or((0, 0), |cost| (cost.requested, cost.base()));
        let since = timer.used();
        Self { payer, requested, base, parsing, timer, since, settled: false }
    }

    /// Charges the actual cost, at least the price of parsing if it was `executed`, and returns the new status of the rate
    /// limit. A request that was not executed is charged for parsing elsewhere.
    pub(super) fn settle(mut self, actual: u64, executed: bool) -> Option<RateLimitStatus> {
        self.settled = true;
        self.pay(if executed { actual.max(self.parsing) } else { actual })
    }

    /// The actual cost of an answer. If the database was not `asked`, no missing work had begun.
    pub(super) fn actual(&self, cost: &Cost, data: &Value, outcome: &Outcome, asked: bool) -> u64 {
        let begun = asked || outcome.whole;
        let delivered = cost.actual(data, Some(&outcome.failures).filter(|_| begun));
        if outcome.stopped { delivered.max(self.time()) } else { delivered }
    }

    /// The price of its time so far.
    fn time(&self) -> u64 {
        self.timer.points(self.timer.used().saturating_sub(self.since))
    }

    fn pay(&self, actual: u64) -> Option<RateLimitStatus> {
        let (limiter, caller) = self.payer.as_ref()?;
        Some(limiter.settle(*caller, points(self.requested), points(actual), Instant::now()))
    }
}

impl Drop for Bill {
    fn drop(&mut self) {
        if !self.settled {
            self.pay(self.base.max(self.time()).max(self.parsing));
        }
    }
}
