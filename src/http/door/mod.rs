//! The one door: every document, by whatever way it came, is found, scanned, parsed, weighed, executed and dressed here.

mod answer;
mod ask;
mod dress;
mod dry;
mod fair;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use async_graphql::{
    Data, Executor, Name, Request, Response, ServerError, Value,
    futures_util::{
        FutureExt,
        stream::{self, BoxStream, StreamExt},
    },
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationType},
    },
};
use sea_orm::DatabaseConnection;

pub use answer::Answer;
pub use ask::{Ask, Parameters};
pub(super) use dress::panicked;
use dry::leave_out_everything;
use fair::Fairness;
pub use fair::{Caller, Rate, Standing};

use super::{
    documents::{Documents, Found, Missing, sha256},
    metrics::Metrics,
    trace::Trace,
};
use crate::{
    access::{CostLimits, Viewer},
    graph::{
        cost::{self, Cost, Prices, chosen, price},
        load::{Census, Graph, Planner, Residents},
        specification::Specification,
    },
    schema::{self, Introspection, RegistrySchema},
    store::{Bound, Effort, Reader},
};

/// The registry, ready to answer.
#[derive(Clone)]
pub struct Door(Arc<House>);

#[derive(Clone)]
struct House {
    schema: RegistrySchema,
    prices: Arc<Prices>,
    specification: Arc<Specification>,
    limits: CostLimits,
    documents: Arc<Documents>,
    fairness: Option<Arc<Fairness>>,
    metrics: Metrics,
    database: DatabaseConnection,
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
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    points: u32,
    bound: Bound,
}

/// A request that may be executed.
struct Admitted {
    request: Request,
    cost: Option<Cost>,
    keep_as: Option<String>,
    standing: Option<Standing>,
}

