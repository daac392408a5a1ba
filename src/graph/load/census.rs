//! How many records there are of each noun, by where they come from, and how new the newest is.

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

/// For how long a count is good, in microseconds: five minutes.
const GOOD_FOR: i64 = 5 * 60 * 1_000_000;

/// Tables that one statement counts; where the time ends before the next, these stay counted.
const AT_ONCE: usize = 5;

/// The records of one noun that come from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub noun: &'static str,
    pub source: String,
    pub count: u64,
    /// When the newest of them last changed, in microseconds since 1970.
    pub newest: i64,
}

/// The last count of each noun in each scope, which all requests of this process share.
#[derive(Debug, Default)]
pub struct Census {
    last: Latch<HashMap<(Scope, &'static str), Count>>,
    /// Who counts; everybody else goes on with the last count, where there is one.
    turn: Mutex<()>,
}

#[derive(Clone, Debug)]
struct Count {
    at: i64,
    records: Arc<[Counted]>,
}

impl Census {
    /// The records of some tables that the reader's scope shows; five minutes old at most, or a little more while somebody
    /// else counts anew.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails, `TIMEOUT` when it takes too long: what was counted so far stays counted.
    pub async fn records(&self, reader: &Reader, tables: &[&'static Table]) -> Result<Vec<Counted>> {
        let (now, scope) = (clock::now_micros(), *reader.scope());
        let fresh = |table: &&Table| {
            self.last().get(&(scope, table.noun)).is_some_and(|count| now - count.at < GOOD_FOR)
        };
        let known = |table: &&Table| self.last().contains_key(&(scope, table.noun));
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
                        self.last().insert((scope, table.noun), Count { at: now, records });
                    }
                }
            }
        }
        let last = self.last();
        let counts = tables.iter().filter_map(|table| last.get(&(scope, table.noun)));
        Ok(counts.flat_map(|count| count.records.iter().cloned()).collect())
    }

    fn last(&self) -> MutexGuard<'_, HashMap<(Scope, &'static str), Count>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The records of each of these tables.
async fn count(reader: &Reader, tables: &[&'static Table]) -> Result<Vec<Arc<[Counted]>>> {
    let (sql, values) = statement::census(reader.engine(), reader.scope(), tables);
    let row = reader.row_apart(&sql, values).await?;
    let row = row.ok_or_else(|| Error::Internal("a count answered without a row".into()))?;
    let text: String = row.try_get_by_index(0)?;
    let counted: Vec<Option<Vec<(String, u64, i64)>>> =
        serde_json::from_str(&text).map_err(|error| Error::Internal(format!("a count: {error}")))?;
    let records = tables.iter().zip(counted).map(|(table, sources)| {
        let sources = sources.unwrap_or_default().into_iter();
        sources.map(|(source, count, newest)| Counted { noun: table.noun, source, count, newest }).collect()
    });
    Ok(records.collect())
}
