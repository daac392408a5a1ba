//! The root field `search` and the `search` argument of lists.

mod vocabulary;
mod words;

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Enum, Object, SimpleObject, Union};
use entity::{commodity, cooperative, cooperative_commodity, institution, internship_program, region};
use futures_util::future::try_join_all;
use sea_orm::{IdenStatic, Iterable};

use super::{
    commodity::{Commodity, CooperativeCommodity, of_year},
    cooperative::Cooperative,
    edges,
    institution::PartnerInstitution,
    partnership::Partnership,
    program::InternshipProgram,
    region::Region,
};
use crate::{
    graph::{
        Error, Result,
        filter::{Condition, Where, fitting},
        fold::fold,
        inline::{Inline, Items, inline_object},
        list_size::list_size,
        load::{Graph, Noun, One, Table},
        page::{CountPrecision, PageInfo, Window},
        scalar::RegionCode,
        search::{
            self, Found, Index, Indexed, Links, MatchField, Ranked, RelatedNames, Results, Search,
            SearchFilter, Slice,
        },
    },
    store::bulk::SearchIndex,
};

edges! {
    COOPERATIVE: One<Cooperative> = One::root("search(Cooperative)");
    INSTITUTION: One<PartnerInstitution> = One::root("search(PartnerInstitution)");
    PROGRAM: One<InternshipProgram> = One::root("search(InternshipProgram)");
    COMMODITY: One<Commodity> = One::root("search(Commodity)");
    REGION: One<Region> = One::root("search(Region)");
}

/// What is searched: the indexes, with the codes by which a row is found at once. The first two serve the root field
/// `search`.
pub static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let noun = |table, codes| Indexed { table, codes, named: false, related: Vec::new() };
    let entries = vec![
        noun(
            Cooperative::table,
            vec![
                cooperative::Column::Slug.into(),
                cooperative::Column::RegistrationNumber.into(),
                cooperative::Column::LegalEntityNumber.into(),
            ],
        ),
        noun(
            PartnerInstitution::table,
            vec![institution::Column::Slug.into(), institution::Column::Domain.into()],
        ),
        Indexed {
            related: related(),
            ..noun(InternshipProgram::table, vec![internship_program::Column::Code.into()])
        },
        Indexed { named: true, ..noun(Commodity::table, vec![commodity::Column::Code.into()]) },
    ];
    let regions =
        vec![noun(Region::table, vec![region::Column::Code.into(), region::Column::PostalCode.into()])];
    Search {
        indexes: vec![
            Index { name: "search", nouns: entries },
            Index { name: "search_region", nouns: regions },
            Index { name: "search_partnership", nouns: vec![noun(Partnership::table, Vec::new())] },
        ],
        language: words::LANGUAGE,
        region_names: words::REGION_NAMES,
        region_noun: "region",
        regions: (
            Region::table,
            [region::Column::Code, region::Column::NameFold, region::Column::ParentCode]
                .map(|column| column.as_str()),
        ),
        links: Links {
            table: (
                CooperativeCommodity::table,
                cooperative_commodity::Column::CooperativeId.as_str(),
                cooperative_commodity::Column::CommodityCode.as_str(),
            ),
            considered: || of_year(None, None),
            noun: "cooperative",
            things: (
                Commodity::table,
                [
                    commodity::Column::Code,
                    commodity::Column::NameFold,
                    commodity::Column::NameEn,
                    commodity::Column::Category,
                ]
                .map(|column| column.as_str()),
            ),
        },
        vocabulary: vocabulary::read,
        spellings: words::spellings,
    }
});

/// The rows whose names also find a program: its organiser and its host, which is either party.
fn related() -> Vec<RelatedNames> {
    let (organiser, host) =
        (internship_program::Column::OrganiserId.as_str(), internship_program::Column::HostId.as_str());
    let institution =
        vec![institution::Column::NameFold.as_str(), institution::Column::ShortNameFold.as_str()];
    let cooperative =
        vec![cooperative::Column::NameFold.as_str(), cooperative::Column::ShortNameFold.as_str()];
    vec![
        RelatedNames {
            column: organiser,
            table: PartnerInstitution::table,
            names: institution.clone(),
            region: None,
        },
        RelatedNames {
            column: host,
            table: PartnerInstitution::table,
            names: institution,
            region: Some(institution::Column::RegionCode.as_str()),
        },
        RelatedNames {
            column: host,
            table: Cooperative::table,
            names: cooperative,
            region: Some(cooperative::Column::RegionCode.as_str()),
        },
    ]
}

