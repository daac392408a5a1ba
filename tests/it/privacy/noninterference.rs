//! Personal attributes and hidden rows do not influence any answer.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::Value as Json;
use simpul::{graph::id, store::Engine};

use super::hidden_rows::{self, KEPT_BACK, REMOVE};
use crate::{
    model::{all_queries::Ways, draw::Draw},
    support::{Registry, each_engine},
};

/// Another value for every private attribute of all people and all placements.
const OTHERWISE: [&str; 2] = [
    "UPDATE person SET name = 'X', name_fold = 'x', phone = '+62 800 0000 1234', email = 'x@example.org',
        gender = CASE WHEN gender = 'FEMALE' THEN 'MALE' ELSE 'FEMALE' END,
        education = CASE WHEN education = 'DOCTORATE' THEN NULL ELSE 'DOCTORATE' END",
    "UPDATE placement SET attendance_days = 1 + coalesce(attendance_days, 7),
        score_milli = CASE WHEN score_milli = 1000 THEN NULL ELSE 1000 END,
        certificate_number = CASE WHEN status = 'GRADUATED' THEN 'C' || {id} END",
];

/// The names that offices are held under, in the form that is searched and sorted.
const FOLDED: [&str; 2] = ["UPDATE officer SET name_fold = {id}", "UPDATE official SET name_fold = {id}"];

async fn run(registry: &Registry, sql: &str) {
    let id = if registry.engine == Engine::Sqlite { "hex(id)" } else { "CAST(id AS TEXT)" };
    registry.database.execute_unprepared(&sql.replace("{id}", id)).await.unwrap();
}

async fn answers(registry: &Registry, documents: &[String]) -> Vec<Json> {
    let mut answers = Vec::new();
    for document in documents {
        let answer = registry.ask(document).await.body;
        // What takes too long says nothing, and not twice the same.
        let late = answer["errors"]
            .as_array()
            .is_some_and(|errors| errors.iter().any(|error| error["extensions"]["code"] == "TIMEOUT"));
        answers.push(if late { Json::Null } else { answer });
    }
    let late = answers.iter().filter(|answer| answer.is_null()).count();
    assert!(late * 50 < documents.len(), "{late} of {} documents took too long", documents.len());
    answers
}

fn same(documents: &[String], before: &[Json], after: &[Json], change: &str) {
    for ((document, before), after) in documents.iter().zip(before).zip(after) {
        if before.is_null() || after.is_null() {
            continue;
        }
        assert_eq!(before, after, "{document}\nanswers otherwise after: {change}");
    }
}

/// All at once: private attributes are changed, hidden rows are deleted, and the table of persons is gone.
#[tokio::test]
async fn changing_or_removing_private_data_changes_no_answer() {
    each_engine(async |registry| {
        for change in KEPT_BACK {
            assert_eq!(hidden_rows::run(registry, change).await, 1, "{change}");
        }
        let ways = Ways::of(registry).await;
        let mut draw = Draw(ChaCha8Rng::from_seed([26; 32]));
        let mut documents: Vec<String> = ways.all().into_iter().map(|way| way.document).collect();
        documents.extend((0..150).map(|_| ways.draw(&mut draw)));
        // Each time on a node without caches.
        let before = answers(&registry.just_started(), &documents).await;
        for change in OTHERWISE.iter().chain(&FOLDED) {
            run(registry, change).await;
        }
        for removal in REMOVE {
            assert!(hidden_rows::run(registry, removal).await > 0, "{removal} finds nothing");
        }
        run(registry, "ALTER TABLE person RENAME TO nobody").await;
        let after = answers(&registry.just_started(), &documents).await;
        same(&documents, &before, &after, "what is private was changed or taken away");
    })
    .await;
}

/// Documents about an officer and their cooperative: by their ids, and by everything but them.
fn about(ways: &Ways, officer: &str, cooperative: &str) -> Vec<String> {
    let mut documents = Vec::new();
    for (noun, own) in [("officer", Some(officer)), ("placement", None)] {
        let of = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
        let mut wheres = vec![format!("{{cooperative: {{id: {{eq: {cooperative:?}}}}}}}")];
        wheres.extend(own.map(|id| format!("{{id: {{eq: {id:?}}}}}")));
        wheres.extend(own.map(|id| format!("{{id: {{ne: {id:?}}}}}")));
        for dimension in ways.values(&format!("{of}Dimension")) {
            documents.extend(wheres.iter().map(|fits| {
                format!(
                    "{{ {noun}Aggregate(where: {fits}, groupBy: [{dimension}], first: 100) {{
                       totalCount nodes {{ count cooperativeCount keys {{ value label }} }} }} }}"
                )
            }));
        }
        let fields = ways.plain_fields(&of).join(" ");
        for order in ways.values(&format!("{of}OrderField")) {
            documents.push(format!(
                "{{ cooperative(by: {{id: {cooperative:?}}}) {{
                   {noun}s(orderBy: [{{field: {order}}}], first: 100) {{ totalCount edges {{ cursor node {{ {fields} }} }} }} }} }}"
            ));
        }
    }
    documents.push(format!(
        "{{ node(id: {officer:?}) {{ ... on Officer {{ name role person {{ gender }} }} }} }}"
    ));
    documents
}

/// Changes one attribute of one person at a time, because an answer about many may still reveal one.
#[tokio::test]
async fn changing_a_personal_attribute_changes_no_answer() {
    each_engine(async |registry| {
        let ways = Ways::of(registry).await;
        let mut draw = Draw(ChaCha8Rng::from_seed([27; 32]));
        let placements = entity::placement::Entity::find().order_by_asc(entity::placement::Column::Id);
        let placements = placements.all(&registry.database).await.unwrap();
        let officers = entity::officer::Entity::find().order_by_asc(entity::officer::Column::Id);
        let officers = officers.all(&registry.database).await.unwrap();
        for _ in 0..4 {
            let placement = draw.of(&placements);
            let officer = officers.iter().find(|officer| officer.person_id == placement.person_id).unwrap();
            let person = match registry.engine {
                Engine::Sqlite => format!("X'{}'", placement.person_id.simple()),
                Engine::Postgres => format!("'{}'", placement.person_id),
            };
            let officer_id = id::encode("Officer", &officer.id.into()).to_string();
            let cooperative = id::encode("Cooperative", &officer.cooperative_id.into()).to_string();
            let documents = about(&ways, &officer_id, &cooperative);
            let before = answers(registry, &documents).await;
            for (change, key) in OTHERWISE.iter().zip(["id", "person_id"]) {
                let change = format!("{change} WHERE {key} = {person}");
                run(registry, &change).await;
                same(&documents, &before, &answers(registry, &documents).await, &change);
            }
        }
    })
    .await;
}
