//! The time limit of statements: a request that exceeds it gets `TIMEOUT`, and the database is idle afterwards.

use std::{future::poll_fn, task::Poll, time::Duration};

use futures_util::future::join_all;
use sea_orm::{
    ConnectionTrait, DatabaseConnection,
    sqlx::{self, SqlitePool},
};
use simpul::{
    access::Viewer,
    store::{self, Engine, ReadError, Reader, TimeLimit, number},
};
use tokio::time::{sleep, timeout};

use crate::support::{
    Registry,
    database::{self, Fresh, TIME},
    posting,
};

/// Short for a person, long for a machine.
const SHORT: Duration = Duration::from_millis(500);

/// Longer than any test.
const LONG: Duration = Duration::from_hours(1);

/// More rows than a machine counts in a year.
const ENDLESS: &str = "SELECT count(*) AS n FROM region a, region b, region c WHERE a.code > ''";

const STATEMENT_TIMEOUT: &str =
    "SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'statement_timeout'";

/// Sends a request that takes this long.
const REPORTS: &str = "{ annualReports(first: 1) { nodes { id } } }";

/// A registry that never comes to the end of its annual reports, and gives requests this time.
async fn slow(fresh: &Fresh, engine: Engine, time: Duration) -> Registry {
    let view = format!(
        "CREATE VIEW annual_report AS SELECT report.* FROM report, ({ENDLESS}) rows_counted WHERE rows_counted.n > 0"
    );
    for change in ["ALTER TABLE annual_report RENAME TO report", &view] {
        fresh.connection.execute_unprepared(change).await.unwrap();
    }
    let database = store::connect_within(&fresh.url(), time).await.unwrap();
    Registry::hurried(engine, database, &fresh.connection, time).await
}

/// Returns once no statement is running.
async fn idle(registry: &Registry, fresh: &Fresh) {
    match registry.engine {
        Engine::Postgres => {
            let others = "SELECT count(*) FROM pg_stat_activity
                          WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()";
            while number(&fresh.connection, others).await.unwrap() > 0 {}
        }
        Engine::Sqlite => each_connection(registry.database.get_sqlite_connection_pool()).await,
    }
}

/// Checks that each connection is idle: a busy one would not accept this statement, and a set alarm would interrupt it.
async fn each_connection(pool: &SqlitePool) {
    let all = (0..pool.options().get_max_connections()).map(|_| async {
        let mut connection = pool.acquire().await.unwrap();
        let count = sqlx::query("SELECT count(*) FROM region WHERE code > ''");
        count.execute(&mut *connection).await.unwrap();
        connection
    });
    join_all(all).await;
}

#[tokio::test]
async fn a_request_that_exceeds_its_time_gets_timeout() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = slow(&fresh, engine, SHORT).await;
        for _ in 0..2 {
            let answer = registry.ask(REPORTS).await;
            assert_eq!(answer.code(), "TIMEOUT");
            // A tenth of the whole, and its points' part of the rest.
            let message = "the request took longer than 50 ms; request less at once";
            assert_eq!(answer.body["errors"][0]["message"], message);
            let cost = &answer.body["extensions"]["cost"];
            // 50 ms cost 6,000 points, less what it took to admit it.
            assert!(cost["actual"].as_u64() >= Some(1_000), "{cost}");
            idle(&registry, &fresh).await;
        }
        registry.data("{ institutions(first: 1) { totalCount } }").await;
        registry.database.close().await.unwrap();
        fresh.discard().await;
    }
}

#[tokio::test]
async fn a_request_without_time_left_sends_no_statement() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let readers = store::connect_within(&fresh.url(), SHORT).await.unwrap();
        let bound = TimeLimit::over(&readers, SHORT).await.unwrap();
        let reader = Reader::new(&readers, Viewer::Anonymous, bound);
        for sql in [ENDLESS, "SELECT 1"] {
            let answer = reader.row(sql, Vec::new()).await;
            assert!(matches!(answer, Err(ReadError::TimedOut(SHORT))), "{answer:?}");
        }
        assert_eq!(reader.statements(), 1);
        drop(reader);
        readers.close().await.unwrap();
        fresh.discard().await;
    }
}

/// Both engines cancel the statement soon after the client has disconnected.
#[tokio::test]
async fn a_disconnected_client_cancels_its_statement() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = slow(&fresh, engine, LONG).await;
        timeout(SHORT / 5, registry.ask(REPORTS)).await.unwrap_err();
        idle(&registry, &fresh).await;
        registry.database.close().await.unwrap();
        fresh.discard().await;
    }
}

