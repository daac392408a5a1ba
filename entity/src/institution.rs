//! The table of partner institutions: universities, agencies, retailers, banks and others.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{InstitutionKind, InstitutionOwnership, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "institution",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub name: String,
    pub name_fold: String,
    pub short_name: Option<String>,
    pub short_name_fold: Option<String>,
    pub kind: InstitutionKind,
    pub ownership: Option<InstitutionOwnership>,
    pub official_code: Option<String>,
    #[sea_orm(unique)]
    pub domain: Option<String>,
    #[serde(deserialize_with = "crate::json::flag")]
    pub active: bool,
    pub region_code: Option<String>,
    pub parent_id: Option<Uuid>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub party: BelongsTo<super::party::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "region_code", to = "code")]
    pub region: BelongsTo<Option<super::region::Entity>>,
    #[serde(skip)]
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub officials: HasMany<super::official::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
