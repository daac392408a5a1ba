//! The one door: every document, by whatever way it came, is found, scanned, parsed, weighed, executed and dressed here.

mod admit;
mod answer;
mod ask;
mod bill;
mod dress;
mod fair;
mod parameters;

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use async_graphql::{
    Data, Executor, Request, Response,
    futures_util::{
        FutureExt,
        stream::{self, BoxStream, StreamExt},
    },
};
use sea_orm::DatabaseConnection;

use admit::{Admitted, limited, points, rejected, shown};
pub use answer::Answer;
pub use ask::Ask;
use bill::Outcome;
pub(super) use dress::{panicked, shorten};
use fair::Fairness;
pub use fair::{Rate, Standing};
pub use parameters::Parameters;
pub(super) use parameters::{Unreadable, is_object, persisted, variables};

use super::{metrics::Metrics, trace::Trace};
use crate::{
    access::{Caller, CostLimits, Permit, Shares, Viewer},
    document::{
        DocumentCache, ParsedDocument, RequestKey,
        cost::{Prices, price},
        named::{NamedDocuments, Origin},
        specification::Specification,
    },
    graph::{
        lean::Forms,
        load::{Census, Graph, Planner, Residents},
        pace::{AnswerLimit, DEFAULT_ANSWER_BYTES, Pace},
        size,
    },
    registry::about,
    schema::{self, Introspection, RegistrySchema, Validation},
    store::{Bound, Effort, Reader, Timer, most_connections},
};

/// Bytes of a document that are read for a point, where it is not executed.
const READ_FOR_A_POINT: u64 = 100;

/// The registry, ready to answer.
#[derive(Clone)]
pub struct Door(Arc<House>);

#[derive(Clone)]
struct House {
    schema: RegistrySchema,
    /// The same, for documents that need no second look.
    trusting: RegistrySchema,
    prices: Arc<Prices>,
    specification: Arc<Specification>,
    limits: CostLimits,
    answers: AnswerLimit,
    documents: Arc<NamedDocuments>,
    cache: Arc<DocumentCache>,
    fairness: Option<Arc<Fairness>>,
    metrics: Metrics,
    database: DatabaseConnection,
    /// The database's connections, shared among callers.
    connections: Arc<Shares>,
    /// Documents that are read at once: the threads, shared among callers.
    readings: Arc<Shares>,
    bound: Bound,
    residents: Arc<Residents>,
    census: Arc<Census>,
    planner: Planner,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let House { limits, planner, .. } = &*self.0;
        f.debug_struct("Door").field("limits", limits).field("planner", planner).finish_non_exhaustive()
    }
}

/// Who asks, and how.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    pub viewer: Viewer,
    /// Whose bucket pays; nobody's where this is not known.
    pub caller: Option<Caller>,
    pub request_id: String,
    pub trace: Trace,
}

/// What requests that came together may take together.
#[derive(Clone, Debug)]
pub struct Allowance {
    points: u32,
    bytes: u64,
    timer: Timer,
}

/// What the log, the metrics and the spans say of a request.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) operation: Option<String>,
    pub(super) origin: Origin,
    /// The document's SHA-256; empty while none was found.
    pub(super) document: String,
    pub(super) requested: Option<u64>,
    pub(super) actual: Option<u64>,
    pub(super) effort: Effort,
    /// The key of the request, where its document was not cached.
    uncached: Option<RequestKey>,
}

impl Door {
    #[must_use]
    pub fn new(
        database: DatabaseConnection,
        bound: Bound,
        residents: Arc<Residents>,
        planner: Planner,
    ) -> Self {
        Self(Arc::new(House {
            schema: schema::build(Introspection::On, Validation::Whole),
            trusting: schema::build(Introspection::On, Validation::Done),
            cache: Arc::default(),
            prices: Arc::new(Prices::of(&schema::registry())),
            specification: Arc::new(Specification::of(schema::registry())),
            limits: CostLimits { anonymous: price::DEFAULT_LIMIT },
            answers: AnswerLimit(DEFAULT_ANSWER_BYTES),
            documents: Arc::default(),
            fairness: None,
            metrics: Metrics::new(),
            connections: shared(most_connections(&database)),
            // Two at least, so that nobody waits while one other caller has a document read.
            readings: shared(available_parallelism().map_or(2, |threads| threads.get().max(2))),
            database,
            bound,
            residents,
            census: Arc::default(),
            planner,
        }))
    }

