//! The table of commodity records: one commodity that a cooperative handles, in one year.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Source;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cooperative_commodity", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cooperative_id: Uuid,
    pub commodity_code: String,
    pub year: i32,
    pub annual_volume_milli: Option<i64>,
    pub area_hectares_milli: Option<i64>,
    pub worker_count: Option<i32>,
    pub annual_value: Option<i64>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
    #[sea_orm(belongs_to, from = "commodity_code", to = "code")]
    pub commodity: BelongsTo<super::commodity::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
