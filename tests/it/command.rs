//! The commands of the `simpul` binary, run as processes.

mod credentials;

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Output, Stdio},
};

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::database::{empty, engines};

fn simpul(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIMPUL_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

fn run(arguments: &[&str]) -> Output {
    simpul(arguments).output().unwrap()
}

/// One line on standard error, and the exit code.
fn complaint(output: &Output) -> (String, i32) {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.trim_end().lines().count(), 1, "more than a line: {text}");
    (text, output.status.code().unwrap())
}

#[test]
fn a_wrong_value_is_one_clear_line_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let file = |text: &str| {
        let path = folder.path().join("simpul.toml");
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let unknown = file("listne = \"127.0.0.1:1\"\n");
    let stingy = folder.path().join("stingy.toml");
    fs::write(&stingy, "cost_limit = 5\n").unwrap();
    let stingy = stingy.display().to_string();
    let cases: [(&[&str], &str); 10] = [
        (&["serve", "--listen", "nowhere"], "--listen"),
        (&["serve", "--planner", "perhaps"], "--planner"),
        (&["serve", "--statement-timeout-ms", "0"], "--statement-timeout-ms"),
        (&["generate", "--scale", "2"], "--scale"),
        (&["serve", "--database-url", "mysql://db"], "sqlite:// or postgres://"),
        (&["serve", "--database-url", "sqlite://not-there.db"], "not-there.db"),
        (&["serve", "--config", "/not/there.toml"], "/not/there.toml"),
        (&["serve", "--config", &unknown], "listne"),
        (&["serve", "--config", &stingy], "between 200000 and"),
        (&["serve", "--cost-limit", "5"], "--cost-limit"),
    ];
    for (arguments, named) in cases {
        let (line, code) = complaint(&run(arguments));
        assert_eq!(code, 2, "{arguments:?}: {line}");
        assert!(line.contains(named), "{arguments:?}: {line}");
    }
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("simpul.toml");
    fs::write(&file, "database_url = \"sqlite://from-file.db\"\n").unwrap();
    let file = file.display().to_string();
    let named = |command: &mut Command| complaint(&command.output().unwrap()).0;
    assert!(named(&mut simpul(&["serve", "--config", &file])).contains("from-file.db"));
    let environment = ("SIMPUL_DATABASE_URL", "sqlite://from-environment.db");
    let mut command = simpul(&["serve", "--config", &file]);
    assert!(named(command.env(environment.0, environment.1)).contains("from-environment.db"));
    let mut command = simpul(&["serve", "--config", &file, "--database-url", "sqlite://from-flag.db"]);
    assert!(named(command.env(environment.0, environment.1)).contains("from-flag.db"));
}

#[test]
fn the_schema_is_printed_as_it_is_served() {
    let output = run(&["schema"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), simpul::schema::sdl());
}

#[test]
fn the_state_machines_are_printed() {
    let output = run(&["states"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), simpul::registry::states::markdown());
}

#[test]
fn an_unreachable_database_is_one_clear_line() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (line, code) =
        complaint(&run(&["serve", "--database-url", &format!("postgres://nobody@{free}/simpul")]));
    assert_eq!(code, 1);
    assert!(line.contains("cannot reach the database"), "{line}");
}

/// A server that is stopped when the test ends.
struct Server {
    child: Child,
    url: String,
    /// What it printed before.
    printed: Vec<String>,
}

