//! Tests of what is read of a document, on the sample schema of prices.

use async_graphql::{PathSegment, Value, Variables, parser::parse_query, registry::Registry};
use serde_json::json;

use super::Export;
use crate::document::{DocumentError, cost::tests::sample_schema};

fn types() -> Registry {
    sample_schema::registry(sample_schema::SCHEMA)
}

fn read(document: &str, variables: serde_json::Value, expand: Option<&str>) -> Result<Export, DocumentError> {
    let document = parse_query(document).unwrap();
    Export::of(&types(), &document, (None, &Variables::from_json(variables)), expand)
}

fn columns(document: &str) -> Vec<String> {
    let export = read(document, json!({}), None).unwrap();
    export.columns().iter().map(|column| column.path.clone()).collect()
}

fn refusal(document: &str) -> String {
    read(document, json!({}), None).unwrap_err().message
}

#[test]
fn columns_are_the_paths_of_scalar_fields_once_each() {
    assert_eq!(
        columns(
            "{ farms { nodes { a: name owner { name ... on Person { id } } place { north } owner { name } } } }"
        ),
        ["a", "owner.name", "owner.id", "place.north"]
    );
    assert_eq!(
        columns("{ farms { edges { cursor node { name farm { id } } } } }"),
        ["cursor", "name", "farm.id"]
    );
    let found = "{ find(text: \"x\") { nodes { __typename ... on Farm { name } ... on Tree { kind farm { name } } } } }";
    assert_eq!(columns(found), ["__typename", "name", "kind", "farm.name"]);
    let figures =
        "{ farmAggregate(groupBy: [PROVINCE, YEAR]) { nodes { keys { value } count size { sum } } } }";
    assert_eq!(columns(figures), ["keys.PROVINCE.value", "keys.YEAR.value", "count", "size.sum"]);
}

#[test]
fn columns_are_limited_in_number_and_in_the_bytes_of_their_names() {
    let many: Vec<String> = (0..501).map(|nth| format!("a{nth}: name ")).collect();
    let many = many.concat();
    let refused = refusal(&format!("{{ farms {{ nodes {{ {many} }} }} }}"));
    assert!(refused.contains("more than 500 columns"), "{refused}");
    let long = refusal(&format!("{{ farms {{ nodes {{ {}: name }} }} }}", "a".repeat(256)));
    assert!(long.contains("more than 255 bytes"), "{long}");
}

#[test]
fn conditions_and_fragments_are_resolved() {
    let document = "query($no: Boolean!) { farms { nodes { ...F @skip(if: $no) ... @include(if: $no) { size } } } } \
                    fragment F on Farm { name }";
    for (no, expected) in [(true, "size"), (false, "name")] {
        let export = read(document, json!({ "no": no }), None).unwrap();
        assert_eq!(export.columns()[0].path, expected);
        assert_eq!(export.columns().len(), 1);
    }
}

#[test]
fn documents_of_another_form_are_refused() {
    for (document, expected) in [
        ("{ farms { nodes { id } } trees { nodes { id } } }", "`farms`, `trees`"),
        ("{ farm(by: {}) { name } }", "neither a list nor an aggregate"),
        ("{ farms { nodes { trees { nodes { id } } } } }", "`expand=trees`"),
        ("{ farms { nodes { gates { width } } } }", "`expand=gates`"),
        ("{ farms { nodes { x: name } edges { cursor } } }", "not both"),
        ("{ farms { pageInfo { endCursor } } }", "selects no rows"),
        ("{ farms(last: 3) { nodes { id } } }", "`first` instead of `last`"),
        ("{ farms { edges { name: cursor node { name } } } }", "two columns would be called `name`"),
    ] {
        let refusal = refusal(document);
        assert!(refusal.contains(expected), "{document}: {refusal}");
    }
}

#[test]
fn a_page_is_read_and_goes_on_after_its_cursor() {
    let export =
        read("{ all: farms(first: 7, after: \"c\") { nodes { name place { north } } } }", json!({}), None);
    let export = export.unwrap();
    assert_eq!((export.first(), export.after(), export.noun()), (Some(7), Some("c"), "farms"));
    let data = json!({ "all": {
        "nodes": [{ "name": "a", "place": null }, { "name": "b", "place": { "north": 1.5 } }],
        "pageInfo": { "hasNextPage": true, "endCursor": "d" },
    } });
    let data = Value::from_json(data).unwrap();
    let page = export.rows(&data, 9).unwrap();
    assert_eq!(page.rows[0], [Value::from("a"), Value::Null]);
    assert_eq!(page.rows[1], [Value::from("b"), Value::from(1.5)]);
    assert_eq!((page.read, page.next.as_deref()), (2, Some("d")));
    assert_eq!(export.rows(&data, 1).unwrap().rows.len(), 1);
    let counted = Value::from_json(json!({ "all": { "totalCount": 12 } })).unwrap();
    assert_eq!((export.counted(&counted), export.is_part(&counted, 20)), (Some(12), false));
    let lower = json!({ "all": { "totalCount": 12, "totalCountPrecision": "AT_LEAST" } });
    let lower = Value::from_json(lower).unwrap();
    assert!(export.is_part(&lower, 20) && !export.is_part(&lower, 11));
    let path = |written: &str| -> Vec<PathSegment> {
        let segment =
            |part: &str| part.parse().map_or(PathSegment::Field(part.to_owned()), PathSegment::Index);
        written.split('/').map(segment).collect()
    };
    assert_eq!(export.column_at(&path("all/nodes/7/place/north")).as_deref(), Some("place.north"));
    assert_eq!(export.column_at(&path("all/nodes/7/place")).as_deref(), Some("place"));
    assert_eq!(export.column_at(&path("all/nodes")), None);
    let edges = read("{ farms { edges { n: node { name } } } }", json!({}), None).unwrap();
    assert_eq!(edges.column_at(&path("farms/edges/0/n/name")).as_deref(), Some("name"));
    let document = "{ farms { nodes { trees { nodes { kind } } } } }";
    let expanded = read(document, json!({}), Some("trees")).unwrap();
    assert_eq!(expanded.column_at(&path("farms/nodes/0/trees/nodes/3/kind")).as_deref(), Some("trees.kind"));
    let document = "{ farmAggregate(groupBy: [PROVINCE, YEAR]) { nodes { keys { value } } } }";
    let figures = read(document, json!({}), None).unwrap();
    let at = figures.column_at(&path("farmAggregate/nodes/0/keys/1/value"));
    assert_eq!(at.as_deref(), Some("keys.YEAR.value"));
}

