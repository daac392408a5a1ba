//! Test databases: copies of a template that is seeded once per build.

use std::{
    fs::{self, File},
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, UNIX_EPOCH},
};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use simpul::{
    exchange::{generate, seed},
    store::{self, Engine},
};

/// The time limit of requests in tests that do not test it.
pub(crate) const TIME: Duration = Duration::from_mins(1);

/// A database that one test has to itself.
pub(crate) struct Fresh {
    pub(crate) connection: DatabaseConnection,
    place: Place,
}

enum Place {
    File(tempfile::TempDir),
    Postgres { server: String, name: String },
}

/// The engines that this run tests: both, unless `SIMPUL_TEST_ENGINES` names one.
pub(crate) fn engines() -> Vec<Engine> {
    match std::env::var("SIMPUL_TEST_ENGINES").as_deref() {
        Err(_) => vec![Engine::Sqlite, Engine::Postgres],
        Ok("sqlite") => vec![Engine::Sqlite],
        Ok("postgres") => vec![Engine::Postgres],
        Ok(other) => panic!("SIMPUL_TEST_ENGINES is sqlite or postgres, not {other}"),
    }
}

/// A copy of the template.
pub(crate) async fn fresh(engine: Engine) -> Fresh {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    match engine {
        Engine::Sqlite => {
            let template = sqlite_template().await;
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            let file = folder.path().join("registry.db");
            fs::copy(template, &file).unwrap();
            let connection = opened(&format!("sqlite://{}", file.display())).await;
            Fresh { connection, place: Place::File(folder) }
        }
        Engine::Postgres => {
            let server = postgres_server();
            let template = postgres_template(&server).await;
            let name = format!("simpul_test_{}_{number}", std::process::id());
            run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
            let connection = opened(&postgres_url(&server, &name)).await;
            Fresh { connection, place: Place::Postgres { server, name } }
        }
    }
}

async fn opened(url: &str) -> DatabaseConnection {
    store::connect_within(url, TIME).await.unwrap()
}

impl Fresh {
    /// Its URL, to open another connection.
    pub(crate) fn url(&self) -> String {
        match &self.place {
            Place::File(folder) => format!("sqlite://{}", folder.path().join("registry.db").display()),
            Place::Postgres { server, name } => postgres_url(server, name),
        }
    }

    /// Gives the place back.
    pub(crate) async fn discard(self) {
        self.connection.close().await.unwrap();
        match self.place {
            Place::File(folder) => folder.close().unwrap(),
            Place::Postgres { server, name } => {
                run(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }
}

/// An empty database that one test has to itself, as an address.
pub(crate) async fn empty(engine: Engine) -> (String, Option<tempfile::TempDir>) {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            (format!("sqlite://{}?mode=rwc", folder.path().join("registry.db").display()), Some(folder))
        }
        Engine::Postgres => {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let server = postgres_server();
            let name = format!("simpul_empty_{}_{number}", std::process::id());
            run(&server, &format!("CREATE DATABASE {name}")).await;
            (postgres_url(&server, &name), None)
        }
    }
}

/// The URL of the template on PostgreSQL.
pub(super) async fn postgres_template_url() -> String {
    let server = postgres_server();
    let template = postgres_template(&server).await;
    postgres_url(&server, &template)
}

async fn sqlite_template() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let template = folder.join(format!("template-{}.db", build()));
    let _turn = turn("sqlite");
    if !template.exists() {
        for stale in fs::read_dir(&folder).unwrap().flatten() {
            if stale.file_name().to_string_lossy().starts_with("template-") {
                fs::remove_file(stale.path()).unwrap();
            }
        }
        let unfinished = folder.join("unfinished.db");
        let _ = fs::remove_file(&unfinished);
        let url = format!("sqlite://{}?mode=rwc", unfinished.display());
        fill(&url).await;
        fs::rename(unfinished, &template).unwrap();
    }
    template
}

async fn postgres_template(server: &str) -> String {
    let template = format!("simpul_template_{}", build());
    let _turn = turn("postgres");
    let there = format!("SELECT count(*) FROM pg_database WHERE datname = '{template}'");
    let database = store::connect(server).await.unwrap();
    let statement = Statement::from_string(database.get_database_backend(), there);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    let count: i64 = row.try_get_by_index(0).unwrap();
    database.close().await.unwrap();
    if count == 0 {
        let unfinished = format!("{template}_unfinished");
        run(server, &format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        run(server, &format!("CREATE DATABASE {unfinished}")).await;
        fill(&postgres_url(server, &unfinished)).await;
        run(server, &format!("ALTER DATABASE {unfinished} RENAME TO {template}")).await;
    }
    template
}

/// The content of `simpul demo`.
async fn fill(url: &str) {
    let database = store::connect(url).await.unwrap();
    migration::up(&database).await.unwrap();
    seed::load(&database, &mut |_| {}).await.unwrap();
    let plan = generate::Plan { scale: generate::Scale::Demo, seed: generate::DEFAULT_SEED };
    generate::load(&database, &plan, &mut |_| {}).await.unwrap();
    if Engine::of(&database) == Engine::Sqlite {
        database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    }
    database.close().await.unwrap();
}

/// Tells builds apart: another build may seed otherwise.
fn build() -> u128 {
    let binary = std::env::current_exe().unwrap();
    let built = fs::metadata(binary).unwrap().modified().unwrap();
    built.duration_since(UNIX_EPOCH).unwrap().as_micros()
}

/// One process at a time makes a template; the lock ends with the file.
fn turn(engine: &str) -> File {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{engine}.lock"));
    let file = File::create(path).unwrap();
    file.lock().unwrap();
    file
}

fn postgres_server() -> String {
    std::env::var("SIMPUL_TEST_POSTGRES")
        .expect("the tests need a PostgreSQL: run them with scripts/test, which starts one")
}

fn postgres_url(server: &str, name: &str) -> String {
    let (host, _) = server.rsplit_once('/').unwrap();
    format!("{host}/{name}")
}

async fn run(server: &str, sql: &str) {
    let database = store::connect(server).await.unwrap();
    database.execute_unprepared(sql).await.unwrap();
    database.close().await.unwrap();
}
