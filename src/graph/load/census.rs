//! How many records there are of each noun, by where they come from, and how new the newest is.

use std::sync::{Arc, Mutex as Latch, PoisonError};

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

/// The last count, which all requests of this process share.
#[derive(Debug, Default)]
pub struct Census {
    last: Latch<Option<Count>>,
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
    /// `INTERNAL` when the database fails.
    pub async fn records(&self, reader: &Reader, tables: &[&'static Table]) -> Result<Arc<[Counted]>> {
        if let Some(count) = self.last() {
            let old = clock::now_micros() - count.at > GOOD_FOR;
            match self.turn.try_lock() {
                Ok(_turn) if old => return self.count(reader, tables).await,
                _ => return Ok(count.records),
            }
        }
        let _turn = self.turn.lock().await;
        match self.last() {
            Some(count) => Ok(count.records),
            None => self.count(reader, tables).await,
        }
    }

    fn last(&self) -> Option<Count> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn count(&self, reader: &Reader, tables: &[&'static Table]) -> Result<Arc<[Counted]>> {
        let at = clock::now_micros();
        let mut records = Vec::new();
        for table in tables {
            let (sql, values) = statement::census(reader.engine(), table);
            let row = reader.row(&sql, values).await?;
            let row = row.ok_or_else(|| Error::Internal("a count answered without a row".into()))?;
            let text: Option<String> = row.try_get_by_index(0)?;
            let counted: Vec<(String, u64, i64)> = serde_json::from_str(text.as_deref().unwrap_or("[]"))
                .map_err(|error| Error::Internal(format!("{}: {error}", table.name)))?;
            let noun = table.noun;
            records.extend(counted.into_iter().map(|(source, count, newest)| Counted {
                noun,
                source,
                count,
                newest,
            }));
        }
        let records: Arc<[Counted]> = records.into();
        let count = Count { at, records: Arc::clone(&records) };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(count);
        Ok(records)
    }
}
