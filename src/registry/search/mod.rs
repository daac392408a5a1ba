//! The root field `search` and the `search` argument of lists.

mod words;

use std::sync::LazyLock;

use async_graphql::{Context, Enum, Object, SimpleObject, Union};
use entity::{commodity, cooperative, institution, internship_program, region};
use futures_util::future::try_join_all;
use sea_orm::{IdenStatic, Iterable};

use super::{
    commodity::Commodity, cooperative::Cooperative, edges, institution::PartnerInstitution,
    partnership::Partnership, program::InternshipProgram, region::Region,
};
use crate::{
    graph::{
        Error, Result,
        filter::{Condition, Where, fitting},
        inline::{Inline, Items, inline_object},
        load::{Graph, Noun, One, Table},
        page::{CountPrecision, PageInfo, Window},
        scalar::RegionCode,
        search::{self, CANDIDATES, Found, Index, Indexed, Ranked, SearchFilter, Slice},
    },
    store::bulk::SearchIndex,
};

edges! {
    COOPERATIVE: One<Cooperative> = One::root("search(Cooperative)");
    INSTITUTION: One<PartnerInstitution> = One::root("search(PartnerInstitution)");
    PROGRAM: One<InternshipProgram> = One::root("search(InternshipProgram)");
    COMMODITY: One<Commodity> = One::root("search(Commodity)");
}

/// The search indexes, with the codes by which a row is found at once. The first one also serves the root field
/// `search`.
pub static INDEXES: LazyLock<[Index; 3]> = LazyLock::new(|| {
    let noun = |table, codes| Indexed { table, codes, named: false };
    [
        index(
            "search",
            vec![
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
                noun(InternshipProgram::table, vec![internship_program::Column::Code.into()]),
                Indexed { named: true, ..noun(Commodity::table, vec![commodity::Column::Code.into()]) },
            ],
        ),
        index("search_region", vec![noun(Region::table, vec![region::Column::Code.into()])]),
        index("search_partnership", vec![noun(Partnership::table, Vec::new())]),
    ]
});

fn index(name: &'static str, nouns: Vec<Indexed>) -> Index {
    Index {
        name,
        nouns,
        language: words::LANGUAGE,
        region_names: words::REGION_NAMES,
        regions: (Region::table, region::Column::Code.as_str(), region::Column::NameFold.as_str()),
        spellings: words::spellings,
    }
}

/// The search indexes and the tables that they are made from, for a load of many rows.
#[must_use]
pub fn bulk_indexes() -> Vec<SearchIndex> {
    let tables = |index: &Index| index.nouns.iter().map(|noun| (noun.table)().name.as_str()).collect();
    INDEXES.iter().map(|index| SearchIndex { name: index.name, tables: tables(index) }).collect()
}

/// An object that a search can return.
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
}

impl SearchType {
    fn table(self) -> &'static Table {
        match self {
            Self::Cooperative => Cooperative::table(),
            Self::Institution => PartnerInstitution::table(),
            Self::Program => InternshipProgram::table(),
            Self::Commodity => Commodity::table(),
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
}

inline_object! { SearchResult: Cooperative, PartnerInstitution, InternshipProgram, Commodity }
inline_object! { SearchResultConnection, SearchResultEdge }

/// One page of search results.
#[derive(Debug)]
pub struct SearchResultConnection {
    edges: Vec<SearchResultEdge>,
    page_info: PageInfo,
    total: usize,
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

    /// Number of results on all pages. A search returns at most 500: see `totalCountPrecision`.
    async fn total_count(&self) -> usize {
        self.total
    }

    /// Whether `totalCount` is exact or a lower bound.
    async fn total_count_precision(&self) -> CountPrecision {
        if self.total < CANDIDATES { CountPrecision::Exact } else { CountPrecision::AtLeast }
    }
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
}

/// Searches among the rows of one noun that match, to filter and sort a list by the results.
///
/// # Errors
/// `BAD_USER_INPUT` for a text that is too long or contains a NUL, or a null operand.
pub(super) async fn ranked<W: Where>(
    ctx: &Context<'_>,
    text: Option<String>,
    filter: Option<&W>,
) -> Result<Option<Ranked>> {
    let Some(text) = text else { return Ok(None) };
    let table = W::Noun::table();
    let unknown = || Error::Internal(format!("{} is in no search index", table.noun));
    let index = INDEXES.iter().find(|index| index.covers(table)).ok_or_else(unknown)?;
    let filter = SearchFilter { tables: vec![table], within: None, fits: fitting(filter)? };
    let found = search::find(Graph::of(ctx)?, index, &text, &filter).await?;
    Ok(Some(Ranked::new(text, found)))
}

/// Root field of search.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Searches parties, programs and commodities by words, best match first [pencarian]. A code, number or slug finds
    /// the item that has it; words that name a place rank items in that place first.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Words in any order, at most 200 characters. Typing errors are tolerated, and prefixes such as KOPDES, KDMP and KOPERASI DESA are recognised."
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
        let asked = format!("search|{wanted:?}|{within:?}|{text}");
        let filter = SearchFilter {
            tables: wanted.iter().map(|kind| kind.table()).collect(),
            within: within.as_deref(),
            fits: Condition::always(),
        };
        let found = search::find(Graph::of(ctx)?, &INDEXES[0], &text, &filter).await?;
        let slice = Slice::cut(&found, &asked, &Window::from((first, after, last, before)))?;
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
            let score = f64::from(found.score) / 1_000.0;
            // What went meanwhile is not found.
            Some(SearchResultEdge { cursor: slice.cursor(found), node: Inline(node?), score })
        });
        let ends = [slice.found.first(), slice.found.last()].map(|end| end.map(|end| slice.cursor(end)));
        Ok(Inline(SearchResultConnection {
            edges: edges.collect(),
            page_info: PageInfo::known(slice.before, slice.after, ends),
            total: found.len(),
        }))
    }
}
