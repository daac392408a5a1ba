//! JSON Web Tokens: which are accepted, and which are refused.

use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope},
    store::{Credentials, clock},
};

use crate::support::{
    Registry, each_engine,
    tokens::{ISSUER, Signer, encoded, issuer},
};

/// The subject and the roles that a token identifies; none where it is refused.
async fn identified(registry: &Registry, token: &str) -> Option<Value> {
    let body = json!({ "query": "{ viewer { subject roles { role } } }" }).to_string();
    let reply = registry.post(&body, &[("authorization", &format!("Bearer {token}"))]).await;
    if reply.status.as_u16() == 401 {
        assert_eq!(reply.code(), "UNAUTHENTICATED");
        return None;
    }
    assert_eq!(reply.status.as_u16(), 200, "{}", reply.text());
    Some(reply.json()["data"]["viewer"].clone())
}

#[tokio::test]
async fn a_token_identifies_its_subject_by_the_keys_of_its_issuer_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (ed, ec, rsa) = (Signer::ed(), Signer::ec(), Signer::rsa());
    let keys = [ed.public("ed"), ec.public("ec"), rsa.public("rsa")];
    let trusted = issuer(&folder.path().join("keys.json"), &keys);
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let trusting = registry.trusting(&credentials, std::slice::from_ref(&trusted));
        let subject = format!("{ISSUER}#f81d");
        let ministry = Grant { role: entity::vocabulary::Role::Ministry, scope: GrantScope::Everything };
        credentials.add_grant(&subject, ministry, "test", None).await.unwrap();
        let now = clock::now().timestamp();
        let none = || json!({});
        let known = Some(json!({ "subject": subject, "roles": [{ "role": "MINISTRY" }] }));
        for (what, token) in [
            ("by Ed25519", ed.token("ed", none(), none())),
            ("by P-256", ec.token("ec", none(), none())),
            ("by RSA", rsa.token("rsa", none(), none())),
            ("one of its audiences", ed.token("ed", json!({ "aud": ["x", "simpul"] }), none())),
            ("expired within the leeway", ed.token("ed", json!({ "exp": now - 20 }), none())),
            ("valid within the leeway", ed.token("ed", json!({ "nbf": now + 20 }), none())),
            // Nothing in a token leads to a key but its id.
            ("with its own key beside", ed.token("ed", none(), json!({ "jwk": Signer::ed().public("ed") }))),
        ] {
            assert_eq!(identified(&trusting, &token).await, known, "{what}");
        }
        let other = identified(&trusting, &ed.token("ed", json!({ "sub": "other" }), none())).await;
        assert_eq!(other, Some(json!({ "subject": format!("{ISSUER}#other"), "roles": [] })));

        let stranger = Signer::ed();
        let valid = ed.token("ed", none(), none());
        let mut changed = valid.clone();
        changed.replace_range(
            valid.len() - 10..valid.len() - 9,
            if valid.as_bytes()[valid.len() - 10] == b'x' { "y" } else { "x" },
        );
        let (message, signature) = valid.rsplit_once('.').unwrap();
        let header = message.split('.').next().unwrap();
        let claims = json!({ "iss": ISSUER, "aud": "simpul", "sub": "root", "exp": now + 300 }).to_string();
        let public =
            |key: &Signer, member: &str| key.public("x")[member].as_str().unwrap().as_bytes().to_vec();
        for (what, token) in [
            ("another audience", ed.token("ed", json!({ "aud": "else" }), none())),
            ("no audience", ed.token("ed", json!({ "aud": null }), none())),
            ("another issuer", ed.token("ed", json!({ "iss": "https://else.example" }), none())),
            ("no issuer", ed.token("ed", json!({ "iss": null }), none())),
            ("several issuers", ed.token("ed", json!({ "iss": [ISSUER, "x"] }), none())),
            ("expired", ed.token("ed", json!({ "exp": now - 40 }), none())),
            ("without an end", ed.token("ed", json!({ "exp": null }), none())),
            ("an end in letters", ed.token("ed", json!({ "exp": "never" }), none())),
            ("not valid yet", ed.token("ed", json!({ "nbf": now + 60 }), none())),
            ("no subject", ed.token("ed", json!({ "sub": null }), none())),
            ("an empty subject", ed.token("ed", json!({ "sub": "" }), none())),
            ("a subject with NUL", ed.token("ed", json!({ "sub": "a\0b" }), none())),
            ("a subject of two lines", ed.token("ed", json!({ "sub": "a\nb" }), none())),
            ("a subject that no grant can name", ed.token("ed", json!({ "sub": "x".repeat(400) }), none())),
            ("no signature", Signer::Nothing.token("ed", none(), none())),
            ("a public key as a secret", Signer::Secret(public(&ed, "x")).token("ed", none(), none())),
            ("another as a secret", Signer::Secret(public(&rsa, "n")).token("rsa", none(), none())),
            ("unknown key", ed.token("new", none(), none())),
            ("no key", ed.token("ed", none(), json!({ "kid": null }))),
            ("the key of another", ec.token("ed", none(), none())),
            ("the algorithm of another", ed.token("ed", none(), json!({ "alg": "ES256" }))),
            ("an algorithm of the same key", rsa.token("rsa", none(), json!({ "alg": "PS256" }))),
            ("a stranger's", stranger.token("ed", none(), none())),
            (
                "a stranger's, with the key",
                stranger.token("ed", none(), json!({ "jwk": stranger.public("ed") })),
            ),
            (
                "a stranger's, with its address",
                stranger.token("mine", none(), json!({ "jku": "http://127.0.0.1:1/keys" })),
            ),
            ("an unknown critical header", ed.token("ed", none(), json!({ "crit": ["exp"] }))),
            ("a changed letter", changed),
            ("changed claims", format!("{header}.{}.{signature}", encoded(claims.as_bytes()))),
            ("too few parts", message.to_owned()),
            ("too many parts", format!("{valid}.x")),
        ] {
            assert_eq!(identified(&trusting, &token).await, None, "{what}");
        }
        let untrusting = registry.trusting(&credentials, &[]);
        assert_eq!(identified(&untrusting, &valid).await, None, "without issuers no token is valid");
    })
    .await;
}

