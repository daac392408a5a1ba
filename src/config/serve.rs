//! Options for serving.

use std::{
    collections::BTreeMap,
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
    value::{AllowedDocuments, CostLimit, RateLimit, Switch},
};

/// An issuer of tokens, as the settings file names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerOptions {
    pub issuer: String,
    pub jwks: String,
    pub audiences: Vec<String>,
    /// JSON pointers to the claims of its tokens that name roles.
    #[serde(default)]
    pub roles_at: Vec<String>,
    /// The role of each name, such as `MINISTRY` or `REGISTRAR 32`.
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
}

/// Options for serving. A flag that is not given is read from the file, then from the defaults.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::doc_markdown, reason = "this is the text of --help, where backticks are noise")]
pub struct ServeOptions {
    /// Keys of other option groups that the file also has.
    #[arg(skip)]
    pub(super) database_url: Option<Hidden>,
    #[arg(skip)]
    pub(super) log: Option<String>,
    #[arg(skip)]
    pub(super) log_format: Option<LogFormat>,
    /// Address to listen on [file: listen] [default: 127.0.0.1:8000]
    #[arg(long, env = "SIMPUL_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Answer a document by one planned statement (on), or edge by edge (off) [file: planner] [default: on]
    #[arg(long, env = "SIMPUL_PLANNER", value_name = "SWITCH")]
    pub planner: Option<Switch>,
    /// Maximum time in milliseconds for all statements of one request, after which it fails with TIMEOUT; a request has
    /// a tenth of it, plus a 20000th for each point [file: statement_timeout_ms] [default: 5000]
    #[arg(long, env = "SIMPUL_STATEMENT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub statement_timeout_ms: Option<NonZeroU32>,
    /// Bytes of an SQLite file to map into memory: faster for large files, but a mapped file that is truncated crashes
    /// the node [file: sqlite_mmap_bytes] [default: 1073741824 for a file beyond 268435456, else 0]
    #[arg(long, env = "SIMPUL_SQLITE_MMAP_BYTES", value_name = "BYTES")]
    pub sqlite_mmap_bytes: Option<u64>,
    /// Maximum cost of one request in points, at least 200000 [file: cost_limit] [default: 450000]
    #[arg(long, env = "SIMPUL_COST_LIMIT", value_name = "POINTS")]
    pub cost_limit: Option<CostLimit>,
    /// Maximum size of one response in bytes [file: answer_bytes] [default: 4194304]
    #[arg(long, env = "SIMPUL_ANSWER_BYTES", value_name = "BYTES")]
    pub answer_bytes: Option<NonZeroU32>,
    /// Maximum cost of one export in points [file: export_cost] [default: 20000000]
    #[arg(long, env = "SIMPUL_EXPORT_COST", value_name = "POINTS")]
    pub export_cost: Option<NonZeroU32>,
    /// Maximum time in seconds to read the rows of one export [file: export_seconds] [default: 60]
    #[arg(long, env = "SIMPUL_EXPORT_SECONDS", value_name = "SECONDS")]
    pub export_seconds: Option<NonZeroU32>,
    /// Maximum size of the temporary files of all exports in bytes [file: export_bytes] [default: 1073741824]
    #[arg(long, env = "SIMPUL_EXPORT_BYTES", value_name = "BYTES")]
    pub export_bytes: Option<NonZeroU64>,
    /// Folder for the temporary files of exports [file: export_directory] [default: the system's]
    #[arg(long, env = "SIMPUL_EXPORT_DIRECTORY", value_name = "FOLDER")]
    pub export_directory: Option<PathBuf>,
    /// Issuer of JSON Web Tokens that identify callers: the claim `iss` of its tokens [file: jwt_issuer]
    #[arg(long, env = "SIMPUL_JWT_ISSUER", value_name = "URL")]
    pub jwt_issuer: Option<String>,
    /// Public keys of the issuer (JWKS): a URL of https, or a file [file: jwks]
    #[arg(long, env = "SIMPUL_JWKS", value_name = "URL or FILE")]
    pub jwks: Option<String>,
    /// Claims `aud` of tokens that are meant for this node [file: jwt_audience]
    #[arg(long, env = "SIMPUL_JWT_AUDIENCE", value_name = "AUDIENCE", value_delimiter = ',')]
    pub jwt_audience: Option<Vec<String>>,
    /// More issuers, in the file only.
    #[arg(skip)]
    pub issuers: Option<Vec<IssuerOptions>>,
    /// Points that each caller regains per second, or `off` [file: rate_limit] [default: 30000; off in a demo]
    #[arg(long, env = "SIMPUL_RATE_LIMIT", value_name = "POINTS")]
    pub rate_limit: Option<RateLimit>,
    /// Points that a caller may spend at once [file: rate_burst] [default: the cost limit of two requests]
    #[arg(long, env = "SIMPUL_RATE_BURST", value_name = "POINTS")]
    pub rate_burst: Option<NonZeroU32>,
    /// Networks of proxies whose X-Forwarded-For is trusted, such as 10.0.0.0/8 [file: trusted_proxies]
    #[arg(long, env = "SIMPUL_TRUSTED_PROXIES", value_name = "NETWORK", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpNet>>,
    /// Origins whose web pages may send requests, such as https://dashboard.example, or `*` for any [file:
    /// allowed_origins] [default: none; any in a demo]
    #[arg(long, env = "SIMPUL_ALLOWED_ORIGINS", value_name = "ORIGIN", value_delimiter = ',')]
    pub allowed_origins: Option<Vec<String>>,
    /// Whether introspection is enabled [file: introspection] [default: on]
    #[arg(long, env = "SIMPUL_INTROSPECTION", value_name = "SWITCH")]
    pub introspection: Option<Switch>,

