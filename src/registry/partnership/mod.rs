//! Partnerships: agreements between parties.

mod figures;
mod filter;
mod mutation;
mod query;

use async_graphql::{Context, ID, Object};
use entity::{
    internship_program, linkage,
    partnership::Column,
    partnership_party, program_partnership,
    vocabulary::{
        AgreementContent, PartnershipKind, PartnershipLanguage, PartnershipPattern, PartnershipStatus,
        PartyKind, PartyRole,
    },
};
use sea_orm::ActiveEnum;
use uuid::Uuid;

pub use self::figures::PartnershipFiguresQuery;
pub use self::filter::PartnershipWhere;
pub use self::mutation::PartnershipMutation;
pub use self::query::{PartnershipBy, PartnershipOrder, PartnershipOrderField, PartnershipQuery};
use super::{
    edges,
    institution::PartnerInstitution,
    linkage::{BusinessLinkage, LinkageOrder, LinkageOrderField, LinkageWhere},
    noun,
    party::{Party, PartyIdentity},
    program::{InternshipProgram, ProgramOrder, ProgramOrderField, ProgramWhere},
    record::Provenance,
    visibility,
};
use crate::graph::{
    Result,
    filter::Condition,
    id,
    inline::{Inline, Items},
    list_size::list_size,
    load::{Column as AnyColumn, Field, Many, Noun, One, Reach},
    order::Term,
    page::{Connection, List},
    scalar::{Date, Rupiah},
};

noun! {
    Partnership: partnership,
    // Until it is signed or at least approved, an agreement is its parties' own business. Whatever is cancelled was no
    // more than that: what is approved is signed, and then ends otherwise.
    visible = |scope| {
        let public = Condition::not_in(Column::Status, HIDDEN.map(|status| status.to_value().into()).into());
        visibility::of(scope, public, |granted| {
            // An office keeps what binds a cooperative of its region, as it decides verbs. A witness sees a draft, too.
            let of_office = visibility::in_region(granted, entity::party::Column::RegionCode);
            let of_office = if of_office.is_never() { of_office } else { of_office.and(binds_cooperative()) };
            let of_party = visibility::has_party(granted, entity::party::Column::Id);
            [of_office, of_party].map(|fits| visibility::exists(PARTY_IDENTITIES.edge(), fits)).into()
        })
    },
    fields = vec![
        Field::list("parties", |_| Ok(PARTIES.all().plain())),
        Field::row("parent", |_| Ok(PARENT.ask().plain())),
        Field::page("children", |a| Ok(CHILDREN.ask(a.list::<PartnershipWhere, PartnershipOrderField>()?)?.plain())),
        Field::page("linkages", |a| Ok(LINKAGES.ask(a.list::<LinkageWhere, LinkageOrderField>()?)?.plain())),
        Field::page("programs", |a| Ok(PROGRAMS.ask(a.list::<ProgramWhere, ProgramOrderField>()?)?.plain())),
    ],
}

/// A party that is a cooperative, and more than a witness.
fn binds_cooperative() -> Condition {
    let cooperative = Condition::equal(entity::party::Column::Kind, PartyKind::Cooperative.to_value());
    let role = AnyColumn::link(partnership_party::Column::Role, 0);
    cooperative.and(Condition::one_of(role, vec![PartyRole::Witness.to_value().into()]).negated())
}

/// Statuses that are hidden from the public.
const HIDDEN: [PartnershipStatus; 3] =
    [PartnershipStatus::Draft, PartnershipStatus::InReview, PartnershipStatus::Cancelled];

noun! {
    /// A party to an agreement, with its role.
    PartnershipParty: partnership_party,
    fields = vec![Field::row("party", |_| Ok(PARTY.ask().plain()))],
}

