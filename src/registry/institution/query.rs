//! Finding partner institutions: by their keys, and as a list.

use async_graphql::{Context, Enum, ID, Object, OneofObject};
use entity::institution::Column;

use super::PartnerInstitution;
use crate::{
    graph::{
        Result,
        filter::{Condition, NoWhere},
        id::{GlobalId, KeyKind, clean},
        load::{Many, Noun, One},
        order::Order,
        page::{Connection, List},
        value::Value,
    },
    order_fields,
    registry::edges,
};

edges! {
    BY_ID: One<PartnerInstitution> = One::root("institution");
    INSTITUTIONS: Many<PartnerInstitution> = Many::root("institutions");
}

/// What institutions can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InstitutionOrderField {
    /// Official name [nama lembaga].
    Name,
    /// What it is, by the word's letters [jenis lembaga].
    Kind,
    /// When the record was made.
    CreatedAt,
    /// When the record last changed.
    UpdatedAt,
}

order_fields! {
    InstitutionOrderField: "InstitutionOrder", institution {
        Name => NameFold,
        Kind => Kind,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// How to sort institutions.
pub type InstitutionOrder = Order<InstitutionOrderField>;

/// Exactly one key of an institution.
#[derive(Debug, OneofObject)]
pub enum InstitutionBy {
    /// Its id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// Its internet domain.
    Domain(String),
}

impl InstitutionBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<PartnerInstitution>> {
        let fits = match self {
            Self::Id(id) => {
                let key = GlobalId::key_of(&id, PartnerInstitution::NAME, KeyKind::Uuid)?;
                return BY_ID.ask().row(ctx, key).await;
            }
            Self::Slug(slug) => Condition::equal(Column::Slug, clean(&slug)?),
            Self::Domain(domain) => Condition::equal(Column::Domain, clean(&domain.trim().to_lowercase())?),
        };
        INSTITUTIONS.first(fits).only(ctx).await
    }
}

/// Where reading about institutions begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstitutionQuery;

#[Object]
impl InstitutionQuery {
    /// One institution by a key; null where there is none [lembaga mitra].
    async fn institution(&self, ctx: &Context<'_>, by: InstitutionBy) -> Option<Result<PartnerInstitution>> {
        by.find(ctx).await.transpose()
    }

    /// All institutions [lembaga mitra].
    async fn institutions(
        &self,
        ctx: &Context<'_>,
        order_by: Option<Vec<InstitutionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnerInstitution>> {
        let list = List::<NoWhere, _>::new(None, order_by, (first, after, last, before));
        INSTITUTIONS.ask(list)?.page(ctx, Value::Null).await
    }
}
