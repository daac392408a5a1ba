//! The regions below and above a region, by their codes.

use std::collections::HashMap;

/// The levels that a region lies in, by the relation and the length of their codes.
pub(super) const LEVELS: [(&str, usize); 3] = [("province", 2), ("regencyCity", 5), ("district", 8)];

/// The places of rows under each of the codes that they name.
pub(super) fn grouped<'r>(codes: impl Iterator<Item = Vec<&'r str>>) -> HashMap<&'r str, Vec<usize>> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, codes) in codes.enumerate() {
        for code in codes {
            places.entry(code).or_default().push(place);
        }
    }
    places
}

/// The places under a code.
pub(super) fn below(places: &HashMap<&str, Vec<usize>>, code: &str) -> Vec<usize> {
    places.get(code).cloned().unwrap_or_default()
}

/// A region and those above it.
pub(super) fn above(code: &str) -> Vec<&str> {
    let ends = code.match_indices('.').map(|(end, _)| end).chain([code.len()]);
    ends.map(|end| &code[..end]).collect()
}
