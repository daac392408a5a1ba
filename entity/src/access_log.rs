//! The access log: each question that used personal data of people beyond single records.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    pub subject: String,
    pub role: Role,
    pub agreement: Option<String>,
    pub operation: Option<String>,
    pub used: String,
    pub sha256: String,
    pub document: String,
    pub request_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
