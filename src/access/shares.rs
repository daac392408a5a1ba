//! A semaphore that is shared max-min fairly among callers: the waiting caller that holds the fewest permits is served
//! first.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, oneshot};

use super::Caller;

/// A number of permits, such as places or connections, shared among callers.
///
/// A caller may hold at most a multiple of the permits that are still free (a dynamic threshold, as Choudhury and Hahne
/// have it for shared buffers): one caller alone leaves the spare permits, and several callers leave at least one. A
/// permit that is released goes to the waiting caller that holds the fewest; among equals, to the one that has waited
/// longest.
#[derive(Debug)]
pub struct Shares {
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
    callers: HashMap<Option<Caller>, Share>,
}

/// The permits that one caller holds, and its waiting requests.
#[derive(Debug, Default)]
struct Share {
    held: usize,
    queue: VecDeque<(u64, oneshot::Sender<Permit>)>,
}

impl Share {
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
    shares: Arc<Shares>,
    caller: Option<Caller>,
}

impl Shares {
    /// Creates so many permits. One caller alone never holds the `spare` ones; `room` requests may wait.
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
        let (turn, permit) = {
            let mut state = self.lock();
            let state = &mut *state;
            if self.may_hold_one_more(state.free, state.callers.get(&caller).map_or(0, |share| share.held)) {
                state.free -= 1;
                state.callers.entry(caller).or_default().held += 1;
                return Ok(Permit { shares: Arc::clone(self), caller });
            }
            if state.waiting >= self.room && !state.turn_away_one_for(caller) {
                return Err(Full);
            }
            let (sender, permit) = oneshot::channel();
            let number = state.next;
            state.next += 1;
            state.waiting += 1;
            state.callers.entry(caller).or_default().queue.push_back((number, sender));
            (Turn { shares: self, caller, number }, permit)
        };
        let permit = permit.await;
        drop(turn);
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
            if let Some(share) = state.callers.get_mut(&caller) {
                share.held -= 1;
            }
            state.forget(caller);
            while let Some((next, sender)) = self.next(&mut state) {
                let permit = Permit { shares: Arc::clone(self), caller: next };
                // Who left in this very moment; its permit is given back outside of the lock.
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
        let waiting = state.callers.iter().filter_map(|(caller, share)| {
            let (number, _) = share.queue.front()?;
            self.may_hold_one_more(free, share.held).then_some((share.held, *number, *caller))
        });
        let (.., caller) = waiting.min_by_key(|(held, number, _)| (*held, *number))?;
        let share = state.callers.get_mut(&caller)?;
        let (_, sender) = share.queue.pop_front()?;
        share.held += 1;
        state.free -= 1;
        state.waiting -= 1;
        Some((caller, sender))
    }
}

impl State {
    /// Removes the newest waiting request of the caller with the most under way, if that is more than `newcomer` would
    /// have.
    fn turn_away_one_for(&mut self, newcomer: Option<Caller>) -> bool {
        let own = self.callers.get(&newcomer).map_or(0, Share::load) + 1;
        let waiting = self.callers.values_mut().filter(|share| !share.queue.is_empty());
        let Some(greatest) = waiting.max_by_key(|share| share.load()).filter(|share| share.load() > own)
        else {
            return false;
        };
        greatest.queue.pop_back();
        self.waiting -= 1;
        true
    }

    fn forget(&mut self, caller: Option<Caller>) {
        if self.callers.get(&caller).is_some_and(|share| share.held == 0 && share.queue.is_empty()) {
            self.callers.remove(&caller);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.shares.give_back(self.caller);
    }
}

/// A place in the queue.
struct Turn<'a> {
    shares: &'a Shares,
    caller: Option<Caller>,
    number: u64,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.shares.lock();
        let state = &mut *state;
        if let Some(share) = state.callers.get_mut(&self.caller) {
            let before = share.queue.len();
            share.queue.retain(|(number, _)| *number != self.number);
            state.waiting -= before - share.queue.len();
        }
        state.forget(self.caller);
        if state.free == self.shares.total && state.waiting == 0 {
            self.shares.emptied.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
