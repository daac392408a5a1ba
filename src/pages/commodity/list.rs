//! The list of all commodities, by category.

use axum::response::Response;
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::super::{
    failure::Failure,
    language::Language,
    layout::Page,
    part::{self, section},
    visit::Visit,
    vocabulary::{CommodityCategory, Unit, Word},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/commodity/commodities.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("CommodityCategory", "Unit")
)]
struct Commodities;

use commodities::CommoditiesCommoditiesNodes as Thing;

pub(super) const DOCUMENT: &str = commodities::QUERY;

/// The code of a commodity as it is spelled: `K` and three digits.
pub(super) fn known(code: &str) -> Option<String> {
    let digits = code.strip_prefix('K')?;
    (digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| code.to_owned())
}

pub(in crate::pages) async fn show(visit: Visit) -> Response {
    visit.respond(page(&visit).await)
}

async fn page(visit: &Visit) -> Result<Page, Failure> {
    let (mut things, mut origins, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let asked = visit.ask::<Commodities>(commodities::Variables { after }).await?;
        let list = asked.data.commodities;
        things.extend(list.nodes);
        origins.push(asked.origin);
        after = list.page_info.end_cursor.filter(|_| list.page_info.has_next_page);
        if after.is_none() {
            break;
        }
    }
    let language = visit.language;
    let number = i64::try_from(things.len()).unwrap_or(i64::MAX);
    let main = html! {
        section.lead {
            h1 { (language.text("kind-commodity")) }
            p { (language.counted("commodities-lead", number)) }
            (part::downloads(visit, |format| format!("/export/commodities.{format}?columns=code,name,category,unit")))
        }
        @for (category, label) in visit.labels.words("CommodityCategory") {
            (of_category(visit, category, label, &things))
        }
    };
    Ok(Page {
        title: language.text("kind-commodity").into_owned(),
        description: language.counted("commodities-lead", number),
        main,
        origins,
        ..Page::default()
    })
}

fn of_category(visit: &Visit, category: &str, label: &str, things: &[Thing]) -> Markup {
    let mut names: Vec<(&str, &str, &str)> = things
        .iter()
        .filter(|thing| thing.category.value() == category)
        .map(|thing| match visit.language {
            Language::Indonesian => (thing.indonesian.as_str(), thing.english.as_str(), thing.code.as_str()),
            Language::English => (thing.english.as_str(), thing.indonesian.as_str(), thing.code.as_str()),
        })
        .collect();
    names.sort_unstable();
    let other = if visit.language == Language::English { "id" } else { "en" };
    let list = html! {
        ul.commodities {
            @for (name, translation, code) in names {
                li {
                    a href=(visit.link(&format!("/komoditas/{code}"))) { (name) }
                    " " small lang=(other) { (translation) }
                }
            }
        }
    };
    section(&category.to_ascii_lowercase(), label, &list)
}
