//! What answers cost in statements, however many rows they hold.

use std::{fs, num::NonZeroU32, path::Path};

use serde_json::{Value, json};
use simpul::{
    cli::explain::{Explained, page},
    config::ServeOptions,
    graph::load::Planner,
};

use crate::support::{Registry, database, each_engine};

/// Five levels of lists, each with `first` rows.
fn five_levels(first: usize) -> String {
    format!(
        "{{ internshipPrograms(first: {first}, orderBy: [{{field: PARTICIPANT_COUNT, direction: DESC}}]) {{ nodes {{ code
             batches(first: {first}) {{ nodes {{ number
               placements(first: {first}) {{ nodes {{ status
                 cooperative {{ name
                   linkages(first: {first}) {{ totalCount nodes {{ code
                     months(first: {first}) {{ nodes {{ month }} }} }} }} }} }} }} }} }} }} }} }}"
    )
}

async fn statements(registry: &Registry, planner: Planner, document: &str) -> usize {
    let answer = registry.planned(planner).limited_to(u32::MAX).ask(document).await;
    let statements = answer.statements;
    answer.data();
    statements
}

#[tokio::test]
async fn a_planned_document_is_one_statement_whatever_its_depth_and_pages() {
    each_engine(async |registry| {
        for first in [1, 3, 10] {
            assert_eq!(statements(registry, Planner::On, &five_levels(first)).await, 1, "pages of {first}");
        }
    })
    .await;
}

/// Programs, batches, placements, cooperatives, linkages with their count, months: six levels, one statement each.
#[tokio::test]
async fn an_unplanned_document_is_one_statement_a_level() {
    each_engine(async |registry| {
        for first in [5, 20] {
            assert_eq!(statements(registry, Planner::Off, &five_levels(first)).await, 6, "pages of {first}");
        }
    })
    .await;
}

/// Several roots, and several arguments of one field, are columns of one statement.
#[tokio::test]
async fn all_roots_of_a_document_are_one_statement() {
    each_engine(async |registry| {
        let document = "{
            a: cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { name small: linkages(first: 1) { nodes { code } } big: linkages(first: 9) { nodes { code } } }
            b: institution(by: {slug: \"universitas-pasundan\"}) { name partnerships { totalCount } }
            c: internshipPrograms(first: 3) { totalCount nodes { code host { name } } }
            d: regions(first: 2) { nodes { code } } }";
        assert_eq!(statements(registry, Planner::On, document).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_count_is_taken_only_when_it_is_asked_for_and_rows_only_when_they_are() {
    each_engine(async |registry| {
        let counted = registry.ask("{ cooperatives { totalCount totalCountPrecision } }").await;
        assert_eq!(counted.statements, 1);
        let data = counted.data();
        assert!(data["cooperatives"]["totalCount"].as_u64().unwrap() > 1_000);
        assert_eq!(data["cooperatives"]["totalCountPrecision"], "EXACT");
        assert_eq!(registry.ask("{ cooperatives { __typename } }").await.statements, 0);
    })
    .await;
}

/// Fields of a region or a commodity cost nothing once the reference data is in memory.
#[tokio::test]
async fn reference_data_in_memory_costs_no_statement() {
    each_engine(async |registry| {
        let document = "{ region(by: {code: \"32.04\"}) { name parent { name } ancestors { code } } }";
        assert_eq!(registry.ask(document).await.statements, 0);
        let cold = registry.just_started().ask(document).await;
        assert!(cold.statements >= 1);
        assert_eq!(cold.data(), registry.data(document).await);
    })
    .await;
}

/// What leads on from a row in memory is planned through it.
#[tokio::test]
async fn a_list_behind_reference_data_is_planned_too() {
    each_engine(async |registry| {
        let document = "{ cooperatives(first: 20) { nodes { region { name cooperatives(first: 2) { totalCount nodes { name } } } } } }";
        assert_eq!(statements(registry, Planner::On, document).await, 1);
    })
    .await;
}

/// The two ends of a party's types are told apart: only cooperatives' linkages are asked for here.
#[tokio::test]
async fn fragments_on_one_kind_of_party_answer_for_that_kind() {
    each_engine(async |registry| {
        let document = "{ partnerships(first: 20) { nodes { parties { party { __typename
            ... on Cooperative { linkages(first: 2) { totalCount } }
            ... on PartnerInstitution { partnerships(first: 1) { totalCount } } } } } } }";
        let answer = registry.ask(document).await;
        if crate::support::planner() == Planner::On {
            assert_eq!(answer.statements, 1);
        }
        for node in answer.data()["partnerships"]["nodes"].as_array().unwrap() {
            for party in node["parties"].as_array().unwrap() {
                let party = &party["party"];
                let cooperative = party["__typename"] == "Cooperative";
                assert_eq!(party.get("linkages").is_some(), cooperative);
                assert_eq!(party.get("partnerships").is_some(), !cooperative);
            }
        }
    })
    .await;
}

