//! Partnership applications: requests of cooperatives that may become linkages.

mod figures;
mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    partnership_application::Column,
    vocabulary::{ApplicationPackage, ApplicationStatus},
};

pub use self::{figures::ApplicationFiguresQuery, mutation::ApplicationMutation};
use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges,
    institution::{InstitutionWhere, PartnerInstitution},
    linkage::{BusinessLinkage, LinkageWhere},
    noun,
    record::Provenance,
};
use crate::graph::{
    Result,
    filter::{DateFilter, EnumFilter},
    id,
    inline::Inline,
    load::{Field, Many, Noun, One},
    order::Order,
    page::{Connection, List},
    scalar::Date,
    value::Value,
};
use crate::{conditions, order_fields};

noun! {
    PartnershipApplication: partnership_application,
    fields = vec![
        Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain())),
        Field::row("institution", |_| Ok(INSTITUTION.ask().plain())),
        Field::row("linkage", |_| Ok(LINKAGE.ask().plain())),
    ],
}

edges! {
    BY_ID: One<PartnershipApplication> = One::root("partnershipApplication");
    APPLICATIONS: Many<PartnershipApplication> = Many::root("partnershipApplications");
    COOPERATIVE: One<Cooperative> = One::by("PartnershipApplication.cooperative", Column::CooperativeId);
    INSTITUTION: One<PartnerInstitution> =
        One::by("PartnershipApplication.institution", Column::InstitutionId);
    LINKAGE: One<BusinessLinkage> = One::by("PartnershipApplication.linkage", Column::LinkageId);
}

/// A cooperative's application to become an institution's partner [permohonan kemitraan].
#[Object]
impl PartnershipApplication {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The cooperative that applies [pemohon].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The institution that it applies to [lembaga mitra].
    async fn institution(&self, ctx: &Context<'_>) -> Result<Inline<PartnerInstitution>> {
        INSTITUTION.ask().required(ctx, self.row.institution_id).await
    }

    /// Status of the application [status permohonan].
    async fn status(&self) -> ApplicationStatus {
        self.row.status
    }

    /// Business for which it applies to become an outlet or agent [paket kemitraan].
    async fn package(&self) -> Option<ApplicationPackage> {
        self.row.package
    }

    /// Reason for the decision [alasan].
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// Date of the application [tanggal permohonan].
    async fn requested_on(&self) -> Date {
        Date(self.row.requested_on)
    }

    /// Date of the decision [tanggal keputusan].
    async fn decided_on(&self) -> Option<Date> {
        self.row.decided_on.map(Date)
    }

    /// The linkage it became; null before activation [keterhubungan usaha].
    async fn linkage(&self, ctx: &Context<'_>) -> Option<Result<Inline<BusinessLinkage>>> {
        LINKAGE.ask().object(ctx, self.row.linkage_id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on partnership applications; all must hold.
    record ApplicationWhere of PartnershipApplication, "ApplicationsFilter" {
        /// The cooperative that applies [pemohon].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The institution that it applies to [lembaga mitra].
        institution: InstitutionWhere = &INSTITUTION,
        /// Status of the application [status permohonan].
        status: EnumFilter<ApplicationStatus> = Column::Status,
        /// Business for which it applies to become an outlet or agent [paket kemitraan].
        package: EnumFilter<ApplicationPackage> = Column::Package,
        /// Date of the application [tanggal permohonan].
        requested_on: DateFilter = Column::RequestedOn,
        /// Date of the decision [tanggal keputusan].
        decided_on: DateFilter = Column::DecidedOn,
        /// The linkage it became; null before activation [keterhubungan usaha].
        linkage: LinkageWhere = &LINKAGE,
    }
}

/// Sort fields of partnership applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApplicationOrderField {
    /// Status, in alphabetical order of the enum values [status permohonan].
    Status,
    /// Date of the application [tanggal permohonan].
    RequestedOn,
    /// Date of the decision [tanggal keputusan].
    DecidedOn,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    ApplicationOrderField: "ApplicationOrder", partnership_application {
        Status => Status,
        RequestedOn => RequestedOn,
        DecidedOn => DecidedOn,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of partnership applications.
pub type ApplicationOrder = Order<ApplicationOrderField>;

/// Root fields of partnership applications.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApplicationQuery;

#[Object]
impl ApplicationQuery {
    /// All partnership applications [permohonan kemitraan].
    async fn partnership_applications(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ApplicationWhere>,
        order_by: Option<Vec<ApplicationOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnershipApplication>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        APPLICATIONS.ask(list)?.page(ctx, Value::Null).await
    }
}
