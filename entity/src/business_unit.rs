//! The table of business units: outlets and facilities of cooperatives.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{BusinessUnitKind, BusinessUnitStatus, Ownership, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "business_unit",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cooperative_id: Uuid,
    pub kind: BusinessUnitKind,
    pub status: BusinessUnitStatus,
    pub opened_on: Option<Date>,
    pub ownership: Option<Ownership>,
    #[serde(deserialize_with = "crate::json::flag_option")]
    pub has_power: Option<bool>,
    #[serde(deserialize_with = "crate::json::flag_option")]
    pub has_internet: Option<bool>,
    pub build_progress: Option<i32>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
