//! The coverage of regions: the share of villages with a cooperative, as a map and a table.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    part::{self, Column, Table},
    picture::map::{Classes, Dot, Map},
    visit::Visit,
    vocabulary::{CooperativeStatus, Word},
};

/// The condition on cooperatives that exist: legal entities that were neither merged nor dissolved.
pub(super) const EXISTING: &str = "status: {in: [LEGAL_ENTITY, OPERATING, INACTIVE, SUSPENDED]}";

/// Whether a cooperative of this status exists.
pub(super) fn exists(status: &CooperativeStatus) -> bool {
    matches!(status.value(), "LEGAL_ENTITY" | "OPERATING" | "INACTIVE" | "SUSPENDED")
}

/// A region, its villages with a cooperative, and all its villages.
#[derive(Debug)]
pub(super) struct Region<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) covered: i64,
    pub(super) villages: i64,
    pub(super) point: Option<(f64, f64)>,
}

/// The coverage of several regions.
#[derive(Debug)]
pub(super) struct Coverage<'a> {
    /// What map and table are called.
    pub(super) caption: &'a str,
    /// The head of the column of regions.
    pub(super) heading: &'a str,
    pub(super) regions: Vec<Region<'a>>,
    /// Whether some of the cooperatives are made up.
    pub(super) made_up: bool,
}

/// The numbers of figures by the codes of their regions.
#[derive(Debug)]
pub(super) struct Numbers<'a>(HashMap<&'a str, i64>);

impl<'a> Numbers<'a> {
    pub(super) fn of(figures: impl Iterator<Item = (Option<&'a str>, i64)>) -> Self {
        Self(figures.filter_map(|(code, number)| Some((code?, number))).collect())
    }

    /// The number of a region; 0 where the figures have none.
    pub(super) fn at(&self, code: &str) -> i64 {
        self.0.get(code).copied().unwrap_or(0)
    }
}

impl Coverage<'_> {
    /// The villages with a cooperative, and all villages.
    pub(super) fn total(&self) -> (i64, i64) {
        let add =
            |(covered, villages), region: &Region<'_>| (covered + region.covered, villages + region.villages);
        self.regions.iter().fold((0, 0), add)
    }

    /// How many regions have no point, so that they are not on the map.
    pub(super) fn unplaced(&self) -> usize {
        self.regions.iter().filter(|region| region.point.is_none()).count()
    }

    /// The map, drawn by `draw`.
    pub(super) fn map(&self, visit: &Visit, draw: impl Fn(&Map<'_>) -> Markup) -> Markup {
        let language = visit.language;
        let classes = Classes::of(self.regions.iter().map(|region| (region.covered, region.villages)));
        let dots = self.regions.iter().filter_map(|region| {
            let (latitude, longitude) = region.point?;
            let figure = language.percent(region.covered, region.villages).unwrap_or_default();
            let (name, address) = (region.name.to_owned(), Some(address(visit, region)));
            let class = classes.class(region.covered, region.villages);
            Some(Dot { latitude, longitude, name, figure, address, class })
        });
        let dots: Vec<Dot> = dots.collect();
        draw(&Map {
            id: "map",
            title: self.caption,
            dots: &dots,
            legend: &classes.legend(language),
            made_up: self.made_up.then(|| part::made_up_mark(language)),
        })
    }

    pub(super) fn table(&self, visit: &Visit) -> Markup {
        let language = visit.language;
        let rows = self.regions.iter().map(|region| {
            vec![
                html! { a href=(address(visit, region)) { (region.name) } },
                language.whole(region.villages),
                html! {
                    (language.whole(region.covered))
                    @if self.made_up && region.covered > 0 { " " (part::made_up_mark(language)) }
                },
                language.whole(region.villages - region.covered),
                language.share(region.covered, region.villages),
            ]
        });
        let (villages, with, without, share) = (
            language.text("villages"),
            language.text("villages-with-cooperative"),
            language.text("villages-without"),
            language.text("share"),
        );
        let table = Table {
            caption: self.caption,
            columns: vec![
                Column::text(self.heading),
                Column::number(&villages),
                Column::number(&with),
                Column::number(&without),
                Column::number(&share),
            ],
            rows: rows.collect(),
        };
        table.show()
    }
}

/// Links to files of the two numbers of each region: its villages, and those of them with a cooperative.
pub(super) fn downloads(visit: &Visit, within: &str, groups: &str) -> Markup {
    let file = |format: &str, more: &str| {
        let condition = format!("{{level: {{eq: VILLAGE}}{within}{more}}}");
        part::figures("regionAggregate", format, &condition, (groups, "count"))
    };
    let existing = format!(", cooperatives: {{some: {{{EXISTING}}}}}");
    let language = visit.language;
    html! {
        (part::downloads_of(visit, &language.text("download-villages"), |format| file(format, "")))
        (part::downloads_of(visit, &language.text("download-villages-with"), |format| file(format, &existing)))
    }
}

fn address(visit: &Visit, region: &Region<'_>) -> String {
    visit.link(&format!("/wilayah/{}", region.code))
}
