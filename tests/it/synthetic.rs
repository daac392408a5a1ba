//! Answers say once, in `extensions.synthetic`, that they have data of rows from the generator.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use simpul::graph::load::Planner;

use crate::{
    columns::nouns,
    support::{Registry, each_engine},
};

/// Whether the answer to a document that succeeds says that it is synthetic; it never says that it is not.
async fn says_synthetic(registry: &Registry, document: &str) -> bool {
    let body = registry.ask(document).await.body;
    assert_eq!(body.get("errors"), None, "{document}: {body}");
    let said = body["extensions"].get("synthetic");
    assert!(said.is_none() || said == Some(&json!(true)), "{document}: {said:?}");
    said.is_some()
}

#[tokio::test]
async fn an_answer_with_a_row_from_the_generator_says_so_whatever_the_noun() {
    each_engine(async |registry| {
        let (mut synthetic, mut real) = (0, 0);
        for planner in [Planner::On, Planner::Off] {
            let registry = registry.planned(planner);
            for (noun, ids) in nouns(&registry).await {
                let given = json!({ "ids": ids });
                let all = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Record { source } } }";
                let rows = registry.ask_with(all, given).await.data();
                let rows: Vec<&Value> =
                    rows["nodes"].as_array().unwrap().iter().filter(|row| !row.is_null()).collect();
                let of = |made: bool| rows.iter().find(|row| (row["source"] == "SYNTHETIC") == made);
                for (row, made) in [(of(true), true), (of(false), false)] {
                    let Some(row) = row else { continue };
                    let alone = format!("{{ node(id: {}) {{ __typename }} }}", row["id"]);
                    assert_eq!(says_synthetic(&registry, &alone).await, made, "{noun}: {row}");
                    if made {
                        synthetic += 1;
                    } else {
                        real += 1;
                    }
                }
            }
        }
        // All nouns but the three without a source, and officials, who are real; on each planner.
        assert!(synthetic >= 2 * 13 && real >= 2 * 8, "{synthetic} synthetic and {real} real nouns");
    })
    .await;
}

#[tokio::test]
async fn it_is_said_of_the_rows_of_an_answer_and_not_of_what_is_counted_or_read_beside_them() {
    const REAL: &str = "where: {source: {ne: SYNTHETIC}}";
    let said = [
        "{ cooperatives(first: 1) { edges { cursor } } }".to_owned(),
        "{ region(by: {code: \"32\"}) { name cooperatives(first: 1) { nodes { name } } } }".to_owned(),
        "{ search(text: \"koperasi desa\", first: 5) { nodes { __typename ... on Cooperative { id } } } }"
            .to_owned(),
        format!(
            "{{ a: cooperatives({REAL}) {{ nodes {{ id }} }} b: linkages(first: 1) {{ nodes {{ id }} }} }}"
        ),
    ];
    let not = [
        "{ regions(first: 5) { nodes { name parent { name } } } }".to_owned(),
        "{ cooperatives { totalCount } cooperativeAggregate { nodes { count } } }".to_owned(),
        "{ region(by: {code: \"32\"}) { name cooperatives { totalCount } } }".to_owned(),
        format!("{{ cooperatives({REAL}) {{ totalCount nodes {{ name region {{ name }} }} }} }}"),
        // The next row, which is read to know that there is one, is synthetic.
        "{ cooperatives(last: 1, orderBy: {field: NAME}) { nodes { name } pageInfo { hasPreviousPage } } }"
            .to_owned(),
        "{ viewer { __typename } }".to_owned(),
    ];
    each_engine(async |registry| {
        for registry in
            [registry.planned(Planner::On), registry.planned(Planner::Off), registry.just_started()]
        {
            for document in &said {
                assert!(says_synthetic(&registry, document).await, "{document}");
            }
            for document in &not {
                assert!(!says_synthetic(&registry, document).await, "{document}");
            }
        }
        let [one, other] = [&said[0], &not[0]].map(|query| json!({ "query": query }));
        let batch = registry.post(&json!([one, other]).to_string(), &[]).await.json();
        let flags = [0, 1].map(|at| batch[at]["extensions"]["synthetic"].clone());
        assert_eq!(flags, [json!(true), Value::Null]);
        let priced = registry.post(&one.to_string(), &[("simpul-cost-only", "true")]).await.json();
        assert_eq!(priced["extensions"].get("synthetic"), None, "nothing was read");
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_no_longer_synthetic_has_another_entity_tag() {
    each_engine(async |registry| {
        let uri = "/graphql?query=%7Bcooperatives(first:1)%7Bnodes%7Bid%7D%7D%7D";
        let before = registry.get(uri, &[]).await;
        let known = [("if-none-match", before.header("etag"))];
        assert_eq!(registry.get(uri, &known).await.status, 304);
        registry.database.execute_unprepared("UPDATE cooperative SET source = 'PUBLIC'").await.unwrap();
        let after = registry.get(uri, &known).await;
        assert_eq!((after.status.as_u16(), &after.json()["data"]), (200, &before.json()["data"]));
        assert_eq!(after.json()["extensions"].get("synthetic"), None);
    })
    .await;
}
