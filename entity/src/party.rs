//! The table of parties: the key that agreements and linkages refer to, of cooperatives and institutions.

use sea_orm::entity::prelude::*;

use crate::vocabulary::PartyKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "party", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: PartyKind,
    pub name_fold: String,
    pub region_code: Option<String>,
    #[sea_orm(belongs_to, from = "region_code", to = "code")]
    pub region: BelongsTo<Option<super::region::Entity>>,
    #[sea_orm(has_one)]
    pub cooperative: HasOne<super::cooperative::Entity>,
    #[sea_orm(has_one)]
    pub institution: HasOne<super::institution::Entity>,
    #[sea_orm(has_many, relation_enum = "Supplies", via_rel = "Supplier")]
    pub supplies: HasMany<super::linkage::Entity>,
    #[sea_orm(has_many, relation_enum = "Purchases", via_rel = "Buyer")]
    pub purchases: HasMany<super::linkage::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
