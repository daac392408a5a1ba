//! Search texts that are not names: special characters, too long, NUL.

use serde_json::json;

use simpul::store;

use super::*;
use crate::support::each_engine;

/// Every text is only searched for.
#[tokio::test]
async fn special_characters_are_plain_text() {
    let long = "x".repeat(200);
    let words = "a b c d ".repeat(25);
    let texts = [
        "",
        " ",
        "\t\n",
        "%",
        "_",
        "%%%",
        "a%",
        "' OR 1=1 --",
        "'; DROP TABLE cooperative; --",
        "\"",
        "\"\"\"",
        "sido\"mulyo",
        "NEAR(sido mulyo, 2)",
        "words:sidomulyo",
        "sido*",
        "^sido",
        "-sidomulyo",
        "NOT AND OR",
        "sidomulyo AND",
        "(((",
        "{words} : x",
        "a OR b",
        "\\",
        "\\'",
        "$1",
        "?1",
        ":a",
        "@b",
        "#",
        "/* */",
        "\u{1}",
        "\u{feff}",
        "😀",
        "😀😀😀 sidomulyo",
        "日本語",
        "ß",
        "ı",
        "İ",
        "\u{202e}oylumodis",
        "e\u{301}",
        "null",
        "0",
        "00",
        "1e9",
        "-1",
        "Robert'); DROP TABLE search_entry;--",
        "x y z",
        "a",
        "ab",
        &long,
        &words,
    ];
    each_engine(async |registry| {
        let count = "SELECT (SELECT count(*) FROM cooperative) * 1000 + (SELECT count(*) FROM search_entry)";
        let before = store::number(&registry.database, count).await.unwrap();
        for text in texts {
            let answer = search(registry, text).await;
            assert_eq!(answer.body.get("errors"), None, "`{text}`: {}", answer.body);
        }
        for text in ["", "  ", "😀", "%", "\"", "---"] {
            assert!(found(registry, text).await.is_empty(), "`{text}`");
        }
        for text in ["😀 sidomulyo", "\"sidomulyo\"", "sidomulyo%", "(sidomulyo)", "sidomulyo*"] {
            assert!(first(registry, text).await.ends_with("Sidomulyo"), "`{text}`");
        }
        assert_eq!(store::number(&registry.database, count).await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_too_long_or_holds_a_nul_is_refused() {
    each_engine(async |registry| {
        for text in ["x".repeat(201), "é".repeat(10_000), "sido\u{0}mulyo".to_owned(), "\u{0}".to_owned()] {
            assert_eq!(search(registry, &text).await.code(), "BAD_USER_INPUT", "{} letters", text.len());
        }
        assert_eq!(search(registry, &"é".repeat(200)).await.body.get("errors"), None);
        let within = registry.ask_with(DOCUMENT, json!({ "text": "x", "within": "32.4" })).await;
        assert_eq!(within.code(), "BAD_USER_INPUT");
    })
    .await;
}
