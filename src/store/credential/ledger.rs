//! Creates, lists and revokes API keys and grants. Nothing is deleted: what is revoked stays in the tables.

use std::sync::atomic::Ordering;

use entity::{access_grant, api_key, vocabulary::Role};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Set, sea_query::Expr,
};
use uuid::Uuid;

use super::{Credentials, SecretKey};
use crate::{
    access::{Grant, GrantScope, MOST_GRANTS},
    store::{
        clock,
        writer::{self, SYSTEM},
    },
};

/// Who creates and revokes on the command line.
pub const OPERATOR: &str = "operator";

/// The most characters of a subject.
pub const LONGEST_SUBJECT: usize = 400;

/// Why a key or a grant was not created.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("the system has no random numbers for a key")]
    NoRandomness,
    #[error("the subject has this grant already, by the grant {0}")]
    Granted(Uuid),
    #[error("the subject has {MOST_GRANTS} grants, which is the most there may be")]
    TooMany,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// A key that is to be created.
#[derive(Debug)]
pub struct NewKey<'a> {
    pub id: Uuid,
    pub key: &'a SecretKey,
    pub subject: &'a str,
    pub name: Option<&'a str>,
    pub created_by: &'a str,
    /// In microseconds since 1970 UTC; none for a key that does not expire.
    pub expires_at: Option<i64>,
}

/// A grant that is to be added.
#[derive(Debug)]
pub struct NewGrant<'a> {
    pub subject: &'a str,
    pub grant: Grant,
    pub created_by: &'a str,
    /// The agreement that an analyst's grant rests on.
    pub agreement: Option<&'a str>,
    /// In microseconds since 1970 UTC; none for a grant that does not expire.
    pub expires_at: Option<i64>,
}

/// Whether a text may name a subject: 1 to 400 characters, each of them visible, no spaces at its ends, and none of the
/// names for what no caller does.
#[must_use]
pub fn is_subject(text: &str) -> bool {
    (1..=LONGEST_SUBJECT).contains(&text.chars().count())
        && !text.chars().any(|letter| letter.is_control() || is_unseen(letter))
        && text.trim() == text
        && ![SYSTEM, OPERATOR].contains(&text)
}

