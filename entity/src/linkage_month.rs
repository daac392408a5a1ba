//! The table of deliveries under a linkage by month, given as its first day.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Source;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "linkage_month", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub linkage_id: Uuid,
    pub month: Date,
    pub volume_milli: Option<i64>,
    pub value: Option<i64>,
    pub delivery_count: Option<i32>,
    pub rejected_bp: Option<i32>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "linkage_id", to = "id")]
    pub linkage: BelongsTo<super::linkage::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
