//! What an institution buys and sells, by province and by commodity.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::super::{
    document::Origin,
    failure::Failure,
    language::Language,
    part::{Column, Table},
    picture::bars::{self, Bar, Bars},
    scalar::{DateTime, Rupiah},
    visit::Visit,
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/institution/bought.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("Language")
)]
struct InstitutionBuys;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/institution/sold.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("Language")
)]
struct InstitutionSells;

pub(super) const BOUGHT: &str = institution_buys::QUERY;
pub(super) const SOLD: &str = institution_sells::QUERY;

/// The most provinces in the chart.
const DRAWN: usize = 10;

/// Figures of one direction.
struct Flow {
    /// Begins ids on the page, and tells texts apart.
    id: &'static str,
    as_of: Option<DateTime>,
    places: Vec<Place>,
    /// Whether there are more groups of places than these.
    more_places: bool,
    goods: Vec<Good>,
    /// Whether there are more goods than these.
    more_goods: bool,
}

/// Linkages with parties of a province.
struct Place {
    code: Option<String>,
    name: Option<String>,
    count: i64,
    /// In rupiah; none where no linkage has a value.
    value: Option<i64>,
    synthetic: bool,
}

/// Linkages for a commodity.
struct Good {
    code: Option<String>,
    name: Option<String>,
    count: i64,
    value: Option<Rupiah>,
    synthetic: bool,
}

/// Whether a group is of made-up records.
fn is_made_up(source: Option<&str>) -> bool {
    source == Some("SYNTHETIC")
}

impl Flow {
    /// With groups of one province and several sources as one place.
    fn joined(self) -> Self {
        let mut places: Vec<Place> = Vec::new();
        for group in self.places {
            match places.iter_mut().find(|place| place.code == group.code) {
                Some(place) => {
                    place.count += group.count;
                    place.synthetic |= group.synthetic;
                    place.value = match (place.value, group.value) {
                        (Some(one), Some(other)) => Some(one + other),
                        (one, other) => one.or(other),
                    };
                }
                None => places.push(group),
            }
        }
        Self { places, ..self }
    }
}

macro_rules! flow {
    ($asked:expr, $id:literal) => {{
        let mut asked = $asked;
        let places = asked.data.places.nodes.into_iter().map(|node| Place {
            code: node.key.value,
            name: node.key.label,
            count: node.count,
            value: node.annual_value.sum.and_then(|value| value.parse().ok()),
            synthetic: is_made_up(node.origin.value.as_deref()),
        });
        let goods = asked.data.goods.nodes.into_iter().map(|node| Good {
            code: node.key.value,
            name: node.key.label,
            count: node.count,
            value: node.annual_value.sum,
            synthetic: is_made_up(node.origin.value.as_deref()),
        });
        let flow = Flow {
            id: $id,
            as_of: asked.data.places.as_of,
            places: places.collect(),
            more_places: asked.data.places.page_info.has_next_page,
            goods: goods.collect(),
            more_goods: asked.data.goods.page_info.has_next_page,
        };
        let flow = flow.joined();
        asked.origin.synthetic |= flow.places.iter().any(|place| place.synthetic);
        (flow, asked.origin)
    }};
}

/// What it buys, and where.
pub(super) async fn bought(visit: &Visit, id: &str) -> Result<(Markup, Origin), Failure> {
    let variables = institution_buys::Variables { id: id.to_owned(), language: Some(visit.language) };
    let (flow, origin) = flow!(visit.ask::<InstitutionBuys>(variables).await?, "buys");
    Ok((show(visit, flow), origin))
}

/// What it sells, and where.
pub(super) async fn sold(visit: &Visit, id: &str) -> Result<(Markup, Origin), Failure> {
    let variables = institution_sells::Variables { id: id.to_owned(), language: Some(visit.language) };
    let (flow, origin) = flow!(visit.ask::<InstitutionSells>(variables).await?, "sells");
    Ok((show(visit, flow), origin))
}

fn show(visit: &Visit, mut flow: Flow) -> Markup {
    let language = visit.language;
    if flow.places.is_empty() {
        return html! { p { (language.text("institution-no-active-linkages")) } };
    }
    flow.places.sort_by_key(|place| std::cmp::Reverse(place.value));
    let title =
        language.text(if flow.id == "buys" { "institution-buys-chart" } else { "institution-sells-chart" });
    let drawn = flow.places.iter().take(DRAWN).map(|place| Bar {
        label: place.name.clone().unwrap_or_else(|| language.text("provenance-no-place").into_owned()),
        value: place.value,
        shown: place.value.map_or_else(
            || language.text("provenance-unknown").into_owned(),
            |value| language.rupiah_in_short(&value.to_string()),
        ),
        synthetic: place.synthetic,
    });
    let id = format!("{}-chart", flow.id);
    let chart = Bars { id: &id, title: &title, list: drawn.collect() };
    html! {
        p.soft {
            (language.text("institution-active-only"))
            @if let Some(day) = &flow.as_of { " " (language.text_with("as-of", &[("date", &language.date(day))])) }
        }
        (bars::figure(&chart))
        (places(visit, &flow))
        @if flow.more_places { p.soft { (language.text("not-all-groups")) } }
        (goods(visit, &flow))
    }
}

fn places(visit: &Visit, flow: &Flow) -> Markup {
    let language = visit.language;
    let (province, linkages, value) =
        (language.text("province"), language.text("table-linkages"), language.text("value"));
    let rows = flow.places.iter().map(|place| {
        let name = place.name.clone().unwrap_or_else(|| language.text("provenance-no-place").into_owned());
        vec![
            html! {
                @match &place.code {
                    Some(code) => a href=(visit.link(&format!("/wilayah/{code}"))) { (name) },
                    None => (name),
                }
                @if place.synthetic { " " mark { (language.text("suggest-made-up")) } }
            },
            html! { (language.number(place.count)) },
            html! { @if let Some(value) = place.value { (language.rupiah(&value.to_string())) } },
        ]
    });
    let caption = if flow.id == "buys" { "institution-buys-places" } else { "institution-sells-places" };
    let table = Table {
        caption: &language.text(caption),
        columns: vec![Column::text(&province), Column::number(&linkages), Column::number(&value)],
        rows: rows.collect(),
    };
    table.show()
}

fn goods(visit: &Visit, flow: &Flow) -> Markup {
    let language = visit.language;
    let (commodity, linkages, value) =
        (language.text("commodity"), language.text("table-linkages"), language.text("value"));
    let rows = flow.goods.iter().map(|good| {
        vec![
            html! {
                @match (&good.code, &good.name) {
                    (Some(code), Some(name)) => a href=(visit.link(&format!("/komoditas/{code}"))) { (name) },
                    _ => (language.text("institution-no-commodity")),
                }
                @if good.synthetic { " " mark { (language.text("suggest-made-up")) } }
            },
            html! { (language.number(good.count)) },
            html! { @if let Some(value) = &good.value { (language.rupiah(value)) } },
        ]
    });
    let caption = if flow.id == "buys" { "institution-buys-goods" } else { "institution-sells-goods" };
    let table = Table {
        caption: &language.text(caption),
        columns: vec![Column::text(&commodity), Column::number(&linkages), Column::number(&value)],
        rows: rows.collect(),
    };
    html! {
        (table.show())
        @if flow.more_goods { p.soft { (language.text("institution-more-goods")) } }
    }
}
