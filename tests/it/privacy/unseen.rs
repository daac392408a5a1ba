//! Rows that the public may not see: which they are, that no id leads there, and what keeps it so.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};
use simpul::store::Engine;

use crate::support::{Registry, each_engine};

/// Two programs with batches and participants of which the public never heard: a draft, and one cancelled as such. And
/// agreements under review that a linkage and other agreements rest on.
pub(super) const KEPT_BACK: [&str; 4] = [
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

/// Takes everything away that nobody may see.
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

fn written(sql: &str) -> String {
    sql.replace("{batches}", BATCHES)
        .replace("{programs}", PROGRAMS)
        .replace("{partnerships}", PARTNERSHIPS)
        .replace("{seats}", SEATS)
        .replace("{largest}", LARGEST)
}

pub(super) async fn run(registry: &Registry, sql: &str) -> u64 {
    registry.database.execute_unprepared(&written(sql)).await.unwrap().rows_affected()
}

async fn keys(registry: &Registry, noun: &str, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(registry.database.get_database_backend(), written(sql));
    let rows = registry.database.query_all_raw(statement).await.unwrap();
    let keys = rows.iter().map(|row| row.try_get_by_index::<uuid::Uuid>(0).unwrap());
    keys.map(|key| simpul::graph::id::encode(noun, &key.into()).to_string()).collect()
}

#[tokio::test]
async fn no_id_leads_to_what_nobody_may_see() {
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

/// Whoever writes, and however: what belongs to a program goes with it.
#[tokio::test]
async fn what_belongs_to_a_program_is_seen_when_the_program_is() {
    each_engine(async |registry| {
        let totals = async || {
            let figures = "{ internshipBatches { totalCount } placements { totalCount } registry { counts { noun count } } }";
            let data = registry.just_started().data(figures).await;
            let counts = data["registry"]["counts"].as_array().unwrap().clone();
            let sessions = counts.iter().filter(|count| count["noun"] == "TrainingSession");
            let sessions: u64 = sessions.map(|count| count["count"].as_u64().unwrap()).sum();
            [&data["internshipBatches"]["totalCount"], &data["placements"]["totalCount"]]
                .map(|count| count.as_u64().unwrap())
                .into_iter()
                .chain([sessions])
                .collect::<Vec<_>>()
        };
        let before = totals().await;
        for kept_back in ["status = 'DRAFT'", "status = 'CANCELLED', announced = FALSE"] {
            run(registry, &format!("UPDATE internship_program SET {kept_back} WHERE id = {{largest}}")).await;
            assert!(totals().await.iter().zip(&before).all(|(now, before)| now < before), "{kept_back}");
            let shown = "UPDATE internship_program SET status = 'COMPLETED', announced = TRUE
                WHERE id IN ({programs}) AND id IN (SELECT b.program_id FROM internship_batch b
                JOIN placement s ON s.batch_id = b.id WHERE s.status = 'GRADUATED')";
            run(registry, shown).await;
            assert_eq!(totals().await, before, "{kept_back}");
        }
        // A batch that moves to a draft takes along what is in it, and what is added there is hidden too.
        run(registry, "UPDATE internship_batch SET number = 90, program_id = (SELECT id FROM internship_program
            WHERE status = 'DRAFT' ORDER BY id LIMIT 1) WHERE id = (SELECT batch_id FROM placement
            WHERE status = 'ATTENDING' AND batch_id IN (SELECT batch_id FROM training_session) ORDER BY id DESC LIMIT 1)").await;
        let moved = totals().await;
        assert!(moved.iter().zip(&before).all(|(now, before)| now < before));
        run(registry, "INSERT INTO training_session (id, batch_id, topic, topic_fold, method, hours_milli, held_on,
            version, created_at, updated_at, source) SELECT (SELECT id FROM person ORDER BY id LIMIT 1), id, 'T', 't', 'ONLINE',
            1000, starts_on, 1, 1, 1, 'SYNTHETIC' FROM internship_batch WHERE number = 90").await;
        assert_eq!(totals().await, moved);
    })
    .await;
}

/// Seats taken are seats that anyone can count: no difference tells how many left.
#[tokio::test]
async fn a_batch_counts_as_many_participants_as_it_shows() {
    each_engine(async |registry| {
        let document = "query($after: String) { internshipBatches(first: 100, after: $after) {
            pageInfo { hasNextPage endCursor }
            nodes { participantCount
              placements(where: {status: {in: [CONFIRMED, ATTENDING, GRADUATED]}}) { totalCount } } } }";
        let (mut after, mut batches) = (Json::Null, 0);
        loop {
            let data = registry.ask_with(document, json!({ "after": after })).await.data();
            let page = &data["internshipBatches"];
            for batch in page["nodes"].as_array().unwrap() {
                assert_eq!(batch["participantCount"], batch["placements"]["totalCount"]);
                batches += 1;
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert!(batches > 10);
    })
    .await;
}

/// What a registry lacks that is older than the columns which say whether a program is visible.
fn taken_back(engine: Engine) -> Vec<&'static str> {
    let triggers: &[&str] = match engine {
        Engine::Postgres => &[
            "DROP FUNCTION internship_program_visible() CASCADE",
            "DROP FUNCTION internship_batch_visible() CASCADE",
            "DROP FUNCTION internship_batch_beneath() CASCADE",
            "DROP FUNCTION of_batch_visible() CASCADE",
        ],
        Engine::Sqlite => &[
            "DROP TRIGGER internship_program_visible",
            "DROP TRIGGER internship_batch_beneath",
            "DROP TRIGGER internship_batch_visible_inserted",
            "DROP TRIGGER internship_batch_visible_moved",
            "DROP TRIGGER training_session_visible_inserted",
            "DROP TRIGGER training_session_visible_moved",
            "DROP TRIGGER placement_visible_inserted",
            "DROP TRIGGER placement_visible_moved",
        ],
    };
    let rest = [
        "DROP INDEX placement_batch_id_id_idx",
        "DROP INDEX placement_cooperative_id_id_idx",
        "ALTER TABLE placement DROP COLUMN program_visible",
        "ALTER TABLE training_session DROP COLUMN program_visible",
        "ALTER TABLE internship_batch DROP COLUMN program_visible",
        "ALTER TABLE internship_program DROP COLUMN announced",
        "CREATE INDEX placement_batch_id_id_idx ON placement (batch_id, id)",
        "CREATE INDEX placement_cooperative_id_id_idx ON placement (cooperative_id, id)",
        "DELETE FROM seaql_migrations WHERE version = 'm20261128_000020_visible'",
    ];
    triggers.iter().copied().chain(rest).collect()
}

/// A registry from before is brought up to date: what had participants was announced, and who fell out no longer counts.
#[tokio::test]
async fn an_older_registry_learns_what_was_announced_and_counts_anew() {
    each_engine(async |registry| {
        let count = async |sql: &str| -> i64 {
            let statement = Statement::from_string(registry.database.get_database_backend(), written(sql));
            let row = registry.database.query_one_raw(statement).await.unwrap().unwrap();
            row.try_get_by_index(0).unwrap()
        };
        let (batches, programs) = (
            "SELECT CAST(sum(participant_count) AS BIGINT) FROM internship_batch",
            "SELECT CAST(sum(participant_count) AS BIGINT) FROM internship_program",
        );
        let now = (count(batches).await, count(programs).await);
        for change in [
            "UPDATE internship_batch SET participant_count = participant_count + (SELECT count(*) FROM placement s
                WHERE s.batch_id = internship_batch.id AND s.status = 'INCOMPLETE')",
            "UPDATE internship_program SET participant_count = (SELECT coalesce(sum(b.participant_count), 0)
                FROM internship_batch b WHERE b.program_id = internship_program.id)",
            "UPDATE internship_program SET status = 'CANCELLED' WHERE id = {largest}",
        ] {
            run(registry, change).await;
        }
        for step in taken_back(registry.engine) {
            run(registry, step).await;
        }
        assert!(count(batches).await > now.0);
        migration::up(&registry.database).await.unwrap();
        assert_eq!((count(batches).await, count(programs).await), now);
        let wrong = "SELECT count(*) FROM internship_program
            WHERE (status NOT IN ('DRAFT', 'CANCELLED') AND NOT announced) OR (status = 'DRAFT' AND announced)";
        assert_eq!(count(wrong).await, 0);
        let cancelled = "SELECT count(*) FROM internship_program WHERE status = 'CANCELLED' AND announced";
        assert_eq!(count(cancelled).await, 1);
        let beneath = "SELECT count(*) FROM internship_batch
            WHERE program_visible = (program_id IN ({programs}))";
        assert_eq!(count(beneath).await, 0);
    })
    .await;
}
