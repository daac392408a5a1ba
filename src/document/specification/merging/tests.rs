//! Tests of field merging, and of the number of fields that it visits.

use async_graphql::parser::parse_query;

use super::{MAX_STEPS, Merging, Sets, errors};
use crate::document::cost::tests::sample_schema;

const SCHEMA: &str = "
type Query { owner: Owner cat: Cat dog: Dog any: Any owners: [Owner!]! }
union Any = Cat | Dog
interface Owner { name: String! friend: Owner age(in: Int list: [Int!] with: With): Int }
type Cat implements Owner { name: String! friend: Owner age(in: Int list: [Int!] with: With): Int
  nick: String lives: Int! twin: Dog kin: [Dog] kins: [Dog]! mood: Mood }
type Dog implements Owner { name: String! friend: Owner age(in: Int list: [Int!] with: With): Int
  nick: String! lives: String! twin: Cat kin: Cat kins: [Dog!]! mood: String }
enum Mood { GOOD BAD }
input With { a: Int b: Int }
scalar String scalar Int
";

/// The messages of what keeps fields of a document from being merged.
fn told(document: &str) -> Vec<String> {
    let (registry, document) = (sample_schema::registry(SCHEMA), parse_query(document).unwrap());
    errors(&registry, &document).into_iter().map(|error| error.message).collect()
}

#[track_caller]
fn merge(document: &str) {
    assert_eq!(told(document), Vec::<String>::new(), "{document}");
}

#[track_caller]
fn conflict(document: &str, how: &str) {
    let told = told(document);
    assert_eq!(told.len(), 1, "{document}: {told:?}");
    assert!(told[0].contains(how), "{document}: {}", told[0]);
}

#[test]
fn one_response_key_has_one_field() {
    merge("{ cat { name name x: nick x: nick } cat { name } }");
    conflict("{ cat { x: name x: friend { name } } }", "`name` of type String! and `friend` of type Owner");
    conflict("{ owner { x: name ...F } } fragment F on Owner { x: __typename }", "`name` and `__typename`");
    conflict("{ owner { ...F } owner { x: name } } fragment F on Owner { x: __typename }", "`x`");
    conflict("{ dog { ...F ...G } } fragment F on Dog { x: name } fragment G on Dog { x: nick }", "`x`");
    conflict("{ dog { ... on Dog { x: name } ... { ... on Owner { x: __typename } } } }", "`x`");
}

#[test]
fn one_response_key_has_one_set_of_arguments() {
    merge("{ cat { age(in: 1, with: {a: 1, b: 2}) age(with: {b: 2, a: 1}, in: 1) } }");
    conflict("{ cat { age(in: 1) age(in: 2) } }", "`age` with two values of `in`");
    conflict("{ cat { age age(list: [1]) } }", "`age` with two values of `list`");
    conflict("{ cat { age(list: [1, 2]) age(list: [2, 1]) } }", "`list`");
    conflict("query($a: Int, $b: Int) { cat { age(in: $a) age(in: $b) } }", "`in`");
    conflict("{ a: cat { ...F age(in: 1) } } fragment F on Cat { age }", "`in`");
}

#[test]
fn objects_of_other_types_may_differ_in_fields_but_not_in_shapes() {
    merge("{ owner { ... on Cat { x: name } ... on Dog { x: nick } } }");
    merge("{ owner { ... on Cat { age(in: 1) } ... on Dog { age(in: 2) } } }");
    conflict(
        "{ owner { ... on Cat { x: lives } ... on Dog { x: lives } } }",
        "type Int! and `lives` of type String!",
    );
    conflict(
        "{ owner { ... on Cat { x: nick } ... on Dog { x: nick } } }",
        "String and `nick` of type String!",
    );
    conflict(
        "{ owner { ... on Cat { x: kin { name } } ... on Dog { x: kin { name } } } }",
        "[Dog] and `kin` of type Cat",
    );
    conflict("{ owner { ... on Cat { x: kins { name } } ... on Dog { x: kins { name } } } }", "[Dog]! and");
    conflict("{ owner { ... on Cat { x: mood } ... on Dog { x: mood } } }", "Mood and `mood` of type String");
    conflict("{ owner { ... on Cat { x: twin { name } } ... on Dog { x: name } } }", "`x`");
    merge("{ owner { ... on Cat { x: twin { name } } ... on Dog { x: twin { name } } } }");
}

#[test]
fn a_field_of_an_interface_may_be_that_of_any_object() {
    conflict("{ owner { x: name ... on Cat { x: __typename } } }", "`name` and `__typename`");
    conflict("{ owner { age ... on Dog { age(in: 1) } } }", "`in`");
    conflict(
        "{ any { ... on Owner { x: name } ... on Cat { x: __typename } ... on Dog { x: name } } }",
        "`x`",
    );
}

