//! Creates, lists and revokes API keys and grants. Nothing is deleted: what is revoked stays in the tables.

use std::sync::atomic::Ordering;

use entity::{access_grant, api_key, vocabulary::Role};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set, sea_query::Expr,
};
use uuid::Uuid;

use super::{ApiKey, Credentials};
use crate::{
    access::{Grant, GrantScope, MOST_GRANTS},
    store::clock,
};

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

impl Credentials {
    /// Creates a key for a subject, and returns it with its id.
    ///
    /// # Errors
    /// When the system has no random numbers, or the database fails.
    pub async fn create_key(
        &self,
        subject: &str,
        name: Option<&str>,
        expires_at: Option<i64>,
    ) -> Result<(Uuid, ApiKey), LedgerError> {
        let key = ApiKey::random().ok_or(LedgerError::NoRandomness)?;
        let id = clock::new_id();
        let row = api_key::ActiveModel {
            id: Set(id),
            name: Set(name.map(str::to_owned)),
            subject: Set(subject.to_owned()),
            hash: Set(super::api_key::hash(key.text()).unwrap_or_default()),
            created_at: Set(clock::now_micros()),
            expires_at: Set(expires_at),
            revoked_at: Set(None),
            last_used_at: Set(None),
        };
        api_key::Entity::insert(row).exec_without_returning(self.database()).await?;
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

    /// Revokes a key, at once on this node. False where there is no such key, or it was revoked before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_key(&self, id: Uuid) -> Result<bool, DbErr> {
        let revoked = api_key::Entity::update_many()
            .col_expr(api_key::Column::RevokedAt, Expr::value(clock::now_micros()))
            .filter(api_key::Column::Id.eq(id))
            .filter(api_key::Column::RevokedAt.is_null())
            .exec(self.database())
            .await?;
        self.forget();
        Ok(revoked.rows_affected > 0)
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
        let now = clock::now_micros();
        let expires = access_grant::Column::ExpiresAt;
        let lasting = Condition::any().add(expires.is_null()).add(expires.gt(now));
        let held = access_grant::Entity::find()
            .filter(access_grant::Column::Subject.eq(subject))
            .filter(access_grant::Column::RevokedAt.is_null())
            .filter(lasting)
            .all(self.database())
            .await?;
        if let Some(same) = held.iter().find(|row| granted(row) == Some(grant)) {
            return Err(LedgerError::Granted(same.id));
        }
        if held.len() >= MOST_GRANTS {
            return Err(LedgerError::TooMany);
        }
        let (region_code, cooperative_id, institution_id) = match grant.scope {
            GrantScope::Everything => (None, None, None),
            GrantScope::WithinRegion(code) => (Some(code.as_str().to_owned()), None, None),
            GrantScope::Party(id) if grant.role == Role::Partner => (None, None, Some(id)),
            GrantScope::Party(id) => (None, Some(id), None),
        };
        let id = clock::new_id();
        let row = access_grant::ActiveModel {
            id: Set(id),
            subject: Set(subject.to_owned()),
            role: Set(grant.role),
            region_code: Set(region_code),
            cooperative_id: Set(cooperative_id),
            institution_id: Set(institution_id),
            created_at: Set(now),
            created_by: Set(created_by.to_owned()),
            expires_at: Set(expires_at),
            revoked_at: Set(None),
            agreement: Set(agreement.map(str::to_owned)),
        };
        access_grant::Entity::insert(row).exec_without_returning(self.database()).await?;
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

    /// Revokes a grant, at once on this node. False where there is no such grant, or it was revoked before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_grant(&self, id: Uuid) -> Result<bool, DbErr> {
        let revoked = access_grant::Entity::update_many()
            .col_expr(access_grant::Column::RevokedAt, Expr::value(clock::now_micros()))
            .filter(access_grant::Column::Id.eq(id))
            .filter(access_grant::Column::RevokedAt.is_null())
            .exec(self.database())
            .await?;
        self.forget();
        Ok(revoked.rows_affected > 0)
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
