//! Opens the registry's database: an embedded SQLite file or a PostgreSQL server.

use std::{
    future::ready,
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxError,
    Statement,
    sqlx::{ConnectOptions as _, Connection, PgConnection, postgres::PgConnectOptions},
};
use tokio::time::{sleep, timeout};

use super::{
    file::{Access, ServedFile},
    time_limit::millis,
    url::{DatabaseUrl, UrlError},
};

/// The database engines that the registry supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine behind a connection.
    #[must_use]
    pub fn of(connection: &impl ConnectionTrait) -> Self {
        match connection.get_database_backend() {
            DbBackend::Postgres => Self::Postgres,
            _ => Self::Sqlite,
        }
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Url(#[from] UrlError),
    #[error("there is no registry at {0}; `simpul demo` or `simpul migrate` creates one")]
    Missing(String),
    #[error("cannot reach the database at {url}: {cause}")]
    Unreachable { url: DatabaseUrl, cause: String },
}

/// The size of the connection pool for requests, on either engine: more than there are cores, so that the statements of
/// one caller never occupy all of them.
pub(super) const CONNECTIONS: u32 = 16;

/// How often PostgreSQL checks that the client of a running statement is still connected.
pub(super) const CHECKED_EVERY: Duration = Duration::from_millis(100);

/// Opens `url`, such as `sqlite://simpul.db?mode=rwc` or `postgres://user@host/simpul`.
///
/// # Errors
/// When the URL is invalid, the file is absent (without `mode=rwc`), or the server does not answer. It fails at once.
pub async fn connect(url: &str) -> Result<DatabaseConnection, OpenError> {
    let url = DatabaseUrl::parse(url)?;
    if url.engine() == Engine::Postgres {
        knock(&url).await?;
    }
    open(&url, options(&url).await?).await
}

async fn open(url: &DatabaseUrl, options: ConnectOptions) -> Result<DatabaseConnection, OpenError> {
    Box::pin(Database::connect(options)).await.map_err(|error| unreached(url, &error))
}

/// The file of `url`, to be watched while it is served ([`ServedFile::of`]).
///
/// # Errors
/// As [`connect`].
pub async fn served_file(url: &str, mapped: Option<u64>) -> Result<Option<Arc<ServedFile>>, OpenError> {
    let url = DatabaseUrl::parse(url)?;
    let file = ServedFile::of(&url, mapped).await.map_err(|cause| unreached(&url, &cause))?;
    Ok(file.map(Arc::new))
}

fn unreached(url: &DatabaseUrl, error: &impl ToString) -> OpenError {
    OpenError::Unreachable { url: url.clone(), cause: url.scrub(&error.to_string()) }
}

/// How long a server may take to accept a connection.
const LET_IN_WITHIN: Duration = Duration::from_secs(10);

/// How long to retry while a server reports that it is starting up.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// Opens one connection and closes it, to fail at once: a pool would retry for half a minute when nothing listens.
async fn knock(url: &DatabaseUrl) -> Result<(), OpenError> {
    let options: PgConnectOptions = url.plain().parse().map_err(|error: SqlxError| unreached(url, &error))?;
    let options = url.authenticate(options).disable_statement_logging();
    let began = Instant::now();
    loop {
        match timeout(LET_IN_WITHIN, Box::pin(PgConnection::connect_with(&options))).await {
            Ok(Ok(connection)) => {
                let _ = connection.close().await;
                return Ok(());
            }
            Ok(Err(error)) if is_starting(&error) && began.elapsed() < STARTS_WITHIN => {
                sleep(Duration::from_millis(500)).await;
            }
            Ok(Err(error)) => return Err(unreached(url, &error)),
            Err(_) => {
                let silence = format!("it did not answer within {} seconds", LET_IN_WITHIN.as_secs());
                return Err(unreached(url, &silence));
            }
        }
    }
}

/// 57P03: the server is starting up and will accept connections soon.
fn is_starting(error: &SqlxError) -> bool {
    matches!(error, SqlxError::Database(error) if error.code().is_some_and(|code| code == "57P03"))
}

/// Opens `url` for reading on behalf of callers. Connections to a server are opened with a statement timeout of `time`;
/// on a file [`Reader`](super::Reader) enforces it.
///
/// # Errors
/// As [`connect`].
pub async fn connect_within(url: &str, time: Duration) -> Result<DatabaseConnection, OpenError> {
    connect_serving(url, time, None).await
}

/// The same, for a watched `file` ([`served_file`]): connections that may have read it while it was damaged are
/// discarded.
///
/// # Errors
/// As [`connect`].
pub async fn connect_serving(
    url: &str,
    time: Duration,
    file: Option<Arc<ServedFile>>,
) -> Result<DatabaseConnection, OpenError> {
    open_within(url, time, file, CONNECTIONS).await
}

/// The same, with few connections, for exports: they read for longer than requests may.
///
/// # Errors
/// As [`connect`].
pub async fn connect_exporting(
    url: &str,
    time: Duration,
    file: Option<Arc<ServedFile>>,
) -> Result<DatabaseConnection, OpenError> {
    open_within(url, time, file, EXPORT_CONNECTIONS).await
}

/// The same, with few connections and a short time, for looking credentials up and noting their use.
///
/// # Errors
/// As [`connect`].
pub async fn connect_credentials(url: &str) -> Result<DatabaseConnection, OpenError> {
    open_within(url, CREDENTIAL_TIME, None, CREDENTIAL_CONNECTIONS).await
}

/// The connections for credentials, and the time of a statement about them.
const CREDENTIAL_CONNECTIONS: u32 = 2;
const CREDENTIAL_TIME: Duration = Duration::from_secs(2);

/// The connections of exports.
const EXPORT_CONNECTIONS: u32 = 2;

/// The same, with a single connection, for requests that must be answered while all others are in use.
///
/// # Errors
/// As [`connect`].
pub async fn connect_aside(url: &str, time: Duration) -> Result<DatabaseConnection, OpenError> {
    open_within(url, time, None, 1).await
}

/// Opens `url` for writers, if it can be written to. A file has one connection, which makes each commit durable before it
/// answers, and overwrites what it deletes.
///
/// # Errors
/// As [`connect`].
pub(super) async fn connect_writing(url: &str) -> Result<Option<DatabaseConnection>, OpenError> {
    let url = DatabaseUrl::parse(url)?;
    let mut options = options(&url).await?;
    match url.engine() {
        Engine::Sqlite => {
            let access = Access::of(&url).await.map_err(|cause| unreached(&url, &cause))?;
            if access != Access::Write {
                return Ok(None);
            }
            let durable = move |file| {
                access
                    .apply(file)
                    .busy_timeout(super::writer::WAIT)
                    .pragma("synchronous", "FULL")
                    .pragma("secure_delete", "ON")
                    .statement_cache_capacity(STATEMENTS)
            };
            options.max_connections(1).map_sqlx_sqlite_opts(durable);
        }
        Engine::Postgres => {
            let own = url.clone();
            options.max_connections(super::writer::CONNECTIONS).map_sqlx_postgres_opts(move |server| {
                own.authenticate(server).statement_cache_capacity(STATEMENTS)
            });
        }
    }
    options.acquire_timeout(WRITER_WAITS);
    open(&url, options).await.map(Some)
}

/// The statements that a connection for writers keeps prepared: those of all rules, and of all tables.
const STATEMENTS: usize = 1_000;

/// How long a write waits for a connection.
const WRITER_WAITS: Duration = Duration::from_secs(5);

async fn open_within(
    url: &str,
    time: Duration,
    file: Option<Arc<ServedFile>>,
    most: u32,
) -> Result<DatabaseConnection, OpenError> {
    let url = DatabaseUrl::parse(url)?;
    let mut plain = options(&url).await?;
    plain.max_connections(most);
    if let Some(file) = file {
        let own = Arc::clone(&file);
        plain.map_sqlx_sqlite_opts(move |options| own.reading(options));
        plain.map_sqlx_sqlite_before_acquire(move |_, connection| {
            Box::pin(ready(Ok::<_, SqlxError>(file.trusts(connection.age))))
        });
    }
    let mut options = plain.clone();
    let own = url.clone();
    options.map_sqlx_postgres_opts(move |server| {
        let (time, checked) = (millis(time).to_string(), CHECKED_EVERY.as_millis().to_string());
        own.authenticate(server).options([
            ("statement_timeout", time.as_str()),
            ("client_connection_check_interval", checked.as_str()),
            ("jit", "off"),
        ])
    });
    match Box::pin(Database::connect(options)).await {
        // A pooler that refuses the setting, or a server whose operating system does not support it.
        Err(error) if refused_options(&error) => open(&url, plain).await,
        answer => answer.map_err(|error| unreached(&url, &error)),
    }
}

async fn options(url: &DatabaseUrl) -> Result<ConnectOptions, OpenError> {
    let mut options = ConnectOptions::new(url.plain());
    options
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(30));
    match url.engine() {
        Engine::Sqlite => sqlite(&mut options, url).await?,
        Engine::Postgres => {
            options.max_connections(CONNECTIONS).min_connections(1);
            // A ping on every acquire costs a round trip; an idle connection may have died, a busy one has not.
            options.test_before_acquire_if_idle_for(Duration::from_secs(30));
            let url = url.clone();
            options.map_sqlx_postgres_opts(move |server| url.authenticate(server));
        }
    }
    Ok(options)
}

