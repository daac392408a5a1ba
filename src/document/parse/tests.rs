//! Tests of the parser: documents, also where the library's parser differs, and syntax errors.

use async_graphql::{Pos, parser::parse_query};
use serde_json::{Value as Json, json};

use super::parse;

/// Documents with all of the grammar that the library's parser knows.
const KNOWN: &[&str] = &[
    "{ a }",
    "query { a b: c(d: 1, e: -2.5e-3 f: \"g\") { ...F ... on T @skip(if: $h) { i } ... { j } ... @k { l } } }\nfragment F on T @m(n: {o: [P, true null]}) { q }",
    "query Q($a: Int! = 3, $b: [[T!]]! = [[{c: \"d\"}]], $e: E = F) @g(h: $a) { i(j: $b k: [$e, {l: $a}]) }",
    "mutation A { a } subscription B { b } query C { c }",
    "\u{feff}# a comment, with , and \"\n{,a,,\r\n\tb # another\n  c(d: \"\\u0041\\n\\\\ \\\" \u{e9}\u{1f600}\") }",
    "{ a(b: \"\"\"\n    c\n      d \"\" e\n\n    \"\"\") c(d: \"\"\"\"\"\") d(e: \"\", f: 0, h: 1.0, i: 9007199254740993) }",
    "{ on query fragment: true null: on(on: on) ...query }",
];

#[test]
fn a_document_is_parsed_as_the_library_does_with_the_same_positions() {
    for document in KNOWN {
        let (ours, theirs) = (parse(document).unwrap(), parse_query(document).unwrap());
        assert_eq!(
            serde_json::to_value(&ours).unwrap(),
            serde_json::to_value(&theirs).unwrap(),
            "{document}"
        );
    }
}

/// The value of the one argument of the one field.
fn value(written: &str) -> Json {
    let document =
        parse(&format!("{{ a(b: {written}) }}")).unwrap_or_else(|error| panic!("{written}: {error:?}"));
    let document = serde_json::to_value(&document).unwrap().to_string();
    let value = read_value(&document);
    value.unwrap_or_else(|| panic!("{document}"))
}

/// The first string in the document, as the tree writes it.
fn read_value(tree: &str) -> Option<Json> {
    let from = tree.find("\"arguments\":[[")?;
    let node = tree[from..].split("\"node\":").nth(2)?;
    serde_json::Deserializer::from_str(node).into_iter().next()?.ok()
}

