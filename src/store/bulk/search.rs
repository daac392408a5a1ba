//! Fills the search indexes at once at the end of a load. Otherwise triggers update them row by row.

use crate::store::Engine;

/// The columns of an entry that its view fills.
const COLUMNS: &str =
    "noun, id, code, name, other_name, words, region_code, size, kind, community_base, program";

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
             INSERT INTO {index}_entry ({COLUMNS}) SELECT {COLUMNS} FROM {index}_source;
             {trigrams}"
        )
    }
}
