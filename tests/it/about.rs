//! Tests the root field `registry`: counts, dates and limits.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use simpul::{
    document::cost::limit,
    graph::{page::MAX_PAGE, scheduling::DEFAULT_ANSWER_BYTES},
};

use crate::support::{database, each_engine, planner};

/// The lists at the root, and the nouns that they hold all records of.
const LISTS: &[(&str, &str)] = &[
    ("cooperatives", "Cooperative"),
    ("institutions", "PartnerInstitution"),
    ("partnerships", "Partnership"),
    ("internshipPrograms", "InternshipProgram"),
    ("placements", "Placement"),
    ("linkages", "BusinessLinkage"),
    ("annualReports", "AnnualReport"),
];

fn counts(data: &Value) -> BTreeMap<(String, String), u64> {
    let counts = data["registry"]["counts"].as_array().unwrap().iter().map(|count| {
        let text = |name: &str| count[name].as_str().unwrap().to_owned();
        ((text("noun"), text("source")), count["count"].as_u64().unwrap())
    });
    counts.collect()
}

#[tokio::test]
async fn counts_equal_the_lengths_of_lists() {
    each_engine(async |registry| {
        let lists = LISTS.iter().map(|(list, _)| format!("{list} {{ totalCount }} "));
        let lists = lists.collect::<Vec<_>>().concat();
        let data =
            registry.data(&format!("{{ registry {{ counts {{ noun source count }} }} {lists} }}")).await;
        let counts = counts(&data);
        for (list, noun) in LISTS {
            let counted: u64 = counts.iter().filter(|((of, _), _)| of == noun).map(|(_, count)| count).sum();
            assert_eq!(Some(counted), data[list]["totalCount"].as_u64(), "{list}");
        }
        let from = |source: &str| counts.get(&("Cooperative".into(), source.into())).copied();
        assert_eq!(from("ARTICLE"), Some(1), "{counts:?}");
        assert!(from("SYNTHETIC").unwrap() >= 1_000, "{counts:?}");
        assert_eq!(
            counts.len(),
            data["registry"]["counts"].as_array().unwrap().len(),
            "a noun and source twice"
        );
        assert!(!counts.keys().any(|(noun, _)| noun == "Person"), "people are not counted");
    })
    .await;
}

#[tokio::test]
async fn data_as_of_is_the_time_of_the_newest_record() {
    each_engine(async |registry| {
        let newest = async |tables: &[&str]| {
            let tables: Vec<String> =
                tables.iter().map(|table| format!("SELECT max(updated_at) AS newest FROM {table}")).collect();
            let sql = format!("SELECT max(newest) FROM ({}) t", tables.join(" UNION ALL "));
            simpul::store::number(&registry.database, &sql).await.unwrap()
        };
        let known =
            newest(&["cooperative", "institution", "officer", "linkage", "linkage_month", "placement"]).await;
        let data = registry.data("{ registry { dataAsOf } }").await;
        let as_of = data["registry"]["dataAsOf"].as_str().unwrap();
        let as_of = chrono::DateTime::parse_from_rfc3339(as_of).unwrap().timestamp_micros();
        assert!(as_of >= known, "{data}");
        registry
            .database
            .execute_unprepared(&format!("UPDATE officer SET updated_at = {}", as_of + 1))
            .await
            .unwrap();
        let again = registry.data("{ registry { dataAsOf } }").await;
        assert_eq!(again, data, "it is known to five minutes");
        let restarted = registry.planned(planner()).data("{ registry { dataAsOf } }").await;
        let restarted = restarted["registry"]["dataAsOf"].as_str().unwrap();
        let restarted = chrono::DateTime::parse_from_rfc3339(restarted).unwrap().timestamp_micros();
        assert_eq!(restarted, as_of + 1);
    })
    .await;
}

#[tokio::test]
async fn concurrent_requests_share_one_count() {
    each_engine(async |registry| {
        let document = "{ registry { version dataAsOf counts { noun source count } licences } }";
        let first = registry.ask(document).await;
        assert!(first.statements > 0);
        let second = registry.ask(document).await;
        assert_eq!(second.statements, 0, "the count is kept");
        assert_eq!(first.body, second.body);
        let registry = &second.body["data"]["registry"];
        assert_eq!(registry["version"], env!("CARGO_PKG_VERSION"));
        assert!(registry["licences"].as_array().unwrap().contains(&json!("CC-BY-4.0")));
    })
    .await;
}

#[tokio::test]
async fn limits_of_requests_are_shown() {
    each_engine(async |registry| {
        let limits = "cost answerBytes depth bytes tokens nameBytes aliases rootFields fields variableValues variableDepth pageSize \
                      figuresPageSize ids exportCost exportSeconds exportMebibytes exportsAtOnce";
        let data = registry.data(&format!("{{ registry {{ limits {{ {limits} }} }} }}")).await;
        let limits = &data["registry"]["limits"];
        assert_eq!(limits["cost"], 450_000);
        assert_eq!(limits["answerBytes"], DEFAULT_ANSWER_BYTES);
        assert_eq!(limits["depth"], limit::MAX_DEPTH);
        assert_eq!(limits["bytes"], limit::MAX_BYTES);
        assert_eq!(limits["nameBytes"], limit::MAX_NAME_BYTES);
        assert_eq!(limits["pageSize"], MAX_PAGE);
        assert_eq!(limits["ids"], 100);
        assert_eq!(limits["exportCost"], 20_000_000);
        assert_eq!(limits["exportSeconds"], database::TIME.as_secs());
        assert_eq!((&limits["exportMebibytes"], &limits["exportsAtOnce"]), (&json!(512), &json!(2)));
        let brief = registry.exporting_for(std::time::Duration::from_secs(7)).await.with_export_bytes(6 << 20);
        let told = brief.data("{ registry { limits { exportSeconds exportMebibytes } } }").await;
        assert_eq!(told["registry"]["limits"], json!({ "exportSeconds": 7, "exportMebibytes": 3 }));
        let size = limits["pageSize"].as_u64().unwrap();
        registry.data(&format!("{{ cooperatives(first: {size}) {{ nodes {{ name }} }} }}")).await;
        let more = registry.ask(&format!("{{ cooperatives(first: {}) {{ nodes {{ name }} }} }}", size + 1)).await;
        assert_eq!(more.code(), "BAD_USER_INPUT");
    })
    .await;
}