#[test]
fn strings_have_every_escape_of_the_specification() {
    assert_eq!(value(r#""\u{1F600} kopi""#), json!("\u{1f600} kopi"));
    assert_eq!(value(r#""\uD83D\uDE00""#), json!("\u{1f600}"));
    assert_eq!(value(r#""\u{0}\u{0000041}\u00e9\uFFFD\u{10FFFF}""#), json!("\0A\u{e9}\u{fffd}\u{10ffff}"));
    assert_eq!(value(r#""\"\\\/\b\f\n\r\t""#), json!("\"\\/\u{8}\u{c}\n\r\t"));
    assert_eq!(value(r#""\u{22}\u005C""#), json!("\"\\"));
}

#[test]
fn minus_zero_is_an_integer() {
    assert_eq!((value("-0"), value("-1"), value("0")), (json!(0), json!(-1), json!(0)));
    assert_eq!(value("-0.0"), json!(-0.0));
}

#[test]
fn block_strings_lose_their_common_indentation() {
    assert_eq!(value("\"\"\"\n\n    a\r\n      b\r    c\\u0041\n  \t\n\"\"\""), json!("a\n  b\nc\\u0041"));
    assert_eq!(value("\"\"\"  a\n    b\"\"\""), json!("  a\nb"));
    assert_eq!(value("\"\"\"\\\"\"\" \"\" \"\"\""), json!("\"\"\" \"\" "));
    assert_eq!(value("\"\"\"  \n \n\"\"\""), json!(""));
}

#[test]
fn operations_fragments_and_variables_may_be_described() {
    let plain = "query Q($a: String = \"x\", $b: Int) { c(a: $a, b: $b) { ...F } } fragment F on T { d }";
    let described = "\"what\" query Q(\"\"\"it\nis\"\"\" $a: String = \"x\", \"\\u{1F600}\" $b: Int) \
                     { c(a: $a, b: $b) { ...F } } \"and\" fragment F on T { d }";
    let without_places = |document: &str| {
        let written = format!("{:?}", parse(document).unwrap());
        written
            .split("Pos(")
            .map(|part| part.split_once(')').map_or(part, |(_, rest)| rest))
            .collect::<String>()
    };
    assert_eq!(without_places(described), without_places(plain));
    let operation = parse(described).unwrap();
    let positions: Vec<Pos> = operation.operations.iter().map(|(_, operation)| operation.pos).collect();
    assert_eq!(positions, [Pos { line: 1, column: 8 }]);
}

/// The code, the message and the first position of a refusal.
#[track_caller]
fn refused(document: &str, code: &str, line: usize, column: usize, why: &str) {
    let error = parse(document).err().unwrap_or_else(|| panic!("{document} was read"));
    assert_eq!(error.code, code, "{document}: {}", error.message);
    assert!(error.message.contains(why), "{document}: {}", error.message);
    assert_eq!(error.locations.first(), Some(&Pos { line, column }), "{document}: {}", error.message);
}

#[test]
fn invalid_escapes_are_refused_with_their_position() {
    for escape in [
        r"\uD83D",
        r"\uDE00",
        r"\uD83Dx",
        r"\uD83D\n",
        r"\uDE00\uD83D",
        r"\u{D83D}",
        r"\u{110000}",
        r"\u{}",
        r"\u{G}",
        r"\u{+1}",
        r"\u{1F600",
        r"\u{99999999999999999999}",
        r"\u12",
        r"\u+123",
        r"\x",
        r"\u{ 41}",
        r"\'",
    ] {
        let document = format!("{{ a(b: \"\u{1f600}{escape}\") }}");
        refused(&document, "GRAPHQL_PARSE_FAILED", 1, 10, "is not a valid escape sequence");
    }
}

#[test]
fn positions_count_lines_and_characters_of_the_text() {
    let parse = "GRAPHQL_PARSE_FAILED";
    refused("{ a(b: \"\\u{1F600}\\uD83D\\uDE00\") % }", parse, 1, 33, "unexpected character `%`");
    refused("\"\u{e9}\u{1f600}\" query { a ) }", parse, 1, 16, "unexpected `)`");
    refused("\"\"\"a\nb\r\nc\rd\"\"\" query { a ) }", parse, 4, 16, "unexpected `)`");
    refused("# \u{1f600}\r\n{ a\r{ b ) } }", parse, 3, 5, "unexpected `)`");
}

#[test]
fn syntax_errors_are_refused() {
    let parse = "GRAPHQL_PARSE_FAILED";
    for (document, line, column, why) in [
        ("", 1, 1, "unexpected end of the document"),
        ("{ a(b: 3", 1, 9, "unexpected end of the document"),
        ("{ }", 1, 3, "a field"),
        ("queryQ { a }", 1, 1, "unexpected `queryQ`"),
        ("\"what\" { a }", 1, 8, "expected `query`"),
        ("\"a\" \"b\" query { a }", 1, 5, "unexpected string"),
        ("query () { a }", 1, 8, "`$`"),
        ("query ($a: Int = $b) { a }", 1, 18, "without variables"),
        ("query ($a: Int @b(c: $d)) { a }", 1, 22, "without variables"),
        ("query ($a: [Int) { a }", 1, 16, "`]`"),
        ("{ a() }", 1, 5, "an argument"),
        ("{ a(b: [00]) }", 1, 9, "start with 0"),
        ("{ a(b: 1.) }", 1, 8, "after its point"),
        ("{ a(b: 1e) }", 1, 8, "exponent"),
        ("{ a(b: -) }", 1, 8, "no digit"),
        ("{ a(b: 1x) }", 1, 8, "followed by a name"),
        ("{ a(b: 1e999) }", 1, 8, "too large"),
        ("{ a(b: \"c\n\") }", 1, 8, "not terminated on its line"),
        ("{ a(b: \"\"\"c) }", 1, 8, "not terminated"),
        ("{ ...on }", 1, 9, "a type"),
        ("{ a } fragment on on T { a }", 1, 16, "other than `on`"),
        ("{ a } fragment F { a }", 1, 18, "`on`"),
        ("{ a } type T { a: Int }", 1, 7, "unexpected `type`"),
        ("{ a: }", 1, 6, "the name of a field"),
        ("{ a .. b }", 1, 5, "unexpected character"),
        ("{ a \u{a0} }", 1, 5, "unexpected character"),
    ] {
        refused(document, parse, line, column, why);
    }
    refused(&"{ a ".repeat(101), parse, 1, 401, "more than 100 deep");
    refused(&format!("{{ a(b: {} }}", "[".repeat(101)), parse, 1, 107, "more than 100 deep");
}

#[test]
fn a_duplicate_name_is_refused_with_its_position() {
    let validation = "GRAPHQL_VALIDATION_FAILED";
    refused("{ a(b: {c: 1, d: 2, c: 1}) }", validation, 1, 21, "the input object field `c`");
    refused("query A { a } query A { b }", validation, 1, 1, "two operations have the name `A`");
    refused(
        "{ ...F } fragment F on T { a } fragment F on T { b }",
        validation,
        1,
        10,
        "two fragments have the name `F`",
    );
    refused("query A { a } { b }", validation, 1, 15, "the only operation");
    refused("{ a } { b }", validation, 1, 1, "the only operation");
    let error = parse("fragment F on T { a }").unwrap_err();
    assert_eq!(error.message, "the document has no operation");
}
