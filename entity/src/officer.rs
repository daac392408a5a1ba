//! The table of officers of cooperatives, with their public names.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{OfficerBody, OfficerRole, OfficerStatus, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "officer",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cooperative_id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub title: Option<String>,
    pub body: OfficerBody,
    pub role: OfficerRole,
    #[serde(deserialize_with = "crate::json::flag")]
    pub ex_officio: bool,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub status: OfficerStatus,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<super::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
