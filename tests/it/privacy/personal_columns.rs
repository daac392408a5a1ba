//! No statement names a column of personal data, for any document.

use std::collections::{BTreeMap, BTreeSet};

use entity::{officer, official, person, placement};
use sea_orm::{EntityTrait, IdenStatic, Iterable};
use serde_json::Value;
use simpul::{graph::load::Planner, registry::personal::TABLE, store::Engine};

use crate::{
    model::all_queries::Ways,
    plans::{heard, telling},
    support::{Registry, database},
};

/// Columns of a person's record that are metadata, not personal data.
const OF_THE_RECORD: [&str; 7] =
    ["id", "version", "created_at", "updated_at", "source", "source_reference", "as_of"];

fn columns_of<E: EntityTrait>() -> impl Iterator<Item = String> {
    let table = E::default();
    E::Column::iter().map(move |column| format!("{}.{}", table.table_name(), column.as_str()))
}

fn personal() -> BTreeSet<&'static str> {
    TABLE.iter().flat_map(|personal| personal.columns).copied().collect()
}

/// Whether a word is a name that a statement gives to rows: a letter and a number.
fn alias(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_lowercase())
        && word.len() > 1
        && letters.all(|letter| letter.is_ascii_digit())
}

/// The tables of the aliases in a statement: `FROM placement x3`, or a subquery before an alias.
fn tables(words: &[String]) -> BTreeMap<String, String> {
    let mut tables = BTreeMap::new();
    // The first table in each of the brackets around a word.
    let mut within: Vec<Option<String>> = vec![None];
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map_or("", String::as_str);
        let told = match word.as_str() {
            "(" => {
                within.push(None);
                continue;
            }
            ")" => within.pop().flatten().map(|table| (next, table)),
            "FROM" | "JOIN" => words.get(at + 2).map(|name| (name.as_str(), next.to_owned())),
            _ => None,
        };
        if let Some((name, table)) = told.filter(|(name, _)| alias(name)) {
            if let Some(first @ None) = within.last_mut() {
                *first = Some(table.clone());
            }
            tables.insert(name.to_owned(), table);
        }
    }
    tables
}

/// The columns that a statement names, with their tables.
fn named(sql: &str) -> BTreeSet<String> {
    let sql = sql.replace('"', "").replace('(', " ( ").replace(')', " ) ");
    let apart = |letter: char| !letter.is_ascii_alphanumeric() && !"_.()".contains(letter);
    let words: Vec<String> = sql.split(apart).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let tables = tables(&words);
    let columns = words.iter().filter_map(|word| word.split_once('.'));
    columns.map(|(row, column)| format!("{}.{column}", tables.get(row).map_or(row, String::as_str))).collect()
}

/// The recorded statements.
fn statements(engine: Engine) -> Vec<String> {
    let words = heard().words().clone();
    match engine {
        Engine::Sqlite => words.into_iter().filter(|said| said.contains("SELECT")).collect(),
        Engine::Postgres => {
            let plans = words.iter().filter_map(|said| said.find('{').map(|begin| &said[begin..]));
            let plans = plans.filter_map(|plan| serde_json::from_str::<Value>(plan).ok());
            plans.filter_map(|plan| plan["Query Text"].as_str().map(str::to_owned)).collect()
        }
    }
}

#[test]
fn the_table_of_personal_data_lists_every_column_of_a_person() {
    let of_person = columns_of::<person::Entity>();
    let told: BTreeSet<String> = of_person
        .filter(|column| !OF_THE_RECORD.iter().any(|own| column == &format!("person.{own}")))
        .collect();
    let table = personal();
    let missing: Vec<_> = told.iter().filter(|column| !table.contains(column.as_str())).collect();
    assert!(missing.is_empty(), "the table does not name {missing:?}");
    let there: BTreeSet<String> = columns_of::<person::Entity>()
        .chain(columns_of::<placement::Entity>())
        .chain(columns_of::<officer::Entity>())
        .chain(columns_of::<official::Entity>())
        .collect();
    let unknown: Vec<_> = table.into_iter().filter(|column| !there.contains(*column)).collect();
    assert!(unknown.is_empty(), "no table has {unknown:?}");
    // What no field reads, such as the age of a record, needs no column.
    assert!(TABLE.iter().all(|personal| personal.columns.is_empty() == personal.read.at.is_empty()));
}

#[tokio::test]
async fn no_statement_names_a_column_of_personal_data() {
    let personal = personal();
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let connection = telling(engine, &fresh.url()).await;
        // Without the planner rows are read whole, and shown no further.
        let registry = Registry::over(engine, connection.clone(), database::TIME).await.planned(Planner::On);
        let registry = registry.limited_to(u32::MAX);
        let mut all = BTreeSet::new();
        for way in Ways::of(&registry).await.all() {
            heard().words().clear();
            registry.ask(&way.document).await;
            for statement in statements(engine) {
                let named = named(&statement);
                let wrong: Vec<_> =
                    named.iter().filter(|column| personal.contains(column.as_str())).collect();
                assert!(wrong.is_empty(), "{}: {} reads {wrong:?}: {statement}", way.at(), way.document);
                all.extend(named);
            }
        }
        // What is read beside them, in conditions, orders and figures too.
        for column in ["officer.name", "officer.role", "placement.status", "official.position_fold"] {
            assert!(all.contains(column), "{column} was never named, of {}", all.len());
        }
        connection.close().await.unwrap();
        fresh.discard().await;
    }
}
