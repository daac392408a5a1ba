//! Creates separate search indexes for regions and for partnerships: names of villages would outnumber all others in a
//! common one.

use crate::m20261125_000010_search::{Search, Source};

pub(crate) const REGIONS: Search = Search {
    name: "m20261125_000015_search_region",
    index: "search_region",
    sources: &[Source {
        table: "region",
        key: "code",
        name: "name_fold",
        other: None,
        place: Some("code"),
        columns: "name_fold",
    }],
};

pub(crate) const PARTNERSHIPS: Search = Search {
    name: "m20261125_000016_search_partnership",
    index: "search_partnership",
    sources: &[Source {
        table: "partnership",
        key: "id",
        name: "title_fold",
        other: Some("lower(number)"),
        place: None,
        columns: "title_fold, number",
    }],
};
