//! Partner institutions: universities, agencies, retailers, banks and other partners of cooperatives.

mod edges;
mod figures;
mod filter;
mod mutation;
mod query;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::vocabulary::{InstitutionKind, InstitutionOwnership, LinkageSide, SupporterRole};

use self::edges::{
    APPLICATIONS, CHILDREN, HOSTED_PROGRAMS, OFFICIALS, ORGANISED_PROGRAMS, PARENT, PARTNERSHIPS, REGION,
};
pub use self::figures::InstitutionFiguresQuery;
pub use self::filter::InstitutionWhere;
pub use self::mutation::InstitutionMutation;
pub(super) use self::mutation::belonging;
pub use self::query::{InstitutionBy, InstitutionOrder, InstitutionOrderField, InstitutionQuery};
use super::{
    application::{ApplicationOrder, ApplicationWhere, PartnershipApplication},
    linkage::{BusinessLinkage, LinkageOrder, LinkageWhere},
    noun,
    official::{Official, OfficialOrder, OfficialWhere},
    partnership::{Partnership, PartnershipOrder, PartnershipWhere},
    path::Connected,
    program::{InternshipProgram, ProgramOrder, ProgramWhere},
    reads,
    record::Provenance,
    region::Region,
};
use crate::graph::{
    Result, id,
    inline::Inline,
    load::Noun,
    page::{Connection, Link, List},
    value::Value,
};

noun! {
    PartnerInstitution: institution,
    fields = edges::fields(),
    reads = reads! { institution { "label": Name; } },
}

/// A university, agency, retailer, bank or other partner of cooperatives [lembaga mitra].
#[Object]
impl PartnerInstitution {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Stable readable key, unique among institutions.
    pub async fn slug(&self) -> String {
        self.row.slug.clone()
    }

    /// Official name [nama lembaga].
    pub async fn name(&self) -> String {
        self.row.name.clone()
    }

    /// Name in daily use [nama singkat].
    pub async fn short_name(&self) -> Option<String> {
        self.row.short_name.clone()
    }

    /// Kind of institution [jenis lembaga].
    async fn kind(&self) -> InstitutionKind {
        self.row.kind
    }

    /// Ownership [kepemilikan].
    async fn ownership(&self) -> Option<InstitutionOwnership> {
        self.row.ownership
    }

    /// Code given by the ministry that supervises it [kode resmi].
    async fn official_code(&self) -> Option<&str> {
        self.row.official_code.as_deref()
    }

    /// Internet domain [domain].
    async fn domain(&self) -> Option<&str> {
        self.row.domain.as_deref()
    }

    /// Whether it still exists and takes part [aktif].
    async fn active(&self) -> bool {
        self.row.active
    }

    /// Region of its head office [wilayah]. Null when it is abroad or unknown, as for most universities; where the name of a
    /// university says a place, the province of that place.
    pub async fn region(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        REGION.ask().object(ctx, self.row.region_code.clone()).await
    }

    /// The institution of which it is a part [lembaga induk].
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Inline<PartnerInstitution>>> {
        PARENT.ask().object(ctx, self.row.parent_id).await
    }

    /// Institutions that are parts of it [unit di bawahnya].
    async fn children(
        &self,
        ctx: &Context<'_>,
        r#where: Option<InstitutionWhere>,
        order_by: Option<Vec<InstitutionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnerInstitution>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        CHILDREN.ask(list)?.page(ctx, self.row.id).await
    }

    /// Officials of the institution [pejabat].
    async fn officials(
        &self,
        ctx: &Context<'_>,
        r#where: Option<OfficialWhere>,
        order_by: Option<Vec<OfficialOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Official>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        OFFICIALS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Agreements it is a party to [kemitraan].
    async fn partnerships(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PartnershipWhere>,
        order_by: Option<Vec<PartnershipOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        PARTNERSHIPS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Programs that it organises [program yang diselenggarakan].
    async fn organised_programs(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ProgramWhere>,
        order_by: Option<Vec<ProgramOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipProgram>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        ORGANISED_PROGRAMS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Programs that it hosts [program yang ditempati].
    async fn hosted_programs(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ProgramWhere>,
        order_by: Option<Vec<ProgramOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipProgram>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        HOSTED_PROGRAMS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Programs that it supports, with its roles; filtered by `roles` when given [program yang didukung].
    async fn supported_programs(
        &self,
        ctx: &Context<'_>,
        roles: Option<Vec<SupporterRole>>,
        r#where: Option<ProgramWhere>,
        order_by: Option<Vec<ProgramOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipProgram, SupportedProgram>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        edges::supported_programs(roles, list)?.page(ctx, self.row.id).await
    }

    /// Its linkages with cooperatives, on the side given by `as` or on both sides [keterhubungan usaha].
    async fn linkages(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "as")] side: Option<LinkageSide>,
        r#where: Option<LinkageWhere>,
        order_by: Option<Vec<LinkageOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessLinkage>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        edges::linkages(side, list)?.page(ctx, self.row.id).await
    }

    /// Applications addressed to it, latest first [permohonan kemitraan].
    async fn applications(
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
        APPLICATIONS.ask(list)?.page(ctx, self.row.id).await
    }

    #[graphql(flatten)]
    async fn connected(&self) -> Connected {
        self.into()
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

/// The fields of an edge from an institution to a program that it supports.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct SupportedProgram {
    /// Role of the institution in the program [peran].
    role: SupporterRole,
}

impl Link for SupportedProgram {
    const NAME: Option<&'static str> = Some("SupportedProgram");

    fn from_values(values: &[Value]) -> Self {
        Self { role: super::program::role(values) }
    }
}
