//! Cooperative scheduling of an execution: it yields after a bounded number of fields, and stops when its response is too large.
//!
//! An execution is one future, polled in *turns*. A turn resolves a limited number of fields, then the task yields and
//! later continues. Code that waits until all siblings have used the loader has to know this: a turn that was cut short
//! does not prove that no other sibling will use it ([`Scheduler::wait_turns`]).

use std::{
    future::poll_fn,
    pin::pin,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    task::Poll,
};

use tokio::{
    runtime::{Handle, RuntimeFlavor},
    task::{block_in_place, unconstrained, yield_now},
};

/// Runs blocking work of some milliseconds; meanwhile another thread takes over the other tasks of this one.
pub fn blocking<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => block_in_place(work),
        // There is no other thread that they could go to.
        _ => work(),
    }
}

/// Number of fields resolved in one turn.
pub const TURN: u64 = 2_048;

/// Default limit on the bytes of a response: its tree in memory takes ten times as much.
pub const DEFAULT_ANSWER_BYTES: u32 = 4 << 20;

/// Limit on the bytes of the response to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerLimit(pub u32);

/// Counts the turns, fields and bytes of one execution, and yields between turns. It is polled by one thread at a time.
#[derive(Debug)]
pub struct Scheduler {
    /// Number of turns started; zero when the execution is not run by [`Scheduler::run`].
    turns: AtomicU64,
    /// Number of fields resolved, and that number at the start of the turn.
    fields: AtomicU64,
    before: AtomicU64,
    /// Number of fields in the longest turn.
    longest: AtomicU64,
    /// Number of turns that were cut short.
    pauses: AtomicU64,
    /// Bytes of the response.
    bytes: AtomicU64,
    most_bytes: u64,
}

impl Default for Scheduler {
    fn default() -> Self {
        Self::within(u64::MAX)
    }
}

/// The response exceeded its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl Scheduler {
    /// Creates the scheduler of an execution with this limit on the bytes of its response.
    #[must_use]
    pub fn within(most_bytes: u64) -> Self {
        Self {
            turns: AtomicU64::new(0),
            fields: AtomicU64::new(0),
            before: AtomicU64::new(0),
            longest: AtomicU64::new(0),
            pauses: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            most_bytes,
        }
    }

    /// Runs an execution in turns. `held` is dropped after the first turn, in which the document is validated.
    ///
    /// # Errors
    /// When the response exceeds its limit: the execution is dropped at the end of that turn.
    pub async fn run<F: Future, H>(&self, execution: F, mut held: Option<H>) -> Result<F::Output, TooLarge> {
        let mut execution = pin!(execution);
        // tokio would make futures below yield one by one, and split the loader's batches.
        unconstrained(poll_fn(|task| {
            self.turns.fetch_add(1, Relaxed);
            self.before.store(self.fields.load(Relaxed), Relaxed);
            let polled = match held.take() {
                Some(_held) => blocking(|| execution.as_mut().poll(task)),
                None => execution.as_mut().poll(task),
            };
            self.longest.fetch_max(self.in_this_turn(), Relaxed);
            if self.is_too_large() { Poll::Ready(Err(TooLarge)) } else { polled.map(Ok) }
        }))
        .await
    }

    /// Counts fields that were resolved.
    pub fn add_fields(&self, many: u64) {
        self.fields.fetch_add(many, Relaxed);
    }

    /// Number of fields resolved so far, including those of failed trials.
    #[must_use]
    pub fn fields(&self) -> u64 {
        self.fields.load(Relaxed)
    }

    /// Number of fields in the longest turn.
    #[must_use]
    pub fn longest_turn(&self) -> u64 {
        self.longest.load(Relaxed)
    }

    fn in_this_turn(&self) -> u64 {
        self.fields.load(Relaxed) - self.before.load(Relaxed)
    }

    /// Whether this turn has resolved as many fields as it may.
    #[must_use]
    pub fn turn_is_over(&self) -> bool {
        self.in_this_turn() >= TURN && self.turns.load(Relaxed) > 0
    }

    /// Ends the turn, and continues in the next turn that has time left.
    pub async fn pause(&self) {
        while self.turn_is_over() {
            self.pauses.fetch_add(1, Relaxed);
            yield_now().await;
        }
    }

    /// Waits for this many turns that were not cut short: by then all siblings have been polled as often.
    pub async fn wait_turns(&self, turns: usize) {
        let now = || (self.turns.load(Relaxed), self.pauses.load(Relaxed));
        let (mut left, mut last) = (turns, now());
        while left > 0 {
            yield_now().await;
            let (turn, pauses) = now();
            // Where turns are not counted, each poll is one.
            let another = turn > last.0 || turn == 0;
            left -= usize::from(another && pauses == last.1);
            last = (turn, pauses);
        }
    }

    /// Counts bytes of the response.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
    }

    /// Bytes of the response so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Resets the count to an earlier number of bytes.
    pub fn forget_bytes(&self, since: u64) {
        self.bytes.store(since, Relaxed);
    }

    /// Whether the response exceeds its limit: then nothing more is resolved.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.bytes() > self.most_bytes
    }
}
