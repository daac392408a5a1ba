//! A part of the sitemap: the addresses of the pages of one kind, of one province where there are many.

use graphql_client::GraphQLQuery;

use super::{
    super::{
        document::{escaped, execute_for_the_node},
        scalar::{DateTime, RegionCode},
    },
    OTHERS,
};
use crate::http::Node;

macro_rules! documents {
    ($($name:ident $module:ident $path:tt;)*) => {
        $(
            #[derive(GraphQLQuery)]
            #[graphql(schema_path = "schema.graphql", query_path = $path, response_derives = "Debug", skip_serializing_none)]
            struct $name;
        )*

        pub(in crate::pages) const DOCUMENTS: [&str; 9] = [$($module::QUERY),*];
    };
}

documents! {
    SitemapBatches sitemap_batches "src/pages/sitemap/batches.graphql";
    SitemapCommodities sitemap_commodities "src/pages/sitemap/commodities.graphql";
    SitemapCooperatives sitemap_cooperatives "src/pages/sitemap/cooperatives.graphql";
    SitemapIndex sitemap_index "src/pages/sitemap/index.graphql";
    SitemapInstitutions sitemap_institutions "src/pages/sitemap/institutions.graphql";
    SitemapLinkages sitemap_linkages "src/pages/sitemap/linkages.graphql";
    SitemapPartnerships sitemap_partnerships "src/pages/sitemap/partnerships.graphql";
    SitemapPrograms sitemap_programs "src/pages/sitemap/programs.graphql";
    SitemapRegions sitemap_regions "src/pages/sitemap/regions.graphql";
}

/// An address of a page, and the day of its newest data.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: Box<str>,
    pub(super) changed: Option<Box<str>>,
}

/// A part of the sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Cooperatives of a province.
    Cooperatives(String),
    /// A province and the regions within it.
    Regions(String),
    Institutions,
    Linkages,
    Partnerships,
    /// Programs with their batches.
    Programs,
    /// Commodities, and pages that are not about a record.
    Others,
}

impl Part {
    /// All parts of a registry with these provinces.
    pub(super) fn all<'a>(provinces: impl Iterator<Item = &'a str> + Clone) -> impl Iterator<Item = Self> {
        let cooperatives = provinces.clone().map(|code| Self::Cooperatives(code.to_owned()));
        let regions = provinces.map(|code| Self::Regions(code.to_owned()));
        let others = [Self::Others, Self::Programs, Self::Institutions, Self::Linkages, Self::Partnerships];
        others.into_iter().chain(cooperatives).chain(regions)
    }

    /// Its name in addresses.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Cooperatives(code) => format!("koperasi-{code}"),
            Self::Regions(code) => format!("wilayah-{code}"),
            Self::Institutions => "lembaga".to_owned(),
            Self::Linkages => "keterhubungan".to_owned(),
            Self::Partnerships => "kemitraan".to_owned(),
            Self::Programs => "program".to_owned(),
            Self::Others => "lainnya".to_owned(),
        }
    }

    /// Whether its records say when they changed.
    pub(super) fn is_dated(&self) -> bool {
        !matches!(self, Self::Regions(_) | Self::Others)
    }

    /// Reads its addresses from the API; none where a page of them failed.
    pub(super) async fn read(&self, node: &Node) -> Option<Vec<Entry>> {
        match self {
            Self::Cooperatives(code) => cooperatives(node, code).await,
            Self::Regions(code) => regions(node, code).await,
            Self::Institutions => institutions(node).await,
            Self::Linkages => linkages(node).await,
            Self::Partnerships => partnerships(node).await,
            Self::Programs => {
                let mut entries = programs(node).await?;
                entries.extend(batches(node).await?);
                Some(entries)
            }
            Self::Others => {
                let others = OTHERS.iter().map(|path| Entry { path: (*path).into(), changed: None });
                let mut entries: Vec<Entry> = others.collect();
                entries.extend(commodities(node).await?);
                Some(entries)
            }
        }
    }
}

/// What the index of the sitemap says of its parts.
#[derive(Debug)]
pub(super) struct Index {
    /// The day of the newest data of the registry.
    pub(super) as_of: Option<String>,
    /// The provinces with cooperatives that are not made up.
    pub(super) provinces: Vec<String>,
}

