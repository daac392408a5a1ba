//! The table of commodities, keyed by their codes in this registry.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{CommodityCategory, Unit};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "commodity", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    pub name_fold: String,
    pub name_en: String,
    pub category: CommodityCategory,
    pub unit: Unit,
}

impl ActiveModelBehavior for ActiveModel {}
