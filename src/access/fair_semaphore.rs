//! A semaphore that is shared max-min fairly among callers: the waiting caller that holds the fewest permits is served
//! first.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, oneshot};

use super::Caller;

/// A number of permits, such as execution slots or connections, shared among callers.
///
/// A caller may hold at most a multiple of the permits that are still free (a dynamic threshold, as Choudhury and Hahne
/// have it for shared buffers): one caller alone leaves the spare permits, and several callers leave at least one. A
/// permit that is released goes to the waiting caller that holds the fewest; among equals, to the one that has waited
/// longest.
#[derive(Debug)]
pub struct FairSemaphore {
    total: usize,
    /// The most permits that one caller may hold.
    most: usize,
    /// The multiple of the free permits that a caller may hold.
    times: usize,
    /// The most requests that may wait.
    room: usize,
    state: Mutex<State>,
    emptied: Notify,
}

#[derive(Debug)]
struct State {
    free: usize,
    waiting: usize,
    /// The sequence number of the next request that waits.
    next: u64,
    callers: HashMap<Option<Caller>, CallerPermits>,
}

/// The permits that one caller holds, and its waiting requests.
#[derive(Debug, Default)]
struct CallerPermits {
    held: usize,
    queue: VecDeque<(u64, oneshot::Sender<Permit>)>,
}

impl CallerPermits {
    fn load(&self) -> usize {
        self.held + self.queue.len()
    }
}

/// No permit is free, and the queue is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no permit is free, and the queue is full")]
pub struct Full;

/// A permit; when dropped, it passes to the next waiting request.
#[derive(Debug)]
pub struct Permit {
    semaphore: Arc<FairSemaphore>,
    caller: Option<Caller>,
}

impl FairSemaphore {
    /// Creates `total` permits. One caller alone never holds the `spare` ones; at most `room` requests may wait.
    #[must_use]
    pub fn new(total: usize, spare: usize, room: usize) -> Arc<Self> {
        let most = total.saturating_sub(spare).max(1);
        let times = if total > most { most.div_ceil(total - most) } else { usize::MAX };
        let state = State { free: total, waiting: 0, next: 0, callers: HashMap::new() };
        Arc::new(Self { total, most, times, room, state: Mutex::new(state), emptied: Notify::new() })
    }

    /// Waits for a permit. If the future is dropped, the request leaves the queue.
    ///
    /// # Errors
    /// When the queue is full and no other caller in it has more under way than this one.
    pub async fn acquire(self: &Arc<Self>, caller: Option<Caller>) -> Result<Permit, Full> {
        let (queued, permit) = {
            let mut state = self.lock();
            let state = &mut *state;
            if self
                .may_hold_one_more(state.free, state.callers.get(&caller).map_or(0, |permits| permits.held))
            {
                state.free -= 1;
                state.callers.entry(caller).or_default().held += 1;
                return Ok(Permit { semaphore: Arc::clone(self), caller });
            }
            if state.waiting >= self.room && !state.turn_away_one_for(caller) {
                return Err(Full);
            }
            let (sender, permit) = oneshot::channel();
            let number = state.next;
            state.next += 1;
            state.waiting += 1;
            state.callers.entry(caller).or_default().queue.push_back((number, sender));
            (Queued { semaphore: self, caller, number }, permit)
        };
        let permit = permit.await;
        drop(queued);
        permit.map_err(|_| Full)
    }

    /// Returns once no permit is held or waited for.
    pub async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            {
                let state = self.lock();
                if state.free == self.total && state.waiting == 0 {
                    return;
                }
            }
            emptied.await;
        }
    }

    fn may_hold_one_more(&self, free: usize, held: usize) -> bool {
        free > 0 && held < self.most && held < free.saturating_mul(self.times)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a permit back and passes free permits on.
    fn give_back(self: &Arc<Self>, caller: Option<Caller>) {
        let mut refused = Vec::new();
        {
            let mut state = self.lock();
            state.free += 1;
            if let Some(permits) = state.callers.get_mut(&caller) {
                permits.held -= 1;
            }
            state.forget(caller);
            while let Some((next, sender)) = self.next(&mut state) {
                let permit = Permit { semaphore: Arc::clone(self), caller: next };
                // The waiting request was just dropped; its permit is returned outside of the lock.
                refused.extend(sender.send(permit).err());
            }
            if state.free == self.total && state.waiting == 0 {
                self.emptied.notify_waiters();
            }
        }
        drop(refused);
    }

    /// The waiting request to serve next, if a permit is free for it.
    fn next(&self, state: &mut State) -> Option<(Option<Caller>, oneshot::Sender<Permit>)> {
        let free = state.free;
        let waiting = state.callers.iter().filter_map(|(caller, permits)| {
            let (number, _) = permits.queue.front()?;
            self.may_hold_one_more(free, permits.held).then_some((permits.held, *number, *caller))
        });
        let (.., caller) = waiting.min_by_key(|(held, number, _)| (*held, *number))?;
        let permits = state.callers.get_mut(&caller)?;
        let (_, sender) = permits.queue.pop_front()?;
        permits.held += 1;
        state.free -= 1;
        state.waiting -= 1;
        Some((caller, sender))
    }
}

impl State {
    /// Removes the newest waiting request of the caller with the most under way, if that is more than `newcomer` would
    /// have.
    fn turn_away_one_for(&mut self, newcomer: Option<Caller>) -> bool {
        let own = self.callers.get(&newcomer).map_or(0, CallerPermits::load) + 1;
        let waiting = self.callers.values_mut().filter(|permits| !permits.queue.is_empty());
        let Some(greatest) =
            waiting.max_by_key(|permits| permits.load()).filter(|permits| permits.load() > own)
        else {
            return false;
        };
        greatest.queue.pop_back();
        self.waiting -= 1;
        true
    }

    fn forget(&mut self, caller: Option<Caller>) {
        if self.callers.get(&caller).is_some_and(|permits| permits.held == 0 && permits.queue.is_empty()) {
            self.callers.remove(&caller);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.semaphore.give_back(self.caller);
    }
}

/// A request in the queue, which leaves it when dropped.
struct Queued<'a> {
    semaphore: &'a FairSemaphore,
    caller: Option<Caller>,
    number: u64,
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        let mut state = self.semaphore.lock();
        let state = &mut *state;
        if let Some(permits) = state.callers.get_mut(&self.caller) {
            let before = permits.queue.len();
            permits.queue.retain(|(number, _)| *number != self.number);
            state.waiting -= before - permits.queue.len();
        }
        state.forget(self.caller);
        if state.free == self.semaphore.total && state.waiting == 0 {
            self.semaphore.emptied.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
