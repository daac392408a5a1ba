//! Credentials of strangers: each is refused a verb that a registrar of the region may use, and nothing is changed.

use entity::{api_key, vocabulary::Role};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value as Json, json};
use simpul::{
    access::{Grant, GrantScope, RegionCode},
    http::TrustedIssuer,
    store::{Credentials, Writer, clock},
};

use super::{Written, each_written};
use crate::support::{
    Registry,
    tokens::{ISSUER, Signer, issuer},
};

const NEGOTIATE: &str = "mutation($input: LinkageInput!) { negotiateLinkage(input: $input) {
    linkage { status } userErrors { code } } }";

fn office(code: &str) -> Grant {
    Grant { role: Role::Registrar, scope: GrantScope::WithinRegion(RegionCode::new(code).unwrap()) }
}

/// The status, the code of the error and the payload of a verb with this `Authorization`.
async fn sent(node: &Registry, credential: Option<&str>, input: &Json) -> (u16, Option<String>, Json) {
    let bearer = credential.map(|text| format!("Bearer {text}"));
    let headers: Vec<(&str, &str)> = bearer.iter().map(|text| ("authorization", text.as_str())).collect();
    let body = json!({ "query": NEGOTIATE, "variables": { "input": input } }).to_string();
    let reply = node.post(&body, &headers).await;
    let body = reply.json();
    let code = body["errors"][0]["extensions"]["code"].as_str().map(str::to_owned);
    (reply.status.as_u16(), code, body["data"]["negotiateLinkage"].clone())
}

/// Tokens that identify nobody, each with what is wrong with it.
fn tokens(signer: &Signer, rsa: &Signer) -> Vec<(&'static str, String)> {
    let (now, none) = (clock::now().timestamp(), || json!({}));
    let public = |key: &Signer, member: &str| key.public("x")[member].as_str().unwrap().as_bytes().to_vec();
    let valid = signer.token("ed", none(), none());
    let mut changed = valid.clone();
    let at = valid.len() - 20;
    changed.replace_range(at..=at, if &valid[at..=at] == "x" { "y" } else { "x" });
    vec![
        ("the wrong audience", signer.token("ed", json!({ "aud": "else" }), none())),
        ("another issuer", signer.token("ed", json!({ "iss": "https://else.example" }), none())),
        ("expired", signer.token("ed", json!({ "exp": now - 40 }), none())),
        ("not valid yet", signer.token("ed", json!({ "nbf": now + 60 }), none())),
        ("alg: none", Signer::Nothing.token("ed", none(), none())),
        ("alg: none, in capitals", Signer::Nothing.token("ed", none(), json!({ "alg": "NONE" }))),
        ("alg: none, with a signature", signer.token("ed", none(), json!({ "alg": "none" }))),
        ("HS256 with the public key", Signer::Secret(public(signer, "x")).token("ed", none(), none())),
        ("HS256 with the public key of RSA", Signer::Secret(public(rsa, "n")).token("rsa", none(), none())),
        ("an unknown kid", signer.token("new", none(), none())),
        ("a stranger's key", Signer::ed().token("ed", none(), none())),
        ("one letter changed", changed),
    ]
}

/// API keys that identify nobody.
async fn keys(written: &Written, credentials: &Credentials) -> Vec<(&'static str, String)> {
    let create = async |expires| credentials.create_key("office", None, expires).await.unwrap();
    let (revoked, revoked_key) = create(None).await;
    credentials.revoke_key(revoked).await.unwrap();
    let expired = create(Some(1)).await.1;
    let (unknown, unknown_key) = create(None).await;
    api_key::Entity::delete_by_id(unknown).exec(&written.database).await.unwrap();
    let valid = create(None).await.1.text().to_owned();
    let mut all = vec![
        ("a revoked key", revoked_key.text().to_owned()),
        ("an expired key", expired.text().to_owned()),
        ("an unknown key", unknown_key.text().to_owned()),
        ("a key that is cut off", valid[..valid.len() - 1].to_owned()),
        ("the hash of a key", crate::support::sha256(&valid)),
    ];
    for at in [7, valid.len() / 2, valid.len() - 1] {
        let mut changed = valid.clone();
        changed.replace_range(at..=at, if &valid[at..=at] == "A" { "B" } else { "A" });
        all.push(("a key with one letter changed", changed));
    }
    all
}

