//! Writes the SQL that counts all records of a noun.

use std::fmt::Write;

use sea_orm::Value as SqlValue;

use super::{DocumentSelection, StatementWriter};
use crate::{access::Scope, graph::load::Table, store::Engine};

/// Writes the statement that returns `[[[source, count, newest], …], …]`: for each table, the visible records by
/// source.
pub(in crate::graph::load) fn record_counts(
    engine: Engine,
    scope: &Scope,
    tables: &[&'static Table],
) -> (String, Vec<SqlValue>) {
    let selection = &DocumentSelection::default();
    let mut writer = StatementWriter::new(engine, scope, selection);
    let (array, list, json) = (writer.array(), writer.list(), if writer.postgres() { "" } else { "json" });
    let _ = write!(writer.sql, "SELECT CAST({array}(");
    for (at, table) in tables.iter().enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        let has = |name: &str| table.columns.iter().any(|column| column.name == name);
        let source = if has("source") { "x.source" } else { "''" };
        // A load is not changed later.
        let newest = if has("updated_at") { "updated_at" } else { "loaded_at" };
        let _ = write!(
            writer.sql,
            "{comma}{json}((SELECT {list}({array}(s.source, s.n, s.newest)) FROM (SELECT {source} AS source, count(*) n, \
             max(x.{newest}) newest"
        );
        writer.all_rows(table, "x");
        writer.sql.push_str(" GROUP BY 1 ORDER BY 1) s))");
    }
    writer.sql.push_str(") AS TEXT)");
    (writer.sql, writer.values)
}
