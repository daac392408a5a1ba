//! The villages whose cooperatives send a participant to the first batch: the seed adds them, the generator omits them.

use crate::exchange::{
    gazetteer::{Gazetteer, Place},
    identity::rank,
};

/// How many come from each of the four provinces; only their sum was published.
const FROM: [(&str, usize); 4] = [("32", 12), ("33", 12), ("34", 5), ("36", 9)];

/// Their indexes among all villages, in the order of the provinces.
pub(in crate::exchange) fn villages_of_participants(gazetteer: &Gazetteer) -> Vec<usize> {
    let villages: Vec<&Place> = gazetteer.villages().collect();
    FROM.iter().flat_map(|(province, amount)| pick(&villages, province, *amount)).collect()
}

/// Some villages of a province, the same for every seed.
fn pick(villages: &[&Place], province: &str, amount: usize) -> Vec<usize> {
    let mut ranked: Vec<usize> =
        (0..villages.len()).filter(|place| villages[*place].within(2) == province).collect();
    ranked.sort_by_cached_key(|place| rank(&["participant", &villages[*place].code]));
    ranked.truncate(amount);
    ranked
}