/// What the log and the figures of operation say of a request.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) operation: Option<String>,
    /// The document's SHA-256, or the id it goes by.
    pub(super) document: String,
    pub(super) requested: Option<u64>,
    pub(super) actual: Option<u64>,
    pub(super) effort: Effort,
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
            schema: schema::build(Introspection::On),
            prices: Arc::new(Prices::of(&schema::registry())),
            specification: Arc::new(Specification::of(schema::registry())),
            limits: CostLimits { anonymous: price::DEFAULT_LIMIT },
            documents: Arc::default(),
            fairness: None,
            metrics: Metrics::new(),
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
        Arc::make_mut(&mut self.0).limits = limits;
        self
    }

    /// The same door, where documents can be named.
    #[must_use]
    pub fn knowing(mut self, documents: Documents) -> Self {
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
        house.schema = schema::build(introspection);
        let specification = Specification::of(schema::registry());
        house.specification = Arc::new(match introspection {
            Introspection::On => specification,
            Introspection::Off => specification.untold(),
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
        Allowance { points: self.0.limits.of(viewer), bound: self.0.bound.shared() }
    }

    /// Answers one request.
    pub async fn answer(&self, ask: Ask, asker: &Asker) -> Answer {
        self.answer_within(ask, asker, &mut self.allowance(asker.viewer)).await
    }

    /// The same, of one of several requests that share an allowance.
    pub async fn answer_within(&self, ask: Ask, asker: &Asker, allowance: &mut Allowance) -> Answer {
        let began = Instant::now();
        let mut record = Record::default();
        // A resolver that panics takes its own request down, and no other.
        let answer = AssertUnwindSafe(self.pass(ask, asker, allowance, &mut record)).catch_unwind().await;
        let answer = answer.unwrap_or_else(|panic| Answer::refused(vec![panicked(&*panic)]));
        self.0.metrics.operation(&record, &answer, asker, began.elapsed());
        answer
    }

    async fn pass(&self, ask: Ask, asker: &Asker, allowance: &mut Allowance, record: &mut Record) -> Answer {
        let (only_cost, only_queries) = (ask.only_cost, ask.only_queries);
        let Admitted { request, cost, keep_as, mut standing } =
            match self.admit(ask, asker, allowance, record) {
                Ok(admitted) => admitted,
                Err(refused) => return refused,
            };
        let text = keep_as.map(|hash| (hash, request.query.clone()));
        let mut answer = self.execute(request, asker.viewer, allowance.bound, record).await;
        if answer.executed
            && let Some((hash, text)) = text
        {
            self.0.documents.keep(&hash, &text);
        }
        if let Some(cost) = cost {
            let actual = if only_cost { 0 } else { cost.actual(&answer.response.data) };
            record.actual = Some(actual);
            if let (Some(fairness), Some(caller)) = (&self.0.fairness, asker.caller) {
                let (requested, actual) = (points(cost.requested), points(actual));
                standing = Some(fairness.settle(caller, requested, actual, Instant::now()));
            }
            if only_queries && answer.max_age().is_some() {
                // A shared cache may keep it, and hand it to others.
                standing = None;
            }
            answer.response.extensions.insert("cost".to_owned(), shown(&cost, actual, standing));
        }
        answer.standing = standing;
        if only_cost { answer.without_data() } else { answer }
    }

    /// Finds, scans, parses and weighs; what is refused has its answer here.
    #[expect(clippy::result_large_err, reason = "a refusal is an answer like any other")]
    fn admit(
        &self,
        ask: Ask,
        asker: &Asker,
        allowance: &mut Allowance,
        record: &mut Record,
    ) -> Result<Admitted, Answer> {
        let Ask { mut request, document_sent, document_id, persisted, only_cost, only_queries } = ask;
        let House { prices, specification, documents, fairness, .. } = &*self.0;
        let sent = document_sent.then_some(request.query.as_str());
        let keep_as = match documents.find(sent, document_id.as_deref(), persisted.as_ref()) {
            Ok(Found::Sent { keep_as }) => keep_as,
            Ok(Found::Named(text)) => {
                (*text).clone_into(&mut request.query);
                None
            }
            Err(missing) => return Err(refused(missing)),
        };
        let refused = |refusal| Answer::refused(vec![dress::refusal(refusal)]);
        cost::scan(&request.query).map_err(refused)?;
        record.document = sha256(&request.query);
        let mut document = parse_query(&request.query).map_err(|error| {
            let mut error = ServerError::from(error);
            dress::set_code(&mut error, "GRAPHQL_PARSE_FAILED");
            Answer::refused(vec![error])
        })?;
        record.operation = operation_name(&document, request.operation_name.as_deref());
        if only_queries
            && chosen(&document, request.operation_name.as_deref())
                .is_some_and(|it| it.ty != OperationType::Query)
        {
            let mut error = ServerError::new("only queries may be sent by GET; post this", None);
            dress::set_code(&mut error, "METHOD_NOT_ALLOWED");
            return Err(Answer::refused(vec![error]));
        }
        let mut cost = prices.weigh(&document, &request, allowance.points).map_err(refused)?;
        if let Some(Cost { requested, refusal, .. }) = &mut cost {
            record.requested = Some(*requested);
            if let Some(refusal) = refusal.take() {
                return Err(priced(refused(refusal), cost.as_ref()));
            }
        }
        specification.hold(&mut document, &mut request).map_err(|mut errors| {
            dress::dress(&mut errors);
            priced(Answer::refused(errors), cost.as_ref())
        })?;
        let requested = cost.as_ref().map_or(0, |cost| points(cost.requested));
        allowance.points = allowance.points.saturating_sub(requested);
        let standing = match (fairness, asker.caller) {
            (Some(fairness), Some(caller)) if !only_cost => {
                let spent = fairness.spend(caller, requested, Instant::now());
                Some(spent.map_err(|standing| limited(standing, requested, cost.as_ref()))?)
            }
            _ => None,
        };
        if only_cost {
            leave_out_everything(&mut document);
        }
        request.set_parsed_query(document);
        Ok(Admitted { request, cost, keep_as, standing })
    }

    async fn execute(&self, request: Request, viewer: Viewer, bound: Bound, record: &mut Record) -> Answer {
        let House { schema, limits, database, residents, census, planner, .. } = &*self.0;
        let reader = Arc::new(Reader::new(database.clone(), viewer, bound));
        let graph = Graph::new(Arc::clone(&reader), Arc::clone(residents), *planner);
        let request = request.data(graph).data(*limits).data(Arc::clone(census));
        // tokio would make a wide answer yield in the middle, and split its batches.
        let mut response = tokio::task::unconstrained(schema.execute(request)).await;
        dress::dress(&mut response.errors);
        record.effort = reader.effort();
        Answer::executed(response, record.effort.statements.len())
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

/// Longer names are not worth a line in the log.
const MAX_NAME_BYTES: usize = 100;

/// The name of the operation that is meant, if the document has it.
fn operation_name(document: &ExecutableDocument, asked: Option<&str>) -> Option<String> {
    let mut named = document.operations.iter().filter_map(|(name, _)| name);
    let name = match asked {
        Some(asked) => named.find(|name| *name == asked),
        None => named.next().filter(|_| named.next().is_none()),
    };
    name.filter(|name| name.len() <= MAX_NAME_BYTES).map(Name::to_string)
}

fn refused(missing: Missing) -> Answer {
    let mut error = ServerError::new(missing.message(), None);
    dress::set_code(&mut error, missing.code());
    Answer::refused(vec![error])
}

fn limited(standing: Standing, requested: u32, cost: Option<&Cost>) -> Answer {
    let wait = standing.until(requested);
    let message = format!(
        "this request costs {requested}, and {} are left; try again in {} s",
        standing.left,
        wait.as_secs()
    );
    let mut error = ServerError::new(message, None);
    dress::set_code(&mut error, "RATE_LIMITED");
    let mut answer = Answer::refused(vec![error]);
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), shown(cost, 0, Some(standing)));
    }
    Answer { standing: Some(standing), retry_after: Some(wait), ..answer }
}

fn priced(mut answer: Answer, cost: Option<&Cost>) -> Answer {
    if let Some(cost) = cost {
        answer.response.extensions.insert("cost".to_owned(), shown(cost, 0, None));
    }
    answer
}

fn shown(cost: &Cost, actual: u64, standing: Option<Standing>) -> Value {
    let mut shown = cost.reported(actual);
    if let (Value::Object(shown), Some(standing)) = (&mut shown, standing) {
        shown.insert(Name::new("throttleStatus"), standing.shown());
    }
    shown
}

fn points(cost: u64) -> u32 {
    u32::try_from(cost).unwrap_or(u32::MAX)
}