/// A question whose flat price is 5,000 points and more, and which is never answered.
const DEAR: &str = "{ annualReports(where: {cooperative: {linkages: {some: {exclusive: {eq: true}}}}}, first: 1) \
                    { totalCount nodes { id } } }";

/// A client that disconnects, or whose time is over, is charged for started work and for its time.
#[tokio::test]
async fn a_started_request_is_charged_in_every_case() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = slow(&fresh, engine, LONG).await;
        let limited = registry.rated(1, 400_000);
        let left = async || {
            let standing = limited.from("192.0.2.1", posting("{ __typename }")).await.json();
            standing["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"].as_u64().unwrap()
        };
        let before = left().await;
        let asked = limited.from("192.0.2.1", posting(DEAR));
        timeout(SHORT / 5, asked).await.map(|_| ()).unwrap_err();
        assert!(left().await < before - 5_000, "{} of {before} are left to who disconnected", left().await);
        idle(&registry, &fresh).await;
        registry.database.close().await.unwrap();

        let readers = store::connect_within(&fresh.url(), SHORT).await.unwrap();
        let hurried = Registry::hurried(engine, readers, &fresh.connection, SHORT).await.rated(1, 400_000);
        let answer = hurried.from("192.0.2.1", posting(DEAR)).await.json();
        let cost = &answer["extensions"]["cost"];
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TIMEOUT");
        assert!(cost["actual"].as_u64() > Some(5_000), "{cost}");
        hurried.database.close().await.unwrap();
        fresh.discard().await;
    }
}

/// A field that can be null, beneath which annual reports are read.
const LATE: &str = "region(by: {code: \"32\"}) { cooperatives(first: 100) { nodes { annualReports(first: 1) { nodes { id } } } } }";

/// A client that disconnects at once is charged until the server notices: on PostgreSQL, a fifth of a second.
#[tokio::test]
async fn disconnecting_refunds_nothing() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = slow(&fresh, engine, Duration::from_secs(5)).await;
        let limited = registry.rated(1, 400_000);
        let left = async || {
            let standing = limited.from("192.0.2.1", posting("{ __typename }")).await.json();
            standing["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"].as_u64().unwrap()
        };
        // The reference data is asked for no more, and connections are open.
        registry.data("{ institutions(first: 1) { totalCount } }").await;
        let before = left().await;
        timeout(SHORT / 5, limited.from("192.0.2.1", posting(&format!("{{ {LATE} }}"))))
            .await
            .map(|_| ())
            .unwrap_err();
        let paid = before - left().await;
        // 12,000 points a second.
        let least = if engine == Engine::Postgres { 2_400 } else { 600 };
        assert!(paid >= least, "{engine:?}: {paid} were paid, and {least} are due");
        idle(&registry, &fresh).await;
        registry.database.close().await.unwrap();
        fresh.discard().await;
    }
}

/// Otherwise a client that disconnects again and again would have connections opened without any being used.
#[tokio::test]
async fn opening_a_connection_completes_after_the_client_disconnected() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let served = store::connect_within(&fresh.url(), TIME).await.unwrap();
        let bound = TimeLimit::over(&served, TIME).await.unwrap();
        let all = store::most_connections(&served);
        let mut asking = (0..all).map(|_| Box::pin(one(&served, bound))).collect::<Vec<_>>();
        // First it yields, then it asks for a connection.
        for at in (0..all).chain(0..all) {
            poll_fn(|task| Poll::Ready(asking[at].as_mut().poll(task).is_ready())).await;
        }
        drop(asking);
        let opened = async || {
            while usize::try_from(store::pool(&served).idle).unwrap() < all {
                sleep(SHORT / 50).await;
            }
        };
        assert!(timeout(TIME, opened()).await.is_ok(), "{engine:?}: {:?} of {all}", store::pool(&served));
        served.close().await.unwrap();
        fresh.discard().await;
    }
}

