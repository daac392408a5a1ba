//! How many records there are of each noun, by where they come from, and how new the newest is.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Latch, MutexGuard, PoisonError},
};

use tokio::sync::Mutex;

use super::{Table, statement};
use crate::{
    graph::{Error, Result},
    store::{Reader, clock},
};

/// For how long a count is good, in microseconds: five minutes.
const GOOD_FOR: i64 = 5 * 60 * 1_000_000;

/// The records of one noun that come from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub noun: &'static str,
    pub source: String,
    pub count: u64,
    /// When the newest of them last changed, in microseconds since 1970.
    pub newest: i64,
}

/// The last count of each noun, which all requests of this process share.
#[derive(Debug, Default)]
pub struct Census {
    last: Latch<HashMap<&'static str, Count>>,
    /// Who counts; everybody else goes on with the last count, where there is one.
    turn: Mutex<()>,
}

#[derive(Clone, Debug)]
struct Count {
    at: i64,
    records: Arc<[Counted]>,
}

impl Census {
    /// The records of some tables that everybody may see; five minutes old at most, or a little more while somebody
    /// else counts anew.
    ///
    /// # Errors
    /// `INTERNAL` when the database fails, `TIMEOUT` when it takes too long: what was counted so far stays counted.
    pub async fn records(&self, reader: &Reader, tables: &[&'static Table]) -> Result<Vec<Counted>> {
        let now = clock::now_micros();
        let fresh =
            |table: &&Table| self.last().get(table.noun).is_some_and(|count| now - count.at < GOOD_FOR);
        let known = |table: &&Table| self.last().contains_key(table.noun);
        if !tables.iter().all(fresh) {
            let turn = if tables.iter().all(known) {
                self.turn.try_lock().ok()
            } else {
                Some(self.turn.lock().await)
            };
            if let Some(_turn) = turn {
                for table in tables.iter().filter(|table| !fresh(table)) {
                    let records = count(reader, table).await?;
                    self.last().insert(table.noun, Count { at: now, records });
                }
            }
        }
        let last = self.last();
        let counts = tables.iter().filter_map(|table| last.get(table.noun));
        Ok(counts.flat_map(|count| count.records.iter().cloned()).collect())
    }

    fn last(&self) -> MutexGuard<'_, HashMap<&'static str, Count>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn count(reader: &Reader, table: &Table) -> Result<Arc<[Counted]>> {
    let (sql, values) = statement::census(reader.engine(), table);
    let row = reader.row(&sql, values).await?;
    let row = row.ok_or_else(|| Error::Internal("a count answered without a row".into()))?;
    let text: Option<String> = row.try_get_by_index(0)?;
    let counted: Vec<(String, u64, i64)> = serde_json::from_str(text.as_deref().unwrap_or("[]"))
        .map_err(|error| Error::Internal(format!("{}: {error}", table.name)))?;
    let noun = table.noun;
    let records = counted.into_iter();
    Ok(records.map(|(source, count, newest)| Counted { noun, source, count, newest }).collect())
}
