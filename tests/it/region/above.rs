//! The regions that a region lies in, by level.

use serde_json::Value;
use simpul::{
    cli::explain::{Explained, explain},
    config::ServeOptions,
    graph::load::Planner,
    store::Engine,
};

use crate::support::{Registry, database, each_engine, planner};

const FIELDS: &str = "code level province { code cooperatives { totalCount } } regencyCity { code name } district { code } village { code } ancestors { code }";

async fn regions(registry: &Registry, code: &str) -> (Vec<Value>, usize) {
    let document = format!(
        "{{ regions(where: {{within: \"{code}\"}}, first: 100) {{ nodes {{ {FIELDS} }} }}
            cooperatives(where: {{region: {{within: \"{code}\"}}}}, first: 5) {{ nodes {{ region {{ {FIELDS} }} }} }} }}"
    );
    let answer = registry.ask(&document).await;
    let (statements, data) = (answer.statements, answer.data());
    let inside = data["cooperatives"]["nodes"].as_array().unwrap().iter().map(|node| node["region"].clone());
    (data["regions"]["nodes"].as_array().unwrap().iter().cloned().chain(inside).collect(), statements)
}

#[tokio::test]
async fn a_region_knows_its_province_regency_district_and_village() {
    each_engine(async |registry| {
        let registry = registry.limited_to(u32::MAX);
        for registry in [&registry, &registry.just_started().limited_to(u32::MAX)] {
            let (found, statements) = regions(registry, "32.04.39").await;
            if planner() == Planner::On {
                assert_eq!(statements, 1);
            }
            let (provinces, _) = regions(registry, "32").await;
            let levels: Vec<_> = found.iter().chain(&provinces).collect();
            assert!(levels.len() > 100);
            for region in levels {
                let own = region["code"].as_str().unwrap();
                let mut above: Vec<&Value> = Vec::new();
                for (level, length) in [("province", 2), ("regencyCity", 5), ("district", 8), ("village", 13)] {
                    let expected = own.get(..length).map_or(Value::Null, Value::from);
                    assert_eq!(region[level]["code"], expected, "{level} of {own}");
                    above.extend((length < own.len()).then_some(&region[level]["code"]));
                }
                let ancestors: Vec<_> = region["ancestors"].as_array().unwrap().iter().map(|above| &above["code"]).collect();
                assert_eq!(above, ancestors, "{own}");
                assert!(region["province"]["cooperatives"]["totalCount"].as_u64().unwrap() > 0);
            }
        }
        let counts = registry
            .data(
                "{ by: cooperatives(where: {region: {regencyCity: {name: {contains: \"bandung\"}}, province: {code: {eq: \"32\"}}}}) { totalCount }
                   code: cooperatives(where: {region: {withinAny: [\"32.04\", \"32.17\", \"32.73\"]}}) { totalCount }
                   none: regions(where: {regencyCity: {isNull: true}}) { totalCount }
                   provinces: regions(where: {level: {eq: PROVINCE}}) { totalCount } }",
            )
            .await;
        assert!(counts["by"]["totalCount"].as_u64().unwrap() > 0);
        assert_eq!(counts["by"], counts["code"]);
        assert_eq!(counts["none"], counts["provinces"]);
    })
    .await;
}

/// SQLite would read the children of a province once for each of its regions.
#[tokio::test]
async fn conditions_on_the_children_of_a_province_are_evaluated_once_and_have_a_price() {
    let children =
        "province: {children: {some: {children: {some: {children: {some: {name: {contains: \"zzzz\"}}}}}}}}";
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let document = format!("{{ regions(first: 1, where: {{{children}}}) {{ nodes {{ code }} }} }}");
        let explained = Explained { document, ..Explained::default() };
        let explained = explain(&fresh.url(), explained, &ServeOptions::default()).await.unwrap().markdown();
        let sets = explained.matches("IN (\n").count() + explained.matches("IN (SELECT").count();
        assert_eq!(sets >= 1, engine == Engine::Sqlite, "{explained}");
        let registry = Registry::over(engine, fresh.connection.clone(), database::TIME).await;
        let beneath = format!(
            "{{ cooperative(by: {{slug: \"kopontren-al-ittifaq\"}})
                {{ linkages(first: 1, where: {{buyer: {{region: {{{children}}}}}}}) {{ nodes {{ id }} }} }} }}"
        );
        let answer = registry.ask(&beneath).await.body;
        let price = answer["extensions"]["cost"]["requested"].as_u64().unwrap();
        assert!(price > 20_000, "{answer}");
        fresh.discard().await;
    }
}
