//! The table of open connections. In a full table, the caller with the most connections loses one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::connection_state::ConnectionState;
use crate::access::Caller;

/// The table, of bounded size.
#[derive(Clone)]
pub(super) struct ConnectionTable(Arc<Inner>);

struct Inner {
    most: usize,
    connections: Mutex<Connections>,
    emptied: Notify,
}

#[derive(Default)]
struct Connections {
    owned: HashMap<Caller, Vec<Arc<ConnectionState>>>,
    /// Connections of trusted proxies before their first request. Each counts as a caller of its own.
    unowned: Vec<Arc<ConnectionState>>,
    count: usize,
}

/// A slot of the table, which is freed when this is dropped.
pub(super) struct Slot {
    table: ConnectionTable,
    state: Arc<ConnectionState>,
}

/// The connection that was closed to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Displaced {
    Nothing,
    Idle,
    Busy,
}

/// The table is full, and no connection may be closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Full;

impl ConnectionTable {
    pub(super) fn new(most: usize) -> Self {
        let connections = Mutex::default();
        Self(Arc::new(Inner { most, connections, emptied: Notify::new() }))
    }

    /// Adds a connection of `owner`, which is `None` for a trusted proxy before its first request.
    ///
    /// In a full table the caller with the most connections loses one: the longest idle one, or one in use if the new
    /// owner still has fewer afterwards. An owner who has the most itself loses an idle connection of its own.
    ///
    /// # Errors
    /// When the table is full and no connection may be closed.
    pub(super) fn admit(&self, owner: Option<Caller>) -> Result<(Slot, Displaced), Full> {
        let mut connections = self.connections();
        let mut displaced = Displaced::Nothing;
        if connections.count >= self.0.most {
            displaced = connections.give_way(owner).ok_or(Full)?;
        }
        let state = Arc::new(ConnectionState::new(owner));
        connections.insert(owner, Arc::clone(&state));
        drop(connections);
        Ok((Slot { table: self.clone(), state }, displaced))
    }

    /// Closes a connection as for an owner without any, because the system has run out of another resource.
    pub(super) fn give_way(&self) -> Option<Displaced> {
        self.connections().give_way(None)
    }

    /// Returns once the table is empty.
    pub(super) async fn empty(&self) {
        loop {
            let emptied = self.0.emptied.notified();
            if self.connections().count == 0 {
                return;
            }
            emptied.await;
        }
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.0.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    pub(super) fn state(&self) -> &Arc<ConnectionState> {
        &self.state
    }
}

/// A handle to change the owner of a connection.
#[derive(Clone)]
pub(super) struct OwnerHandle(ConnectionTable, Arc<ConnectionState>);

impl Slot {
    pub(super) fn owner_handle(&self) -> OwnerHandle {
        OwnerHandle(self.table.clone(), Arc::clone(&self.state))
    }
}

impl OwnerHandle {
    /// The connection is `owner`'s from now on: the caller of its newest request.
    pub(super) fn pass_to(&self, owner: Caller) {
        let (Self(table, state), owner) = (self, Some(owner));
        let mut connections = table.connections();
        if state.owner() != owner && connections.remove(state) {
            state.set_owner(owner);
            connections.insert(owner, Arc::clone(state));
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut connections = self.table.connections();
        connections.remove(&self.state);
        let is_empty = connections.count == 0;
        drop(connections);
        if is_empty {
            self.table.0.emptied.notify_waiters();
        }
    }
}

impl Connections {
    fn insert(&mut self, owner: Option<Caller>, state: Arc<ConnectionState>) {
        self.count += 1;
        match owner {
            Some(owner) => self.owned.entry(owner).or_default().push(state),
            None => self.unowned.push(state),
        }
    }

    /// Removes a connection, and returns whether it was there.
    fn remove(&mut self, state: &Arc<ConnectionState>) -> bool {
        let owner = state.owner();
        let Some(among) = (match owner {
            Some(owner) => self.owned.get_mut(&owner),
            None => Some(&mut self.unowned),
        }) else {
            return false;
        };
        let Some(at) = among.iter().position(|other| Arc::ptr_eq(other, state)) else { return false };
        among.swap_remove(at);
        if let Some(owner) = owner
            && among.is_empty()
        {
            self.owned.remove(&owner);
        }
        self.count -= 1;
        true
    }

    /// Closes a connection to make room for one of `newcomer`.
    fn give_way(&mut self, newcomer: Option<Caller>) -> Option<Displaced> {
        let victim = self.victim(newcomer)?;
        let displaced = if victim.is_idle() { Displaced::Idle } else { Displaced::Busy };
        self.remove(&victim);
        victim.close();
        Some(displaced)
    }

    fn has(&self, owner: Option<Caller>) -> usize {
        owner.and_then(|owner| self.owned.get(&owner)).map_or(0, Vec::len)
    }

