//! The registry as of a moment, made by hand from rows and their histories, is the state that was recorded at that moment.

use std::collections::BTreeSet;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};
use simpul::{graph::id, store::Engine};
use uuid::Uuid;

use super::{
    Written,
    cooperatives::step,
    each_written, ministry,
    walks::{Callers, Draw, Walk, pool::NOUNS},
};

/// How many steps are tried, and in how many states the registry is recorded.
const STEPS: usize = 240;
const MOMENTS: usize = 5;

/// The tables with a history.
const TABLES: [&str; 19] = [
    "cooperative",
    "officer",
    "business_unit",
    "cooperative_commodity",
    "annual_report",
    "institution",
    "official",
    "partnership",
    "internship_program",
    "internship_batch",
    "training_session",
    "placement",
    "linkage",
    "linkage_month",
    "partnership_application",
    "partnership_party",
    "program_partnership",
    "program_supporter",
    "cooperative_business_class",
];

/// Columns that follow from other rows, so that a history has them as they were when the row was changed.
const DERIVED: [&str; 2] = ["participant_count", "program_visible"];

/// What of a row has a history.
async fn columns(written: &Written, table: &str) -> String {
    let sql = match written.registry.engine {
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
        Engine::Postgres => format!(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public' ORDER BY ordinal_position"
        ),
    };
    let statement = Statement::from_string(written.database.get_database_backend(), sql);
    let names = written.database.query_all_raw(statement).await.unwrap();
    let names = names.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    let names = names.filter(|name| !DERIVED.contains(&name.as_str()));
    // PostgreSQL does not compare JSON.
    let of = |name: String| match written.registry.engine {
        Engine::Sqlite => name,
        Engine::Postgres => format!("CAST({name} AS TEXT) AS {name}"),
    };
    names.map(of).collect::<Vec<_>>().join(", ")
}