/// The search indexes and the tables that they are made from, for a load of many rows.
#[must_use]
pub fn bulk_indexes() -> Vec<SearchIndex> {
    let tables = |index: &Index| index.nouns.iter().map(|noun| (noun.table)().name.as_str()).collect();
    SEARCH.indexes.iter().map(|index| SearchIndex { name: index.name, tables: tables(index) }).collect()
}

/// An object that a search can return [jenis hasil].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, sea_orm::EnumIter)]
pub enum SearchType {
    /// Cooperatives [koperasi].
    Cooperative,
    /// Partner institutions [lembaga mitra].
    Institution,
    /// Internship programs [program magang].
    Program,
    /// Commodities [komoditas].
    Commodity,
    /// Regions: provinces, regencies and cities, districts, villages [wilayah].
    Region,
}

impl SearchType {
    fn table(self) -> &'static Table {
        match self {
            Self::Cooperative => Cooperative::table(),
            Self::Institution => PartnerInstitution::table(),
            Self::Program => InternshipProgram::table(),
            Self::Commodity => Commodity::table(),
            Self::Region => Region::table(),
        }
    }

    async fn load(self, ctx: &Context<'_>, found: &Found) -> Result<Option<SearchResult>> {
        let key = found.key.clone();
        Ok(match self {
            Self::Cooperative => COOPERATIVE.ask().listed(ctx, key).await?.map(SearchResult::Cooperative),
            Self::Institution => {
                INSTITUTION.ask().listed(ctx, key).await?.map(SearchResult::PartnerInstitution)
            }
            Self::Program => PROGRAM.ask().listed(ctx, key).await?.map(SearchResult::InternshipProgram),
            Self::Commodity => COMMODITY.ask().listed(ctx, key).await?.map(SearchResult::Commodity),
            Self::Region => REGION.ask().listed(ctx, key).await?.map(SearchResult::Region),
        })
    }
}

/// An object that a search can return.
#[derive(Clone, Debug, Union)]
pub enum SearchResult {
    Cooperative(Cooperative),
    PartnerInstitution(PartnerInstitution),
    InternshipProgram(InternshipProgram),
    Commodity(Commodity),
    Region(Region),
}

inline_object! { SearchResult: Cooperative, PartnerInstitution, InternshipProgram, Commodity, Region }
inline_object! { SearchResultConnection, SearchResultEdge, SearchMatch, SearchCount }

/// One page of search results.
#[derive(Debug)]
pub struct SearchResultConnection {
    edges: Vec<SearchResultEdge>,
    page_info: PageInfo,
    results: Arc<Results>,
    wanted: Vec<SearchType>,
}

/// One page of search results.
#[Object]
impl SearchResultConnection {
    /// The items on this page, each with its cursor.
    async fn edges(&self) -> Items<&SearchResultEdge> {
        Items(self.edges.iter().collect())
    }

    /// The items on this page, without cursors.
    async fn nodes(&self) -> Items<&SearchResult> {
        Items(self.edges.iter().map(|edge| &edge.node.0).collect())
    }

    /// Position of this page in its list.
    async fn page_info(&self) -> Inline<&PageInfo> {
        Inline(&self.page_info)
    }

    /// Number of results on all pages. A search looks at a limited number of candidates: see `totalCountPrecision`.
    async fn total_count(&self) -> usize {
        self.results.found.len()
    }

    /// Whether `totalCount` and `counts` are exact or lower bounds.
    async fn total_count_precision(&self) -> CountPrecision {
        if self.results.cut { CountPrecision::AtLeast } else { CountPrecision::Exact }
    }

    /// Number of results of each type on all pages; types without results are left out [jumlah menurut jenis].
    #[graphql(directive = list_size::apply(5))]
    async fn counts(&self) -> Items<SearchCount> {
        let of = |table: usize| self.results.found.iter().filter(|found| found.table == table).count();
        let counts = self.wanted.iter().enumerate();
        Items(
            counts
                .map(|(table, kind)| SearchCount { kind: *kind, count: of(table) })
                .filter(|counted| counted.count > 0)
                .collect(),
        )
    }
}

/// The number of search results of one type.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchCount {
    /// The type.
    #[graphql(name = "type")]
    kind: SearchType,
    /// Number of results.
    count: usize,
}

/// Words of a search text, and the field that they match.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchMatch {
    /// The field.
    field: MatchField,
    /// The words of the search text, in lower case.
    text: String,
}

