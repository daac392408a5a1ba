//! The lexicon of search: trigram frequencies in names, and the names of regions.
//!
//! It is read once, from the tables. Frequencies only serve to choose the rarest trigrams: names that are added later
//! are found all the same.

use super::{Index, gram::Frequencies, region_names::RegionNames};
use crate::{
    graph::{Error, Result, filter::Condition, load::VisibleRows},
    store::{Engine, Reader},
};

/// Trigram frequencies and names of regions.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub(super) frequencies: Frequencies,
    pub(super) region_names: RegionNames,
}

impl Lexicon {
    /// Reads the lexicon from the database.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn read(reader: &Reader, index: &Index) -> Result<Self> {
        let (list, pair) = match reader.engine() {
            Engine::Postgres => ("json_agg", "json_build_array"),
            Engine::Sqlite => ("json_group_array", "json_array"),
        };
        let (entries, (table, code, name)) = (index.name, index.regions);
        let mut values = Vec::new();
        let regions = VisibleRows::of(
            reader.engine(),
            reader.scope(),
            (table(), "r"),
            &Condition::always(),
            &mut values,
        );
        let visible = regions.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
        let sql = format!(
            "SELECT CAST((SELECT {list}(e.words) FROM {entries}_entry e) AS TEXT), \
             CAST((SELECT {list}({pair}(r.{code}, r.{name})) FROM {} WHERE length(r.{code}) <= {SMALLEST}{visible}) AS TEXT)",
            regions.source
        );
        let row = reader.row_apart(&sql, values).await?;
        let row = row.ok_or_else(|| Error::Internal("names were answered without a row".into()))?;
        let [words, names] = [0, 1].map(|column| row.try_get_by_index::<Option<String>>(column));
        let mut lexicon = Self::default();
        for words in rows::<String>(words?)? {
            lexicon.frequencies.count(&words);
        }
        for (code, name) in rows::<(String, String)>(names?)? {
            lexicon.region_names.add(&index.region_names, &code, &name);
        }
        Ok(lexicon)
    }
}

/// The code length of the smallest regions that are recognised in search texts: most things are named after villages, so
/// villages are left out.
const SMALLEST: usize = 8;

/// Parses the rows of a JSON list; an empty list may be null.
pub(super) fn rows<T: serde::de::DeserializeOwned>(json: Option<String>) -> Result<Vec<T>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(&json).map_err(|error| Error::Internal(format!("search cannot be read: {error}")))
}
