//! Counting all records of a noun.

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use super::{Outline, Scope, Writer};
use crate::{graph::load::Table, store::Engine};

/// Writes the statement that answers `[[source, count, newest], …]` of the records that everybody may see.
pub(in crate::graph::load) fn census(engine: Engine, table: &Table) -> (String, Vec<SqlValue>) {
    let outline = &Outline::default();
    let mut writer =
        Writer { engine, outline, planned: None, sql: String::new(), values: Vec::new(), aliases: 0 };
    let (array, list) = (writer.array(), writer.list());
    let _ = write!(
        writer.sql,
        "SELECT CAST((SELECT {list}({array}(s.source, s.n, s.newest)) FROM (SELECT x.source, count(*) n, \
         max(x.updated_at) newest FROM {} x WHERE 1 = 1",
        table.name
    );
    writer.and(&table.visible, &Scope::outside("x".to_owned()));
    writer.sql.push_str(" GROUP BY x.source ORDER BY x.source) s) AS TEXT)");
    (writer.sql, writer.values)
}
