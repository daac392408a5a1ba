//! The search index, filled at once from what it indexes. One by one, triggers keep it true.

use crate::store::Engine;

pub(super) const TABLE: &str = "search_entry";

/// Statements that make the index anew.
pub(super) fn fill(engine: Engine) -> String {
    let trigrams = match engine {
        Engine::Sqlite => "INSERT INTO search_trigram (search_trigram) VALUES ('rebuild');",
        Engine::Postgres => "",
    };
    format!(
        "DELETE FROM {TABLE};
         INSERT INTO {TABLE} (noun, id, code, name, other_name, words, region_code)
         SELECT noun, id, code, name, other_name, words, region_code FROM search_source;
         {trigrams}"
    )
}
