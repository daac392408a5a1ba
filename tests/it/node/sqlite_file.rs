//! An SQLite file that is replaced, damaged or read-only while it is served.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{Seek, SeekFrom, Write},
    net::SocketAddr,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use serde_json::{Value, json};
use simpul::{
    access::{Grant, GrantScope},
    store::{self, Credentials, Engine},
};
use socket2::{Domain, Socket, Type};
use tempfile::TempDir;

use super::Node;
use crate::support::database::{Fresh, engines, fresh};

/// A node on a file of its own.
struct Served {
    node: Node,
    file: PathBuf,
    copy: PathBuf,
    _fresh: Fresh,
}

impl Served {
    async fn start() -> Self {
        let fresh = fresh(Engine::Sqlite).await;
        let file = PathBuf::from(fresh.url().strip_prefix("sqlite://").unwrap());
        let copy = file.with_extension("copy");
        fs::copy(&file, &copy).unwrap();
        let node = Node::start_with(&fresh.url(), &["--rate-limit", "off"], &[]);
        node.answers_the_profile().await;
        Self { node, file, copy, _fresh: fresh }
    }

    /// The answer of `/readyz`.
    async fn ready(&self) -> (u16, Value) {
        let response = self.node.client.get(self.node.url("/readyz")).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// A key of an administrator.
    async fn administrator(&self) -> String {
        let database = store::connect(&format!("sqlite://{}", self.file.display())).await.unwrap();
        let credentials = Credentials::new(database);
        let admin = Grant { role: Role::Admin, scope: GrantScope::Everything };
        credentials.add_grant("admin", admin, "test", None).await.unwrap();
        credentials.create_key("admin", None, None).await.unwrap().1.text().to_owned()
    }

    /// The answer to a write.
    async fn writes(&self, key: &str, request: &str) -> Value {
        let query = format!(
            "mutation {{ createApiKey(input: {{idempotencyKey: \"{request}\", subject: \"x\"}}) {{ userErrors {{ code }} }} }}"
        );
        let sent = self
            .node
            .client
            .post(self.node.url("/graphql"))
            .bearer_auth(key)
            .json(&json!({ "query": query }));
        sent.send().await.unwrap().json().await.unwrap()
    }

    async fn is_unready(&self, file: &str) {
        assert_eq!(self.ready().await, (503, json!({ "status": "file", "file": file })));
    }

    /// Asks for much that no connection remembers; whatever is answered, it is an answer with data or a code.
    async fn asks_for_much(&mut self) {
        for query in [
            "{ regions(first: 100, orderBy: [{field: NAME, direction: DESC}]) { nodes { name } totalCount } }",
            "{ linkages(first: 100) { nodes { supplier { name } buyer { name } } totalCount } }",
            "{ search(query: \"koperasi\", first: 20) { totalCount } }",
            "{ cooperativeAggregate(groupBy: [TYPE]) { nodes { count } } }",
        ] {
            let (status, body) = self.node.ask(query).await;
            let code = &body["errors"][0]["extensions"]["code"];
            assert!(body["data"].is_object() || code.is_string(), "{status} {body}");
        }
        assert!(self.node.runs(), "the process ended");
    }

    /// Puts the good content back, into the same file.
    fn put_back(&self) {
        fs::copy(&self.copy, &self.file).unwrap();
    }

    async fn is_well_again(&self) {
        assert_eq!(self.ready().await, (200, json!({ "status": "ok" })));
        for _ in 0..20 {
            self.node.answers_the_profile().await;
        }
    }
}

#[tokio::test]
async fn a_truncated_file_is_reported_and_does_not_end_the_node() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    for share in [0, 10, 50, 99] {
        let mut served = Served::start().await;
        let size = fs::metadata(&served.file).unwrap().len();
        OpenOptions::new().write(true).open(&served.file).unwrap().set_len(size * share / 100).unwrap();
        served.asks_for_much().await;
        served.is_unready("damaged").await;
        served.put_back();
        served.is_well_again().await;
    }
}

