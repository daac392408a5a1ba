//! What a request is charged: its price when it begins, and in the end what it did cost, whatever became of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{ServerError, Value};

use super::{
    Caller, Standing,
    admit::points,
    dress::{code_of, is_stop},
    fair::Fairness,
};
use crate::{
    document::cost::{Cost, Failures},
    store::Timer,
};

/// What became of a request's work, by all errors of its answer, those too that the answer has no room for.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Whether it was stopped: its time was over, or something broke.
    stopped: bool,
    /// Whether nothing of its work is left.
    whole: bool,
    failures: Failures,
}

impl Outcome {
    pub(super) fn of(errors: &[ServerError]) -> Self {
        let mut outcome = Self::default();
        for error in errors {
            match code_of(error) {
                // The time that it took is paid for.
                "TIMEOUT" => outcome.stopped = true,
                // Refused before anything was done, where the error stands.
                "FORBIDDEN" => outcome.failures.add(&error.path, false),
                code => {
                    outcome.stopped |= is_stop(code);
                    outcome.failures.add(&error.path, true);
                }
            }
        }
        outcome
    }

    /// Of an answer that became too large while it was built: all of it is paid for.
    pub(super) fn given_up() -> Self {
        let mut outcome = Self { whole: true, ..Self::default() };
        outcome.failures.add(&[], true);
        outcome
    }
}

/// A request that was charged its price, until it is settled. Dropped before that, because its caller hung up or its
/// resolver panicked, it costs what it had begun, and the time that it took.
#[derive(Debug)]
pub(super) struct Bill {
    payer: Option<(Arc<Fairness>, Caller)>,
    requested: u64,
    begun: u64,
    /// Points for reading a document that was not read before.
    reading: u64,
    timer: Timer,
    since: Duration,
    settled: bool,
}

impl Bill {
    /// Of a request that costs at most this, whose document took so many points to read, and whose caller pays if there
    /// are points to pay with.
    pub(super) fn new(
        payer: Option<(Arc<Fairness>, Caller)>,
        cost: Option<&Cost>,
        reading: u64,
        timer: Timer,
    ) -> Self {
        let (requested, begun) = cost.map_or((0, 0), |cost| (cost.requested, cost.base()));
        let since = timer.used();
        Self { payer, requested, begun, reading, timer, since, settled: false }
    }

    /// Charges what an answer did cost, at least what its document took to read where it was `executed`, and says how
    /// its caller stands then. What is not executed pays for that elsewhere.
    pub(super) fn settle(mut self, actual: u64, executed: bool) -> Option<Standing> {
        self.settled = true;
        self.pay(if executed { actual.max(self.reading) } else { actual })
    }

    /// What an answer costs. Where the database was not `asked`, nothing was begun that could be missing.
    pub(super) fn actual(&self, cost: &Cost, data: &Value, outcome: &Outcome, asked: bool) -> u64 {
        let begun = asked || outcome.whole;
        let delivered = cost.actual(data, Some(&outcome.failures).filter(|_| begun));
        if outcome.stopped { delivered.max(self.time()) } else { delivered }
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
            self.pay(self.begun.max(self.time()).max(self.reading));
        }
    }
}
