//! Triggers that keep true, whoever writes, whether a program was announced and whether what belongs to it is visible.

use crate::dialect::Dialect;

mod postgres;
mod sqlite;

/// Whether a program is visible, of the row that the name in braces stands for.
const VISIBLE: &str =
    "({p}.status NOT IN ('DRAFT', 'CANCELLED') OR ({p}.status = 'CANCELLED' AND {p}.announced))";

/// Whether a program was announced: a draft was not, a cancelled one if it was before, any other was.
const ANNOUNCED: &str =
    "(CASE {p}.status WHEN 'DRAFT' THEN FALSE WHEN 'CANCELLED' THEN {p}.announced ELSE TRUE END)";

/// The statements that make the triggers.
pub(super) fn create(dialect: Dialect) -> String {
    match dialect {
        Dialect::PostgreSql => postgres::create(),
        Dialect::Sqlite => sqlite::create(),
    }
}

/// The statements that take them away.
pub(super) fn drop(dialect: Dialect) -> String {
    match dialect {
        Dialect::PostgreSql => postgres::DROP.to_owned(),
        Dialect::Sqlite => sqlite::drop(),
    }
}

/// A text about rows: what is visible and what was announced, of the old row, the new one, and the one called `p`.
fn written(sql: &str) -> String {
    let mut sql = sql.to_owned();
    for (word, condition) in [("visible", VISIBLE), ("announced", ANNOUNCED)] {
        for row in ["OLD", "NEW", "p"] {
            sql = sql.replace(&format!("{{{word} {row}}}"), &condition.replace("{p}", row));
        }
    }
    sql
}
