//! The cooperatives of a region whose linkages are worth most, each with its largest one.

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::super::{
    document::{Asked, Origin},
    failure::Failure,
    language::Language,
    part::{self, Column, Table},
    provenance,
    scalar::{RegionCode, Rupiah},
    visit::Visit,
    vocabulary::{LinkageStatus, Source},
};
use crate::http::Kept;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/trade.graphql",
    response_derives = "Debug",
    skip_serializing_none,
    extern_enums("Language", "LinkageStatus", "Source")
)]
struct RegionTrade;

pub(super) use region_trade::ResponseData as Answer;
use region_trade::{RegionTrader as Trader, RegionTraderOn as TraderOn};

pub(super) const DOCUMENT: &str = region_trade::QUERY;

/// The table with the origin of its rows; none where nothing is traded.
pub(super) async fn show(
    visit: &Visit,
    code: &str,
    kept: Option<Kept<Asked<Answer>>>,
) -> Result<Option<(Option<Markup>, Origin)>, Failure> {
    let variables = region_trade::Variables { code: code.to_owned(), language: Some(visit.language) };
    let given = visit.given::<RegionTrade>(kept, variables).await?;
    let Some(region) = &given.data.region else {
        let errors = &given.origin.errors;
        return if errors.is_empty() { Ok(None) } else { Err(Failure::absent(errors)) };
    };
    let language = visit.language;
    let largest = region.cooperatives.nodes.iter().filter_map(|cooperative| {
        let linkage = cooperative.linkages.nodes.first()?;
        Some(vec![
            html! {
                a href=(visit.link(&format!("/koperasi/{}", cooperative.slug))) { (cooperative.name) }
                " " (part::source(visit, &cooperative.source))
            },
            language.whole(cooperative.linkages.total_count),
            html! {
                (party(visit, &linkage.supplier)) " → " (party(visit, &linkage.buyer)) br;
                a href=(visit.link(&format!("/keterhubungan/{}", linkage.code))) { (linkage.code) }
                @if let Some(commodity) = &linkage.commodity {
                    " · " a href=(visit.link(&format!("/komoditas/{}", commodity.code))) { (commodity.name) }
                }
                " · " (visit.label(&linkage.status)) " " (part::source(visit, &linkage.source))
            },
            language.known(linkage.annual_value.as_ref().map(|value| language.rupiah(value))),
        ])
    });
    let rows: Vec<Vec<Markup>> = largest.collect();
    let (cooperative, linkages, greatest, value) = (
        language.text("kind-cooperative"),
        language.text("linkages"),
        language.text("largest-linkage"),
        language.text("value"),
    );
    let table = Table {
        caption: &language.text("trade-caption"),
        columns: vec![
            Column::text(&cooperative),
            Column::number(&linkages),
            Column::text(&greatest),
            Column::number(&value),
        ],
        rows,
    };
    let condition = format!(
        "{{party: {{cooperative: {{region: {{within: \"{code}\"}}}}}}, status: {{in: [TRIAL, ACTIVE, ON_HOLD]}}}}"
    );
    let columns = "code,kind,status,supplier.name,buyer.name,commodity.name,annualValue,startsOn";
    let shown = html! {
        (table.show())
        (part::downloads(visit, |format| part::export("linkages", format, &condition, columns)))
    };
    let shown = (!table.rows.is_empty()).then_some(shown);
    Ok(Some((shown, given.origin.clone())))
}

fn party(visit: &Visit, trader: &Trader) -> Markup {
    let is_cooperative = matches!(trader.on, TraderOn::Cooperative);
    html! { a href=(provenance::party_address(visit, is_cooperative, &trader.slug)) { (trader.name) } }
}
