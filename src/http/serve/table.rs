//! The table of open connections: their owners, whether they are in use, and which one to close when the table is full.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use super::open::Open;
use crate::access::Caller;

/// A table of a limited number of connections.
#[derive(Clone)]
pub(super) struct Table(Arc<Inner>);

struct Inner {
    most: usize,
    connections: Mutex<Connections>,
    emptied: Notify,
}

#[derive(Default)]
struct Connections {
    owned: HashMap<Caller, Vec<Arc<Open>>>,
    /// Connections of trusted proxies before their first request. Each counts as a separate caller.
    unowned: Vec<Arc<Open>>,
    count: usize,
}

/// The entry of a connection in the table, removed when this is dropped.
pub(super) struct Place {
    table: Table,
    open: Arc<Open>,
}

/// The kind of connection that was closed to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Displaced {
    Nothing,
    Idle,
    Busy,
}

/// The table is full, and no connection can be closed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Full;

impl Table {
    pub(super) fn new(most: usize) -> Self {
        let connections = Mutex::default();
        Self(Arc::new(Inner { most, connections, emptied: Notify::new() }))
    }

    /// Adds a connection of `owner`, which is unknown when a trusted proxy opens it.
    ///
    /// In a full table, the caller with the most connections loses one: its longest idle one, or one in use if the
    /// newcomer's owner still has fewer. A caller that has the most itself loses an idle one of its own.
    ///
    /// # Errors
    /// When the table is full and no connection can be closed.
    pub(super) fn admit(&self, owner: Option<Caller>) -> Result<(Place, Displaced), Full> {
        let mut connections = self.connections();
        let mut displaced = Displaced::Nothing;
        if connections.count >= self.0.most {
            displaced = connections.give_way(owner).ok_or(Full)?;
        }
        let open = Arc::new(Open::new(owner));
        connections.insert(owner, Arc::clone(&open));
        drop(connections);
        Ok((Place { table: self.clone(), open }, displaced))
    }

    /// Closes a connection as for a newcomer without connections, even if the table has room: the system has none.
    pub(super) fn give_way(&self) -> Option<Displaced> {
        self.connections().give_way(None)
    }

    /// Returns when no connection is open.
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

impl Place {
    pub(super) fn open(&self) -> &Arc<Open> {
        &self.open
    }
}

/// A handle to change the owner of a connection.
#[derive(Clone)]
pub(super) struct Owning(Table, Arc<Open>);

impl Place {
    pub(super) fn owning(&self) -> Owning {
        Owning(self.table.clone(), Arc::clone(&self.open))
    }
}

impl Owning {
    /// Makes `owner`, the caller of its newest request, the owner of the connection.
    pub(super) fn pass_to(&self, owner: Caller) {
        let (Self(table, open), owner) = (self, Some(owner));
        let mut connections = table.connections();
        if open.owner() != owner && connections.remove(open) {
            open.belong_to(owner);
            connections.insert(owner, Arc::clone(open));
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut connections = self.table.connections();
        connections.remove(&self.open);
        let is_empty = connections.count == 0;
        drop(connections);
        if is_empty {
            self.table.0.emptied.notify_waiters();
        }
    }
}

impl Connections {
    fn insert(&mut self, owner: Option<Caller>, open: Arc<Open>) {
        self.count += 1;
        match owner {
            Some(owner) => self.owned.entry(owner).or_default().push(open),
            None => self.unowned.push(open),
        }
    }

