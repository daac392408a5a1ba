//! The table of cooperatives. In the Merah Putih program, each village has one.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{
    CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, FormationModel,
    LocationPrecision, Source,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "cooperative",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub name: String,
    pub name_fold: String,
    pub short_name: Option<String>,
    pub short_name_fold: Option<String>,
    #[sea_orm(unique)]
    pub registration_number: Option<String>,
    #[sea_orm(unique)]
    pub legal_entity_number: Option<String>,
    pub legal_entity_number_raw: Option<String>,
    pub tax_number: Option<String>,
    pub business_number: Option<String>,
    pub program: CooperativeProgram,
    pub cooperative_type: CooperativeType,
    pub form: CooperativeForm,
    pub community_base: CommunityBase,
    pub formation_model: Option<FormationModel>,
    pub status: CooperativeStatus,
    pub region_code: String,
    pub address: Option<String>,
    pub latitude_e3: Option<i32>,
    pub longitude_e3: Option<i32>,
    #[serde(deserialize_with = "crate::json::flag_option")]
    pub location_approximate: Option<bool>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub established_on: Option<Date>,
    pub legal_entity_on: Option<Date>,
    pub principal_saving: Option<i64>,
    pub mandatory_saving: Option<i64>,
    pub member_count: Option<i32>,
    pub member_count_on: Option<Date>,
    pub successor_id: Option<Uuid>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    pub sphere_x_e9: Option<i32>,
    pub sphere_y_e9: Option<i32>,
    pub sphere_z_e9: Option<i32>,
    pub location_precision: Option<LocationPrecision>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "id", to = "id")]
    pub party: BelongsTo<super::party::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "region_code", to = "code")]
    pub region: BelongsTo<super::region::Entity>,
    #[serde(skip)]
    #[sea_orm(self_ref, relation_enum = "Successor", from = "successor_id", to = "id")]
    pub successor: BelongsTo<Option<Entity>>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub officers: HasMany<super::officer::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub business_units: HasMany<super::business_unit::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many, via = "cooperative_business_class")]
    pub business_classes: HasMany<super::business_class::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub commodities: HasMany<super::cooperative_commodity::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub annual_reports: HasMany<super::annual_report::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub placements: HasMany<super::placement::Entity>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub applications: HasMany<super::partnership_application::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
