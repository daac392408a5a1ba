//! The table of training sessions of batches.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{LearningMethod, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "training_session",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub batch_id: Uuid,
    pub topic: String,
    pub topic_fold: String,
    pub method: LearningMethod,
    pub hours_milli: i64,
    pub held_on: Date,
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
}

impl ActiveModelBehavior for ActiveModel {}