#[tokio::test]
async fn only_a_large_file_is_memory_mapped_by_default() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    for (large, flags, mapped) in [
        (false, &[][..], false),
        (true, &[][..], true),
        (true, &["--sqlite-mmap-bytes", "0"][..], false),
        (false, &["--sqlite-mmap-bytes", "1000000000"][..], true),
    ] {
        let fresh = fresh(Engine::Sqlite).await;
        let file = PathBuf::from(fresh.url().strip_prefix("sqlite://").unwrap());
        if large {
            // Pages that no table has; they take no room on the disk.
            OpenOptions::new().write(true).open(&file).unwrap().set_len(300 << 20).unwrap();
        }
        let node = Node::start_with(&fresh.url(), flags, &[]);
        node.answers_the_profile().await;
        assert_eq!(node.maps(&file), mapped, "large: {large}, {flags:?}");
    }
}

#[tokio::test]
async fn an_overwritten_file_is_reported_and_does_not_end_the_node() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    let mut served = Served::start().await;
    // All of it.
    fs::write(&served.file, vec![0xa5; 1 << 20]).unwrap();
    served.asks_for_much().await;
    served.is_unready("damaged").await;
    served.put_back();
    served.is_well_again().await;
    // All but the first page.
    let size = fs::metadata(&served.file).unwrap().len();
    let mut file = OpenOptions::new().write(true).open(&served.file).unwrap();
    file.seek(SeekFrom::Start(4096)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(size).unwrap() - 4096]).unwrap();
    drop(file);
    served.asks_for_much().await;
    served.is_unready("damaged").await;
    served.put_back();
    served.is_well_again().await;
    // By another database.
    fs::copy(another(&served.file).await, &served.file).unwrap();
    served.asks_for_much().await;
    assert_eq!(served.ready().await.0, 503);
    served.put_back();
    served.is_well_again().await;
}

#[tokio::test]
async fn a_replaced_or_deleted_file_makes_the_node_unready() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    let mut served = Served::start().await;
    let key = served.administrator().await;
    assert_eq!(served.writes(&key, "before").await["data"]["createApiKey"]["userErrors"], json!([]));
    let aside = served.file.with_extension("aside");
    fs::rename(&served.file, &aside).unwrap();
    served.asks_for_much().await;
    served.is_unready("missing").await;
    assert_eq!(served.writes(&key, "missing").await["errors"][0]["extensions"]["code"], "READ_ONLY");
    assert!(!served.file.exists(), "the node makes no file");
    fs::copy(&served.copy, &served.file).unwrap();
    served.asks_for_much().await;
    served.is_unready("replaced").await;
    assert_eq!(served.writes(&key, "replaced").await["errors"][0]["extensions"]["code"], "READ_ONLY");
    fs::rename(&aside, &served.file).unwrap();
    served.is_well_again().await;
    assert_eq!(served.writes(&key, "after").await["data"]["createApiKey"]["userErrors"], json!([]));
}

/// A database that is no registry.
async fn another(beside: &Path) -> PathBuf {
    use sea_orm::ConnectionTrait;
    let other = beside.with_extension("other");
    let url = format!("sqlite://{}?mode=rwc", other.display());
    let database = simpul::store::connect(&url).await.unwrap();
    database
        .execute_unprepared("CREATE TABLE other (id INTEGER); PRAGMA wal_checkpoint(TRUNCATE)")
        .await
        .unwrap();
    database.close().await.unwrap();
    other
}

/// A folder of a registry as others leave it, which an unprivileged user may read and not write.
fn read_only(fresh: &Fresh, folder_too: bool) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registry.db");
    fs::copy(fresh.url().strip_prefix("sqlite://").unwrap(), &file).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    let mode = if folder_too { 0o555 } else { 0o777 };
    fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
    (folder, file)
}

