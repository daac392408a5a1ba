//! The requests in `tests/queries`: their answers, equal on both engines, and their cost.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use simpul::graph::load::Planner;

use crate::support::{Registry, each_engine, twice};

pub(crate) struct Query {
    /// `mobile/cooperative-profile`.
    pub(crate) name: String,
    pub(crate) document: String,
    pub(crate) variables: Value,
    /// Known facts that the answer must contain.
    expected: Option<Value>,
}

pub(crate) fn queries() -> Vec<Query> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let mut found = Vec::new();
    for group in fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(group.path()).unwrap().flatten() {
            if file.path().extension().is_some_and(|extension| extension == "graphql") {
                found.push(read(&folder, &file.path()));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(found.len() >= 3, "the queries are gone");
    found
}

fn read(folder: &Path, document: &PathBuf) -> Query {
    let beside = fs::read_to_string(document.with_extension("json")).unwrap();
    let beside: Value = serde_json::from_str(&beside).unwrap();
    Query {
        name: document.strip_prefix(folder).unwrap().with_extension("").display().to_string(),
        document: fs::read_to_string(document).unwrap(),
        variables: beside["variables"].clone(),
        expected: beside.get("expect").cloned(),
    }
}

#[tokio::test]
async fn every_query_equals_its_snapshot() {
    each_engine(async |registry| {
        for query in queries() {
            let data = registry.ask_with(&query.document, query.variables).await.data();
            if let Some(expected) = &query.expected {
                contains(&data, expected, &query.name);
            }
            let (folder, name) = query.name.rsplit_once('/').unwrap();
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(format!("../queries/{folder}"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_json_snapshot!(name, data));
        }
    })
    .await;
}

/// The statements of every query, planned and edge by edge: the guard against N+1.
#[tokio::test]
async fn every_query_needs_the_statements_of_its_snapshot() {
    each_engine(async |registry| {
        let mut counts = BTreeMap::new();
        for query in queries() {
            let planned = statements(registry, &query, Planner::On).await;
            let unplanned = statements(registry, &query, Planner::Off).await;
            assert!(planned <= 2, "{} costs {planned} statements", query.name);
            assert!(unplanned <= 16, "{} costs {unplanned} statements without the planner", query.name);
            counts.insert(query.name, (planned, unplanned));
        }
        let mut table = String::from("query: statements planned, statements edge by edge\n");
        for (name, (planned, unplanned)) in counts {
            writeln!(table, "{name}: {planned}, {unplanned}").unwrap();
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../queries");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("statements", table));
    })
    .await;
}

async fn statements(registry: &Registry, query: &Query, planner: Planner) -> usize {
    registry.planned(planner).ask_with(&query.document, query.variables.clone()).await.statements
}

/// The answer is the same with the planner and without, and before the reference data is in memory.
#[tokio::test]
async fn planned_unplanned_and_just_started_give_the_same_answer() {
    each_engine(async |registry| {
        for query in queries() {
            let ask = async |registry: &Registry| {
                registry.ask_with(&query.document, query.variables.clone()).await.data()
            };
            let planned = ask(&registry.planned(Planner::On)).await;
            assert_eq!(planned, ask(&registry.planned(Planner::Off)).await, "{}", query.name);
            assert_eq!(planned, ask(&registry.just_started()).await, "{}", query.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_selected_twice_is_answered_as_if_it_were_once() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        for query in queries() {
            let answer = registry.ask_with(&query.document, query.variables.clone()).await.data();
            for level in 0..12 {
                let document = twice(&query.document, |depth| depth == level);
                let again = registry.ask_with(&document, query.variables.clone()).await.data();
                assert_eq!(again.to_string(), answer.to_string(), "{document}");
            }
        }
    })
    .await;
}

/// Every object's fields are there; a list begins with the expected items.
fn contains(actual: &Value, expected: &Value, at: &str) {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            for (name, expected) in expected {
                contains(&actual[name], expected, &format!("{at}.{name}"));
            }
        }
        (Value::Array(actual), Value::Array(expected)) => {
            assert!(actual.len() >= expected.len(), "{at} has {} items only", actual.len());
            for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
                contains(actual, expected, &format!("{at}[{index}]"));
            }
        }
        _ => assert_eq!(actual, expected, "{at}"),
    }
}
