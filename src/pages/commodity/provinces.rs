//! Where a commodity is grown: cooperatives and volumes by province, which the node computes for all readers.

use std::sync::Arc;

use graphql_client::GraphQLQuery;
use maud::{Markup, html};

use super::{
    super::{
        document::Asked,
        failure::Failure,
        number::thousandths,
        part::{self, Column, Table},
        picture::map::{self, Classes, Dot, Map},
        scalar::{DateTime, Decimal, RegionCode},
        visit::Visit,
        vocabulary::Unit,
    },
    Thing,
};
use crate::http::{Computed, Kept, KeptBy};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/commodity/provinces.graphql",
    response_derives = "Debug",
    skip_serializing_none
)]
pub(super) struct CommodityProvinces;

pub(super) use commodity_provinces::ResponseData as Answer;

pub(super) const DOCUMENT: &str = commodity_provinces::QUERY;

/// The figures of each commodity.
pub(in crate::pages) type Figures = KeptBy<Asked<Answer>>;

pub(super) async fn computed(
    visit: &Visit,
    kept: &Kept<Asked<Answer>>,
    code: &str,
) -> Result<Arc<Computed<Asked<Answer>>>, Failure> {
    let variables = commodity_provinces::Variables { code: code.to_owned(), after: None };
    visit.kept::<CommodityProvinces>(kept, variables).await
}

/// The provinces where a commodity is grown, in the year with the most records.
#[derive(Debug)]
pub(super) struct Provinces {
    pub(super) year: Option<i64>,
    growing: Vec<Province>,
    as_of: Option<DateTime>,
    computed_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Debug)]
struct Province {
    code: String,
    name: String,
    cooperatives: i64,
    /// In thousandths; none where no record has a volume.
    volume: Option<i64>,
    shown: Option<String>,
    point: Option<(f64, f64)>,
}

impl Provinces {
    pub(super) fn of(computed: &Computed<Asked<Answer>>) -> Self {
        let data = &computed.value.data;
        let year_of = |node: &commodity_provinces::CommodityProvincesGrownNodes| {
            node.year.value.as_deref().and_then(|year| year.parse::<i64>().ok())
        };
        let mut years: Vec<(i64, i64)> = Vec::new();
        for node in &data.grown.nodes {
            let Some(year) = year_of(node) else { continue };
            match years.iter_mut().find(|(_, known)| *known == year) {
                Some((count, _)) => *count += node.count,
                None => years.push((node.count, year)),
            }
        }
        // The newest years come first; the oldest of a list that was cut may lack provinces.
        if data.grown.page_info.has_next_page && years.len() > 1 {
            years.pop();
        }
        let year = years.into_iter().max().map(|(_, year)| year);
        let grown = data.grown.nodes.iter().filter(|node| year_of(node) == year);
        let provinces = grown.filter_map(|node| {
            let code = node.province.value.clone()?;
            let province = data.provinces.nodes.iter().find(|province| province.code == code)?;
            Some(Province {
                code,
                name: province.name.clone(),
                cooperatives: node.count,
                volume: node.annual_volume.sum.as_deref().and_then(thousandths),
                shown: node.annual_volume.sum.clone(),
                point: province.location.as_ref().map(|point| (point.latitude, point.longitude)),
            })
        });
        let mut growing: Vec<Province> = provinces.collect();
        growing.sort_by(|a, b| b.volume.cmp(&a.volume).then_with(|| a.code.cmp(&b.code)));
        Self { year, growing, as_of: data.grown.as_of.clone(), computed_at: computed.at }
    }
}

impl Provinces {
    /// The volume of all provinces in thousandths, as far as it is known.
    fn volume(&self) -> i64 {
        self.growing.iter().filter_map(|province| province.volume).sum()
    }
}

/// The groups of a file of provinces, and their figures.
const FIGURES: (&str, &str) = ("PROVINCE", "count,annualVolume.sum");

pub(super) fn show(visit: &Visit, grown: &Provinces, thing: &Thing, made_up: bool) -> Markup {
    let language = visit.language;
    let Some(year) = grown.year else { return html! { p { (language.text("grown-nowhere")) } } };
    let caption = language.text_with("grown-caption", &[("year", &year.to_string())]);
    let condition = format!("{{commodity: {{code: {{eq: \"{}\"}}}}, year: {{eq: {year}}}}}", thing.code);
    let mark = || made_up.then(|| part::made_up_mark(language));
    html! {
        (picture(visit, grown, &caption, mark()))
        (table(visit, grown, &thing.unit, &caption))
        (part::downloads(visit, |format| part::figures("cooperativeCommodityAggregate", format, &condition, FIGURES)))
        @if let Some(mark) = mark() { p { (mark) " " (language.text("figures-made-up")) } }
        @if let Some(day) = &grown.as_of { p.soft { (language.text_with("as-of-date", &[("date", &language.date(day))])) } }
        p.soft { (language.text("map-note")) " " (language.text_with("computed-at", &[("time", &language.time(grown.computed_at))])) }
    }
}

/// The map, coloured by the share of the province with the largest volume.
fn picture(visit: &Visit, grown: &Provinces, caption: &str, made_up: Option<Markup>) -> Markup {
    let language = visit.language;
    let all = grown.volume();
    let classes = Classes::of(grown.growing.iter().filter_map(|province| Some((province.volume?, all))));
    let dots = grown.growing.iter().filter_map(|province| {
        let ((latitude, longitude), volume) = (province.point?, province.volume?);
        Some(Dot {
            latitude,
            longitude,
            name: province.name.clone(),
            figure: language.percent(volume, all).unwrap_or_default(),
            address: Some(visit.link(&format!("/wilayah/{}", province.code))),
            class: classes.class(volume, all),
        })
    });
    let dots: Vec<Dot> = dots.collect();
    let legend = classes.legend(language);
    map::country(&Map { id: "map", title: caption, dots: &dots, legend: &legend, made_up })
}

fn table(visit: &Visit, grown: &Provinces, unit: &Unit, caption: &str) -> Markup {
    let language = visit.language;
    let all = grown.volume();
    let rows = grown.growing.iter().map(|province| {
        vec![
            html! { a href=(visit.link(&format!("/wilayah/{}", province.code))) { (province.name) } },
            language.whole(province.cooperatives),
            language.known(
                province.shown.as_ref().map(|volume| language.measure(volume, Some(visit.label(unit)))),
            ),
            language.known(province.volume.map(|volume| language.share(volume, all))),
        ]
    });
    let (name, cooperatives, volume, share) = (
        language.text("province"),
        language.text("kind-cooperative"),
        language.text("volume"),
        language.text("share-of-country"),
    );
    let table = Table {
        caption,
        columns: vec![
            Column::text(&name),
            Column::number(&cooperatives),
            Column::number(&volume),
            Column::number(&share),
        ],
        rows: rows.collect(),
    };
    table.show()
}
