//! How to serve.

use std::{
    net::SocketAddr,
    num::{NonZeroU32, NonZeroU64},
    path::PathBuf,
    time::Duration,
};

use clap::Args;
use ipnet::IpNet;
use serde::Deserialize;

use super::{
    File, Hidden, LogFormat,
    value::{CostLimit, RateLimit, Strangers, Switch},
};

/// What an operator may set of serving; what a flag leaves open the file may say, and defaults the rest.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::doc_markdown, reason = "this is the text of --help, where backticks are noise")]
pub struct ServeOptions {
    /// What other groups of flags set stands in the file beside all this.
    #[arg(skip)]
    pub(super) database_url: Option<Hidden>,
    #[arg(skip)]
    pub(super) log: Option<String>,
    #[arg(skip)]
    pub(super) log_format: Option<LogFormat>,
    /// Address to listen on [file: listen] [default: 127.0.0.1:8000]
    #[arg(long, env = "SIMPUL_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Whether a document is answered by one planned statement, or edge by edge [file: planner] [default: on]
    #[arg(long, env = "SIMPUL_PLANNER", value_name = "SWITCH")]
    pub planner: Option<Switch>,
    /// Milliseconds that the statements of one request may take together at most, then it is answered with TIMEOUT; it
    /// has a tenth of them, and a 20000th for each point [file: statement_timeout_ms] [default: 5000]
    #[arg(long, env = "SIMPUL_STATEMENT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub statement_timeout_ms: Option<NonZeroU32>,
    /// Bytes of an SQLite file that are mapped into memory: faster where it is large, but a mapped file that is cut off
    /// ends the node [file: sqlite_mmap_bytes] [default: 1073741824 of a file beyond 268435456, else 0]
    #[arg(long, env = "SIMPUL_SQLITE_MMAP_BYTES", value_name = "BYTES")]
    pub sqlite_mmap_bytes: Option<u64>,
    /// Points that one request may cost, at least 200000 [file: cost_limit] [default: 450000]
    #[arg(long, env = "SIMPUL_COST_LIMIT", value_name = "POINTS")]
    pub cost_limit: Option<CostLimit>,
    /// Bytes that the answer of one request may have [file: answer_bytes] [default: 4194304]
    #[arg(long, env = "SIMPUL_ANSWER_BYTES", value_name = "BYTES")]
    pub answer_bytes: Option<NonZeroU32>,
    /// Points that each caller gets back every second, or `off` [file: rate_limit] [default: 30000; off in a demo]
    #[arg(long, env = "SIMPUL_RATE_LIMIT", value_name = "POINTS")]
    pub rate_limit: Option<RateLimit>,
    /// Points that a caller may spend at once [file: rate_burst] [default: what two requests may cost]
    #[arg(long, env = "SIMPUL_RATE_BURST", value_name = "POINTS")]
    pub rate_burst: Option<NonZeroU32>,
    /// Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8 [file: trusted_proxies]
    #[arg(long, env = "SIMPUL_TRUSTED_PROXIES", value_name = "NETWORK", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// Origins whose pages may ask, such as https://dashboard.example [file: allowed_origins]
    #[arg(long, env = "SIMPUL_ALLOWED_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    pub allowed_origins: Option<Vec<String>>,
    /// Whether the schema tells of itself [file: introspection] [default: on]
    #[arg(long, env = "SIMPUL_INTROSPECTION", value_name = "SWITCH")]
    pub introspection: Option<Switch>,
    /// Manifest of trusted documents, in Apollo's format or Relay's [file: trusted_documents]
    #[arg(long, env = "SIMPUL_TRUSTED_DOCUMENTS", value_name = "FILE")]
    pub trusted_documents: Option<PathBuf>,
    /// Which documents are executed [file: documents] [default: any]
    #[arg(long, env = "SIMPUL_DOCUMENTS", value_name = "WHICH")]
    pub documents: Option<Strangers>,
    /// Bytes of automatically persisted documents that are kept; 0 for none [file: persisted_bytes] [default: 16777216]
    #[arg(long, env = "SIMPUL_PERSISTED_BYTES", value_name = "BYTES")]
    pub persisted_bytes: Option<u64>,
    /// Bytes of a request's body [file: body_bytes] [default: 524288]
    #[arg(long, env = "SIMPUL_BODY_BYTES", value_name = "BYTES")]
    pub body_bytes: Option<NonZeroU32>,
    /// Milliseconds for a body, or a message of a WebSocket, to arrive [file: body_timeout_ms] [default: 15000]
    #[arg(long, env = "SIMPUL_BODY_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub body_timeout_ms: Option<NonZeroU32>,
    /// Milliseconds for a request's head to arrive, silence before it included [file: head_timeout_ms] [default: 15000]
    #[arg(long, env = "SIMPUL_HEAD_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub head_timeout_ms: Option<NonZeroU32>,
    /// Milliseconds in which a caller reads 512 bytes a second, or all that it is sent [file: write_timeout_ms] [default:
    /// 30000]
    #[arg(long, env = "SIMPUL_WRITE_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub write_timeout_ms: Option<NonZeroU32>,
    /// Bytes of answers that may wait to be read, at least twice those of one [file: unread_bytes] [default: 268435456]
    #[arg(long, env = "SIMPUL_UNREAD_BYTES", value_name = "BYTES")]
    pub unread_bytes: Option<NonZeroU64>,
    /// Milliseconds for a WebSocket to introduce itself [file: socket_init_timeout_ms] [default: 3000]
    #[arg(long, env = "SIMPUL_SOCKET_INIT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub socket_init_timeout_ms: Option<NonZeroU32>,
    /// Connections open at once [file: connections] [default: 1024]
    #[arg(long, env = "SIMPUL_CONNECTIONS", value_name = "NUMBER")]
    pub connections: Option<NonZeroU32>,
    /// Requests of one caller worked on at once; a quarter more are for others [file: running] [default: 16 for each core]
    #[arg(long, env = "SIMPUL_RUNNING", value_name = "NUMBER")]
    pub running: Option<NonZeroU32>,
    /// Requests that may wait for their turn [file: waiting] [default: 128 for each core]
    #[arg(long, env = "SIMPUL_WAITING", value_name = "NUMBER")]
    pub waiting: Option<u32>,
    /// Milliseconds that they wait [file: wait_timeout_ms] [default: 2000]
    #[arg(long, env = "SIMPUL_WAIT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub wait_timeout_ms: Option<NonZeroU32>,
    /// Milliseconds for requests under way after SIGTERM [file: drain_timeout_ms] [default: 30000]
    #[arg(long, env = "SIMPUL_DRAIN_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub drain_timeout_ms: Option<NonZeroU32>,
}

