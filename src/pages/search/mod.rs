//! The page of a search: results by kind, why each was found, and what they can be narrowed to.

mod cooperatives;
mod everything;
mod filter;
mod found;
mod nothing;
mod programs;
pub(super) mod province;
mod reasons;

use axum::response::Response;
use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use self::{
    filter::{Filters, KINDS},
    found::Found,
};
use super::{
    document::Origin,
    failure::Failure,
    layout::Page,
    scalar::RegionCode,
    visit::Visit,
    vocabulary::{CountPrecision, SearchType, Word},
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/search/counts.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("CountPrecision", "SearchType")
)]
struct SearchCounts;

pub(super) const DOCUMENTS: [&str; 7] = [
    everything::DOCUMENT,
    cooperatives::DOCUMENT,
    programs::DOCUMENT,
    reasons::DOCUMENT,
    search_counts::QUERY,
    province::OF_A_PLACE,
    province::ALL,
];

pub(super) async fn show(visit: Visit) -> Response {
    visit.respond(page(&visit).await)
}

async fn page(visit: &Visit) -> Result<Page, Failure> {
    let filters = Filters::of(visit);
    if filters.text.is_empty() {
        return Ok(nothing::asked(visit));
    }
    let ((mut found, origin), reasons, counts, places) = tokio::try_join!(
        found::find(visit, &filters),
        async { Ok(reasons::ask(visit, &filters).await) },
        counts(visit, &filters),
        province::links(visit, &filters),
    )?;
    let mut origins = vec![origin];
    if let Some((reasons, origin)) = reasons {
        reasons.add(visit, &filters, &mut found.results);
        origins.push(origin);
    }
    let counts = match counts {
        Some((counts, origin)) => {
            origins.push(origin);
            counts
        }
        None => (found.total, found.more, found.counts.clone()),
    };
    let language = visit.language;
    let shown = at_least(visit, found.total, found.more);
    let main = html! {
        section.lead {
            h1 { (language.text_with("search-title", &[("text", &filters.text)])) }
            p { (language.text_with("search-total", &[("number", &shown)])) }
        }
        nav aria-label=(language.text("search-narrow")) {
            (kinds(visit, &filters, &counts))
            (statuses(visit, &filters))
            (places)
        }
        @if found.results.is_empty() {
            (nothing::found(visit, &filters))
        } @else {
            (results(visit, &found))
            (pages(visit, &filters, &found))
        }
    };
    Ok(Page {
        title: language.text_with("search-title", &[("text", &filters.text)]),
        description: language.text("search-description").into_owned(),
        main,
        origins,
        searched: filters.text,
        ..Page::default()
    })
}

/// The numbers of results of every kind: all of them, whether there are more, and by kind.
type Counts = (i64, bool, Vec<(String, i64)>);

/// The numbers of all kinds, where the results are of one.
async fn counts(visit: &Visit, filters: &Filters) -> Result<Option<(Counts, Origin)>, Failure> {
    if filters.kind.is_none() {
        return Ok(None);
    }
    let variables = search_counts::Variables { text: filters.text.clone(), within: filters.within.clone() };
    let asked = visit.ask::<SearchCounts>(variables).await?;
    let list = asked.data.search;
    let counts = list.counts.iter().map(|count| (count.type_.value().to_owned(), count.count)).collect();
    let more = list.total_count_precision.value() != "EXACT";
    Ok(Some(((list.total_count, more, counts), asked.origin)))
}

/// A number that may be a lower bound.
fn at_least(visit: &Visit, number: i64, more: bool) -> String {
    let number = visit.language.number(number);
    if more { visit.language.text_with("at-least", &[("number", &number)]) } else { number }
}

fn kinds(visit: &Visit, filters: &Filters, (total, more, counts): &Counts) -> Markup {
    let of = |kind: &str| counts.iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| *count);
    let link = |kind: Option<&'static str>, id: &'static str, count: i64| {
        html! {
            li {
                a href=(filters.with_kind(kind).address(visit)) aria-current=[(filters.kind == kind).then_some("true")] {
                    (visit.language.text(id)) " " (at_least(visit, count, *more))
                }
            }
        }
    };
    html! {
        ul.chips {
            (link(None, "search-everything", *total))
            @for (_, kind, id) in KINDS {
                @if of(kind) > 0 || filters.kind == Some(kind) { (link(Some(kind), id, of(kind))) }
            }
        }
    }
}

/// Links to the results of each status, where the kind has one.
fn statuses(visit: &Visit, filters: &Filters) -> Markup {
    let vocabulary = match filters.kind {
        Some("COOPERATIVE") => "CooperativeStatus",
        Some("PROGRAM") => "ProgramStatus",
        _ => return Markup::default(),
    };
    let words = visit.labels.words(vocabulary);
    let current = |status: Option<&str>| (filters.status.as_deref() == status).then_some("true");
    html! {
        ul.chips {
            li { a href=(filters.with_status(None).address(visit)) aria-current=[current(None)] { (visit.language.text("search-any-status")) } }
            @for (value, label) in words {
                li { a href=(filters.with_status(Some(value)).address(visit)) aria-current=[current(Some(value))] { (label) } }
            }
        }
    }
}

fn results(visit: &Visit, found: &Found) -> Markup {
    html! {
        ol.list.found {
            @for result in &found.results {
                li {
                    h2 { a href=(result.address) { (result.name) } (result.mark(visit)) }
                    p {
                        (result.words.join(" · "))
                        @if !result.place.is_empty() { " · " (result.place) }
                    }
                    @if !result.matches.is_empty() {
                        p.soft {
                            (visit.language.text("search-because")) " "
                            @for (at, (field, words)) in result.matches.iter().enumerate() {
                                @if at > 0 { ", " }
                                (field) " " q { (words) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn pages(visit: &Visit, filters: &Filters, found: &Found) -> Markup {
    html! {
        @if found.before.is_some() || found.after.is_some() {
            nav.pages aria-label=(visit.language.text("search-pages")) {
                @if let Some(cursor) = &found.before {
                    a href=(filters.before(cursor).address(visit)) rel="prev nofollow" { "← " (visit.language.text("search-previous")) }
                }
                @if let Some(cursor) = &found.after {
                    a href=(filters.after(cursor).address(visit)) rel="next nofollow" { (visit.language.text("search-next")) " →" }
                }
            }
        }
    }
}