impl Server {
    /// Starts `simpul demo` on a free port and waits until it prints its address.
    fn demo(database: &str) -> Self {
        let mut command = simpul(&["demo", "--listen", "127.0.0.1:0", "--database-url", database]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                printed.push(line.clone());
                line.trim().strip_prefix("GraphQL").map(|url| url.trim().to_owned())
            })
            .expect("the server ended before it served");
        Self { child, url, printed }
    }

    /// The keys that it printed, each with its role.
    fn keys(&self) -> Vec<(String, String)> {
        let words = |line: &String| {
            line.trim().split_once(' ').map(|(role, key)| (role.to_owned(), key.trim().to_owned()))
        };
        self.printed.iter().filter_map(words).filter(|(_, key)| key.starts_with("simpul_")).collect()
    }

    async fn ask_by(&self, key: &str, query: &str) -> Value {
        let request = reqwest::Client::new().post(&self.url).bearer_auth(key);
        request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap()
    }

    async fn ask(&self, query: &str) -> Value {
        let body = json!({ "query": query });
        reqwest::Client::new().post(&self.url).json(&body).send().await.unwrap().json().await.unwrap()
    }

    fn stop(mut self) -> i32 {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Starts the demo twice: the second start uses the database of the first one.
#[tokio::test]
async fn the_demo_starts_on_an_empty_and_on_an_existing_database() {
    for engine in engines() {
        let (database, _folder) = empty(engine).await;
        let query =
            "{ cooperative(by: {slug: \"kopontren-al-ittifaq\"}) { shortName } cooperatives { totalCount } }";
        let server = Server::demo(&database);
        let first = server.ask(query).await;
        assert_eq!(first["data"]["cooperative"]["shortName"], "Kopontren Al-Ittifaq");
        assert_eq!(first["extensions"]["cost"].get("throttleStatus"), None, "the demo has no rate limit");

        let keys = server.keys();
        let roles: Vec<&str> = keys.iter().map(|(role, _)| role.as_str()).collect();
        assert_eq!(roles, ["COOPERATIVE", "PARTNER", "REGISTRAR", "ANALYST", "MINISTRY", "ADMIN"]);
        for (role, key) in &keys {
            let answer = server.ask_by(key, "{ viewer { subject roles { role } } }").await;
            let subject = format!("demo-{}", role.to_lowercase());
            assert_eq!(answer["data"]["viewer"], json!({ "subject": subject, "roles": [{ "role": role }] }));
        }

        let port = server.url.split('/').nth(2).unwrap();
        let (line, code) = complaint(&run(&["serve", "--listen", port, "--database-url", &database]));
        assert_eq!(code, 1);
        assert!(line.contains("in use"), "{line}");

        assert_eq!(server.stop(), 0, "SIGTERM ends it in peace");
        let server = Server::demo(&database);
        assert_eq!(server.ask(query).await, first);
        assert!(server.keys().is_empty(), "keys are shown once");
        assert_eq!(server.stop(), 0);

        let doctor = run(&["doctor", "--rules", "--database-url", &database]);
        let report = String::from_utf8(doctor.stdout).unwrap();
        assert!(doctor.status.success(), "{report}");
        assert!(report.contains("91599 region"), "{report}");
        assert!(report.contains("          0 SEATS_EXCEEDED: no more seats"), "{report}");
        assert!(report.contains("rules       all"), "{report}");

        let connection = simpul::store::connect(&database).await.unwrap();
        connection.execute_unprepared("DELETE FROM search_entry WHERE name = 'padi'").await.unwrap();
        connection.close().await.unwrap();
        let doctor = run(&["doctor", "--rules", "--database-url", &database]);
        assert_eq!(complaint(&doctor).1, 1);
        let report = String::from_utf8(doctor.stdout).unwrap();
        assert!(report.contains("          1 COMMODITY_NOT_INDEXED: "), "{report}");
        assert!(report.contains("rules       1 of "), "{report}");
    }
}

/// The migration of a later release, unknown to this one.
const LATER: &str =
    "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99991231_000001_future', 1)";

/// And that is breaking.
const BREAKING: &str = "UPDATE compatibility SET oldest_reader = 'm99991231_000001_future'";

#[tokio::test]
async fn a_database_with_a_breaking_migration_of_a_later_release_is_refused() {
    for engine in engines() {
        let (url, _folder) = empty(engine).await;
        changed(&url, &[LATER, BREAKING]).await;
        for command in ["serve", "migrate", "seed", "generate", "demo", "doctor"] {
            let (line, code) = complaint(&run(&[command, "--database-url", &url]));
            assert_eq!(code, 2, "{command}: {line}");
            assert!(line.contains("m99991231_000001_future"), "{command}: {line}");
        }
    }
}

#[tokio::test]
async fn a_database_with_additive_migrations_of_a_later_release_is_read_and_not_written() {
    for engine in engines() {
        let (url, _folder) = empty(engine).await;
        changed(&url, &[LATER]).await;
        for command in ["migrate", "doctor"] {
            let output = run(&[command, "--database-url", &url]);
            assert!(output.status.success(), "{command}: {}", complaint(&output).0);
        }
        for command in ["seed", "generate", "demo"] {
            let (line, code) = complaint(&run(&[command, "--database-url", &url]));
            assert_eq!(code, 2, "{command}: {line}");
            assert!(line.contains("m99991231_000001_future"), "{command}: {line}");
        }
    }
}

/// Migrates the database at `url`, and changes it as a later release would.
async fn changed(url: &str, statements: &[&str]) {
    let database = simpul::store::connect(url).await.unwrap();
    migration::up(&database).await.unwrap();
    for statement in statements {
        database.execute_unprepared(statement).await.unwrap();
    }
    database.close().await.unwrap();
}
