//! The prices: a contract that `docs/cost.md` states, and that a test holds to it.
//!
//! A point is about a microsecond of one processor, as far as rows and fields go. What a list goes through and does
//! not show costs by the thousand rows that it is chosen from, which the schema states with `@listSize`: a point for
//! about five microseconds, measured without an index and on the slower engine (`benches/price`, decision 0029).

/// What one request of a caller without a token may cost, unless the operator says otherwise.
pub const DEFAULT_LIMIT: u32 = 450_000;

/// Bytes of arguments that cost nothing, and those beyond them that cost a point: they are read, folded and bound.
pub const FREE_BYTES: u64 = 4 * 1024;
pub const BYTES_FOR_A_POINT: u64 = 25;

/// A field, whatever it holds.
pub(super) const FIELD: u64 = 1;
/// Anything with an id: a row on a page, in a list, or behind a field.
pub(super) const ROW: u64 = 10;
/// A list, before its rows.
pub(super) const LIST: u64 = 20;

/// Rows of those that a list beneath a row is chosen from, for each of which it costs a point more.
pub(super) const CHOSEN_FROM: u64 = 10;
/// The rows that a list at the root is chosen from where the schema does not say.
pub(super) const AMONG_ALL: u64 = 1_000;
/// The rows that a list beneath a row is chosen from where the schema does not say.
pub(super) const AMONG_FEW: u64 = 200;
/// The rows that are looked at where linkages are followed.
pub(super) const AMONG_WALKED: u64 = 10_000;
/// How many rows the prices from here on are for.
pub(super) const THOUSAND: u64 = 1_000;
/// Reading rows that are filtered, sorted or counted by something.
pub(super) const READ: u64 = 100;
/// A `totalCount`, beside the list's filter, which it pays again.
pub(super) const COUNT: u64 = 20;
/// An operator of a filter.
pub(super) const OPERATOR: u64 = 15;
/// An operator that reads a text through.
pub(super) const CONTAINS: u64 = 150;
/// An operator on a place: nearness, or a box.
pub(super) const PLACE: u64 = 100;
/// A value in an operator's list.
pub(super) const VALUE: u64 = 1;
/// A condition on a related row.
pub(super) const ONE: u64 = 100;
/// A condition on related rows: `some`, `none`, `every`, beside what the related rows cost.
pub(super) const RELATION: u64 = 100;
/// `count` of a relation, beside what the related rows cost, half as much again.
pub(super) const COUNTED: u64 = 500;
/// How many rows a condition in an order is taken to look at, for each row that is sorted.
pub(super) const RELATED: u64 = 2;
/// A term of an order that the row itself holds.
pub(super) const ORDER: u64 = 60;
/// A term of an order that has to be found out: another row's field, a count or sum over rows, a distance.
pub(super) const COMPUTED_ORDER: u64 = 1_500;
/// Figures, before what they measure.
pub(super) const FIGURES: u64 = 80;
/// A dimension that figures are grouped by.
pub(super) const DIMENSION: u64 = 60;
/// Sum, average and extremes of a field.
pub(super) const MEASURE: u64 = 50;
/// A count of different values, such as of cooperatives.
pub(super) const DISTINCT: u64 = 350;

/// A search for words.
pub(super) const SEARCH: u64 = 5_000;
/// Following linkages one step; each further step costs as much as all before it.
pub(super) const STEP: u64 = 6_000;
/// How far linkages can be followed.
pub(super) const MAX_STEPS: u64 = 6;

/// The schema's own description, before what is read of it.
pub(super) const INTROSPECTION: u64 = 500;

/// The page of a list that names no size, and of figures.
pub(super) const DEFAULT_PAGE: u64 = 20;
/// The length of a plain list whose bound the schema does not state.
pub(super) const PLAIN: u64 = 10;

/// All prices as `docs/cost.md` lists them: what for, how much, and whether it is for each [`THOUSAND`] rows that the
/// list is chosen from.
pub const TABLE: &[(&str, u64, bool)] = &[
    ("a field", FIELD, false),
    ("a row: anything with an id", ROW, false),
    ("a list", LIST, false),
    ("each 10 rows that a page beneath a row is chosen from", 1, false),
    ("a list with `where` or `orderBy`; figures", READ, true),
    ("`totalCount`, and the list's `where` once more", COUNT, true),
    ("an operator of a filter", OPERATOR, true),
    ("`contains`", CONTAINS, true),
    ("`near`, `box`", PLACE, true),
    ("each value of an operator's list", VALUE, true),
    ("a condition on a related row, such as `region`", ONE, true),
    ("`some`, `none`, `every`", RELATION, true),
    ("`count` of a relation", COUNTED, true),
    ("a term of `orderBy` that is a field of the row", ORDER, true),
    ("any other term of `orderBy`", COMPUTED_ORDER, true),
    ("figures", FIGURES, true),
    ("each dimension of `groupBy`", DIMENSION, true),
    ("sum, average, minimum and maximum of a field", MEASURE, true),
    ("a count of different values among the figures", DISTINCT, true),
    ("`search`; twice with `totalCount`", SEARCH, false),
    ("`maxDepth: 1`; doubled by each step more, and for `supplyChains`", STEP, false),
    ("`__schema` or `__type`", INTROSPECTION, false),
    ("each 25 bytes of arguments beyond 4,096, once for each place where a value is used", 1, false),
];
