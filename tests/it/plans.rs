//! Query plans: the indexes that both engines use, and the rows that they read. The cost of a request must not grow
//! with the registry.

mod relations;

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::Value;
use simpul::{graph::load::Planner, store::Engine};
use tracing::field::{Field, Visit};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

use crate::{
    queries::queries,
    support::{Registry, database},
};

/// Query plans that PostgreSQL logs, and the statements that SQLite executes.
#[derive(Default)]
pub(crate) struct Heard(Mutex<Vec<String>>);

impl Heard {
    pub(crate) fn words(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Listening(&'static Heard);

impl<S: tracing::Subscriber> Layer<S> for Listening {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if ["sqlx::postgres::notice", "sqlx::query"].contains(&event.metadata().target()) {
            event.record(&mut Said(self.0));
        }
    }
}

struct Said(&'static Heard);

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        if ["message", "db.statement"].contains(&field.name()) {
            self.0.words().push(value.trim().to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

pub(crate) fn heard() -> &'static Heard {
    static HEARD: OnceLock<Heard> = OnceLock::new();
    static LISTENING: OnceLock<()> = OnceLock::new();
    let heard = HEARD.get_or_init(Heard::default);
    LISTENING.get_or_init(|| tracing_subscriber::registry().with(Listening(heard)).init());
    heard
}

/// A connection that tells how it finds what it is asked for. To scan a whole table is the last resort, so that a small
/// registry is read as a large one is.
pub(crate) async fn telling(engine: Engine, url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(engine == Engine::Sqlite);
    options.map_sqlx_postgres_opts(|server| {
        server.options([
            ("session_preload_libraries", "auto_explain"),
            ("auto_explain.log_min_duration", "0"),
            ("auto_explain.log_analyze", "on"),
            ("auto_explain.log_timing", "off"),
            ("auto_explain.log_format", "json"),
            ("client_min_messages", "log"),
            ("enable_seqscan", "off"),
            ("jit", "off"),
            ("max_parallel_workers_per_gather", "0"),
            ("plan_cache_mode", "force_custom_plan"),
        ])
    });
    Box::pin(Database::connect(options)).await.unwrap()
}

/// Access paths of tables, and the rows read by each.
pub(crate) type Ways = BTreeMap<String, u64>;

/// Indexes that begin with the same column and cost the same: which of both PostgreSQL takes depends on when the table was
/// vacuumed.
const TWINS: [(&str, &str); 1] = [("placement_batch_id_person_id_key", "placement_batch_id_id_idx")];

/// The scans of a plan of PostgreSQL's.
pub(crate) fn scans(plan: &Value, ways: &mut Ways) {
    let word = |name: &str| plan[name].as_str();
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    if let Some(table) = word("Relation Name") {
        let way = match word("Node Type").unwrap() {
            "Seq Scan" => "whole".to_owned(),
            "Bitmap Heap Scan" => {
                format!("by {}", plan["Plans"][0]["Index Name"].as_str().unwrap_or("several"))
            }
            _ => format!("by {}", word("Index Name").unwrap_or("something else")),
        };
        let way = TWINS.iter().fold(way, |way, (twin, index)| way.replace(twin, index));
        let each = number("Actual Rows")
            + number("Rows Removed by Filter")
            + number("Rows Removed by Index Recheck");
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers of a small registry"
        )]
        let read = (each * number("Actual Loops")).round() as u64;
        *ways.entry(format!("{table} {way}")).or_default() += read;
    }
    for below in plan["Plans"].as_array().into_iter().flatten() {
        scans(below, ways);
    }
}

/// The table that has this name in a statement, if it is one: `FROM linkage x5`.
fn table_named<'s>(sql: &'s str, name: &str) -> Option<&'s str> {
    let plain = |word: &str| word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let words: Vec<&str> = sql.split_whitespace().collect();
    let named = words.windows(2).find(|pair| pair[1].trim_end_matches([')', ',']) == name);
    named.map(|pair| pair[0]).filter(|table| plain(table))
}

/// The query plan of SQLite. It has no row counts, so each mention of an access path counts.
pub(crate) async fn searches(database: &DatabaseConnection, sql: &str, ways: &mut Ways) {
    let explained =
        Statement::from_string(database.get_database_backend(), format!("EXPLAIN QUERY PLAN {sql}"));
    for row in database.query_all_raw(explained).await.unwrap() {
        let detail: String = row.try_get("", "detail").unwrap();
        let mut detail = detail.splitn(3, ' ');
        let (how, name, way) = (detail.next(), detail.next().unwrap_or(""), detail.next().unwrap_or("whole"));
        if let (Some("SEARCH" | "SCAN"), Some(table)) = (how, table_named(sql, name)) {
            *ways.entry(format!("{table} {}", way.replace("USING ", "by "))).or_default() += 1;
        }
    }
}

/// How the engine answers each of the users' requests.
async fn plans(engine: Engine) -> String {
    let fresh = database::fresh(engine).await;
    let connection = telling(engine, &fresh.url()).await;
    let registry = Registry::over(engine, connection.clone(), database::TIME).await.planned(Planner::On);
    let mut told = String::new();
    for query in queries() {
        let ask = async || registry.ask_with(&query.document, query.variables.clone()).await.data();
        // What is asked once a process is not what a request costs.
        ask().await;
        heard().words().clear();
        ask().await;
        let words = heard().words().clone();
        let mut ways = Ways::new();
        for said in &words {
            match engine {
                Engine::Postgres => {
                    let plan = said.find('{').map(|begin| &said[begin..]);
                    let plan: Value = serde_json::from_str(plan.unwrap_or("{}")).unwrap_or_default();
                    scans(&plan["Plan"], &mut ways);
                }
                Engine::Sqlite if ["SELECT", "WITH"].iter().any(|begin| said.starts_with(begin)) => {
                    searches(&connection, said, &mut ways).await;
                }
                Engine::Sqlite => {}
            }
        }
        assert!(!ways.is_empty(), "nothing was heard of {}", query.name);
        writeln!(told, "{}", query.name).unwrap();
        for (way, times) in ways {
            writeln!(told, "  {times} {way}").unwrap();
        }
    }
    connection.close().await.unwrap();
    fresh.discard().await;
    told
}

#[tokio::test]
async fn every_query_uses_the_indexes_and_reads_the_rows_of_its_snapshot() {
    for engine in database::engines() {
        let told = plans(engine).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../queries");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("plans-{engine:?}").to_lowercase(), told));
    }
}
