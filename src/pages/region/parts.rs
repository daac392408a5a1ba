//! The coverage of a region's parts: the share of villages with a cooperative, as a map and a table.

use std::collections::HashMap;

use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde::Serialize;

use super::{
    super::{
        document::Origin,
        failure::Failure,
        part::{self, Column, Table},
        picture::map::{self, Classes, Dot, Map},
        scalar::RegionCode,
        visit::Visit,
    },
    level::Level,
    villages,
};

/// What the parts of a region are, as a dimension of figures.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum RegionDimension {
    RegencyCity,
    District,
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/parts.graphql",
    response_derives = "Debug",
    extern_enums("RegionDimension")
)]
struct RegionParts;

pub(super) const DOCUMENT: &str = region_parts::QUERY;

/// The parts of a region.
#[derive(Debug)]
pub(super) enum Found {
    /// Regions with figures of their villages.
    Figures(region_parts::ResponseData),
    /// The villages of a district, as they are shown.
    Villages(Markup),
}

/// The parts of a region with the origin of their figures; none of a village, and where there is no such region.
pub(super) async fn ask(visit: &Visit, level: Level, code: &str) -> Result<Option<(Found, Origin)>, Failure> {
    let parts = match level {
        Level::Province => RegionDimension::RegencyCity,
        Level::RegencyCity => RegionDimension::District,
        Level::District => {
            let found = villages::show(visit, code).await?;
            return Ok(found.map(|(villages, origin)| (Found::Villages(villages), origin)));
        }
        Level::Village => return Ok(None),
    };
    let asked = visit.ask::<RegionParts>(region_parts::Variables { code: code.to_owned(), parts }).await?;
    Ok(asked.data.region.is_some().then_some((Found::Figures(asked.data), asked.origin)))
}

/// The parts of a region, some of whose cooperatives may be made up.
pub(super) fn show(visit: &Visit, code: &str, found: Found, made_up: bool) -> Markup {
    let data = match found {
        Found::Figures(data) => data,
        Found::Villages(villages) => return villages,
    };
    let Some(region) = &data.region else { return Markup::default() };
    let villages: HashMap<&str, i64> = data
        .villages
        .nodes
        .iter()
        .filter_map(|node| Some((node.key.value.as_deref()?, node.count)))
        .collect();
    let covered: HashMap<&str, i64> =
        data.covered.nodes.iter().filter_map(|node| Some((node.key.value.as_deref()?, node.count))).collect();
    let known = |of: &HashMap<&str, i64>, code: &str| of.get(code).copied().unwrap_or(0);
    let parts = region.children.nodes.iter().map(|child| Part {
        code: &child.code,
        name: &child.name,
        covered: known(&covered, &child.code),
        villages: known(&villages, &child.code),
        point: child.location.as_ref().map(|point| (point.latitude, point.longitude)),
    });
    let parts: Vec<Part<'_>> = parts.collect();
    drawn(visit, code, &parts, made_up)
}

/// A part of a region: its villages with a cooperative, and all its villages.
#[derive(Debug)]
struct Part<'a> {
    code: &'a str,
    name: &'a str,
    covered: i64,
    villages: i64,
    point: Option<(f64, f64)>,
}

fn drawn(visit: &Visit, code: &str, parts: &[Part<'_>], made_up: bool) -> Markup {
    let language = visit.language;
    let (covered, villages) = parts
        .iter()
        .fold((0, 0), |(covered, villages), part| (covered + part.covered, villages + part.villages));
    let share = language.percent(covered, villages).unwrap_or_default();
    html! {
        p { (language.text_with("covered-summary", &[
            ("covered", &language.number(covered)), ("villages", &language.number(villages)), ("share", &share),
        ])) }
        (picture(visit, parts, made_up))
        (table(visit, parts, made_up))
        (lacking(visit, code, villages - covered))
    }
}

fn picture(visit: &Visit, parts: &[Part<'_>], made_up: bool) -> Markup {
    let language = visit.language;
    let classes = Classes::of(parts.iter().map(|part| (part.covered, part.villages)));
    let dots = parts.iter().filter_map(|part| {
        let (latitude, longitude) = part.point?;
        Some(Dot {
            latitude,
            longitude,
            name: part.name.to_owned(),
            figure: language.percent(part.covered, part.villages).unwrap_or_default(),
            address: Some(visit.link(&format!("/wilayah/{}", part.code))),
            class: classes.class(part.covered, part.villages),
        })
    });
    let dots: Vec<Dot> = dots.collect();
    let missing = parts.len() - dots.len();
    let shown = Map {
        id: "map",
        title: &language.text("parts-caption"),
        dots: &dots,
        legend: &classes.legend(language),
        made_up: made_up.then(|| part::made_up_mark(language)),
    };
    html! {
        (map::window(&shown))
        @if missing > 0 {
            p.soft { (language.counted("parts-without-point", i64::try_from(missing).unwrap_or(i64::MAX))) }
        }
    }
}

fn table(visit: &Visit, parts: &[Part<'_>], made_up: bool) -> Markup {
    let language = visit.language;
    let rows = parts.iter().map(|part| {
        vec![
            html! { a href=(visit.link(&format!("/wilayah/{}", part.code))) { (part.name) } },
            html! { (language.number(part.villages)) },
            html! { (language.number(part.covered)) @if made_up && part.covered > 0 { " " (part::made_up_mark(language)) } },
            html! { (language.number(part.villages - part.covered)) },
            html! { (language.percent(part.covered, part.villages).unwrap_or_default()) },
        ]
    });
    let (name, villages, with, without, share) = (
        language.text("kind-region"),
        language.text("villages"),
        language.text("villages-with-cooperative"),
        language.text("villages-without"),
        language.text("share"),
    );
    let table = Table {
        caption: &language.text("parts-caption"),
        columns: vec![
            Column::text(&name),
            Column::number(&villages),
            Column::number(&with),
            Column::number(&without),
            Column::number(&share),
        ],
        rows: rows.collect(),
    };
    table.show()
}

/// The condition on cooperatives that exist: legal entities that were neither merged nor dissolved.
pub(super) const EXISTING: &str = "status: {in: [LEGAL_ENTITY, OPERATING, INACTIVE, SUSPENDED]}";

/// How many villages have no cooperative, and where their list is.
pub(super) fn lacking(visit: &Visit, code: &str, number: i64) -> Markup {
    let language = visit.language;
    let condition =
        format!("{{level: {{eq: VILLAGE}}, within: \"{code}\", cooperatives: {{none: {{{EXISTING}}}}}}}");
    let columns = "code,name,kind,postalCode,district.name";
    html! {
        h3 { (language.text("lacking")) }
        @if number == 0 {
            p { (language.text("lacking-nothing")) }
        } @else {
            p { (language.counted("lacking-villages", number)) }
            (part::downloads(language, |format| part::export("regions", format, &condition, columns)))
        }
    }
}
