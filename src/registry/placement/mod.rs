//! Placements of participants in batches.

mod figures;
mod mutation;

use async_graphql::{Context, Enum, ID, Object, OneofObject};
use entity::{internship_batch, placement::Column, vocabulary::PlacementStatus};
use sea_orm::ActiveEnum;

pub(super) use self::mutation::seats;
pub use self::{
    figures::PlacementFiguresQuery,
    mutation::{PlacementMutation, waiting_since},
};
use super::{
    batch::{BatchWhere, InternshipBatch},
    cooperative::{Cooperative, CooperativeWhere},
    edges, noun,
    person::{Person, PersonWhere},
    personal::{self, ATTENDANCE, CERTIFICATE, Participant, Results, SCORE},
    reads,
    record::Provenance,
    visibility,
};
use crate::{
    access::Use,
    conditions,
    graph::{
        Result,
        filter::{Condition, DecimalFilter, EnumFilter, Expression, IntFilter, Scaled, StringFilter, Text},
        id::{self, GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Field, Many, Noun, One},
        order::{NothingRelated, Order},
        page::{Connection, List},
        personal_data::{guarded, permit},
        scalar::Decimal,
        value::Value,
    },
    order_fields,
};

noun! {
    Placement: placement,
    // Placements that were rejected, withdrawn, incomplete or missed are not public: their fields would identify the person.
    visible = |scope| {
        let public = Condition::not_in(Column::Status, HIDDEN.map(|status| status.to_value().into()).into())
            .and(Condition::equal(Column::ProgramVisible, true));
        visibility::of(scope, public, visibility::placement)
    },
    fields = vec![
        Field::row("batch", |_| Ok(BATCH.ask().plain())),
        Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain())),
        personal::view::<Participant>("person"),
        personal::view::<Results>("attendanceDays"),
        personal::view::<Results>("score"),
        personal::view::<Results>("certificateNumber"),
    ],
    reads = reads! { placement { "person": ; "attendanceDays": ; "score": ; "certificateNumber": ; } },
}

edges! {
    BY_ID: One<Placement> = One::root("placement");
    PLACEMENTS: Many<Placement> = Many::root("placements");
    BATCH: One<InternshipBatch> =
        One::by("Placement.batch", Column::BatchId).assured();
    pub(super) PERSON: One<Person> = One::by("Placement.person", Column::PersonId);
    COOPERATIVE: One<Cooperative> = One::by("Placement.cooperative", Column::CooperativeId);
}

/// Statuses that are hidden from the public.
pub(crate) const HIDDEN: [PlacementStatus; 4] = [
    PlacementStatus::Rejected,
    PlacementStatus::Withdrawn,
    PlacementStatus::Incomplete,
    PlacementStatus::NoShow,
];

/// Placement of a participant in a batch. The public sees placements under way and graduates [peserta magang].
#[Object]
impl Placement {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The batch [gelombang].
    async fn batch(&self, ctx: &Context<'_>) -> Result<Inline<InternshipBatch>> {
        BATCH.ask().required(ctx, self.row.batch_id).await
    }

    /// The cooperative that sent the participant [koperasi pengirim].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The participant; null with a `FORBIDDEN` error for the public [peserta].
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Inline<Person>>> {
        match personal::read(ctx, self.row.id, |view: &Participant| Some(view.row.person_id)).await? {
            Ok(person) => Some(PERSON.ask().required(ctx, person).await),
            Err(error) => Some(Err(error)),
        }
    }

    /// Status [status].
    async fn status(&self) -> PlacementStatus {
        self.row.status
    }

    /// Number of days attended; null with a `FORBIDDEN` error for the public [hari hadir].
    async fn attendance_days(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        personal::read(ctx, self.row.id, |view: &Results| view.row.attendance_days).await
    }

    /// Score, 0 to 100; null with a `FORBIDDEN` error for the public [nilai].
    async fn score(&self, ctx: &Context<'_>) -> Option<Result<Decimal>> {
        personal::read(ctx, self.row.id, |view: &Results| view.row.score_milli.map(Decimal::thousandths))
            .await
    }

    /// Number of the certificate; null with a `FORBIDDEN` error for the public [nomor sertifikat].
    async fn certificate_number(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        personal::read(ctx, self.row.id, |view: &Results| view.row.certificate_number.clone()).await
    }

    /// Follow-up plan: what the cooperative will replicate [rencana tindak lanjut].
    async fn follow_up_plan(&self) -> Option<&str> {
        self.row.follow_up_plan.as_deref()
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on placements; all must hold.
    record PlacementWhere of Placement, "PlacementsFilter" {
        /// The batch [gelombang].
        batch: BatchWhere = &BATCH,
        /// The cooperative that sent the participant [koperasi pengirim].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The participant; `FORBIDDEN` to the public [peserta].
        person: PersonWhere = guarded(&personal::PARTICIPANT, &PERSON),
        /// Status [status].
        status: EnumFilter<PlacementStatus> = Column::Status,
        /// Number of days attended; `FORBIDDEN` to the public [hari hadir].
        attendance_days: IntFilter = guarded(&ATTENDANCE, Column::AttendanceDays),
        /// Score, 0 to 100; `FORBIDDEN` to the public [nilai].
        score: DecimalFilter = guarded(&SCORE, Scaled::thousandths(Column::ScoreMilli)),
        /// Number of the certificate; `FORBIDDEN` to the public [nomor sertifikat].
        certificate_number: StringFilter = guarded(&CERTIFICATE, Text::exact(Column::CertificateNumber)),
    }
}

/// Sort fields of placements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PlacementOrderField {
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Start date of the batch [mulai gelombang].
    BatchStartsOn,
}

order_fields! {
    PlacementOrderField: "PlacementOrder", placement {
        Status => Status,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::BatchStartsOn => vec![Expression::through(&BATCH, internship_batch::Column::StartsOn)],
    }
}

/// One sort term of placements.
pub type PlacementOrder = Order<PlacementOrderField>;

/// Exactly one key of a placement.
#[derive(Debug, OneofObject)]
pub enum PlacementBy {
    /// Its id.
    Id(ID),
    /// Number of its certificate; `FORBIDDEN` to the public [nomor sertifikat].
    CertificateNumber(String),
}

impl PlacementBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<Placement>> {
        match self {
            PlacementBy::Id(id) => {
                let key = GlobalId::key_of(&id, Placement::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            PlacementBy::CertificateNumber(number) => {
                permit(&CERTIFICATE, Use::LookUp)?;
                let fits = Condition::equal(Column::CertificateNumber, clean(&number)?);
                PLACEMENTS.first(fits).only(ctx).await
            }
        }
    }
}

/// Root fields of placements.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlacementQuery;

#[Object]
impl PlacementQuery {
    /// One placement by a key. A lookup that finds nothing returns null [peserta magang].
    async fn placement(&self, ctx: &Context<'_>, by: PlacementBy) -> Option<Result<Inline<Placement>>> {
        inline(by.find(ctx).await)
    }

    /// All placements [peserta magang].
    async fn placements(
        &self,
        ctx: &Context<'_>,
        r#where: Option<PlacementWhere>,
        order_by: Option<Vec<PlacementOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Placement>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        PLACEMENTS.ask(list)?.page(ctx, Value::Null).await
    }
}