    /// Whether pages for people are served beside the API [file: pages] [default: on]
    #[arg(long, value_name = "SWITCH", env = "SIMPUL_PAGES")]
    pub pages: Option<Switch>,
    /// Manifest of trusted documents, in Apollo's format or Relay's [file: trusted_documents]
    #[arg(long, env = "SIMPUL_TRUSTED_DOCUMENTS", value_name = "FILE")]
    pub trusted_documents: Option<PathBuf>,
    /// Which documents are executed [file: documents] [default: any]
    #[arg(long, env = "SIMPUL_DOCUMENTS", value_name = "WHICH")]
    pub documents: Option<AllowedDocuments>,
    /// Maximum size of the store of automatically persisted documents in bytes; 0 turns it off [file: persisted_bytes]
    /// [default: 16777216]
    #[arg(long, env = "SIMPUL_PERSISTED_BYTES", value_name = "BYTES")]
    pub persisted_bytes: Option<u64>,
    /// Maximum size of the body of a request in bytes [file: body_bytes] [default: 524288]
    #[arg(long, env = "SIMPUL_BODY_BYTES", value_name = "BYTES")]
    pub body_bytes: Option<NonZeroU32>,
    /// Maximum time in milliseconds for a body, or a message of a WebSocket, to arrive [file: body_timeout_ms]
    /// [default: 15000]
    #[arg(long, env = "SIMPUL_BODY_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub body_timeout_ms: Option<NonZeroU32>,
    /// Maximum time in milliseconds for the head of a request to arrive, including idle time before it [file:
    /// head_timeout_ms] [default: 15000]
    #[arg(long, env = "SIMPUL_HEAD_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub head_timeout_ms: Option<NonZeroU32>,
    /// Time in milliseconds in which a client must read 512 bytes per second, or everything sent to it [file:
    /// write_timeout_ms] [default: 30000]
    #[arg(long, env = "SIMPUL_WRITE_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub write_timeout_ms: Option<NonZeroU32>,
    /// Maximum total size of responses that wait to be read, at least twice that of one response [file: unread_bytes]
    /// [default: 268435456]
    #[arg(long, env = "SIMPUL_UNREAD_BYTES", value_name = "BYTES")]
    pub unread_bytes: Option<NonZeroU64>,
    /// Maximum time in milliseconds for a WebSocket to send connection_init [file: socket_init_timeout_ms] [default:
    /// 3000]
    #[arg(long, env = "SIMPUL_SOCKET_INIT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub socket_init_timeout_ms: Option<NonZeroU32>,
    /// Maximum number of open connections [file: connections] [default: 1024]
    #[arg(long, env = "SIMPUL_CONNECTIONS", value_name = "NUMBER")]
    pub connections: Option<NonZeroU32>,
    /// Maximum number of requests of one caller in execution; a quarter more are reserved for others [file: running]
    /// [default: 16 for each core]
    #[arg(long, env = "SIMPUL_RUNNING", value_name = "NUMBER")]
    pub running: Option<NonZeroU32>,
    /// Maximum number of requests that wait for execution [file: waiting] [default: 128 for each core]
    #[arg(long, env = "SIMPUL_WAITING", value_name = "NUMBER")]
    pub waiting: Option<u32>,
    /// Maximum time in milliseconds that a request waits for execution [file: wait_timeout_ms] [default: 2000]
    #[arg(long, env = "SIMPUL_WAIT_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub wait_timeout_ms: Option<NonZeroU32>,
    /// Maximum time in milliseconds for requests in progress to finish after SIGTERM [file: drain_timeout_ms] [default:
    /// 30000]
    #[arg(long, env = "SIMPUL_DRAIN_TIMEOUT_MS", value_name = "MILLISECONDS")]
    pub drain_timeout_ms: Option<NonZeroU32>,
}

/// Fills fields that are not set from another value.
macro_rules! either {
    ($own:expr, $other:expr, $($field:ident),+ $(,)?) => {
        ServeOptions { $($field: $own.$field.or_else(|| $other.$field.clone()),)+ }
    };
}

impl ServeOptions {
    /// Merges flags and variables with the file, which has lower precedence.
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
            export_cost,
            export_seconds,
            export_bytes,
            export_directory,
            jwt_issuer,
            jwks,
            jwt_audience,
            issuers,
            rate_limit,
            rate_burst,
            trusted_proxies,
            allowed_origins,
            introspection,
            pages,
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

/// Converts milliseconds to a duration.
#[must_use]
pub fn milliseconds(many: Option<NonZeroU32>) -> Option<Duration> {
    many.map(|many| Duration::from_millis(many.get().into()))
}
