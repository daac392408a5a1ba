//! Parses database URLs, so that neither this type nor the options given to libraries show a password.

mod parts;

use std::{fmt, path::PathBuf};

use percent_encoding::percent_decode_str;
use sea_orm::sqlx::postgres::PgConnectOptions;

use self::parts::{Parts, postgres, sqlite};
use super::Engine;

/// A database URL. `Display` and `Debug` leave out the password and all parameters.
#[derive(Clone)]
pub struct DatabaseUrl {
    engine: Engine,
    /// Scheme, user, host and name, for display.
    shown: String,
    /// The URL without passwords, for libraries.
    plain: String,
    /// The decoded password.
    password: Option<String>,
    /// All spellings of the secrets that must not be shown.
    secrets: Vec<String>,
}

/// Why a text is not a valid database URL. No message contains a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    #[error("the database URL must begin with sqlite:// or postgres://")]
    Scheme,
    #[error("the database URL contains a line break or another control character")]
    Control,
    #[error(
        "the database URL contains `@`, `/`, `?` or `#` where it is not allowed; in a user or a password write %40 for `@`, %2F for \
         `/`, %3F for `?`, %23 for `#`, %25 for `%`"
    )]
    Unescaped,
    #[error(
        "the database URL contains a `%` that is not followed by two hexadecimal digits; write %25 for `%` itself"
    )]
    Percent,
    #[error("the database URL contains escaped bytes that are not UTF-8")]
    Text,
    #[error("the host in the database URL is neither a name nor an address; is there an `@` before it?")]
    Host,
    #[error(
        "the port in the database URL is not a number from 1 to 65535; is there an `@` before the host, and every `/`, `?` \
         and `#` of the password escaped as %2F, %3F and %23?"
    )]
    Port,
    #[error(
        "the database URL has an unknown parameter; if its `?` belongs to the password, write %3F, and %26 for `&`"
    )]
    Parameter,
    #[error("the database URL has an invalid value; allowed for {0}")]
    Value(&'static str),
    #[error("the database URL names a file after sqlite://, which has neither user nor password")]
    FileWithUser,
}

impl DatabaseUrl {
    /// Parses a URL such as `sqlite://simpul.db?mode=rwc` or `postgres://user:password@host:5432/simpul`. White space
    /// around it is ignored.
    ///
    /// # Errors
    /// When it is invalid. The message contains no part of the text.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err(UrlError::Control);
        }
        let (engine, parts) = if let Some(rest) = text.strip_prefix("sqlite:") {
            (Engine::Sqlite, sqlite(rest.strip_prefix("//").unwrap_or(rest))?)
        } else if let Some(rest) =
            text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"))
        {
            (Engine::Postgres, postgres(rest)?)
        } else {
            return Err(UrlError::Scheme);
        };
        let Parts { shown, plain, mut secrets } = parts;
        let password = secrets.first().cloned();
        secrets.retain(|secret| secret.len() >= SHORTEST);
        Ok(Self { engine, shown, plain, password, secrets })
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The URL without passwords, for libraries.
    #[must_use]
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The file of an SQLite URL, unless it is kept in memory.
    #[must_use]
    pub(super) fn file(&self) -> Option<PathBuf> {
        let rest = (self.engine == Engine::Sqlite).then(|| self.plain.strip_prefix("sqlite://"))??;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let in_memory = path == ":memory:" || query.split('&').any(|pair| pair == "mode=memory");
        let path = percent_decode_str(path).decode_utf8().ok()?;
        (!in_memory).then(|| PathBuf::from(&*path))
    }

    /// Whether the file may be created.
    #[must_use]
    pub(super) fn creates(&self) -> bool {
        let query = self.plain.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| pair == "mode=rwc")
    }

    /// Adds the password to the options, if there is one.
    #[must_use]
    pub(super) fn authenticate(&self, options: PgConnectOptions) -> PgConnectOptions {
        match &self.password {
            Some(password) => options.password(password),
            None => options,
        }
    }

    /// Removes the password from a text of a library or a server.
    #[must_use]
    pub(super) fn scrub(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
    }
}

/// Shorter passwords are not removed: they occur in every text.
const SHORTEST: usize = 4;

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({})", self.shown)
    }
}

#[cfg(test)]
mod tests;
