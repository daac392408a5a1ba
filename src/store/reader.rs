//! The registry as one caller sees it, during one request.

use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement, Value};

use crate::{
    access::Viewer,
    store::{Engine, clock, database::CONNECTIONS},
};

/// Reads on behalf of a viewer, and counts the statements it took.
#[derive(Debug)]
pub struct Reader {
    database: DatabaseConnection,
    engine: Engine,
    viewer: Viewer,
    statements: AtomicUsize,
    /// When the request began, in microseconds since 1970 UTC.
    since: i64,
}

impl Reader {
    #[must_use]
    pub fn new(database: DatabaseConnection, viewer: Viewer) -> Self {
        let engine = Engine::of(&database);
        Self { database, engine, viewer, statements: AtomicUsize::new(0), since: clock::now_micros() }
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    #[must_use]
    pub fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// When the request began, in microseconds since 1970 UTC.
    #[must_use]
    pub fn since_micros(&self) -> i64 {
        self.since
    }

    /// How many statements were sent so far.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements.load(Ordering::Relaxed)
    }

    /// The one row that `sql` answers with.
    ///
    /// # Errors
    /// What the database says; connections that died while idle are replaced before that.
    pub async fn row(&self, sql: &str, values: Vec<Value>) -> Result<Option<QueryResult>, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let backend = self.database.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        // A server that restarted killed all idle connections; each attempt weeds out one of them.
        for _ in 0..CONNECTIONS {
            match self.database.query_one_raw(statement.clone()).await {
                Err(error) if lost_connection(&error) => {}
                answer => return answer,
            }
        }
        self.database.query_one_raw(statement).await
    }
}

/// Whether the server went away under the connection, as it does when it restarts.
fn lost_connection(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(cause)) = error else { return false };
    match &**cause {
        sea_orm::SqlxError::Io(_) => true,
        // 57P01..57P03: the server is shutting down, crashed or starts up.
        sea_orm::SqlxError::Database(error) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
    }
}
