//! Exports: a document whose rows are all read, page by page in one snapshot. It passes the same admission as any request;
//! its price, its time, its rate limit and its connections to the database are those of exports.

mod pages;
mod price;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{ServerError, Value, Variables};
use sea_orm::DatabaseConnection;

use self::{pages::Reading, price::Charge};
use super::{
    Answer, BYTES_PARSED_FOR_A_POINT, CallerContext, Door, DoorState, GraphqlRequest, Progress, Rate,
    RateLimiter,
    admission::{Admitted, points, rate_limited},
    errors, permits,
};
use crate::{
    access::FairSemaphore,
    document::{
        DocumentError,
        export::{Column, Export, Short},
        named::LookupError,
        sha256,
    },
    graph::scheduling::blocking,
    store::{Reader, TimeLimit, Timer, most_connections},
};

/// The default limit on the price of an export.
pub const DEFAULT_EXPORT_COST: u32 = 20_000_000;

/// The limits and the connections of exports.
#[derive(Clone)]
pub(super) struct Exports {
    pub(super) database: DatabaseConnection,
    pub(super) bound: TimeLimit,
    /// Permits for its connections.
    pub(super) connection_permits: Arc<FairSemaphore>,
    pub(super) cost_limit: u32,
    pub(super) rate_limiter: Option<Arc<RateLimiter>>,
}

impl Exports {
    pub(super) fn new(database: DatabaseConnection, bound: TimeLimit) -> Self {
        let connection_permits = permits(most_connections(&database));
        Self { database, bound, connection_permits, cost_limit: DEFAULT_EXPORT_COST, rate_limiter: None }
    }
}

/// A request for an export.
#[derive(Debug)]
pub(in crate::http) enum ExportRequest<'a> {
    Document(Box<GraphqlRequest>),
    Short(&'a Short),
}

/// An export that was admitted, and is not executed yet.
#[derive(Debug)]
pub(in crate::http) struct AdmittedExport {
    export: Export,
    /// The text of its document.
    pub(in crate::http) query: String,
    pub(in crate::http) variables: Variables,
    /// What determines its rows: the document, the operation, the variables, the viewer and the scope.
    pub(in crate::http) identity: String,
    progress: Progress,
    began: Instant,
}

/// What was exported.
#[derive(Clone, Debug)]
pub(in crate::http) struct Exported {
    /// The number of rows of the file.
    pub(in crate::http) rows: u64,
    /// `extensions.cost` of the export.
    pub(in crate::http) cost: Value,
    /// For how many seconds the rows may be cached; none where they may not be.
    pub(in crate::http) max_age: Option<i32>,
    pub(in crate::http) caveats: Caveats,
}

/// What callers have to know of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::http) struct Caveats {
    /// Whether some are from the generator, and describe nothing that exists.
    pub(in crate::http) synthetic: bool,
    /// Whether the list held a part of its rows only, as a search does.
    pub(in crate::http) is_part: bool,
}

/// Why an export ended before its file was complete.
#[derive(Debug)]
pub(in crate::http) enum ExportError<E> {
    /// The request is refused, or failed; the answer has the errors.
    Failed(Box<Answer>),
    /// The file could not be written.
    File(E),
    /// The snapshot was lost: the export has to begin again.
    Restart,
}

impl<E> From<Answer> for ExportError<E> {
    fn from(answer: Answer) -> Self {
        Self::Failed(Box::new(answer))
    }
}

impl AdmittedExport {
    pub(in crate::http) fn columns(&self) -> &[Column] {
        self.export.columns()
    }

    /// Puts the columns into the order of these paths.
    pub(in crate::http) fn order(&mut self, paths: &str) {
        self.export.order(paths);
    }

    /// The name of the list at the root.
    pub(in crate::http) fn noun(&self) -> &str {
        self.export.noun()
    }
}

impl Door {
    /// Sets the connections and the time of exports.
    #[must_use]
    pub fn with_export_database(mut self, database: DatabaseConnection, bound: TimeLimit) -> Self {
        let exports = &mut Arc::make_mut(&mut self.0).exports;
        let Exports { cost_limit, rate_limiter, .. } = exports.clone();
        *exports = Exports { cost_limit, rate_limiter, ..Exports::new(database, bound) };
        self
    }

    /// Sets how much an export may cost, and how many points a caller may spend on exports over time.
    #[must_use]
    pub fn with_export_cost(mut self, limit: u32, restored: Option<u32>) -> Self {
        let exports = &mut Arc::make_mut(&mut self.0).exports;
        exports.cost_limit = limit;
        exports.rate_limiter =
            restored.map(|restored| Arc::new(RateLimiter::new(Rate { restored, burst: limit })));
        self
    }

