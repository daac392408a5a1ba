//! The table of officials of institutions.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Source;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "official", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub institution_id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub position: String,
    pub position_fold: String,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "institution_id", to = "id")]
    pub institution: BelongsTo<super::institution::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
