//! The one door: every document, by whatever way it came, is parsed, executed and dressed here.

use std::sync::Arc;

use async_graphql::{
    Data, Executor, Request, Response, ServerError, Value,
    futures_util::stream::{self, BoxStream, StreamExt},
    parser::parse_query,
};
use sea_orm::DatabaseConnection;

use crate::{
    access::Viewer,
    graph::{
        Error,
        load::{Graph, Planner, Residents},
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

struct House {
    schema: RegistrySchema,
    database: DatabaseConnection,
    bound: Bound,
    residents: Arc<Residents>,
    planner: Planner,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("planner", &self.0.planner).finish_non_exhaustive()
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
        Self(Arc::new(House { schema: schema::build(), database, bound, residents, planner }))
    }

    /// Answers one request, and says how many statements that took.
    pub async fn answer(&self, mut request: Request) -> (Response, Statements) {
        match parse_query(&request.query) {
            Ok(document) => request.set_parsed_query(document),
            Err(error) => {
                let mut error = ServerError::from(error);
                set_code(&mut error, "GRAPHQL_PARSE_FAILED");
                return (Response::from_errors(vec![error]), Statements(0));
            }
        }
        let House { schema, database, bound, residents, planner } = &*self.0;
        let reader = Arc::new(Reader::new(database.clone(), Viewer::Anonymous, *bound));
        let graph = Graph::new(Arc::clone(&reader), Arc::clone(residents), *planner);
        // tokio would make a wide answer yield in the middle, and split its batches.
        let mut response = tokio::task::unconstrained(schema.execute(request.data(graph))).await;
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
