//! Credentials: looks up the subject of an API key, and the grants of a subject.

mod api_key;
mod ledger;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use quick_cache::sync::Cache;
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement, Value};
use tokio::{sync::Semaphore, time::timeout};
use uuid::Uuid;

pub use self::{
    api_key::{PREFIX, SecretKey},
    ledger::{
        LONGEST_SUBJECT, LedgerError, NewGrant, NewKey, OPERATOR, add_grant, create_key, granted, is_subject,
        revoke_grant, revoke_key,
    },
};
use super::{clock, most_connections};
use crate::access::{
    Caller, Credential, FairSemaphore, Full, Grant, GrantScope, Identity, MOST_GRANTS, RegionCode,
};

/// How long an answer of the database is used: a revocation by another process acts after this time at most.
const FRESH: Duration = Duration::from_secs(30);

/// The most credentials that are kept in memory. Only valid ones are kept.
const MOST_KEPT: usize = 8_192;

/// How often the last use of a key is written, in microseconds.
const NOTED_EVERY: i64 = 60_000_000;

/// The most look-ups that wait for a connection.
const MOST_WAITING: usize = 256;

/// How long a look-up waits for a connection.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a credential could not be looked up.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    #[error("too many credentials are being looked up")]
    Busy(#[from] Full),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The credentials of a registry: API keys and grants, with those that were used shortly before.
#[derive(Clone, Debug)]
pub struct Credentials(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: DatabaseConnection,
    /// Permits for its connections, shared fairly among those who send credentials.
    permits: Arc<FairSemaphore>,
    kept: Cache<Lookup, Arc<Kept>>,
    /// Raised by each change that is made here: what was read before is not used any more.
    generation: AtomicU64,
    /// Held while the last use of a key is written.
    noting: Arc<Semaphore>,
}

/// What is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Lookup {
    /// The hash of a key.
    Key(String),
    Subject(String),
}

/// An answer of the database.
#[derive(Debug)]
struct Kept {
    identity: Arc<Identity>,
    read: Instant,
    generation: u64,
    /// When the first of the key and its grants expires.
    valid_until: i64,
    key: Option<KeyUse>,
}

/// When a key was used for the last time, as it is stored.
#[derive(Debug)]
struct KeyUse {
    id: Uuid,
    noted_at: AtomicI64,
}

impl Credentials {
    /// The credentials of a database. It is read for each credential once in a while, and written when a key is used.
    #[must_use]
    pub fn new(database: DatabaseConnection) -> Self {
        let permits = FairSemaphore::new(most_connections(&database), 1, MOST_WAITING);
        Self(Arc::new(Inner {
            database,
            permits,
            kept: Cache::new(MOST_KEPT),
            generation: AtomicU64::new(0),
            noting: Arc::new(Semaphore::new(1)),
        }))
    }

    fn database(&self) -> &DatabaseConnection {
        &self.0.database
    }

    /// The owner of an API key that a caller sent; `None` for a key that is unknown, expired or revoked.
    ///
    /// # Errors
    /// When too many others are looked up, or the database fails.
    pub async fn by_key(
        &self,
        key: &str,
        sender: Option<Caller>,
    ) -> Result<Option<Arc<Identity>>, CredentialError> {
        let Some(hash) = api_key::hash(key) else { return Ok(None) };
        let lookup = Lookup::Key(hash.clone());
        if let Some(kept) = self.kept(&lookup) {
            return Ok(Some(self.used(&kept)));
        }
        let generation = self.0.generation.load(Ordering::Acquire);
        let now = clock::now_micros();
        let rows = self.all(KEY, [hash.into(), now.into()], sender).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let subject: String = first.try_get("", "subject")?;
        let expires_at: Option<i64> = first.try_get("", "key_expires_at")?;
        let last_used: Option<i64> = first.try_get("", "last_used_at")?;
        let id = first.try_get("", "id")?;
        let key = KeyUse { id, noted_at: AtomicI64::new(last_used.unwrap_or(0)) };
        let (grants, valid_until) = grants(&rows, expires_at)?;
        let credential = Some(Credential::Key(id));
        let identity = Arc::new(Identity { subject, grants, expires_at, credential });
        let kept = Arc::new(Kept { identity, read: Instant::now(), generation, valid_until, key: Some(key) });
        self.0.kept.insert(lookup, Arc::clone(&kept));
        Ok(Some(self.used(&kept)))
    }

    /// A subject that an issuer vouches for until a time, with its grants.
    ///
    /// # Errors
    /// When too many others are looked up, or the database fails.
    pub async fn by_subject(
        &self,
        subject: &str,
        expires_at: i64,
        sender: Option<Caller>,
    ) -> Result<Arc<Identity>, CredentialError> {
        let of = |grants| {
            let credential = Some(Credential::Token(Vec::new()));
            Arc::new(Identity {
                subject: subject.to_owned(),
                grants,
                expires_at: Some(expires_at),
                credential,
            })
        };
        let lookup = Lookup::Subject(subject.to_owned());
        if let Some(kept) = self.kept(&lookup) {
            return Ok(of(kept.identity.grants.clone()));
        }
        let generation = self.0.generation.load(Ordering::Acquire);
        let rows = self.all(SUBJECT, [subject.into(), clock::now_micros().into()], sender).await?;
        let (grants, valid_until) = grants(&rows, None)?;
        let identity = of(grants);
        let kept = Kept {
            identity: Arc::clone(&identity),
            read: Instant::now(),
            generation,
            valid_until,
            key: None,
        };
        self.0.kept.insert(lookup, Arc::new(kept));
        Ok(identity)
    }

