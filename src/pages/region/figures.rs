//! A region in figures.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table},
        visit::Visit,
        vocabulary::{CooperativeStatus, is_synthetic},
    },
    Answer, Place,
};

/// The groups of a file of cooperatives by status, and their figures.
const STATUSES: (&str, &str) = ("STATUS,SOURCE", "count,memberCount.sum");

/// The figures of a region, which were computed for this page or for all readers at a time.
pub(super) fn show(
    visit: &Visit,
    place: &Place,
    data: &Answer,
    computed_at: Option<DateTime<Utc>>,
) -> Markup {
    let language = visit.language;
    let groups = &data.statuses.nodes;
    let all: i64 = groups.iter().map(|group| group.count).sum();
    let members: Option<i64> = groups.iter().filter_map(|group| group.member_count.sum).reduce(|a, b| a + b);
    let synthetic = is_made_up(data);
    let trade = |count: i64, value: Option<&String>| {
        let more = value.map(|value| html! { (language.rupiah(value)) " " (language.text("a-year")) });
        (language.number(count), more.unwrap_or_default())
    };
    let (sold, sold_value) = trade(place.sold.count, place.sold.annual_value.sum.as_ref());
    let (bought, bought_value) = trade(place.bought.count, place.bought.annual_value.sum.as_ref());
    let none = html! {};
    let condition = format!("{{region: {{within: \"{}\"}}}}", place.code);
    let day = html! {
        @if let Some(day) = &data.statuses.as_of { (language.text_with("as-of-date", &[("date", &language.date(day))])) }
    };
    html! {
        ul.figures {
            (figure(visit, &language.number(all), &language.text("kind-cooperative"), &day, synthetic && all > 0))
            @if let Some(members) = members {
                (figure(visit, &language.number(members), &language.text("members"), &day, synthetic && members > 0))
            }
            (figure(visit, &sold, &language.text("linkages-out"), &sold_value, !data.sold_made_up.nodes.is_empty()))
            (figure(visit, &bought, &language.text("linkages-in"), &bought_value, !data.bought_made_up.nodes.is_empty()))
            (figure(visit, &language.number(place.participants.count), &language.text("noun-placement"), &none,
                !data.participants_made_up.nodes.is_empty()))
            (figure(visit, &language.number(place.institutions.total_count), &language.text("kind-institution"), &none,
                place.institutions_made_up.total_count > 0))
        }
        @if let Some(at) = computed_at { p.soft { (language.text_with("computed-at", &[("time", &language.time(at))])) } }
        @if all > 1 {
            (statuses(visit, data))
            (part::downloads(visit, |format| part::figures("cooperativeAggregate", format, &condition, STATUSES)))
        }
    }
}

fn figure(visit: &Visit, number: &str, name: &str, more: &Markup, made_up: bool) -> Markup {
    html! {
        li {
            b { (number) }
            (name) @if made_up { " " (part::made_up_mark(visit.language)) }
            @if !more.0.is_empty() { br; small { (more) } }
        }
    }
}

/// Whether some cooperatives of the region are made up.
pub(super) fn is_made_up(data: &Answer) -> bool {
    data.statuses
        .nodes
        .iter()
        .any(|group| group.source.value.as_deref().is_some_and(|source| is_synthetic(&source.into())))
}

/// The number of cooperatives of each status, in the order of a cooperative's life.
pub(super) fn by_status(visit: &Visit, data: &Answer) -> Vec<(String, i64, Option<i64>)> {
    let mut counts: BTreeMap<&str, (i64, Option<i64>)> = BTreeMap::new();
    for group in &data.statuses.nodes {
        let Some(status) = group.status.value.as_deref() else { continue };
        let (count, members) = counts.entry(status).or_default();
        *count += group.count;
        *members = members.iter().copied().chain(group.member_count.sum).reduce(|a, b| a + b);
    }
    let words = visit.labels.words("CooperativeStatus");
    let known = words.filter_map(|(status, _)| {
        let (count, members) = counts.get(status)?;
        Some((status.to_owned(), *count, *members))
    });
    known.collect()
}

fn statuses(visit: &Visit, data: &Answer) -> Markup {
    let language = visit.language;
    let counts = by_status(visit, data);
    let all: i64 = counts.iter().map(|(_, count, _)| count).sum();
    let rows = counts.iter().map(|(status, count, members)| {
        vec![
            html! { (visit.label(&CooperativeStatus::from(status.as_str()))) },
            language.whole(*count),
            language.share(*count, all),
            language.known(members.map(|members| language.whole(members))),
        ]
    });
    let (status, cooperatives, share, members) = (
        language.text("status"),
        language.text("kind-cooperative"),
        language.text("share"),
        language.text("members"),
    );
    let table = Table {
        caption: &language.text("statuses-caption"),
        columns: vec![
            Column::text(&status),
            Column::number(&cooperatives),
            Column::number(&share),
            Column::number(&members),
        ],
        rows: rows.collect(),
    };
    table.show()
}
