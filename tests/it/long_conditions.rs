//! Conditions, lists of values and orders with many members are answered, or refused with a reason.

use serde_json::{Value as Json, json};

use crate::support::{Answer, Registry, each_engine};

/// How many conditions the statements of a document may hold.
const MOST: usize = simpul::document::cost::limit::MAX_CONDITIONS as usize;

/// The registry without a cost limit, so that expensive requests are answered too.
fn lavish(registry: &Registry) -> Registry {
    registry.limited_to(u32::MAX)
}

async fn count(registry: &Registry, filter: Json) -> Answer {
    let document =
        "query ($where: LinkageWhere) { linkages(where: $where, first: 2) { totalCount nodes { code } } }";
    lavish(registry).ask_with(document, json!({ "where": filter })).await
}

#[tokio::test]
async fn a_long_list_of_conditions_is_answered_or_refused() {
    each_engine(async |registry| {
        let all = count(registry, json!({})).await.data()["linkages"]["totalCount"].as_u64().unwrap();
        let data = registry.data("{ linkages(first: 1) { nodes { code } } }").await;
        let code = data["linkages"]["nodes"][0]["code"].clone();
        for length in [1, 2, 5, 64, 65, MOST / 2 - 1] {
            let never = |at: usize| json!({ "code": { "eq": format!("none {at}") } });
            let always = |at: usize| json!({ "code": { "ne": format!("none {at}") } });
            let one = |at| if at == length / 2 { json!({ "code": { "eq": code } }) } else { never(at) };
            for (filter, fit) in [
                (json!({ "or": (0..length).map(one).collect::<Vec<_>>() }), 1),
                (json!({ "and": (0..length).map(always).collect::<Vec<_>>() }), all),
                (json!({ "not": { "or": (0..length).map(never).collect::<Vec<_>>() } }), all),
            ] {
                let data = count(registry, filter).await.data();
                assert_eq!(data["linkages"]["totalCount"], fit, "{length} members");
            }
        }
        let long = (0..MOST).map(|at| json!({ "code": { "ne": at.to_string() } })).collect::<Vec<_>>();
        assert_eq!(count(registry, json!({ "and": long })).await.code(), "DOCUMENT_LIMIT_EXCEEDED");
    })
    .await;
}

/// One condition inside the other, each with as many beside it as make an unbalanced tree deep.
#[tokio::test]
async fn nested_lists_of_conditions_are_answered() {
    each_engine(async |registry| {
        let all = count(registry, json!({})).await.data()["linkages"]["totalCount"].clone();
        for (word, beside) in [("and", 60), ("or", 60), ("and", 1)] {
            let mut filter = json!({ "code": { "ne": "none" } });
            for level in 0..12 {
                let mut members = vec![json!({ "code": { "ne": format!("none {level}") } }); beside];
                members.push(filter);
                filter = json!({ word: members });
            }
            assert_eq!(count(registry, filter).await.data()["linkages"]["totalCount"], all, "{word}");
        }
        let nested = (0..24).fold(json!({ "code": { "ne": "none" } }), |inner, _| json!({ "not": inner }));
        assert_eq!(count(registry, nested).await.data()["linkages"]["totalCount"], all);
    })
    .await;
}

#[tokio::test]
async fn long_conditions_on_groups_are_answered() {
    let document = "query ($having: LinkageFiguresWhere) {
        linkageAggregate(groupBy: [KIND], having: $having) { totalCount nodes { count annualValue { sum } } } }";
    each_engine(async |registry| {
        let registry = lavish(registry);
        let whole = registry.ask_with(document, json!({})).await.data();
        let page = &whole["linkageAggregate"];
        let (groups, sum) = (&page["totalCount"], &page["nodes"][0]["annualValue"]["sum"]);
        for length in [2, 65, 995] {
            let always = |at: usize| json!({ "count": { "ne": 1_000_000 + at } });
            let sums =
                |at: usize| json!({ "annualValue": { "sum": { "ne": (-1 - i64::try_from(at).unwrap()).to_string() } } });
            for member in [&always as &dyn Fn(usize) -> Json, &sums] {
                let members: Vec<_> = (0..length).map(member).collect();
                let data = registry.ask_with(document, json!({ "having": { "and": members } })).await.data();
                assert_eq!(&data["linkageAggregate"]["totalCount"], groups, "{length} members");
            }
            let values: Vec<Json> =
                (0..length * 19).map(|at| json!(at.to_string())).chain([sum.clone()]).collect();
            let having = json!({ "annualValue": { "sum": { "in": values } } });
            let data = registry.ask_with(document, json!({ "having": having })).await.data();
            assert_eq!(data["linkageAggregate"]["totalCount"], 1, "a sum that is one of {length} values");
            assert_eq!(&data["linkageAggregate"]["nodes"][0]["annualValue"]["sum"], sum);
        }
    })
    .await;
}

/// As many tests of one number as there are operators are tests of one number, at every depth.
#[tokio::test]
async fn counts_of_related_rows_take_every_operator_at_once() {
    each_engine(async |registry| {
        let tests = |only: Json| {
            json!({ "linkages": { "where": only, "count": {
                "gte": 1, "gt": 0, "lt": 10_000, "lte": 9_999, "ne": -1, "notIn": [-2, -3], "isNull": false } } })
        };
        let nested = |levels| {
            (0..levels).fold(json!({ "isNull": false }), |inner, _| tests(json!({ "supplier": { "cooperative": inner } })))
        };
        let document = "query ($where: CooperativeWhere) { cooperatives(where: $where) { totalCount } }";
        let some = json!({ "linkages": { "some": { "supplier": { "cooperative": { "isNull": false } } } } });
        let expected = lavish(registry).ask_with(document, json!({ "where": some })).await.data();
        for levels in 1..=4 {
            let answer = lavish(registry).ask_with(document, json!({ "where": nested(levels) })).await;
            assert_eq!(answer.data(), expected, "{levels} levels");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_many_values_is_one_bound_parameter() {
    each_engine(async |registry| {
        let numbers: Vec<i64> = (0..19_000).collect();
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let days: Vec<String> = numbers
            .iter()
            .map(|at| format!("{}-{:02}-{:02}", 2020 + at / 336, at / 28 % 12 + 1, at % 28 + 1))
            .collect();
        for (filter, fits) in [
            (json!({ "code": { "in": texts } }), false),
            (json!({ "code": { "notIn": texts } }), true),
            (json!({ "paymentTermDays": { "in": numbers } }), true),
            (json!({ "annualValue": { "notIn": texts } }), true),
            (json!({ "annualVolume": { "notIn": texts } }), true),
            (json!({ "startsOn": { "in": days } }), true),
        ] {
            let data = count(registry, filter).await.data();
            assert_eq!(data["linkages"]["totalCount"].as_u64().unwrap() > 0, fits);
        }
    })
    .await;
}