/// The size of the pool.
#[must_use]
pub fn most_connections(database: &DatabaseConnection) -> usize {
    let most = match Engine::of(database) {
        Engine::Sqlite => database.get_sqlite_connection_pool().options().get_max_connections(),
        Engine::Postgres => database.get_postgres_connection_pool().options().get_max_connections(),
    };
    usize::try_from(most).unwrap_or(usize::MAX)
}

/// Numbers of open connections of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub busy: u32,
    pub idle: u32,
}

/// The numbers of connections that are open now.
#[must_use]
pub fn pool(database: &DatabaseConnection) -> Pool {
    let (size, idle) = match Engine::of(database) {
        Engine::Sqlite => {
            let pool = database.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        }
        Engine::Postgres => {
            let pool = database.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        }
    };
    let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(size);
    Pool { busy: size - idle, idle }
}

/// Runs `sql` and returns its single number. The text of the statement contains no data.
///
/// # Errors
/// The error of the database.
pub async fn number(connection: &impl ConnectionTrait, sql: &str) -> Result<i64, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// 08P01, 42704, 22023: the server or a pooler does not support an option with which the connection was opened.
fn refused_options(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(cause)) = error else { return false };
    matches!(&**cause, SqlxError::Database(error) if error.code().is_some_and(|code| {
        ["08P01", "42704", "22023"].contains(&&*code)
    }))
}

async fn sqlite(options: &mut ConnectOptions, url: &DatabaseUrl) -> Result<(), OpenError> {
    if let Some(file) = url.file().filter(|file| !url.creates() && !file.exists()) {
        return Err(OpenError::Missing(file.display().to_string()));
    }
    let access = Access::of(url).await.map_err(|cause| unreached(url, &cause))?;
    options
        .max_connections(CONNECTIONS)
        .min_connections(1)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |file| access.apply(file));
    Ok(())
}
