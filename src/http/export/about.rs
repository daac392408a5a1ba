//! What a file says of itself.

use chrono::{DateTime, Utc};

use crate::{exchange::table::About, http::door::AdmittedExport, registry::about};

/// The name of the enum whose values say where a record is from.
const SOURCE: &str = "Source";

/// What the file of an export is. The date has no time, so that equal rows of one day are equal files.
pub(super) fn of(admitted: &AdmittedExport<'_>, now: DateTime<Utc>) -> About {
    let variables = if admitted.variables.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&admitted.variables).unwrap_or_default()
    };
    About {
        noun: admitted.noun().to_owned(),
        query: admitted.query.clone(),
        variables,
        date: day(now),
        source: source(admitted),
        licence: format!("{}; see NOTICE", about::LICENCES.join(", ")),
    }
}

/// The day on which rows are read.
pub(super) fn day(now: DateTime<Utc>) -> String {
    now.format("%Y-%m-%d").to_string()
}

fn source(admitted: &AdmittedExport<'_>) -> String {
    let columns = admitted.columns().iter().filter(|column| column.of == SOURCE);
    let columns: Vec<String> = columns.map(|column| format!("`{}`", column.path)).collect();
    let version = env!("CARGO_PKG_VERSION");
    match columns.as_slice() {
        [] => format!("Simpul {version}"),
        [column] => format!("Simpul {version}; the column {column} says where each row is from"),
        columns => format!("Simpul {version}; the columns {} say where rows are from", columns.join(", ")),
    }
}
