//! The join table of cooperatives and their business classes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "cooperative_business_class",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cooperative_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub business_class_id: String,
    #[serde(deserialize_with = "crate::json::flag")]
    pub is_primary: bool,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "cooperative_id", to = "id")]
    pub cooperative: BelongsTo<super::cooperative::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "business_class_id", to = "id")]
    pub business_class: BelongsTo<super::business_class::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
