//! Internship programs, in which people learn at a model cooperative.

mod figures;
mod filter;
mod mutation;
mod query;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    internship_batch,
    internship_program::Column,
    program_partnership, program_supporter,
    vocabulary::{LearningMethod, ProgramKind, ProgramStatus, Sector, SupporterRole},
};
use sea_orm::ActiveEnum;

pub(super) use self::mutation::owners::of_program;
pub use self::{figures::ProgramFiguresQuery, mutation::ProgramMutation};
pub use self::{
    filter::{ProgramWhere, SupportedProgramsFilter},
    query::{ProgramBy, ProgramOrder, ProgramOrderField, ProgramQuery},
};
use super::{
    batch::{BatchOrder, BatchOrderField, BatchWhere, InternshipBatch},
    edges,
    institution::{InstitutionOrder, InstitutionOrderField, InstitutionWhere, PartnerInstitution},
    noun,
    partnership::{Partnership, PartnershipOrder, PartnershipOrderField, PartnershipWhere},
    party::{Party, PartyIdentity},
    reads,
    record::Provenance,
    visibility,
};
use crate::graph::{
    Result,
    filter::Condition,
    id,
    inline::Inline,
    load::{Ask, Column as AnyColumn, Field, Many, Noun, One, Reach},
    order::Term,
    page::{Connection, Link, List},
    scalar::Date,
    value::Value,
};

noun! {
    InternshipProgram: internship_program,
    // A cancelled one may have been announced before, or never.
    visible = |scope| {
        let public = Condition::Any(vec![
            Condition::not_in(Column::Status, HIDDEN.map(|status| status.to_value().into()).into()),
            Condition::equal(Column::Status, ProgramStatus::Cancelled.to_value())
                .and(Condition::equal(Column::Announced, true)),
        ]);
        visibility::of(scope, public, visibility::program)
    },
    fields = vec![
        Field::row("organiser", |_| Ok(ORGANISER.ask().plain())),
        Field::row("host", |_| Ok(HOST.ask().plain())),
        Field::page("supporters", |a| Ok(supporters(a.read("roles")?, a.list()?)?.plain())),
        Field::page("batches", |a| Ok(BATCHES.ask(a.list::<BatchWhere, BatchOrderField>()?)?.plain())),
        Field::page("partnerships", |a| {
            Ok(PARTNERSHIPS.ask(a.list::<PartnershipWhere, PartnershipOrderField>()?)?.plain())
        }),
    ],
    reads = reads! { internship_program { "label": Name; } },
}

/// Statuses that are hidden from the public, unless the program was announced.
const HIDDEN: [ProgramStatus; 2] = [ProgramStatus::Draft, ProgramStatus::Cancelled];

edges! {
    ORGANISER: One<PartnerInstitution> = One::by("InternshipProgram.organiser", Column::OrganiserId);
    HOST: One<Party> = One::by("InternshipProgram.host", Column::HostId);
    HOST_IDENTITY: One<PartyIdentity> = One::by("InternshipProgram.host as a party", Column::HostId);
    SUPPORTERS: Many<PartnerInstitution> = Many::new(
        "InternshipProgram.supporters",
        Column::Id,
        Reach::Link {
            table: entity::program_supporter::Entity.into(),
            parent: program_supporter::Column::ProgramId.into(),
            child: program_supporter::Column::InstitutionId.into(),
            columns: vec![AnyColumn::link(program_supporter::Column::Role, 0)],
        },
    );
    BATCHES: Many<InternshipBatch> = Many::new(
        "InternshipProgram.batches",
        Column::Id,
        Reach::Column(internship_batch::Column::ProgramId.into()),
    )
    .ordered([Term::ascending(internship_batch::Column::Number)]);
    PARTNERSHIPS: Many<Partnership> = Many::new(
        "InternshipProgram.partnerships",
        Column::Id,
        Reach::Link {
            table: entity::program_partnership::Entity.into(),
            parent: program_partnership::Column::ProgramId.into(),
            child: program_partnership::Column::PartnershipId.into(),
            columns: Vec::new(),
        },
    );
}

