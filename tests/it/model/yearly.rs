//! The years of a cooperative's commodity records that a list or a condition is about.

use serde_json::Value as Json;

use super::{Cell, Noun};

/// Keeps the records of the latest year, unless one of these conditions compares the year. Records of other nouns are
/// kept.
pub(crate) fn of_year(noun: &Noun, rows: &mut Vec<usize>, conditions: &[Option<&Json>]) {
    if noun.name != "CooperativeCommodity" || conditions.iter().flatten().any(|filter| names_year(filter)) {
        return;
    }
    let year = |place: &usize| match &noun.rows[*place].fields["year"] {
        Cell::Number(year) => *year,
        other => panic!("{other:?} is no year"),
    };
    let latest = rows.iter().map(year).max();
    rows.retain(|place| Some(year(place)) == latest);
}

fn names_year(filter: &Json) -> bool {
    filter.as_object().unwrap().iter().any(|(name, demand)| match name.as_str() {
        "and" | "or" => demand.as_array().unwrap().iter().any(names_year),
        "not" => names_year(demand),
        "year" => !demand.as_object().unwrap().is_empty(),
        _ => false,
    })
}