/// A search result on a page, with its cursor.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchResultEdge {
    /// Cursor of this item, for `after` and `before`.
    cursor: String,
    /// The item.
    node: Inline<SearchResult>,
    /// Relevance of the match, 0 to 1.
    score: f64,
    /// Why it was found: the fields that match words of the search text [alasan].
    #[graphql(name = "match", directive = list_size::apply(4))]
    matched: Items<SearchMatch>,
}

impl SearchResultEdge {
    /// Why a result was found: each field once, with the words that it matches in the order of the text.
    fn reasons(results: &Results, found: &Found) -> Vec<SearchMatch> {
        let mut matched: Vec<(MatchField, Vec<&str>)> = Vec::new();
        for (field, words) in &found.why {
            let words = results.typed[words.clone()].iter().map(String::as_str);
            match matched.iter_mut().find(|(known, _)| known == field) {
                Some((_, known)) => known.extend(words),
                None => matched.push((*field, words.collect())),
            }
        }
        let text = |(field, words): (MatchField, Vec<&str>)| SearchMatch { field, text: words.join(" ") };
        matched.into_iter().map(text).collect()
    }
}

/// Searches among the rows of one noun that match, to filter and sort a list by the results. A blank text is no
/// search.
///
/// # Errors
/// `BAD_USER_INPUT` for a text that is too long or contains a NUL, or a null operand.
pub(super) async fn ranked<W: Where>(
    ctx: &Context<'_>,
    text: Option<String>,
    filter: Option<&W>,
) -> Result<Option<Ranked>> {
    let Some(text) = text else { return Ok(None) };
    if fold(&text).is_empty() {
        return Ok(Some(Ranked::blank()));
    }
    let table = W::Noun::table();
    let filter = SearchFilter { tables: vec![table], within: None, fits: fitting(filter)? };
    let results = search::find(Graph::of(ctx)?, &SEARCH, &text, &filter).await?;
    Ok(Some(Ranked::new(text, &results)))
}

/// Root field of search.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Searches parties, programs, commodities and regions by words, best match first [pencarian]. A code, number, slug
    /// or postal code finds the items that have it; words that name a place rank items in that place first. Words that
    /// name only kinds, commodities and places, such as `koperasi kopi bandung`, find what has these properties.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words in any order, at most 200 characters, of which 16 words are read. Typing errors are tolerated; prefixes such as KOPDES, KDMP and KOPERASI DESA, and abbreviations such as `jabar` are recognised."
        )]
        text: String,
        #[graphql(desc = "Types to search; all when absent.")] types: Option<Vec<SearchType>>,
        #[graphql(
            desc = "Only items inside this region, including the region itself; programs and commodities have no region and are left out. A code that no region has is refused."
        )]
        within: Option<RegionCode>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Inline<SearchResultConnection>> {
        let wanted: Vec<SearchType> = SearchType::iter()
            .filter(|kind| types.as_ref().is_none_or(|types| types.contains(kind)))
            .collect();
        let within = match within {
            Some(code) => {
                super::region::require(ctx, &code).await?;
                Some(code.0)
            }
            None => None,
        };
        let asked = format!("search3|{wanted:?}|{within:?}|{text}");
        let filter = SearchFilter {
            tables: wanted.iter().map(|kind| kind.table()).collect(),
            within: within.as_deref(),
            fits: Condition::always(),
        };
        let results = search::find(Graph::of(ctx)?, &SEARCH, &text, &filter).await?;
        let slice = Slice::cut(&results.found, &asked, &Window::from((first, after, last, before)))?;
        let rows = async |found: &Found| match wanted.get(found.table) {
            Some(kind) => kind.load(ctx, found).await,
            None => Err(Error::Internal("something was found that was not looked for".into())),
        };
        let look = ctx.look_ahead();
        let rows = if look.field("nodes").exists() || look.field("edges").exists() {
            try_join_all(slice.found.iter().map(rows)).await?
        } else {
            Vec::new()
        };
        let edges = slice.found.iter().zip(rows).filter_map(|(found, node)| {
            let score = f64::from(found.score()) / 1_000.0;
            let matched = Items(SearchResultEdge::reasons(&results, found));
            // What went meanwhile is not found.
            Some(SearchResultEdge { cursor: slice.cursor(found), node: Inline(node?), score, matched })
        });
        let ends = [slice.found.first(), slice.found.last()].map(|end| end.map(|end| slice.cursor(end)));
        Ok(Inline(SearchResultConnection {
            edges: edges.collect(),
            page_info: PageInfo::known(slice.before, slice.after, ends),
            results,
            wanted,
        }))
    }
}