    fn kept(&self, lookup: &Lookup) -> Option<Arc<Kept>> {
        let kept = self.0.kept.get(lookup)?;
        let is_usable = kept.generation == self.0.generation.load(Ordering::Acquire)
            && kept.read.elapsed() < FRESH
            && clock::now_micros() < kept.valid_until;
        is_usable.then_some(kept)
    }

    /// Notes that a key was used, unless that was written a short time before.
    fn used(&self, kept: &Kept) -> Arc<Identity> {
        if let Some(KeyUse { id, noted_at }) = &kept.key {
            let (now, before) = (clock::now_micros(), noted_at.load(Ordering::Relaxed));
            let is_due = now.saturating_sub(before) >= NOTED_EVERY;
            // One at a time, because a note may wait for a writer, and look-ups need the other connections.
            if is_due
                && let Ok(noting) = Arc::clone(&self.0.noting).try_acquire_owned()
                && noted_at.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
            {
                let (database, id) = (self.database().clone(), *id);
                tokio::spawn(async move {
                    let _noting = noting;
                    let note = statement(&database, USED, [now.into(), id.into()]);
                    // A replica or a file that cannot be written keeps no last use.
                    if let Err(error) = database.execute_raw(note).await {
                        tracing::debug!(%error, "the last use of an API key could not be written");
                    }
                });
            }
        }
        Arc::clone(&kept.identity)
    }

    async fn all(
        &self,
        sql: &str,
        values: [Value; 2],
        sender: Option<Caller>,
    ) -> Result<Vec<QueryResult>, CredentialError> {
        let _permit = timeout(PATIENCE, self.0.permits.acquire(sender)).await.unwrap_or(Err(Full))?;
        let database = self.database();
        let read = || database.query_all_raw(statement(database, sql, values.clone()));
        match read().await {
            Ok(rows) => Ok(rows),
            // The connection may have died while it was idle.
            Err(_) => Ok(read().await?),
        }
    }
}

fn statement(database: &impl ConnectionTrait, sql: &str, values: [Value; 2]) -> Statement {
    Statement::from_sql_and_values(database.get_database_backend(), sql, values)
}

/// The grants that a credential gives at this moment, as a transaction sees them; none where it was revoked since.
///
/// # Errors
/// When the database fails.
pub async fn held(
    connection: &impl ConnectionTrait,
    subject: &str,
    credential: &Credential,
) -> Result<Option<Vec<Grant>>, DbErr> {
    let now = clock::now_micros();
    if let Credential::Key(id) = credential {
        let valid = statement(connection, VALID, [(*id).into(), now.into()]);
        if connection.query_one_raw(valid).await?.is_none() {
            return Ok(None);
        }
    }
    let rows = connection.query_all_raw(statement(connection, SUBJECT, [subject.into(), now.into()])).await?;
    let (mut held, _) = grants(&rows, None)?;
    if let Credential::Token(claimed) = credential {
        held.extend(claimed);
    }
    Ok(Some(held))
}

/// The owner of a key, once for each of its grants.
const KEY: &str = "
    SELECT k.id, k.subject, k.expires_at AS key_expires_at, k.last_used_at,
        g.role, g.region_code, g.cooperative_id, g.institution_id, g.expires_at
    FROM api_key k
    LEFT JOIN access_grant g ON g.subject = k.subject AND g.revoked_at IS NULL
        AND (g.expires_at IS NULL OR g.expires_at > $2)
    WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)
    ORDER BY g.created_at, g.id";

/// Whether a key is valid.
const VALID: &str = "
    SELECT 1 FROM api_key WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";

/// The grants of a subject.
const SUBJECT: &str = "
    SELECT role, region_code, cooperative_id, institution_id, expires_at
    FROM access_grant
    WHERE subject = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
    ORDER BY created_at, id";

const USED: &str = "
    UPDATE api_key SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at < $1)";

/// The grants of rows, and when the first of them or the credential expires.
fn grants(rows: &[QueryResult], expires_at: Option<i64>) -> Result<(Vec<Grant>, i64), DbErr> {
    let (mut grants, mut valid_until) = (Vec::new(), expires_at.unwrap_or(i64::MAX));
    for row in rows.iter().take(MOST_GRANTS) {
        let Some(role) = row.try_get::<Option<String>>("", "role")? else { continue };
        let role = Role::try_from_value(&role)?;
        let region: Option<String> = row.try_get("", "region_code")?;
        let (cooperative, institution) =
            (row.try_get("", "cooperative_id")?, row.try_get("", "institution_id")?);
        let grant = grant(role, region.as_deref(), cooperative, institution);
        grants.push(grant.ok_or_else(|| DbErr::Type("a grant has an invalid scope".to_owned()))?);
        valid_until = valid_until.min(row.try_get::<Option<i64>>("", "expires_at")?.unwrap_or(i64::MAX));
    }
    Ok((grants, valid_until))
}

/// A grant by its columns.
fn grant(
    role: Role,
    region: Option<&str>,
    cooperative: Option<Uuid>,
    institution: Option<Uuid>,
) -> Option<Grant> {
    let scope = match (region, cooperative, institution) {
        (Some(code), ..) => GrantScope::WithinRegion(RegionCode::new(code)?),
        (_, Some(id), _) | (.., Some(id)) => GrantScope::Party(id),
        _ => GrantScope::Everything,
    };
    Some(Grant { role, scope })
}

#[cfg(test)]
mod tests {
    /// So that the time of a look-up depends on a hash, which who guesses a key does not choose letter by letter.
    #[test]
    fn a_key_is_looked_up_by_the_whole_of_its_hash_alone() {
        let text = super::KEY;
        assert_eq!((text.matches("$1").count(), text.matches("hash").count()), (1, 1), "{text}");
        assert!(text.contains("WHERE k.hash = $1 AND k.revoked_at IS NULL"), "{text}");
    }
}
