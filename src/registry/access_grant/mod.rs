//! Access grants: the roles of subjects, and where they have them. Only administrators see them.

mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::{access_grant::Column, vocabulary::Role};

pub use self::mutation::AccessGrantMutation;
use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges,
    institution::{InstitutionWhere, PartnerInstitution},
    noun,
    region::{Region, RegionWhere},
    viewer::demand_admin,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{DateTimeFilter, EnumFilter, StringFilter, Text},
        id,
        inline::Inline,
        load::{Field, Many, Noun, One},
        order::Order,
        page::{Connection, List},
        scalar::DateTime,
        value::Value,
    },
    order_fields,
};

noun! {
    AccessGrant: access_grant,
    fields = vec![
        Field::row("region", |_| Ok(REGION.ask().plain())),
        Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain())),
        Field::row("institution", |_| Ok(INSTITUTION.ask().plain())),
    ],
}

edges! {
    BY_ID: One<AccessGrant> = One::root("accessGrant");
    ACCESS_GRANTS: Many<AccessGrant> = Many::root("accessGrants");
    REGION: One<Region> = One::by("AccessGrant.region", Column::RegionCode);
    COOPERATIVE: One<Cooperative> = One::by("AccessGrant.cooperative", Column::CooperativeId);
    INSTITUTION: One<PartnerInstitution> = One::by("AccessGrant.institution", Column::InstitutionId);
}

/// A role of a subject, within a scope [pemberian peran].
#[Object]
impl AccessGrant {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Who has the role: the subject of an API key, or issuer and subject of a token, joined by `#` [subjek].
    async fn subject(&self) -> &str {
        &self.row.subject
    }

    /// The role [peran].
    async fn role(&self) -> Role {
        self.row.role
    }

    /// The region of a registrar, with all regions inside it [wilayah].
    async fn region(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        REGION.ask().object(ctx, self.row.region_code.clone()).await
    }

    /// The cooperative of a grant with the role `COOPERATIVE` [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Option<Result<Inline<Cooperative>>> {
        COOPERATIVE.ask().object(ctx, self.row.cooperative_id).await
    }

    /// The institution of a grant with the role `PARTNER` [lembaga].
    async fn institution(&self, ctx: &Context<'_>) -> Option<Result<Inline<PartnerInstitution>>> {
        INSTITUTION.ask().object(ctx, self.row.institution_id).await
    }

    /// The agreement by which an analyst may ask for personal figures [perjanjian].
    async fn agreement(&self) -> Option<&str> {
        self.row.agreement.as_deref()
    }

    /// Time at which it was added.
    async fn created_at(&self) -> DateTime {
        DateTime::from_micros(self.row.created_at)
    }

    /// Subject of the administrator who added it, or `operator` for the command line.
    async fn created_by(&self) -> &str {
        &self.row.created_by
    }

    /// Time at which it expires; null for never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.row.expires_at.map(DateTime::from_micros)
    }

    /// Time at which it was revoked; null for a grant that was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.row.revoked_at.map(DateTime::from_micros)
    }

    /// Subject of the administrator who revoked it, or `operator`.
    async fn revoked_by(&self) -> Option<&str> {
        self.row.revoked_by.as_deref()
    }
}

conditions! {
    /// Conditions on access grants; all must hold.
    AccessGrantWhere of AccessGrant, "AccessGrantsFilter" {
        /// Who has the role [subjek].
        subject: StringFilter = Text::exact(Column::Subject),
        /// The role [peran].
        role: EnumFilter<Role> = Column::Role,
        /// The region of a registrar [wilayah].
        region: RegionWhere = &REGION,
        /// The cooperative [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The institution [lembaga].
        institution: InstitutionWhere = &INSTITUTION,
        /// Time at which it was added.
        created_at: DateTimeFilter = Column::CreatedAt,
        /// Time at which it expires.
        expires_at: DateTimeFilter = Column::ExpiresAt,
        /// Time at which it was revoked.
        revoked_at: DateTimeFilter = Column::RevokedAt,
    }
}

/// Sort fields of access grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AccessGrantOrderField {
    /// Who has the role [subjek].
    Subject,
    /// Time at which it was added.
    CreatedAt,
}

order_fields! {
    AccessGrantOrderField: "AccessGrantOrder", access_grant {
        Subject => Subject,
        CreatedAt => CreatedAt,
    }
}

/// One sort term of access grants.
pub type AccessGrantOrder = Order<AccessGrantOrderField>;

/// Root field of access grants.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccessGrantQuery;

#[Object]
impl AccessGrantQuery {
    /// All access grants, revoked and expired ones too; `FORBIDDEN` unless the caller has the role `ADMIN` [pemberian peran].
    async fn access_grants(
        &self,
        ctx: &Context<'_>,
        r#where: Option<AccessGrantWhere>,
        order_by: Option<Vec<AccessGrantOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<AccessGrant>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        let page = ACCESS_GRANTS.ask(list)?;
        demand_admin(ctx)?;
        page.page(ctx, Value::Null).await
    }
}
