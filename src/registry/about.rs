//! The registry itself, and who is asking.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::vocabulary::Source;
use sea_orm::ActiveEnum;

use super::{
    annual_report::AnnualReport, application::PartnershipApplication, batch::InternshipBatch,
    business_unit::BusinessUnit, commodity::CooperativeCommodity, cooperative::Cooperative,
    institution::PartnerInstitution, linkage::BusinessLinkage, linkage_month::LinkageMonth, node::MAX_IDS,
    officer::Officer, official::Official, partnership::Partnership, placement::Placement,
    program::InternshipProgram, session::TrainingSession,
};
use crate::{
    access,
    document::cost::limit,
    graph::{
        Error, Result,
        lean::{Items, Lean, leanly},
        list_size::list_size,
        load::{Census, Counted, Graph, Noun, Table},
        order::MAX_ORDER_TERMS,
        pace::AnswerLimit,
        page::{MAX_GROUPS, MAX_PAGE},
        scalar::DateTime,
    },
    store::Reader,
};

/// The records that are counted: all but people, of whom the public is to know nothing.
fn records() -> [&'static Table; 15] {
    [
        Cooperative::table(),
        Officer::table(),
        BusinessUnit::table(),
        CooperativeCommodity::table(),
        AnnualReport::table(),
        PartnerInstitution::table(),
        Official::table(),
        Partnership::table(),
        InternshipProgram::table(),
        InternshipBatch::table(),
        TrainingSession::table(),
        Placement::table(),
        BusinessLinkage::table(),
        LinkageMonth::table(),
        PartnershipApplication::table(),
    ]
}

/// Licences under which one part of the seed or another may be used; NOTICE says which.
const LICENCES: &[&str] = &["Apache-2.0", "CC-BY-4.0", "MIT"];

/// This registry: what it holds, as of when, and how much one may ask of it [registri].
#[derive(Clone, Copy, Debug)]
pub struct Registry;

/// This registry: what it holds, as of when, and how much one may ask of it [registri].
#[Object]
impl Registry {
    /// Version of the server.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// When the newest of its records last changed, known to five minutes; null while it holds none.
    async fn data_as_of(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        let newest = counted(ctx).await.map(|counts| counts.iter().map(|count| count.newest).max());
        newest.transpose().map(|newest| newest.map(DateTime::from_micros))
    }

    /// How many records it holds, by noun and source, known to five minutes; people are not counted.
    #[graphql(directive = list_size::apply(75))]
    async fn counts(&self, ctx: &Context<'_>) -> Result<Items<RecordCount>> {
        counted(ctx).await?.iter().map(RecordCount::of).collect::<Result<_>>().map(Items)
    }

    /// How much one request may ask.
    async fn limits(&self, ctx: &Context<'_>) -> Result<Lean<RequestLimits>> {
        let answers = ctx.data::<AnswerLimit>();
        let answers = answers.map_err(|_| Error::Internal("the request has no limits".into()))?;
        Ok(Lean(RequestLimits::of(cost_limit(ctx)?, *answers)))
    }

    /// Licences under which its data may be used, as SPDX names them [lisensi].
    async fn licences(&self) -> &[&str] {
        LICENCES
    }
}

leanly! { Registry, RecordCount, RequestLimits, Viewer }

async fn counted(ctx: &Context<'_>) -> Result<Vec<Counted>> {
    let census = ctx.data::<Arc<Census>>();
    let census = census.map_err(|_| Error::Internal("the request has no census".into()))?;
    census.records(Graph::of(ctx)?.reader(), &records()).await
}

/// Counts the records of all nouns, unless their count is still good.
///
/// # Errors
/// As [`Census::records`].
pub async fn count(census: &Census, reader: &Reader) -> Result<()> {
    census.records(reader, &records()).await.map(drop)
}

/// How many records of a noun have a source.
#[derive(Clone, Debug, SimpleObject)]
pub struct RecordCount {
    /// Noun, such as `Cooperative`.
    noun: &'static str,
    /// Where the records come from [asal data].
    source: Source,
    /// How many there are.
    count: i32,
}

