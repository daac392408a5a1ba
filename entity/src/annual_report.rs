//! The table of annual reports of cooperatives.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{HealthStatus, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "annual_report", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cooperative_id: Uuid,
    pub book_year: i32,
    pub meeting_on: Option<Date>,
    pub attendee_count: Option<i32>,
    pub female_member_count: Option<i32>,
    pub male_member_count: Option<i32>,
    pub assets: Option<i64>,
    pub equity: Option<i64>,
    pub liabilities: Option<i64>,
    pub turnover: Option<i64>,
    pub surplus: Option<i64>,
    pub health_status: HealthStatus,
    pub health_index_milli: Option<i64>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
