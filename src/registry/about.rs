//! The fields `registry` and `viewer`: metadata and limits of the registry, and the caller.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use entity::vocabulary::Source;
use sea_orm::ActiveEnum;

use super::{
    annual_report::AnnualReport,
    application::PartnershipApplication,
    batch::InternshipBatch,
    business_unit::BusinessUnit,
    commodity::CooperativeCommodity,
    cooperative::Cooperative,
    history,
    institution::PartnerInstitution,
    linkage::BusinessLinkage,
    linkage_month::LinkageMonth,
    node::MAX_IDS,
    officer::Officer,
    official::Official,
    partnership::Partnership,
    placement::Placement,
    program::InternshipProgram,
    session::TrainingSession,
    viewer::{Viewer, cost_limit},
};
use crate::{
    access,
    document::cost::limit,
    graph::{
        Error, Result,
        inline::{Inline, Items, inline_object},
        list_size::list_size,
        load::{Graph, Noun, RecordCounts, SourceCount, Table},
        order::MAX_ORDER_TERMS,
        page::{MAX_GROUPS, MAX_PAGE},
        scalar::DateTime,
        scheduling::AnswerLimit,
    },
    store::Reader,
};

/// The counted nouns: all but people, whose number is not public.
pub(super) fn records() -> [&'static Table; 15] {
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

/// Licences of the parts of the seed data; NOTICE assigns them.
pub const LICENCES: &[&str] = &["Apache-2.0", "CC-BY-4.0", "MIT"];

/// Information about this registry: its contents, their date, and the limits of requests [registri].
#[derive(Clone, Copy, Debug)]
pub struct Registry;

/// Information about this registry: its contents, their date, and the limits of requests [registri].
#[Object]
impl Registry {
    /// Version of the server.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// Time of the last change of any record, up to five minutes old; null when there are no records.
    async fn data_as_of(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        let newest = counted(ctx).await.map(|counts| counts.iter().map(|count| count.newest).max());
        newest.transpose().map(|newest| newest.map(DateTime::from_micros))
    }

    /// Number of the newest write in the change log; 0 when there is none. It belongs to the same state of the registry as
    /// all else in the answer, so that `changes(after:)` goes on from it without a gap [nomor urut].
    async fn sequence(&self, ctx: &Context<'_>) -> Result<i64> {
        history::newest(ctx).await
    }

    /// Number of records by type and source, up to five minutes old; people are not counted.
    #[graphql(directive = list_size::apply(75))]
    async fn counts(&self, ctx: &Context<'_>) -> Result<Items<RecordCount>> {
        counted(ctx).await?.iter().map(RecordCount::of).collect::<Result<_>>().map(Items)
    }

    /// Limits of one request, and of exports.
    async fn limits(&self, ctx: &Context<'_>) -> Result<Inline<RequestLimits>> {
        let answers = ctx.data::<AnswerLimit>();
        let answers = answers.map_err(|_| Error::Internal("the request has no limits".into()))?;
        let exports = ctx.data::<access::ExportLimits>();
        let exports = exports.map_err(|_| Error::Internal("the request has no limits".into()))?;
        Ok(Inline(RequestLimits::of(cost_limit(ctx)?, *answers, *exports)))
    }

    /// Licences under which its data may be used, as SPDX names them [lisensi].
    async fn licences(&self) -> &[&str] {
        LICENCES
    }
}

inline_object! { Registry, RecordCount, RequestLimits }

async fn counted(ctx: &Context<'_>) -> Result<Vec<SourceCount>> {
    let record_counts = ctx.data::<Arc<RecordCounts>>();
    let record_counts =
        record_counts.map_err(|_| Error::Internal("the request has no record counts".into()))?;
    record_counts.records(Graph::of(ctx)?.reader(), &records()).await
}

/// Counts the records of all nouns, unless the last count is recent enough.
///
/// # Errors
/// As [`RecordCounts::records`].
pub async fn count(record_counts: &RecordCounts, reader: &Reader) -> Result<()> {
    record_counts.records(reader, &records()).await.map(drop)
}

/// Number of records of one type from one source.
#[derive(Clone, Debug, SimpleObject)]
pub struct RecordCount {
    /// Type of the records, such as `Cooperative`.
    noun: &'static str,
    /// Source of the records [asal data].
    source: Source,
    /// Number of records.
    count: i32,
}

impl RecordCount {
    fn of(counted: &SourceCount) -> Result<Self> {
        let source = Source::try_from_value(&counted.source)?;
        let count = i32::try_from(counted.count).unwrap_or(i32::MAX);
        Ok(Self { noun: counted.noun, source, count })
    }
}

/// Limits of one request, and of exports: files of a list or of figures. What exceeds one of them is refused.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RequestLimits {
    /// Maximum cost in points; `extensions.cost` of a response has the actual cost.
    cost: u32,
    /// Maximum size of the response in bytes.
    answer_bytes: u32,
    /// Maximum depth of nested fields.
    depth: u32,
    /// Maximum size of the document in bytes.
    bytes: u32,
    /// Maximum number of tokens in the document.
    tokens: u32,
    /// Maximum length of a name in the document, such as an alias, in bytes.
    name_bytes: u32,
    /// Maximum number of aliases in the document.
    aliases: u32,
    /// Maximum number of root fields.
    root_fields: u32,
    /// Maximum number of fields in the document, with fragments expanded.
    fields: u32,
    /// Maximum number of conditions and sort terms, with those on related rows expanded.
    conditions: u32,
    /// Maximum number of values in variables, counted once for each use of a variable.
    variable_values: u32,
    /// Maximum depth of nested lists and objects in a variable.
    variable_depth: u32,
    /// Maximum number of uses of variables in all operations, with fragments expanded.
    variable_places: u32,
    /// Maximum size of argument values in bytes, counted once for each use.
    value_bytes: u32,
    /// Maximum number of items on a page.
    page_size: u32,
    /// Maximum number of groups on a page of figures.
    figures_page_size: u32,
    /// Maximum number of terms in `orderBy`.
    order_terms: u32,
    /// Maximum number of ids in `nodes`.
    ids: u32,
    /// Maximum cost of an export in points [biaya unduhan].
    export_cost: u32,
    /// Maximum time of an export in seconds.
    export_seconds: u32,
    /// Maximum size of the file of an export in mebibytes (1,048,576 bytes), rounded down. The exports that are made for one
    /// caller and those that it downloads have no more together.
    export_mebibytes: u32,
    /// Maximum number of exports of one caller in progress.
    exports_at_once: u32,
}

impl RequestLimits {
    fn of(cost: u32, AnswerLimit(answer_bytes): AnswerLimit, exports: access::ExportLimits) -> Self {
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
            export_cost: exports.cost,
            export_seconds: saturated(exports.time.as_secs()),
            export_mebibytes: saturated(exports.bytes >> 20),
            exports_at_once: number(exports.at_once),
        }
    }
}

/// Root fields about the registry.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryQuery;

#[Object]
impl RegistryQuery {
    /// Information about this registry: its contents, their date, and the limits of requests [tentang registri].
    async fn registry(&self) -> Inline<Registry> {
        Inline(Registry)
    }

    /// The caller, with the limits that apply to the caller.
    async fn viewer(&self) -> Inline<Viewer> {
        Inline(Viewer)
    }
}