edges! {
    PARTIES: Many<PartnershipParty> = Many::new(
        "Partnership.parties",
        Column::Id,
        Reach::Column(partnership_party::Column::PartnershipId.into()),
    )
    .ordered([Term::ascending(partnership_party::Column::Position)]);
    FIRST_PARTY: One<PartyIdentity> = One::by("Partnership.firstParty as a party", Column::FirstPartyId);
    FIRST_INSTITUTION: One<PartnerInstitution> =
        One::maybe("Partnership.firstParty as an institution", Column::FirstPartyId);
    PARTY_IDENTITIES: Many<PartyIdentity> = Many::new(
        "Partnership.parties as such",
        Column::Id,
        Reach::Link {
            table: entity::partnership_party::Entity.into(),
            parent: partnership_party::Column::PartnershipId.into(),
            child: partnership_party::Column::PartyId.into(),
            columns: vec![AnyColumn::link(partnership_party::Column::Role, 0)],
        },
    );
    PARTY: One<Party> = One::by("PartnershipParty.party", partnership_party::Column::PartyId);
    PARENT: One<Partnership> = One::by("Partnership.parent", Column::ParentId);
    CHILDREN: Many<Partnership> =
        Many::new("Partnership.children", Column::Id, Reach::Column(Column::ParentId.into()));
    LINKAGES: Many<BusinessLinkage> = Many::new(
        "Partnership.linkages",
        Column::Id,
        Reach::Column(linkage::Column::PartnershipId.into()),
    );
    PROGRAMS: Many<InternshipProgram> = Many::new(
        "Partnership.programs",
        Column::Id,
        Reach::Link {
            table: entity::program_partnership::Entity.into(),
            parent: program_partnership::Column::PartnershipId.into(),
            child: program_partnership::Column::ProgramId.into(),
            columns: Vec::new(),
        },
    )
    .ordered([Term::ascending(internship_program::Column::Code)]);
}

/// An agreement between parties [kemitraan].
#[Object]
impl Partnership {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Number assigned by the first party [nomor naskah].
    async fn number(&self) -> &str {
        &self.row.number
    }

    /// Title [judul].
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// Form of the agreement [bentuk naskah].
    async fn kind(&self) -> PartnershipKind {
        self.row.kind
    }

    /// Partnership pattern as defined by law [pola kemitraan].
    async fn pattern(&self) -> Option<PartnershipPattern> {
        self.row.pattern
    }

    /// Status [status].
    async fn status(&self) -> PartnershipStatus {
        self.row.status
    }

    /// Date of signing [tanggal penandatanganan].
    async fn signed_on(&self) -> Option<Date> {
        self.row.signed_on.map(Date)
    }

    /// First date in force [mulai berlaku].
    async fn effective_from(&self) -> Option<Date> {
        self.row.effective_from.map(Date)
    }

    /// Last date in force; null when open-ended [berakhir].
    async fn effective_to(&self) -> Option<Date> {
        self.row.effective_to.map(Date)
    }

    /// Scope of the agreement [ruang lingkup].
    async fn scope(&self) -> Option<&str> {
        self.row.scope.as_deref()
    }

    /// Value [nilai].
    async fn value(&self) -> Option<Rupiah> {
        self.row.value.map(Rupiah::from)
    }

    /// Language [bahasa].
    async fn language(&self) -> PartnershipLanguage {
        self.row.language
    }

    /// Mandatory contents that the agreement has, of the seven required [muatan wajib].
    async fn contents(&self) -> Vec<AgreementContent> {
        self.row.contents.iter().collect()
    }

    /// Parties to the agreement, first party first; at most 20 [para pihak].
    #[graphql(directive = list_size::apply(20))]
    async fn parties(&self, ctx: &Context<'_>) -> Result<Items<PartnershipParty>> {
        PARTIES.all().list(ctx, self.row.id).await
    }

    /// The agreement on which it is based, such as an MoU [naskah induk].
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Inline<Partnership>>> {
        PARENT.ask().object(ctx, self.row.parent_id).await
    }

    /// Agreements based on it [naskah turunan].
    async fn children(
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
        CHILDREN.ask(list)?.page(ctx, self.row.id).await
    }

    /// Linkages based on it [keterhubungan usaha].
    async fn linkages(
        &self,
        ctx: &Context<'_>,
        r#where: Option<LinkageWhere>,
        order_by: Option<Vec<LinkageOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessLinkage>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        LINKAGES.ask(list)?.page(ctx, self.row.id).await
    }

    /// Programs based on it [program].
    async fn programs(
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
        PROGRAMS.ask(list)?.page(ctx, self.row.id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

/// A party to an agreement, with its role [pihak].
#[Object]
impl PartnershipParty {
    /// Role of the party [kedudukan].
    async fn role(&self) -> PartyRole {
        self.row.role
    }

    /// The party.
    async fn party(&self, ctx: &Context<'_>) -> Result<Inline<Party>> {
        PARTY.ask().required(ctx, self.row.party_id).await
    }
}

/// The parties of an agreement with their roles.
pub(super) async fn parties(ctx: &Context<'_>, partnership: Uuid) -> Result<Vec<(Uuid, PartyRole)>> {
    let parties = PARTIES.all().list(ctx, partnership).await?;
    Ok(parties.0.iter().map(|party| (party.row.party_id, party.row.role)).collect())
}
