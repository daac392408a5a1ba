//! API keys: created and revoked by administrators, and seen by them alone.

use std::sync::Arc;

use entity::vocabulary::Role;
use serde_json::{Value as Json, json};
use simpul::access::{GrantScope, Identity, Viewer};

use crate::writing::{Written, code, each_written, faults, ministry, registrar, with_role};

pub(crate) const KEY: &str =
    "apiKey { id subject name createdBy createdAt expiresAt revokedAt revokedBy lastUsedAt } secret";
pub(crate) const CREATE: (&str, &str) = ("createApiKey", "CreateApiKeyInput");
const REVOKE: (&str, &str) = ("revokeApiKey", "RevokeApiKeyInput");

pub(crate) fn admin() -> Viewer {
    with_role("admin", Role::Admin, GrantScope::Everything)
}

impl Written {
    /// Whom a key identifies at this moment, with its roles.
    pub(crate) async fn known_by(&self, secret: &Json) -> Option<Arc<Identity>> {
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
        for subject in ["", "system", "operator", "a\nb", "adm\u{200b}in", "a\u{202e}b", &"x".repeat(401)] {
            let wrong = json!({ "idempotencyKey": "s", "subject": subject });
            let wrong = written.run(&admin(), CREATE, KEY, wrong).await;
            assert_eq!(faults(&wrong), [("INVALID".to_owned(), "input.subject".to_owned())], "{subject:?}");
        }
        let may = "query($id: ID) { viewer { may(verb: \"revokeApiKey\", on: $id) } }";
        for (viewer, on, expected) in [(admin(), &key["id"], true), (ministry(), &key["id"], false)] {
            let told = written.answer(&viewer, may, json!({ "id": on })).await;
            assert_eq!(told["data"]["viewer"]["may"], json!(expected), "{viewer:?}: {told}");
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
