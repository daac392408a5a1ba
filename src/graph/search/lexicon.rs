//! The lexicon of search: trigram frequencies in names, the names of regions, and what words name as properties.
//!
//! It is read once, from the tables. Frequencies only serve to choose the rarest trigrams: names that are added later
//! are found all the same.

use std::collections::HashMap;

use super::{
    Search,
    gram::Frequencies,
    property::{Properties, Thing},
    region_names::RegionNames,
};
use crate::{
    graph::{
        Error, Result,
        filter::Condition,
        load::{Table, VisibleRows},
    },
    store::{Engine, Reader},
};

/// Trigram frequencies of each index, names of regions, and properties.
#[derive(Debug, Default)]
pub struct Lexicon {
    frequencies: HashMap<&'static str, Frequencies>,
    pub(super) region_names: RegionNames,
    pub(super) properties: Properties,
}

/// The code length of the smallest regions that are recognised in search texts: most things are named after villages, so
/// villages are left out.
const SMALLEST: usize = 8;

impl Lexicon {
    /// Reads the lexicon from the database.
    ///
    /// # Errors
    /// The error of the database.
    pub async fn read(reader: &Reader, search: &Search) -> Result<Self> {
        let (list, array) = match reader.engine() {
            Engine::Postgres => ("json_agg", "json_build_array"),
            Engine::Sqlite => ("json_group_array", "json_array"),
        };
        let mut values = Vec::new();
        let mut visible = |table: &'static Table| {
            let always = Condition::always();
            let rows = VisibleRows::of(reader.engine(), reader.scope(), (table, "r"), &always, &mut values);
            let visible = rows.condition.map_or_else(String::new, |visible| format!(" AND {visible}"));
            (rows.source, visible)
        };
        let (regions, [code, name, parent]) = search.regions;
        let (source, shown) = visible(regions());
        let below =
            format!("(SELECT count(*) FROM {} d WHERE d.{parent} = r.{code})", regions().name.as_str());
        let mut columns = vec![format!(
            "CAST((SELECT {list}({array}(r.{code}, r.{name}, {below})) FROM {source} \
             WHERE length(r.{code}) <= {SMALLEST}{shown}) AS TEXT)"
        )];
        let (things, thing) = search.links.things;
        let (source, shown) = visible(things());
        let (links, _, linked) = search.links.table;
        let records =
            format!("(SELECT count(*) FROM {} d WHERE d.{linked} = r.{})", links().name.as_str(), thing[0]);
        let thing = thing.map(|column| format!("r.{column}")).join(", ");
        columns.push(format!(
            "CAST((SELECT {list}({array}({thing}, {records})) FROM {source} WHERE 1 = 1{shown}) AS TEXT)"
        ));
        for index in &search.indexes {
            columns.push(format!("CAST((SELECT {list}(e.words) FROM {}_entry e) AS TEXT)", index.name));
        }
        let row = reader.row_apart(&format!("SELECT {}", columns.join(", ")), values).await?;
        let row = row.ok_or_else(|| Error::Internal("names were answered without a row".into()))?;
        let text = |column: usize| row.try_get_by_index::<Option<String>>(column);
        let mut lexicon = Self::default();
        for (code, name, size) in rows::<(String, String, u32)>(text(0)?)? {
            lexicon.region_names.add(&search.region_names, (&code, &name, size));
        }
        for (area, region) in &(search.vocabulary)().areas {
            lexicon.region_names.add_area(area, region);
        }
        lexicon.properties = Properties::of(&(search.vocabulary)().properties, &rows::<Thing>(text(1)?)?);
        for (at, index) in search.indexes.iter().enumerate() {
            let frequencies = lexicon.frequencies.entry(index.name).or_default();
            for words in rows::<String>(text(2 + at)?)? {
                frequencies.count(&words);
            }
        }
        Ok(lexicon)
    }

    /// The frequencies in the names of an index.
    pub(super) fn frequencies(&self, index: &str) -> &Frequencies {
        static NONE: std::sync::LazyLock<Frequencies> = std::sync::LazyLock::new(Frequencies::default);
        self.frequencies.get(index).unwrap_or(&NONE)
    }

    /// Whether a word by itself names a region or a property.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.region_names.has(word) || self.properties.has(word)
    }
}

/// Parses the rows of a JSON list; an empty list may be null.
pub(super) fn rows<T: serde::de::DeserializeOwned>(json: Option<String>) -> Result<Vec<T>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(&json).map_err(|error| Error::Internal(format!("search cannot be read: {error}")))
}