#[tokio::test]
async fn strangers_are_refused_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (signer, rsa) = (Signer::ed(), Signer::rsa());
    let trusted: TrustedIssuer =
        issuer(&folder.path().join("keys.json"), &[signer.public("ed"), rsa.public("rsa")]);
    each_written(async |written| {
        let credentials = Credentials::new(written.database.clone());
        let writer = Writer::open(&written.url).await.unwrap();
        let node = written.registry.writing(writer).trusting(&credentials, std::slice::from_ref(&trusted));
        let linkage = written.proposed("one", json!({})).await;
        for (subject, code) in [
            ("office", "32"),
            (&*format!("{ISSUER}#f81d"), "32"),
            ("elsewhere", "33"),
            (&*format!("{ISSUER}#elsewhere"), "33"),
        ] {
            credentials.add_grant(subject, office(code), "test", None).await.unwrap();
        }
        let refused = [tokens(&signer, &rsa), keys(written, &credentials).await].concat();
        let before = written.rows().await;
        let state =
            "SELECT count(*) FROM linkage WHERE source = 'API' AND status = 'PROPOSED' AND version = 1";
        let mut number = 0;
        let mut input = || {
            number += 1;
            json!({ "idempotencyKey": format!("{number}"), "id": linkage["id"], "expectedVersion": 1 })
        };
        for (what, credential) in &refused {
            let told = sent(&node, Some(credential), &input()).await;
            assert_eq!(told, (401, Some("UNAUTHENTICATED".to_owned()), Json::Null), "{what}");
        }
        let (_, code, payload) = sent(&node, None, &input()).await;
        assert_eq!((code.as_deref(), payload), (Some("UNAUTHENTICATED"), Json::Null), "no credential");
        let elsewhere = credentials.create_key("elsewhere", None, None).await.unwrap().1;
        let nobody = credentials.create_key("nobody", None, None).await.unwrap().1;
        for (what, credential) in [
            ("another region's registrar", elsewhere.text().to_owned()),
            (
                "another region's registrar by a token",
                signer.token("ed", json!({ "sub": "elsewhere" }), json!({})),
            ),
            ("a key without a grant", nobody.text().to_owned()),
            ("a token without a grant", signer.token("ed", json!({ "sub": "nobody" }), json!({}))),
        ] {
            let (_, code, payload) = sent(&node, Some(&credential), &input()).await;
            assert_eq!((code.as_deref(), payload), (Some("FORBIDDEN"), Json::Null), "{what}");
        }
        assert_eq!(written.rows().await, before);
        assert_eq!(written.number(state).await, 1);
        // The same request by who may.
        let own = credentials.create_key("office", None, None).await.unwrap().1;
        let (_, code, payload) = sent(&node, Some(own.text()), &input()).await;
        assert_eq!((code, &payload["linkage"]["status"]), (None, &json!("NEGOTIATING")), "{payload}");

        // The database holds a hash of all of a key and no part of it, so the time of a look-up tells nothing of a key.
        let keys = api_key::Entity::find().all(&written.database).await.unwrap();
        assert!(keys.iter().any(|key| key.hash == crate::support::sha256(own.text())));
        for key in keys {
            let stored = format!("{key:?}");
            assert!(
                own.text().as_bytes()[7..]
                    .windows(6)
                    .all(|part| !stored.contains(std::str::from_utf8(part).unwrap()))
            );
        }
        if written.registry.engine == simpul::store::Engine::Sqlite {
            let plan = "EXPLAIN QUERY PLAN SELECT id FROM api_key k WHERE k.hash = 'x'";
            let statement = sea_orm::Statement::from_string(written.database.get_database_backend(), plan);
            let plan = written.database.query_one_raw(statement).await.unwrap().unwrap();
            let plan: String = plan.try_get("", "detail").unwrap();
            assert!(plan.contains("USING INDEX") && plan.contains("(hash=?)"), "{plan}");
        }
    })
    .await;
}
