//! The prices: a contract that `docs/cost.md` states, and that a test compares with it.
//!
//! A point for rows and fields is about a microsecond of one processor. Rows that a list reads and does not return cost
//! by the thousand rows that it is chosen from, which the schema states with `@listSize`: a point for about five
//! microseconds, measured without an index and on the slower engine (`benches/price`, decision 0029).

/// The default cost limit of one request of a caller without a token.
pub const DEFAULT_LIMIT: u32 = 450_000;

/// Bytes of arguments that are free.
pub const FREE_BYTES: u64 = 4 * 1024;
/// Bytes of arguments beyond them that cost a point: they are read, folded and bound.
pub const BYTES_FOR_A_POINT: u64 = 25;

/// A field.
pub(super) const FIELD: u64 = 1;
/// A row, which is anything with an id: on a page, in a list, or of a field.
pub(super) const ROW: u64 = 10;
/// A list, before its rows.
pub(super) const LIST: u64 = 20;

/// How many rows that a list beneath a row is chosen from cost one point.
pub(super) const CHOSEN_FROM: u64 = 10;
/// The rows that a list at the root is chosen from where the schema does not say.
pub(super) const ROOT_ROWS: u64 = 1_000;
/// The rows that a list beneath a row is chosen from where the schema does not say.
pub(super) const NESTED_ROWS: u64 = 200;
/// The rows that a walk along linkages is chosen from.
pub(super) const WALKED_ROWS: u64 = 10_000;
/// The number of rows that the following prices are for.
pub(super) const THOUSAND: u64 = 1_000;
/// Reading rows to filter, sort or count them.
pub(super) const READ: u64 = 100;
/// A `totalCount`, besides the list's filter, which is paid again.
pub(super) const COUNT: u64 = 20;
/// An operator of a filter.
pub(super) const OPERATOR: u64 = 15;
/// An operator that reads the whole of a text.
pub(super) const CONTAINS: u64 = 150;
/// An operator on a place: distance, or a box.
pub(super) const PLACE: u64 = 100;
/// A value in an operator's list.
pub(super) const VALUE: u64 = 1;
/// A condition on a related row.
pub(super) const ONE: u64 = 100;
/// A condition on related rows: `some`, `none`, `every`, besides the price of the related rows.
pub(super) const RELATION: u64 = 100;
/// `count` of a relation, besides one and a half times the price of the related rows.
pub(super) const COUNTED: u64 = 500;
/// How many rows a condition in an order is assumed to read, for each sorted row.
pub(super) const RELATED: u64 = 2;
/// A term of an order by a field of the row itself.
pub(super) const ORDER: u64 = 60;
/// A term of an order that is computed: another row's field, a count or sum over rows, a distance.
pub(super) const COMPUTED_ORDER: u64 = 1_500;
/// Figures, without their measures.
pub(super) const FIGURES: u64 = 80;
/// A dimension that figures are grouped by.
pub(super) const DIMENSION: u64 = 60;
/// Count, sum, average and extremes of a field; and each median or percentile of it.
pub(super) const MEASURE: u64 = 50;
/// Sorting the values of a field by group, for its medians and percentiles.
pub(super) const RANKED: u64 = 200;
/// A count of distinct values, such as of cooperatives.
pub(super) const DISTINCT: u64 = 350;

/// A text search.
pub(super) const SEARCH: u64 = 10_000;
/// Each further word of the text, up to the number that is read: it has candidates and is compared with each name.
pub(super) const SEARCH_WORD: u64 = 1_000;
/// Following linkages one step; each further step costs as much as all before it.
pub(super) const STEP: u64 = 6_000;
/// The most steps of a walk.
pub(super) const MAX_STEPS: u64 = 6;

/// A verb of a mutation, besides what is selected of its payload: a transaction, and the rules that it checks.
pub(super) const VERB: u64 = 5_000;

/// Introspection, without what is selected of it.
pub(super) const INTROSPECTION: u64 = 500;

/// The default size of a page.
pub(super) const DEFAULT_PAGE: u64 = 20;
/// The assumed length of a plain list whose length the schema does not state.
pub(super) const PLAIN: u64 = 10;

/// All prices as `docs/cost.md` lists them: for what, how much, and whether per [`THOUSAND`] rows that the list is chosen
/// from.
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
    ("count, sum, average, minimum and maximum of a field", MEASURE, true),
    ("each median or percentile of a field", MEASURE, true),
    ("the medians and percentiles of a field, besides", RANKED, true),
    ("a count of different values among the figures", DISTINCT, true),
    ("`search`", SEARCH, false),
    ("each further word of the text of `search`, up to 16", SEARCH_WORD, false),
    ("`maxDepth: 1`; doubled by each step more, and for `supplyChains`", STEP, false),
    ("a verb of a mutation", VERB, false),
    ("`__schema` or `__type`", INTROSPECTION, false),
    ("each 25 bytes of arguments beyond 4,096, once for each place where a value is used", 1, false),
];
