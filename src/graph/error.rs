//! What can go wrong, each with the code that callers see.

use std::{sync::Arc, time::Duration};

use sea_orm::DbErr;

use crate::store::ReadError;

/// A refusal or a failure, as resolvers return it; the door adds `extensions.code`.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The caller asked for something that cannot be.
    #[error("{0}")]
    BadUserInput(String),
    /// A cursor that is not ours, was altered, or belongs to another order or filter.
    #[error("{0}")]
    CursorInvalid(&'static str),
    /// A field that the caller may not see.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The request's time, which is this long, is over.
    #[error("the request took longer than {} ms; request less at once", .0.as_millis())]
    TimedOut(Duration),
    /// The database refused or failed; never shown.
    #[error("the database failed: {0}")]
    Database(Arc<DbErr>),
    /// Something that cannot happen did; never shown.
    #[error("{0}")]
    Internal(String),
}

/// What a resolver returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The documented code of `extensions.code`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadUserInput(_) => "BAD_USER_INPUT",
            Self::CursorInvalid(_) => "CURSOR_INVALID",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::TimedOut(_) => "TIMEOUT",
            Self::Database(_) | Self::Internal(_) => "INTERNAL",
        }
    }

    /// Whether its text may reach the caller.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !matches!(self, Self::Database(_) | Self::Internal(_))
    }

    pub(crate) fn bad_input(message: impl Into<String>) -> Self {
        Self::BadUserInput(message.into())
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TimedOut(time) => Self::TimedOut(time),
            ReadError::Database(error) => error.into(),
        }
    }
}
