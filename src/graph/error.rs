//! The errors of resolvers, with the codes that callers see.

use std::{sync::Arc, time::Duration};

use sea_orm::DbErr;

use crate::store::ReadError;

/// An error of a resolver. `extensions.code` is added before the response is sent.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// An invalid argument.
    #[error("{0}")]
    BadUserInput(String),
    /// A cursor that was not made by this registry, was altered, or belongs to another order or filter.
    #[error("{0}")]
    CursorInvalid(&'static str),
    /// A cursor of the change log whose changes are no longer kept, or that is of another copy of the log.
    #[error(
        "{0}; read your lists again, together with `registry {{ sequence }}`, and go on after that sequence"
    )]
    CursorExpired(&'static str),
    /// A use of data that is not allowed to the caller.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A write by a caller without a credential.
    #[error("a write needs a credential: a key or a token in `Authorization: Bearer`")]
    Unauthenticated,
    /// A write to a registry that can only be read.
    #[error("this registry can only be read")]
    ReadOnly,
    /// An idempotency key that was used for another write.
    #[error("this idempotency key was used for another request; use a new one")]
    IdempotencyKeyReused,
    /// Other writes take too long.
    #[error("the registry is busy with other writes; send the request again with the same idempotency key")]
    Unavailable,
    /// The time limit of the request, which is this long, has expired.
    #[error("the request took longer than {} ms; request less at once", .0.as_millis())]
    TimedOut(Duration),
    /// An error of the database; its text is never shown to callers.
    #[error("the database failed: {0}")]
    Database(Arc<DbErr>),
    /// A bug in this program; its text is never shown to callers.
    #[error("{0}")]
    Internal(String),
}

/// The result of a resolver.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The code in `extensions.code`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadUserInput(_) => "BAD_USER_INPUT",
            Self::CursorInvalid(_) => "CURSOR_INVALID",
            Self::CursorExpired(_) => "CURSOR_EXPIRED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::ReadOnly => "READ_ONLY",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::Unavailable => "UNAVAILABLE",
            Self::TimedOut(_) => "TIMEOUT",
            Self::Database(_) | Self::Internal(_) => "INTERNAL",
        }
    }

    /// Whether its text may be shown to the caller.
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
            // The door restarts the request, and shows none of these.
            error @ (ReadError::Restart | ReadError::SnapshotLost) => Self::Internal(error.to_string()),
        }
    }
}
