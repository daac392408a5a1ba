//! Tests of parsing database URLs, and that no error message and no display contains a password.

use proptest::prelude::*;
use sea_orm::sqlx::postgres::PgConnectOptions;

use super::{DatabaseUrl, Engine, UrlError};

#[test]
fn a_url_is_shown_without_its_password_and_parameters() {
    for (text, shown) in [
        ("postgres://simpul:secret@db:5432/simpul?sslmode=require", "postgres://simpul@db:5432/simpul"),
        (" postgresql://simpul:sec@ret@db/simpul\n", "postgres://simpul@db/simpul"),
        ("postgres://simpul:secret@[::1]:5432/simpul", "postgres://simpul@[::1]:5432/simpul"),
        ("postgres://db/simpul?user=simpul&password=secret", "postgres://db/simpul"),
        ("postgres:///simpul?host=/var/run/postgresql", "postgres:///simpul"),
        ("postgres://%2Fvar%2Frun/simpul", "postgres://%2Fvar%2Frun/simpul"),
        ("sqlite://simpul.db?mode=rwc", "sqlite://simpul.db"),
        ("sqlite:simpul.db", "sqlite://simpul.db"),
        ("sqlite::memory:", "sqlite://:memory:"),
    ] {
        let url = DatabaseUrl::parse(text).unwrap();
        assert_eq!(url.to_string(), shown, "{text}");
        assert_eq!(format!("{url:?}"), format!("DatabaseUrl({shown})"));
        assert_eq!(url.engine() == Engine::Sqlite, text.contains("sqlite"));
        assert!(!url.plain().contains("ret"), "{text}");
    }
}

#[test]
fn errors_name_the_invalid_part_of_a_url() {
    for (text, error) in [
        ("mysql://simpul:secret@db/simpul", UrlError::Scheme),
        ("postgresql+ssl://simpul:secret@db/simpul", UrlError::Scheme),
        ("simpul:secret@db/simpul", UrlError::Scheme),
        ("postgres:simpul:secret@db/simpul", UrlError::Scheme),
        ("postgres://simpul:sec/ret@db/simpul", UrlError::Unescaped),
        ("postgres://simpul:1/2@db/simpul", UrlError::Unescaped),
        ("postgres://simpul:sec#ret@db/simpul", UrlError::Unescaped),
        ("postgres://simpul:sec@re/t@db/simpul", UrlError::Unescaped),
        ("postgres://simpul:sec?ret@db/simpul", UrlError::Port),
        ("postgres://simpul:12?ret@db/simpul", UrlError::Parameter),
        ("postgres://simpul:12?ret=1@db/simpul", UrlError::Parameter),
        ("postgres://simpul:se%ret@db/simpul", UrlError::Percent),
        ("postgres://simpul:secret%@db/simpul", UrlError::Percent),
        ("postgres://simpul:secret%ff@db/simpul", UrlError::Text),
        ("postgres://simpul:secret%00@db/simpul", UrlError::Control),
        ("postgres://simpul:sec\nret@db/simpul", UrlError::Control),
        ("postgres://simpul:secret", UrlError::Port),
        ("postgres://simpul:secret@db:port/simpul", UrlError::Port),
        ("postgres://simpul:secret@db:99999/simpul", UrlError::Port),
        ("postgres://simpul:secret@d b/simpul", UrlError::Host),
        ("postgres://simpul:secret@[::1/simpul", UrlError::Host),
        ("sqlite://simpul:secret@db/simpul", UrlError::FileWithUser),
        ("sqlite://simpul:se?cret@db/simpul", UrlError::FileWithUser),
        ("sqlite://simpul.db?password=secret", UrlError::Parameter),
        ("", UrlError::Scheme),
    ] {
        assert_eq!(DatabaseUrl::parse(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn the_driver_gets_the_decoded_password() {
    for (written, meant) in [("se%2Fcret", "se/cret"), ("se@c:ret", "se@c:ret"), ("se cret", "se cret")] {
        let url = DatabaseUrl::parse(&format!("postgres://simpul:{written}@db/simpul")).unwrap();
        let options = url.authenticate(url.plain().parse::<PgConnectOptions>().unwrap());
        assert!(format!("{options:?}").contains(&format!("{meant:?}")), "{written}");
        assert_eq!(url.scrub(&format!("no entry for {meant} or {written}")), "no entry for *** or ***");
    }
}

proptest! {
    /// Property test: for any text, the display contains no part of the password.
    #[test]
    fn no_url_shows_its_password(
        scheme in "(postgres|postgresql|sqlite|mysql|postgresql\\+ssl)?(:|:/|://)?",
        user in "[a-z]{0,3}",
        before in "[/#@?%:&=+ a\\[\\]\n]{0,4}",
        after in "[/#@?%:&=+ a\\[\\]\n]{0,4}",
        end in "@db(:|:x|:5432)?(/name)?(\\?sslmode=require|\\?password=S3cr3tW0rd|\\?x=1)?",
    ) {
        let text = format!("{scheme}{user}:{before}S3cr3tW0rd{after}{end}");
        let said = match DatabaseUrl::parse(&text) {
            Ok(url) => format!("{url} {url:?} {}", url.plain()),
            Err(error) => format!("{error} {error:?}"),
        };
        // A file's name is no password.
        if !said.starts_with("sqlite://") {
            prop_assert!(!said.contains("S3cr3tW0rd"), "{text}: {said}");
        }
    }
}