    /// The request that a short form stands for. Its errors tell of the schema, as those of a document do.
    fn short_export(&self, short: &Short) -> Result<GraphqlRequest, Box<Answer>> {
        let DoorState { documents, specification, .. } = &*self.0;
        let form = blocking(|| short.document(specification)).map_err(|error| {
            let untrusted = documents.refuses_untrusted();
            Box::new(if untrusted { refused(LookupError::Untrusted) } else { refused(error) })
        })?;
        Ok(async_graphql::Request::new(form.query).variables(form.variables).into())
    }

    /// Admits an export: finds, parses and validates its document, and reads its columns.
    ///
    /// # Errors
    /// The answer that the API would give, or why the document cannot be exported.
    pub(in crate::http) async fn admit_export(
        &self,
        request: ExportRequest<'_>,
        expand: Option<&str>,
        context: &CallerContext,
    ) -> Result<AdmittedExport, Answer> {
        let began = Instant::now();
        let mut progress = Progress::default();
        let admitted = self.read_export(request, expand, context, &mut progress).await;
        match admitted {
            Ok((export, query, variables)) => {
                let name = progress.record.name.as_deref().unwrap_or_default();
                let CallerContext { viewer, scope, .. } = context;
                let identity = sha256(&format!(
                    "{} {name:?} {expand:?} {viewer:?} {scope:?} {}",
                    progress.record.document,
                    serde_json::to_string(&variables).unwrap_or_default()
                ));
                Ok(AdmittedExport { export, query, variables, identity, progress, began })
            }
            Err(answer) => {
                self.report_export(progress, began.elapsed(), context, answer.codes());
                Err(answer)
            }
        }
    }

    async fn read_export(
        &self,
        request: ExportRequest<'_>,
        expand: Option<&str>,
        context: &CallerContext,
        progress: &mut Progress,
    ) -> Result<(Export, String, Variables), Answer> {
        if let Some(status) = self.exhausted(context) {
            return Err(rate_limited(status, 1, None));
        }
        let request = match request {
            ExportRequest::Document(request) => *request,
            ExportRequest::Short(short) => {
                self.charge(context, points(short.bytes() as u64 / BYTES_PARSED_FOR_A_POINT));
                self.short_export(short).map_err(|answer| *answer)?
            }
        };
        self.charge(context, points(request.document_bytes() / BYTES_PARSED_FOR_A_POINT));
        // Its price as a request does not matter.
        let mut allowance = super::Allowance { points: u32::MAX, ..self.allowance(context.viewer) };
        let request = request.with_dry_run(true);
        let admitted = self.admit(request, context, &mut allowance, progress).await;
        let admitted = admitted.map_err(|mut answer| {
            // It states the limit of requests, which exports do not have.
            answer.response.extensions.remove("cost");
            answer
        })?;
        let Admitted { request, retry, document, parse_permit, register_as, .. } = admitted;
        progress.record.requested = None;
        let query = request.query.clone();
        if !document.is_valid() {
            // The library validates what it executes, which is nothing here.
            let executed = self.execute(
                request,
                &retry,
                (&document, parse_permit),
                context,
                &mut allowance,
                &mut progress.record,
            );
            let (answer, _) = executed.await;
            if !answer.response.errors.is_empty() {
                return Err(Answer::rejected(answer.response.errors));
            }
        }
        if let Some(hash) = register_as {
            self.0.documents.register(&hash, &query);
        }
        let named = (retry.operation_name.as_deref(), &retry.variables);
        let types = self.0.specification.types();
        let export = Export::of(types, &document.document, named, expand).map_err(refused)?;
        Ok((export, query, retry.variables))
    }

