//! A party: a cooperative or a partner institution, under one key.

use async_graphql::{Context, ID, Interface};

use super::{cooperative::Cooperative, institution::PartnerInstitution, region::Region};
use crate::graph::{
    Result,
    load::{AnyRow, Noun, Table, Target},
};

/// Who can sign an agreement or trade: a cooperative or a partner institution [pihak].
#[derive(Clone, Debug, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "Global id."),
    field(name = "slug", ty = "String", desc = "Stable readable key, unique among its kind."),
    field(name = "name", ty = "String", desc = "Official name [nama]."),
    field(name = "short_name", ty = "Option<String>", desc = "Name in daily use [nama singkat]."),
    field(
        name = "region",
        method = "place",
        ty = "Option<Region>",
        desc = "Where it is; always known of a cooperative [wilayah]."
    )
)]
pub enum Party {
    Cooperative(Cooperative),
    PartnerInstitution(PartnerInstitution),
}

impl Target for Party {
    const TABLES: &'static [fn() -> &'static Table] = &[Cooperative::table, PartnerInstitution::table];

    fn from_any(table: usize, row: &AnyRow) -> Result<Self> {
        Ok(match table {
            0 => Self::Cooperative(Cooperative::from_row(row.downcast()?)),
            _ => Self::PartnerInstitution(PartnerInstitution::from_row(row.downcast()?)),
        })
    }
}

/// How the interface would ask for the region; documents are answered by the types themselves.
impl Cooperative {
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Region>> {
        Ok(Some(self.region(ctx).await?))
    }
}

impl PartnerInstitution {
    async fn place(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Region>> {
        Ok(self.region(ctx).await?.transpose()?)
    }
}
