//! The table of partnerships: agreements between parties.

use sea_orm::entity::prelude::*;

use crate::set::AgreementContents;
use crate::vocabulary::{
    PartnershipKind, PartnershipLanguage, PartnershipPattern, PartnershipStatus, Source,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub first_party_id: Uuid,
    pub number: String,
    pub title: String,
    pub title_fold: String,
    pub kind: PartnershipKind,
    pub pattern: Option<PartnershipPattern>,
    pub status: PartnershipStatus,
    pub signed_on: Option<Date>,
    pub effective_from: Option<Date>,
    pub effective_to: Option<Date>,
    pub parent_id: Option<Uuid>,
    pub scope: Option<String>,
    pub value: Option<i64>,
    pub language: PartnershipLanguage,
    pub contents: AgreementContents,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(belongs_to, from = "first_party_id", to = "id")]
    pub first_party: BelongsTo<super::party::Entity>,
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    #[sea_orm(has_many)]
    pub parties: HasMany<super::partnership_party::Entity>,
    #[sea_orm(has_many)]
    pub linkages: HasMany<super::linkage::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
