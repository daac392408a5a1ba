//! The meaning of `where` in ambiguous cases: nulls, empty lists, nested `not`.

use serde_json::{Value as Json, json};

use crate::support::{Registry, each_engine};

pub(crate) async fn total(registry: &Registry, list: &str, filter: &str) -> u64 {
    let data = registry.data(&format!("{{ list: {list}(where: {filter}) {{ totalCount }} }}")).await;
    data["list"]["totalCount"].as_u64().unwrap()
}

#[tokio::test]
async fn not_is_the_exact_complement() {
    let filters = [
        "{memberCount: {gte: 20}}",
        "{memberCount: {ne: 20}}",
        "{region: {within: \"32\"}}",
        "{linkages: {every: {status: {eq: ACTIVE}}}}",
        "{successor: {status: {eq: OPERATING}}}",
        "{name: {contains: \"suka\"}, establishedOn: {lt: \"2025-06-01\"}}",
    ];
    each_engine(async |registry| {
        let all = total(registry, "cooperatives", "{}").await;
        for filter in filters {
            let (fit, rest) = (
                total(registry, "cooperatives", filter).await,
                total(registry, "cooperatives", &format!("{{not: {filter}}}")).await,
            );
            assert_eq!(fit + rest, all, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn empty_lists_in_conditions_match_nothing_or_everything() {
    each_engine(async |registry| {
        let all = total(registry, "cooperatives", "{}").await;
        for (filter, expected) in [
            ("{status: {in: []}}", 0),
            ("{status: {notIn: []}}", all),
            ("{id: {in: []}}", 0),
            ("{or: []}", 0),
            ("{and: []}", all),
            (
                "{linkages: {every: {code: {eq: \"nothing\"}}, count: {eq: 0}}}",
                total(registry, "cooperatives", "{linkages: {none: {}}}").await,
            ),
        ] {
            assert_eq!(total(registry, "cooperatives", filter).await, expected, "{filter}");
        }
    })
    .await;
}

/// A condition on a related row that says nothing is none, as with a variable that was left out. Whatever compares one
/// of its values demands the row.
#[tokio::test]
async fn a_relation_to_one_row_can_be_null_and_an_empty_condition_on_it_is_none() {
    each_engine(async |registry| {
        let count = async |filter: &str| total(registry, "institutions", filter).await;
        let all = count("{}").await;
        let (without, inside) =
            (count("{region: {isNull: true}}").await, count("{region: {within: \"32\"}}").await);
        assert!(without > 0 && inside > 0 && without + inside < all, "{without} {inside} {all}");
        for (filter, expected) in [
            ("{region: {}}", all),
            ("{not: {region: {}}}", 0),
            ("{region: {name: {}, parent: {level: {}}, or: [{}], and: []}}", all),
            ("{region: {isNull: false}}", all - without),
            ("{region: {not: {isNull: true}}}", all - without),
            ("{not: {region: {isNull: true}}}", all - without),
            ("{region: {isNull: true, within: \"32\"}}", 0),
            ("{region: {or: [{isNull: true}, {within: \"32\"}]}}", without + inside),
            ("{region: {not: {within: \"32\"}}}", all - without - inside),
            ("{not: {region: {within: \"32\"}}}", all - inside),
            ("{region: {or: [{}, {within: \"32\"}]}}", all),
            ("{region: {or: []}}", 0),
            // In a list, every row is there.
            ("{isNull: true}", 0),
            ("{isNull: false}", all),
        ] {
            assert_eq!(count(filter).await, expected, "{filter}");
        }
        let linkages = async |filter: &str| total(registry, "linkages", filter).await;
        let all = linkages("{}").await;
        // A party is a cooperative or an institution.
        let sold = linkages("{supplier: {cooperative: {isNull: false}}}").await;
        assert!(sold > 0 && sold < all);
        for (filter, expected) in [
            ("{supplier: {institution: {isNull: true}}}", sold),
            ("{supplier: {cooperative: {}}}", all),
            ("{supplier: {isNull: true}}", 0),
            ("{party: {isNull: true}}", 0),
            ("{party: {}}", all),
        ] {
            assert_eq!(linkages(filter).await, expected, "{filter}");
        }
        // An agreement that is not public is none.
        let nodes = registry.data("{ linkages(where: {partnership: {isNull: true}}, first: 100) { totalCount nodes { partnership { id } } } }").await;
        let nodes = nodes["linkages"]["nodes"].as_array().unwrap();
        assert!(!nodes.is_empty() && nodes.iter().all(|node| node["partnership"].is_null()));
        let batches = "{batches: {some: {host: {isNull: true}, program: {organiser: {isNull: false}}}}}";
        assert!(total(registry, "internshipPrograms", batches).await > 0);
    })
    .await;
}

#[tokio::test]
async fn names_match_without_case_and_accents() {
    each_engine(async |registry| {
        for word in ["SUKA", "suka", "Súka"] {
            let filter = format!("{{name: {{contains: \"{word}\"}}}}");
            assert_eq!(
                total(registry, "cooperatives", &filter).await,
                total(registry, "cooperatives", "{name: {contains: \"suka\"}}").await
            );
        }
        assert_eq!(total(registry, "institutions", "{slug: {eq: \"Universitas-Pasundan\"}}").await, 0);
        assert_eq!(total(registry, "institutions", "{slug: {eq: \"universitas-pasundan\"}}").await, 1);
    })
    .await;
}

/// A percentage or a volume may be asked for more finely than it is kept.
#[tokio::test]
async fn decimals_compare_exactly_at_any_precision() {
    each_engine(async |registry| {
        let months = async |filter: &str| {
            let filter = format!("{{months: {{some: {{rejectedPercent: {filter}}}}}}}");
            total(registry, "linkages", &filter).await
        };
        assert_eq!(months("{eq: \"1.234\"}").await, 0);
        assert_eq!(months("{gt: \"0.999\"}").await, months("{gte: \"1\"}").await);
        assert_eq!(months("{lte: \"0.999\"}").await, months("{lt: \"1.00\"}").await);
    })
    .await;
}

#[tokio::test]
async fn impossible_conditions_are_refused() {
    let cases = [
        ("cooperatives(where: {location: {withinKm: 5}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {location: {near: {latitude: 91, longitude: 0}}})", "BAD_USER_INPUT"),
        (
            "cooperatives(where: {location: {near: {latitude: 1, longitude: 0}, withinKm: -1}})",
            "BAD_USER_INPUT",
        ),
        ("cooperatives(orderBy: [{field: DISTANCE}])", "BAD_USER_INPUT"),
        ("cooperatives(where: {and: null})", "BAD_USER_INPUT"),
        ("cooperatives(where: {or: [null]})", "GRAPHQL_VALIDATION_FAILED"),
        ("cooperatives(where: {linkages: null})", "BAD_USER_INPUT"),
        ("cooperatives(where: {linkages: {some: null}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {memberCount: {gte: \"many\"}})", "GRAPHQL_VALIDATION_FAILED"),
        ("cooperatives(where: {establishedOn: {eq: \"2025-02-30\"}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {establishedOn: {eq: \"12025-02-03\"}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {principalSaving: {eq: \"1.5\"}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {id: {eq: \"UmVnaW9uOjMy\"}})", "BAD_USER_INPUT"),
        ("cooperatives(where: {colour: {eq: RED}})", "GRAPHQL_VALIDATION_FAILED"),
    ];
    each_engine(async |registry| {
        for (question, code) in cases {
            let answer = registry.ask(&format!("{{ {question} {{ totalCount }} }}")).await;
            assert_eq!(answer.code(), code, "{question}: {}", answer.body);
        }
    })
    .await;
}

/// A cursor also depends on the condition of a count in its order.
#[tokio::test]
async fn a_cursor_of_another_computed_order_is_refused() {
    each_engine(async |registry| {
        let by = |status: &str| {
            format!("[{{field: LINKAGE_COUNT, direction: DESC, linkages: {{where: {{status: {{eq: {status}}}}}}}}}]")
        };
        let page = format!("{{ cooperatives(first: 2, orderBy: {}) {{ pageInfo {{ endCursor }} }} }}", by("ACTIVE"));
        let cursor = registry.data(&page).await["cooperatives"]["pageInfo"]["endCursor"].clone();
        let next = |status: &str| {
            format!("{{ cooperatives(first: 2, after: {cursor}, orderBy: {}) {{ nodes {{ id }} }} }}", by(status))
        };
        assert_eq!(registry.ask(&next("TRIAL")).await.code(), "CURSOR_INVALID");
        registry.data(&next("ACTIVE")).await;
    })
    .await;
}

/// A search in a list respects its `where`, ranks, pages and counts like any order.
#[tokio::test]
async fn a_searched_list_is_sorted_by_relevance() {
    each_engine(async |registry| {
        let document = "query($search: String, $where: CooperativeWhere, $first: Int, $after: String) {
            cooperatives(search: $search, where: $where, first: $first, after: $after) {
              totalCount pageInfo { hasNextPage endCursor } nodes { id shortName region { code } } } }";
        let ask = async |variables: Json| {
            registry.ask_with(document, variables).await.data()["cooperatives"].clone()
        };
        let found = ask(json!({ "search": "al itifaq" })).await;
        assert_eq!(found["nodes"][0]["shortName"], "Kopontren Al-Ittifaq");
        let elsewhere =
            ask(json!({ "search": "al itifaq", "where": { "region": { "within": "33" } } })).await;
        for node in elsewhere["nodes"].as_array().unwrap() {
            assert!(node["region"]["code"].as_str().unwrap().starts_with("33"));
        }
        let whole = ask(json!({ "search": "suka", "first": 100 })).await;
        let (mut paged, mut after) = (Vec::new(), Json::Null);
        loop {
            let page = ask(json!({ "search": "suka", "first": 7, "after": after })).await;
            assert_eq!(page["totalCount"], whole["totalCount"]);
            paged.extend(page["nodes"].as_array().unwrap().iter().cloned());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false || paged.len() >= 100 {
                break;
            }
        }
        let nodes = whole["nodes"].as_array().unwrap();
        assert!(nodes.len() > 7);
        assert_eq!(&paged[..nodes.len().min(paged.len())], &nodes[..nodes.len().min(paged.len())]);
        let other = json!({ "search": "maju", "first": 7, "after": after });
        assert_eq!(registry.ask_with(document, other).await.code(), "CURSOR_INVALID");
        let unsearched = "{ cooperatives(orderBy: [{field: RELEVANCE}]) { totalCount } }";
        assert_eq!(registry.ask(unsearched).await.code(), "BAD_USER_INPUT");
    })
    .await;
}

/// Equalities of one field in an `or` become one list of values, in SQL and in the price.
#[tokio::test]
async fn a_thousand_alternatives_of_one_field_are_a_list_of_values() {
    each_engine(async |registry| {
        let page = registry.data("{ cooperatives(first: 40) { nodes { slug } } }").await;
        let known = page["cooperatives"]["nodes"].as_array().unwrap().iter();
        let slugs: Vec<Json> =
            known.map(|node| node["slug"].clone()).chain((0..1_060).map(|at| json!(format!("x{at}")))).collect();
        let query = "query($w: CooperativeWhere) { cooperatives(where: $w) { totalCount } }";
        let ask = async |filter: Json| {
            let answer = registry.ask_with(query, json!({ "w": filter })).await;
            let cost = answer.body["extensions"]["cost"]["requested"].as_u64().unwrap();
            (answer.data()["cooperatives"]["totalCount"].as_u64().unwrap(), cost)
        };
        let (listed, list) = ask(json!({ "slug": { "in": slugs } })).await;
        let each = slugs.iter().map(|slug| json!({ "slug": { "eq": slug } })).collect::<Vec<_>>();
        let (found, alternatives) = ask(json!({ "or": each })).await;
        assert_eq!((listed, found), (40, 40));
        assert!(alternatives.abs_diff(list) * 20 <= list, "{alternatives} and {list} points");
        // With others beside them, and with several values each.
        let mixed = json!({ "or": [
            { "slug": { "eq": slugs[0] } }, { "slug": { "in": [slugs[1], slugs[2]] } }, { "slug": { "eq": "x" } },
            { "slug": { "startsWith": slugs[3] } }, { "slug": { "eq": slugs[4] }, "name": { "contains": "" } },
            { "and": [{ "slug": { "eq": slugs[5] } }] },
        ] });
        assert_eq!(ask(mixed.clone()).await.0, 6);
        let all = ask(json!({})).await.0;
        assert_eq!(ask(json!({ "not": mixed })).await.0, all - 6);
        assert_eq!(ask(json!({ "or": [{ "slug": { "eq": slugs[0] } }] })).await.0, 1);
        // What no row can fit is no condition in SQL, as it is none in the price.
        let nothing = json!([{ "memberCount": { "in": [] } }, { "principalSaving": { "eq": "9999999999999999999999" } }]);
        let nothing = nothing.as_array().unwrap().iter().cycle().take(4_000).collect::<Vec<_>>();
        assert_eq!(ask(json!({ "or": nothing })).await.0, 0);
        assert_eq!(ask(json!({ "not": { "or": nothing } })).await.0, all);
    })
    .await;
}