/// A program in which people learn at a model cooperative [program magang].
#[Object]
impl InternshipProgram {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Code [kode program].
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Name [nama program].
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Kind of program [jenis program].
    async fn kind(&self) -> ProgramKind {
        self.row.kind
    }

    /// Status [status].
    async fn status(&self) -> ProgramStatus {
        self.row.status
    }

    /// Sector [sektor].
    async fn sector(&self) -> Sector {
        self.row.sector
    }

    /// Budget year [tahun anggaran].
    async fn fiscal_year(&self) -> i32 {
        self.row.fiscal_year
    }

    /// Start date [mulai].
    async fn starts_on(&self) -> Option<Date> {
        self.row.starts_on.map(Date)
    }

    /// End date [selesai].
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Target number of participants [target peserta].
    async fn target_participants(&self) -> Option<i32> {
        self.row.target_participants
    }

    /// Target number of provinces of origin [target provinsi].
    async fn target_provinces(&self) -> Option<i32> {
        self.row.target_provinces
    }

    /// Number of participants so far: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED`, in all batches
    /// [jumlah peserta].
    async fn participant_count(&self) -> i32 {
        self.row.participant_count
    }

    /// Learning methods [metode].
    async fn methods(&self) -> Vec<LearningMethod> {
        self.row.methods.iter().collect()
    }

    /// Topics taught [materi].
    async fn topics(&self) -> &[String] {
        &self.row.topics.0
    }

    /// Goals of the program [tujuan].
    async fn goals(&self) -> &[String] {
        &self.row.goals.0
    }

    /// The institution that organises it [penyelenggara].
    async fn organiser(&self, ctx: &Context<'_>) -> Result<Inline<PartnerInstitution>> {
        ORGANISER.ask().required(ctx, self.row.organiser_id).await
    }

    /// The party that hosts it [tuan rumah].
    async fn host(&self, ctx: &Context<'_>) -> Option<Result<Inline<Party>>> {
        HOST.ask().object(ctx, self.row.host_id).await
    }

    /// Institutions that support it, with their roles; filtered by `roles` when given [pendukung].
    async fn supporters(
        &self,
        ctx: &Context<'_>,
        roles: Option<Vec<SupporterRole>>,
        r#where: Option<InstitutionWhere>,
        order_by: Option<Vec<InstitutionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<PartnerInstitution, ProgramSupporter>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        supporters(roles, list)?.page(ctx, self.row.id).await
    }

    /// Its batches, in order of their numbers [gelombang].
    async fn batches(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BatchWhere>,
        order_by: Option<Vec<BatchOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<InternshipBatch>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BATCHES.ask(list)?.page(ctx, self.row.id).await
    }

    /// Agreements on which it is based [kemitraan].
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

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

fn supporters(
    roles: Option<Vec<SupporterRole>>,
    list: List<InstitutionWhere, InstitutionOrderField>,
) -> Result<Ask<PartnerInstitution>> {
    SUPPORTERS.narrowed(in_roles(roles), list)
}

/// The condition on links between programs and institutions with one of these roles; all when absent.
pub(super) fn in_roles(roles: Option<Vec<SupporterRole>>) -> Condition {
    let Some(roles) = roles else {
        return Condition::always();
    };
    let roles = roles.iter().map(|role| role.to_value().into()).collect();
    Condition::one_of(AnyColumn::link(program_supporter::Column::Role, 0), roles)
}

/// The role on a link between a program and an institution.
pub(super) fn role(values: &[Value]) -> SupporterRole {
    let stored = values.first().and_then(|value| match value {
        Value::Text(role) => SupporterRole::try_from_value(&role.to_string()).ok(),
        _ => None,
    });
    stored.unwrap_or(SupporterRole::Supporter)
}

/// The fields of an edge from a program to a supporting institution.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ProgramSupporter {
    /// Role of the institution in the program [peran].
    role: SupporterRole,
}

impl Link for ProgramSupporter {
    const NAME: Option<&'static str> = Some("ProgramSupporter");

    fn from_values(values: &[Value]) -> Self {
        Self { role: role(values) }
    }
}
