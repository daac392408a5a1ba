//! Scopes: the rows that each shows, and that nothing cached for one scope is used for another.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use simpul::{
    access::{RegionCode, Scope, ViewerScope},
    graph::load::Planner,
    http::door::CallerContext,
};

use crate::{
    queries::queries,
    support::{Registry, each_engine},
};

/// Documents that reach drafts by every path: lists, counts, edges, conditions, figures, search, ids and counts of records.
const DRAFTS: [&str; 9] = [
    "{ partnerships(first: 100) { totalCount nodes { id status parties { party { id } } } } }",
    "{ programs: internshipPrograms(first: 100, orderBy: [{field: CODE}]) { totalCount nodes { id status batches(first: 5) { totalCount } } } }",
    "{ cooperatives(first: 100, where: {partnerships: {some: {status: {in: [DRAFT, IN_REVIEW]}}}}) { totalCount nodes { id } } }",
    "{ institutions(first: 50) { nodes { id partnerships(first: 3) { totalCount nodes { id } } } } }",
    "{ figures: partnershipAggregate(groupBy: [STATUS], first: 100) { totalCount nodes { keys { value } count } } }",
    "{ placements(first: 100, orderBy: [{field: CREATED_AT}]) { totalCount nodes { id status batch { id } } } }",
    "{ figures: placementAggregate(groupBy: [STATUS], first: 100) { totalCount nodes { keys { value } count } } }",
    "{ registry { counts { noun source count } } }",
    "{ search(text: \"magang\", types: [PROGRAM], first: 50) { totalCount nodes { ... on InternshipProgram { id status } } } }",
];

fn scopes() -> Vec<Scope> {
    let region = |code| ViewerScope::Regional(RegionCode::new(code).unwrap());
    [ViewerScope::Public, region("32"), ViewerScope::Ministry, region("33"), region("32.04")]
        .map(Scope::from)
        .to_vec()
}

async fn answer(registry: &Registry, scope: Scope, document: &str, variables: &Value) -> Value {
    let body = json!({ "query": document, "variables": variables });
    let request: async_graphql::Request = serde_json::from_value(body).unwrap();
    let context = CallerContext { scope, ..CallerContext::default() };
    let answer = registry.door().answer(request.into(), &context).await;
    let answer = serde_json::to_value(&answer).unwrap();
    assert_eq!(answer.get("errors"), None, "{document}: {answer}");
    answer["data"].clone()
}

async fn number(registry: &Registry, sql: String) -> i64 {
    let statement = Statement::from_string(registry.database.get_database_backend(), sql);
    registry.database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn documents(registry: &Registry) -> Vec<(String, Value)> {
    let users = queries().into_iter().map(|query| (query.document, query.variables));
    let drafts = DRAFTS.iter().map(|document| ((*document).to_owned(), json!({})));
    let hidden = "{ partnerships(first: 50, where: {status: {in: [DRAFT, IN_REVIEW]}}) { nodes { id } } }";
    let hidden = answer(registry, ViewerScope::Ministry.into(), hidden, &json!({})).await;
    let ids: Vec<Value> =
        hidden["partnerships"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
    assert!(ids.len() > 5, "there are too few drafts");
    let by_id = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Partnership { status } } }".to_owned();
    // Twice, so that a door answers each scope with what it kept for the one before.
    let once: Vec<_> = users.chain(drafts).chain([(by_id, json!({ "ids": ids }))]).collect();
    [once.clone(), once].concat()
}

#[tokio::test]
async fn alternating_scopes_on_one_door_get_the_answers_of_separate_doors() {
    each_engine(async |registry| {
        let documents = documents(registry).await;
        for planner in [Planner::On, Planner::Off] {
            let mut alone = BTreeMap::new();
            for (at, scope) in scopes().into_iter().enumerate() {
                // A door that answers no other scope.
                let own = registry.planned(planner);
                for (place, (document, variables)) in documents.iter().enumerate() {
                    alone.insert((place, at), answer(&own, scope, document, variables).await);
                }
            }
            // The second and the fourth scope differ by a value only, which cached text has to bind again.
            let differ =
                (0..documents.len()).filter(|place| alone[&(*place, 1)] != alone[&(*place, 3)]).count();
            assert!(differ >= 6, "regions see the same in all but {differ} documents");
            let shared = registry.planned(planner);
            for (place, (document, variables)) in documents.iter().enumerate() {
                for (at, scope) in scopes().into_iter().enumerate() {
                    let told = answer(&shared, scope, document, variables).await;
                    assert_eq!(told, alone[&(place, at)], "{planner:?} {scope:?} {document}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_scope_counts_the_agreements_and_programs_that_sql_counts() {
    const PUBLIC: &str = "status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')";
    const ANNOUNCED: &str = "(status NOT IN ('DRAFT', 'CANCELLED') OR (status = 'CANCELLED' AND announced))";
    each_engine(async |registry| {
        let shared = registry.planned(Planner::On);
        let mut seen = Vec::new();
        for scope in scopes() {
            let (agreements, programs) = match scope.viewer {
                ViewerScope::Public => (PUBLIC.to_owned(), ANNOUNCED.to_owned()),
                ViewerScope::Ministry => ("1 = 1".to_owned(), "1 = 1".to_owned()),
                ViewerScope::Regional(code) => {
                    let inside = |column: &str| {
                        let code = code.as_str();
                        format!("({column} >= '{code}' AND {column} < '{code}/')")
                    };
                    let party = inside("p.region_code");
                    let organiser = inside("o.region_code");
                    (
                        format!(
                            "{PUBLIC} OR EXISTS (SELECT 1 FROM partnership_party l JOIN party p ON p.id = l.party_id
                             WHERE l.partnership_id = x.id AND {party})"
                        ),
                        format!(
                            "{ANNOUNCED} OR EXISTS (SELECT 1 FROM institution o WHERE o.id = x.organiser_id AND {organiser})"
                        ),
                    )
                }
            };
            let expected = [
                number(registry, format!("SELECT count(*) FROM partnership x WHERE {agreements}")).await,
                number(registry, format!("SELECT count(*) FROM internship_program x WHERE {programs}")).await,
            ];
            let document = "{ partnerships(first: 0) { totalCount } programs: internshipPrograms(first: 0) { totalCount } }";
            let told = answer(&shared, scope, document, &json!({})).await;
            let told = ["partnerships", "programs"].map(|list| told[list]["totalCount"].as_i64().unwrap());
            assert_eq!(told, expected, "{scope:?}");
            seen.push(expected[0]);
        }
        assert!(seen[0] < seen[1] && seen[1] < seen[2] && seen[1] != seen[3], "no draft tells scopes apart: {seen:?}");
    })
    .await;
}
