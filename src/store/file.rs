//! The file of an SQLite registry: how it can be opened, and whether it is still the same, undamaged file.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::{
    DatabaseConnection, DbErr, RuntimeErr, SqlxSqliteConnector,
    sqlx::{
        self, ConnectOptions, Connection, Error,
        sqlite::{SqliteConnectOptions, SqlitePoolOptions},
    },
};

use super::{number, url::DatabaseUrl};

/// The access that a file allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Write,
    /// Read, while others may write.
    Read,
    /// Read a file that does not change: it is in a folder where SQLite cannot create the files that it needs to read
    /// beside writers.
    Frozen,
}

impl Access {
    /// The widest access that a file allows. A file that does not exist yet will be created.
    ///
    /// # Errors
    /// When it cannot be opened for reading either.
    pub(super) async fn of(url: &DatabaseUrl) -> Result<Self, String> {
        let Some(path) = url.file().filter(|path| path.exists()) else { return Ok(Self::Write) };
        let plain: SqliteConnectOptions = url.plain().parse().map_err(|error: Error| error.to_string())?;
        let refused = match Self::Write.opens(plain.clone()).await {
            Ok(()) => return Ok(Self::Write),
            Err(error) if is_read_only(&error) => error,
            Err(error) => return Err(error.to_string()),
        };
        if Self::Read.opens(plain.clone()).await.is_ok() {
            return Ok(Self::Read);
        }
        if fs::metadata(beside(&path, "-wal")).is_ok_and(|wal| wal.len() > 0) {
            return Err(
                "its folder cannot be written, and its -wal holds rows that cannot be read without; open it \
                        once where it can be written, or serve a backup"
                    .to_owned(),
            );
        }
        Self::Frozen.opens(plain).await.map(|()| Self::Frozen).map_err(|_| refused.to_string())
    }

    /// Connection options that use this access.
    pub(super) fn apply(self, file: SqliteConnectOptions) -> SqliteConnectOptions {
        match self {
            Self::Write => self.read(file).pragma("journal_mode", "WAL").pragma("synchronous", "NORMAL"),
            Self::Read | Self::Frozen => self.read(file),
        }
    }

    /// Connection options for reading, which change neither data nor the journal mode.
    fn read(self, file: SqliteConnectOptions) -> SqliteConnectOptions {
        let file =
            file.foreign_keys(true).busy_timeout(Duration::from_secs(10)).pragma("cache_size", "-16384");
        match self {
            Self::Write => file,
            Self::Read => file.read_only(true),
            Self::Frozen => file.read_only(true).immutable(true),
        }
    }

    async fn opens(self, file: SqliteConnectOptions) -> Result<(), Error> {
        let mut connection = self.apply(file).disable_statement_logging().connect().await?;
        let read = sqlx::query("SELECT count(*) FROM sqlite_schema").execute(&mut connection).await;
        connection.close().await?;
        read.map(drop)
    }
}

/// `SQLITE_READONLY` and `SQLITE_CANTOPEN`.
fn is_read_only(error: &Error) -> bool {
    code(error).is_some_and(|code| [8, 14].contains(&code))
}

/// The primary result code of an SQLite error.
fn code(error: &Error) -> Option<u32> {
    let Error::Database(error) = error else { return None };
    Some(error.code()?.parse::<u32>().ok()? & 0xff)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The file size in bytes beyond which a file is mapped into memory by default: the caches of single connections are
/// too small for it, and reading its pages again takes most of the time (decision 0032).
const MAPPED_ABOVE: u64 = 256 << 20;

/// The bytes that are mapped by default.
const MAPPED: u64 = 1 << 30;

/// A file that a node serves, as it was at the start of the node.
#[derive(Debug)]
pub struct ServedFile {
    url: DatabaseUrl,
    path: PathBuf,
    /// Device and inode.
    identity: (u64, u64),
    access: Access,
    /// The bytes of it that readers map into memory.
    mapped: u64,
    trust: Mutex<Trust>,
}

/// Which connections are trusted.
#[derive(Debug, Default)]
struct Trust {
    /// Whether the last check found another file in its place, or a damaged one.
    lost: bool,
    /// Connections opened after this time are trusted.
    since: Option<Instant>,
}

/// Why a served file is no longer usable.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    #[error("the file is gone")]
    Missing,
    #[error("another file is in its place")]
    Replaced,
    #[error("the file is not a complete database: {0}")]
    Damaged(String),
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

impl FileFault {
    /// The fault as one word, when it is a fault of the file.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some("missing"),
            Self::Replaced => Some("replaced"),
            Self::Damaged(_) => Some("damaged"),
            Self::Unreadable(_) => None,
        }
    }
}

