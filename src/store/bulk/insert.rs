//! Loads rows into SQLite by multi-row INSERT, in a few sizes, so that each is prepared once.

use sea_orm::{
    Value,
    sqlx::{self, AssertSqlSafe, SqliteConnection},
};

use super::{BulkError, Table};
use crate::store::bind::bind;

/// The numbers of rows of a statement. The widest table stays far below SQLite's limit of 32,766 parameters.
const SIZES: [usize; 3] = [256, 16, 1];

pub(super) async fn write(
    session: &mut SqliteConnection,
    table: &Table,
    values: Vec<Value>,
) -> Result<(), BulkError> {
    let width = table.columns.len();
    let mut left = values.len() / width;
    let mut values = values.into_iter();
    for size in SIZES {
        let statement = statement(table, size);
        while left >= size {
            let mut query = sqlx::query(AssertSqlSafe(statement.as_str().to_owned()));
            for (index, value) in values.by_ref().take(size * width).enumerate() {
                let unknown = BulkError::Type { table: table.name, column: table.columns[index % width] };
                query = bind(query, value).ok_or(unknown)?;
            }
            let written = query.execute(&mut *session).await;
            written.map_err(|cause| BulkError::Table { table: table.name, cause })?;
            left -= size;
        }
    }
    Ok(())
}

fn statement(table: &Table, rows: usize) -> String {
    let row = format!("({})", vec!["?"; table.columns.len()].join(","));
    let columns = table.columns.join("\", \"");
    format!("INSERT INTO \"{}\" (\"{columns}\") VALUES {}", table.name, vec![row.as_str(); rows].join(","))
}
