//! Test support: a registry on each engine for each test, requested through the HTTP routes.

pub(crate) mod cluster;
pub(crate) mod database;
mod duplicate_fields;
pub(crate) mod relations;
mod reply;
pub(crate) mod tokens;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
    response::Response,
};
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use simpul::{
    access::CostLimits,
    document::named::NamedDocuments,
    graph::load::{Planner, ReferenceData},
    http::{Authority, Door, Node, Origins, Rate, Settings, Statements, TrustedIssuer, router},
    pages,
    registry::reference,
    schema::Introspection,
    store::{AccessLog, Credentials, Engine, TimeLimit, Writer},
};
use tower::ServiceExt;

pub(crate) use duplicate_fields::twice;
pub(crate) use reply::Reply;

/// The lists that only administrators read.
pub(crate) const OF_ADMINISTRATORS: [&str; 2] = ["apiKeys", "accessGrants"];

/// A registry with the demonstration's data, and the routes of a node before it.
pub(crate) struct Registry {
    pub(crate) engine: Engine,
    pub(crate) database: DatabaseConnection,
    bound: TimeLimit,
    reference_data: Arc<ReferenceData>,
    door: Door,
    settings: Settings,
    node: Node,
    router: Router,
}

/// The response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    pub(crate) statements: usize,
}

/// Runs a test on each engine, with a fresh registry on each.
pub(crate) async fn each_engine(test: impl AsyncFn(&Registry)) {
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let fresh = database::fresh(engine).await;
        let registry = Registry::over(engine, fresh.connection.clone(), database::TIME).await;
        test(&registry).await;
        fresh.discard().await;
    }
}

/// Whether documents are planned in this run; the whole suite runs both ways.
pub(crate) fn planner() -> Planner {
    match std::env::var("SIMPUL_TEST_PLANNER").as_deref() {
        Err(_) | Ok("on") => Planner::On,
        Ok("off") => Planner::Off,
        Ok(other) => panic!("SIMPUL_TEST_PLANNER is on or off, not {other}"),
    }
}

/// In small hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// A document of fragments that each spread the next one twice, and begin with this.
pub(crate) fn doubled(levels: usize, begin: &str) -> String {
    let fragment = |at| format!("fragment F{at} on Query{{...F{next} ...F{next}}}", next = at + 1);
    let fragments = (0..levels).map(fragment).collect::<Vec<_>>().concat();
    format!("{begin}{fragments}fragment F{levels} on Query{{__typename}}")
}

/// A posted document.
pub(crate) fn posting(query: &str) -> Request<Body> {
    let body = json!({ "query": query }).to_string();
    Request::post("/graphql").header(header::CONTENT_TYPE, "application/json").body(body.into()).unwrap()
}

impl Registry {
    /// A registry whose requests have this time.
    pub(crate) async fn over(engine: Engine, database: DatabaseConnection, time: Duration) -> Self {
        let loaded_from = database.clone();
        Self::hurried(engine, database, &loaded_from, time).await
    }

    /// The same, with reference data from a connection whose statements have time enough to load it.
    pub(crate) async fn hurried(
        engine: Engine,
        database: DatabaseConnection,
        loaded_from: &DatabaseConnection,
        time: Duration,
    ) -> Self {
        let reference_data = Arc::new(ReferenceData::default());
        reference::load(loaded_from, &reference_data).await.unwrap();
        let bound = TimeLimit::over(&database, time).await.unwrap();
        Self::with(engine, database, bound, reference_data, planner())
    }

    fn with(
        engine: Engine,
        database: DatabaseConnection,
        bound: TimeLimit,
        reference_data: Arc<ReferenceData>,
        planner: Planner,
    ) -> Self {
        let door = Door::new(database.clone(), bound, Arc::clone(&reference_data), planner);
        let settings = Settings::default();
        let node = Node::new(door.clone(), settings.clone());
        Self {
            engine,
            database,
            bound,
            reference_data,
            door,
            settings,
            router: router(node.clone(), Some(pages::pages())),
            node,
        }
    }

    /// The same registry behind a door with this planner.
    pub(crate) fn planned(&self, planner: Planner) -> Self {
        Self::with(self.engine, self.database.clone(), self.bound, Arc::clone(&self.reference_data), planner)
    }

    /// The same registry as it is right after the start, with no reference data in memory yet.
    pub(crate) fn just_started(&self) -> Self {
        Self::with(self.engine, self.database.clone(), self.bound, Arc::default(), planner())
    }

    fn behind_door(&self, door: Door, settings: Settings) -> Self {
        let node = Node::new(door.clone(), settings.clone());
        let (database, reference_data) = (self.database.clone(), Arc::clone(&self.reference_data));
        Self {
            database,
            reference_data,
            door,
            settings,
            router: router(node.clone(), Some(pages::pages())),
            node,
            ..*self
        }
    }

