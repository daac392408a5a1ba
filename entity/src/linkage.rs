//! The table of linkages: standing business relations between a supplier and a buyer.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{LinkageKind, LinkageStatus, PartnershipPattern, Source, Unit};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(
    table_name = "linkage",
    model_attrs(derive(serde::Serialize, serde::Deserialize)),
    model_ex_attrs(derive(serde::Serialize))
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub kind: LinkageKind,
    pub pattern: PartnershipPattern,
    pub status: LinkageStatus,
    pub supplier_id: Uuid,
    pub buyer_id: Uuid,
    pub commodity_code: Option<String>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub annual_volume_milli: Option<i64>,
    pub unit: Option<Unit>,
    pub annual_value: Option<i64>,
    #[serde(deserialize_with = "crate::json::flag")]
    pub exclusive: bool,
    pub payment_term_days: Option<i32>,
    pub partnership_id: Option<Uuid>,
    pub version: i32,
    pub created_at: i64,
    pub updated_at: i64,
    pub source: Source,
    pub source_reference: Option<String>,
    pub as_of: Option<Date>,
    #[serde(skip)]
    #[sea_orm(belongs_to, relation_enum = "Supplier", from = "supplier_id", to = "id")]
    pub supplier: BelongsTo<super::party::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, relation_enum = "Buyer", from = "buyer_id", to = "id")]
    pub buyer: BelongsTo<super::party::Entity>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "commodity_code", to = "code")]
    pub commodity: BelongsTo<Option<super::commodity::Entity>>,
    #[serde(skip)]
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<Option<super::partnership::Entity>>,
    #[serde(skip)]
    #[sea_orm(has_many)]
    pub months: HasMany<super::linkage_month::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
