//! A prepared statement gives correct results when it is executed again with other values.

use serde_json::json;

use crate::support::{Registry, each_engine};

/// The lists at the root that can be searched.
async fn searched(registry: &Registry) -> Vec<String> {
    let fields = registry.data("{ __schema { queryType { fields { name args { name } } } } }").await;
    let fields = fields["__schema"]["queryType"]["fields"].as_array().unwrap();
    let lists = fields.iter().filter(|field| {
        let takes = |name: &str| field["args"].as_array().unwrap().iter().any(|arg| arg["name"] == name);
        takes("search") && takes("first")
    });
    lists.map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}

/// PostgreSQL keeps the types that the values of a statement had at first.
#[tokio::test]
async fn an_empty_result_does_not_affect_later_executions() {
    each_engine(async |registry| {
        let lists = searched(registry).await;
        assert!(lists.len() >= 6, "{lists:?}");
        for list in lists {
            let query = format!(
                "query($t: String) {{ {list}(search: $t, first: 1) {{ totalCount nodes {{ __typename }} }} }}"
            );
            let mut found = Vec::new();
            // A statement is prepared at its first use, on each connection.
            for text in ["qqqzzzxxw"; 6].into_iter().chain([
                "koperasi",
                "universitas",
                "magang",
                "kopi",
                "jawa",
                "kredit",
            ]) {
                let answer = registry.ask_with(&query, json!({ "t": text })).await;
                assert_eq!(answer.body.get("errors"), None, "{list} by {text}");
                found.push(answer.body["data"][&list]["totalCount"].as_u64().unwrap());
            }
            assert!(found[..6].iter().all(|count| *count == 0), "{list}: {found:?}");
            assert!(found[6..].iter().any(|count| *count > 0), "{list}: {found:?}");
        }
    })
    .await;
}

/// The same of conditions that name several values, none of them, or none but null.
#[tokio::test]
async fn an_empty_list_of_values_does_not_affect_later_executions() {
    let cases = [
        ("CooperativeWhere", "slug", json!(["kopontren-al-ittifaq"])),
        ("CooperativeWhere", "status", json!(["OPERATING"])),
        ("CooperativeWhere", "memberCount", json!([150, 200])),
        ("CooperativeWhere", "establishedOn", json!(["2025-01-05"])),
    ];
    each_engine(async |registry| {
        for (input, field, some) in &cases {
            let query = format!("query($w: {input}) {{ cooperatives(where: $w) {{ totalCount }} }}");
            let mut counts = Vec::new();
            for values in [json!([]), json!([]), some.clone(), json!([]), some.clone()] {
                let filter = json!({ "w": { *field: { "in": values } } });
                counts.push(
                    registry.ask_with(&query, filter).await.data()["cooperatives"]["totalCount"].clone(),
                );
            }
            assert!(counts[0] == 0 && counts[3] == 0 && counts[2] == counts[4], "{field}: {counts:?}");
        }
    })
    .await;
}
