//! The table of internship programs.

use sea_orm::entity::prelude::*;

use crate::set::{LearningMethods, TextList};
use crate::vocabulary::{ProgramKind, ProgramStatus, Sector, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "internship_program",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub name_fold: String,
    pub kind: ProgramKind,
    pub status: ProgramStatus,
    pub sector: Sector,
    pub fiscal_year: i32,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub target_participants: Option<i32>,
    pub target_provinces: Option<i32>,
    pub participant_count: i32,
    pub methods: LearningMethods,
    #[sea_orm(column_type = "JsonBinary")]
    pub topics: TextList,
    #[sea_orm(column_type = "JsonBinary")]
    pub goals: TextList,
    pub organiser_id: Uuid,
    pub host_id: Option<Uuid>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    /// Whether it was ever announced, which the status of a cancelled program does not tell.
    #[serde(deserialize_with = "crate::json::flag")]
    pub announced: bool,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "organiser_id", to = "id")]
    pub organiser: BelongsTo<super::institution::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "host_id", to = "id")]
    pub host: BelongsTo<Option<super::party::Entity>>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub supporters: HasMany<super::program_supporter::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub batches: HasMany<super::internship_batch::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
