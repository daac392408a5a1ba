//! The seats in programs that cooperatives wish for, by province, and their assignment to batches.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::person::person_id;
use crate::exchange::draw::Draw;

/// A cooperative whose officers may take part.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) id: Uuid,
    pub(super) key: Box<str>,
    pub(super) province: Box<str>,
    /// The number of its persons who are in office; they come first.
    pub(super) officers: usize,
    pub(super) wishes: usize,
}

/// The number of seats that a cooperative wishes for: most none, a fifth one, some up to 25.
pub(super) fn wishes(draw: &mut Draw, officers: usize) -> usize {
    if officers == 0 {
        return 0;
    }
    match draw.weighted(&[(0, 68), (1, 21), (2, 11)]) {
        2 => usize::try_from(draw.between(3, 25)).unwrap_or_default(),
        wishes => wishes,
    }
}

/// A seat that a cooperative wishes for.
#[derive(Clone, Copy, Debug)]
struct Wish {
    member: usize,
    nth: usize,
}

/// A person who got a seat.
#[derive(Clone, Copy, Debug)]
pub(super) struct Participant<'a> {
    pub(super) member: &'a Member,
    pub(super) person: Uuid,
}

#[derive(Debug)]
pub(super) struct Waiting<'a> {
    members: &'a [Member],
    seed: u64,
    provinces: BTreeMap<&'a str, Vec<Wish>>,
    busy: HashMap<(usize, usize), Vec<(NaiveDate, NaiveDate)>>,
}

impl<'a> Waiting<'a> {
    pub(super) fn new(members: &'a [Member], seed: u64) -> Self {
        let mut provinces: BTreeMap<&str, Vec<Wish>> = BTreeMap::new();
        for (index, member) in members.iter().enumerate() {
            let wishes = (0..member.wishes).map(|nth| Wish { member: index, nth });
            provinces.entry(&member.province).or_default().extend(wishes);
        }
        for (province, wishes) in &mut provinces {
            let mut draw = Draw::new("wishes", province, seed);
            let order = draw.sample(wishes.len(), wishes.len());
            *wishes = order.into_iter().map(|index| wishes[index]).collect();
        }
        Self { members, seed, provinces, busy: HashMap::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.provinces.values().map(Vec::len).sum()
    }

    /// Up to `amount` provinces, with a probability proportional to their open wishes.
    pub(super) fn provinces(&self, draw: &mut Draw, amount: usize) -> Vec<&'a str> {
        let mut chosen: Vec<&str> = Vec::new();
        for _ in 0..amount {
            let mut left = draw.index(self.len().max(1));
            for (province, wishes) in &self.provinces {
                if left < wishes.len() {
                    if !chosen.contains(province) {
                        chosen.push(province);
                    }
                    break;
                }
                left -= wishes.len();
            }
        }
        chosen.sort_unstable();
        chosen
    }

    /// Assigns seats to up to `amount` people from `provinces` who are free from `first` to `last` and not of the
    /// host.
    pub(super) fn seat(
        &mut self,
        provinces: &[&'a str],
        amount: usize,
        (first, last): (NaiveDate, NaiveDate),
        host: Option<Uuid>,
    ) -> Vec<Participant<'a>> {
        let mut seated = Vec::new();
        let mut refused = Vec::new();
        for turn in 0..amount * 4 {
            if seated.len() == amount || provinces.is_empty() {
                break;
            }
            let province = provinces[turn % provinces.len()];
            let Some(wish) = self.provinces.get_mut(province).and_then(Vec::pop) else { continue };
            match self.try_seat(wish, (first, last), host) {
                Some(participant) => seated.push(participant),
                None => refused.push((province, wish)),
            }
        }
        for (province, wish) in refused {
            // They may fit in another batch, so they go to the end of the queue.
            self.provinces.entry(province).or_default().insert(0, wish);
        }
        seated
    }

    fn try_seat(
        &mut self,
        wish: Wish,
        dates: (NaiveDate, NaiveDate),
        host: Option<Uuid>,
    ) -> Option<Participant<'a>> {
        let member = &self.members[wish.member];
        if Some(member.id) == host {
            return None;
        }
        let officer = wish.nth % member.officers;
        let busy = self.busy.entry((wish.member, officer)).or_default();
        if busy.iter().any(|(first, last)| *first <= dates.1 && dates.0 <= *last) {
            return None;
        }
        busy.push(dates);
        Some(Participant { member, person: person_id(&member.key, officer, self.seed) })
    }
}
