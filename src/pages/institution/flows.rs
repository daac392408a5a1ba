//! What an institution buys and sells, by province and by commodity.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};
use serde::Serialize;

use super::super::{
    document::Origin,
    failure::Failure,
    language::Language,
    part::{self, Column, Table},
    picture::bars::{self, Bar, Bars},
    provenance::is_synthetic,
    scalar::{DateTime, Rupiah},
    visit::Visit,
    vocabulary::Source,
};

/// A dimension of the figures on linkages: the province of the partner.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum LinkageDimension {
    BuyerProvince,
    SupplierProvince,
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/institution/flow.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("Language", "LinkageDimension")
)]
struct InstitutionFlow;

pub(super) const DOCUMENT: &str = institution_flow::QUERY;

/// The most provinces in the chart.
const DRAWN: usize = 10;

/// Figures of one direction.
struct Flow {
    /// Begins ids on the page, and tells texts apart.
    id: &'static str,
    /// The condition on its linkages, as that of an export.
    condition: String,
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
    source.is_some_and(|source| is_synthetic(&Source::from(source)))
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

/// What it buys, and where.
pub(super) async fn bought(visit: &Visit, id: &str) -> Result<(Markup, Origin), Failure> {
    let (buyer, supplier, places) = (Some(id.to_owned()), None, LinkageDimension::SupplierProvince);
    let language = Some(visit.language);
    let condition = format!("{{buyer: {{id: {{eq: \"{id}\"}}}}, status: {{eq: ACTIVE}}}}");
    ask(visit, "buys", condition, institution_flow::Variables { buyer, supplier, places, language }).await
}

/// What it sells, and where.
pub(super) async fn sold(visit: &Visit, id: &str) -> Result<(Markup, Origin), Failure> {
    let (buyer, supplier, places) = (None, Some(id.to_owned()), LinkageDimension::BuyerProvince);
    let language = Some(visit.language);
    let condition = format!("{{supplier: {{id: {{eq: \"{id}\"}}}}, status: {{eq: ACTIVE}}}}");
    ask(visit, "sells", condition, institution_flow::Variables { buyer, supplier, places, language }).await
}

async fn ask(
    visit: &Visit,
    id: &'static str,
    condition: String,
    variables: institution_flow::Variables,
) -> Result<(Markup, Origin), Failure> {
    let mut asked = visit.ask::<InstitutionFlow>(variables).await?;
    let (places, goods) = (asked.data.places, asked.data.goods);
    let (more_places, more_goods) = (places.page_info.has_next_page, goods.page_info.has_next_page);
    let of_places = places.nodes.into_iter().map(|node| Place {
        code: node.key.value,
        name: node.key.label,
        count: node.flow_figures.count,
        value: node.flow_figures.annual_value.sum.and_then(|value| value.parse().ok()),
        synthetic: is_made_up(node.flow_figures.origin.value.as_deref()),
    });
    let of_goods = goods.nodes.into_iter().map(|node| Good {
        code: node.key.value,
        name: node.key.label,
        count: node.flow_figures.count,
        value: node.flow_figures.annual_value.sum,
        synthetic: is_made_up(node.flow_figures.origin.value.as_deref()),
    });
    let (as_of, places, goods) = (places.as_of, of_places.collect(), of_goods.collect());
    let flow = Flow { id, condition, as_of, places, more_places, goods, more_goods }.joined();
    asked.origin.synthetic |= flow.places.iter().any(|place| place.synthetic);
    Ok((show(visit, flow), asked.origin))
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
            || language.text("unknown").into_owned(),
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
        (part::downloads(visit, |format| file(&flow, format, if flow.id == "buys" { "SUPPLIER_PROVINCE" } else { "BUYER_PROVINCE" })))
        (goods(visit, &flow))
    }
}

fn places(visit: &Visit, flow: &Flow) -> Markup {
    let language = visit.language;
    let (province, linkages, value) =
        (language.text("province"), language.text("linkages"), language.text("value"));
    let rows = flow.places.iter().map(|place| {
        let name = place.name.clone().unwrap_or_else(|| language.text("provenance-no-place").into_owned());
        vec![
            html! {
                @match &place.code {
                    Some(code) => a href=(visit.link(&format!("/wilayah/{code}"))) { (name) },
                    None => (name),
                }
                @if place.synthetic { " " (part::made_up_mark(language)) }
            },
            language.whole(place.count),
            language.known(place.value.map(|value| language.rupiah(&value.to_string()))),
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
        (language.text("commodity"), language.text("linkages"), language.text("value"));
    let rows = flow.goods.iter().map(|good| {
        vec![
            html! {
                @match (&good.code, &good.name) {
                    (Some(code), Some(name)) => a href=(visit.link(&format!("/komoditas/{code}"))) { (name) },
                    _ => (language.text("institution-no-commodity")),
                }
                @if good.synthetic { " " (part::made_up_mark(language)) }
            },
            language.whole(good.count),
            language.known(good.value.as_ref().map(|value| language.rupiah(value))),
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
        (part::downloads(visit, |format| file(flow, format, "COMMODITY")))
    }
}

/// The address of a file of all groups of a dimension, each source apart.
fn file(flow: &Flow, format: &str, dimension: &str) -> String {
    let groups = format!("{dimension},SOURCE");
    part::figures("linkageAggregate", format, &flow.condition, (&groups, "count,annualValue.sum"))
}
