//! The verbs of administrators: API keys and access grants.

use std::sync::Arc;

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::{Grant, GrantScope, Identity, RegionCode, Viewer};

use super::{Written, code, each_written, faults, ministry, registrar, with_role};

const KEY: &str =
    "apiKey { id subject name createdBy createdAt expiresAt revokedAt revokedBy lastUsedAt } secret";
const GRANT: &str = "accessGrant { id subject role region { code } cooperative { id } institution { id } agreement createdBy expiresAt revokedAt revokedBy }";
const CREATE: (&str, &str) = ("createApiKey", "CreateApiKeyInput");
const REVOKE: (&str, &str) = ("revokeApiKey", "RevokeApiKeyInput");
const ADD: (&str, &str) = ("addAccessGrant", "AddAccessGrantInput");
const TAKE: (&str, &str) = ("revokeAccessGrant", "RevokeAccessGrantInput");

fn admin() -> Viewer {
    with_role("admin", Role::Admin, GrantScope::Everything)
}

impl Written {
    /// Whom a key identifies at this moment, with its roles.
    async fn known_by(&self, secret: &Json) -> Option<Arc<Identity>> {
        self.credentials.by_key(secret.as_str().unwrap(), None).await.unwrap()
    }
}

#[tokio::test]
async fn a_key_is_shown_once_and_acts_until_it_is_revoked() {
    each_written(async |written| {
        let changes = written.number("SELECT count(*) FROM change").await;
        let input = json!({ "idempotencyKey": "k", "subject": "clerk", "name": "office of 32", "expiresAt": "2050-01-01T00:00:00Z" });
        let created = written.run(&admin(), CREATE, KEY, input.clone()).await;
        assert_eq!(created["userErrors"], json!([]), "{created}");
        let key = &created["apiKey"];
        assert_eq!([&key["subject"], &key["name"], &key["createdBy"], &key["expiresAt"], &key["revokedAt"]],
            [&json!("clerk"), &json!("office of 32"), &json!("admin"), &json!("2050-01-01T00:00:00Z"), &Json::Null]);
        let known = written.known_by(&created["secret"]).await.unwrap();
        assert_eq!((known.subject.as_str(), known.grants.len()), ("clerk", 0));
        let again = written.run(&admin(), CREATE, KEY, input.clone()).await;
        assert_eq!([&again["replayed"], &again["secret"], &again["apiKey"]["id"]], [&json!(true), &Json::Null, &key["id"]]);
        let mut other = input;
        other["subject"] = json!("another");
        assert_eq!(code(&written.run(&admin(), CREATE, KEY, other).await), "IDEMPOTENCY_KEY_REUSED");
        let wrong = json!({ "idempotencyKey": "w", "subject": " clerk", "name": "", "expiresAt": "2020-01-01T00:00:00Z" });
        let wrong = written.run(&admin(), CREATE, KEY, wrong).await;
        let told: Vec<_> = faults(&wrong).into_iter().map(|(code, field)| format!("{code} {field}")).collect();
        assert_eq!(told, ["INVALID input.subject", "OUT_OF_RANGE input.name", "OUT_OF_RANGE input.expiresAt"]);
        assert_eq!(wrong["secret"], Json::Null, "no key without a record");
        for subject in ["", "system", "a\nb", &"x".repeat(401)] {
            let wrong = json!({ "idempotencyKey": "s", "subject": subject });
            let wrong = written.run(&admin(), CREATE, KEY, wrong).await;
            assert_eq!(faults(&wrong), [("INVALID".to_owned(), "input.subject".to_owned())], "{subject:?}");
        }
        let list = "{ apiKeys(where: {subject: {eq: \"clerk\"}}) { totalCount nodes { id subject createdBy } } }";
        let listed = written.answer(&admin(), list, json!({})).await;
        assert_eq!(listed["data"]["apiKeys"], json!({ "totalCount": 1, "nodes": [{ "id": key["id"], "subject": "clerk", "createdBy": "admin" }] }));
        let revoke = |request: &str| json!({ "idempotencyKey": request, "id": key["id"] });
        let revoked = written.run(&admin(), REVOKE, "apiKey { revokedBy revokedAt }", revoke("r")).await;
        assert_eq!(revoked["apiKey"]["revokedBy"], "admin", "{revoked}");
        assert!(revoked["apiKey"]["revokedAt"].is_string());
        assert!(written.known_by(&created["secret"]).await.is_none(), "a revoked key acts on this node");
        let twice = written.run(&admin(), REVOKE, "apiKey { id }", revoke("r2")).await;
        assert_eq!(faults(&twice), [("ILLEGAL_TRANSITION".to_owned(), "input.id".to_owned())]);
        assert_eq!(written.number("SELECT count(*) FROM change").await, changes, "keys are not in the log");
        let text = format!("{created}{again}{listed}{revoked}");
        assert_eq!(text.matches("simpul_").count(), 1, "the key is shown once");
    })
    .await;
}

