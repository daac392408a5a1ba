//! Configuration. Flags take precedence over `SIMPUL_*` variables, these over `simpul.toml`, and that over defaults.

mod hidden;
mod serve;
mod value;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Deserialize;

pub use hidden::{Hidden, without_urls};
pub use serve::{IssuerOptions, ServeOptions, milliseconds};
pub use value::{AllowedDocuments, CostLimit, RateLimit, Switch};

/// The settings file that is read when it exists and no other is named.
const DEFAULT_FILE: &str = "simpul.toml";

const DEFAULT_DATABASE: &str = "sqlite://simpul.db";

/// Options of all commands: the settings file and the log.
#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::doc_markdown, reason = "this is the text of --help, where backticks are noise")]
pub struct Common {
    /// File with settings [default: simpul.toml, where there is one]
    #[arg(long, global = true, env = "SIMPUL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// What is logged, such as `info` or `simpul=debug` [file: log] [default: info]
    #[arg(long, global = true, env = "SIMPUL_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How the log is written [file: log_format] [default: pretty]
    #[arg(long, global = true, env = "SIMPUL_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,
}

/// Options for the database.
#[derive(Args, Clone, Debug, Default)]
pub struct DatabaseOptions {
    /// Where the registry is kept
    #[arg(
        long,
        help = "sqlite://path or postgres://user@host/name [file: database_url] [default: sqlite://simpul.db]",
        env = "SIMPUL_DATABASE_URL",
        value_name = "URL"
    )]
    database_url: Option<Hidden>,
}

/// The content of the settings file. An unknown key is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct File(ServeOptions);

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text for people.
    #[default]
    Pretty,
    /// One JSON object per line.
    Json,
}

/// Why the settings are invalid.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {file}: {cause}")]
    Read { file: String, cause: io::Error },
    #[error("{file}, line {line}: {what}")]
    Parse { file: String, line: usize, what: String },
}

impl Common {
    /// Reads the settings file, if one is named or the default file exists.
    ///
    /// # Errors
    /// When a named file is absent, or a file has unknown keys or invalid values.
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
            // The library quotes values that it does not expect, and one of them may be a database URL.
            let what = if hidden::may_be_a_url(error.message()) {
                "an invalid value".to_owned()
            } else {
                error.message().to_owned()
            };
            ConfigError::Parse { file, line, what }
        })
    }

    #[must_use]
    pub fn log(&self, file: &File) -> String {
        self.log.clone().or_else(|| file.0.log.clone()).unwrap_or_else(|| "info".to_owned())
    }

    #[must_use]
    pub fn log_format(&self, file: &File) -> LogFormat {
        self.log_format.or(file.0.log_format).unwrap_or_default()
    }
}

impl DatabaseOptions {
    #[must_use]
    pub fn url(&self, file: &File) -> Hidden {
        self.database_url
            .clone()
            .or_else(|| file.0.database_url.clone())
            .unwrap_or_else(|| Hidden::new(DEFAULT_DATABASE))
    }

    /// The same, for commands that may create the database file.
    #[must_use]
    pub fn creating_url(&self, file: &File) -> Hidden {
        let url = self.url(file);
        let text = url.text().trim();
        let fixed = !text.starts_with("sqlite:") || text.contains("mode=");
        match (fixed, text.contains('?')) {
            (true, _) => url,
            (false, true) => Hidden::new(format!("{text}&mode=rwc")),
            (false, false) => Hidden::new(format!("{text}?mode=rwc")),
        }
    }
}
