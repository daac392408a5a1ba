//! Opening the registry's database: an embedded SQLite file, or a PostgreSQL server.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxError,
    Statement,
};

use super::bound::millis;

/// The two engines the registry runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine behind a connection.
    #[must_use]
    pub fn of(database: &DatabaseConnection) -> Self {
        match database.get_database_backend() {
            DbBackend::Postgres => Self::Postgres,
            _ => Self::Sqlite,
        }
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("`{0}` is neither sqlite://… nor postgres://…")]
    Scheme(String),
    #[error("there is no registry at {0}; `simpul demo` or `simpul migrate` makes one")]
    Missing(String),
    #[error("cannot reach the database: {0}")]
    Unreachable(#[from] DbErr),
}

/// Connections a node keeps to PostgreSQL; it waits on the network more than it computes.
pub(super) const CONNECTIONS: u32 = 16;

/// Opens `url`, such as `sqlite://simpul.db?mode=rwc` or `postgres://user@host/simpul`.
///
/// # Errors
/// When the scheme is unknown, the file is absent (without `mode=rwc`) or the server does not answer.
pub async fn connect(url: &str) -> Result<DatabaseConnection, OpenError> {
    Ok(Box::pin(Database::connect(options(url)?)).await?)
}

/// The same, for reading on behalf of callers: connections to a server are opened so that it ends each statement after
/// `time`; those to a file are told by [`Reader`](super::Reader).
///
/// # Errors
/// As [`connect`].
pub async fn connect_within(url: &str, time: Duration) -> Result<DatabaseConnection, OpenError> {
    let mut options = options(url)?;
    options.map_sqlx_postgres_opts(move |server| {
        server.options([("statement_timeout", millis(time).to_string().as_str()), ("jit", "off")])
    });
    match Box::pin(Database::connect(options)).await {
        // A pooler that lets nobody choose.
        Err(error) if refused_options(&error) => connect(url).await,
        answer => Ok(answer?),
    }
}

fn options(url: &str) -> Result<ConnectOptions, OpenError> {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(30));
    if url.starts_with("sqlite:") {
        sqlite(&mut options, url)?;
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.max_connections(CONNECTIONS).min_connections(1);
        // A ping on every acquire costs a round trip; an idle connection may have died, a busy one has not.
        options.test_before_acquire_if_idle_for(Duration::from_secs(30));
    } else {
        return Err(OpenError::Scheme(url.to_owned()));
    }
    Ok(options)
}

/// A database's open connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub busy: u32,
    pub idle: u32,
}

/// The connections that are open now.
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

/// The one number that `sql` answers with; the text holds nobody's data.
///
/// # Errors
/// What the database says.
pub async fn number(database: &DatabaseConnection, sql: &str) -> Result<i64, DbErr> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// 08P01: whoever answered does not know what the connection was to be opened with.
fn refused_options(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(cause)) = error else { return false };
    matches!(&**cause, SqlxError::Database(error) if error.code().is_some_and(|code| code == "08P01"))
}

fn sqlite(options: &mut ConnectOptions, url: &str) -> Result<(), OpenError> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if !path.starts_with(":memory:") && !query.contains("mode=") && !Path::new(path).exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    options
        .max_connections(u32::try_from(cores * 2).unwrap_or(4))
        .min_connections(1)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(|file| {
            file.foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "NORMAL")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-16384")
                .pragma("mmap_size", "1073741824")
        });
    Ok(())
}
