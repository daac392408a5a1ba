//! Participants of batches by the provinces of their cooperatives.

use std::collections::BTreeMap;

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::super::{
    document::Origin,
    failure::Failure,
    part::{self, Column, Table},
    picture::bars::{self, Bar, Bars},
    provenance::is_synthetic,
    visit::Visit,
    vocabulary::Source,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/program/participants.graphql",
    response_derives = "Debug"
)]
struct Participants;

pub(super) const DOCUMENT: &str = participants::QUERY;

/// Participants of batches, by province: placements with a seat.
#[derive(Debug)]
pub(in crate::pages) struct Joined {
    /// Codes and names of provinces, the number from each, and whether some of them are made up; the most first.
    provinces: Vec<(String, String, i64, bool)>,
    pub(in crate::pages) synthetic: bool,
    /// Whether there are more groups than these.
    more: bool,
}

/// Asks for the participants of these batches.
pub(in crate::pages) async fn of(visit: &Visit, batches: Vec<String>) -> Result<(Joined, Origin), Failure> {
    let variables = participants::Variables { batches };
    let mut asked = visit.ask::<Participants>(variables).await?;
    let more = asked.data.placement_aggregate.page_info.has_next_page;
    let mut provinces: BTreeMap<String, (String, i64, bool)> = BTreeMap::new();
    for node in asked.data.placement_aggregate.nodes {
        let code = node.key.value.unwrap_or_default();
        let synthetic =
            node.origin.value.as_deref().is_some_and(|source| is_synthetic(&Source::from(source)));
        let name = node.key.label.unwrap_or_else(|| code.clone());
        let province = provinces.entry(code).or_insert((name, 0, false));
        province.1 += node.count;
        province.2 |= synthetic;
    }
    let mut provinces: Vec<_> = provinces
        .into_iter()
        .map(|(code, (name, count, synthetic))| (code, name, count, synthetic))
        .collect();
    provinces.sort_by_key(|(_, _, count, _)| std::cmp::Reverse(*count));
    let synthetic = provinces.iter().any(|(.., synthetic)| *synthetic);
    asked.origin.synthetic |= synthetic;
    Ok((Joined { provinces, synthetic, more }, asked.origin))
}

/// A chart and a table of all provinces; the batches are those `of` a condition.
pub(in crate::pages) fn show(visit: &Visit, joined: &Joined, of: &str) -> Markup {
    let language = visit.language;
    let title = language.text("program-by-province");
    let bars = joined.provinces.iter().map(|(_, name, count, synthetic)| Bar {
        label: name.clone(),
        value: Some(*count),
        shown: language.number(*count),
        synthetic: *synthetic,
    });
    let chart = Bars { id: "participants-picture", title: &title, list: bars.collect() };
    let (province, participants) = (language.text("province"), language.text("participants"));
    let rows = joined.provinces.iter().map(|(code, name, count, synthetic)| {
        vec![
            html! {
                a href=(visit.link(&format!("/wilayah/{code}"))) { (name) }
                @if *synthetic { " " (part::made_up_mark(language)) }
            },
            language.whole(*count),
        ]
    });
    let table = Table {
        caption: &language.text("program-by-province-caption"),
        columns: vec![Column::text(&province), Column::number(&participants)],
        rows: rows.collect(),
    };
    let condition = format!("{{batch: {{{of}}}, status: {{in: [CONFIRMED, ATTENDING, GRADUATED]}}}}");
    let groups = ("PROVINCE,SOURCE", "count");
    html! {
        (bars::figure(&chart))
        (table.show())
        @if joined.more { p.soft { (language.text("not-all-groups")) } }
        (part::downloads(visit, |format| part::figures("placementAggregate", format, &condition, groups)))
    }
}
