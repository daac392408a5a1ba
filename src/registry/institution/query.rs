//! Queries for partner institutions: lookups by key, and the root list.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::institution::Column;

use super::{
    InstitutionWhere, PartnerInstitution,
    edges::{PARTNERSHIPS, SIDES},
};
use crate::{
    graph::{
        Result,
        filter::{Condition, Expression, Spelling},
        id::{GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Many, Noun, One},
        order::Order,
        page::{Connection, List},
        value::Value,
    },
    order_fields,
    registry::{edges, linkage::LinkageSelectionInput, partnership::PartnershipWhere},
};

edges! {
    pub(super) BY_ID: One<PartnerInstitution> = One::root("institution");
    INSTITUTIONS: Many<PartnerInstitution> = Many::root("institutions");
}

/// Sort fields of institutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InstitutionOrderField {
    /// Official name [nama lembaga].
    Name,
    /// Kind, in alphabetical order of the enum values [jenis lembaga].
    Kind,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Number of its linkages selected by `linkages` [jumlah keterhubungan usaha].
    LinkageCount,
    /// Agreed value per year of its linkages selected by `linkages` [nilai keterhubungan usaha].
    LinkageAnnualValue,
    /// Number of its partnerships selected by `partnerships` [jumlah kemitraan].
    PartnershipCount,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    InstitutionOrderField: "InstitutionOrder", institution {
        Name => NameFold,
        Kind => Kind,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with InstitutionRelated, |related, _| {
        Self::Relevance => vec![Expression::Relevance],
        Self::LinkageCount => vec![SIDES.count(related.linkages.as_ref())?],
        Self::LinkageAnnualValue => SIDES.annual_value(related.linkages.as_ref())?,
        Self::PartnershipCount => vec![Expression::count(&PARTNERSHIPS, related.partnerships.as_ref())?],
    }
}

/// Conditions on the related rows that sort fields of institutions count.
#[derive(Clone, Debug, InputObject)]
pub struct InstitutionRelated {
    /// Linkages that `LINKAGE_COUNT` and `LINKAGE_ANNUAL_VALUE` count; all when absent.
    linkages: Option<LinkageSelectionInput>,
    /// Partnerships that `PARTNERSHIP_COUNT` counts; all when absent.
    partnerships: Option<PartnershipWhere>,
}

/// One sort term of institutions.
pub type InstitutionOrder = Order<InstitutionOrderField>;

/// The spelling of internet domains in their column: lower case.
pub(super) const DOMAIN: Spelling =
    Spelling { whole: |domain| domain.trim().to_lowercase(), part: |part| part.to_lowercase() };

/// Exactly one key of an institution.
#[derive(Debug, OneofObject)]
pub enum InstitutionBy {
    /// Its id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// Its internet domain, case-insensitive.
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
            Self::Domain(domain) => Condition::equal(Column::Domain, clean(&(DOMAIN.whole)(&domain))?),
        };
        INSTITUTIONS.first(fits).only(ctx).await
    }
}

/// Root fields of institutions.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstitutionQuery;

#[Object]
impl InstitutionQuery {
    /// One institution by a key. A lookup that finds nothing returns null [lembaga mitra].
    async fn institution(
        &self,
        ctx: &Context<'_>,
        by: InstitutionBy,
    ) -> Option<Result<Inline<PartnerInstitution>>> {
        inline(by.find(ctx).await)
    }

    /// All institutions [lembaga mitra].
    async fn institutions(
        &self,
        ctx: &Context<'_>,
        r#where: Option<InstitutionWhere>,
        search: Option<String>,
        order_by: Option<Vec<InstitutionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnerInstitution>> {
        let ranked = crate::registry::search::ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        INSTITUTIONS.found(ranked, Column::NameFold, list)?.page(ctx, Value::Null).await
    }
}