/// Whether a character is not seen, or changes how others are: two subjects would look alike.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Creates a key.
///
/// # Errors
/// When the database fails.
pub async fn create_key(connection: &impl ConnectionTrait, new: &NewKey<'_>) -> Result<(), DbErr> {
    let row = api_key::ActiveModel {
        id: Set(new.id),
        name: Set(new.name.map(str::to_owned)),
        subject: Set(new.subject.to_owned()),
        hash: Set(super::api_key::hash(new.key.text()).unwrap_or_default()),
        created_at: Set(clock::now_micros()),
        expires_at: Set(new.expires_at),
        revoked_at: Set(None),
        last_used_at: Set(None),
        created_by: Set(Some(new.created_by.to_owned())),
        revoked_by: Set(None),
    };
    api_key::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Revokes a key. False where there is no such key, or it was revoked before.
///
/// # Errors
/// When the database fails.
pub async fn revoke_key(connection: &impl ConnectionTrait, id: Uuid, by: &str) -> Result<bool, DbErr> {
    let revoked = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(clock::now_micros()))
        .col_expr(api_key::Column::RevokedBy, Expr::value(by))
        .filter(api_key::Column::Id.eq(id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(revoked.rows_affected > 0)
}

/// Grants a role to a subject, and returns the id of the grant.
///
/// # Errors
/// When the subject has the grant already, or too many, or the database fails.
pub async fn add_grant(connection: &impl ConnectionTrait, new: &NewGrant<'_>) -> Result<Uuid, LedgerError> {
    let now = clock::now_micros();
    let expires = access_grant::Column::ExpiresAt;
    let lasting = Condition::any().add(expires.is_null()).add(expires.gt(now));
    let held = access_grant::Entity::find()
        .filter(access_grant::Column::Subject.eq(new.subject))
        .filter(access_grant::Column::RevokedAt.is_null())
        .filter(lasting)
        .all(connection)
        .await?;
    if let Some(same) = held.iter().find(|row| granted(row) == Some(new.grant)) {
        return Err(LedgerError::Granted(same.id));
    }
    if held.len() >= MOST_GRANTS {
        return Err(LedgerError::TooMany);
    }
    let (region_code, cooperative_id, institution_id) = match new.grant.scope {
        GrantScope::Everything => (None, None, None),
        GrantScope::WithinRegion(code) => (Some(code.as_str().to_owned()), None, None),
        GrantScope::Party(id) if new.grant.role == Role::Partner => (None, None, Some(id)),
        GrantScope::Party(id) => (None, Some(id), None),
    };
    let id = clock::new_id();
    let row = access_grant::ActiveModel {
        id: Set(id),
        subject: Set(new.subject.to_owned()),
        role: Set(new.grant.role),
        region_code: Set(region_code),
        cooperative_id: Set(cooperative_id),
        institution_id: Set(institution_id),
        created_at: Set(now),
        created_by: Set(new.created_by.to_owned()),
        expires_at: Set(new.expires_at),
        revoked_at: Set(None),
        agreement: Set(new.agreement.map(str::to_owned)),
        revoked_by: Set(None),
    };
    access_grant::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(id)
}

/// Revokes a grant. False where there is no such grant, or it was revoked before.
///
/// # Errors
/// When the database fails.
pub async fn revoke_grant(connection: &impl ConnectionTrait, id: Uuid, by: &str) -> Result<bool, DbErr> {
    let revoked = access_grant::Entity::update_many()
        .col_expr(access_grant::Column::RevokedAt, Expr::value(clock::now_micros()))
        .col_expr(access_grant::Column::RevokedBy, Expr::value(by))
        .filter(access_grant::Column::Id.eq(id))
        .filter(access_grant::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(revoked.rows_affected > 0)
}

impl Credentials {
    /// Creates a key on behalf of the operator, and returns it with its id.
    ///
    /// # Errors
    /// When the system has no random numbers, or the database fails.
    pub async fn create_key(
        &self,
        subject: &str,
        name: Option<&str>,
        expires_at: Option<i64>,
    ) -> Result<(Uuid, SecretKey), LedgerError> {
        let key = SecretKey::random().ok_or(LedgerError::NoRandomness)?;
        let id = clock::new_id();
        let new = NewKey { id, key: &key, subject, name, created_by: OPERATOR, expires_at };
        create_key(self.database(), &new).await?;
        Ok((id, key))
    }

    /// All keys, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keys(&self) -> Result<Vec<api_key::Model>, DbErr> {
        let all = api_key::Entity::find().order_by_asc(api_key::Column::CreatedAt);
        all.order_by_asc(api_key::Column::Id).all(self.database()).await
    }

    /// Revokes a key on behalf of the operator, at once on this node. False where there is no such key, or it was revoked
    /// before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_key(&self, id: Uuid) -> Result<bool, DbErr> {
        let revoked = revoke_key(self.database(), id, OPERATOR).await?;
        self.forget();
        Ok(revoked)
    }

    /// Grants a role to a subject, and returns the id of the grant.
    ///
    /// # Errors
    /// When the subject has the grant already, or too many, or the database fails.
    pub async fn add_grant(
        &self,
        subject: &str,
        grant: Grant,
        created_by: &str,
        expires_at: Option<i64>,
    ) -> Result<Uuid, LedgerError> {
        self.add_grant_under(subject, grant, (created_by, None), expires_at).await
    }

    /// The same, with the agreement that the grant rests on.
    ///
    /// # Errors
    /// As [`Credentials::add_grant`].
    pub async fn add_grant_under(
        &self,
        subject: &str,
        grant: Grant,
        (created_by, agreement): (&str, Option<&str>),
        expires_at: Option<i64>,
    ) -> Result<Uuid, LedgerError> {
        let new = NewGrant { subject, grant, created_by, agreement, expires_at };
        // Under the writers' lock: two at once would not see each other.
        let transaction = writer::locked(self.database()).await?;
        let id = add_grant(&transaction, &new).await?;
        transaction.commit().await?;
        self.forget();
        Ok(id)
    }

    /// All grants, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn grants(&self) -> Result<Vec<access_grant::Model>, DbErr> {
        let all = access_grant::Entity::find().order_by_asc(access_grant::Column::CreatedAt);
        all.order_by_asc(access_grant::Column::Id).all(self.database()).await
    }

    /// Revokes a grant on behalf of the operator, at once on this node. False where there is no such grant, or it was revoked
    /// before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_grant(&self, id: Uuid) -> Result<bool, DbErr> {
        let revoked = revoke_grant(self.database(), id, OPERATOR).await?;
        self.forget();
        Ok(revoked)
    }

    /// Whether there has never been a key or a grant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn are_unused(&self) -> Result<bool, DbErr> {
        let keys = api_key::Entity::find().count(self.database()).await?;
        Ok(keys == 0 && access_grant::Entity::find().count(self.database()).await? == 0)
    }

    /// Makes the next request of each caller look its credential up again.
    pub fn forget(&self) {
        self.0.generation.fetch_add(1, Ordering::AcqRel);
    }
}

/// The grant of a row; `None` for a scope that the program does not know.
#[must_use]
pub fn granted(row: &access_grant::Model) -> Option<Grant> {
    super::grant(row.role, row.region_code.as_deref(), row.cooperative_id, row.institution_id)
}
