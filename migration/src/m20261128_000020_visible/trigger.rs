//! Triggers that maintain whether a program was announced, and whether the program of a row is visible.

use crate::dialect::Dialect;

mod postgres;
mod sqlite;

/// SQL: whether the program in the row named in braces is visible.
const VISIBLE: &str =
    "({p}.status NOT IN ('DRAFT', 'CANCELLED') OR ({p}.status = 'CANCELLED' AND {p}.announced))";

/// SQL: whether a program was announced. A draft was not, a cancelled one if it was before, any other was.
const ANNOUNCED: &str =
    "(CASE {p}.status WHEN 'DRAFT' THEN FALSE WHEN 'CANCELLED' THEN {p}.announced ELSE TRUE END)";

/// The statements that create the triggers.
pub(super) fn create(dialect: Dialect) -> String {
    match dialect {
        Dialect::PostgreSql => postgres::create(),
        Dialect::Sqlite => sqlite::create(),
    }
}

/// The statements that drop the triggers.
pub(super) fn drop(dialect: Dialect) -> String {
    match dialect {
        Dialect::PostgreSql => postgres::DROP.to_owned(),
        Dialect::Sqlite => sqlite::drop(),
    }
}

/// Fills in the expressions for visible and announced, for the old row, the new row, and the row `p`.
fn written(sql: &str) -> String {
    let mut sql = sql.to_owned();
    for (word, condition) in [("visible", VISIBLE), ("announced", ANNOUNCED)] {
        for row in ["OLD", "NEW", "p"] {
            sql = sql.replace(&format!("{{{word} {row}}}"), &condition.replace("{p}", row));
        }
    }
    sql
}
