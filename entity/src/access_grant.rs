//! The table of grants: the roles that subjects have, and where.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_grant", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subject: String,
    pub role: Role,
    pub region_code: Option<String>,
    pub cooperative_id: Option<Uuid>,
    pub institution_id: Option<Uuid>,
    pub created_at: i64,
    pub created_by: String,
    pub expires_at: Option<i64>,
    pub revoked_at: Option<i64>,
    pub agreement: Option<String>,
    pub revoked_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
