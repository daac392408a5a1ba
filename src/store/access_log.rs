//! The access log: questions about personal data are written to it before they are answered.
//!
//! It is a table of its own, and does not wait for verbs. On a replica or a file that cannot be written, such a question is
//! refused.

use entity::{access_grant, access_log, vocabulary::Role};
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::clock;

/// The access log of a registry.
#[derive(Clone, Debug)]
pub struct AccessLog(DatabaseConnection);

/// A question about personal data.
#[derive(Clone, Debug)]
pub struct Access {
    pub subject: String,
    /// The role by which it is allowed.
    pub role: Role,
    /// The name of its operation.
    pub operation: Option<String>,
    /// Attributes, and how each is used.
    pub used: String,
    /// SHA-256 of the document as it was sent.
    pub sha256: String,
    /// The document without its literals.
    pub document: String,
    pub request_id: Option<String>,
}

impl AccessLog {
    #[must_use]
    pub fn new(database: DatabaseConnection) -> Self {
        Self(database)
    }

    /// Writes a question, with the agreement of the oldest valid grant that gives the role to its subject.
    ///
    /// # Errors
    /// When the database fails or cannot be written.
    pub async fn write(&self, access: Access) -> Result<(), DbErr> {
        let now = clock::now_micros();
        let expires = access_grant::Column::ExpiresAt;
        let agreement: Option<Option<String>> = access_grant::Entity::find()
            .select_only()
            .column(access_grant::Column::Agreement)
            .filter(access_grant::Column::Subject.eq(access.subject.as_str()))
            .filter(access_grant::Column::Role.eq(access.role))
            .filter(access_grant::Column::RevokedAt.is_null())
            .filter(sea_orm::Condition::any().add(expires.is_null()).add(expires.gt(now)))
            .order_by_asc(access_grant::Column::CreatedAt)
            .order_by_asc(access_grant::Column::Id)
            .into_tuple()
            .one(&self.0)
            .await?;
        let row = access_log::ActiveModel {
            id: Set(clock::new_id()),
            at: Set(now),
            subject: Set(access.subject),
            role: Set(access.role),
            agreement: Set(agreement.flatten()),
            operation: Set(access.operation),
            used: Set(access.used),
            sha256: Set(access.sha256),
            document: Set(access.document),
            request_id: Set(access.request_id),
        };
        access_log::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// The questions from a time on, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn since(&self, at: i64) -> Result<Vec<access_log::Model>, DbErr> {
        let found = access_log::Entity::find().filter(access_log::Column::At.gte(at));
        let sorted = found.order_by_asc(access_log::Column::At).order_by_asc(access_log::Column::Id);
        sorted.all(&self.0).await
    }
}
