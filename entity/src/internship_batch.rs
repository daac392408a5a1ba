//! The table of internship batches.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{BatchStatus, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "internship_batch",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub program_id: Uuid,
    pub number: i32,
    pub starts_on: Option<Date>,
    pub opened_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub capacity: Option<i32>,
    pub participant_count: i32,
    pub status: BatchStatus,
    pub host_id: Option<Uuid>,
    pub place_code: Option<String>,
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
    #[sea_orm(belongs_to, from = "program_id", to = "id")]
    pub program: BelongsTo<super::internship_program::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "host_id", to = "id")]
    pub host: BelongsTo<Option<super::party::Entity>>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "place_code", to = "code")]
    pub place: BelongsTo<Option<super::region::Entity>>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub sessions: HasMany<super::training_session::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub placements: HasMany<super::placement::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
