//! The share of villages with a cooperative, by province: a map and its table.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    super::{
        part::{self, Column, Table},
        picture::map::{self, Classes, Dot, Map},
        visit::Visit,
    },
    home, is_made_up,
};

/// A province: code, name, its villages with a cooperative, all its villages, its point.
struct Province<'a> {
    code: &'a str,
    name: &'a str,
    covered: i64,
    villages: i64,
    point: Option<(f64, f64)>,
}

fn provinces(data: &home::ResponseData) -> Vec<Province<'_>> {
    let villages: HashMap<&str, i64> = data
        .villages
        .nodes
        .iter()
        .filter_map(|node| Some((node.key.value.as_deref()?, node.count)))
        .collect();
    let covered: HashMap<&str, i64> =
        data.covered.nodes.iter().filter_map(|node| Some((node.key.value.as_deref()?, node.count))).collect();
    let known = |of: &HashMap<&str, i64>, code: &str| of.get(code).copied().unwrap_or(0);
    let provinces = data.provinces.nodes.iter().map(|province| Province {
        code: &province.code,
        name: &province.name,
        covered: known(&covered, &province.code),
        villages: known(&villages, &province.code),
        point: province.location.as_ref().map(|point| (point.latitude, point.longitude)),
    });
    provinces.collect()
}

/// The villages of the country with a cooperative, and all of them.
pub(super) fn country(data: &home::ResponseData) -> (i64, i64) {
    provinces(data).iter().fold((0, 0), |(covered, villages), province| {
        (covered + province.covered, villages + province.villages)
    })
}

/// The condition on villages without a cooperative that exists.
const WITHOUT: &str = "{level: {eq: VILLAGE}, cooperatives: {none: {status: {in: [LEGAL_ENTITY, OPERATING, INACTIVE, SUSPENDED]}}}}";

pub(super) fn show(visit: &Visit, data: &home::ResponseData) -> Markup {
    let (language, provinces) = (visit.language, provinces(data));
    let made_up = is_made_up(data, "Cooperative");
    let classes = Classes::of(provinces.iter().map(|province| (province.covered, province.villages)));
    let address = |province: &Province<'_>| visit.link(&format!("/wilayah/{}", province.code));
    let share =
        |province: &Province<'_>| language.percent(province.covered, province.villages).unwrap_or_default();
    let dots = provinces.iter().filter_map(|province| {
        let (latitude, longitude) = province.point?;
        let (name, figure) = (province.name.to_owned(), share(province));
        let class = classes.class(province.covered, province.villages);
        Some(Dot { latitude, longitude, name, figure, address: Some(address(province)), class })
    });
    let dots: Vec<Dot> = dots.collect();
    let picture = Map {
        id: "map",
        title: &language.text("coverage-caption"),
        dots: &dots,
        legend: &classes.legend(language),
        made_up: made_up.then(|| part::made_up_mark(language)),
    };
    let (province, villages, with, without, part_of) = (
        language.text("province"),
        language.text("villages"),
        language.text("villages-with-cooperative"),
        language.text("villages-without"),
        language.text("share"),
    );
    let rows = provinces.iter().map(|province| {
        vec![
            html! { a href=(address(province)) { (province.name) } },
            html! { (language.number(province.villages)) },
            html! { (language.number(province.covered)) @if made_up && province.covered > 0 { " " (part::made_up_mark(language)) } },
            html! { (language.number(province.villages - province.covered)) },
            html! { (share(province)) },
        ]
    });
    let table = Table {
        caption: &language.text("coverage-caption"),
        columns: vec![
            Column::text(&province),
            Column::number(&villages),
            Column::number(&with),
            Column::number(&without),
            Column::number(&part_of),
        ],
        rows: rows.collect(),
    };
    html! {
        (map::country(&picture))
        (table.show())
        p.soft { (language.text("map-note")) }
        p.files {
            (language.text("villages-without-list")) ": "
            @for (name, format) in [("CSV", "csv"), ("Excel", "xlsx")] {
                a href=(part::export("regions", format, WITHOUT, "code,name,kind,postalCode")) download rel="nofollow" { (name) } " "
            }
        }
    }
}
