//! Starts a node for a test, and measures its memory and CPU time.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    thread::JoinHandle,
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::database;

/// A node that is stopped when the test ends.
pub(crate) struct Node {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) client: reqwest::Client,
    log: Option<JoinHandle<String>>,
}

/// The request after every attack.
pub(crate) const PROFILE: &str = include_str!("../../queries/mobile/cooperative-profile.graphql");

/// Keeps a node busy for long enough to be seen at it.
pub(crate) const LONG: &str = "{ regions(first: 100) { nodes { cooperatives(first: 20) { nodes { name \
                               linkages(first: 3) { totalCount } } } } } }";

/// Runs a test against a node on each engine.
pub(crate) async fn each_node(flags: &[&str], test: impl AsyncFn(&mut Node)) {
    each_node_with(flags, &[], test).await;
}

/// The same for nodes that return freed memory to the system at once, so that [`Node::resident`] is what they use.
pub(crate) async fn each_returning_node(flags: &[&str], test: impl AsyncFn(&mut Node)) {
    each_node_with(flags, &[("MIMALLOC_PURGE_DELAY", "0")], test).await;
}

async fn each_node_with(flags: &[&str], variables: &[(&str, &str)], test: impl AsyncFn(&mut Node)) {
    for engine in database::engines() {
        eprintln!("on {engine:?}");
        let fresh = database::fresh(engine).await;
        // Without pages, whose figures a node computes after its start, while its memory and its time are measured.
        let plain = ["--rate-limit", "off", "--pages", "off"];
        let mut node = Node::start_with(&fresh.url(), &[&plain, flags].concat(), variables);
        node.settle().await;
        test(&mut node).await;
        drop(node);
        fresh.discard().await;
    }
}

impl Node {
    /// Serves the database at `url`, with these flags and environment variables.
    pub(crate) fn start_with(url: &str, flags: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start_logging(url, flags, variables, written)
    }

    /// The same, whose standard error is read by `read`.
    pub(crate) fn start_logging(
        url: &str,
        flags: &[&str],
        variables: &[(&str, &str)],
        read: impl FnOnce(ChildStderr) -> String + Send + 'static,
    ) -> Self {
        Self::start(Command::new(env!("CARGO_BIN_EXE_simpul")), url, flags, variables, read)
    }

    /// Serves the database at `url` by a command that runs the binary.
    pub(crate) fn start_command(command: Command, url: &str, flags: &[&str]) -> Self {
        Self::start(command, url, flags, &[], written)
    }

    fn start(
        mut command: Command,
        url: &str,
        flags: &[&str],
        variables: &[(&str, &str)],
        read: impl FnOnce(ChildStderr) -> String + Send + 'static,
    ) -> Self {
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIMPUL_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        command.args(flags).envs(variables.iter().copied());
        if command.get_current_dir().is_none() {
            command.current_dir(env!("CARGO_TARGET_TMPDIR"));
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let served = lines.find_map(|line| {
            line.trim()
                .strip_prefix("GraphQL")?
                .trim()
                .strip_prefix("http://")?
                .strip_suffix("/graphql")?
                .parse()
                .ok()
        });
        let errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || read(errors));
        // A hung node must not hang the test, and a connection that it cut while it was idle must not be used again.
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).pool_max_idle_per_host(0);
        let client = client.build().unwrap();
        Self { child, address: served.expect("the node ended before it served"), client, log: Some(log) }
    }

    /// Waits until the node has loaded its reference data.
    pub(crate) async fn settle(&self) {
        let is_loaded = |line: &str| {
            let took =
                line.strip_prefix("simpul_load_duration_seconds ").and_then(|took| took.parse::<f64>().ok());
            took.is_some_and(|took| took > 0.0)
        };
        let loaded = async || {
            while !self.metrics().await.lines().any(is_loaded) {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), loaded())
            .await
            .expect("the reference data is not in memory");
        self.answers_the_profile().await;
        self.is_left_alone().await;
    }

    /// Waits until only the connection of this request is open.
    pub(crate) async fn is_left_alone(&self) {
        while !self.metrics().await.lines().any(|line| line == "simpul_connections 1") {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn metrics(&self) -> String {
        self.client.get(self.url("/metrics")).send().await.unwrap().text().await.unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Posts JSON, and returns status and body.
    pub(crate) async fn post(&self, body: String) -> (u16, Value) {
        let request = self.client.post(self.url("/graphql")).header("content-type", "application/json");
        let response =
            request.header("accept", "application/graphql-response+json").body(body).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json().await.unwrap())
    }

    pub(crate) async fn ask(&self, query: &str) -> (u16, Value) {
        self.post(json!({ "query": query }).to_string()).await
    }

    /// Checks that the node still answers.
    pub(crate) async fn answers_the_profile(&self) {
        let variables = json!({ "by": { "slug": "kopontren-al-ittifaq" } });
        let (status, body) = self.post(json!({ "query": PROFILE, "variables": variables }).to_string()).await;
        assert_eq!((status, body.get("errors")), (200, None), "{body}");
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Processor time that the node took so far.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        // utime and stime, in hundredths of a second.
        let ticks: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
        Duration::from_millis(ticks * 10)
    }

    fn memory(&self, line: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|known| known.strip_prefix(line)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// Bytes of memory that the node holds.
    pub(crate) fn resident(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// Whether it has this very file in its memory map.
    pub(crate) fn maps(&self, file: &Path) -> bool {
        let maps = fs::read_to_string(format!("/proc/{}/maps", self.child.id())).unwrap();
        maps.lines().any(|line| line.ends_with(file.to_str().unwrap()))
    }

    /// The most that it held since [`Self::forget_peak`].
    pub(crate) fn peak(&self) -> u64 {
        self.memory("VmHWM:")
    }

    pub(crate) fn forget_peak(&self) {
        fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    pub(crate) fn signal(&self, name: &str) {
        let killed = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(killed.unwrap().success());
    }

    /// Waits until it ended, and returns its status and its log.
    pub(crate) fn ended(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }

    /// Waits until it ended, and ignores its log.
    pub(crate) fn exit_status(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

/// Where a process listens, as the system has it; waits until it does.
pub(super) fn listening(process: u32) -> SocketAddr {
    for _ in 0..1200 {
        let files = fs::read_dir(format!("/proc/{process}/fd")).unwrap().filter_map(|file| {
            let target = fs::read_link(file.ok()?.path()).ok()?;
            Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        });
        let sockets: Vec<String> = files.collect();
        let listed = fs::read_to_string("/proc/net/tcp").unwrap();
        let port = listed.lines().find_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let listens = fields[3] == "0A" && sockets.iter().any(|socket| socket == fields[9]);
            listens.then(|| u16::from_str_radix(fields[1].split_once(':').unwrap().1, 16).unwrap())
        });
        if let Some(port) = port {
            return SocketAddr::from(([127, 0, 0, 1], port));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{process} listens nowhere");
}

/// All that a node writes into its log.
fn written(mut errors: ChildStderr) -> String {
    let mut text = String::new();
    errors.read_to_string(&mut text).unwrap();
    text
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
