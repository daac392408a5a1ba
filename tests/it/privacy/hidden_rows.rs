//! Rows that are not public: no id and no count reveals them.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::{Registry, each_engine};

/// Two programs with batches and participants of which the public never heard: a draft, and one cancelled as such. And
/// agreements under review that a linkage and other agreements rest on.
pub(crate) const KEPT_BACK: [&str; 4] = [
    "UPDATE internship_program SET status = 'DRAFT', announced = FALSE WHERE id = {largest}",
    "UPDATE internship_program SET status = 'CANCELLED', announced = FALSE WHERE id = {largest}",
    "UPDATE partnership SET status = 'IN_REVIEW' WHERE id = (
        SELECT partnership_id FROM linkage WHERE partnership_id IS NOT NULL ORDER BY id LIMIT 1)",
    "UPDATE partnership SET status = 'CANCELLED' WHERE id = (
        SELECT parent_id FROM partnership WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1)",
];

const LARGEST: &str =
    "(SELECT b.program_id FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
    JOIN placement s ON s.batch_id = b.id WHERE p.source = 'SYNTHETIC' AND p.status = 'COMPLETED'
    GROUP BY b.program_id ORDER BY count(*) DESC, b.program_id LIMIT 1)";

const PROGRAMS: &str =
    "SELECT id FROM internship_program WHERE status = 'DRAFT' OR (status = 'CANCELLED' AND NOT announced)";
const BATCHES: &str = "SELECT id FROM internship_batch WHERE program_id IN ({programs})";
const PARTNERSHIPS: &str = "SELECT id FROM partnership WHERE status IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')";
const SEATS: &str = "status IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')";

/// Deletes all hidden rows.
pub(super) const REMOVE: [&str; 11] = [
    "DELETE FROM placement WHERE {seats} OR batch_id IN ({batches})",
    "DELETE FROM training_session WHERE batch_id IN ({batches})",
    "DELETE FROM batch_province WHERE batch_id IN ({batches})",
    "DELETE FROM internship_batch WHERE id IN ({batches})",
    "DELETE FROM program_supporter WHERE program_id IN ({programs})",
    "DELETE FROM program_partnership WHERE program_id IN ({programs}) OR partnership_id IN ({partnerships})",
    "DELETE FROM internship_program WHERE id IN ({programs})",
    "UPDATE linkage SET partnership_id = NULL WHERE partnership_id IN ({partnerships})",
    "UPDATE partnership SET parent_id = NULL WHERE parent_id IN ({partnerships})",
    "DELETE FROM partnership_party WHERE partnership_id IN ({partnerships})",
    "DELETE FROM partnership WHERE id IN ({partnerships})",
];

pub(crate) fn written(sql: &str) -> String {
    sql.replace("{batches}", BATCHES)
        .replace("{programs}", PROGRAMS)
        .replace("{partnerships}", PARTNERSHIPS)
        .replace("{seats}", SEATS)
        .replace("{largest}", LARGEST)
}

pub(crate) async fn run(registry: &Registry, sql: &str) -> u64 {
    registry.database.execute_unprepared(&written(sql)).await.unwrap().rows_affected()
}

async fn keys(registry: &Registry, noun: &str, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(registry.database.get_database_backend(), written(sql));
    let rows = registry.database.query_all_raw(statement).await.unwrap();
    let keys = rows.iter().map(|row| row.try_get_by_index::<uuid::Uuid>(0).unwrap());
    keys.map(|key| simpul::graph::id::encode(noun, &key.into()).to_string()).collect()
}

#[tokio::test]
async fn no_id_leads_to_a_hidden_row() {
    each_engine(async |registry| {
        for change in KEPT_BACK {
            assert_eq!(run(registry, change).await, 1, "{change}");
        }
        let placements = "SELECT id FROM placement WHERE {seats} OR batch_id IN ({batches})";
        let sessions = "SELECT id FROM training_session WHERE batch_id IN ({batches})";
        for (noun, sql) in [
            ("Placement", placements),
            ("TrainingSession", sessions),
            ("InternshipBatch", BATCHES),
            ("InternshipProgram", PROGRAMS),
            ("Partnership", PARTNERSHIPS),
        ] {
            let ids = keys(registry, noun, sql).await;
            assert!(ids.len() > 1, "no hidden {noun}");
            for some in ids.chunks(100) {
                let document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
                let data = registry.ask_with(document, json!({ "ids": some })).await.data();
                let found = data["nodes"].as_array().unwrap().iter().filter(|node| !node.is_null()).count();
                assert_eq!(found, 0, "{noun}");
            }
        }
    })
    .await;
}
