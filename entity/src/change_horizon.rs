//! The table of the log's horizon: one row with the last sequence that was removed from the log.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change_horizon", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: i32,
    pub sequence: i64,
}

impl ActiveModelBehavior for ActiveModel {}