    /// Removes a connection, and returns whether it was in the table.
    fn remove(&mut self, open: &Arc<Open>) -> bool {
        let owner = open.owner();
        let Some(among) = (match owner {
            Some(owner) => self.owned.get_mut(&owner),
            None => Some(&mut self.unowned),
        }) else {
            return false;
        };
        let Some(at) = among.iter().position(|other| Arc::ptr_eq(other, open)) else { return false };
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

    fn victim(&self, newcomer: Option<Caller>) -> Option<Arc<Open>> {
        let most = self.owned.values().map(Vec::len).max().unwrap_or(0);
        let has = self.has(newcomer);
        if has > 0 && has == most {
            return newcomer.and_then(|own| longest(self.owned.get(&own)?, Open::is_idle));
        }
        let heaviest = || self.owned.values().filter(|owned| owned.len() == most).flatten();
        longest(heaviest(), Open::is_idle)
            .or_else(|| longest(heaviest().filter(|_| has + 1 < most), |open| !open.is_idle()))
            .or_else(|| longest(&self.unowned, Open::is_idle))
    }
}

/// The connection that has been in its state for the longest time.
fn longest<'a>(
    connections: impl IntoIterator<Item = &'a Arc<Open>>,
    which: impl Fn(&Open) -> bool,
) -> Option<Arc<Open>> {
    connections.into_iter().filter(|open| which(open)).min_by_key(|open| open.since()).cloned()
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use proptest::prelude::*;

    use super::{Displaced, Full, Place, Table};
    use crate::access::Caller;

    fn caller(number: u8) -> Caller {
        Caller::from(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
    }

    fn admit(table: &Table, number: u8) -> Result<(Place, Displaced), Full> {
        table.admit(Some(caller(number)))
    }

    fn is_open(place: &Place) -> bool {
        !place.open().is_closed()
    }

    #[test]
    fn the_longest_idle_connection_of_who_has_most_gives_way() {
        let table = Table::new(4);
        let busy = admit(&table, 1).unwrap().0;
        let _request = busy.open().under_way();
        let (idle, later) = (admit(&table, 1).unwrap().0, admit(&table, 1).unwrap().0);
        let other = admit(&table, 2).unwrap().0;
        let (third, displaced) = admit(&table, 3).unwrap();
        assert_eq!(displaced, Displaced::Idle);
        assert!(!is_open(&idle) && is_open(&later) && is_open(&busy) && is_open(&other) && is_open(&third));
    }

    #[test]
    fn a_connection_in_use_gives_way_only_to_who_has_fewer_even_then() {
        let table = Table::new(4);
        let busy = |number| {
            let admitted = admit(&table, number);
            admitted.map(|(place, displaced)| {
                let request = place.open().under_way();
                (place, request, displaced)
            })
        };
        let held: Vec<_> = (0..4).map(|_| busy(1).unwrap()).collect();
        assert!(busy(1).is_err(), "who has most gives up nothing that is in use");
        let first = busy(2).unwrap();
        let second = busy(2).unwrap();
        assert_eq!((first.2, second.2), (Displaced::Busy, Displaced::Busy));
        assert!(busy(2).is_err(), "two and two are even");
        assert_eq!(held.iter().filter(|(place, ..)| is_open(place)).count(), 2);
        let third = busy(3).unwrap_or_else(|_| panic!("two are more than one"));
        assert_eq!(third.2, Displaced::Busy);
    }

    #[test]
    fn who_has_most_gives_up_an_idle_connection_of_its_own() {
        let table = Table::new(2);
        let (first, second) = (admit(&table, 1).unwrap().0, admit(&table, 1).unwrap().0);
        let (third, displaced) = admit(&table, 1).unwrap();
        assert_eq!(displaced, Displaced::Idle);
        assert!(!is_open(&first) && is_open(&second) && is_open(&third));
    }

    #[test]
    fn a_proxys_connections_are_those_of_the_callers_behind_it() {
        let table = Table::new(4);
        let proxied: Vec<_> = (0..3).map(|_| table.admit(None).unwrap().0).collect();
        let direct = admit(&table, 9).unwrap().0;
        let newcomer = admit(&table, 8).unwrap().0;
        assert!(!is_open(&direct) && proxied.iter().all(is_open), "they are not one caller's");
        for place in &proxied[..2] {
            place.owning().pass_to(caller(7));
        }
        let another = table.admit(None).unwrap().0;
        assert!(!is_open(&proxied[0]), "two of one caller are more than one of another");
        assert!([&proxied[1], &proxied[2], &newcomer, &another].into_iter().all(is_open));
    }

    #[test]
    fn connections_of_a_proxy_alone_give_way_to_each_other() {
        let table = Table::new(2);
        let (first, second) = (table.admit(None).unwrap().0, table.admit(None).unwrap().0);
        let third = table.admit(None).unwrap().0;
        assert!(!is_open(&first) && is_open(&second) && is_open(&third));
    }

    proptest! {
        /// Property test over arrivals in any order and state.
        #[test]
        fn nobody_gives_way_to_who_has_more(
            most in 1..12_usize,
            arrivals in prop::collection::vec((0..5_u8, any::<bool>(), any::<bool>()), 1..80),
        ) {
            let table = Table::new(most);
            let mut places: Vec<(u8, Place, Option<_>)> = Vec::new();
            for (number, in_use, leaves) in arrivals {
                if leaves && !places.is_empty() {
                    places.remove(0);
                }
                let count = |places: &[(u8, Place, _)], of: u8| {
                    places.iter().filter(|(owner, place, _)| *owner == of && is_open(place)).count()
                };
                let (before, has) = ((0..5).map(|of| count(&places, of)).collect::<Vec<_>>(), count(&places, number));
                let largest = before.iter().copied().max().unwrap_or(0);
                match admit(&table, number) {
                    Ok((place, displaced)) => {
                        for of in 0..5_u8 {
                            let lost = before[usize::from(of)] - count(&places, of);
                            prop_assert!(lost == 0 || before[usize::from(of)] == largest);
                            prop_assert!(displaced != Displaced::Busy || lost == 0 || has + 1 < largest);
                        }
                        let request = in_use.then(|| place.open().under_way());
                        places.push((number, place, request));
                    }
                    Err(_) => prop_assert!(has + 1 >= largest),
                }
                places.retain(|(_, place, _)| is_open(place));
                prop_assert!(places.len() <= most);
            }
        }
    }
}