    fn victim(&self, newcomer: Option<Caller>) -> Option<Arc<ConnectionState>> {
        let most = self.owned.values().map(Vec::len).max().unwrap_or(0);
        let has = self.has(newcomer);
        if has > 0 && has == most {
            return newcomer.and_then(|own| longest(self.owned.get(&own)?, ConnectionState::is_idle));
        }
        let heaviest = || self.owned.values().filter(|owned| owned.len() == most).flatten();
        longest(heaviest(), ConnectionState::is_idle)
            .or_else(|| longest(heaviest().filter(|_| has + 1 < most), |state| !state.is_idle()))
            .or_else(|| longest(&self.unowned, ConnectionState::is_idle))
    }
}

/// The connection that has been in its state longest.
fn longest<'a>(
    connections: impl IntoIterator<Item = &'a Arc<ConnectionState>>,
    which: impl Fn(&ConnectionState) -> bool,
) -> Option<Arc<ConnectionState>> {
    connections.into_iter().filter(|state| which(state)).min_by_key(|state| state.since()).cloned()
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use proptest::prelude::*;

    use super::{ConnectionTable, Displaced, Full, Slot};
    use crate::access::Caller;

    fn caller(number: u8) -> Caller {
        Caller::from(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
    }

    fn admit(table: &ConnectionTable, number: u8) -> Result<(Slot, Displaced), Full> {
        table.admit(Some(caller(number)))
    }

    fn is_open(slot: &Slot) -> bool {
        !slot.state().is_closed()
    }

    #[test]
    fn the_longest_idle_connection_of_the_largest_caller_is_closed() {
        let table = ConnectionTable::new(4);
        let busy = admit(&table, 1).unwrap().0;
        let _request = busy.state().in_flight();
        let (idle, later) = (admit(&table, 1).unwrap().0, admit(&table, 1).unwrap().0);
        let other = admit(&table, 2).unwrap().0;
        let (third, displaced) = admit(&table, 3).unwrap();
        assert_eq!(displaced, Displaced::Idle);
        assert!(!is_open(&idle) && is_open(&later) && is_open(&busy) && is_open(&other) && is_open(&third));
    }

    #[test]
    fn a_connection_in_use_is_closed_only_for_a_smaller_caller() {
        let table = ConnectionTable::new(4);
        let busy = |number| {
            let admitted = admit(&table, number);
            admitted.map(|(slot, displaced)| {
                let request = slot.state().in_flight();
                (slot, request, displaced)
            })
        };
        let held: Vec<_> = (0..4).map(|_| busy(1).unwrap()).collect();
        assert!(busy(1).is_err(), "who has most gives up nothing that is in use");
        let first = busy(2).unwrap();
        let second = busy(2).unwrap();
        assert_eq!((first.2, second.2), (Displaced::Busy, Displaced::Busy));
        assert!(busy(2).is_err(), "two and two are even");
        assert_eq!(held.iter().filter(|(slot, ..)| is_open(slot)).count(), 2);
        let third = busy(3).unwrap_or_else(|_| panic!("two are more than one"));
        assert_eq!(third.2, Displaced::Busy);
    }

    #[test]
    fn the_largest_caller_loses_its_own_idle_connection() {
        let table = ConnectionTable::new(2);
        let (first, second) = (admit(&table, 1).unwrap().0, admit(&table, 1).unwrap().0);
        let (third, displaced) = admit(&table, 1).unwrap();
        assert_eq!(displaced, Displaced::Idle);
        assert!(!is_open(&first) && is_open(&second) && is_open(&third));
    }

    #[test]
    fn a_proxys_connections_are_those_of_the_callers_behind_it() {
        let table = ConnectionTable::new(4);
        let proxied: Vec<_> = (0..3).map(|_| table.admit(None).unwrap().0).collect();
        let direct = admit(&table, 9).unwrap().0;
        let newcomer = admit(&table, 8).unwrap().0;
        assert!(!is_open(&direct) && proxied.iter().all(is_open), "they are not one caller's");
        for slot in &proxied[..2] {
            slot.owner_handle().pass_to(caller(7));
        }
        let another = table.admit(None).unwrap().0;
        assert!(!is_open(&proxied[0]), "two of one caller are more than one of another");
        assert!([&proxied[1], &proxied[2], &newcomer, &another].into_iter().all(is_open));
    }

    #[test]
    fn connections_of_one_proxy_replace_each_other() {
        let table = ConnectionTable::new(2);
        let (first, second) = (table.admit(None).unwrap().0, table.admit(None).unwrap().0);
        let third = table.admit(None).unwrap().0;
        assert!(!is_open(&first) && is_open(&second) && is_open(&third));
    }

    proptest! {
        /// For random callers, orders and connections in use.
        #[test]
        fn no_connection_is_closed_for_a_larger_caller(
            most in 1..12_usize,
            arrivals in prop::collection::vec((0..5_u8, any::<bool>(), any::<bool>()), 1..80),
        ) {
            let table = ConnectionTable::new(most);
            let mut slots: Vec<(u8, Slot, Option<_>)> = Vec::new();
            for (number, in_use, leaves) in arrivals {
                if leaves && !slots.is_empty() {
                    slots.remove(0);
                }
                let count = |slots: &[(u8, Slot, _)], of: u8| {
                    slots.iter().filter(|(owner, slot, _)| *owner == of && is_open(slot)).count()
                };
                let (before, has) = ((0..5).map(|of| count(&slots, of)).collect::<Vec<_>>(), count(&slots, number));
                let largest = before.iter().copied().max().unwrap_or(0);
                match admit(&table, number) {
                    Ok((slot, displaced)) => {
                        for of in 0..5_u8 {
                            let lost = before[usize::from(of)] - count(&slots, of);
                            prop_assert!(lost == 0 || before[usize::from(of)] == largest);
                            prop_assert!(displaced != Displaced::Busy || lost == 0 || has + 1 < largest);
                        }
                        let request = in_use.then(|| slot.state().in_flight());
                        slots.push((number, slot, request));
                    }
                    Err(_) => prop_assert!(has + 1 >= largest),
                }
                slots.retain(|(_, slot, _)| is_open(slot));
                prop_assert!(slots.len() <= most);
            }
        }
    }
}
