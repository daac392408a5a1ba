//! The table of claims: the outcome of each write, by its caller's idempotency key.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// A hash of the verb and its input.
    pub request: String,
    pub verb: String,
    pub noun: String,
    pub row_key: Uuid,
    pub version: i32,
    pub sequence: i64,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