    /// Executes an export: counts its rows, charges its price, and gives its rows to `sink`, page by page. With `dry_run` it
    /// is only counted and priced. `check` refuses a number of rows.
    ///
    /// # Errors
    /// The answer with the errors of the first page that has any, or the error of the sink.
    pub(in crate::http) async fn export<E>(
        &self,
        admitted: &mut AdmittedExport,
        context: &CallerContext,
        dry_run: bool,
        check: impl FnOnce(u64) -> Result<(), E>,
        mut sink: impl FnMut(&[Vec<Value>]) -> Result<(), E>,
    ) -> Result<Exported, ExportError<E>> {
        let AdmittedExport { export, variables, progress, .. } = admitted;
        let DoorState { exports, specification, recorder, prices, .. } = &*self.0;
        let Exports { database, bound, connection_permits, cost_limit, rate_limiter } = exports;
        let payer = rate_limiter.as_ref().zip(context.caller);
        if let Some((limiter, caller)) = payer {
            let status = limiter.status(caller, Instant::now());
            if status.available == 0 {
                return Err(rate_limited(status, 1, None).into());
            }
        }
        let share = Some((Arc::clone(connection_permits), context.caller));
        let timer = Timer::from(*bound);
        let mut charge = Charge::new(payer, timer.clone());
        let reader = Reader::sharing(database, context.viewer, timer, share);
        let reader = reader.in_scope(context.scope).recorded_by(recorder.clone()).consistent(true, true);
        let mut reading = Reading::new(self, export, variables, reader);
        let priced = price::of(export, prices, variables);
        let run = async {
            let price = priced.map_err(refused)?;
            // The count is work already.
            if price.least() > u64::from(*cost_limit) {
                return Err(price.refusal_of_count(*cost_limit).into());
            }
            charge.spend(price.count).map_err(|status| rate_limited(status, points(price.count), None))?;
            charge.add(price.count);
            let counted = reading.count(specification.types()).await?;
            let rows = counted.map(|counted| export.first().map_or(counted, |first| first.min(counted)));
            // Between cursors there may be fewer: what is read counts.
            let (bounded, limit) = (export.has_cursors(), u64::from(*cost_limit));
            let most = price.of_rows(rows.unwrap_or(0));
            let requested = if bounded { most.min(limit) } else { most };
            if requested > limit {
                return Err(price.refusal(rows.unwrap_or(0), requested, *cost_limit).into());
            }
            if let Some(rows) = rows.filter(|_| !bounded) {
                check(rows).map_err(ExportError::File)?;
            }
            let cost = |actual: u64| price::extension(requested, actual, *cost_limit, rows);
            if dry_run {
                return Ok::<_, ExportError<E>>((
                    Exported {
                        rows: rows.unwrap_or(0),
                        cost: cost(0),
                        max_age: None,
                        caveats: Caveats::default(),
                    },
                    requested,
                    0,
                ));
            }
            charge.spend(requested).map_err(|status| rate_limited(status, points(requested), None))?;
            let (mut left, mut written, mut after) = (rows, 0, export.after().map(str::to_owned));
            loop {
                let at_most = left.unwrap_or(u64::MAX);
                if at_most == 0 {
                    break;
                }
                let page = reading.page((at_most, after.as_deref()), &mut charge, price.flat).await?;
                charge.add(price.per_row.saturating_mul(page.read as u64));
                if charge.so_far() > limit {
                    let price_of_all = most.max(charge.so_far());
                    return Err(price.refusal(rows.unwrap_or(written), price_of_all, *cost_limit).into());
                }
                written += page.rows.len() as u64;
                sink(&page.rows).map_err(ExportError::File)?;
                left = left.map(|left| left.saturating_sub(page.read as u64));
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
            let actual = charge.so_far();
            let max_age = reading.max_age.filter(|age| *age > 0 && context.scope.is_public());
            let caveats = reading.caveats();
            Ok((Exported { rows: written, cost: cost(actual), max_age, caveats }, requested, actual))
        };
        let outcome = run.await;
        progress.record.effort.add(reading.reader.effort());
        if outcome.is_ok() {
            charge.end();
        }
        if outcome.is_err() && reading.reader.must_restart() {
            charge.forgive();
            return Err(ExportError::Restart);
        }
        let (exported, requested, actual) = outcome?;
        progress.record.requested = Some(requested);
        progress.record.actual = Some(actual);
        Ok(exported)
    }

    /// How long an export may be executed.
    pub(in crate::http) fn export_time(&self) -> Duration {
        self.0.exports.bound.time()
    }

    /// Reports an export that was answered, with the codes of its errors and how often each occurs.
    pub(in crate::http) fn end_export(
        &self,
        admitted: AdmittedExport,
        context: &CallerContext,
        codes: BTreeMap<&str, u64>,
    ) {
        self.report_export(admitted.progress, admitted.began.elapsed(), context, codes);
    }

    fn report_export(
        &self,
        progress: Progress,
        duration: Duration,
        context: &CallerContext,
        codes: BTreeMap<&str, u64>,
    ) {
        let mut record = progress.record;
        record.errors = codes.into_iter().map(|(code, times)| (code.to_owned(), times)).collect();
        record.request_id.clone_from(&context.request_id);
        record.trace.clone_from(&context.trace);
        record.duration = duration;
        self.report(&record);
    }
}

/// The answer to a document that cannot be exported.
fn refused(error: impl Into<DocumentError>) -> Answer {
    Answer::rejected(errors::of_document(vec![error.into()]))
}

/// An answer with one error.
fn one(message: String, code: &str) -> Answer {
    let mut error = ServerError::new(message, None);
    errors::set_code(&mut error, code);
    Answer::rejected(vec![error])
}