#[tokio::test]
async fn a_grant_acts_at_once_on_the_node_and_ends_at_once() {
    each_written(async |written| {
        let clerk = json!({ "idempotencyKey": "k", "subject": "clerk" });
        let secret = written.run(&admin(), CREATE, KEY, clerk).await["secret"].clone();
        assert!(written.known_by(&secret).await.unwrap().grants.is_empty());
        let found = written.registry.data("{ region(code: \"32\") { id } cooperatives(first: 1) { nodes { id } } institutions(first: 1) { nodes { id } } }").await;
        let (region, cooperative) = (&found["region"]["id"], &found["cooperatives"]["nodes"][0]["id"]);
        let institution = &found["institutions"]["nodes"][0]["id"];
        let add = |request: &str, role: &str, other: Json| {
            let mut input = json!({ "idempotencyKey": request, "subject": "clerk", "role": role });
            input.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            input
        };
        let office = written.run(&admin(), ADD, GRANT, add("g", "REGISTRAR", json!({ "region": region }))).await;
        assert_eq!(office["userErrors"], json!([]), "{office}");
        let grant = office["accessGrant"].clone();
        assert_eq!([&grant["region"]["code"], &grant["createdBy"], &grant["cooperative"]], [&json!("32"), &json!("admin"), &Json::Null]);
        let known = written.known_by(&secret).await.unwrap();
        assert_eq!(known.grants, [Grant { role: Role::Registrar, scope: GrantScope::WithinRegion(RegionCode::new("32").unwrap()) }]);
        for (request, role, other, wrong) in [
            ("1", "REGISTRAR", json!({ "region": region }), "TAKEN input.subject"),
            ("2", "REGISTRAR", json!({}), "REQUIRED input.region"),
            ("3", "REGISTRAR", json!({ "region": cooperative }), "INVALID input.region"),
            ("4", "REGISTRAR", json!({ "region": region, "institution": institution }), "INVALID input.institution"),
            ("5", "COOPERATIVE", json!({ "region": region }), "INVALID input.region, REQUIRED input.cooperative"),
            ("6", "PARTNER", json!({}), "REQUIRED input.institution"),
            ("7", "MINISTRY", json!({ "cooperative": cooperative }), "INVALID input.cooperative"),
            ("8", "ANALYST", json!({}), "REQUIRED input.agreement"),
            ("9", "MINISTRY", json!({ "agreement": "12/2026" }), "INVALID input.agreement"),
            ("10", "ADMIN", json!({ "expiresAt": "2020-01-01T00:00:00Z" }), "OUT_OF_RANGE input.expiresAt"),
            ("11", "ADMIN", json!({ "subject": "" }), "INVALID input.subject"),
        ] {
            let refused = written.run(&admin(), ADD, GRANT, add(request, role, other)).await;
            let told: Vec<_> = faults(&refused).into_iter().map(|(code, field)| format!("{code} {field}")).collect();
            assert_eq!(told.join(", "), wrong, "{role}: {refused}");
        }
        for (request, role, other) in [
            ("12", "COOPERATIVE", json!({ "cooperative": cooperative })),
            ("13", "PARTNER", json!({ "institution": institution, "expiresAt": "2050-01-01T00:00:00Z" })),
            ("14", "ANALYST", json!({ "agreement": "Perjanjian 12/2026" })),
            ("15", "MINISTRY", json!({})),
        ] {
            let added = written.run(&admin(), ADD, GRANT, add(request, role, other)).await;
            assert_eq!(added["userErrors"], json!([]), "{added}");
        }
        assert_eq!(written.known_by(&secret).await.unwrap().grants.len(), 5);
        let list = "{ accessGrants(where: {subject: {eq: \"clerk\"}, region: {code: {eq: \"32\"}}}) { totalCount nodes { id role region { name } } }
            all: accessGrants(where: {subject: {eq: \"clerk\"}, revokedAt: {isNull: true}}, orderBy: [{field: CREATED_AT, direction: DESC}], first: 2) { totalCount nodes { role } } }";
        let listed = written.answer(&admin(), list, json!({})).await;
        assert_eq!(listed["data"]["accessGrants"]["nodes"][0]["id"], grant["id"], "{listed}");
        assert_eq!(listed["data"]["all"], json!({ "totalCount": 5, "nodes": [{ "role": "MINISTRY" }, { "role": "ANALYST" }] }), "{listed}");
        let take = |request: &str| json!({ "idempotencyKey": request, "id": grant["id"] });
        let taken = written.run(&admin(), TAKE, GRANT, take("t")).await;
        assert_eq!(taken["accessGrant"]["revokedBy"], "admin", "{taken}");
        let left = written.known_by(&secret).await.unwrap();
        assert!(left.grants.iter().all(|grant| grant.role != Role::Registrar), "{left:?}");
        let twice = written.run(&admin(), TAKE, GRANT, take("t2")).await;
        assert_eq!(faults(&twice), [("ILLEGAL_TRANSITION".to_owned(), "input.id".to_owned())]);
        // A subject has at most 100.
        for number in 4..100 {
            let scope = GrantScope::Party(uuid(&written.registry, number).await);
            written.credentials.add_grant("clerk", Grant { role: Role::Cooperative, scope }, "test", None).await.unwrap();
        }
        let full = written.run(&admin(), ADD, GRANT, add("full", "REGISTRAR", json!({ "region": region }))).await;
        assert_eq!(faults(&full), [("LIMIT_REACHED".to_owned(), "input.subject".to_owned())]);
    })
    .await;
}

/// The key of a cooperative: that at this place of the list by id.
async fn uuid(registry: &crate::support::Registry, place: usize) -> uuid::Uuid {
    use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
    let found = entity::cooperative::Entity::find()
        .order_by_asc(entity::cooperative::Column::Id)
        .offset(place as u64);
    found.one(&registry.database).await.unwrap().unwrap().id
}

#[tokio::test]
async fn who_revokes_the_own_role_may_still_repeat_the_request() {
    each_written(async |written| {
        let everything = Grant { role: Role::Admin, scope: GrantScope::Everything };
        let grant = written.credentials.add_grant("admin", everything, "test", None).await.unwrap();
        let id = simpul::graph::id::encode("AccessGrant", &grant.into()).to_string();
        let input = json!({ "idempotencyKey": "own", "id": id });
        let taken = written.run(&admin(), TAKE, GRANT, input.clone()).await;
        assert_eq!(taken["userErrors"], json!([]), "{taken}");
        let former = Viewer::Known(Arc::new(Identity {
            subject: "admin".into(),
            grants: Vec::new(),
            expires_at: None,
        }));
        let again = written.run(&former, TAKE, GRANT, input.clone()).await;
        assert_eq!([&again["replayed"], &again["accessGrant"]["id"]], [&json!(true), &json!(id)], "{again}");
        let other = json!({ "idempotencyKey": "other", "id": id });
        assert_eq!(code(&written.run(&former, TAKE, GRANT, other).await), "FORBIDDEN");
    })
    .await;
}

#[tokio::test]
async fn keys_and_grants_are_told_to_administrators_alone() {
    each_written(async |written| {
        let clerk = json!({ "idempotencyKey": "k", "subject": "clerk" });
        let created = written.run(&admin(), CREATE, KEY, clerk).await;
        let everything = |role| with_role("someone", role, GrantScope::Everything);
        for viewer in [Viewer::Anonymous, registrar("32"), ministry(), everything(Role::Analyst)] {
            for list in ["apiKeys", "accessGrants"] {
                let document = format!("{{ {list} {{ totalCount nodes {{ id subject }} }} }}");
                let answer = written.answer(&viewer, &document, json!({})).await;
                assert_eq!(code(&answer), "FORBIDDEN", "{list} by {viewer:?}: {answer}");
                assert!(!answer.to_string().contains("clerk"), "{answer}");
            }
            let node = "query($id: ID!) { node(id: $id) { id } }";
            let answer = written.answer(&viewer, node, json!({ "id": created["apiKey"]["id"] })).await;
            assert!(answer["data"]["node"].is_null(), "{answer}");
        }
    })
    .await;
}
