//! The data catalogue: what can be downloaded, how large and how old it is, and how to cite it.

mod catalogue;

use axum::response::Response;
use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde_json::{Value, json};

use self::catalogue::{DATASETS, Dataset, FORMATS};
use super::{
    document::escaped,
    failure::Failure,
    layout::Page,
    part::{self, facts, section},
    provenance,
    scalar::DateTime,
    search::province,
    visit::Visit,
    vocabulary::Source,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/data/data.graphql",
    response_derives = "Debug",
    extern_enums("Source")
)]
struct Data;

pub(super) const DOCUMENT: &str = data::QUERY;

/// The most rows of a sheet, its head included.
const SHEET_ROWS: i64 = 1_048_575;

pub(super) async fn show(visit: Visit) -> Response {
    visit.respond(page(&visit).await)
}

async fn page(visit: &Visit) -> Result<Page, Failure> {
    let mut asked = visit.ask::<Data>(data::Variables {}).await?;
    let data = asked.data;
    asked.origin.synthetic |=
        data.registry.counts.iter().any(|count| provenance::is_synthetic(&count.source) && count.count > 0);
    let provinces = province::all(visit).await;
    let language = visit.language;
    let main = html! {
        section.lead {
            h1 { (language.text("data-catalogue")) }
            p { (language.text("data-lead")) }
        }
        (section("about", &language.text("data-about"), &about(visit, &data)))
        @for dataset in &DATASETS {
            (section(dataset.list, &language.text(dataset.name), &dataset_shown(visit, &data, dataset, provinces)))
        }
        (section("schema", &language.text("data-schema"), &schema(visit)))
        (section("cite", &language.text("data-cite"), &cite(visit, &data)))
    };
    Ok(Page {
        title: language.text("data-catalogue").into_owned(),
        description: language.text("data-lead").into_owned(),
        structured: Some(structured(visit, &data)),
        main,
        origins: vec![asked.origin],
        ..Page::default()
    })
}

/// The number of rows of a list, and the sources of its records with their numbers.
fn rows<'a>(data: &'a data::ResponseData, dataset: &Dataset) -> (i64, Vec<(&'a Source, i64)>) {
    match dataset.list {
        "regions" => (data.regions.total_count, Vec::new()),
        "commodities" => (data.commodities.total_count, Vec::new()),
        "businessClasses" => (data.business_classes.total_count, Vec::new()),
        _ => {
            let counts = data.registry.counts.iter().filter(|count| count.noun == dataset.noun);
            let sources: Vec<_> = counts.map(|count| (&count.source, count.count)).collect();
            (sources.iter().map(|(_, count)| count).sum(), sources)
        }
    }
}

fn about(visit: &Visit, data: &data::ResponseData) -> Markup {
    let language = visit.language;
    let text = |id| language.text(id);
    let all: i64 = DATASETS.iter().map(|dataset| rows(data, dataset).0).sum();
    html! {
        (facts(&[
            (&text("data-lists"), Some(html! { (DATASETS.len()) })),
            (&text("data-rows"), Some(html! { (language.number(all)) })),
            (&text("data-as-of"), data.registry.data_as_of.as_ref().map(|day| html! { (language.date(day)) })),
            (&text("licences"), Some(html! { (data.registry.licences.join(", ")) })),
            (&text("data-version"), Some(html! { (data.registry.version) })),
        ]))
        p { (text("data-made-up")) }
        p { (text("data-filters")) " " a href="/schema.graphql" { "schema.graphql" } }
    }
}

fn dataset_shown(
    visit: &Visit,
    data: &data::ResponseData,
    dataset: &Dataset,
    provinces: &[(String, String)],
) -> Markup {
    let language = visit.language;
    let (count, sources) = rows(data, dataset);
    let columns: Vec<&str> = dataset.columns.split(',').collect();
    html! {
        p {
            (language.text(dataset.about))
        }
        p {
            (language.counted("data-row-count", count))
            " · " (size(visit, count * dataset.row_bytes))
            " · " (language.counted("data-column-count", i64::try_from(columns.len()).unwrap_or(0)))
            @for (source, count) in sources {
                " · " (language.number(count)) " " (part::source(visit, source))
            }
        }
        @if !visit.has_exports() {
            p.soft { (language.text("data-no-files")) }
        } @else if dataset.by_province {
            p.soft { (language.text("data-by-province")) }
            details {
                summary { (language.text("data-provinces")) }
                ul.chips {
                    @for (code, name) in provinces {
                        @let condition = format!("{{cooperative: {{region: {{within: \"{code}\"}}}}}}");
                        @let more = format!("&where={}", escaped(&condition));
                        li { a href=(dataset.file("csv", &more)) download rel="nofollow" { (name) } }
                    }
                }
            }
        } @else {
            p.files {
                (language.text("download")) ": "
                @for (at, (format, more, name)) in FORMATS.iter().enumerate() {
                    @if at > 0 { " · " }
                    @if *format == "xlsx" && count > SHEET_ROWS {
                        span.soft { (name) ": " (language.text("data-too-long")) }
                    } @else {
                        a href=(dataset.file(format, more)) download rel="nofollow" { (name) }
                    }
                }
            }
        }
        details {
            summary { (language.text("data-columns")) }
            p {
                @for (at, column) in columns.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { (column) }
                }
            }
        }
    }
}

