//! Counts the records of each noun by source, with the time of the latest change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Latch, MutexGuard, PoisonError},
};

use tokio::sync::Mutex;

use super::{Table, statement};
use crate::{
    access::Scope,
    graph::{Error, Result},
    store::{Reader, clock},
};

/// How long a count is used, in microseconds: five minutes.
const GOOD_FOR: i64 = 5 * 60 * 1_000_000;

/// How long a count is kept that nobody asks for: an hour.
const KEPT_FOR: i64 = 12 * GOOD_FOR;

/// The number of tables that one statement counts. If the time limit ends the next statement, these counts are kept.
const AT_ONCE: usize = 5;

/// The number of records of one noun from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    pub noun: &'static str,
    pub source: String,
    pub count: u64,
    /// The time of the latest change to any of them, in microseconds since 1970.
    pub newest: i64,
}

/// The latest count of each noun in each scope, shared by all requests of this process.
#[derive(Debug, Default)]
pub struct RecordCounts {
    last: Latch<HashMap<(Scope, &'static str), CachedCounts>>,
    /// Held by the request that counts. Meanwhile, other requests use the latest count, if there is one.
    turn: Mutex<()>,
}

#[derive(Clone, Debug)]
struct CachedCounts {
    at: i64,
    records: Arc<[SourceCount]>,
}

impl RecordCounts {
    /// The visible records of some tables, by noun and source. Counts are at most five minutes old, or a little older
    /// while another request counts again.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails, `TIMEOUT` when counting takes too long. Tables that were counted by then
    /// stay counted.
    pub async fn records(&self, reader: &Reader, tables: &[&'static Table]) -> Result<Vec<SourceCount>> {
        let (now, scope) = (clock::now_micros(), reader.scope().clone());
        let fresh = |table: &&Table| {
            self.last().get(&(scope.clone(), table.noun)).is_some_and(|count| now - count.at < GOOD_FOR)
        };
        let known = |table: &&Table| self.last().contains_key(&(scope.clone(), table.noun));
        if !tables.iter().all(fresh) {
            let turn = if tables.iter().all(known) {
                self.turn.try_lock().ok()
            } else {
                Some(self.turn.lock().await)
            };
            if let Some(_turn) = turn {
                let stale: Vec<_> = tables.iter().copied().filter(|table| !fresh(table)).collect();
                for tables in stale.chunks(AT_ONCE) {
                    for (table, records) in tables.iter().zip(count(reader, tables).await?) {
                        let mut last = self.last();
                        // A scope whose callers are gone is forgotten.
                        last.retain(|_, count| now - count.at < KEPT_FOR);
                        last.insert((scope.clone(), table.noun), CachedCounts { at: now, records });
                    }
                }
            }
        }
        let last = self.last();
        let counts = tables.iter().filter_map(|table| last.get(&(scope.clone(), table.noun)));
        Ok(counts.flat_map(|count| count.records.iter().cloned()).collect())
    }

    fn last(&self) -> MutexGuard<'_, HashMap<(Scope, &'static str), CachedCounts>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the records of each of these tables.
async fn count(reader: &Reader, tables: &[&'static Table]) -> Result<Vec<Arc<[SourceCount]>>> {
    let (sql, values) = statement::record_counts(reader.engine(), reader.scope(), tables);
    let row = reader.row_apart(&sql, values).await?;
    let row = row.ok_or_else(|| Error::Internal("a count answered without a row".into()))?;
    let text: String = row.try_get_by_index(0)?;
    let counted: Vec<Option<Vec<(String, u64, i64)>>> =
        serde_json::from_str(&text).map_err(|error| Error::Internal(format!("a count: {error}")))?;
    let records = tables.iter().zip(counted).map(|(table, sources)| {
        let sources = sources.unwrap_or_default().into_iter();
        sources
            .map(|(source, count, newest)| SourceCount { noun: table.noun, source, count, newest })
            .collect()
    });
    Ok(records.collect())
}
