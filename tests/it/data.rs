//! The seed and the generator: facts of the article, synthetic rows that keep every rule, and refusal of databases with
//! foreign rows.

use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::json;
use simpul::{
    exchange::{ExchangeError, generate, seed},
    store,
};

use crate::support::{database, each_engine};

pub(crate) async fn number(database: &DatabaseConnection, sql: &str) -> i64 {
    store::number(database, sql).await.unwrap_or_else(|error| panic!("{error} in {sql}"))
}

#[tokio::test]
async fn real_and_synthetic_rows_have_different_sources() {
    each_engine(async |registry| {
        let data = registry
            .data("{ internshipProgram(by: {code: \"MAGANG-KDKMP-2025-AL-ITTIFAQ\"}) { source sourceReference
                     supporters { edges { role node { shortName } } }
                     batches { nodes { number source startsOn capacity participantCount
                       placements(first: 100) { totalCount nodes { source cooperative { source region { code } } } } } } }
                   institution(by: {slug: \"kementerian-koperasi\"}) { officials { nodes { name position source } } } }")
            .await;
        let program = &data["internshipProgram"];
        assert_eq!(program["source"], "ARTICLE");
        let mut supporters: Vec<&str> = program["supporters"]["edges"].as_array().unwrap().iter()
            .map(|edge| edge["node"]["shortName"].as_str().unwrap())
            .collect();
        supporters.sort_unstable();
        assert_eq!(supporters, ["KNEKS", "PUM", "Unpas"]);
        let batches = program["batches"]["nodes"].as_array().unwrap();
        assert_eq!(batches[0]["placements"]["totalCount"], 38);
        for placement in batches[0]["placements"]["nodes"].as_array().unwrap() {
            assert_eq!(placement["source"], "SYNTHETIC");
            let code = placement["cooperative"]["region"]["code"].as_str().unwrap();
            assert!(["32", "33", "34", "36"].contains(&&code[..2]), "{code}");
        }
        for later in &batches[1..] {
            assert_eq!(later["source"], "ARTICLE");
            assert_eq!([&later["startsOn"], &later["capacity"]], [&json!(null), &json!(null)]);
            assert_eq!(later["participantCount"], 0);
        }
        let official = &data["institution"]["officials"]["nodes"][0];
        assert_eq!(official["name"], "Destry Anna Sari");
        assert_eq!(official["source"], "ARTICLE");
    })
    .await;
}

/// A digest of every table, the same wherever and whenever it was made.
async fn digest(database: &DatabaseConnection) -> Vec<(String, i64)> {
    let sums = [
        ("cooperative", "sum(length(slug) + coalesce(member_count, 0) + coalesce(latitude_e3, 0))"),
        ("officer", "sum(length(name) + length(role))"),
        ("business_unit", "sum(length(kind) + coalesce(build_progress, 0))"),
        ("annual_report", "sum(book_year + coalesce(assets, 0) / 1000)"),
        ("linkage", "sum(length(code) + coalesce(annual_value, 0) / 1000)"),
        ("linkage_month", "sum(coalesce(value, 0) / 1000)"),
        ("placement", "sum(length(status))"),
        ("partnership", "sum(length(number) + coalesce(value, 0) / 1000)"),
        ("partnership_application", "sum(length(status))"),
        ("person", "sum(length(name))"),
    ];
    let mut digest = Vec::new();
    for (table, sum) in sums {
        let sql = format!("SELECT CAST(count(*) * 1000003 + {sum} AS BIGINT) FROM {table}");
        digest.push((table.to_owned(), number(database, &sql).await));
    }
    digest
}

/// A registry is the same whenever it is seeded and generated, on each engine.
#[tokio::test]
async fn the_same_seed_makes_the_same_registry_everywhere() {
    let digests = std::cell::RefCell::new(Vec::new());
    each_engine(async |registry| {
        let (url, _folder) = database::empty(registry.engine).await;
        let again = store::connect(&url).await.unwrap();
        migration::up(&again).await.unwrap();
        seed::load(&again, &mut |_| {}).await.unwrap();
        let plan = generate::Plan { scale: generate::Scale::Demo, seed: generate::DEFAULT_SEED };
        generate::load(&again, &plan, &mut |_| {}).await.unwrap();
        let made = [digest(&registry.database).await, digest(&again).await];
        digests.borrow_mut().extend(made);
        again.close().await.unwrap();
    })
    .await;
    let digests = digests.into_inner();
    assert!(digests.iter().all(|digest| *digest == digests[0]), "{digests:#?}");
}

#[tokio::test]
async fn a_database_with_foreign_rows_is_refused() {
    each_engine(async |registry| {
        let plan = generate::Plan { scale: generate::Scale::Demo, seed: generate::DEFAULT_SEED };
        assert_eq!(seed::load(&registry.database, &mut |_| {}).await.unwrap(), 0, "a second seed is no work");
        assert_eq!(generate::load(&registry.database, &plan, &mut |_| {}).await.unwrap(), 0);
        let other = generate::Plan { seed: plan.seed + 1, ..plan };
        let refused = generate::load(&registry.database, &other, &mut |_| {}).await;
        assert!(matches!(refused, Err(ExchangeError::Refused(_))), "another seed beside the first");

        let entered = "UPDATE institution SET source = 'API' WHERE slug = 'universitas-pasundan'";
        registry.database.execute_unprepared(entered).await.unwrap();
        assert!(matches!(seed::load(&registry.database, &mut |_| {}).await, Err(ExchangeError::Refused(_))));
        let refused = generate::load(&registry.database, &plan, &mut |_| {}).await;
        assert!(matches!(refused, Err(ExchangeError::Refused(_))));
    })
    .await;
}