#[test]
fn what_is_selected_beneath_one_key_is_merged() {
    conflict("{ cat { friend { x: name } friend { x: __typename } } }", "`x`");
    conflict("{ owner { ... on Cat { x: twin { y: lives } } ... on Dog { x: twin { y: lives } } } }", "`y`");
    merge("{ owner { ... on Cat { x: twin { y: nick } } ... on Dog { x: friend { y: __typename } } } }");
    // Either twin is asked with the friend, never both together.
    merge(
        "{ owner { friend { name } ... on Cat { friend { ... on Cat { y: name } } }
         ... on Dog { friend { ... on Cat { y: __typename } } } } }",
    );
    conflict(
        "{ owner { friend { ... on Cat { y: name } } ... on Dog { friend { ... on Cat { y: __typename } } } } }",
        "`y`",
    );
}

#[test]
fn each_operation_is_checked_on_its_own() {
    merge("query A { x: cat { name } } query B { x: dog { name } }");
    conflict("query A { cat { name } } query B { x: cat { name } x: dog { name } }", "`x`");
}

#[test]
fn names_unknown_to_the_schema_are_left_to_other_rules() {
    merge("{ x: nothing x: cat { name } cat { ...Gone } } fragment F on Nothing { x: a x: b }");
}

#[test]
fn an_error_has_both_positions_in_document_order() {
    let document = "{ cat { ...Z\n x: name } }\nfragment Z on Cat { ...A }\nfragment A on Cat { x: nick }";
    let parsed = parse_query(document).unwrap();
    for _ in 0..10 {
        let errors = errors(&sample_schema::registry(SCHEMA), &parsed);
        let at: Vec<_> = errors[0].locations.iter().map(|pos| (pos.line, pos.column)).collect();
        assert_eq!(at, [(2, 2), (4, 21)]);
    }
}

/// How many steps a document takes.
fn steps(document: &str) -> usize {
    let (registry, document) = (sample_schema::registry(SCHEMA), parse_query(document).unwrap());
    let mut merging = Merging::within(MAX_STEPS, Sets::of(&registry, &document));
    merging.run();
    merging.steps
}

#[test]
fn the_number_of_steps_is_linear_in_the_document() {
    let same = |times: usize| format!("{{ cat {{ {} }} }}", "name ".repeat(times));
    assert!(steps(&same(4000)) < 4 * 4000, "{}", steps(&same(4000)));
    let nested =
        |times: usize| format!("{{ cat {{ {} }} }}", "friend { name friend { name } } ".repeat(times));
    assert!(steps(&nested(1000)) < 10 * 4000, "{}", steps(&nested(1000)));
    let inline = |times: usize| {
        format!("{{ owner {{ {} }} }}", "... on Cat { name } ... on Dog { name } ".repeat(times))
    };
    assert!(steps(&inline(1000)) < 6 * 2000, "{}", steps(&inline(1000)));
    let aliased = (0..1000).map(|at| format!("a{at}: friend {{ ...F }} ")).collect::<Vec<_>>().concat();
    let aliased = format!(
        "{{ cat {{ {aliased} }} }} fragment F on Owner {{ {} }}",
        "name friend { name } ".repeat(100)
    );
    assert!(steps(&aliased) < 20_000, "{}", steps(&aliased));
}

#[test]
fn fragments_that_spread_each_other_are_flattened_once_for_each_set() {
    let fragment = |at: usize| {
        let spreads = (at + 1..90).map(|next| format!("...F{next} ")).collect::<Vec<_>>().concat();
        format!("fragment F{at} on Cat {{ name x: friend {{ name }} {spreads} }} ")
    };
    let fragments: String = (0..90).map(fragment).collect();
    let document = format!("{{ cat {{ ...F0 }} }} {fragments}");
    assert!(steps(&document) < 20_000, "{}", steps(&document));
}

#[test]
fn fragments_that_spread_themselves_terminate() {
    let document = "{ cat { ...F } } fragment F on Owner { name friend { ...G x: friend { ...F } } } \
                    fragment G on Owner { friend { ...F ...G } }";
    assert!(steps(document) < 500, "{}", steps(document));
}

#[test]
fn a_document_that_needs_too_many_steps_is_refused() {
    // Each depth writes everything three times, and merges it for cats and for dogs.
    let nested = (0..6).fold("name".to_owned(), |below, _| {
        let on = |kind: &str| format!("... on {kind} {{ friend {{ own: name {below} }} }}");
        format!("friend {{ {below} }} {} {}", on("Cat"), on("Dog"))
    });
    let document = format!("{{ owner {{ {nested} }} }}");
    assert!(steps(&document) < 40_000, "{}", steps(&document));
    let (registry, parsed) = (sample_schema::registry(SCHEMA), parse_query(&document).unwrap());
    let mut merging = Merging::within(1000, Sets::of(&registry, &parsed));
    merging.run();
    assert!(merging.steps < 4000, "{}", merging.steps);
    let errors = merging.result();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].message.contains("too many types"), "{}", errors[0].message);
}
