//! The short form: a list, its arguments in GraphQL's notation, and columns by their paths.

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{address, export};
use crate::support::each_engine;

#[tokio::test]
async fn a_short_form_is_the_document_that_it_stands_for() {
    each_engine(async |registry| {
        let condition = "{status: {eq: OPERATING}, name: {contains: \"a\"}}";
        let short = address(
            "cooperatives.csv",
            &[("where", condition), ("columns", "name, region.province.name"), ("orderBy", "{field: NAME}"), ("first", "50")],
        );
        let short = registry.get(&short, &[]).await;
        let document = format!(
            "{{ cooperatives(where: {condition}, orderBy: [{{field: NAME}}], first: 50) {{ nodes {{ name region {{ province {{ name }} }} }} }} }}"
        );
        let document = export(registry, "csv", &document).await;
        assert_eq!((short.status.as_u16(), short.text()), (200, document.text()));
        assert_eq!(short.text().lines().next(), Some("name,region.province.name,source"));
        let ordered = address("cooperatives.csv", &[("columns", "region.name, name, region.code"), ("first", "2")]);
        let ordered = registry.get(&ordered, &[]).await;
        assert_eq!(ordered.text().lines().next(), Some("region.name,name,region.code,source"), "{}", ordered.text());
        let figures = address("cooperativeAggregate.csv", &[("groupBy", "STATUS"), ("columns", "keys.value,count,memberCount.sum")]);
        let figures = registry.get(&figures, &[]).await;
        assert_eq!(figures.text().lines().next(), Some("keys.STATUS.value,count,memberCount.sum"), "{}", figures.text());
        let expanded = address("cooperatives.csv", &[("columns", "slug,linkages.id"), ("expand", "linkages"), ("search", "kopi, \"x\" }")]);
        let expanded = registry.get(&expanded, &[]).await;
        assert_eq!(expanded.text().lines().next(), Some("slug,linkages.id,linkages.source,source"), "{}", expanded.text());
        let typed = address("cooperatives.csv", &[("columns", "__typename,region.__typename"), ("first", "1")]);
        let typed = registry.get(&typed, &[]).await;
        assert_eq!(typed.text().lines().nth(1).map(|row| row.starts_with("Cooperative,Region,")), Some(true), "{}", typed.text());
        let poor = registry.exporting_within(1, None).get(&address("cooperatives.csv", &[("columns", "name")]), &[]).await;
        assert_eq!((poor.status.as_u16(), poor.code()), (400, "COST_LIMIT_EXCEEDED"), "{}", poor.text());
        let closed = registry.closed().get(&address("cooperatives.csv", &[("columns", "region")]), &[]).await;
        assert!(closed.message().ends_with("name a field of it"), "{}", closed.message());
        let (deep, many) = (format!("region.{}name", "parent.".repeat(24)), "name,".repeat(501));
        for (target, parameters, hint) in [
            ("coperatives.csv", vec![("columns", "name")], "did you mean `cooperatives`?"),
            ("cooperatives.csv", vec![("columns", "nama")], "did you mean `name`?"),
            ("cooperatives.csv", vec![("columns", "region")], "name a field of it, such as `region."),
            ("cooperatives.csv", vec![], "needs `columns`"),
            ("cooperatives.csv", vec![("columns", "name"), ("were", "{}")], "did you mean `where`?"),
            ("cooperatives.csv", vec![("columns", "name"), ("where", "{} {}")], "nothing after the value"),
            ("cooperatives.csv", vec![("columns", "name"), ("where", "$x")], "a value without variables"),
            ("cooperatives.csv", vec![("columns", "name"), ("where", "{}) { nodes { id } } x: regions(first: 1")], "nothing after the value"),
            ("cooperatives.csv", vec![("columns", deep.as_str())], "more than 24 names"),
            ("cooperatives.csv", vec![("columns", many.as_str())], "at most 500"),
            ("cooperatives.csv", vec![("columns", "linkages.id")], "expand=linkages"),
            ("cooperatives.csv", vec![("columns", "name.__typename")], "has no field `__typename`"),
            ("cooperativeAggregate.csv", vec![("columns", "keys.value,count"), ("groupBy", "STATUS,STATUS")], "`groupBy` names a dimension twice"),
        ] {
            let reply = registry.get(&address(target, &parameters), &[]).await;
            assert_eq!(reply.status, 400, "{target} {parameters:?}: {}", reply.text());
            assert!(reply.message().contains(hint), "{parameters:?}: {}", reply.message());
        }
    })
    .await;
}

/// Whatever is written into the parameters, the answer is a file of this list or a refusal, never a fault.
#[tokio::test]
async fn no_text_in_the_parameters_reaches_another_list_or_is_a_fault() {
    each_engine(async |registry| {
        let piece = prop_oneof![
            Just("{"),
            Just("}"),
            Just("("),
            Just(")"),
            Just("["),
            Just("]"),
            Just(":"),
            Just("\""),
            Just("\\"),
            Just("$"),
            Just("#"),
            Just("\n"),
            Just("..."),
            Just(","),
            Just("."),
            Just("name"),
            Just("status"),
            Just("OPERATING"),
            Just("eq"),
            Just("nodes"),
            Just("regions"),
            Just("null"),
            Just("1"),
            Just("-"),
            Just("\"\"\""),
            Just("é"),
            Just("&"),
            Just("%"),
            Just("region.name"),
            Just("@include"),
            Just("\u{0}"),
        ];
        let text = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
        let mut runner = TestRunner::deterministic();
        for _ in 0..150 {
            let mut draw = || text.new_tree(&mut runner).unwrap().current();
            let (condition, columns) = (draw(), draw());
            let parameters = [("where", condition.as_str()), ("columns", columns.as_str()), ("first", "1")];
            let reply = registry.get(&address("cooperatives.ndjson", &parameters), &[]).await;
            let expected = matches!(reply.status.as_u16(), 200 | 400 | 403);
            assert!(expected, "{parameters:?}: {} {}", reply.status, reply.text());
            if reply.status == 200 {
                let name = reply.header("content-disposition");
                assert!(name.contains("\"cooperatives-"), "{parameters:?}: {name}");
            }
        }
    })
    .await;
}
