//! The villages of a district with their cooperatives, as a map and a table.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    super::{
        coverage::exists,
        document::Origin,
        failure::Failure,
        part::{self, Column, Table},
        picture::map::{self, Dot, Map},
        scalar::RegionCode,
        visit::Visit,
        vocabulary::{CooperativeStatus, RegionKind, Source, is_synthetic},
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
    let villages = shown(&district);
    let left = district.children.total_count - i64::try_from(villages.len()).unwrap_or(i64::MAX);
    let condition = format!("{{parent: {{code: {{eq: \"{code}\"}}}}}}");
    let within = format!("{{region: {{within: \"{code}\"}}}}");
    let text = |id| visit.language.text(id);
    let shown = html! {
        (picture(visit, &district, &villages))
        (table(visit, &district, &villages))
        @if left > 0 { p.soft { (visit.language.counted("villages-left-out", left)) } }
        (part::downloads_of(visit, &text("download-village-list"), |format| {
            part::export("regions", format, &condition, "code,name,kind,postalCode")
        }))
        (part::downloads_of(visit, &text("download-cooperatives"), |format| {
            part::export("cooperatives", format, &within, "slug,name,status,region.code,region.name,source,asOf")
        }))
        (lacking(visit, code, asked.data.without.total_count))
    };
    Ok(Some((shown, asked.origin)))
}

/// The villages whose cooperatives are all in the answer.
fn shown(district: &District) -> Vec<&Village> {
    let list = &district.cooperatives;
    let is_cut = usize::try_from(list.total_count).is_ok_and(|all| all > list.nodes.len());
    let last = list.nodes.last().filter(|_| is_cut).map(|cooperative| cooperative.region.code.as_str());
    let villages = district.children.nodes.iter();
    villages.filter(|village| last.is_none_or(|last| village.code.as_str() < last)).collect()
}

/// The cooperatives of a village.
fn of<'a>(district: &'a District, village: &'a Village) -> impl Iterator<Item = &'a Cooperative> {
    district.cooperatives.nodes.iter().filter(|cooperative| cooperative.region.code == village.code)
}

fn picture(visit: &Visit, district: &District, villages: &[&Village]) -> Markup {
    let language = visit.language;
    let (with, without) = (language.text("village-has"), language.text("village-lacks"));
    let dots = villages.iter().filter_map(|village| {
        let point = village.location.as_ref()?;
        let has = of(district, village).any(|cooperative| exists(&cooperative.status));
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
    let missing = villages.len() - dots.len();
    let made_up = district.cooperatives.nodes.iter().any(|cooperative| is_synthetic(&cooperative.source));
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

fn table(visit: &Visit, district: &District, villages: &[&Village]) -> Markup {
    let language = visit.language;
    let rows = villages.iter().map(|village| {
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
    };
    table.show()
}
