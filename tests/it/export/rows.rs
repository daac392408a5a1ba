//! The rows of exports are those of the API's pages, for every list at the root.

use async_graphql::registry::{MetaType, Registry as Types};
use serde_json::{Value, json};
use simpul::{
    access::{Audience, Use},
    registry::personal::TABLE,
    schema,
};

use super::{export, rows};
use crate::support::{OF_ADMINISTRATORS, Registry, each_engine};

/// The names of the lists at the root that are read in pages, with the type of their rows.
fn lists(types: &Types) -> Vec<(String, &MetaType)> {
    let root = types.types.get(&types.query_type).unwrap().fields().unwrap();
    let list = |(name, field): (&String, &async_graphql::registry::MetaField)| {
        let page = types.concrete_type_by_name(&field.ty)?;
        page.field_by_name("pageInfo")?;
        let rows = types.concrete_type_by_name(&page.field_by_name("nodes")?.ty)?;
        Some((name.clone(), rows))
    };
    root.iter().filter_map(list).collect()
}

/// The scalar fields of a type that take no arguments and that everybody may read.
fn leaves(types: &Types, of: &MetaType) -> Vec<String> {
    let fields = of.fields().unwrap().iter();
    let leaf = |field: &async_graphql::registry::MetaField| {
        let kind = types.concrete_type_by_name(&field.ty).unwrap();
        matches!(kind, MetaType::Scalar { .. } | MetaType::Enum { .. }) && field.args.is_empty()
    };
    let forbidden: Vec<&str> = TABLE
        .iter()
        .map(|personal| personal.permission(Use::Read))
        .filter(|read| read.who != Audience::Everyone)
        .flat_map(|read| read.at.iter().copied())
        .collect();
    let open = |name: &str| !forbidden.contains(&format!("{}.{name}", of.name()).as_str());
    fields.filter(|(name, field)| leaf(field) && open(name)).map(|(name, _)| name.clone()).collect()
}

/// Up to `most` rows of the API's pages.
async fn walked(
    registry: &Registry,
    list: &str,
    arguments: &str,
    set: &str,
    size: usize,
    most: usize,
) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), "null".to_owned());
    loop {
        let first = size.min(most - found.len());
        let query = format!(
            "{{ {list}({arguments} first: {first}, after: {after}) {{ nodes {{ {set} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = registry.ask(&query).await.body;
        assert_eq!(answer.get("errors"), None, "{query}: {answer}");
        let page = &answer["data"][list];
        found.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if found.len() >= most || page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].to_string();
    }
}