/// A plan is kept with its document, but not where variables decide what there is to plan for.
#[tokio::test]
async fn what_variables_leave_out_is_planned_for_when_they_leave_it_in() {
    each_engine(async |registry| {
        let document = "query($deep: Boolean!) { cooperatives(first: 5) { nodes { name
            officers(first: 2) @include(if: $deep) { nodes { name } } ...Sales @skip(if: $deep) } } }
            fragment Sales on Cooperative { linkages(as: SUPPLIER, first: 2) { nodes { buyer { name } } } }";
        let registry = registry.planned(Planner::On);
        for deep in [false, true, false, true] {
            let variables = json!({ "deep": deep });
            let answer = registry.ask_with(document, variables.clone()).await;
            assert_eq!(answer.statements, 1, "deep: {deep}");
            let edge_by_edge = registry.planned(Planner::Off).ask_with(document, variables).await;
            assert_eq!(answer.data(), edge_by_edge.data());
        }
    })
    .await;
}

/// What is remembered of a document is neither its answer nor its variables.
#[tokio::test]
async fn a_document_that_comes_again_is_answered_anew() {
    each_engine(async |registry| {
        let document = "query($first: Int!, $after: String, $order: [CooperativeOrder!]) {
            cooperatives(first: $first, after: $after, orderBy: $order) { totalCount pageInfo { endCursor }
                nodes { name linkages(as: SUPPLIER, first: 2) { totalCount nodes { annualValue buyer { name } } } } } }";
        let registry = registry.planned(Planner::On);
        let mut after = json!(null);
        for (first, order) in [(2, json!(null)), (3, json!([{ "field": "NAME" }])), (4, json!([{ "field": "NAME" }]))] {
            let after_this_order = if first == 4 { after.clone() } else { json!(null) };
            let variables = json!({ "first": first, "after": after_this_order, "order": order });
            let answer = registry.ask_with(document, variables.clone()).await.data();
            let edge_by_edge = registry.planned(Planner::Off).ask_with(document, variables).await;
            assert_eq!(answer, edge_by_edge.data(), "{first}");
            after = answer["cooperatives"]["pageInfo"]["endCursor"].clone();
        }
        let refused = registry.ask_with(document, json!({ "first": "two" })).await;
        assert_eq!(refused.code(), "BAD_USER_INPUT");
    })
    .await;
}

