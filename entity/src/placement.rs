//! The table of placements of participants in batches.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{PlacementStatus, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "placement",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub batch_id: Uuid,
    pub cooperative_id: Uuid,
    pub person_id: Uuid,
    pub status: PlacementStatus,
    pub attendance_days: Option<i32>,
    pub score_milli: Option<i64>,
    #[sea_orm(unique)]
    pub certificate_number: Option<String>,
    pub follow_up_plan: Option<String>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    /// Whether its program is visible; maintained by triggers.
    #[serde(deserialize_with = "crate::json::flag")]
    pub program_visible: bool,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "batch_id", to = "id")]
    pub batch: BelongsTo<super::internship_batch::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<super::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
