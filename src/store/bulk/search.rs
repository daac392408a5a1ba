//! The search indexes, filled at once from what they index. One by one, triggers keep them true.

use crate::store::Engine;

/// An index, and the tables it is made from.
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

/// The indexes that are made from one of these tables.
pub(super) fn indexes_of(tables: &[String]) -> Vec<Index> {
    let made_from =
        |index: &Index| index.sources.iter().any(|source| tables.iter().any(|table| table == source));
    INDEXES.into_iter().filter(made_from).collect()
}

impl Index {
    pub(super) fn table(self) -> String {
        format!("{}_entry", self.name)
    }

    /// Statements that make it anew.
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