impl Index {
    pub(super) async fn read(node: &Node) -> Option<Self> {
        let answer = execute_for_the_node::<SitemapIndex>(node, sitemap_index::Variables {}).await?;
        let as_of = answer.registry.data_as_of.and_then(|time| time.get(..10).map(str::to_owned));
        let provinces = answer.cooperatives.nodes.into_iter().filter_map(|node| node.key.value).collect();
        Some(Self { as_of, provinces })
    }

    /// Whether a part has no addresses, so that the protocol forbids it.
    pub(super) fn is_empty(&self, part: &Part) -> bool {
        matches!(part, Part::Cooperatives(code) if !self.provinces.contains(code))
    }
}

/// Reads all pages of a list: the variables of a page by its cursor, and an entry of each of its nodes.
macro_rules! pages {
    ($asked:ident, $document:ident, $list:ident, |$after:ident| $variables:expr, |$node:ident| $entry:expr) => {{
        let (mut entries, mut $after) = (Vec::new(), None);
        loop {
            let answer = execute_for_the_node::<$document>($asked, $variables).await?;
            let list = answer.$list;
            entries.extend(list.nodes.into_iter().map(|$node| $entry));
            if !list.page_info.has_next_page {
                return Some(entries);
            }
            $after = list.page_info.end_cursor;
        }
    }};
}

fn entry(path: &str, changed: Option<&str>) -> Entry {
    Entry { path: path.into(), changed: changed.and_then(|time| time.get(..10)).map(Into::into) }
}

async fn cooperatives(node: &Node, code: &str) -> Option<Vec<Entry>> {
    pages!(
        node,
        SitemapCooperatives,
        cooperatives,
        |after| sitemap_cooperatives::Variables { within: code.to_owned(), after },
        |node| entry(&format!("/koperasi/{}", escaped(&node.slug)), Some(&node.updated_at))
    )
}

async fn regions(node: &Node, code: &str) -> Option<Vec<Entry>> {
    pages!(
        node,
        SitemapRegions,
        regions,
        |after| sitemap_regions::Variables { within: code.to_owned(), after },
        |node| entry(&format!("/wilayah/{}", node.code), None)
    )
}

async fn institutions(node: &Node) -> Option<Vec<Entry>> {
    pages!(
        node,
        SitemapInstitutions,
        institutions,
        |after| sitemap_institutions::Variables { after },
        |node| entry(&format!("/lembaga/{}", escaped(&node.slug)), Some(&node.updated_at))
    )
}

async fn linkages(node: &Node) -> Option<Vec<Entry>> {
    pages!(node, SitemapLinkages, linkages, |after| sitemap_linkages::Variables { after }, |node| {
        entry(&format!("/keterhubungan/{}", escaped(&node.code)), Some(&node.updated_at))
    })
}

async fn partnerships(node: &Node) -> Option<Vec<Entry>> {
    pages!(
        node,
        SitemapPartnerships,
        partnerships,
        |after| sitemap_partnerships::Variables { after },
        |node| { entry(&format!("/kemitraan/{}", escaped(&node.id)), Some(&node.updated_at)) }
    )
}

async fn programs(node: &Node) -> Option<Vec<Entry>> {
    pages!(
        node,
        SitemapPrograms,
        internship_programs,
        |after| sitemap_programs::Variables { after },
        |node| entry(&format!("/program/{}", escaped(&node.code)), Some(&node.updated_at))
    )
}

async fn batches(node: &Node) -> Option<Vec<Entry>> {
    pages!(node, SitemapBatches, internship_batches, |after| sitemap_batches::Variables { after }, |node| {
        entry(&format!("/gelombang/{}/{}", escaped(&node.program.code), node.number), Some(&node.updated_at))
    })
}

async fn commodities(node: &Node) -> Option<Vec<Entry>> {
    pages!(node, SitemapCommodities, commodities, |after| sitemap_commodities::Variables { after }, |node| {
        entry(&format!("/komoditas/{}", escaped(&node.code)), None)
    })
}
