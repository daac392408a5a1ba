//! The door: the single entry point of GraphQL requests, for every transport.
//!
//! It finds, parses, prices, validates, executes and charges a request, and reports the operation.

mod access;
mod admission;
mod answer;
mod bill;
mod errors;
mod execution;
mod export;
mod parameters;
mod rate_limit;
mod repeated;
mod request;
mod sequence;

use std::{
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use async_graphql::{
    Data, Executor, Request, Response,
    futures_util::stream::{self, BoxStream, StreamExt},
};
use sea_orm::DatabaseConnection;

use admission::{points, rate_limited, rejection};
pub use answer::{Answer, AnswerError};
pub(super) use errors::{panicked, shorten};
pub use export::DEFAULT_EXPORT_COST;
use export::Exports;
pub(super) use export::{AdmittedExport, ExportError, ExportRequest, Exported};
pub use parameters::{ParameterError, Parameters};
pub(super) use parameters::{is_object, persisted_query, variables};
use rate_limit::RateLimiter;
pub use rate_limit::{Rate, RateLimitStatus};
pub use request::{CallerContext, GraphqlRequest};
use sequence::NewestSequence;

#[cfg(feature = "otel")]
use super::telemetry;
use super::{log, metrics::Metrics, operation::OperationRecord};
use crate::{
    access::{Caller, CostLimits, FairSemaphore, Viewer},
    document::{
        DocumentCache, RequestKey,
        cost::{Prices, price},
        named::NamedDocuments,
        specification::Specification,
    },
    graph::{
        load::{Planner, RecordCounts, ReferenceData},
        scheduling::{AnswerLimit, DEFAULT_ANSWER_BYTES},
    },
    registry::about,
    schema::{self, Introspection, RegistrySchema, Validation},
    store::{AccessLog, Credentials, Reader, Recorder, TimeLimit, Timer, Writer, most_connections},
};

/// How many bytes of a document are parsed for a point.
const BYTES_PARSED_FOR_A_POINT: u64 = 100;

/// The points of a credential that is not valid.
const INVALID_CREDENTIAL: u32 = 1_000;

/// The door of a registry.
#[derive(Clone)]
pub struct Door(Arc<DoorState>);

/// The schema, the limits and the caches that all requests share.
#[derive(Clone)]
struct DoorState {
    schema: RegistrySchema,
    /// The same schema for valid documents, which are not validated again.
    schema_for_valid: RegistrySchema,
    prices: Arc<Prices>,
    specification: Arc<Specification>,
    cost_limits: CostLimits,
    answer_limit: AnswerLimit,
    documents: Arc<NamedDocuments>,
    cache: Arc<DocumentCache>,
    rate_limiter: Option<Arc<RateLimiter>>,
    metrics: Metrics,
    database: DatabaseConnection,
    /// Permits for connections to the database.
    connection_permits: Arc<FairSemaphore>,
    /// Permits to parse and validate documents, as many as there are threads.
    parse_permits: Arc<FairSemaphore>,
    bound: TimeLimit,
    reference_data: Arc<ReferenceData>,
    record_counts: Arc<RecordCounts>,
    planner: Planner,
    exports: Exports,
    sequence: Arc<NewestSequence>,
    /// None where the registry can only be read.
    writer: Option<Writer>,
    /// The credentials by which the node knows callers.
    credentials: Option<Credentials>,
    /// Where questions about personal data are recorded; without it they are refused.
    access_log: Option<AccessLog>,
    /// Where the statements of requests are recorded, if they are.
    recorder: Option<Arc<Recorder>>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let DoorState { cost_limits, planner, .. } = &*self.0;
        f.debug_struct("Door")
            .field("cost_limits", cost_limits)
            .field("planner", planner)
            .finish_non_exhaustive()
    }
}

/// What the requests of one batch may use together.
#[derive(Clone, Debug)]
pub struct Allowance {
    points: u32,
    bytes: u64,
    timer: Timer,
}

/// What is known of a request so far.
#[derive(Debug, Default)]
struct Progress {
    record: OperationRecord,
    /// The key of the request, if its document was not cached.
    uncached: Option<RequestKey>,
}