/// The issuer keeps roles: its tokens tell them, and a map says what they stand for.
#[tokio::test]
async fn an_issuer_gives_the_roles_that_the_settings_name_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let ed = Signer::ed();
    let mut trusted = issuer(&folder.path().join("keys.json"), &[ed.public("ed")]);
    let claims = json!({ "realm_access": { "roles": ["offline_access", "dinas-32", "pusat"] } });
    let role = |role: &str| json!({ "role": role });
    each_engine(async |registry| {
        let credentials = Credentials::new(registry.database.clone());
        let token = ed.token("ed", claims.clone(), json!({}));
        let off = registry.trusting(&credentials, std::slice::from_ref(&trusted));
        let nobody = json!({ "subject": format!("{ISSUER}#f81d"), "roles": [] });
        assert_eq!(identified(&off, &token).await, Some(nobody), "off by default");
        let mut trusted = trusted.clone();
        trusted.roles_at = vec!["/realm_access/roles".into()];
        trusted.roles = [("dinas-32", "REGISTRAR 32"), ("pusat", "MINISTRY"), ("it", "ADMIN")]
            .map(|(name, role)| (name.to_owned(), role.to_owned()))
            .into();
        let on = registry.trusting(&credentials, std::slice::from_ref(&trusted));
        let told = identified(&on, &token).await.unwrap();
        assert_eq!(told["roles"], json!([role("REGISTRAR"), role("MINISTRY")]));
        // With what the registry grants, each once.
        let granted = [Grant { role: entity::vocabulary::Role::Ministry, scope: GrantScope::Everything },
            Grant { role: entity::vocabulary::Role::Admin, scope: GrantScope::Everything }];
        for grant in granted {
            credentials.add_grant(&format!("{ISSUER}#f81d"), grant, "test", None).await.unwrap();
        }
        let told = identified(&on, &token).await.unwrap();
        assert_eq!(told["roles"], json!([role("MINISTRY"), role("ADMIN"), role("REGISTRAR")]));
        let other = ed.token("ed", json!({ "sub": "other", "roles": ["pusat"], "realm_access": { "roles": ["MINISTRY", "dinas-33"] } }), json!({}));
        assert_eq!(identified(&on, &other).await.unwrap()["roles"], json!([]));
    })
    .await;
    trusted.roles_at = vec!["/roles".into()];
    let database = Credentials::new(Box::pin(sea_orm::Database::connect("sqlite::memory:")).await.unwrap());
    let refused = simpul::http::Authority::new(database).trusting(std::slice::from_ref(&trusted));
    assert!(refused.unwrap_err().contains("belong together"));
}
