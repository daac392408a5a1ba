//! The view of linked rows, such as the parties of an agreement, with the writes between which they were current.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "linked_state", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: String,
    /// The key of the row that it leads to; that of the record itself where `target_code` is not empty.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub target_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: String,
    /// Its place in the list; 0 where a list has no order.
    pub position: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub since_sequence: i64,
    pub to_sequence: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