/// An order by the agreements' own columns takes reading them all; by their keys, the index counts them apart.
#[tokio::test]
async fn a_list_has_the_same_length_whether_its_page_counts_it_along_or_not() {
    each_engine(async |registry| {
        let list = |name: &str, arguments: &str| {
            format!("{name}: partnerships({arguments}) {{ totalCount nodes {{ id }} pageInfo {{ endCursor hasNextPage }} }}")
        };
        let along = "orderBy: [{field: SIGNED_ON, direction: DESC}]";
        let document = format!(
            "{{ institutions(first: 60) {{ nodes {{ {} {} {} {} }} }} }}",
            list("apart", "first: 2"),
            list("along", &format!("first: 2, {along}")),
            list("backward", &format!("last: 2, {along}")),
            list("none", &format!("first: 0, {along}")),
        );
        let planned = registry.planned(Planner::On).limited_to(u32::MAX).ask(&document).await;
        assert_eq!(planned.statements, 1);
        let data = planned.data();
        let institutions = data["institutions"]["nodes"].as_array().unwrap();
        let length = |institution: &serde_json::Value, list: &str| institution[list]["totalCount"].as_u64().unwrap();
        for institution in institutions {
            for list in ["along", "backward", "none"] {
                assert_eq!(length(institution, list), length(institution, "apart"), "{institution}");
            }
        }
        assert!(institutions.iter().any(|institution| length(institution, "apart") == 0));
        assert!(institutions.iter().any(|institution| length(institution, "apart") > 2));
        let unplanned = registry.planned(Planner::Off).limited_to(u32::MAX).ask(&document).await;
        assert_eq!(unplanned.data(), data);
    })
    .await;
}

/// The example is executed on both engines; the sections that have no engine are the same on both.
#[tokio::test]
async fn the_page_of_loading_holds_what_explain_prints() {
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let page = read("docs/loading.md");
    for marked in
        ["plan", "sql, on SQLite", "sql, on PostgreSQL", "result, on SQLite", "answer", "plan, planner off"]
    {
        assert!(page.contains(&format!("<!-- explain: {marked} -->")), "docs/loading.md lacks {marked}");
    }
    let request = Explained { document: read("docs/loading.graphql"), ..Explained::default() };
    let mut options = ServeOptions::default();
    options.statement_timeout_ms = NonZeroU32::new(60_000);
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let filled = page::filled(&page, &fresh.url(), request.clone(), &options).await.unwrap();
        fresh.discard().await;
        let differs = page.lines().zip(filled.lines()).position(|(one, other)| one != other);
        assert!(
            filled == page,
            "docs/loading.md differs from what `simpul explain` prints on {engine:?}, from line {} on; run, on the \
             database of a demo, `cargo run -- explain --database-url URL --into docs/loading.md docs/loading.graphql`",
            differs.unwrap_or_else(|| page.lines().count().min(filled.lines().count())) + 1
        );
    }
}

/// A batch of walks is split: `SQLite` has a SELECT for each, and takes at most 500 of them in one compound.
#[tokio::test]
async fn hundreds_of_walks_in_one_batch_are_answered_as_each_is_alone() {
    each_engine(async |registry| {
        let walk = "id downstream(maxDepth: 1, first: 2) { truncated nodes { depth linkage { code } } }";
        let many = format!(
            "{{ regions(first: 38, where: {{level: {{eq: PROVINCE}}}}) {{ nodes {{ \
             cooperatives(first: 16, orderBy: {{field: LINKAGE_COUNT, direction: DESC}}) {{ nodes {{ {walk} }} }} }} }} }}"
        );
        for planner in [Planner::On, Planner::Off] {
            let registry = registry.planned(planner).limited_to(u32::MAX);
            let together = registry.ask(&many).await.data();
            let provinces = together["regions"]["nodes"].as_array().unwrap().iter();
            let all: Vec<&Value> =
                provinces.flat_map(|province| province["cooperatives"]["nodes"].as_array().unwrap()).collect();
            assert!(all.len() > 500, "{}", all.len());
            let mut walked = 0;
            for one in all.iter().step_by(40) {
                let alone = format!("query($id: ID!) {{ node(id: $id) {{ ... on Cooperative {{ {walk} }} }} }}");
                let alone = registry.ask_with(&alone, json!({ "id": one["id"] })).await.data();
                walked += usize::from(alone["node"]["downstream"]["nodes"][0].is_object());
                assert_eq!(&&alone["node"], one, "{planner:?}");
            }
            assert!(walked > 5, "{planner:?}: {walked}");
        }
    })
    .await;
}
