//! The prices: a contract that `docs/cost.md` states, and that a test holds to it.
//!
//! A point is about a microsecond of one processor, as far as rows and fields go. What is done with each row of a
//! list that the page then does not show, such as filtering, has a flat price: about a twentieth of what it takes at
//! national size without an index, and a tenth of that beneath a row.

/// What one request of a caller without a token may cost, unless the operator says otherwise.
pub const DEFAULT_LIMIT: u32 = 300_000;

/// A field, whatever it holds.
pub(super) const FIELD: u64 = 1;
/// Anything with an id: a row on a page, in a list, or behind a field.
pub(super) const ROW: u64 = 10;
/// A list, before its rows.
pub(super) const LIST: u64 = 20;

/// How many times dearer it is to go through a list at the root than through one beneath a row.
pub(super) const ROOT: u64 = 10;
/// A `totalCount`, beside the list's filter and search, which it pays again.
pub(super) const COUNT: u64 = 50;
/// An operator of a filter.
pub(super) const OPERATOR: u64 = 10;
/// An operator that reads a text through.
pub(super) const CONTAINS: u64 = 30;
/// An operator on a place: nearness, or a box.
pub(super) const PLACE: u64 = 30;
/// A value in an operator's list.
pub(super) const VALUE: u64 = 1;
/// A condition on a related row.
pub(super) const ONE: u64 = 100;
/// A condition on related rows: `some`, `none`, `every`. `count` costs two.
pub(super) const RELATION: u64 = 500;
/// How many related rows a condition is taken to look at.
pub(super) const RELATED: u64 = 2;
/// A term of an order that the row itself holds.
pub(super) const ORDER: u64 = 20;
/// A term of an order that has to be found out: another row's field, a count or sum over rows, a distance.
pub(super) const COMPUTED_ORDER: u64 = 500;
/// A search for words.
pub(super) const SEARCH: u64 = 500;
/// Figures, before their rows.
pub(super) const FIGURES: u64 = 1_000;
/// A dimension that figures are grouped by.
pub(super) const DIMENSION: u64 = 100;

/// Following linkages one step; each further step costs as much as all before it.
pub(super) const STEP: u64 = 500;
/// How far linkages can be followed.
pub(super) const MAX_STEPS: u64 = 6;

/// The schema's own description, before what is read of it.
pub(super) const INTROSPECTION: u64 = 500;

/// The page of a list that names no size, and of figures.
pub(super) const DEFAULT_PAGE: u64 = 20;
/// The largest page of figures.
pub const MAX_FIGURES: u32 = 1_000;
/// The length of a plain list whose bound the schema does not state.
pub(super) const PLAIN: u64 = 10;

/// All prices as `docs/cost.md` lists them: what for, how much, and whether it is [`ROOT`] times as much at the root.
pub const TABLE: &[(&str, u64, bool)] = &[
    ("a field", FIELD, false),
    ("a row: anything with an id", ROW, false),
    ("a list", LIST, false),
    ("`totalCount`, and the list's `where` and `search` once more", COUNT, true),
    ("an operator of a filter", OPERATOR, true),
    ("`contains`", CONTAINS, true),
    ("`near`, `box`", PLACE, true),
    ("each value of an operator's list", VALUE, true),
    ("a condition on a related row, such as `region`", ONE, true),
    ("`some`, `none`, `every`", RELATION, true),
    ("`count` of a relation", 2 * RELATION, true),
    ("a term of `orderBy` that is a field of the row", ORDER, true),
    ("any other term of `orderBy`", COMPUTED_ORDER, true),
    ("`search`", SEARCH, true),
    ("figures", FIGURES, true),
    ("each dimension of `groupBy`", DIMENSION, true),
    ("`maxDepth: 1`; doubled by each step more", STEP, false),
    ("`__schema` or `__type`", INTROSPECTION, false),
];
