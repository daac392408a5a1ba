//! The villages of a district with their cooperatives, as a map and a table.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    super::{
        document::Origin,
        failure::Failure,
        part::{self, Column, Table},
        picture::map::{self, Dot, Map},
        scalar::RegionCode,
        visit::Visit,
        vocabulary::{CooperativeStatus, RegionKind, Source, Word},
    },
    parts::lacking,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/villages.graphql",
    response_derives = "Debug",
    extern_enums("CooperativeStatus", "RegionKind", "Source")
)]
struct RegionVillages;

use region_villages::{
    RegionVillagesRegion as District, RegionVillagesRegionChildrenNodes as Village,
    RegionVillagesRegionCooperativesNodes as Cooperative,
};

pub(super) const DOCUMENT: &str = region_villages::QUERY;

pub(super) async fn show(visit: &Visit, code: &str) -> Result<Option<(Markup, Origin)>, Failure> {
    let asked = visit.ask::<RegionVillages>(region_villages::Variables { code: code.to_owned() }).await?;
    let Some(district) = asked.data.region else { return Ok(None) };
    let lacks =
        district.children.nodes.iter().filter(|village| of(&district, village).next().is_none()).count();
    let shown = html! {
        (picture(visit, &district))
        (table(visit, &district))
        (lacking(visit, code, i64::try_from(lacks).unwrap_or(i64::MAX)))
    };
    Ok(Some((shown, asked.origin)))
}

/// The cooperatives of a village.
fn of<'a>(district: &'a District, village: &'a Village) -> impl Iterator<Item = &'a Cooperative> {
    district.cooperatives.nodes.iter().filter(|cooperative| cooperative.region.code == village.code)
}

fn picture(visit: &Visit, district: &District) -> Markup {
    let language = visit.language;
    let (with, without) = (language.text("village-has"), language.text("village-lacks"));
    let dots = district.children.nodes.iter().filter_map(|village| {
        let point = village.location.as_ref()?;
        let has = of(district, village).next().is_some();
        Some(Dot {
            latitude: point.latitude,
            longitude: point.longitude,
            name: village.name.clone(),
            figure: if has { with.to_string() } else { without.to_string() },
            address: Some(visit.link(&format!("/wilayah/{}", village.code))),
            class: if has { 5 } else { 0 },
        })
    });
    let dots: Vec<Dot> = dots.collect();
    let missing = district.children.nodes.len() - dots.len();
    let made_up =
        district.cooperatives.nodes.iter().any(|cooperative| cooperative.source.value() == "SYNTHETIC");
    let shown = Map {
        id: "map",
        title: &language.text("villages-caption"),
        dots: &dots,
        legend: &[(5, with.to_string()), (0, without.to_string())],
        made_up: made_up.then(|| part::made_up_mark(language)),
    };
    html! {
        @if !dots.is_empty() {
            (map::window(&shown))
            @if missing > 0 {
                p.soft { (language.counted("parts-without-point", i64::try_from(missing).unwrap_or(i64::MAX))) }
            }
        }
    }
}

fn table(visit: &Visit, district: &District) -> Markup {
    let language = visit.language;
    let rows = district.children.nodes.iter().map(|village| {
        let mut cooperatives = of(district, village).peekable();
        let none = cooperatives.peek().is_none();
        vec![
            html! { a href=(visit.link(&format!("/wilayah/{}", village.code))) { (village.name) } },
            html! { (visit.label(&village.kind)) },
            html! {
                @for (at, cooperative) in cooperatives.enumerate() {
                    @if at > 0 { br; }
                    a href=(visit.link(&format!("/koperasi/{}", cooperative.slug))) { (cooperative.name) }
                    " · " (visit.label(&cooperative.status)) " " (part::source(visit, &cooperative.source))
                }
                @if none { em { (language.text("village-lacks")) } }
            },
        ]
    });
    let (village, kind, cooperatives) =
        (language.text("village"), language.text("kind"), language.text("kind-cooperative"));
    let table = Table {
        caption: &language.text("villages-caption"),
        columns: vec![Column::text(&village), Column::text(&kind), Column::text(&cooperatives)],
        rows: rows.collect(),
        files: None,
    };
    table.show(language)
}
