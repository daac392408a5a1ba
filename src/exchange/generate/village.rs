//! Chooses the villages that have a cooperative: random ones all over the country, and for the demo also those of
//! certain regencies and names.

use std::collections::{BTreeSet, HashSet};

use super::volume::Scale;
use crate::exchange::{
    gazetteer::GazetteerRegion,
    identity::rank,
    stock::{Stock, villages_of_participants},
};

/// The regencies of the six host sites, and Belitung, where the article appeared; with the number of villages.
const SHOWN: [(&str, usize); 7] =
    [("32.04", 60), ("35.24", 40), ("33.01", 40), ("73.09", 30), ("35.07", 40), ("32.08", 30), ("19.02", 30)];

/// Chooses `amount` villages without the seeded ones, as indexes into the villages sorted by code.
pub(super) fn chosen(stock: &Stock, scale: Scale, amount: usize) -> BTreeSet<usize> {
    let villages: Vec<&GazetteerRegion> = stock.gazetteer.villages().collect();
    let seeded: HashSet<usize> = villages_of_participants(&stock.gazetteer).into_iter().collect();
    let amount = amount.saturating_sub(seeded.len()).min(villages.len());
    let mut ranked: Vec<usize> = (0..villages.len()).filter(|index| !seeded.contains(index)).collect();
    ranked.sort_by_cached_key(|index| rank(&["village", &villages[*index].code, &stock.seed.to_string()]));
    let mut chosen = BTreeSet::new();
    if scale == Scale::Demo {
        for (regency, some) in SHOWN {
            chosen.extend(
                ranked.iter().copied().filter(|index| villages[*index].within(5) == regency).take(some),
            );
        }
        chosen.extend(ranked.iter().copied().filter(|index| &*villages[*index].name == "Sidomulyo").take(24));
    }
    for index in ranked {
        if chosen.len() >= amount {
            break;
        }
        chosen.insert(index);
    }
    chosen
}
