//! Tests of the limits that are checked before parsing.

use crate::document::cost::{
    limit::{MAX_ALIASES, MAX_BRACKETS, MAX_BYTES, MAX_NAME_BYTES, MAX_TOKENS},
    scan,
};

fn code(document: &str) -> Option<&'static str> {
    scan(document).err().map(|refusal| refusal.code)
}

#[test]
fn brackets_are_counted_outside_of_strings_and_comments() {
    for (open, close) in [("{", "}"), ("[", "]"), ("(", ")")] {
        assert_eq!(
            code(&format!("{}{}", open.repeat(2_000), close.repeat(2_000))),
            Some("DEPTH_LIMIT_EXCEEDED")
        );
        assert_eq!(code(&open.repeat(2_000)), Some("DEPTH_LIMIT_EXCEEDED"), "never closed");
        assert_eq!(code(&format!("{open}{close}").repeat(2_000)), None, "side by side");
    }
    let most = format!("{}a{}", "{".repeat(MAX_BRACKETS), "}".repeat(MAX_BRACKETS));
    assert_eq!(code(&most), None);
    let deep = "[".repeat(2_000);
    assert_eq!(code(&format!("{{ a(b: \"{deep}\") }}")), None, "in a string");
    assert_eq!(code(&format!("{{ a(b: \"\\\"{deep}\") }}")), None, "behind an escaped quote");
    assert_eq!(
        code(&format!("{{ a(b: \"\\\\\" c: {deep}) }}")),
        Some("DEPTH_LIMIT_EXCEEDED"),
        "behind a string"
    );
    assert_eq!(code(&format!("{{ a(b: \"\"\"{deep}\n\" {deep}\"\"\") }}")), None, "in a block string");
    assert_eq!(code(&format!("{{ a(b: \"\"\"\\\"\"\"{deep}\"\"\") }}")), None, "behind an escaped end");
    assert_eq!(code(&format!("{{ a # {deep}\n }}")), None, "in a comment");
    assert_eq!(code(&format!("{{ a # \"\n {deep} }}")), Some("DEPTH_LIMIT_EXCEEDED"), "behind a comment");
}

#[test]
fn no_name_is_longer_than_100_bytes() {
    let (longest, longer) = ("n".repeat(MAX_NAME_BYTES), "n".repeat(MAX_NAME_BYTES + 1));
    for place in [
        "{ NAME: __typename }",
        "{ NAME }",
        "query NAME { __typename }",
        "query ($NAME: Int) { __typename }",
        "query ($a: NAME) { __typename }",
        "query ($a: Int = NAME) { __typename }",
        "{ ...NAME }",
        "{ ... on NAME { id } }",
        "fragment NAME on Region { id }",
        "{ a @NAME }",
        "{ a @skip(NAME: true) }",
        "{ a(NAME: 1) }",
        "{ a(b: NAME) }",
        "{ a(b: $NAME) }",
        "{ a(b: {NAME: 1}) }",
        "{ a(b: [NAME]) }",
        "{ a(b: 1) { NAME } }",
    ] {
        assert_eq!(code(&place.replace("NAME", &longest)), None, "{place}");
        assert_eq!(code(&place.replace("NAME", &longer)), Some("DOCUMENT_LIMIT_EXCEEDED"), "{place}");
    }
    for free in ["{ a(b: \"NAME\") }", "{ a(b: \"\"\"NAME\"\"\") }", "{ a # NAME\n }"] {
        assert_eq!(code(&free.replace("NAME", &longer)), None, "{free}");
    }
}

/// The parser would read the block string's three quotes as an empty string and one that begins.
#[test]
fn an_unterminated_block_string_hides_nothing() {
    let hidden = format!("{{ a(b: [\"\"\" \" {} ]) }}", "[".repeat(2_000));
    assert_eq!(code(&hidden), Some("GRAPHQL_PARSE_FAILED"));
}

#[test]
fn bytes_and_tokens_of_a_document_are_limited() {
    assert_eq!(code(&" ".repeat(MAX_BYTES)), None);
    assert_eq!(code(&" ".repeat(MAX_BYTES + 1)), Some("DOCUMENT_LIMIT_EXCEEDED"));
    assert_eq!(code(&"a ".repeat(MAX_TOKENS)), None);
    assert_eq!(code(&"a ".repeat(MAX_TOKENS + 1)), Some("DOCUMENT_LIMIT_EXCEEDED"));
    assert_eq!(code(&"...a".repeat(MAX_TOKENS / 2 + 1)), Some("DOCUMENT_LIMIT_EXCEEDED"));
    assert_eq!(code(&"\"a b c\"".repeat(MAX_TOKENS)), None);
}

#[test]
fn aliases_and_arguments_are_distinguished() {
    let fields = |count: usize, field: &str| format!("{{ {} }}", field.repeat(count));
    assert_eq!(code(&fields(MAX_ALIASES, "a: b ")), None);
    assert_eq!(code(&fields(MAX_ALIASES + 1, "a: b ")), Some("DOCUMENT_LIMIT_EXCEEDED"));
    assert_eq!(code(&fields(MAX_ALIASES + 1, "a(b: 1, c: {d: [2]}) ")), None);
}