/// Changes the linked rows of an agreement, a program and a cooperative, which a walk seldom does. The first round makes the
/// agreement and the program.
async fn relink(written: &Written, round: usize) {
    let found = "{ institutions(first: 4) { nodes { id } } partnerships(first: 4) { nodes { id } }
        businessClasses(first: 4) { nodes { id } }
        cooperatives(where: {region: {within: \"32\"}, status: {eq: OPERATING}}, first: 1) { nodes { id version } } }";
    let found = written.registry.data(found).await;
    let id = |list: &str, at: usize| found[list]["nodes"][at % 4]["id"].clone();
    let cooperative = &found["cooperatives"]["nodes"][0];
    let parties = json!([{ "party": id("institutions", round), "role": "FIRST" }, { "party": cooperative["id"], "role": "SECOND" }]);
    let supporters = json!([{ "institution": id("institutions", round), "role": "FUNDER" }]);
    let partnerships = json!([id("partnerships", round)]);
    let made = |noun: &str| json!(id::encode(noun, &Uuid::from_u128(u128::MAX / 2).into()).to_string());
    if round == 0 {
        let draft = json!({ "idempotencyKey": "agreement", "id": made("Partnership"), "number": "PKS/1800/2026", "title": "Uji",
                            "kind": "MOU", "parties": parties });
        written
            .done(&ministry(), ("draftPartnership", "DraftPartnershipInput"), "partnership { id }", draft)
            .await;
        let draft = json!({ "idempotencyKey": "program", "id": made("InternshipProgram"), "name": "Uji", "kind": "TRAINING",
            "sector": "TRADE", "fiscalYear": 2026, "organiser": id("institutions", 3), "supporters": supporters,
            "partnerships": partnerships });
        written.done(&ministry(), ("draftProgram", "DraftProgramInput"), "program { id }", draft).await;
        return;
    }
    let amend = |noun: &str, other: Json| {
        let version = if noun == "Cooperative" { cooperative["version"].clone() } else { json!(round) };
        let id = if noun == "Cooperative" { cooperative["id"].clone() } else { made(noun) };
        step(&format!("amended {round}"), &json!({ "id": id, "version": version }), other)
    };
    let parties = amend("Partnership", json!({ "parties": parties }));
    written
        .done(&ministry(), ("amendPartnership", "AmendPartnershipInput"), "partnership { id }", parties)
        .await;
    let links = amend("InternshipProgram", json!({ "supporters": supporters, "partnerships": partnerships }));
    written.done(&ministry(), ("amendProgram", "AmendProgramInput"), "program { id }", links).await;
    let classes = amend(
        "Cooperative",
        json!({ "businessClasses": [{ "businessClass": id("businessClasses", round), "isPrimary": true }] }),
    );
    written
        .done(&ministry(), ("amendCooperative", "AmendCooperativeInput"), "cooperative { id }", classes)
        .await;
}

/// How many rows are in the first query and not in the second, or the other way round, or more than once.
async fn differences(written: &Written, one: &str, other: &str) -> i64 {
    let count = |of: String| format!("(SELECT count(*) FROM ({of}) AS d)");
    let sql = format!(
        "SELECT {} + {} + abs({} - {})",
        count(format!("SELECT * FROM ({one}) AS a EXCEPT SELECT * FROM ({other}) AS b")),
        count(format!("SELECT * FROM ({other}) AS a EXCEPT SELECT * FROM ({one}) AS b")),
        count(one.to_owned()),
        count(other.to_owned()),
    );
    written.number(&sql).await
}

/// A step about a noun, by the ministry, which is refused least.
fn drawn(noun: usize, chance: &mut ChaCha8Rng) -> Draw {
    let noun = u8::try_from(noun).unwrap();
    Draw { noun, row: chance.random(), verb: chance.random(), caller: 0, seed: chance.random() }
}

/// The first table of which no earlier state is kept.
async fn without_history(written: &Written) -> Option<&'static str> {
    for table in TABLES {
        if written.number(&format!("SELECT count(*) FROM {table}_history")).await == 0 {
            return Some(table);
        }
    }
    None
}

#[tokio::test]
async fn the_state_as_of_a_moment_is_the_one_that_was_recorded_then() {
    each_written(async |written| {
        relink(written, 0).await;
        // What is erased of a person is erased from the history, too.
        let walk = Walk::begin(written, &["erasePerson", "correctPerson"]).await;
        let mut chance = ChaCha8Rng::from_seed([18; 32]);
        let mut moments: BTreeSet<i64> = BTreeSet::new();
        for step in 0..STEPS {
            if step % 40 == 39 {
                relink(written, step / 40 + 1).await;
            }
            let draw = drawn(step % NOUNS.len(), &mut chance);
            walk.step(draw, Callers::Several).await.unwrap();
            let head = written.number("SELECT coalesce(max(sequence), 0) FROM change").await;
            let is_recorded = step + 1 >= STEPS * (moments.len() + 1) / (MOMENTS + 1) && chance.random_bool(0.5);
            if is_recorded && moments.len() < MOMENTS && moments.insert(head) {
                for table in TABLES {
                    let copy = format!("CREATE TABLE moment_{head}_{table} AS SELECT * FROM {table}");
                    written.database.execute_unprepared(&copy).await.unwrap();
                }
            }
        }
        // Each table has a history.
        for _ in 0..600 {
            let Some(table) = without_history(written).await else { break };
            let noun = NOUNS.iter().position(|(_, of)| *of == table).unwrap_or_else(|| panic!("{table} has no history"));
            walk.step(drawn(noun, &mut chance), Callers::Several).await.unwrap();
        }
        assert_eq!(without_history(written).await, None);
        eprintln!("{moments:?} of {:?}", walk.told.lock().unwrap());
        assert_eq!(moments.len(), MOMENTS);
        walk.check().await.unwrap();
        let (mut seen, mut unlike) = (0, 0);
        for table in TABLES {
            let columns = columns(written, table).await;
            for moment in &moments {
                let recorded = format!("SELECT {columns} FROM moment_{moment}_{table}");
                let as_of = |until: &str| {
                    format!(
                        "SELECT {columns} FROM {table} WHERE since_sequence <= {moment}
                         UNION ALL SELECT {columns} FROM {table}_history WHERE since_sequence <= {moment} AND {until}"
                    )
                };
                let right = as_of(&format!("to_sequence > {moment}"));
                assert_eq!(differences(written, &recorded, &right).await, 0, "{table} as of {moment}");
                // What is compared can differ: with the rows that the moment's own write changed, or without any history.
                let of_moment = format!("SELECT count(*) FROM {table}_history WHERE to_sequence = {moment}");
                if written.number(&of_moment).await > 0 {
                    seen += differences(written, &recorded, &as_of(&format!("to_sequence >= {moment}"))).await;
                    unlike += differences(written, &recorded, &as_of("1 = 0")).await;
                }
            }
        }
        assert!(seen > 0 && unlike > 0, "{seen} {unlike}");
    })
    .await;
}
