//! The rules of the domain as data: a code, a sentence in English and Indonesian, and SQL that selects the offenders,
//! which are the rows that break the rule.
//!
//! `doctor --rules` and the tests of generated data run every rule over all rows ([`Rule::count`]).
//!
//! Facts that nobody published are null. A rule that demands a fact is therefore about synthetic rows only, and its SQL
//! says so.

mod annual_report;
mod application;
mod batch;
mod business_unit;
mod commodity;
mod cooperative;
mod institution;
mod linkage;
mod linkage_month;
mod officer;
mod partnership;
mod placement;
mod program;
mod region;
mod session;

use crate::graph::load::Table;

/// The table of a noun, as in `Placement::table`.
pub type Of = fn() -> &'static Table;

/// A rule of the domain.
///
/// Its SQL runs on both engines. `{AND column}` marks a place for keys: it becomes the condition that the column is one of
/// the given keys, or nothing where the statement is about all rows. `{AND column | condition}` becomes that condition where
/// it is about all rows: a hint that makes the statement faster and selects the same rows. Put an `OR` beside a place in
/// parentheses. End an `EXISTS` with `LIMIT 1`: SQLite 3.51 loses rows of one without it (decision 0024).
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What a breach is called, such as `SEATS_EXCEEDED`.
    pub code: &'static str,
    /// The noun whose rows break it.
    pub noun: Of,
    /// What holds, in English.
    pub en: &'static str,
    /// What holds, in Indonesian.
    pub id: &'static str,
    /// Selects the primary keys of the offenders. Its places hold keys of `noun`.
    pub offenders: &'static str,
    /// From rows of other nouns, and from other rows of the same noun, to the rows that break the rule when those change.
    pub ways: &'static [Way],
}

/// A query from changed rows to the rows of a rule's noun that may break the rule after the change.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The noun of the changed rows.
    pub from: Of,
    /// Selects keys of the rule's noun. Its places hold keys of `from`.
    pub keys: &'static str,
}

/// The rules of each noun.
const NOUNS: [&[Rule]; 15] = [
    region::RULES,
    cooperative::RULES,
    officer::RULES,
    business_unit::RULES,
    commodity::RULES,
    annual_report::RULES,
    institution::RULES,
    partnership::RULES,
    program::RULES,
    batch::RULES,
    session::RULES,
    placement::RULES,
    linkage::RULES,
    linkage_month::RULES,
    application::RULES,
];

/// Every rule, noun by noun.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    NOUNS.into_iter().flatten()
}

impl Rule {
    /// The statement that counts the offenders among all rows.
    #[must_use]
    pub fn count(&self) -> String {
        format!("{} SELECT count(*) FROM (SELECT DISTINCT key FROM offender) AS offenders", self.among_all())
    }

    /// The offenders among all rows as a common table expression, `offender(key)`.
    fn among_all(&self) -> String {
        format!("WITH offender(key) AS ({})", places(self.offenders, |_, hint| hint.map(ToOwned::to_owned)))
    }
}

/// The statement with what `fill` makes of each place, which is a column and the hint that may stand beside it.
fn places(sql: &str, fill: impl Fn(&str, Option<&str>) -> Option<String>) -> String {
    let mut pieces = sql.split("{AND ");
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (place, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let (column, hint) = match place.split_once(" | ") {
            Some((column, hint)) => (column, Some(hint)),
            None => (place, None),
        };
        if let Some(condition) = fill(column, hint) {
            written.push_str("AND ");
            written.push_str(&condition);
        }
        written.push_str(rest);
    }
    written
}