/// Fields that are taken from elsewhere where they are not set.
macro_rules! either {
    ($own:expr, $other:expr, $($field:ident),+ $(,)?) => {
        ServeOptions { $($field: $own.$field.or_else(|| $other.$field.clone()),)+ }
    };
}

impl ServeOptions {
    /// What flags and variables say, and the file where they say nothing.
    #[must_use]
    pub fn over(self, file: &File) -> Self {
        either!(
            self,
            file.0,
            database_url,
            log,
            log_format,
            listen,
            planner,
            statement_timeout_ms,
            sqlite_mmap_bytes,
            cost_limit,
            answer_bytes,
            rate_limit,
            rate_burst,
            trusted_proxies,
            allowed_origins,
            introspection,
            trusted_documents,
            documents,
            persisted_bytes,
            body_bytes,
            body_timeout_ms,
            head_timeout_ms,
            write_timeout_ms,
            unread_bytes,
            socket_init_timeout_ms,
            connections,
            running,
            waiting,
            wait_timeout_ms,
            drain_timeout_ms,
        )
    }
}

/// A setting of milliseconds as a duration.
#[must_use]
pub fn milliseconds(many: Option<NonZeroU32>) -> Option<Duration> {
    many.map(|many| Duration::from_millis(many.get().into()))
}
