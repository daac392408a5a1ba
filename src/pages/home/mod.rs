//! The home page: the box, the registry in figures, and the coverage of provinces.

use std::collections::HashMap;

use axum::response::Response;
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    failure::Failure,
    layout::Page,
    part::{Column, Table, section},
    scalar::DateTime,
    visit::Visit,
    vocabulary::Source,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/home/home.graphql",
    response_derives = "Debug",
    extern_enums("Source")
)]
struct Home;

pub(super) const DOCUMENT: &str = home::QUERY;

pub(super) async fn show(visit: Visit) -> Response {
    visit.respond(page(&visit).await)
}

async fn page(visit: &Visit) -> Result<Page, Failure> {
    let asked = visit.ask::<Home>(home::Variables {}).await?;
    let main = html! {
        (introduction(visit))
        (section("coverage", &visit.language.text("coverage"), &coverage(visit, &asked.data)))
    };
    Ok(Page {
        title: visit.language.text("home-title").into_owned(),
        description: visit.language.text("home-lead").into_owned(),
        main,
        origins: vec![asked.origin],
        ..Page::default()
    })
}

fn introduction(visit: &Visit) -> Markup {
    html! {
        section.lead {
            h1 { (visit.language.text("home-title")) }
            p { (visit.language.text("home-lead")) }
        }
    }
}

/// The share of villages with a cooperative, by province.
fn coverage(visit: &Visit, data: &home::ResponseData) -> Markup {
    let covered: HashMap<&str, i64> =
        data.covered.nodes.iter().filter_map(|node| Some((node.key.value.as_deref()?, node.count))).collect();
    let (province, villages, with, share) = (
        visit.language.text("province"),
        visit.language.text("villages"),
        visit.language.text("villages-with-cooperative"),
        visit.language.text("share"),
    );
    let rows = data.villages.nodes.iter().filter_map(|node| {
        let code = node.key.value.as_deref()?;
        let with = covered.get(code).copied().unwrap_or(0);
        Some(vec![
            html! { a href=(visit.link(&format!("/wilayah/{code}"))) { (node.key.label.as_deref().unwrap_or(code)) } },
            html! { (visit.language.number(node.count)) },
            html! { (visit.language.number(with)) },
            html! { (visit.language.percent(with, node.count).unwrap_or_default()) },
        ])
    });
    let table = Table {
        caption: &visit.language.text("coverage-caption"),
        columns: vec![
            Column::text(&province),
            Column::number(&villages),
            Column::number(&with),
            Column::number(&share),
        ],
        rows: rows.collect(),
        files: None,
    };
    table.show(visit.language)
}
