//! The table of people, which is hidden from the public. Offices are in other tables.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{Education, Gender, Source};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub gender: Option<Gender>,
    pub education: Option<Education>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[sea_orm(has_many)]
    pub offices: HasMany<super::officer::Entity>,
    #[sea_orm(has_many)]
    pub placements: HasMany<super::placement::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