impl Door {
    #[must_use]
    pub fn new(
        database: DatabaseConnection,
        bound: TimeLimit,
        reference_data: Arc<ReferenceData>,
        planner: Planner,
    ) -> Self {
        Self(Arc::new(DoorState {
            schema: schema::build(Introspection::On, Validation::Whole),
            schema_for_valid: schema::build(Introspection::On, Validation::Done),
            cache: Arc::default(),
            prices: Arc::new(Prices::of(&schema::registry())),
            specification: Arc::new(Specification::of(schema::registry())),
            cost_limits: CostLimits { anonymous: price::DEFAULT_LIMIT },
            answer_limit: AnswerLimit(DEFAULT_ANSWER_BYTES),
            documents: Arc::default(),
            rate_limiter: None,
            metrics: Metrics::new(),
            connection_permits: permits(most_connections(&database)),
            exports: Exports::new(database.clone(), bound),
            // At least two, so that one caller's document does not block those of all others.
            parse_permits: permits(available_parallelism().map_or(2, |threads| threads.get().max(2))),
            database,
            bound,
            reference_data,
            record_counts: Arc::default(),
            planner,
            sequence: Arc::default(),
            writer: None,
            credentials: None,
            access_log: None,
            recorder: None,
        }))
    }

    /// Sets how much a request may cost.
    #[must_use]
    pub fn with_cost_limits(mut self, limits: CostLimits) -> Self {
        let state = Arc::make_mut(&mut self.0);
        state.cost_limits = limits;
        state.cache = Arc::default();
        self
    }

    /// Sets how many bytes an answer may have.
    #[must_use]
    pub fn with_answer_limit(mut self, limit: AnswerLimit) -> Self {
        Arc::make_mut(&mut self.0).answer_limit = limit;
        self
    }

    /// Whether only documents are executed that the node knows.
    pub(in crate::http) fn refuses_untrusted_documents(&self) -> bool {
        self.0.documents.refuses_untrusted()
    }

    /// Sets the documents that requests may name.
    #[must_use]
    pub fn with_documents(mut self, documents: NamedDocuments) -> Self {
        Arc::make_mut(&mut self.0).documents = Arc::new(documents);
        self
    }

    /// Records the statements of a request, for a door that answers only one.
    #[must_use]
    pub fn with_recorder(mut self, recorder: Arc<Recorder>) -> Self {
        Arc::make_mut(&mut self.0).recorder = Some(recorder);
        self
    }

    /// Sets the connections by which verbs write.
    #[must_use]
    pub fn with_writer(mut self, writer: Option<Writer>) -> Self {
        Arc::make_mut(&mut self.0).writer = writer;
        self
    }

    /// Sets the credentials by which the node knows callers: verbs that revoke some act on them at once.
    #[must_use]
    pub fn with_credentials(mut self, credentials: Credentials) -> Self {
        Arc::make_mut(&mut self.0).credentials = Some(credentials);
        self
    }

    /// The connections by which verbs write.
    pub(in crate::http) fn writer(&self) -> Option<&Writer> {
        self.0.writer.as_ref()
    }

    /// Limits the points that a caller may spend over time.
    #[must_use]
    pub fn with_rate_limit(mut self, rate: Rate) -> Self {
        Arc::make_mut(&mut self.0).rate_limiter = Some(Arc::new(RateLimiter::new(rate)));
        self
    }

