//! A statement reads only the columns that the document's fields need, and all of them.

use async_graphql::registry::{MetaField, MetaType, MetaTypeName};
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::{Value, json};
use simpul::{
    graph::{id, load::Planner},
    schema,
};

use crate::support::{Registry, each_engine};

/// The types that have a table, and the ids of some of its rows.
pub(crate) async fn nouns(registry: &Registry) -> Vec<(&'static str, Vec<String>)> {
    macro_rules! some_of {
        ($($noun:literal: $entity:ident.$key:ident),* $(,)?) => {
            vec![$(($noun, {
                let rows = entity::$entity::Entity::find().limit(40).all(&registry.database).await.unwrap();
                rows.into_iter().map(|row| id::encode($noun, &row.$key.into()).to_string()).collect()
            })),*]
        };
    }
    some_of! {
        "AnnualReport": annual_report.id,
        "BusinessClass": business_class.id,
        "BusinessLinkage": linkage.id,
        "BusinessUnit": business_unit.id,
        "Commodity": commodity.code,
        "Cooperative": cooperative.id,
        "CooperativeCommodity": cooperative_commodity.id,
        "InternshipBatch": internship_batch.id,
        "InternshipProgram": internship_program.id,
        "LinkageMonth": linkage_month.id,
        "Officer": officer.id,
        "Official": official.id,
        "PartnerInstitution": institution.id,
        "Partnership": partnership.id,
        "PartnershipApplication": partnership_application.id,
        "Placement": placement.id,
        "Region": region.code,
        "TrainingSession": training_session.id,
    }
}

/// A document with this field alone.
fn selected(field: &MetaField) -> String {
    let types = schema::registry().types;
    let given =
        field.args.values().filter(|argument| argument.ty.ends_with('!') && argument.default_value.is_none());
    let given = given.map(|argument| match argument.name.as_str() {
        "from" => "from: {latitude: -7, longitude: 107}".to_owned(),
        other => panic!("a value for `{other}` of {}", field.name),
    });
    let given = given.collect::<Vec<_>>().join(", ");
    let arguments = if given.is_empty() { String::new() } else { format!("({given})") };
    let selection = match types.get(MetaTypeName::concrete_typename(&field.ty)) {
        Some(MetaType::Object { fields, .. }) if fields.contains_key("edges") => {
            "{ edges { cursor } pageInfo { startCursor endCursor hasNextPage } }"
        }
        Some(MetaType::Object { fields, .. }) if fields.contains_key("pageInfo") => {
            "{ nodes { __typename } pageInfo { startCursor endCursor hasNextPage } }"
        }
        Some(MetaType::Object { .. } | MetaType::Interface { .. } | MetaType::Union { .. }) => {
            "{ __typename }"
        }
        _ => "",
    };
    format!("{}{arguments} {selection}", field.name)
}

/// The answer is the same whether all columns or only the needed ones are read. There is no cost limit.
async fn same(registry: &Registry, document: &str, ids: &[String]) -> Value {
    let fewest =
        registry.planned(Planner::On).limited_to(u32::MAX).ask_with(document, json!({ "ids": ids })).await;
    let all =
        registry.planned(Planner::Off).limited_to(u32::MAX).ask_with(document, json!({ "ids": ids })).await;
    assert_eq!(fewest.body["data"], all.body["data"], "{document}");
    assert_eq!(fewest.body["errors"], all.body["errors"], "{document}");
    fewest.body
}

#[tokio::test]
async fn every_field_has_the_same_value_when_it_is_asked_for_alone() {
    each_engine(async |registry| {
        let registry = registry.just_started();
        let types = schema::registry().types;
        let (mut asked, mut told) = (0, 0);
        for (noun, ids) in nouns(&registry).await {
            let Some(MetaType::Object { fields, .. }) = types.get(noun) else { panic!("no type {noun}") };
            for field in fields.values() {
                let document = format!(
                    "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {noun} {{ {} }} }} }}",
                    selected(field)
                );
                let answer = same(&registry, &document, &ids).await;
                let nodes =
                    answer["data"]["nodes"].as_array().unwrap_or_else(|| panic!("{document}: {answer}"));
                asked += 1;
                told += usize::from(nodes.iter().any(|node| !node.is_null() && !node[&field.name].is_null()));
            }
        }
        // The other fields are refused to the public, or null in all of these rows.
        assert!(asked > 250 && told * 10 > asked * 9, "{told} of {asked} fields had a value");
    })
    .await;
}

#[tokio::test]
async fn the_first_of_two_paths_to_a_row_reads_the_columns_of_the_second() {
    each_engine(async |registry| {
        let (_, ids) = nouns(registry).await.into_iter().find(|(noun, _)| *noun == "Cooperative").unwrap();
        let document = "query($ids: [ID!]!) {
            a: nodes(ids: $ids) { id }
            b: nodes(ids: $ids) { ... on Cooperative { name memberCount region { name } } }
            c: nodes(ids: $ids) { ...Contact }
        }
        fragment Contact on Cooperative { phone label: shortName location { latitude } }";
        let answer = same(registry, document, &ids).await;
        assert!(answer["data"]["b"][0]["name"].is_string(), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn labels_of_figures_are_read_without_a_selected_name() {
    each_engine(async |registry| {
        let registry = registry.just_started();
        for dimension in ["SUPPLIER", "BUYER", "COMMODITY", "SUPPLIER_PROVINCE"] {
            let document =
                format!("{{ linkageAggregate(groupBy: [{dimension}], first: 5) {{ nodes {{ keys {{ label }} }} }} }}");
            let answer = same(&registry, &document, &[]).await;
            assert!(answer["data"]["linkageAggregate"]["nodes"][0]["keys"][0]["label"].is_string(), "{answer}");
        }
        for dimension in ["PROGRAM", "BATCH", "HOST"] {
            let document =
                format!("{{ placementAggregate(groupBy: [{dimension}], first: 5) {{ nodes {{ keys {{ label }} }} }} }}");
            same(&registry, &document, &[]).await;
        }
    })
    .await;
}