#[tokio::test]
async fn every_list_and_every_aggregate_at_the_root_is_exported_as_its_pages_hold_it() {
    let types = schema::registry();
    each_engine(async |registry| {
        let lists = lists(&types);
        assert!(lists.len() > 25, "these cannot be all lists");
        for (name, of) in &lists {
            // The log is read by its cursors.
            if ["search", "changes"].iter().chain(&OF_ADMINISTRATORS).any(|other| name == other) {
                continue;
            }
            let figures = of.field_by_name("keys").is_some();
            let root = types.types.get(&types.query_type).unwrap();
            let (arguments, set, size, most) = if figures {
                let by = &root.field_by_name(name).unwrap().args["groupBy"].ty;
                let Some(MetaType::Enum { enum_values, .. }) = types.concrete_type_by_name(by) else {
                    panic!()
                };
                let by = enum_values.keys().next().unwrap();
                (format!("groupBy: {by},"), "keys { dimension value label } count".to_owned(), 1_000, 3_000)
            } else {
                // Pages of an export end at 1,000 rows or before.
                let page = 10_000 / leaves(&types, of).len();
                (String::new(), leaves(&types, of).join(" "), 100, page.clamp(100, 1_000) + 50)
            };
            let walked = walked(registry, name, &arguments, &set, size, most).await;
            let first = if figures { String::new() } else { format!("first: {most}") };
            let given = format!("{arguments} {first}");
            let given = if given.trim().is_empty() { String::new() } else { format!("({given})") };
            let exported = rows(registry, &format!("{{ {name}{given} {{ nodes {{ {set} }} }} }}")).await;
            assert_eq!(exported.len(), walked.len(), "{name}");
            for (exported, walked) in exported.iter().zip(&walked) {
                if figures {
                    let by = arguments.trim_start_matches("groupBy: ").trim_end_matches(',');
                    let key = &walked["keys"][0];
                    let flat = json!({
                        format!("keys.{by}.dimension"): key["dimension"],
                        format!("keys.{by}.value"): key["value"],
                        format!("keys.{by}.label"): key["label"],
                        "count": walked["count"],
                    });
                    assert_eq!(exported, &flat, "{name}");
                } else {
                    assert_eq!(exported, walked, "{name}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn columns_are_paths_with_aliases_fragments_and_conditions_resolved_and_rows_carry_their_source() {
    each_engine(async |registry| {
        let query = "{ cooperatives(first: 3, orderBy: [{field: NAME}]) { totalCount nodes { called: name ...F \
                     slug @skip(if: true) region { name province { name } } ... on Cooperative { region { code } } } } } \
                     fragment F on Cooperative { status }";
        let exported = rows(registry, query).await;
        assert_eq!(exported.len(), 3);
        let names: Vec<&String> = exported[0].as_object().unwrap().keys().collect();
        let mut expected =
            ["called", "status", "region.name", "region.province.name", "region.code", "source"].map(str::to_owned);
        expected.sort();
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort();
        assert_eq!(names, expected);
        let edges = "{ cooperatives(first: 3, orderBy: [{field: NAME}]) { edges { cursor node { called: name } } } }";
        let edges = rows(registry, edges).await;
        assert_eq!(edges[2]["called"], exported[2]["called"]);
        assert!(edges[2]["cursor"].is_string() && edges[2]["source"].is_string(), "{}", edges[2]);
        let rest = format!(
            "{{ cooperatives(first: 1, orderBy: [{{field: NAME}}], after: {}) {{ nodes {{ called: name source: slug }} }} }}",
            edges[1]["cursor"]
        );
        let rest = rows(registry, &rest).await;
        assert_eq!(rest[0]["called"], exported[2]["called"], "it goes on after a cursor");
        assert!(rest[0]["recordSource"].is_string(), "{}", rest[0]);
        let twice = rows(
            registry,
            "{ cooperatives(first: 1) { edges { node { source: slug recordSource: id } node { name } } } }",
        );
        let twice = twice.await;
        assert!(twice[0]["recordSource2"].is_string(), "{}", twice[0]);
        let once = "{ cooperatives(first: 1) { edges { node { name } node { source } } } }";
        let once = rows(registry, once).await;
        assert_eq!(once[0].as_object().unwrap().len(), 2, "{}", once[0]);
        let counted = registry.ask("{ search(text: \"jaya\") { totalCount } }").await.body;
        let found = rows(registry, "{ search(text: \"jaya\") { edges { score node { __typename ... on Cooperative { name } ... on Region { code } } } } }").await;
        assert!(!found.is_empty());
        assert_eq!(counted["data"]["search"]["totalCount"], found.len());
        assert!(found.iter().all(|row| row.as_object().unwrap().len() == 5), "{}", found[0]);
    })
    .await;
}

#[tokio::test]
async fn one_list_beneath_each_row_is_expanded_on_request() {
    each_engine(async |registry| {
        let query =
            "{ cooperatives(first: 400) { nodes { slug linkages { nodes { id commodity { name } } } } } }";
        let refused = export(registry, "ndjson", query).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "BAD_USER_INPUT"));
        assert!(refused.message().contains("`expand=linkages`"), "{}", refused.message());
        let counted = "{ cooperatives(first: 400) { nodes { slug linkages { totalCount } } } }";
        let counted = rows(registry, counted).await;
        let pages = walked(registry, "cooperatives", "", "slug linkages { totalCount }", 100, 400).await;
        assert!(pages.iter().any(|row| row["linkages"]["totalCount"].as_u64() > Some(1)));
        assert_eq!(counted.len(), pages.len());
        for (counted, row) in counted.iter().zip(&pages) {
            let own = (&counted["slug"], &counted["linkages.totalCount"]);
            assert_eq!(own, (&row["slug"], &row["linkages"]["totalCount"]), "a number of a page is a column");
        }
        let short = [("columns", "slug,linkages.totalCount"), ("first", "400")];
        let short = registry.get(&super::address("cooperatives.ndjson", &short), &[]).await;
        let short: Vec<Value> =
            short.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(short, counted);
        let address = super::address("ndjson", &[("query", query), ("expand", "linkages")]);
        let reply = registry.get(&address, &[]).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let exported: Vec<Value> =
            reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut expected = Vec::new();
        let set = "slug source linkages(first: 100) { nodes { id source commodity { name } } }";
        for row in walked(registry, "cooperatives", "", set, 20, 400).await {
            let items = row["linkages"]["nodes"].as_array().unwrap();
            for item in items.iter().chain([&Value::Null]).take(items.len().max(1)) {
                let own =
                    [&row["slug"], &item["id"], &item["commodity"]["name"], &item["source"], &row["source"]];
                expected.push(json!(own));
            }
        }
        let names = ["slug", "linkages.id", "linkages.commodity.name", "linkages.source", "source"];
        let exported = exported.iter().map(|row| json!(names.map(|name| &row[name])));
        assert_eq!(exported.collect::<Vec<_>>(), expected);
    })
    .await;
}
