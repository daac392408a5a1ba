//! Parties: cooperatives and partner institutions under one interface and one key.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, ID, Interface};

use entity::party::Column;

use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges,
    institution::{InstitutionWhere, PartnerInstitution},
    region::{Region, RegionWhere},
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{IdFilter, Identity, StringFilter, Text},
        inline::inline_object,
        load::{AnyRow, Fields, Noun, One, Table, Target},
    },
};

/// A party that can sign agreements and trade: a cooperative or a partner institution [pihak].
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Global id."),
    field(
        name = "slug",
        ty = "String",
        desc = "Stable readable key, unique among cooperatives or among institutions."
    ),
    field(name = "name", ty = "String", desc = "Official name [nama]."),
    field(name = "short_name", ty = "Option<String>", desc = "Name in daily use [nama singkat]."),
    field(
        name = "region",
        method = "place",
        ty = "Option<Region>",
        desc = "Region of the party; never null for a cooperative [wilayah]."
    )
)]
pub enum Party {
    Cooperative(Cooperative),
    PartnerInstitution(PartnerInstitution),
}

inline_object! { Party: Cooperative, PartnerInstitution }

impl Target for Party {
    const TABLES: &'static [fn() -> &'static Table] = &[Cooperative::table, PartnerInstitution::table];
    const FIELDS: &'static [Fields] = &[Cooperative::planned_fields, PartnerInstitution::planned_fields];

    fn from_any(table: usize, row: &AnyRow) -> Result<Self> {
        Ok(match table {
            0 => Self::Cooperative(Cooperative::from_row(row.downcast()?)),
            _ => Self::PartnerInstitution(PartnerInstitution::from_row(row.downcast()?)),
        })
    }
}

/// The row of a party that linkages and agreements refer to, of either kind; conditions use it.
#[derive(Clone, Copy, Debug)]
pub struct PartyIdentity;

impl Noun for PartyIdentity {
    type Entity = entity::party::Entity;

    const NAME: &'static str = "Party";

    fn table() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<PartyIdentity>);
        &TABLE
    }

    fn from_row(_: Arc<entity::party::Model>) -> Self {
        Self
    }
}

edges! {
    REGION: One<Region> = One::by("Party.region", Column::RegionCode);
    COOPERATIVE: One<Cooperative> = One::maybe("Party.cooperative", Column::Id);
    INSTITUTION: One<PartnerInstitution> = One::maybe("Party.institution", Column::Id);
}

conditions! {
    /// Conditions on parties; all must hold.
    PartyWhere of PartyIdentity, "PartiesFilter" {
        /// Its global id.
        id: IdFilter =
            Identity::among::<PartyIdentity>(const { &[Cooperative::NAME, PartnerInstitution::NAME] }),
        /// Its official name [nama].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Region of the party [wilayah].
        region: RegionWhere = &REGION,
        /// The party is a cooperative that matches [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The party is a partner institution that matches [lembaga mitra].
        institution: InstitutionWhere = &INSTITUTION,
    }
}

/// How the interface would resolve the region; documents are resolved by the object types themselves.
impl Cooperative {
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Region>> {
        Ok(Some(self.region(ctx).await?.0))
    }
}

impl PartnerInstitution {
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Region>> {
        Ok(self.region(ctx).await?.transpose()?.map(|region| region.0))
    }
}
