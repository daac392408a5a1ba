//! Refuses to load into a database with foreign rows: rows that neither the seed nor the generator made.

use sea_orm::DatabaseConnection;

use super::{ExchangeError, Loaded, grouped, loaded, tables};
use crate::store::number;

/// Returns the previous loads, if the database holds only their rows.
pub(super) async fn check(database: &DatabaseConnection) -> Result<Loaded, ExchangeError> {
    let loaded = loaded(database).await?;
    let loads = [&loaded.seed, &loaded.generate];
    let expected: i64 = loads.into_iter().flatten().map(|load| load.rows).sum();
    let mut held = 0;
    for table in tables().iter().filter(|table| table.name() != "data_load") {
        let name = table.name();
        held += number(database, &format!("SELECT count(*) FROM \"{name}\"")).await?;
        if !table.columns().contains(&"source") {
            continue;
        }
        let foreign = format!("SELECT count(*) FROM \"{name}\" WHERE source IN ('API', 'IMPORT')");
        let foreign = number(database, &foreign).await?;
        if foreign > 0 {
            return Err(refused(&format!(
                "{} of table {name} came by import or through the API",
                rows(foreign)
            )));
        }
    }
    if held != expected {
        let words = format!(
            "it has {}, of which the registry itself made {}",
            rows(held),
            grouped(expected.unsigned_abs())
        );
        return Err(refused(&words));
    }
    Ok(loaded)
}

fn refused(why: &str) -> ExchangeError {
    ExchangeError::Refused(format!(
        "this database has rows that the registry did not create: {why}; nothing was loaded"
    ))
}

fn rows(count: i64) -> String {
    let number = grouped(count.unsigned_abs());
    if count == 1 { format!("{number} row") } else { format!("{number} rows") }
}
