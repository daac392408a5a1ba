//! All linkages in memory, with a breadth-first search.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{linkage, party, vocabulary::PartyKind};
use sea_orm::{EntityTrait, prelude::Uuid};

use crate::support::Registry;

/// The budget of a walk.
const BUDGET: usize = 1_000;

/// Every party with its kind, every linkage.
pub(super) struct Web {
    pub(super) parties: BTreeMap<Uuid, PartyKind>,
    pub(super) linkages: Vec<linkage::Model>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Downstream,
    Upstream,
    Either,
}

/// A party reached: how far away, past whom, and by which linkage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reached {
    pub(super) path: Vec<Uuid>,
    pub(super) linkage: Uuid,
}

/// The result of a walk, and whether it was truncated.
pub(super) struct Walked {
    pub(super) reached: Vec<Reached>,
    pub(super) truncated: bool,
}

impl Web {
    pub(super) async fn read(registry: &Registry) -> Self {
        let parties = party::Entity::find().all(&registry.database).await.unwrap();
        let linkages = linkage::Entity::find().all(&registry.database).await.unwrap();
        Self { parties: parties.into_iter().map(|party| (party.id, party.kind)).collect(), linkages }
    }

    pub(super) fn id(&self, party: Uuid) -> String {
        let noun = match self.parties[&party] {
            PartyKind::Cooperative => "Cooperative",
            PartyKind::Institution => "PartnerInstitution",
        };
        id(noun, party)
    }

    /// Each pair that a linkage leads from and to, with the lowest of the linkages that do.
    fn arcs(&self, way: Way, keep: impl Fn(&linkage::Model) -> bool) -> BTreeMap<Uuid, BTreeMap<Uuid, Uuid>> {
        let mut arcs: BTreeMap<Uuid, BTreeMap<Uuid, Uuid>> = BTreeMap::new();
        let mut add = |from, to, linkage: Uuid| {
            let lowest = arcs.entry(from).or_default().entry(to).or_insert(linkage);
            *lowest = linkage.min(*lowest);
        };
        for linkage in self.linkages.iter().filter(|linkage| keep(linkage)) {
            if way != Way::Upstream {
                add(linkage.supplier_id, linkage.buyer_id, linkage.id);
            }
            if way != Way::Downstream {
                add(linkage.buyer_id, linkage.supplier_id, linkage.id);
            }
        }
        arcs
    }

    /// Level by level; a party counts once for every distance at which it is met, until the budget ends.
    pub(super) fn walk(
        &self,
        start: Uuid,
        depth: usize,
        way: Way,
        keep: impl Fn(&linkage::Model) -> bool,
    ) -> Walked {
        let arcs = self.arcs(way, keep);
        let mut paths: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::from([(start, vec![start])]);
        let (mut level, mut met, mut reached) = (BTreeSet::from([start]), 0, Vec::new());
        for _ in 0..depth {
            let mut next: BTreeMap<Uuid, (Uuid, Uuid)> = BTreeMap::new();
            for (from, to, linkage) in level
                .iter()
                .flat_map(|from| arcs.get(from).into_iter().flatten().map(move |(to, l)| (from, to, l)))
            {
                let by = next.entry(*to).or_insert((*linkage, *from));
                *by = (*linkage, *from).min(*by);
            }
            next.remove(&start);
            level = next.keys().copied().collect();
            for (party, (linkage, from)) in next {
                if met == BUDGET {
                    return Walked { reached, truncated: true };
                }
                met += 1;
                if !paths.contains_key(&party) {
                    let path: Vec<Uuid> = paths[&from].iter().copied().chain([party]).collect();
                    reached.push(Reached { path: path.clone(), linkage });
                    paths.insert(party, path);
                }
            }
        }
        Walked { reached, truncated: false }
    }

    /// All chains of up to four linkages that pass no party twice, or else the shortest ones; the first few of them.
    pub(super) fn chains(
        &self,
        [from, to]: [Uuid; 2],
        depth: usize,
        way: Way,
        first: usize,
        keep: impl Fn(&linkage::Model) -> bool,
    ) -> Vec<(Vec<Uuid>, Vec<Uuid>)> {
        let arcs = self.arcs(way, &keep);
        let back = match way {
            Way::Downstream => Way::Upstream,
            Way::Upstream => Way::Downstream,
            Way::Either => Way::Either,
        };
        let left = distances(&self.arcs(back, keep), to, depth);
        let Some(&shortest) = left.get(&from).filter(|shortest| **shortest <= depth) else {
            return Vec::new();
        };
        let longest = if shortest > 4 { shortest } else { depth.min(4) };
        let mut found = Vec::new();
        extend(&arcs, &left, to, longest, &mut vec![from], &mut found);
        found.sort_by_key(|chain| {
            let middle = chain.len() / 2;
            let outward: Vec<Uuid> =
                chain[..=middle].iter().rev().chain(&chain[middle + 1..]).copied().collect();
            (chain.len(), outward)
        });
        found.truncate(first);
        let linked = |chain: Vec<Uuid>| {
            let linkages = chain.windows(2).map(|pair| arcs[&pair[0]][&pair[1]]).collect();
            (chain, linkages)
        };
        found.into_iter().map(linked).collect()
    }
}

pub(super) fn id(noun: &str, key: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{noun}:{}", key.simple()))
}

fn distances(arcs: &BTreeMap<Uuid, BTreeMap<Uuid, Uuid>>, from: Uuid, depth: usize) -> BTreeMap<Uuid, usize> {
    let (mut known, mut level) = (BTreeMap::from([(from, 0)]), vec![from]);
    for distance in 1..=depth {
        let next = level.iter().flat_map(|party| arcs.get(party).into_iter().flat_map(BTreeMap::keys));
        let next: BTreeSet<Uuid> = next.copied().filter(|party| !known.contains_key(party)).collect();
        known.extend(next.iter().map(|party| (*party, distance)));
        level = next.into_iter().collect();
    }
    known
}

fn extend(
    arcs: &BTreeMap<Uuid, BTreeMap<Uuid, Uuid>>,
    left: &BTreeMap<Uuid, usize>,
    to: Uuid,
    longest: usize,
    chain: &mut Vec<Uuid>,
    found: &mut Vec<Vec<Uuid>>,
) {
    let last = chain[chain.len() - 1];
    if last == to {
        return found.push(chain.clone());
    }
    for next in arcs.get(&last).into_iter().flat_map(BTreeMap::keys) {
        let in_reach = left.get(next).is_some_and(|left| chain.len() + left <= longest);
        if in_reach && !chain.contains(next) {
            chain.push(*next);
            extend(arcs, left, to, longest, chain, found);
            chain.pop();
        }
    }
}