/// Opening a connection takes longer than most statements, so it is only abandoned if it is stuck.
#[tokio::test]
async fn an_sqlite_connection_is_reused_after_the_client_disconnected() {
    for engine in database::engines().into_iter().filter(|engine| *engine == Engine::Sqlite) {
        let fresh = database::fresh(engine).await;
        let served = store::connect_aside(&fresh.url(), TIME).await.unwrap();
        let pool = served.get_sqlite_connection_pool();
        sqlx::query("CREATE TEMP TABLE mark (n INTEGER)").execute(pool).await.unwrap();
        let bound = TimeLimit::over(&served, TIME).await.unwrap();
        let reader = Reader::new(&served, Viewer::Anonymous, bound);
        timeout(SHORT, reader.row(ENDLESS, Vec::new())).await.map(|_| ()).unwrap_err();
        drop(reader);
        let given_back = async || {
            while pool.num_idle() == 0 {
                sleep(SHORT / 50).await;
            }
        };
        timeout(TIME, given_back()).await.unwrap();
        assert_eq!(number(&served, "SELECT count(*) FROM temp.mark").await.unwrap(), 0);
        served.close().await.unwrap();
        fresh.discard().await;
    }
}

/// Asks for a number.
async fn one(database: &DatabaseConnection, bound: TimeLimit) {
    let reader = Reader::new(database, Viewer::Anonymous, bound);
    reader.row("SELECT 1 AS n", Vec::new()).await.unwrap();
}

/// A response has at most 50 errors and the number of others; a timeout after more of them is reported and charged like any other.
#[tokio::test]
async fn a_timeout_behind_many_other_errors_costs_the_same() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = slow(&fresh, engine, SHORT).await;
        let late = format!("late: {LATE}");
        for others in [0, 60] {
            let forbidden =
                (0..others).map(|at| format!("f{at}: placement(by: {{certificateNumber: \"x\"}}) {{ id }} "));
            let forbidden = forbidden.collect::<Vec<_>>().concat();
            let answer = registry.ask(&format!("{{ {forbidden} {late} }}")).await.body;
            let errors = answer["errors"].as_array().unwrap();
            let timeouts = errors.iter().filter(|error| error["extensions"]["code"] == "TIMEOUT").count();
            let shown = if others == 0 { 1 } else { 51 };
            assert_eq!((timeouts, errors.len()), (1, shown), "{answer}");
            // 50 ms cost 6,000 points, less what it took to admit it.
            assert!(answer["extensions"]["cost"]["actual"].as_u64() >= Some(1_000), "{answer}");
            idle(&registry, &fresh).await;
        }
        registry.database.close().await.unwrap();
        fresh.discard().await;
    }
}

/// Loads, migrations and the doctor have no time limit: only requests have one.
#[tokio::test]
async fn connections_outside_of_requests_have_no_time_limit() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        match engine {
            Engine::Postgres => {
                let database = store::connect(&fresh.url()).await.unwrap();
                assert_eq!(said(&database).await, 0);
                database.close().await.unwrap();
            }
            Engine::Sqlite => {
                let bound = TimeLimit::over(&fresh.connection, SHORT).await.unwrap();
                let reader = Reader::new(&fresh.connection, Viewer::Anonymous, bound);
                reader.row("SELECT 1", Vec::new()).await.unwrap();
                drop(reader);
                sleep(SHORT).await;
                each_connection(fresh.connection.get_sqlite_connection_pool()).await;
            }
        }
        fresh.discard().await;
    }
}

/// What a connection to a server is opened with, no second statement may use whole; and behind a pooler, where
/// connections keep nothing, each is told.
#[tokio::test]
async fn a_statement_has_the_time_that_earlier_ones_left() {
    for engine in database::engines().into_iter().filter(|engine| *engine == Engine::Postgres) {
        let fresh = database::fresh(engine).await;
        assert_eq!(said(&fresh.connection).await, 60_000);
        assert!(TimeLimit::over(&fresh.connection, TIME).await.unwrap().kept());
        let bound = TimeLimit::over(&fresh.connection, LONG).await.unwrap();
        assert!(!bound.kept());
        let reader = Reader::new(&fresh.connection, Viewer::Anonymous, bound);
        let mut left = 3_600_001;
        for _ in 0..3 {
            let row = reader.row(STATEMENT_TIMEOUT, Vec::new()).await.unwrap().unwrap();
            let now: i64 = row.try_get_by_index(0).unwrap();
            assert!(60_000 < now && now < left, "{now} of {left}");
            left = now;
            sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(said(&fresh.connection).await, 60_000, "it ends with its transaction");
        drop(reader);
        fresh.discard().await;
    }
}

async fn said(database: &DatabaseConnection) -> i64 {
    number(database, STATEMENT_TIMEOUT).await.unwrap()
}
