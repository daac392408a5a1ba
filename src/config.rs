//! What an operator may set: flags over `SIMPUL_*` variables over `simpul.toml` over defaults.

use std::{
    fs, io,
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use clap::{Args, ValueEnum};
use serde::Deserialize;

/// The file that is read when it is there and nobody names another.
const DEFAULT_FILE: &str = "simpul.toml";

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8000);

const DEFAULT_DATABASE: &str = "sqlite://simpul.db";

const DEFAULT_STATEMENT_TIMEOUT: Duration = Duration::from_secs(5);

/// Where the settings come from, and how the node speaks.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// File with settings [default: simpul.toml, where there is one]
    #[arg(long, global = true, env = "SIMPUL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// What is logged, such as `info` or `simpul=debug` [file: log] [default: info]
    #[arg(long, global = true, env = "SIMPUL_LOG", value_name = "FILTER")]
    log: Option<String>,
}

/// Which database.
#[derive(Args, Clone, Debug, Default)]
pub struct DatabaseOptions {
    /// Where the registry is kept
    #[arg(
        long,
        help = "sqlite://path or postgres://user@host/name [file: database_url] [default: sqlite://simpul.db]",
        env = "SIMPUL_DATABASE_URL",
        value_name = "URL"
    )]
    database_url: Option<String>,
}

/// How to serve.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeOptions {
    /// Address to listen on [file: listen] [default: 127.0.0.1:8000]
    #[arg(long, env = "SIMPUL_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Whether a document is answered by one planned statement, or edge by edge [file: planner] [default: on]
    #[arg(long, env = "SIMPUL_PLANNER", value_name = "SWITCH")]
    planner: Option<Switch>,
    /// How long the statements of one request may take together
    #[arg(
        long,
        help = "How long the statements of one request may take together; then it is answered with TIMEOUT \
                [file: statement_timeout_ms] [default: 5000]",
        env = "SIMPUL_STATEMENT_TIMEOUT_MS",
        value_name = "MILLISECONDS"
    )]
    statement_timeout_ms: Option<NonZeroU32>,
    /// What one request may cost
    #[arg(
        long,
        help = "Points that one request may cost, at least 200000 [file: cost_limit] [default: 300000]",
        env = "SIMPUL_COST_LIMIT",
        value_name = "POINTS"
    )]
    cost_limit: Option<CostLimit>,
}

/// Points that one request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct CostLimit(u32);

/// Less, and the introspection query of GraphiQL and of code generators would be turned away.
const LEAST_COST_LIMIT: i64 = 200_000;

impl TryFrom<i64> for CostLimit {
    type Error = String;

    fn try_from(points: i64) -> Result<Self, String> {
        // The API shows it as an `Int`.
        let limit = i32::try_from(points).ok().filter(|_| points >= LEAST_COST_LIMIT);
        let limit = limit.and_then(|points| u32::try_from(points).ok());
        limit.map(Self).ok_or_else(|| format!("between {LEAST_COST_LIMIT} and {}, not {points}", i32::MAX))
    }
}

impl FromStr for CostLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<i64>().map_err(|error| error.to_string())?.try_into()
    }
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    On,
    Off,
}

/// The file's content; a key that means nothing here is a mistake worth a word.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    listen: Option<SocketAddr>,
    database_url: Option<String>,
    planner: Option<Switch>,
    statement_timeout_ms: Option<NonZeroU32>,
    cost_limit: Option<CostLimit>,
    log: Option<String>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {file}: {cause}")]
    Read { file: String, cause: io::Error },
    #[error("{file}, line {line}: {what}")]
    Parse { file: String, line: usize, what: String },
}

impl Common {
    /// Reads the file, if one is named or stands where it is looked for.
    ///
    /// # Errors
    /// When a named file is absent, or a file holds unknown keys or impossible values.
    pub fn file(&self) -> Result<File, ConfigError> {
        let path = self.config.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
        let file = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.config.is_none() => {
                return Ok(File::default());
            }
            Err(cause) => return Err(ConfigError::Read { file, cause }),
        };
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            ConfigError::Parse { file, line, what: error.message().to_owned() }
        })
    }

    #[must_use]
    pub fn log(&self, file: &File) -> String {
        self.log.clone().or_else(|| file.log.clone()).unwrap_or_else(|| "info".to_owned())
    }
}

impl DatabaseOptions {
    #[must_use]
    pub fn url(&self, file: &File) -> String {
        self.database_url
            .clone()
            .or_else(|| file.database_url.clone())
            .unwrap_or_else(|| DEFAULT_DATABASE.to_owned())
    }

    /// The same, for commands that may make the file.
    #[must_use]
    pub fn creating_url(&self, file: &File) -> String {
        let url = self.url(file);
        let fixed = !url.starts_with("sqlite:") || url.contains("mode=");
        match (fixed, url.contains('?')) {
            (true, _) => url,
            (false, true) => format!("{url}&mode=rwc"),
            (false, false) => format!("{url}?mode=rwc"),
        }
    }
}

impl ServeOptions {
    #[must_use]
    pub fn listen(&self, file: &File) -> SocketAddr {
        self.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN)
    }

    #[must_use]
    pub fn planner(&self, file: &File) -> Switch {
        self.planner.or(file.planner).unwrap_or(Switch::On)
    }

    #[must_use]
    pub fn statement_timeout(&self, file: &File) -> Duration {
        let millis = self.statement_timeout_ms.or(file.statement_timeout_ms);
        millis.map_or(DEFAULT_STATEMENT_TIMEOUT, |millis| Duration::from_millis(millis.get().into()))
    }

    /// What one request may cost, unless the default is to hold.
    #[must_use]
    pub fn cost_limit(&self, file: &File) -> Option<u32> {
        self.cost_limit.or(file.cost_limit).map(|CostLimit(points)| points)
    }
}
