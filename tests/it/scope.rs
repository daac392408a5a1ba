//! Scopes: the rows that each shows, and that nothing cached for one scope is used for another.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use simpul::{
    access::{Granted, RegionCode, Scope, ViewerScope},
    graph::load::Planner,
    http::door::CallerContext,
    store::Engine,
};

use uuid::Uuid;

use crate::{
    privacy::hidden_rows::{self, KEPT_BACK},
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

/// Scopes of every shape, and of each shape with values two that differ by these. The parties are those of many records
/// that are not public.
async fn scopes(registry: &Registry) -> Vec<Scope> {
    let parties = parties_of_drafts(registry).await;
    let granted = |codes: &[&str], parties: &[Uuid]| {
        let codes = codes.iter().map(|code| RegionCode::new(code).unwrap()).collect();
        Granted::scope(codes, parties.to_vec())
    };
    [
        ViewerScope::Public,
        granted(&["32"], &[]),
        ViewerScope::Ministry,
        granted(&["33"], &[]),
        granted(&[], &parties[..2]),
        granted(&["32.04", "33"], &[]),
        granted(&[], &parties),
        granted(&["32"], &parties[..1]),
        granted(&["33", "32"], &parties[1..]),
    ]
    .map(Scope::from)
    .to_vec()
}

/// An organiser and a supporter of draft programs, a signatory of drafts, and a cooperative of a hidden placement.
async fn parties_of_drafts(registry: &Registry) -> Vec<Uuid> {
    let mut parties = Vec::new();
    for sql in [
        "SELECT organiser_id FROM internship_program WHERE status = 'DRAFT' ORDER BY id LIMIT 1",
        "SELECT l.party_id FROM partnership_party l JOIN partnership p ON p.id = l.partnership_id
         WHERE p.status IN ('DRAFT', 'IN_REVIEW') GROUP BY l.party_id ORDER BY count(*) DESC, l.party_id LIMIT 1",
        "SELECT cooperative_id FROM placement WHERE status IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')
         ORDER BY id LIMIT 1",
        "SELECT b.host_id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         WHERE s.status IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') AND b.host_id IS NOT NULL
         ORDER BY s.id LIMIT 1",
    ] {
        let statement = Statement::from_string(registry.database.get_database_backend(), sql);
        let found = registry.database.query_one_raw(statement).await.unwrap();
        parties.extend(found.map(|row| row.try_get_by_index::<Uuid>(0).unwrap()));
    }
    assert!(parties.len() > 2, "the sample has drafts of {} parties only", parties.len());
    parties
}

async fn answer(registry: &Registry, scope: &Scope, document: &str, variables: &Value) -> Value {
    let body = json!({ "query": document, "variables": variables });
    let request: async_graphql::Request = serde_json::from_value(body).unwrap();
    let context = CallerContext { scope: scope.clone(), ..CallerContext::default() };
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
    let hidden = answer(registry, &ViewerScope::Ministry.into(), hidden, &json!({})).await;
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
            let scopes = scopes(registry).await;
            for (at, scope) in scopes.iter().enumerate() {
                // A door that answers no other scope.
                let own = registry.planned(planner);
                for (place, (document, variables)) in documents.iter().enumerate() {
                    alone.insert((place, at), answer(&own, scope, document, variables).await);
                }
            }
            // These differ by values only, which cached text has to bind again.
            for (one, other) in [(1, 3), (4, 6), (7, 8)] {
                let differ = (0..documents.len())
                    .filter(|place| alone[&(*place, one)] != alone[&(*place, other)])
                    .count();
                let same = "scopes of one shape see the same in all but";
                assert!(differ >= 6, "{same} {differ} documents: {:?}", scopes[other]);
            }
            let shared = registry.planned(planner);
            for (place, (document, variables)) in documents.iter().enumerate() {
                for (at, scope) in scopes.iter().enumerate() {
                    let told = answer(&shared, scope, document, variables).await;
                    assert_eq!(told, alone[&(place, at)], "{planner:?} {scope:?} {document}");
                }
            }
        }
    })
    .await;
}

