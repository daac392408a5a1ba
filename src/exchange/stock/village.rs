//! The villages whose cooperatives send a participant to the first batch. The seed adds them; the generator omits
//! them.

use crate::exchange::{
    gazetteer::{Gazetteer, GazetteerRegion},
    identity::rank,
};

/// The number of villages in each of the four provinces. Only their sum was published.
const FROM: [(&str, usize); 4] = [("32", 12), ("33", 12), ("34", 5), ("36", 9)];

/// Their indexes among all villages, grouped by province.
pub(in crate::exchange) fn villages_of_participants(gazetteer: &Gazetteer) -> Vec<usize> {
    let villages: Vec<&GazetteerRegion> = gazetteer.villages().collect();
    FROM.iter().flat_map(|(province, amount)| pick(&villages, province, *amount)).collect()
}

/// Chooses villages of a province. The choice does not depend on the random seed.
fn pick(villages: &[&GazetteerRegion], province: &str, amount: usize) -> Vec<usize> {
    let mut ranked: Vec<usize> =
        (0..villages.len()).filter(|index| villages[*index].within(2) == province).collect();
    ranked.sort_by_cached_key(|index| rank(&["participant", &villages[*index].code]));
    ranked.truncate(amount);
    ranked
}
