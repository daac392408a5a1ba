//! The access log: what is written of a question about personal data, and that none is answered without.

use entity::{access_log, change, vocabulary::Role};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope, Viewer},
    http::CallerContext,
    store::{AccessLog, Credentials},
};

use crate::{
    export::address,
    support::{Registry, each_engine, sha256},
    writing::{ministry, with_role},
};

const FIGURES: &str = "query Women($region: RegionCode!) {
    # of Siti
    officerAggregate(where: {cooperative: {region: {within: $region}}, role: {eq: CHAIR}, startsOn: {gte: \"2020-01-01\"}},
        groupBy: [GENDER], first: 5) { nodes { count keys { value } } } }";

async fn ask(registry: &Registry, viewer: &Viewer, document: &str, variables: Value) -> Value {
    let context = CallerContext {
        scope: viewer.scope().into(),
        viewer: viewer.clone(),
        request_id: "request-7".to_owned(),
        ..CallerContext::default()
    };
    let request =
        async_graphql::Request::new(document).variables(async_graphql::Variables::from_json(variables));
    serde_json::to_value(registry.door().answer(request.into(), &context).await).unwrap()
}

async fn log(registry: &Registry) -> Vec<access_log::Model> {
    let all = access_log::Entity::find().order_by_asc(access_log::Column::At);
    all.order_by_asc(access_log::Column::Id).all(&registry.database).await.unwrap()
}

#[tokio::test]
async fn a_question_about_personal_data_is_recorded_before_it_is_answered() {
    each_engine(async |registry| {
        let recording = registry.recording();
        let analyst = with_role("analyst", Role::Analyst, GrantScope::Everything);
        let grant = Grant { role: Role::Analyst, scope: GrantScope::Everything };
        let credentials = Credentials::new(registry.database.clone());
        credentials.add_grant_under("analyst", grant, ("test", Some("Perjanjian 12/2026")), None).await.unwrap();
        let changes = change::Entity::find().count(&registry.database).await.unwrap();

        let answer = ask(&recording, &analyst, FIGURES, json!({ "region": "32" })).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        let keys: Vec<&Value> =
            answer["data"]["officerAggregate"]["nodes"].as_array().unwrap().iter().map(|node| &node["keys"]).collect();
        assert_eq!(keys, [&json!([{ "value": "FEMALE" }]), &json!([{ "value": "MALE" }])], "{answer}");
        let written = log(registry).await;
        let [entry] = &written[..] else { panic!("{written:?}") };
        assert_eq!((entry.subject.as_str(), entry.role), ("analyst", Role::Analyst));
        assert_eq!(entry.agreement.as_deref(), Some("Perjanjian 12/2026"));
        assert_eq!((entry.operation.as_deref(), entry.used.as_str()), (Some("Women"), "group gender"));
        assert_eq!((&entry.sha256, entry.request_id.as_deref()), (&sha256(FIGURES), Some("request-7")));
        assert!(entry.document.contains("groupBy: [GENDER]"), "{}", entry.document);
        for literal in ["2020", "Siti", "32"] {
            assert!(!entry.document.contains(literal), "{literal} is in {}", entry.document);
        }

        let by_ministry = "{ placements(where: {person: {name: {contains: \"siti\"}}, score: {gt: \"50\"}}, first: 1) { totalCount } }";
        let answer = ask(&recording, &ministry(), by_ministry, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        let written = log(registry).await;
        assert_eq!(written.len(), 2);
        assert_eq!((written[1].role, written[1].agreement.as_deref()), (Role::Ministry, None));
        assert_eq!(written[1].used, "filter name of a person, filter participant, filter score");
        assert!(!written[1].document.contains("siti") && !written[1].document.contains("50"));

        // What is refused or public, and what single rows show, is no such question.
        for (viewer, document) in [
            (&Viewer::Anonymous, FIGURES),
            (&analyst, by_ministry),
            (&analyst, "query Women($region: RegionCode!) { officerAggregate(where: {cooperative: {region: {within: $region}}}, groupBy: [ROLE]) { nodes { count } } }"),
            (&ministry(), "query Women($region: RegionCode!) { placements(first: 2, where: {cooperative: {region: {within: $region}}}) { nodes { score person { name } } } }"),
        ] {
            ask(&recording, viewer, document, json!({ "region": "32" })).await;
        }
        assert_eq!(log(registry).await.len(), 2);
        assert_eq!(change::Entity::find().count(&registry.database).await.unwrap(), changes, "the log of changes has no reads");

        // An export that is refused by its price has told how many rows meet the condition.
        let everything = Grant { role: Role::Ministry, scope: GrantScope::Everything };
        credentials.add_grant("exporter", everything, "test", None).await.unwrap();
        let key = credentials.create_key("exporter", None, None).await.unwrap().1.text().to_owned();
        let bearer = format!("Bearer {key}");
        let trusting = recording.trusting(&credentials, &[]);
        let list = address("csv", &[("query", "{ placements(where: {score: {gt: \"50\"}}) { nodes { status } } }")]);
        let headers = [("authorization", bearer.as_str()), ("simpul-cost-only", "true")];
        let priced = trusting.get(&list, &headers).await;
        let requested = priced.json()["extensions"]["cost"]["requested"].as_u64().unwrap();
        assert_eq!(log(registry).await.len(), 3, "{}", priced.text());
        let poor = recording.exporting_within(u32::try_from(requested - 1).unwrap(), None);
        let poor = poor.trusting(&credentials, &[]);
        let refused = poor.get(&list, &headers[..1]).await;
        assert_eq!(refused.code(), "COST_LIMIT_EXCEEDED", "{}", refused.text());
        let written = log(registry).await;
        assert_eq!((written.len(), written[3].used.as_str()), (4, "filter score"));

        // Without a log, or with one that cannot be written, nothing is told.
        let refused = |answer: &Value| {
            assert_eq!(answer["errors"][0]["extensions"]["code"], "READ_ONLY", "{answer}");
            assert!(answer["data"].is_null() && !answer.to_string().contains("FEMALE"), "{answer}");
        };
        refused(&ask(registry, &analyst, FIGURES, json!({ "region": "32" })).await);
        registry.database.execute_unprepared("ALTER TABLE access_log RENAME TO elsewhere").await.unwrap();
        refused(&ask(&recording, &analyst, FIGURES, json!({ "region": "32" })).await);
        assert!(AccessLog::new(registry.database.clone()).since(0).await.is_err());
    })
    .await;
}

/// Two callers of one shape of scope, one an analyst, on one node: what is kept for a document serves neither wrongly.
#[tokio::test]
async fn a_document_of_an_analyst_gives_the_public_nothing() {
    each_engine(async |registry| {
        let recording = registry.recording();
        let analyst = with_role("analyst", Role::Analyst, GrantScope::Everything);
        for _ in 0..2 {
            let answer = ask(&recording, &analyst, FIGURES, json!({ "region": "32" })).await;
            assert_eq!(answer.get("errors"), None, "{answer}");
            let answer = ask(&recording, &Viewer::Anonymous, FIGURES, json!({ "region": "32" })).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{answer}");
            assert!(answer["data"].is_null() || !answer.to_string().contains("FEMALE"), "{answer}");
        }
    })
    .await;
}
