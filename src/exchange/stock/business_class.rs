//! The reference list of business classes, in both editions where both have the code.

use entity::business_class;
use serde::Deserialize;

use super::table;
use crate::{
    exchange::{ExchangeError, gazetteer::damaged},
    graph::fold::fold,
};

#[derive(Debug, Deserialize)]
struct Line {
    code: String,
    section: String,
    title_kbli2020: String,
    title_kbli2025_same_code: String,
}

/// Reads the reference list.
pub(in crate::exchange) fn business_classes() -> Result<Vec<business_class::Model>, ExchangeError> {
    let mut rows = Vec::new();
    for line in table!("kbli.csv").deserialize() {
        let line: Line = line.map_err(damaged)?;
        for (edition, title) in [(2020, &line.title_kbli2020), (2025, &line.title_kbli2025_same_code)] {
            if !title.is_empty() {
                rows.push(business_class::Model {
                    id: format!("{edition}.{}", line.code),
                    edition,
                    code: line.code.clone(),
                    section: line.section.clone(),
                    title_fold: fold(title),
                    title: title.clone(),
                });
            }
        }
    }
    Ok(rows)
}