    /// The same door, with other limits of what a request may cost.
    #[must_use]
    pub fn limited_to(mut self, limits: CostLimits) -> Self {
        let house = Arc::make_mut(&mut self.0);
        house.limits = limits;
        house.cache = Arc::default();
        self
    }

    /// The same door, whose answers may have so many bytes.
    #[must_use]
    pub fn answering(mut self, limit: AnswerLimit) -> Self {
        Arc::make_mut(&mut self.0).answers = limit;
        self
    }

    /// The same door, where documents can be named.
    #[must_use]
    pub fn knowing(mut self, documents: NamedDocuments) -> Self {
        Arc::make_mut(&mut self.0).documents = Arc::new(documents);
        self
    }

    /// The same door, where no caller may ask for more than this in a while.
    #[must_use]
    pub fn fair(mut self, rate: Rate) -> Self {
        Arc::make_mut(&mut self.0).fairness = Some(Arc::new(Fairness::new(rate)));
        self
    }

    /// The same door, which tells of its schema or does not.
    #[must_use]
    pub fn introspected(mut self, introspection: Introspection) -> Self {
        let house = Arc::make_mut(&mut self.0);
        house.schema = schema::build(introspection, Validation::Whole);
        house.trusting = schema::build(introspection, Validation::Done);
        house.cache = Arc::default();
        let specification = Specification::of(schema::registry());
        house.specification = Arc::new(match introspection {
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

    /// What a request, or a batch of them, may take from now on.
    #[must_use]
    pub fn allowance(&self, viewer: Viewer) -> Allowance {
        let House { limits, answers, bound, .. } = &*self.0;
        Allowance { points: limits.of(viewer), bytes: answers.0.into(), timer: bound.priced() }
    }

    /// Answers one request.
    pub async fn answer(&self, ask: Ask, asker: &Asker) -> Answer {
        self.answer_within(ask, asker, &mut self.allowance(asker.viewer)).await
    }

    /// The same, of one of several requests that share an allowance.
    pub async fn answer_within(&self, ask: Ask, asker: &Asker, allowance: &mut Allowance) -> Answer {
        let began = Instant::now();
        let mut record = Record::default();
        let reading = points(ask.letters() / READ_FOR_A_POINT);
        let answer = match self.broke(asker) {
            Some(standing) => limited(standing, 1, None),
            None => unharmed(Box::pin(self.pass(ask, asker, allowance, &mut record))).await,
        };
        if !answer.executed && answer.refusal_code() != Some("RATE_LIMITED") {
            self.charge(asker, reading);
        }
        if let Some(key) = record.uncached.filter(|_| !answer.executed)
            && let Some(rejected) = rejected(&answer, &record)
        {
            self.0.cache.insert_rejected(key, rejected);
        }
        self.0.metrics.operation(&record, &answer, asker, began.elapsed());
        answer
    }

    /// How a caller stands who has no point left: nothing is read for them.
    fn broke(&self, asker: &Asker) -> Option<Standing> {
        let standing = self.0.fairness.as_ref()?.standing(asker.caller?, Instant::now());
        Some(standing).filter(|standing| standing.left == 0)
    }

    /// Charges what was neither priced nor executed.
    fn charge(&self, asker: &Asker, points: u32) {
        if let (Some(fairness), Some(caller)) = (&self.0.fairness, asker.caller) {
            fairness.settle(caller, 0, points, Instant::now());
        }
    }

    /// Counts the records of the registry before anybody asks, which takes longer than a request of that price may.
    pub async fn count_registry(&self) {
        let House { database, bound, census, .. } = &*self.0;
        // What there is no time for at first, the next attempt goes on with.
        for _ in 0..8 {
            let reader = Reader::new(database, Viewer::default(), *bound);
            match about::count(census, &reader).await {
                Ok(()) => break,
                Err(error) => tracing::debug!(%error, "the registry is not counted yet"),
            }
        }
    }

    /// Notes how long the node took to load what it keeps in memory.
    pub fn loaded(&self, took: Duration) {
        self.0.metrics.loaded(took);
    }

    async fn pass(&self, ask: Ask, asker: &Asker, allowance: &mut Allowance, record: &mut Record) -> Answer {
        let (only_cost, only_queries) = (ask.only_cost, ask.only_queries);
        let admitted = match self.admit(ask, asker, allowance, record).await {
            Ok(admitted) => admitted,
            Err(refused) => return refused,
        };
        let Admitted { request, document, reading, cost, register_as, bill } = admitted;
        let text = register_as.map(|hash| (hash, request.query.clone()));
        let (mut answer, outcome) =
            self.execute(request, (&document, reading), asker, allowance, record).await;
        if answer.executed
            && let Some((hash, text)) = text
        {
            self.0.documents.register(&hash, &text);
        }
        let actual = match &cost {
            Some(cost) if answer.executed && !only_cost => {
                bill.actual(cost, &answer.response.data, &outcome, answer.statements > 0)
            }
            _ => 0,
        };
        let mut standing = bill.settle(actual, answer.executed);
        if let Some(cost) = cost {
            record.actual = Some(actual);
            if only_queries && answer.max_age().is_some() {
                // A shared cache may keep it, and hand it to others.
                standing = None;
            }
            answer.response.extensions.insert("cost".to_owned(), shown(&cost, actual, standing));
        }
        answer.standing = standing;
        if only_cost { answer.without_data() } else { answer }
    }

    async fn execute(
        &self,
        request: Request,
        (document, reading): (&Arc<ParsedDocument>, Option<Permit>),
        asker: &Asker,
        allowance: &mut Allowance,
        record: &mut Record,
    ) -> (Answer, Outcome) {
        let House { schema, trusting, cache, database, connections, residents, planner, .. } = &*self.0;
        let share = Some((Arc::clone(connections), asker.caller));
        let timer = allowance.timer.clone();
        let reader = Arc::new(Reader::sharing(database, asker.viewer, timer, share));
        let outline = Arc::clone(&document.outline);
        let pace = Arc::new(Pace::within(allowance.bytes));
        let forms = Arc::new(Forms::at(Arc::clone(&pace)));
        let graph = Graph::new(Arc::clone(&reader), Arc::clone(residents), *planner, outline);
        let request = request.data(graph.at(Arc::clone(&pace))).data(Arc::clone(&forms));
        let request = request.data(self.0.limits).data(self.0.answers).data(Arc::clone(&self.0.census));
        let schema = if document.is_valid() { trusting } else { schema };
        let executed = pace.run(schema.execute(request), reading).await;
        record.effort = reader.effort();
        let statements = record.effort.statements.len();
        let mut bytes = 0;
        let widest = match &executed {
            Ok(response) => {
                bytes = size::of(&response.data);
                let fits = bytes <= allowance.bytes;
                allowance.bytes = allowance.bytes.saturating_sub(bytes);
                (!fits).then(|| size::widest(&response.data))
            }
            Err(_) => Some(forms.widest()),
        };
        let (mut answer, outcome) = match (executed, widest) {
            (Ok(mut response), None) => {
                let outcome = Outcome::of(&response.errors);
                dress::dress(&mut response.errors);
                (Answer { bytes, ..Answer::executed(response, statements) }, outcome)
            }
            (_, widest) => {
                let error = dress::too_large(self.0.answers.0, widest.unwrap_or_default());
                (Answer::too_large(error, statements), Outcome::given_up())
            }
        };
        answer.longest_turn = pace.longest_turn();
        if answer.executed {
            cache.insert(document);
        }
        (answer, outcome)
    }
}

impl Executor for Door {
    async fn execute(&self, request: Request) -> Response {
        self.answer(request.into(), &Asker::default()).await.response
    }

    fn execute_stream(&self, request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let door = self.clone();
        stream::once(async move { Executor::execute(&door, request).await }).boxed()
    }
}

/// Permits for all of something, of which the last quarter is never one caller's.
fn shared(all: usize) -> Arc<Shares> {
    Shares::new(all, all.div_ceil(4), usize::MAX)
}

/// What `answer` comes to; one whose resolver panics takes itself down, and no other.
async fn unharmed(answer: impl Future<Output = Answer>) -> Answer {
    let answer = AssertUnwindSafe(answer).catch_unwind().await;
    answer.unwrap_or_else(|panic| Answer::refused(vec![panicked(&*panic)]))
}

#[cfg(test)]
mod tests {
    use super::unharmed;

    #[tokio::test]
    async fn a_panic_is_a_masked_error_with_an_id() {
        let answer = unharmed(async { panic!("the password is {}", "secret") }).await;
        let told = serde_json::to_value(&answer).unwrap();
        assert_eq!(answer.refusal_code(), Some("INTERNAL"));
        assert_eq!(told["errors"][0]["message"], "internal error");
        assert_eq!(told["errors"][0]["extensions"]["errorId"].as_str().map(str::len), Some(36));
        assert!(!told.to_string().contains("secret"), "{told}");
    }
}
