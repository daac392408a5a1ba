//! Validation of documents by the rules of the specification. `tests/clients/validation.test.mjs` compares random
//! documents with the reference implementation.

use serde_json::{Value, json};

use crate::support::each_engine;

/// Asks each document and expects this code, and these words in its first error.
async fn refused(cases: &[(&str, &str)], code: &str) {
    each_engine(async |registry| {
        for (document, words) in cases {
            let answer = registry.ask(document).await;
            assert_eq!(answer.code(), code, "{document}: {}", answer.body);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(words), "{document}: {message}");
            assert_eq!(answer.statements, 0, "{document}");
        }
    })
    .await;
}

#[tokio::test]
async fn different_fields_under_one_key_are_refused_through_fragments_and_types() {
    let cases = [
        (
            "{ cooperatives(first: 1) { nodes { x: name ...F } } } fragment F on Cooperative { x: slug }",
            "the response key `x` is used for `name` and `slug`",
        ),
        (
            "{ linkages(first: 1) { nodes { buyer { ... on Cooperative { x: memberCount } \
             ... on PartnerInstitution { x: name } } } } }",
            "`memberCount` of type Int and `name` of type String!",
        ),
        (
            "{ linkages(first: 1) { nodes { buyer { ... on Cooperative { x: linkages { totalCount } } ...F } } } } \
             fragment F on Cooperative { x: linkages(as: BUYER) { totalCount } }",
            "`linkages` with two values of `as`",
        ),
        (
            "{ cooperatives { nodes { region { name } } } ...F } \
             fragment F on Query { cooperatives { nodes { region { name: code } } } }",
            "the response key `name` is used for",
        ),
    ];
    refused(&cases, "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn a_conflict_of_fields_has_both_locations() {
    each_engine(async |registry| {
        let document =
            "{ cooperatives(first: 1) { nodes { x: name ...F } } }\nfragment F on Cooperative {\n  x: slug }";
        let answer = registry.ask(document).await;
        let at = json!([{"line": 1, "column": 36}, {"line": 3, "column": 3}]);
        assert_eq!(answer.body["errors"][0]["locations"], at, "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn fields_of_other_objects_may_share_a_key() {
    each_engine(async |registry| {
        let document = "{ linkages(first: 5) { nodes { supplier { ... on Cooperative { x: name ref: slug } \
                        ... on PartnerInstitution { x: name ref: id } } } } }";
        let answer = registry.ask(document).await;
        // A slug and an id are of two types, a name and a slug of one.
        assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED", "{}", answer.body);
        let alike = document.replace("ref: slug", "ref: name").replace("ref: id", "ref: slug");
        let data = registry.data(&alike).await;
        assert!(data["linkages"]["nodes"][0]["supplier"]["ref"].is_string(), "{data}");
        let untyped = alike
            .replace("{ x", "{ ... @include(if: true) { x")
            .replace("name ref: name", "name ref: name }");
        let untyped = untyped.replace("ref: slug", "ref: slug }");
        assert_eq!(registry.data(&untyped).await, data, "{untyped}");
        // At the root, they are of the type of the operation.
        for document in ["mutation { ... { __typename } }", "query { ... @include(if: true) { __typename } }"]
        {
            let root = registry.data(document).await["__typename"].clone();
            assert_eq!(root, if document.starts_with('m') { "Mutation" } else { "Query" });
        }
    })
    .await;
}

#[tokio::test]
async fn literal_values_must_fit_their_types() {
    let cases = [
        (
            "{ linkages(where: {status: {eq: \"ACTIVE\"}}) { totalCount } }",
            "argument `where.status.eq` is a string; ACTIVE is a value of LinkageStatus without quotes",
        ),
        ("{ linkages(where: {status: {in: [ACTIVE, 1]}}) { totalCount } }", "argument `where.status.in.1`"),
        ("{ linkages(where: {status: {in: [ACTIV]}}) { totalCount } }", "the enum LinkageStatus"),
        (
            "query($s: LinkageStatus) { linkages(where: {status: {eq: $s}, gone: 1}) { totalCount } }",
            "has a field `gone`",
        ),
        (
            "query($s: LinkageStatus = \"ACTIVE\") { linkages(where: {status: {eq: $s}}) { totalCount } }",
            "the default of variable `$s` is a string",
        ),
        ("{ cooperatives(first: 2147483648) { totalCount } }", "argument `first` is not a 32-bit integer"),
        ("{ cooperatives(first: \"1\") { totalCount } }", "argument `first` is not of type Int"),
        ("query($a: Int, $a: Int) { cooperatives(first: $a) { totalCount } }", "`$a` is defined twice"),
        (
            "{ cooperative(by: {slug: \"a\", slug: \"b\"}) { name } }",
            "the input object field `slug` is given twice",
        ),
    ];
    refused(&cases, "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn a_string_in_a_variable_is_a_value_of_an_enumeration() {
    each_engine(async |registry| {
        let document = "query($s: LinkageStatus) { linkages(where: {status: {eq: $s}}) { totalCount } }";
        let answer = registry.ask_with(document, json!({"s": "ACTIVE"})).await;
        assert!(answer.body["data"]["linkages"]["totalCount"].is_number(), "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn equal_strings_in_different_escapes_are_equal() {
    each_engine(async |registry| {
        let count = async |text: &str| {
            let document =
                format!("{{ regions(where: {{name: {{startsWith: \"{text}\"}}}}) {{ totalCount }} }}");
            registry.data(&document).await["regions"]["totalCount"].clone()
        };
        let plain = count("Kota ").await;
        assert_ne!(plain, json!(0));
        assert_eq!(count(r"\u{4B}\u006fta ").await, plain);
        assert_eq!(count(r"\uD83D\uDE00").await, count(r"\u{1F600}").await);
        let found = registry.data(r#"{ search(text: "\u{1F600} kopi") { totalCount } }"#).await;
        assert!(found["search"]["totalCount"].is_number(), "{found}");
    })
    .await;
}

#[tokio::test]
async fn operations_with_descriptions_are_executed() {
    each_engine(async |registry| {
        let plain = "query Q($n: Int = 2) { regions(first: $n) { nodes { ...F } } } fragment F on Region { name }";
        let described = "\"\"\"Names.\"\"\" query Q(\"how many\" $n: Int = 2) { regions(first: $n) { nodes { ...F } } } \
                         \"a name\" fragment F on Region { name }";
        assert_eq!(registry.data(described).await, registry.data(plain).await);
    })
    .await;
}

#[tokio::test]
async fn syntax_errors_have_a_location() {
    let cases = [
        ("{ search(text: \"\\uD83D\") { totalCount } }", "`\\uD83D` is not a valid escape sequence"),
        ("{ search(text: \"\\u{110000}\") { totalCount } }", "not a valid escape sequence"),
        ("queryQ { viewer { costLimit } }", "unexpected `queryQ`"),
        ("\"what\" { viewer { costLimit } }", "expected `query`"),
    ];
    refused(&cases, "GRAPHQL_PARSE_FAILED").await;
    each_engine(async |registry| {
        let answer = registry.ask("{ a(b: \"\\u{1F600}\") %").await;
        assert_eq!(
            answer.body["errors"][0]["locations"],
            json!([{"line": 1, "column": 21}]),
            "{}",
            answer.body
        );
        assert_eq!(answer.body.get("data"), None::<&Value>);
    })
    .await;
}

/// Where a variable may have no value because it has a default, null is no value.
#[tokio::test]
async fn null_for_a_non_null_type_is_refused_despite_a_default() {
    each_engine(async |registry| {
        for document in [
            "query($x: Boolean = true) { __typename @skip(if: $x) a: __typename }",
            "query($x: Boolean = true) { regions(first: 1) @include(if: $x) { totalCount } }",
            "query($x: Boolean = true) { ...F } fragment F on Query { ... @skip(if: $x) { a: __typename } }",
            "query($x: String = \"x\") { cooperatives(where: {slug: {in: [$x]}}) { totalCount } }",
        ] {
            let answer = registry.ask_with(document, json!({ "x": null })).await;
            assert_eq!(answer.code(), "BAD_USER_INPUT", "{document}: {}", answer.body);
        }
        let answer =
            registry.ask_with("query($x: Boolean = true) { __typename @skip(if: $x) }", json!({})).await;
        assert_eq!(answer.data(), json!({}));
    })
    .await;
}

#[tokio::test]
async fn a_message_repeats_little_of_what_was_sent() {
    each_engine(async |registry| {
        let long = "x".repeat(200_000);
        let query = "query($a: CooperativeWhere) { cooperatives(where: $a) { totalCount } }";
        let answer = registry.ask_with(query, json!({ "a": { &long: 1 } })).await;
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with("variable `$a") && message.len() < 1_010, "{}", message.len());
    })
    .await;
}
