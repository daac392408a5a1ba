//! Conditions on related rows: no engine reads a table again for each row of another.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use simpul::{graph::load::Planner, store::Engine};

use super::{heard, table_named, telling};
use crate::support::{
    Registry, database,
    relations::{self, Relation},
};

/// So often may the steps of a plan look at each row of the registry. A product of two tables takes hundreds.
const LOOKS: u64 = 20;

/// The filters that a list is asked with: each condition on a relation, by a word of its rows, alone and negated.
fn filters(relation: &Relation) -> Vec<Value> {
    let name = &relation.name;
    let demands = |fits: Value| {
        if relation.many {
            let count = |count: Value| json!({ "where": fits, "count": count });
            let whole = ["some", "none", "every"].map(|word| json!({ word: fits }));
            [&whole[..], &[count(json!({ "gte": 2 })), count(json!({ "lt": 2 }))]].concat()
        } else {
            vec![json!({ "or": [{ "isNull": true }, fits] }), fits]
        }
    };
    let filters = relation.typical().into_iter().flat_map(demands).map(|demand| json!({ name: demand }));
    filters
        .flat_map(|filter| [json!({ "not": filter }), json!({ "or": [filter, { "not": {} }] }), filter])
        .collect()
}

/// How many rows the nodes of one of PostgreSQL's plans looked at.
fn looks(plan: &Value) -> u64 {
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    let each = number("Actual Rows")
        + number("Rows Removed by Filter")
        + number("Rows Removed by Join Filter")
        + number("Rows Removed by Index Recheck");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers of a small registry"
    )]
    let here = (each * number("Actual Loops")).round() as u64;
    here + plan["Plans"].as_array().into_iter().flatten().map(looks).sum::<u64>()
}

/// A step of a query plan of SQLite: its number, its parent's number, and its text.
type Step = (i64, i64, String);

/// The tables that SQLite scans, or reads with an automatic index, for each row of another table.
fn repeated(steps: &[Step], of: i64, again: bool, sql: &str, found: &mut Vec<String>) {
    let mut loops = 0;
    for (number, _, detail) in steps.iter().filter(|(_, parent, _)| *parent == of) {
        let words: Vec<&str> = detail.split(' ').collect();
        let read = ["SCAN", "SEARCH"].contains(&words[0])
            && words.get(1).is_some_and(|name| table_named(sql, name).is_some());
        let whole = words[0] == "SCAN" || detail.contains("AUTOMATIC");
        if read && whole && (again || loops > 0) {
            found.push(detail.clone());
        }
        loops += usize::from(read);
        // What depends on nothing around it is evaluated once.
        let once = ["LIST SUBQUERY", "SCALAR SUBQUERY"].iter().any(|word| detail.starts_with(word));
        repeated(steps, *number, !once && (again || detail.starts_with("CORRELATED")), sql, found);
    }
}

async fn steps(database: &DatabaseConnection, sql: &str) -> Vec<Step> {
    let explained = format!("EXPLAIN QUERY PLAN {sql}");
    let explained = Statement::from_string(database.get_database_backend(), explained);
    let step = |row: &sea_orm::QueryResult| {
        let number = |name| row.try_get("", name).unwrap();
        (number("id"), number("parent"), row.try_get("", "detail").unwrap())
    };
    database.query_all_raw(explained).await.unwrap().iter().map(step).collect()
}

/// How many rows the registry has.
async fn rows(database: &DatabaseConnection) -> u64 {
    let tables = "SELECT CAST(sum(reltuples) AS BIGINT) AS n FROM pg_class WHERE relkind = 'r' AND relnamespace = \
                  'public'::regnamespace AND reltuples > 0";
    let statement = Statement::from_string(database.get_database_backend(), tables);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    u64::try_from(row.try_get::<i64>("", "n").unwrap()).unwrap()
}

#[tokio::test]
async fn no_condition_on_related_rows_reads_a_table_again_for_each_row_of_another() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let connection = telling(engine, &fresh.url()).await;
        let registry = Registry::over(engine, connection.clone(), database::TIME).await.planned(Planner::On);
        let registry = registry.limited_to(u32::MAX);
        let most = if engine == Engine::Postgres { rows(&connection).await * LOOKS } else { 0 };
        let mut wrong = Vec::new();
        for (list, filter) in relations::lists() {
            let document = format!(
                "query($where: {filter}) {{ {list}(where: $where, first: 10) {{ totalCount nodes {{ id }} }} }}"
            );
            for relation in relations::of(&filter) {
                for filter in filters(&relation) {
                    heard().words().clear();
                    let answer = registry.ask_with(&document, json!({ "where": filter })).await;
                    if answer.body["errors"][0]["extensions"]["code"] == "FORBIDDEN" {
                        continue;
                    }
                    answer.data();
                    let words = heard().words().clone();
                    let mut asked = false;
                    for said in words {
                        match engine {
                            Engine::Postgres => {
                                let plan = said.find('{').map_or("{}", |begin| &said[begin..]);
                                let plan: Value = serde_json::from_str(plan).unwrap_or_default();
                                let looks = looks(&plan["Plan"]);
                                asked |= looks > 0;
                                if looks > most {
                                    wrong.push(format!("{list} {filter}: {looks} rows looked at, of {most}"));
                                }
                            }
                            Engine::Sqlite if said.starts_with("SELECT") => {
                                asked = true;
                                let mut found = Vec::new();
                                repeated(&steps(&connection, &said).await, 0, false, &said, &mut found);
                                wrong.extend(
                                    found.into_iter().map(|found| format!("{list} {filter}: {found}")),
                                );
                            }
                            Engine::Sqlite => {}
                        }
                    }
                    assert!(asked, "nothing was heard of {list} {filter}");
                }
            }
        }
        assert!(wrong.is_empty(), "{engine:?}\n{}", wrong.join("\n"));
        connection.close().await.unwrap();
        fresh.discard().await;
    }
}
