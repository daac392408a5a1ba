//! Fills the search indexes at once at the end of a load. Otherwise triggers update them row by row.

use crate::store::Engine;

/// A search index, and its source tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchIndex {
    /// The prefix of the names of its tables and its view.
    pub name: &'static str,
    pub tables: Vec<&'static str>,
}

impl SearchIndex {
    /// Whether it is made from one of these tables.
    pub(super) fn is_made_from(&self, tables: &[String]) -> bool {
        self.tables.iter().any(|own| tables.iter().any(|table| table == own))
    }

    pub(super) fn entries(&self) -> String {
        format!("{}_entry", self.name)
    }

    /// The statements that rebuild it.
    pub(super) fn fill(&self, engine: Engine) -> String {
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