/// The binary as a user other than root, because permissions do not apply to root.
fn unprivileged(folder: &Path) -> Command {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
        command.current_dir(folder);
        return command;
    }
    // If that user cannot read the target folder, a copy is run.
    let binary = folder.join("simpul");
    if !binary.exists() {
        fs::copy(env!("CARGO_BIN_EXE_simpul"), &binary).unwrap();
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(binary).current_dir(folder);
    command
}

#[tokio::test]
async fn a_registry_that_cannot_be_written_is_served() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    let fresh = fresh(Engine::Sqlite).await;
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
    for folder_too in [true, false] {
        let (folder, file) = read_only(&fresh, folder_too);
        let url = format!("sqlite://{}", file.display());
        let doctor = unprivileged(place.path()).args(["doctor", "--database-url", &url]).output().unwrap();
        assert!(doctor.status.success(), "{}", String::from_utf8_lossy(&doctor.stderr));
        let migrate = unprivileged(place.path()).args(["migrate", "--database-url", &url]).output().unwrap();
        let complaint = String::from_utf8_lossy(&migrate.stderr).into_owned();
        assert!(!migrate.status.success() && complaint.contains("readonly"), "{complaint}");
        let node = Node::start_command(unprivileged(place.path()), &url, &["--rate-limit", "off"]);
        node.answers_the_profile().await;
        let ready = node.client.get(node.url("/readyz")).send().await.unwrap();
        assert_eq!(ready.status(), 200, "{}", ready.text().await.unwrap());
        drop(node);
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!folder_too || left == ["registry.db"], "{left:?}");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
    }
    fresh.discard().await;
}

/// Rows that are only in the `-wal` would be missing in silence.
#[tokio::test]
async fn a_registry_whose_newest_rows_cannot_be_read_is_not_served() {
    if !engines().contains(&Engine::Sqlite) {
        return;
    }
    let fresh = fresh(Engine::Sqlite).await;
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o755)).unwrap();
    let (folder, file) = read_only(&fresh, false);
    let mut wal = file.clone().into_os_string();
    wal.push("-wal");
    File::create(&wal).unwrap().write_all(&[0; 5000]).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let url = format!("sqlite://{}", file.display());
    let output = unprivileged(place.path()).args(["serve", "--database-url", &url]).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && complaint.contains("-wal"), "{complaint}");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
    fresh.discard().await;
}

/// A refused connection, an unknown host and a missing database are each reported at once.
#[tokio::test]
async fn a_server_that_cannot_be_used_is_named_without_waiting() {
    // Bound, so that no other process listens there.
    let taken = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    taken.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    let refused = taken.local_addr().unwrap().as_socket().unwrap();
    let (at_once, resolved) = (Duration::from_secs(8), Duration::from_secs(30));
    let mut cases = vec![
        (format!("postgres://simpul@{refused}/simpul"), "refused", at_once),
        // Where there is no network, the system takes its time to say so.
        ("postgres://simpul@no-such-host.invalid/simpul".to_owned(), "no-such-host.invalid", resolved),
    ];
    if engines().contains(&Engine::Postgres) {
        let server = std::env::var("SIMPUL_TEST_POSTGRES").unwrap();
        let (host, _) = server.rsplit_once('/').unwrap();
        cases.push((format!("{host}/no_such_database"), "no_such_database", at_once));
    }
    for (url, named, within) in cases {
        for command in ["doctor", "migrate", "seed", "generate", "serve", "demo"] {
            let mut binary = Command::new(env!("CARGO_BIN_EXE_simpul"));
            binary.args([command, "--database-url", &url]).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = binary.spawn().unwrap();
            let began = Instant::now();
            while child.try_wait().unwrap().is_none() {
                if began.elapsed() > within {
                    child.kill().unwrap();
                    panic!("{command} waits for {url}");
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let output = child.wait_with_output().unwrap();
            let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{command}: {complaint}");
            assert!(complaint.contains("cannot reach the database at postgres://"), "{complaint}");
            assert!(complaint.contains(named), "{command}: {complaint}");
        }
    }
}
