//! How one request's execution shares its thread and its memory: bounded turns, and a bounded answer.
//!
//! An execution is one future, polled in *turns*. A turn resolves so many fields, then the task yields, and goes on where
//! it was. Whoever waits until all siblings have asked the loader has to know about that: a turn that was cut short is
//! no proof that nobody else will ask ([`Pace::rest`]).

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

/// Runs blocking work of some milliseconds: another thread takes over the other tasks of this one meanwhile.
pub fn aside<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => block_in_place(work),
        // There is no other thread that they could go to.
        _ => work(),
    }
}

/// Fields that are resolved in one turn.
pub const TURN: u64 = 2_048;

/// Bytes that an answer may have, unless an operator sets another limit: its tree takes ten times as much.
pub const DEFAULT_ANSWER_BYTES: u32 = 4 << 20;

/// Bytes that the answer of one request may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerLimit(pub u32);

/// What an execution did so far. It is polled by one thread at a time.
#[derive(Debug)]
pub struct Pace {
    /// Turns that were begun; none where nobody runs the execution by [`Pace::run`].
    turns: AtomicU64,
    /// Fields that were resolved, and how many were when the turn began.
    fields: AtomicU64,
    before: AtomicU64,
    /// The most fields of a turn.
    longest: AtomicU64,
    /// How often a turn was cut short.
    pauses: AtomicU64,
    /// Bytes of the answer.
    bytes: AtomicU64,
    most_bytes: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self::within(u64::MAX)
    }
}

/// The answer became larger than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl Pace {
    /// Of an execution whose answer may have so many bytes.
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

    /// Runs an execution in turns; `held` is dropped after the first, in which a document is validated.
    ///
    /// # Errors
    /// When its answer becomes too large: it is dropped at the end of that turn.
    pub async fn run<F: Future, H>(&self, execution: F, mut held: Option<H>) -> Result<F::Output, TooLarge> {
        let mut execution = pin!(execution);
        // tokio would make futures below yield one by one, and split the loader's batches.
        unconstrained(poll_fn(|task| {
            self.turns.fetch_add(1, Relaxed);
            self.before.store(self.fields.load(Relaxed), Relaxed);
            let polled = match held.take() {
                Some(_held) => aside(|| execution.as_mut().poll(task)),
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

    /// Fields that were resolved so far, those of failed trials included.
    #[must_use]
    pub fn fields(&self) -> u64 {
        self.fields.load(Relaxed)
    }

    /// The most fields that one turn resolved.
    #[must_use]
    pub fn longest_turn(&self) -> u64 {
        self.longest.load(Relaxed)
    }

    fn in_this_turn(&self) -> u64 {
        self.fields.load(Relaxed) - self.before.load(Relaxed)
    }

    /// Whether this turn is over.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.in_this_turn() >= TURN && self.turns.load(Relaxed) > 0
    }

    /// Cuts the turn short, and goes on in the next one that has time left.
    pub async fn pause(&self) {
        while self.is_spent() {
            self.pauses.fetch_add(1, Relaxed);
            yield_now().await;
        }
    }

    /// Waits for so many turns that were not cut short: by then all siblings have been polled as often.
    pub async fn rest(&self, turns: usize) {
        let now = || (self.turns.load(Relaxed), self.pauses.load(Relaxed));
        let (mut left, mut last) = (turns, now());
        while left > 0 {
            yield_now().await;
            let (turn, pauses) = now();
            // Where nobody counts turns, each poll is one.
            let another = turn > last.0 || turn == 0;
            left -= usize::from(another && pauses == last.1);
            last = (turn, pauses);
        }
    }

    /// Counts bytes of the answer.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
    }

    /// Bytes of the answer so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Takes back what was counted since there were so many bytes.
    pub fn forget_bytes(&self, since: u64) {
        self.bytes.store(since, Relaxed);
    }

    /// Whether the answer is larger than it may be: nothing more is resolved then.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.bytes() > self.most_bytes
    }
}
