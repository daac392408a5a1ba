//! Scalars in conditions: numbers and times are compared by value, also beyond the range of a column.

use serde_json::{Value, json};

use crate::support::{Registry, each_engine};

async fn count(registry: &Registry, list: &str, filter: &str) -> u64 {
    let data = registry.data(&format!("{{ {list}(where: {filter}) {{ totalCount }} }}")).await;
    data[list]["totalCount"].as_u64().unwrap()
}

const FAR: &str = "9999999999999999999999999";

#[tokio::test]
async fn a_number_beyond_all_that_a_column_holds_is_above_or_below_it() {
    each_engine(async |registry| {
        for (list, field) in [("linkages", "annualValue"), ("linkages", "annualVolume")] {
            let with = async |test: &str| count(registry, list, &format!("{{ {field}: {test} }}")).await;
            let (all, some) = (count(registry, list, "{}").await, with("{ isNull: false }").await);
            assert!(some > 0);
            for (test, fits) in [
                (format!("{{ lt: \"{FAR}\" }}"), some),
                (format!("{{ lte: \"{FAR}\" }}"), some),
                (format!("{{ gt: \"{FAR}\" }}"), 0),
                (format!("{{ gte: \"{FAR}\" }}"), 0),
                (format!("{{ eq: \"{FAR}\" }}"), 0),
                (format!("{{ ne: \"{FAR}\" }}"), all),
                (format!("{{ in: [\"{FAR}\", \"-{FAR}\"] }}"), 0),
                (format!("{{ notIn: [\"{FAR}\"] }}"), all),
                (format!("{{ lt: \"-{FAR}\" }}"), 0),
                (format!("{{ lte: \"-{FAR}\" }}"), 0),
                (format!("{{ gt: \"-{FAR}\" }}"), some),
                (format!("{{ gte: \"-{FAR}\" }}"), some),
            ] {
                assert_eq!(with(&test).await, fits, "{list}.{field} {test}");
                let not = count(registry, list, &format!("{{ not: {{ {field}: {test} }} }}")).await;
                assert_eq!(not, all - fits, "not {list}.{field} {test}");
            }
        }
        // A volume has three decimal places: nothing lies between two of them.
        let below = count(registry, "linkages", "{ annualVolume: { lt: \"100.000000000001\" } }").await;
        assert_eq!(below, count(registry, "linkages", "{ annualVolume: { lte: \"100.000000\" } }").await);
        assert_eq!(count(registry, "linkages", "{ annualVolume: { eq: \"100.000000000001\" } }").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_sum_is_compared_with_numbers_of_any_size() {
    each_engine(async |registry| {
        let groups = async |having: &str| {
            let figures = format!("{{ linkageMonthAggregate(having: {{ value: {{ sum: {having} }} }}) {{ nodes {{ count }} }} }}");
            registry.data(&figures).await["linkageMonthAggregate"]["nodes"].as_array().unwrap().len()
        };
        let update = "UPDATE linkage_month SET value = 1000000000000000, delivery_count = 3";
        sea_orm::ConnectionTrait::execute_unprepared(&registry.database, update).await.unwrap();
        let sum = registry.data("{ linkageMonthAggregate { nodes { value { sum } } } }").await;
        let sum: i128 = sum["linkageMonthAggregate"]["nodes"][0]["value"]["sum"].as_str().unwrap().parse().unwrap();
        assert!(sum > i64::MAX.into(), "{sum}");
        for (operator, number, fits) in [
            ("eq", sum, true),
            ("eq", sum + 1, false),
            ("eq", sum + (1 << 64), false),
            ("ne", sum, false),
            ("gt", sum - 1, true),
            ("gt", sum, false),
            ("gte", sum, true),
            ("lt", sum, false),
            ("lt", sum + 1, true),
            ("lte", sum, true),
            ("gt", -sum, true),
            ("lt", -sum, false),
            ("lt", 10_i128.pow(24), true),
            ("gt", -10_i128.pow(24), true),
        ] {
            let having = format!("{{ {operator}: \"{number}\" }}");
            assert_eq!(groups(&having).await, usize::from(fits), "{having} of {sum}");
        }
        assert_eq!(groups(&format!("{{ in: [\"1\", \"{sum}\"] }}")).await, 1);
        assert_eq!(groups(&format!("{{ notIn: [\"1\", \"{sum}\"] }}")).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_time_finer_than_a_column_is_compared_exactly() {
    each_engine(async |registry| {
        let page = "{ cooperatives(first: 1, orderBy: [{ field: UPDATED_AT }]) { nodes { createdAt } } }";
        let first =
            registry.data(page).await["cooperatives"]["nodes"][0]["createdAt"].as_str().unwrap().to_owned();
        let moment = chrono::DateTime::parse_from_rfc3339(&first).unwrap().with_timezone(&chrono::Utc);
        let exact = moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
        let (finer, zone) = (exact.replace('Z', "0000000001Z"), exact.replace('Z', "000+00:00"));
        let with =
            async |test: String| count(registry, "cooperatives", &format!("{{ createdAt: {test} }}")).await;
        let same = with(format!("{{ eq: \"{exact}\" }}")).await;
        assert!(same > 0, "{exact}");
        assert_eq!(with(format!("{{ eq: \"{zone}\" }}")).await, same);
        assert_eq!(with(format!("{{ eq: \"{finer}\" }}")).await, 0);
        assert_eq!(with(format!("{{ lt: \"{finer}\", gte: \"{exact}\" }}")).await, same);
        assert_eq!(with(format!("{{ gt: \"{exact}\", lte: \"{finer}\" }}")).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_scalar_in_a_non_canonical_form_is_refused() {
    let cases = [
        (
            "cooperatives",
            "CooperativeWhere",
            "establishedOn",
            json!(["25-11-16", "2025-1-5", "+2025-01-05", " 2025-01-05"]),
        ),
        (
            "linkages",
            "LinkageWhere",
            "annualVolume",
            json!(["", "-", "+", "+1", "1.", ".5", "007", "1e3", 5.5]),
        ),
        ("linkages", "LinkageWhere", "annualValue", json!(["", "-", "+1", "1.5", "01", " 1"])),
        (
            "cooperatives",
            "CooperativeWhere",
            "createdAt",
            json!(["2025-11-16", "2025-11-16 01:00:00Z", "2025-11-16T01:00:00"]),
        ),
    ];
    each_engine(async |registry| {
        for (list, input, field, spellings) in &cases {
            for spelling in spellings.as_array().unwrap() {
                let written = registry
                    .ask(&format!(
                        "{{ {list}(where: {{ {field}: {{ lt: {spelling} }} }}) {{ totalCount }} }}"
                    ))
                    .await;
                let query = format!("query($w: {input}) {{ {list}(where: $w) {{ totalCount }} }}");
                let sent = registry.ask_with(&query, json!({ "w": { *field: { "lt": spelling } } })).await;
                for answer in [written, sent] {
                    let code = answer.code();
                    let refused = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code);
                    assert!(
                        refused && answer.body["data"] == Value::Null,
                        "{field} {spelling}: {}",
                        answer.body
                    );
                }
            }
        }
    })
    .await;
}
