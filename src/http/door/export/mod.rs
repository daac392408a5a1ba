//! Exports: a document whose rows are all read, page by page in one snapshot. It passes the same admission as any request;
//! its price, its time, its rate limit and its connections to the database are those of exports.

mod pages;
mod price;
mod report;
mod run;

use std::{sync::Arc, time::Duration};

use async_graphql::{ServerError, Value, Variables};
use sea_orm::DatabaseConnection;

use self::report::Report;
use super::{
    Answer, BYTES_PARSED_FOR_A_POINT, CallerContext, Door, DoorState, GraphqlRequest, Progress, Rate,
    RateLimiter,
    admission::{Admitted, points, rate_limited},
    errors, permits,
};
use crate::{
    access::{ExportLimits, FairSemaphore},
    document::{
        DocumentError,
        export::{Column, Export, Short},
        named::LookupError,
        sha256,
    },
    graph::scheduling::blocking,
    http::{
        operation::OperationRecord,
        spool::{Caveats, DEFAULT_EXPORT_BYTES, ExportCapacity},
    },
    store::{TimeLimit, most_connections},
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
    /// The bytes of a caller's files, and how many exports it may have in progress, as the node limits them.
    bytes: u64,
    at_once: usize,
}

impl Exports {
    pub(super) fn new(database: DatabaseConnection, bound: TimeLimit) -> Self {
        let connection_permits = permits(most_connections(&database));
        Self {
            database,
            bound,
            connection_permits,
            cost_limit: DEFAULT_EXPORT_COST,
            rate_limiter: None,
            bytes: DEFAULT_EXPORT_BYTES / 2,
            at_once: ExportCapacity::default().per_caller,
        }
    }

    /// The limits that callers are told.
    pub(super) fn limits(&self) -> ExportLimits {
        let Self { bound, cost_limit, bytes, at_once, .. } = *self;
        ExportLimits { cost: cost_limit, time: bound.time(), bytes, at_once }
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
pub(in crate::http) struct AdmittedExport<'a> {
    export: Export,
    /// The text of its document.
    pub(in crate::http) query: String,
    pub(in crate::http) variables: Variables,
    /// What determines its rows: the document, the operation, the variables, the viewer and the scope.
    pub(in crate::http) identity: String,
    /// Its report, which is made when it ends.
    pub(in crate::http) report: Report<'a>,
}

/// What a document exports.
struct Read {
    export: Export,
    query: String,
    variables: Variables,
}

/// What was exported.
#[derive(Clone, Debug)]
pub(in crate::http) struct Exported {
    /// The number of rows of the file.
    pub(in crate::http) rows: u64,
    /// `extensions.cost` of the export.
    pub(in crate::http) cost: Value,
    requested: u64,
    actual: u64,
    /// For how many seconds the rows may be cached; none where they may not be.
    pub(in crate::http) max_age: Option<i32>,
    pub(in crate::http) caveats: Caveats,
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

impl AdmittedExport<'_> {
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
        let Exports { cost_limit, rate_limiter, bytes, at_once, .. } = exports.clone();
        *exports = Exports { cost_limit, rate_limiter, bytes, at_once, ..Exports::new(database, bound) };
        self
    }

    /// Sets what the node limits, which callers are told.
    pub(in crate::http) fn with_export_files(mut self, bytes: u64, at_once: usize) -> Self {
        let exports = &mut Arc::make_mut(&mut self.0).exports;
        (exports.bytes, exports.at_once) = (bytes, at_once);
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
    pub(in crate::http) async fn admit_export<'a>(
        &'a self,
        request: ExportRequest<'_>,
        expand: Option<&str>,
        context: &'a CallerContext,
    ) -> Result<AdmittedExport<'a>, Answer> {
        let mut report = Report::new(self, context);
        let read = self.read_export(request, expand, context, &mut report.progress).await;
        match read {
            Ok(Read { export, query, variables }) => {
                let identity = identity(&report.progress.record, expand, &variables, context);
                Ok(AdmittedExport { export, query, variables, identity, report })
            }
            Err(answer) => {
                report.end(answer.codes());
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
    ) -> Result<Read, Answer> {
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
        let mut allowance = super::Allowance { points: u32::MAX, ..self.allowance(&context.viewer) };
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
        Ok(Read { export, query, variables: retry.variables })
    }

    /// How long an export may be executed.
    pub(in crate::http) fn export_time(&self) -> Duration {
        self.0.exports.bound.time()
    }
}

/// What determines the rows of an export, as a hash.
fn identity(
    record: &OperationRecord,
    expand: Option<&str>,
    variables: &Variables,
    context: &CallerContext,
) -> String {
    let OperationRecord { document, name, .. } = record;
    let CallerContext { viewer, scope, .. } = context;
    let variables = serde_json::to_string(variables).unwrap_or_default();
    sha256(&format!("{document} {name:?} {expand:?} {viewer:?} {scope:?} {variables}"))
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

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use serde_json::json;

    use super::{CallerContext, OperationRecord, identity};
    use crate::access::ScopeShape;

    #[test]
    fn a_kept_file_is_for_the_same_document_variables_and_scope_only() {
        let record = |document: &str, name: Option<&str>| OperationRecord {
            document: document.to_owned(),
            name: name.map(str::to_owned),
            ..OperationRecord::default()
        };
        let [first, second] = [1, 2].map(|n| Variables::from_json(json!({ "n": n })));
        let scoped = |shape: ScopeShape| CallerContext { scope: shape.example(), ..CallerContext::default() };
        let [public, regional, _, _, ministry] = ScopeShape::ALL.map(scoped);
        let base = record("a", Some("A"));
        let identities = [
            identity(&base, None, &first, &public),
            identity(&record("b", Some("A")), None, &first, &public),
            identity(&record("a", None), None, &first, &public),
            identity(&base, Some("linkages"), &first, &public),
            identity(&base, None, &second, &public),
            identity(&base, None, &first, &regional),
            identity(&base, None, &first, &ministry),
        ];
        for (at, one) in identities.iter().enumerate() {
            assert!(!identities[..at].contains(one), "{at}");
        }
        let other = CallerContext { request_id: "another request".to_owned(), ..public };
        assert_eq!(identity(&base, None, &first, &other), identities[0]);
    }
}