impl RecordCount {
    fn of(counted: &Counted) -> Result<Self> {
        let source = Source::try_from_value(&counted.source)?;
        let count = i32::try_from(counted.count).unwrap_or(i32::MAX);
        Ok(Self { noun: counted.noun, source, count })
    }
}

/// How much one request may ask; more is refused.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RequestLimits {
    /// Points that it may cost; what it did cost stands in `extensions.cost`.
    cost: u32,
    /// Bytes of its answer.
    answer_bytes: u32,
    /// Fields inside fields.
    depth: u32,
    /// Bytes of the document.
    bytes: u32,
    /// Words, signs and texts in it.
    tokens: u32,
    /// Bytes of a name in it, such as an alias.
    name_bytes: u32,
    /// Aliases in it.
    aliases: u32,
    /// Fields at its root.
    root_fields: u32,
    /// Fields in all of it, with its fragments written out.
    fields: u32,
    /// Conditions and terms of orders in it, with those on related rows written out.
    conditions: u32,
    /// Values in its variables, once for each place where one is used.
    variable_values: u32,
    /// Lists and objects inside each other in a variable.
    variable_depth: u32,
    /// Places where variables stand, with its fragments written out, over all of its operations.
    variable_places: u32,
    /// Bytes of the values that its fields are given, once for each place where one is used.
    value_bytes: u32,
    /// Rows of a page.
    page_size: u32,
    /// Rows of a page of figures.
    figures_page_size: u32,
    /// Terms of an `orderBy`.
    order_terms: u32,
    /// Ids that `nodes` takes.
    ids: u32,
}

impl RequestLimits {
    fn of(cost: u32, AnswerLimit(answer_bytes): AnswerLimit) -> Self {
        let number = |limit: usize| u32::try_from(limit).unwrap_or(u32::MAX);
        let saturated = |limit: u64| u32::try_from(limit).unwrap_or(u32::MAX);
        Self {
            cost,
            answer_bytes,
            depth: limit::MAX_DEPTH,
            bytes: number(limit::MAX_BYTES),
            tokens: number(limit::MAX_TOKENS),
            name_bytes: number(limit::MAX_NAME_BYTES),
            aliases: number(limit::MAX_ALIASES),
            root_fields: limit::MAX_ROOT_FIELDS,
            fields: limit::MAX_SELECTIONS,
            conditions: limit::MAX_CONDITIONS,
            variable_values: number(limit::MAX_VALUES),
            variable_depth: number(limit::MAX_VALUE_DEPTH),
            variable_places: saturated(limit::MAX_USES),
            value_bytes: saturated(limit::MAX_VALUE_BYTES),
            page_size: MAX_PAGE,
            figures_page_size: MAX_GROUPS,
            order_terms: number(MAX_ORDER_TERMS),
            ids: MAX_IDS,
        }
    }
}

/// Who is asking [pengguna].
#[derive(Clone, Copy, Debug)]
pub struct Viewer;

/// Who is asking [pengguna].
#[Object]
impl Viewer {
    /// What they are.
    async fn role(&self, ctx: &Context<'_>) -> Result<ViewerRole> {
        Ok(match Graph::of(ctx)?.reader().viewer() {
            access::Viewer::Anonymous => ViewerRole::Anonymous,
        })
    }

    /// Points that one request of theirs may cost; what it did cost stands in `extensions.cost`.
    async fn cost_limit(&self, ctx: &Context<'_>) -> Result<u32> {
        cost_limit(ctx)
    }
}

fn cost_limit(ctx: &Context<'_>) -> Result<u32> {
    let limits = ctx.data::<access::CostLimits>();
    let limits = limits.map_err(|_| Error::Internal("the request has no limits".into()))?;
    Ok(limits.of(Graph::of(ctx)?.reader().viewer()))
}

/// What a caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ViewerRole {
    /// Anyone without a token.
    Anonymous,
}

/// Where reading about the registry itself begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryQuery;

#[Object]
impl RegistryQuery {
    /// What this registry is, how much it holds and as of when, and how much one may ask of it [tentang registri].
    async fn registry(&self) -> Lean<Registry> {
        Lean(Registry)
    }

    /// Who is asking, and how much they may ask.
    async fn viewer(&self) -> Lean<Viewer> {
        Lean(Viewer)
    }
}
