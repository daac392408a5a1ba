//! Fills the search indexes at once at the end of a load. Otherwise triggers update them row by row.

use crate::store::Engine;

/// A search index, and its source tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index {
    name: &'static str,
    sources: &'static [&'static str],
}

const INDEXES: [Index; 3] = [
    Index { name: "search", sources: &["cooperative", "institution", "internship_program", "commodity"] },
    Index { name: "search_region", sources: &["region"] },
    Index { name: "search_partnership", sources: &["partnership"] },
];

/// The search indexes with one of these tables as a source.
pub(super) fn indexes_of(tables: &[String]) -> Vec<Index> {
    let made_from =
        |index: &Index| index.sources.iter().any(|source| tables.iter().any(|table| table == source));
    INDEXES.into_iter().filter(made_from).collect()
}

impl Index {
    pub(super) fn table(self) -> String {
        format!("{}_entry", self.name)
    }

    /// The statements that rebuild it.
    pub(super) fn fill(self, engine: Engine) -> String {
        let index = self.name;
        let trigrams = match engine {
            Engine::Sqlite => format!("INSERT INTO {index}_trigram ({index}_trigram) VALUES ('rebuild');"),
            Engine::Postgres => String::new(),
        };
        format!(
            "DELETE FROM {index}_entry;
             INSERT INTO {index}_entry (noun, id, code, name, other_name, words, region_code)
             SELECT noun, id, code, name, other_name, words, region_code FROM {index}_source;
             {trigrams}"
        )
    }
}