    /// Switches introspection on or off.
    #[must_use]
    pub fn with_introspection(mut self, introspection: Introspection) -> Self {
        let state = Arc::make_mut(&mut self.0);
        state.schema = schema::build(introspection, Validation::Whole);
        state.schema_for_valid = schema::build(introspection, Validation::Done);
        state.cache = Arc::default();
        let specification = Specification::of(schema::registry());
        state.specification = Arc::new(match introspection {
            Introspection::On => specification,
            Introspection::Off => specification.without_introspection(),
        });
        self
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(super) fn database(&self) -> &DatabaseConnection {
        &self.0.database
    }

    /// The allowance of a request, or of a batch of them, from now on.
    #[must_use]
    pub fn allowance(&self, viewer: &Viewer) -> Allowance {
        let DoorState { cost_limits, answer_limit, bound, .. } = &*self.0;
        Allowance { points: cost_limits.of(viewer), bytes: answer_limit.0.into(), timer: bound.priced() }
    }

    /// Answers a request.
    pub async fn answer(&self, request: GraphqlRequest, context: &CallerContext) -> Answer {
        self.answer_within(request, context, &mut self.allowance(&context.viewer)).await
    }

    /// Answers one request of a batch, which shares an allowance.
    pub async fn answer_within(
        &self,
        request: GraphqlRequest,
        context: &CallerContext,
        allowance: &mut Allowance,
    ) -> Answer {
        let began = Instant::now();
        let mut progress = Progress::default();
        let parsing = points(request.document_bytes() / BYTES_PARSED_FOR_A_POINT);
        let answer = if let Some(status) = self.exhausted(context) {
            rate_limited(status, 1, None)
        } else {
            let processed = Box::pin(self.process(request, context, allowance, &mut progress));
            execution::catch_panic(processed).await
        };
        if !answer.executed && answer.rejection_code() != Some("RATE_LIMITED") {
            self.charge(context, parsing);
        }
        let Progress { mut record, uncached } = progress;
        if let Some(key) = uncached.filter(|_| !answer.executed)
            && let Some(rejected) = rejection(&answer, &record)
        {
            self.0.cache.insert_rejected(key, rejected);
        }
        record.errors = answer.codes().into_iter().map(|(code, times)| (code.to_owned(), times)).collect();
        record.request_id.clone_from(&context.request_id);
        record.trace.clone_from(&context.trace);
        record.duration = began.elapsed();
        self.report(&record);
        answer
    }

    fn report(&self, record: &OperationRecord) {
        self.0.metrics.operation(record);
        log::operation(record);
        #[cfg(feature = "otel")]
        telemetry::operation(record);
    }

    /// The status of a caller without points, whose requests are not even parsed.
    fn exhausted(&self, context: &CallerContext) -> Option<RateLimitStatus> {
        let status = self.0.rate_limiter.as_ref()?.status(context.caller?, Instant::now());
        Some(status).filter(|status| status.available == 0)
    }

    /// Charges the points for parsing a document that was not executed.
    fn charge(&self, context: &CallerContext, points: u32) {
        if let (Some(limiter), Some(caller)) = (&self.0.rate_limiter, context.caller) {
            limiter.settle(caller, 0, points, Instant::now());
        }
    }

    /// Charges points to the sender of an invalid credential, and returns its status if none are left.
    pub(super) fn charge_sender(&self, sender: Option<Caller>) -> Option<RateLimitStatus> {
        let (limiter, sender) = (self.0.rate_limiter.as_ref()?, sender?);
        let status = limiter.settle(sender, 0, INVALID_CREDENTIAL, Instant::now());
        Some(status).filter(|status| status.available == 0)
    }

    /// Counts the records of the registry before the first request, which takes longer than a request may.
    pub async fn count_registry(&self) {
        let DoorState { database, bound, record_counts, .. } = &*self.0;
        // An attempt that times out is continued by the next.
        for _ in 0..8 {
            let reader = Reader::new(database, Viewer::default(), *bound);
            match about::count(record_counts, &reader).await {
                Ok(()) => break,
                Err(error) => tracing::debug!(%error, "the registry could not be counted"),
            }
        }
    }

    /// Sets the metric of how long the node took to load reference data.
    pub fn loaded(&self, took: Duration) {
        self.0.metrics.loaded(took);
    }
}

impl Executor for Door {
    async fn execute(&self, request: Request) -> Response {
        self.answer(request.into(), &CallerContext::default()).await.response
    }

    fn execute_stream(&self, request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let door = self.clone();
        stream::once(async move { Executor::execute(&door, request).await }).boxed()
    }
}

/// This many permits, of which one caller never holds the last quarter.
fn permits(all: usize) -> Arc<FairSemaphore> {
    FairSemaphore::new(all, all.div_ceil(4), usize::MAX)
}
