//! The table of business classes (KBLI), keyed by edition and code.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "business_class", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub edition: i32,
    pub code: String,
    pub section: String,
    pub title: String,
    pub title_fold: String,
}

impl ActiveModelBehavior for ActiveModel {}
