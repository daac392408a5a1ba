//! The one door: every document, by whatever way it came, is scanned, parsed, weighed, executed and dressed here.

use std::sync::Arc;

use async_graphql::{
    Data, Executor, Request, Response, ServerError, Value,
    futures_util::stream::{self, BoxStream, StreamExt},
    parser::{parse_query, types::ExecutableDocument},
};
use sea_orm::DatabaseConnection;

use super::dry::leave_out_everything;
use crate::{
    access::{CostLimits, Viewer},
    graph::{
        Error,
        cost::{self, Cost, Prices, Refusal, price},
        load::{Census, Graph, Planner, Residents},
    },
    schema::{self, RegistrySchema},
    store::{Bound, Reader, clock},
};

/// How many SQL statements an answer took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statements(pub usize);

/// The registry, ready to answer.
#[derive(Clone)]
pub struct Door(Arc<House>);

#[derive(Clone)]
struct House {
    schema: RegistrySchema,
    prices: Arc<Prices>,
    limits: CostLimits,
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

impl Door {
    #[must_use]
    pub fn new(
        database: DatabaseConnection,
        bound: Bound,
        residents: Arc<Residents>,
        planner: Planner,
    ) -> Self {
        let prices = Arc::new(Prices::of(&schema::registry()));
        let limits = CostLimits { anonymous: price::DEFAULT_LIMIT };
        let (schema, census) = (schema::build(), Arc::default());
        Self(Arc::new(House { schema, prices, limits, database, bound, residents, census, planner }))
    }

    /// The same door, with other limits of what a request may cost.
    #[must_use]
    pub fn limited_to(mut self, limits: CostLimits) -> Self {
        Arc::make_mut(&mut self.0).limits = limits;
        self
    }

    /// Answers one request, and says how many statements that took.
    pub async fn answer(&self, mut request: Request) -> (Response, Statements) {
        let viewer = Viewer::Anonymous;
        match self.admit(&request, viewer) {
            Ok((document, cost)) => {
                request.set_parsed_query(document);
                let (response, statements) = self.execute(request, viewer).await;
                (priced(response, cost.as_ref()), statements)
            }
            Err(refused) => (refused, Statements(0)),
        }
    }

    /// Says what a request costs, after all that would stand before its execution, and executes nothing.
    pub async fn estimate(&self, mut request: Request) -> Response {
        let viewer = Viewer::Anonymous;
        match self.admit(&request, viewer) {
            Ok((mut document, cost)) => {
                leave_out_everything(&mut document);
                request.set_parsed_query(document);
                let (mut response, _) = self.execute(request, viewer).await;
                response.data = Value::Null;
                priced(response, cost.as_ref())
            }
            Err(refused) => refused,
        }
    }

    /// Scans, parses and weighs; what is refused has its answer here.
    #[expect(clippy::result_large_err, reason = "a refusal is an answer like any other")]
    fn admit(
        &self,
        request: &Request,
        viewer: Viewer,
    ) -> Result<(ExecutableDocument, Option<Cost>), Response> {
        cost::scan(&request.query).map_err(refused)?;
        let document = parse_query(&request.query).map_err(|error| {
            let mut error = ServerError::from(error);
            set_code(&mut error, "GRAPHQL_PARSE_FAILED");
            Response::from_errors(vec![error])
        })?;
        let House { prices, limits, .. } = &*self.0;
        let cost = prices.weigh(&document, request, limits.of(viewer)).map_err(refused)?;
        match &cost {
            Some(Cost { refusal: Some(refusal), .. }) => Err(priced(refused(refusal.clone()), cost.as_ref())),
            _ => Ok((document, cost)),
        }
    }

    async fn execute(&self, request: Request, viewer: Viewer) -> (Response, Statements) {
        let House { schema, limits, database, bound, residents, census, planner, .. } = &*self.0;
        let reader = Arc::new(Reader::new(database.clone(), viewer, *bound));
        let graph = Graph::new(Arc::clone(&reader), Arc::clone(residents), *planner);
        let request = request.data(graph).data(*limits).data(Arc::clone(census));
        // tokio would make a wide answer yield in the middle, and split its batches.
        let mut response = tokio::task::unconstrained(schema.execute(request)).await;
        response.errors.iter_mut().for_each(dress);
        (response, Statements(reader.statements()))
    }
}

impl Executor for Door {
    async fn execute(&self, request: Request) -> Response {
        self.answer(request).await.0
    }

    fn execute_stream(&self, request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let door = self.clone();
        stream::once(async move { door.answer(request).await.0 }).boxed()
    }
}

fn refused(refusal: Refusal) -> Response {
    let mut error = ServerError::new(refusal.message, None);
    set_code(&mut error, refusal.code);
    for (name, value) in refusal.details {
        error.extensions.get_or_insert_default().set(name, value);
    }
    Response::from_errors(vec![error])
}

fn priced(mut response: Response, cost: Option<&Cost>) -> Response {
    if let Some(cost) = cost {
        let reported = cost.reported(&response.data);
        response.extensions.insert("cost".to_owned(), reported);
    }
    response
}

/// Gives an error its code, and hides what is nobody's business.
fn dress(error: &mut ServerError) {
    let Some(source) = error.source.take() else {
        // The library's own words: a document that does not fit the schema, or a value that does not fit its type.
        let code = if error.path.is_empty() { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" };
        return set_code(error, code);
    };
    let known = source.downcast_ref::<Error>();
    if let Some(known) = known.filter(|known| known.is_public()) {
        return set_code(error, known.code());
    }
    let id = clock::new_id().to_string();
    let cause = known.map_or_else(|| error.message.clone(), ToString::to_string);
    tracing::error!(error_id = id, path = ?error.path, cause, "a request failed");
    "internal error".clone_into(&mut error.message);
    set_code(error, "INTERNAL");
    error.extensions.get_or_insert_default().set("errorId", Value::String(id));
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_default().set("code", code);
}