#[test]
fn an_expanded_list_gives_a_row_for_each_item_and_one_for_none() {
    let document = "{ farms { nodes { name trees { totalCount nodes { kind farm { id } } } } } }";
    let export = read(document, json!({}), Some("trees")).unwrap();
    let names: Vec<_> = export.columns().iter().map(|column| column.path.as_str()).collect();
    assert_eq!(names, ["name", "trees.kind", "trees.farm.id"]);
    let rows = |more: bool| {
        let tree = |kind: &str| json!({ "kind": kind, "farm": { "id": "1" } });
        let trees = json!({ "nodes": [tree("x"), tree("y")], "pageInfo": { "hasNextPage": more } });
        let none = json!({ "nodes": [], "pageInfo": { "hasNextPage": false } });
        let nodes = json!([{ "name": "a", "trees": trees }, { "name": "b", "trees": none }]);
        let data =
            json!({ "farms": { "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } } });
        export.rows(&Value::from_json(data).unwrap(), 9).map(|page| page.rows)
    };
    let text = |text: &str| Value::from(text);
    let expected = [
        [text("a"), text("x"), text("1")],
        [text("a"), text("y"), text("1")],
        [text("b"), Value::Null, Value::Null],
    ];
    assert_eq!(rows(false).unwrap(), expected);
    assert_eq!(rows(true).unwrap_err().path, "trees");
    assert!(read(document, json!({}), Some("tree")).unwrap_err().message.contains("only `tree` is expanded"));
    let without = read("{ farms { nodes { name } } }", json!({}), Some("trees"));
    assert!(without.unwrap_err().message.contains("names no list"));
    for argument in ["first: 2", "last: 2", "after: \"x\"", "before: \"x\""] {
        let page = format!("{{ farms {{ nodes {{ trees({argument}) {{ nodes {{ kind }} }} }} }} }}");
        let refused = read(&page, json!({}), Some("trees")).unwrap_err();
        assert!(refused.message.contains("leave out"), "{argument}: {}", refused.message);
    }
}

#[test]
fn all_mentions_of_the_rows_of_an_expanded_list_are_columns() {
    let columns = |set: &str| {
        let document = format!("{{ farms {{ nodes {{ {set} }} }} }}");
        let export = read(&document, json!({}), Some("trees"))?;
        Ok::<Vec<_>, DocumentError>(export.columns().iter().map(|column| column.path.clone()).collect())
    };
    for set in [
        "trees { nodes { id } nodes { kind } }",
        "trees { x: nodes { id } ... { y: nodes { kind } } }",
        "trees { nodes { id } } trees { pageInfo: nodes { kind } }",
    ] {
        assert_eq!(columns(set).unwrap(), ["trees.id", "trees.kind"], "{set}");
    }
    for set in
        ["trees { nodes { id } edges { cursor } }", "trees { nodes { id } } trees { edges { cursor } }"]
    {
        assert!(columns(set).unwrap_err().message.contains("either `nodes` or `edges`"), "{set}");
    }
    let export = read("{ farms { nodes { trees { pageInfo: nodes { id } } } } }", json!({}), Some("trees"));
    let page = json!({ "nodes": [{ "id": "1" }], "pageInfo": { "hasNextPage": false } });
    let data = json!({ "farms": { "nodes": [{ "trees": page }], "pageInfo": { "hasNextPage": false } } });
    let page = export.unwrap().rows(&Value::from_json(data).unwrap(), 9).unwrap();
    assert_eq!(page.rows, [[Value::from("1")]]);
}

#[test]
fn a_truncated_list_is_not_expanded() {
    let document = "{ farms { nodes { reached { nodes { depth } } } } }";
    let export = read(document, json!({}), Some("reached")).unwrap();
    let page = json!({ "nodes": [{ "depth": 1 }], "pageInfo": { "hasNextPage": false }, "truncated": true });
    let data = json!({ "farms": { "nodes": [{ "reached": page }], "pageInfo": { "hasNextPage": false } } });
    assert_eq!(export.rows(&Value::from_json(data).unwrap(), 9).unwrap_err().path, "reached");
}
