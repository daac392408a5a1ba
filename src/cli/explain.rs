//! `simpul explain`: executes a document and prints its plan, its statements, their results and the answer.

mod layout;
mod markdown;
pub mod page;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;
use sea_orm::DatabaseConnection;

use super::{
    Failure, demand_readable,
    output::print,
    serve::{self, DEFAULT_TIME},
};
use crate::{
    config::{DatabaseOptions, File, ServeOptions, Switch, milliseconds},
    graph::load::ReferenceData,
    http::door::{CallerContext, GraphqlRequest, ParameterError, Parameters},
    registry::reference,
    store::{self, Engine, RecordedStatement, Recorder, database::OpenError},
};

/// Execute a document, and print in Markdown how it is loaded: its plan, its statements with their values, what the
/// database returns, and the answer.
///
/// It shows why a document is slow. The document is executed as a request to `serve` is, with the limits of the
/// settings file, and only reads.
#[derive(Args, Debug)]
#[expect(clippy::doc_markdown, reason = "this is the text of --help, where backticks are noise")]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    /// File with the document; - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    document: PathBuf,
    /// Variables of the document, as a JSON object
    #[arg(long, value_name = "JSON")]
    variables: Option<String>,
    /// Operation to execute, where the document has several
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// Answer the document by one planned statement (on), or edge by edge (off) [file: planner] [default: on]
    #[arg(long, env = "SIMPUL_PLANNER", value_name = "SWITCH")]
    planner: Option<Switch>,
    /// Maximum time in milliseconds for all statements [file: statement_timeout_ms] [default: 5000]
    #[arg(long, env = "SIMPUL_STATEMENT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    statement_timeout_ms: Option<std::num::NonZeroU32>,
    /// Also print how the engine executes each statement; PostgreSQL executes it once more for that
    #[arg(long)]
    analyze: bool,
    /// Write the sections that a page of the documentation has between its marks into that page, instead of printing
    #[arg(long, hide = true, value_name = "PAGE")]
    into: Option<PathBuf>,
}

/// A request to explain.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    pub document: String,
    /// A JSON object.
    pub variables: Option<String>,
    pub operation: Option<String>,
    /// Whether the engine is asked how it executes each statement.
    pub analyze: bool,
}

/// How a request was loaded.
#[derive(Debug)]
pub struct Explanation {
    engine: Engine,
    request: Explained,
    statements: Vec<Statement>,
    /// The answer in JSON.
    answer: String,
}

/// A statement, and how the engine executes it.
#[derive(Debug)]
struct Statement {
    recorded: RecordedStatement,
    analysis: Option<Result<Vec<String>, String>>,
}

/// Why a document cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    #[error("--variables: {0}")]
    Variables(#[from] ParameterError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("reference data could not be loaded: {0}")]
    Reference(String),
    #[error("the answer is not JSON: {0}")]
    Answer(#[from] serde_json::Error),
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        let url = self.database.url(file);
        let database = store::connect(url.text()).await?;
        demand_readable(&database).await?;
        database.close().await?;
        let Self { document, variables, operation, planner, statement_timeout_ms, analyze, into, .. } = self;
        let request = Explained { document: read(&document)?, variables, operation, analyze };
        let mut options = ServeOptions::default();
        (options.planner, options.statement_timeout_ms) = (planner, statement_timeout_ms);
        let options = options.over(file);
        match into {
            None => Ok(print(&explain(url.text(), request, &options).await?.markdown())?),
            Some(into) => {
                let filled = page::filled(&read(&into)?, url.text(), request, &options).await?;
                Ok(fs::write(into, filled)?)
            }
        }
    }
}

/// Reads a file, or standard input.
fn read(path: &Path) -> Result<String, Failure> {
    let read =
        if path == Path::new("-") { io::read_to_string(io::stdin()) } else { fs::read_to_string(path) };
    read.map_err(|error| Failure::Refused(format!("cannot read {}: {error}", path.display())))
}

/// Executes a request as `serve` does, with reference data in memory, and records how it is loaded.
///
/// # Errors
/// When the variables are no JSON object, or the database cannot be reached or read. An error of the request itself is
/// part of its answer.
pub async fn explain(
    url: &str,
    request: Explained,
    options: &ServeOptions,
) -> Result<Explanation, ExplainError> {
    let time = milliseconds(options.statement_timeout_ms).unwrap_or(DEFAULT_TIME);
    let parameters = Parameters {
        query: Some(request.document.clone()),
        operation_name: request.operation.clone(),
        variables: Parameters::variables(request.variables.as_deref().unwrap_or("{}"))?,
        ..Parameters::default()
    };
    let (recorder, reference_data) = (Arc::new(Recorder::default()), Arc::new(ReferenceData::default()));
    // Loading reference data may take longer than a request.
    let database = store::connect(url).await?;
    let loaded = reference::load(&database, &reference_data).await;
    loaded.map_err(|error| ExplainError::Reference(error.to_string()))?;
    database.close().await?;
    let readers = store::connect_within(url, time).await?;
    let door = serve::plain_door(&readers, time, options, &reference_data).await?;
    let door = door.with_recorder(Arc::clone(&recorder));
    let answer = door.answer(GraphqlRequest::from(parameters), &CallerContext::default()).await;
    let answer = serde_json::to_string(&answer)?;
    drop(door);
    let mut statements = Vec::new();
    for recorded in recorder.statements() {
        let analysis = if request.analyze { Some(analyze(&readers, &recorded, time).await) } else { None };
        statements.push(Statement { recorded, analysis });
    }
    let engine = Engine::of(&readers);
    readers.close().await?;
    Ok(Explanation { engine, request, statements, answer })
}

async fn analyze(
    database: &DatabaseConnection,
    statement: &RecordedStatement,
    time: Duration,
) -> Result<Vec<String>, String> {
    let RecordedStatement { sql, values, .. } = statement;
    store::analysis(database, sql, values.clone(), time).await.map_err(|error| error.to_string())
}
