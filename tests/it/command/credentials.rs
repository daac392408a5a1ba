//! `simpul key` and `simpul grant`.

use std::process::Output;

use simpul::{
    access::{Grant, GrantScope, RegionCode},
    store::Credentials,
};

use super::{complaint, run};
use crate::support::database::{engines, fresh};

/// The lines that a command printed.
fn printed(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

fn after<'a>(lines: &'a [String], name: &str) -> &'a str {
    lines
        .iter()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no {name} in {lines:?}"))
        .trim()
}

#[tokio::test]
async fn keys_and_grants_are_created_listed_and_revoked() {
    for engine in engines() {
        let database = fresh(engine).await;
        let url = database.url();
        let run = |arguments: &[&str]| run(&[arguments, &["--database-url", &url]].concat());
        let created = ["key", "create", "--subject", "ministry-app", "--name", "The app", "--expires", "30"];
        let created = printed(&run(&created));
        let (key, id) = (after(&created, "key "), after(&created, "id "));
        let credentials = Credentials::new(database.connection.clone());
        let owner = credentials.by_key(key, None).await.unwrap().unwrap();
        assert_eq!((owner.subject.as_str(), owner.grants.len()), ("ministry-app", 0));

        let grant = |more: &[&str]| run(&[&["grant", "add", "--subject", "ministry-app"], more].concat());
        let lines = printed(&grant(&["--role", "registrar", "--region", "32"]));
        let registrar = lines[0].rsplit(' ').next().unwrap().to_owned();
        assert_eq!(lines[0], format!("ministry-app is REGISTRAR by the grant {registrar}"));
        printed(&grant(&["--role", "COOPERATIVE", "--cooperative", "kopontren-al-ittifaq"]));
        printed(&grant(&["--role", "MINISTRY", "--expires", "1"]));
        credentials.forget();
        let owner = credentials.by_key(key, None).await.unwrap().unwrap();
        let scope = GrantScope::WithinRegion(RegionCode::new("32").unwrap());
        assert_eq!(owner.grants[0], Grant { role: entity::vocabulary::Role::Registrar, scope });
        assert_eq!(owner.grants.len(), 3);

        let listed = printed(&run(&["grant", "list"]));
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            words(&listed[0]),
            ["ID", "SUBJECT", "ROLE", "SCOPE", "STATE", "CREATED", "EXPIRES", "BY", "AGREEMENT"]
        );
        assert_eq!(words(&listed[1])[..5], [&registrar, "ministry-app", "REGISTRAR", "32", "valid"]);
        assert_eq!(words(&listed[2])[3], "kopontren-al-ittifaq");
        let keys = printed(&run(&["key", "list"]));
        assert!(keys[1].starts_with(&format!("{id}  ministry-app  The app  valid ")), "{keys:?}");
        assert!(!keys.concat().contains(key), "a key is shown once");

        for (arguments, why) in [
            (&["--role", "REGISTRAR"][..], "the role REGISTRAR takes --region"),
            (&["--role", "REGISTRAR", "--region", "99"], "no region has the code `99`"),
            (&["--role", "REGISTRAR", "--region", "32"], "the subject has this grant already"),
            (&["--role", "PARTNER", "--institution", "none"], "no partner institution has the slug `none`"),
            (&["--role", "MINISTRY", "--region", "32"], "is for the whole registry"),
            (&["--role", "ANALYST"], "takes --agreement"),
            (&["--role", "MINISTRY", "--agreement", "x"], "--agreement is for the role ANALYST"),
            (&["--role", "KING"], "one of COOPERATIVE, PARTNER, REGISTRAR, ANALYST, MINISTRY, ADMIN"),
            (&["--role", "REGISTRAR", "--region", "32", "--cooperative", "x"], "cannot be used with"),
        ] {
            let (line, code) = complaint(&grant(arguments));
            assert!(code == 2 && line.contains(why), "{arguments:?}: {line}");
        }
        for wrong in ["", " x", "a\nb"] {
            assert_eq!(complaint(&run(&["key", "create", "--subject", wrong])).1, 2, "{wrong:?}");
        }

        printed(&run(&["grant", "revoke", &registrar]));
        printed(&run(&["key", "revoke", id]));
        assert!(
            credentials.by_key(key, None).await.unwrap().is_some(),
            "another process has it in memory for a while"
        );
        credentials.forget();
        assert_eq!(credentials.by_key(key, None).await.unwrap(), None);
        for again in [["grant", "revoke", &registrar], ["key", "revoke", id]] {
            let (line, code) = complaint(&run(&again));
            assert!(code == 2 && line.contains("no valid"), "{line}");
        }
        assert_eq!(words(&printed(&run(&["grant", "list"]))[1])[4], "revoked");
        database.discard().await;
    }
}

#[tokio::test]
async fn the_last_use_of_a_key_is_noted_and_a_revocation_acts_at_once_where_it_is_made() {
    for engine in engines() {
        let database = fresh(engine).await;
        let credentials = Credentials::new(database.connection.clone());
        let (id, key) = credentials.create_key("someone", None, None).await.unwrap();
        let other = credentials.create_key("someone", None, Some(1)).await.unwrap().1;
        assert_eq!(credentials.by_key(other.text(), None).await.unwrap(), None, "it expired in 1970");
        assert!(credentials.by_key(key.text(), None).await.unwrap().is_some());
        let used = async || credentials.keys().await.unwrap()[0].last_used_at;
        let mut noted = used().await;
        while noted.is_none() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            noted = used().await;
        }
        credentials.forget();
        assert!(credentials.by_key(key.text(), None).await.unwrap().is_some());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(used().await, noted, "at most once a minute");
        assert!(credentials.revoke_key(id).await.unwrap());
        assert_eq!(credentials.by_key(key.text(), None).await.unwrap(), None);
        database.discard().await;
    }
}
