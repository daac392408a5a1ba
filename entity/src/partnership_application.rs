//! The table of partnership applications of cooperatives to institutions.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{ApplicationPackage, ApplicationStatus, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_application", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cooperative_id: Uuid,
    pub institution_id: Uuid,
    pub status: ApplicationStatus,
    pub package: Option<ApplicationPackage>,
    pub reason: Option<String>,
    pub requested_on: Date,
    pub decided_on: Option<Date>,
    pub linkage_id: Option<Uuid>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
    #[sea_orm(belongs_to, from = "institution_id", to = "id")]
    pub institution: BelongsTo<super::institution::Entity>,
    #[sea_orm(belongs_to, from = "linkage_id", to = "id")]
    pub linkage: BelongsTo<Option<super::linkage::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
