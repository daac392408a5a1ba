//! What those who are related to a record may do: its parties, and the offices of where they are.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use simpul::{
    access::{GrantScope, RegionCode, Viewer},
    graph::id,
    store::Engine,
};
use uuid::Uuid;

use super::{
    Written,
    authorisation::{declared, is_of_others, samples, value},
    each_written, with_role,
};

/// Parties to which a record of a noun is related in any way, in a column `party`; `{id}` is its key.
const RELATED: [(&str, &str); 9] = [
    ("BusinessLinkage", "SELECT supplier_id AS party FROM linkage WHERE id = {id} UNION SELECT buyer_id FROM linkage WHERE id = {id}"),
    ("InternshipBatch", "SELECT {of_program} FROM internship_batch b JOIN internship_program p ON p.id = b.program_id WHERE b.id = {id}"),
    ("InternshipProgram", "SELECT {of_program} FROM internship_program p LEFT JOIN internship_batch b ON b.program_id = p.id WHERE p.id = {id}
        UNION SELECT institution_id FROM program_supporter WHERE program_id = {id}"),
    ("Official", "SELECT institution_id AS party FROM official WHERE id = {id}"),
    ("Partnership", "SELECT party_id AS party FROM partnership_party WHERE partnership_id = {id}"),
    ("PartnershipApplication", "SELECT cooperative_id AS party FROM partnership_application WHERE id = {id}
        UNION SELECT institution_id FROM partnership_application WHERE id = {id}"),
    ("Person", "SELECT cooperative_id AS party FROM officer WHERE person_id = {id}"),
    ("Placement", "SELECT cooperative_id AS party FROM placement WHERE id = {id} UNION SELECT {of_program} FROM placement s
        JOIN internship_batch b ON b.id = s.batch_id JOIN internship_program p ON p.id = b.program_id WHERE s.id = {id}"),
    ("TrainingSession", "SELECT {of_program} FROM training_session s JOIN internship_batch b ON b.id = s.batch_id
        JOIN internship_program p ON p.id = b.program_id WHERE s.id = {id}"),
];

/// Rows that SAMPLES has none like: of other roles and states, whose parties and offices differ.
const MORE: [(&str, &str); 5] = [
    (
        "InternshipProgram",
        "SELECT id FROM internship_program WHERE status <> 'DRAFT' AND organiser_id IN
        (SELECT id FROM institution WHERE kind = 'MINISTRY' AND region_code IS NOT NULL) ORDER BY id LIMIT 1",
    ),
    (
        "InternshipBatch",
        "SELECT id FROM internship_batch WHERE program_visible AND place_code IS NOT NULL ORDER BY id DESC LIMIT 1",
    ),
    (
        "Partnership",
        "SELECT partnership_id FROM partnership_party WHERE role = 'WITNESS' ORDER BY partnership_id LIMIT 1",
    ),
    ("Person", "SELECT person_id FROM officer WHERE status = 'ENDED' ORDER BY person_id LIMIT 1"),
    (
        "Placement",
        "SELECT id FROM placement WHERE status = 'ATTENDING' AND program_visible ORDER BY id LIMIT 1",
    ),
];

/// Keys and texts of the only column of a query.
async fn column<T: sea_orm::TryGetable>(written: &Written, sql: &str) -> Vec<T> {
    let statement = Statement::from_string(written.database.get_database_backend(), sql);
    let rows = written.database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Callers who are related to a record: each of its parties, in either role, and the offices of where they are.
pub(super) async fn related(written: &Written, noun: &str, key: Uuid) -> Vec<(String, Viewer)> {
    let literal = |key: Uuid| match written.registry.engine {
        Engine::Sqlite => format!("X'{}'", key.simple()),
        Engine::Postgres => format!("'{key}'"),
    };
    let Some((_, sql)) = RELATED.iter().find(|(of, _)| *of == noun) else { return Vec::new() };
    let mut parties: BTreeSet<Uuid> = BTreeSet::new();
    let mut regions: BTreeSet<String> = BTreeSet::new();
    for of_program in ["p.organiser_id AS party", "p.host_id AS party", "b.host_id AS party"] {
        let sql = sql.replace("{of_program}", of_program).replace("{id}", &literal(key));
        let present = format!("SELECT party FROM ({sql}) x WHERE party IS NOT NULL");
        parties.extend(column::<Uuid>(written, &present).await);
    }
    for party in &parties {
        let sql = format!(
            "SELECT region_code FROM party WHERE region_code IS NOT NULL AND id = {}",
            literal(*party)
        );
        regions.extend(column::<String>(written, &sql).await);
    }
    if ["InternshipBatch", "TrainingSession"].contains(&noun) {
        let of =
            if noun == "InternshipBatch" { "" } else { "SELECT batch_id FROM training_session WHERE id = " };
        let sql = format!(
            "SELECT place_code FROM internship_batch WHERE place_code IS NOT NULL AND id = ({of}{})",
            literal(key)
        );
        regions.extend(column::<String>(written, &sql).await);
    }
    let mut callers = Vec::new();
    for party in parties {
        for role in [Role::Cooperative, Role::Partner] {
            let name = format!("{role:?} {party}");
            callers.push((name.clone(), with_role(&name, role, GrantScope::Party(party))));
        }
    }
    for code in regions {
        let region = GrantScope::WithinRegion(RegionCode::new(&code[..2]).unwrap());
        let name = format!("office of {code}");
        callers.push((name.clone(), with_role(&name, Role::Registrar, region)));
    }
    callers
}

/// `viewer { may }` for callers who are related to records of several parties: as a sender, a host, a witness or the seat's office.
#[tokio::test]
async fn parties_and_offices_of_a_record_are_told_what_they_may_do_as_the_verb_would_decide() {
    let (verbs, types) = declared();
    each_written(async |written| {
        let mut records: Vec<(&str, Uuid)> = Vec::new();
        for (noun, id) in samples(written, "32").await {
            if let Ok(simpul::graph::value::Value::Uuid(key)) =
                id::GlobalId::decode(&id.as_str().into()).unwrap().key(id::KeyKind::Uuid)
            {
                records.push((noun, key));
            }
        }
        for (noun, sql) in MORE {
            let keys = column::<Uuid>(written, sql).await;
            records.extend(keys.into_iter().map(|key| (noun, key)));
        }
        assert!(records.len() > 18, "{records:?}");
        let mut ids = samples(written, "32").await;
        let (mut allowed, mut forbidden) = (BTreeMap::new(), BTreeMap::new());
        for (noun, key) in records {
            ids.insert(noun, id::encode(noun, &key.into()).to_string());
            let callers = related(written, noun, key).await;
            for verb in verbs.iter().filter(|verb| verb.noun == noun) {
                let mut input = value(&types, &verb.input, "input", &verb.noun, &ids);
                if input.get("expectedVersion").is_none() {
                    continue;
                }
                input["expectedVersion"] = json!(1_000_000);
                let document = format!(
                    "mutation($input: {}!) {{ {}(input: $input) {{ userErrors {{ code }} }} }}",
                    verb.input, verb.name
                );
                let may = format!("query($id: ID) {{ viewer {{ may(verb: \"{}\", on: $id) }} }}", verb.name);
                for (name, viewer) in &callers {
                    input["idempotencyKey"] = json!(format!("{} {name}", verb.name));
                    let answer = written.answer(viewer, &document, json!({ "input": input })).await;
                    let refused = is_of_others(&answer);
                    let told = written.told(viewer, &may, json!({ "id": input["id"] })).await;
                    let told = &told["data"]["viewer"]["may"];
                    assert_eq!(
                        told,
                        &json!(!refused),
                        "{} of {noun} {key} by the {name}: {answer}",
                        verb.name
                    );
                    let counted = if refused { &mut forbidden } else { &mut allowed };
                    *counted.entry(noun).or_insert(0) += 1;
                }
            }
        }
        for (noun, _) in RELATED {
            assert!(
                allowed.contains_key(noun) && forbidden.contains_key(noun),
                "{noun}: {allowed:?} {forbidden:?}"
            );
        }
    })
    .await;
}
