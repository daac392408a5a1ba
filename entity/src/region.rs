//! The table of regions: provinces, regencies and cities, districts, villages; keyed by official code.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{LocationPrecision, RegionKind, RegionLevel};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "region", model_attrs(derive(serde::Serialize, serde::Deserialize)))]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub parent_code: Option<String>,
    pub level: RegionLevel,
    pub kind: RegionKind,
    pub name: String,
    pub name_fold: String,
    pub latitude_e5: Option<i32>,
    pub longitude_e5: Option<i32>,
    pub postal_code: Option<String>,
    pub sphere_x_e9: Option<i32>,
    pub sphere_y_e9: Option<i32>,
    pub sphere_z_e9: Option<i32>,
    pub location_precision: Option<LocationPrecision>,
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_code", to = "code")]
    pub parent: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