    pub(crate) fn door(&self) -> &Door {
        &self.door
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// The same registry behind a door that lets a request cost so many points.
    pub(crate) fn limited_to(&self, anonymous: u32) -> Self {
        self.behind_door(self.door.clone().with_cost_limits(CostLimits { anonymous }), self.settings.clone())
    }

    /// The same registry behind a door where callers have so many points, and get so many back every second.
    pub(crate) fn rated(&self, restored: u32, most: u32) -> Self {
        self.behind_door(
            self.door.clone().with_rate_limit(Rate { restored, burst: most }),
            self.settings.clone(),
        )
    }

    /// The same registry behind a door where an export may cost so many points, which callers get back so fast.
    pub(crate) fn exporting_within(&self, limit: u32, restored: Option<u32>) -> Self {
        self.behind_door(self.door.clone().with_export_cost(limit, restored), self.settings.clone())
    }

    /// The same registry with so many bytes for the files of exports.
    pub(crate) fn with_export_bytes(&self, bytes: u64) -> Self {
        let mut settings = self.settings.clone();
        settings.exports.bytes = bytes;
        self.behind_door(self.door.clone(), settings)
    }

    /// The same registry where an export has this time.
    pub(crate) async fn exporting_for(&self, time: Duration) -> Self {
        let bound = TimeLimit::over(&self.database, time).await.unwrap();
        let door = self.door.clone().with_export_database(self.database.clone(), bound);
        self.behind_door(door, self.settings.clone())
    }

    /// The same registry behind a door that does not tell of its schema.
    pub(crate) fn closed(&self) -> Self {
        self.behind_door(self.door.clone().with_introspection(Introspection::Off), self.settings.clone())
    }

    /// The same registry behind a door that knows these documents.
    pub(crate) fn knowing(&self, documents: NamedDocuments) -> Self {
        self.behind_door(self.door.clone().with_documents(documents), self.settings.clone())
    }

    /// The same registry, whose answers pages of this origin may read.
    pub(crate) fn open_to(&self, origin: &str) -> Self {
        let settings =
            Settings { origins: Origins::parse(&[origin.to_owned()]).unwrap(), ..self.settings.clone() };
        self.behind_door(self.door.clone(), settings)
    }

    /// The same registry behind a node that trusts these keys and grants, and the tokens of these issuers.
    pub(crate) fn trusting(&self, credentials: &Credentials, issuers: &[TrustedIssuer]) -> Self {
        let authority = Authority::new(credentials.clone()).trusting(issuers).unwrap();
        let served = self.behind_door(self.door.clone(), self.settings.clone());
        let node = Node::new(served.door.clone(), served.settings.clone()).with_authority(authority);
        Self { router: router(node.clone(), Some(pages::pages())), node, ..served }
    }

    /// The same registry behind a door for verbs.
    pub(crate) fn writing(&self, writer: Option<Writer>) -> Self {
        self.behind_door(self.door.clone().with_writer(writer), self.settings.clone())
    }

    /// The same registry, which records questions about personal data.
    pub(crate) fn recording(&self) -> Self {
        let log = AccessLog::new(self.database.clone());
        self.behind_door(self.door.clone().with_access_log(log), self.settings.clone())
    }

    /// The same registry behind a node that serves no pages.
    pub(crate) fn without_pages(&self) -> Self {
        let served = self.behind_door(self.door.clone(), self.settings.clone());
        Self { router: router(served.node.clone(), None), ..served }
    }

    /// The same registry behind proxies of this network.
    pub(crate) fn behind(&self, network: &str) -> Self {
        let settings = Settings { proxies: vec![network.parse().unwrap()], ..self.settings.clone() };
        self.behind_door(self.door.clone(), settings)
    }

    /// Posts a document.
    pub(crate) async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Posts a document with variables.
    pub(crate) async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let reply = self.reply(request).await;
        Answer { status: reply.status, body: reply.json(), statements: reply.statements }
    }

    /// Reads a route with these headers.
    pub(crate) async fn get(&self, uri: &str, headers: &[(&str, &str)]) -> Reply {
        self.request(Method::GET, uri, headers, "").await
    }

    pub(crate) async fn request(
        &self,
        method: Method,
        uri: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.reply(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Posts JSON with these headers.
    pub(crate) async fn post(&self, body: &str, headers: &[(&str, &str)]) -> Reply {
        let headers = [&[("content-type", "application/json")], headers].concat();
        self.request(Method::POST, "/graphql", &headers, body).await
    }

    /// Sends a request as if from this address.
    pub(crate) async fn from(&self, address: &str, mut request: Request<Body>) -> Reply {
        let peer = SocketAddr::new(address.parse().unwrap(), 4_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        self.reply(request).await
    }

    /// The response to a request from this address, whose body is not read.
    pub(crate) async fn unread(&self, address: &str, uri: &str) -> Response {
        let mut request = Request::get(uri).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 4_000)));
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn reply(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let statements = parts.extensions.get::<Statements>().map_or(0, |count| count.0);
        let bytes = to_bytes(body, usize::MAX).await.unwrap().into();
        Reply::new(parts.status, parts.headers, bytes, statements)
    }

    /// The data of a document that must succeed.
    pub(crate) async fn data(&self, query: &str) -> Value {
        self.ask(query).await.data()
    }
}

impl Answer {
    /// The data; there must be no errors.
    pub(crate) fn data(self) -> Value {
        assert_eq!(self.body.get("errors"), None, "{}", self.body["errors"]);
        self.body["data"].clone()
    }

    /// The code of the only error.
    pub(crate) fn code(&self) -> &str {
        let errors = self.body["errors"].as_array().unwrap_or_else(|| panic!("no errors in {}", self.body));
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors[0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("no code in {errors:?}"))
    }
}
