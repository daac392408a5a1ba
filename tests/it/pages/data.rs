//! The data catalogue lists what can be downloaded, and each of its files is there.

use std::collections::BTreeSet;

use async_graphql::registry::MetaType;
use axum::http::StatusCode;
use serde_json::Value;
use simpul::schema;

use super::{links, shown};
use crate::support::{OF_ADMINISTRATORS, each_engine};

#[tokio::test]
async fn each_file_of_the_catalogue_is_there_with_the_rows_that_it_names() {
    each_engine(async |registry| {
        let page = shown(registry, "/data").await;
        let files = links(&page, "/export/");
        assert!(files.len() > 60, "{files:?}");
        for file in &files {
            let priced = registry.get(file, &[("simpul-cost-only", "1")]).await;
            assert_eq!(priced.status, StatusCode::OK, "{file}: {}", priced.text());
        }
        for (list, noun) in
            [("institutions", "PartnerInstitution"), ("internshipPrograms", "InternshipProgram")]
        {
            let begin = format!("/export/{list}.csv");
            let file = files.iter().find(|file| file.starts_with(&begin)).unwrap();
            let rows = registry.get(file, &[]).await.text().lines().count() - 1;
            let counts = registry.ask("{ registry { counts { noun count } } }").await.data();
            let counts = counts["registry"]["counts"].as_array().unwrap().iter();
            let of_noun =
                counts.filter(|count| count["noun"] == noun).map(|count| count["count"].as_u64().unwrap());
            assert_eq!(rows as u64, of_noun.sum::<u64>(), "{list}");
            assert!(page.contains(&format!("{rows} baris")), "{list}");
        }
        for file in ["/schema.graphql", "/labels.json", "/possible-types.json"] {
            assert!(!links(&page, file).is_empty(), "{file}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_describes_every_list_of_the_schema_for_search_engines() {
    each_engine(async |registry| {
        let page = shown(registry, "/data?lang=en").await;
        let block = page.split("<script type=\"application/ld+json\">").nth(1).unwrap();
        let catalogue: Value = serde_json::from_str(block.split("</script>").next().unwrap()).unwrap();
        assert_eq!(catalogue["@type"], "DataCatalog");
        assert_eq!(catalogue["dataset"].as_array().unwrap().len(), lists().len());
        for list in lists() {
            assert!(page.contains(&format!("<section id=\"{list}\"")), "{list} is missing");
        }
    })
    .await;
}

/// The lists at the root of the schema.
fn lists() -> BTreeSet<String> {
    let registry = schema::registry();
    let Some(MetaType::Object { fields, .. }) = registry.types.get(&registry.query_type) else {
        panic!("no root");
    };
    // Results of a search, the change log, and what administrators see are no data sets.
    let other = [&["search", "changes"][..], &OF_ADMINISTRATORS].concat();
    let lists = fields
        .iter()
        .filter(|(name, field)| field.ty.ends_with("Connection!") && !other.contains(&name.as_str()));
    lists.map(|(name, _)| name.clone()).collect()
}