/// A size in bytes, about.
fn size(visit: &Visit, bytes: i64) -> String {
    let language = visit.language;
    let (number, unit) =
        if bytes < 1_000_000 { ((bytes + 999) / 1000, "kB") } else { ((bytes + 500_000) / 1_000_000, "MB") };
    language.text_with("data-size", &[("size", &format!("{} {unit}", language.number(number)))])
}

fn schema(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        ul.list {
            @for (file, about) in [
                ("schema.graphql", "data-schema-file"),
                ("labels.json", "data-labels-file"),
                ("possible-types.json", "data-types-file"),
            ] {
                li { a href={ "/" (file) } download { (file) } " " span.soft { (language.text(about)) } }
            }
            li { a href="/graphql" { "/graphql" } " " span.soft { (language.text("data-endpoint")) } }
        }
    }
}

fn cite(visit: &Visit, data: &data::ResponseData) -> Markup {
    let language = visit.language;
    let day = data.registry.data_as_of.as_deref().unwrap_or_default();
    let year = day.get(..4).unwrap_or_default();
    let citation = language.text_with(
        "data-citation",
        &[("year", year), ("version", &data.registry.version), ("date", &language.date(day))],
    );
    html! {
        p { (language.text("data-cite-how")) }
        p { q #citation { (citation) }
            button.copy type="button" hidden data-copy="citation" data-said=(language.text("data-cite-copied")) { (language.text("data-cite-copy")) } }
    }
}

/// The catalogue for search engines.
fn structured(visit: &Visit, data: &data::ResponseData) -> Value {
    let language = visit.language;
    let datasets = DATASETS.iter().map(|dataset| {
        let (count, sources) = rows(data, dataset);
        let synthetic = sources.iter().any(|(source, _)| provenance::is_synthetic(source));
        let files = FORMATS.iter().filter(|_| !dataset.by_province && visit.has_exports()).map(|(format, more, name)| {
            json!({
                "@type": "DataDownload",
                "encodingFormat": name,
                "contentUrl": dataset.file(format, more),
            })
        });
        json!({
            "@type": "Dataset",
            "name": language.text(dataset.name),
            "description": format!("{} {}", language.text(dataset.about), language.counted("data-row-count", count)),
            "license": data.registry.licences,
            "dateModified": data.registry.data_as_of,
            "isAccessibleForFree": true,
            "keywords": if synthetic { vec!["synthetic"] } else { Vec::new() },
            "variableMeasured": dataset.columns.split(',').collect::<Vec<_>>(),
            "distribution": files.collect::<Vec<_>>(),
        })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": language.text("data-catalogue"),
        "description": language.text("data-lead"),
        "dataset": datasets.collect::<Vec<_>>(),
    })
}
