//! The table of loads by the registry itself: its seed and generated data.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_load", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub seed: i64,
    pub scale: String,
    pub rows: i64,
    pub loaded_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
