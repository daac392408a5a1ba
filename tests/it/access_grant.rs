//! Access grants: added and revoked by administrators, at once on the node.

use std::sync::Arc;

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::{Grant, GrantScope, Identity, RegionCode, Viewer};

use crate::{
    api_key::{CREATE, KEY, admin},
    writing::{code, each_written, faults},
};

const GRANT: &str = "accessGrant { id subject role region { code } cooperative { id } institution { id } agreement createdBy expiresAt revokedAt revokedBy }";
const ADD: (&str, &str) = ("addAccessGrant", "AddAccessGrantInput");
const TAKE: (&str, &str) = ("revokeAccessGrant", "RevokeAccessGrantInput");

#[tokio::test]
async fn a_grant_acts_at_once_on_the_node_and_ends_at_once() {
    each_written(async |written| {
        let clerk = json!({ "idempotencyKey": "k", "subject": "clerk" });
        let secret = written.run(&admin(), CREATE, KEY, clerk).await["secret"].clone();
        assert!(written.known_by(&secret).await.unwrap().grants.is_empty());
        let found = written.registry.data("{ region(by: {code: \"32\"}) { id } cooperatives(first: 1) { nodes { id } } institutions(first: 1) { nodes { id } } }").await;
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
            credential: None,
        }));
        let again = written.run(&former, TAKE, "", input.clone()).await;
        assert_eq!([&again["replayed"], &again["userErrors"]], [&json!(true), &json!([])], "{again}");
        let seen = written.run(&former, TAKE, GRANT, input.clone()).await;
        assert_eq!(code(&seen), "FORBIDDEN", "the record is told to administrators alone: {seen}");
        let other = json!({ "idempotencyKey": "other", "id": id });
        assert_eq!(code(&written.run(&former, TAKE, GRANT, other).await), "FORBIDDEN");
    })
    .await;
}

/// A write looks its caller up again: a node may have identified the caller before the revocation.
#[tokio::test]
async fn what_was_revoked_allows_no_write_of_a_caller_who_was_identified_before() {
    each_written(async |written| {
        let everything = Grant { role: Role::Ministry, scope: GrantScope::Everything };
        let grant = written.credentials.add_grant("clerk", everything, "test", None).await.unwrap();
        let (key, secret) = written.credentials.create_key("clerk", None, None).await.unwrap();
        let identified = written.credentials.by_key(secret.text(), None).await.unwrap().unwrap();
        let clerk = Viewer::Known(identified);
        let input = written.proposal("before").await;
        assert_eq!(written.verb(&clerk, "proposeLinkage", input.clone()).await["userErrors"], json!([]));
        let mut next = input.clone();
        next["idempotencyKey"] = json!("after");
        // By another process, of which this node does not know.
        let elsewhere = simpul::store::Credentials::new(written.database.clone());
        assert!(elsewhere.revoke_grant(grant).await.unwrap());
        assert_eq!(code(&written.verb(&clerk, "proposeLinkage", next.clone()).await), "FORBIDDEN");
        elsewhere.add_grant("clerk", everything, "test", None).await.unwrap();
        assert!(elsewhere.revoke_key(key).await.unwrap());
        assert_eq!(code(&written.verb(&clerk, "proposeLinkage", next).await), "UNAUTHENTICATED");
        assert_eq!(written.verb(&clerk, "proposeLinkage", input).await["replayed"], true);
    })
    .await;
}