/// The numbers of agreements, programs, batches, sessions and placements that belong to these regions and parties, or are
/// public.
fn counts(scope: &Scope, engine: Engine) -> [String; 5] {
    let (regions, parties) = match &scope.viewer {
        ViewerScope::Granted(granted) => (granted.regions(), granted.parties()),
        _ => (&[][..], &[][..]),
    };
    let inside = |column: &str| {
        let ranges = regions.iter().map(|code| {
            let code = code.as_str();
            format!("({column} >= '{code}' AND {column} < '{code}/')")
        });
        ranges.chain(["1 = 0".to_owned()]).collect::<Vec<_>>().join(" OR ")
    };
    let is_party = |column: &str| {
        let key = |key: &Uuid| match engine {
            Engine::Sqlite => format!("X'{}'", key.simple()),
            Engine::Postgres => format!("'{key}'"),
        };
        let equal = parties.iter().map(|party| format!("{column} = {}", key(party)));
        equal.chain(["1 = 0".to_owned()]).collect::<Vec<_>>().join(" OR ")
    };
    let all = if scope.viewer == ViewerScope::Ministry { "1 = 1" } else { "1 = 0" };
    let run = format!("(({}) OR ({}))", is_party("p.organiser_id"), is_party("p.host_id"));
    let drafts = format!(
        "({all} OR {run} OR EXISTS (SELECT 1 FROM institution o WHERE o.id = p.organiser_id AND o.kind <> 'MINISTRY' AND ({}))
         OR EXISTS (SELECT 1 FROM program_supporter s WHERE s.program_id = p.id AND ({})))",
        inside("o.region_code"),
        is_party("s.institution_id")
    );
    let own = format!(
        "(({}) OR ({}) OR EXISTS (SELECT 1 FROM cooperative c WHERE c.id = x.cooperative_id AND ({})))",
        is_party("x.cooperative_id"),
        is_party("b.host_id"),
        inside("c.region_code")
    );
    let announced = "(p.status NOT IN ('DRAFT', 'CANCELLED') OR (p.status = 'CANCELLED' AND p.announced))";
    let of_batch =
        "JOIN internship_batch b ON b.id = x.batch_id JOIN internship_program p ON p.id = b.program_id";
    let party = format!(
        "(q.kind = 'COOPERATIVE' AND l.role <> 'WITNESS' AND ({})) OR ({})",
        inside("q.region_code"),
        is_party("q.id")
    );
    [
        format!(
            "SELECT count(*) FROM partnership x WHERE {all} OR status NOT IN ('DRAFT', 'IN_REVIEW', 'CANCELLED')
             OR EXISTS (SELECT 1 FROM partnership_party l JOIN party q ON q.id = l.party_id
                WHERE l.partnership_id = x.id AND ({party}))"
        ),
        format!("SELECT count(*) FROM internship_program p WHERE {announced} OR {drafts}"),
        format!(
            "SELECT count(*) FROM internship_batch x JOIN internship_program p ON p.id = x.program_id
             WHERE {announced} OR {drafts}"
        ),
        format!("SELECT count(*) FROM training_session x {of_batch} WHERE {announced} OR {drafts}"),
        format!(
            "SELECT count(*) FROM placement x {of_batch} WHERE {all} OR {run} OR ({announced} AND (
             x.status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW') OR {own}))"
        ),
    ]
}

#[tokio::test]
async fn each_scope_counts_the_records_that_sql_counts() {
    const LISTS: [&str; 5] = ["agreements", "programs", "batches", "sessions", "placements"];
    let document = "{ agreements: partnerships(first: 0) { totalCount } programs: internshipPrograms(first: 0) { totalCount }
        batches: internshipBatches(first: 0) { totalCount } sessions: trainingSessions(first: 0) { totalCount }
        placements(first: 0) { totalCount } }";
    each_engine(async |registry| {
        // A draft with batches and participants, and with a host of its own.
        for change in &KEPT_BACK[..2] {
            assert_eq!(hidden_rows::run(registry, change).await, 1, "{change}");
        }
        let shared = registry.planned(Planner::On);
        let mut seen = Vec::new();
        for scope in scopes(registry).await {
            let told = answer(&shared, &scope, document, &json!({})).await;
            let mut numbers = [0; 5];
            for ((nth, list), sql) in LISTS.iter().enumerate().zip(counts(&scope, registry.engine)) {
                numbers[nth] = number(registry, sql).await;
                assert_eq!(told[list]["totalCount"], numbers[nth], "{list} of {scope:?}");
            }
            seen.push(numbers);
        }
        for nth in 0..LISTS.len() {
            let by_scope: Vec<i64> = seen.iter().map(|numbers| numbers[nth]).collect();
            let [public, .., parties, _, _] = by_scope[..] else { unreachable!() };
            assert!(public < parties && parties < by_scope[2], "{} by scope: {by_scope:?}", LISTS[nth]);
        }
    })
    .await;
}
