//! The table of the change log: one row for each row that a write changed.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{ChangeOperation, Role};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "change",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    /// The number of the write; numbers have no gaps and are in the order of commits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// The place of the change in its write, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// Whether it is the last change of its write.
    #[serde(deserialize_with = "crate::json::flag")]
    pub last: bool,
    pub at: i64,
    /// The subject of the caller, or `system`.
    pub actor: String,
    /// The role by which the caller was allowed the write; none for the system.
    pub role: Option<Role>,
    pub verb: String,
    pub noun: String,
    pub key: Uuid,
    pub operation: ChangeOperation,
    /// The version of the row after the change.
    pub version: i32,
    /// Keys of the rows that the row refers to, before and after, by column.
    pub touched: Json,
    pub request_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