impl From<DbErr> for FileFault {
    /// `SQLITE_IOERR`, `SQLITE_CORRUPT` and `SQLITE_NOTADB` are faults of the file.
    fn from(error: DbErr) -> Self {
        let found = match &error {
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => code(cause),
            _ => None,
        };
        match found {
            Some(10 | 11 | 26) => Self::Damaged(error.to_string()),
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl From<Error> for FileFault {
    fn from(error: Error) -> Self {
        match code(&error) {
            Some(10 | 11 | 26) => Self::Damaged(error.to_string()),
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl ServedFile {
    /// The file of `url`, if there is one, of which readers map `mapped` bytes into memory; by default a number that
    /// depends on its size.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn of(url: &DatabaseUrl, mapped: Option<u64>) -> Result<Option<Self>, String> {
        let Some(path) = url.file() else { return Ok(None) };
        let access = Access::of(url).await?;
        let metadata = fs::metadata(&path).map_err(|error| error.to_string())?;
        let identity = (metadata.dev(), metadata.ino());
        let by_size = || if metadata.len() > MAPPED_ABOVE { MAPPED } else { 0 };
        let mapped = mapped.unwrap_or_else(by_size);
        Ok(Some(Self { url: url.clone(), path, identity, access, mapped, trust: Mutex::default() }))
    }

    /// Checks that the file is still the one that was opened, and undamaged, by a new connection, which is returned.
    /// When the file is well again after a fault, connections that were opened before are no longer trusted.
    ///
    /// # Errors
    /// The fault of the file.
    pub async fn look(&self) -> Result<DatabaseConnection, FileFault> {
        let found = async {
            self.in_place()?;
            let fresh = self.open().await?;
            match self.is_whole(&fresh).await {
                Ok(()) => Ok(fresh),
                Err(fault) => {
                    let _ = fresh.close().await;
                    Err(fault)
                }
            }
        };
        let found = found.await;
        let mut trust = self.trust.lock().unwrap_or_else(PoisonError::into_inner);
        match &found {
            // A connection that opened the file before it was moved reads the file that was served.
            Err(FileFault::Missing | FileFault::Replaced) => trust.lost = true,
            Err(FileFault::Damaged(_)) => *trust = Trust { lost: true, since: Some(Instant::now()) },
            Ok(_) if trust.lost => *trust = Trust { lost: false, since: Some(Instant::now()) },
            Ok(_) | Err(FileFault::Unreadable(_)) => {}
        }
        drop(trust);
        found
    }

    /// Stops trusting all connections that are open now: they may have read another database.
    pub fn distrust(&self) {
        let trust = Trust { lost: true, since: Some(Instant::now()) };
        *self.trust.lock().unwrap_or_else(PoisonError::into_inner) = trust;
    }

    /// Connection options for readers, which share the memory map of the file.
    pub(super) fn reading(&self, file: SqliteConnectOptions) -> SqliteConnectOptions {
        self.unmapped(file).pragma("mmap_size", self.mapped.to_string())
    }

    fn unmapped(&self, file: SqliteConnectOptions) -> SqliteConnectOptions {
        self.access.read(file).create_if_missing(false)
    }

    /// Whether a connection of this age was opened after the last fault of the file.
    pub(super) fn trusts(&self, age: Duration) -> bool {
        let trust = self.trust.lock().unwrap_or_else(PoisonError::into_inner);
        trust.since.is_none_or(|since| age < since.elapsed())
    }

    /// Checks that the file is still the one that was opened.
    pub(super) fn in_place(&self) -> Result<(), FileFault> {
        match fs::metadata(&self.path) {
            Ok(found) if (found.dev(), found.ino()) == self.identity => Ok(()),
            Ok(_) => Err(FileFault::Replaced),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileFault::Missing),
            Err(error) => Err(FileFault::Unreadable(error.to_string())),
        }
    }

    async fn open(&self) -> Result<DatabaseConnection, FileFault> {
        // By SQLite alone: closing the file by other means would give up the locks that this process has on it.
        let plain: SqliteConnectOptions = self.url.plain().parse()?;
        let file = self.unmapped(plain).disable_statement_logging();
        let pool = Box::pin(SqlitePoolOptions::new().max_connections(1).connect_with(file)).await?;
        Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
    }

    /// Checks that no page is missing from both the file and its log.
    async fn is_whole(&self, fresh: &DatabaseConnection) -> Result<(), FileFault> {
        let pages =
            number(fresh, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").await?;
        let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        let held = size(&self.path) + size(&beside(&self.path, "-wal"));
        if pages == 0 || held < pages.unsigned_abs() {
            return Err(FileFault::Damaged(format!("{held} bytes are left of {pages}")));
        }
        Ok(())
    }
}
