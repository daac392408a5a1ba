//! Conditions on a party by type: an id of a cooperative never matches an institution.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use simpul::{graph::id, graph::load::Planner, store::Engine};
use uuid::Uuid;

use crate::{
    plans::{Ways, heard, scans, searches, telling},
    support::{
        Registry, database, each_engine,
        relations::{self, Relation},
    },
};

/// The two kinds of party, as the tables, the conditions and the ids call them.
const KINDS: [(&str, &str); 2] = [("cooperative", "Cooperative"), ("institution", "PartnerInstitution")];

/// Every party that another table names, of one kind.
const NAMED: &str = "SELECT k.id FROM {table} k WHERE k.id IN (
    SELECT supplier_id FROM linkage UNION SELECT buyer_id FROM linkage UNION SELECT party_id FROM partnership_party
    UNION SELECT host_id FROM internship_program UNION SELECT host_id FROM internship_batch) ORDER BY k.id";

async fn keys(database: &impl ConnectionTrait, table: &str) -> Vec<Uuid> {
    let sql = NAMED.replace("{table}", table);
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

fn ids(noun: &str, keys: &[Uuid]) -> Vec<String> {
    keys.iter().map(|key| id::encode(noun, &(*key).into()).to_string()).collect()
}

/// The lists with conditions on a party, and those conditions.
fn lists() -> Vec<(String, String, Relation)> {
    let of = |(list, filter): (String, String)| {
        let parties = relations::of(&filter).into_iter().filter(|relation| relation.of == "PartyWhere");
        parties.map(|relation| (list.clone(), filter.clone(), relation)).collect::<Vec<_>>()
    };
    relations::lists().into_iter().flat_map(of).collect()
}

async fn total(registry: &Registry, list: &str, filter: &str, fits: &Value) -> u64 {
    let document = format!("query($where: {filter}) {{ {list}(where: $where, first: 1) {{ totalCount }} }}");
    let data = registry.ask_with(&document, json!({ "where": fits })).await.data();
    data[list]["totalCount"].as_u64().unwrap()
}

#[tokio::test]
async fn an_id_of_a_cooperative_matches_no_institution_in_any_party_condition() {
    each_engine(async |registry| {
        let registry = &registry.limited_to(u32::MAX);
        let lists = lists();
        assert!(lists.len() > 4, "{lists:?}");
        let mut found = [0, 0];
        for (list, filter, relation) in &lists {
            let name = &relation.name;
            let count = async |fits: Value| total(registry, list, filter, &json!({ name: fits })).await;
            let some = |fits: Value| if relation.many { json!({ "some": fits }) } else { fits };
            let all = total(registry, list, filter, &json!({})).await;
            for (kind, ((word, noun), (other, _))) in
                KINDS.into_iter().zip(KINDS.into_iter().rev()).enumerate()
            {
                let own = ids(noun, &keys(&registry.database, word).await);
                let forged = ids(noun, &keys(&registry.database, other).await);
                let any = count(some(json!({ word: { "isNull": false } }))).await;
                found[kind] += any;
                for (ids, expected) in [(&own, any), (&forged, 0)] {
                    let id = json!({ word: { "id": { "in": ids } } });
                    assert_eq!(count(some(id.clone())).await, expected, "{list} {name} {word}");
                    let named = json!({ word: { "id": { "in": ids }, "name": { "isNull": false } } });
                    assert_eq!(count(some(named)).await, expected, "{list} {name} {word}, by name too");
                    let either = json!({ "or": [{ word: { "id": { "in": ids } } }, { word: { "or": [] } }] });
                    assert_eq!(count(some(either)).await, expected, "{list} {name} {word}, or nothing");
                    let without = json!({ "not": { name: some(id) } });
                    let without = total(registry, list, filter, &without).await;
                    assert_eq!(without, all - expected, "not {list} {name} {word}");
                }
                for id in forged.iter().take(3) {
                    assert_eq!(
                        count(some(json!({ word: { "id": { "eq": id } } }))).await,
                        0,
                        "{list} {name} {id}"
                    );
                }
            }
        }
        assert!(found.iter().all(|found| *found > 10), "{found:?}");
    })
    .await;
}

/// A condition on the key uses the list's own index, also in combination with other conditions on the party.
#[tokio::test]
async fn a_list_filtered_by_party_id_uses_an_index() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let connection = telling(engine, &fresh.url()).await;
        let registry = Registry::over(engine, connection.clone(), database::TIME).await.planned(Planner::On);
        let linkages = lists().into_iter().filter(|(list, ..)| list == "linkages");
        let mut tried = 0;
        for (list, filter, relation) in linkages {
            for (word, noun) in KINDS {
                let party = &ids(noun, &keys(&connection, word).await)[0];
                let id = json!({ "id": { "eq": party } });
                for fits in [json!({ word: id }), json!({ word: id, "name": { "contains": "a" } })] {
                    let document = format!(
                        "query($where: {filter}) {{ {list}(where: $where, first: 10) {{ totalCount nodes {{ id }} }} }}"
                    );
                    let ask = async || {
                        let variables = json!({ "where": { &relation.name: fits } });
                        registry.ask_with(&document, variables).await.data()
                    };
                    ask().await;
                    heard().words().clear();
                    let data = ask().await;
                    let mut ways = Ways::new();
                    let words = heard().words().clone();
                    for said in words {
                        match engine {
                            Engine::Postgres => {
                                let plan = said.find('{').map_or("{}", |begin| &said[begin..]);
                                let plan: Value = serde_json::from_str(plan).unwrap_or_default();
                                scans(&plan["Plan"], &mut ways);
                            }
                            Engine::Sqlite if said.starts_with("SELECT") => {
                                searches(&connection, &said, &mut ways).await;
                            }
                            Engine::Sqlite => {}
                        }
                    }
                    let found = data[&list]["totalCount"].as_u64().unwrap();
                    let read: u64 = ways
                        .iter()
                        .filter(|(way, _)| way.starts_with("linkage "))
                        .map(|(_, rows)| rows)
                        .sum();
                    assert!(read > 0 || engine == Engine::Postgres, "{ways:?}");
                    assert!(
                        !ways.keys().any(|way| way.ends_with("whole")),
                        "{} {fits}: {ways:?}",
                        relation.name
                    );
                    let most = if engine == Engine::Postgres { 4 * found + 20 } else { u64::MAX };
                    assert!(read <= most, "{} {fits} reads {read} rows for {found}: {ways:?}", relation.name);
                    tried += 1;
                }
            }
        }
        assert!(tried >= 12, "{tried}");
        connection.close().await.unwrap();
        fresh.discard().await;
    }
}
