//! Internship batches: groups of participants who learn together.

mod figures;
mod filter;
mod mutation;

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{
    batch_province, internship_batch::Column, placement, training_session, vocabulary::BatchStatus,
};

pub use self::figures::BatchFiguresQuery;
pub use self::filter::BatchWhere;
pub use self::mutation::BatchMutation;
pub(super) use self::mutation::owners::of_batch;
use super::{
    edges, noun,
    party::{Party, PartyIdentity},
    placement::{Placement, PlacementOrder, PlacementOrderField, PlacementWhere},
    program::{InternshipProgram, ProgramBy},
    reads,
    record::Provenance,
    region::Region,
    session::{TrainingSession, TrainingSessionOrder, TrainingSessionOrderField, TrainingSessionWhere},
    visibility,
};
use crate::{
    graph::{
        Result,
        filter::Condition,
        id::{self, GlobalId, KeyKind},
        inline::{Inline, Items, inline},
        list_size::list_size,
        load::{Field, Many, Noun, One, Reach},
        order::{Order, Term},
        page::{Connection, List},
        scalar::Date,
        value::Value,
    },
    order_fields,
};

noun! {
    InternshipBatch: internship_batch,
    visible = |scope| {
        visibility::of(scope, Condition::equal(Column::ProgramVisible, true), visibility::batch)
    },
    fields = vec![
        Field::row("program", |_| Ok(PROGRAM.ask().plain())),
        Field::row("host", |_| Ok(HOST.ask().plain())),
        Field::row("place", |_| Ok(PLACE.ask().plain())),
        Field::list("provinces", |_| Ok(PROVINCES.all().plain())),
        Field::page("sessions", |a| Ok(SESSIONS.ask(a.list::<TrainingSessionWhere, TrainingSessionOrderField>()?)?.plain())),
        Field::page("placements", |a| Ok(PLACEMENTS.ask(a.list::<PlacementWhere, PlacementOrderField>()?)?.plain())),
    ],
    reads = reads! { internship_batch { "label": ProgramId, Number; } },
}

edges! {
    pub(super) BY_ID: One<InternshipBatch> = One::root("internshipBatch");
    BATCHES: Many<InternshipBatch> = Many::root("internshipBatches");
    pub(super) PROGRAM: One<InternshipProgram> =
        One::by("InternshipBatch.program", Column::ProgramId).assured();
    HOST: One<Party> = One::by("InternshipBatch.host", Column::HostId);
    HOST_IDENTITY: One<PartyIdentity> = One::by("InternshipBatch.host as a party", Column::HostId);
    PLACE: One<Region> = One::by("InternshipBatch.place", Column::PlaceCode);
    PROVINCES: Many<Region> = Many::new(
        "InternshipBatch.provinces",
        Column::Id,
        Reach::Link {
            table: entity::batch_province::Entity.into(),
            parent: batch_province::Column::BatchId.into(),
            child: batch_province::Column::RegionCode.into(),
            columns: Vec::new(),
        },
    );
    SESSIONS: Many<TrainingSession> = Many::new(
        "InternshipBatch.sessions",
        Column::Id,
        Reach::Column(training_session::Column::BatchId.into()),
    )
    .ordered([Term::ascending(training_session::Column::HeldOn)]);
    PLACEMENTS: Many<Placement> = Many::new(
        "InternshipBatch.placements",
        Column::Id,
        Reach::Column(placement::Column::BatchId.into()),
    );
}

/// A group of participants who learn together [gelombang].
#[Object]
impl InternshipBatch {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The program [program].
    async fn program(&self, ctx: &Context<'_>) -> Result<Inline<InternshipProgram>> {
        PROGRAM.ask().required(ctx, self.row.program_id).await
    }

    /// Number within its program [gelombang ke-].
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Start date [mulai].
    async fn starts_on(&self) -> Option<Date> {
        self.row.starts_on.map(Date)
    }

    /// Date of the opening ceremony [tanggal pembukaan].
    async fn opened_on(&self) -> Option<Date> {
        self.row.opened_on.map(Date)
    }

    /// End date [selesai].
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Number of seats [kapasitas].
    async fn capacity(&self) -> Option<i32> {
        self.row.capacity
    }

    /// Number of seats taken: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED` [jumlah peserta].
    async fn participant_count(&self) -> i32 {
        self.row.participant_count
    }

    /// Status [status].
    async fn status(&self) -> BatchStatus {
        self.row.status
    }

    /// Party that hosts the batch; null when it is the program's host [tuan rumah].
    async fn host(&self, ctx: &Context<'_>) -> Option<Result<Inline<Party>>> {
        HOST.ask().object(ctx, self.row.host_id).await
    }

    /// Region in which it takes place [lokasi].
    async fn place(&self, ctx: &Context<'_>) -> Option<Result<Inline<Region>>> {
        PLACE.ask().object(ctx, self.row.place_code.clone()).await
    }

    /// Provinces from which its participants come or are invited, in order of their codes [provinsi asal].
    #[graphql(directive = list_size::apply(38))]
    async fn provinces(&self, ctx: &Context<'_>) -> Result<Items<Region>> {
        PROVINCES.all().list(ctx, self.row.id).await
    }

    /// Training sessions, earliest first [sesi].
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        r#where: Option<TrainingSessionWhere>,
        order_by: Option<Vec<TrainingSessionOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<TrainingSession>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        SESSIONS.ask(list)?.page(ctx, self.row.id).await
    }

    /// Placements of its participants [peserta].
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
        PLACEMENTS.ask(list)?.page(ctx, self.row.id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

/// Sort fields of internship batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BatchOrderField {
    /// Number within its program [gelombang ke-].
    Number,
    /// Start date [mulai].
    StartsOn,
    /// Date of the opening ceremony [tanggal pembukaan].
    OpenedOn,
    /// End date [selesai].
    EndsOn,
    /// Number of seats [kapasitas].
    Capacity,
    /// Number of seats taken: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED` [jumlah peserta].
    ParticipantCount,
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    BatchOrderField: "BatchOrder", internship_batch {
        Number => Number,
        StartsOn => StartsOn,
        OpenedOn => OpenedOn,
        EndsOn => EndsOn,
        Capacity => Capacity,
        ParticipantCount => ParticipantCount,
        Status => Status,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of internship batches.
pub type BatchOrder = Order<BatchOrderField>;

/// Exactly one key of an internship batch.
#[derive(Debug, OneofObject)]
pub enum BatchBy {
    /// Its id.
    Id(ID),
    /// Its program and its number within the program.
    Number(BatchNumberInput),
}

/// A batch's number within its program [gelombang].
#[derive(Debug, InputObject)]
pub struct BatchNumberInput {
    /// The program.
    program: ProgramBy,
    /// The number.
    number: i32,
}

impl BatchBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<InternshipBatch>> {
        match self {
            BatchBy::Id(id) => {
                let key = GlobalId::key_of(&id, InternshipBatch::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            BatchBy::Number(BatchNumberInput { program, number }) => {
                let Some(program) = program.find(ctx).await? else {
                    return Ok(None);
                };
                let of_program = Condition::equal(Column::ProgramId, program.row.id);
                BATCHES.first(of_program.and(Condition::equal(Column::Number, number))).only(ctx).await
            }
        }
    }
}

/// Root fields of internship batches.
#[derive(Clone, Copy, Debug, Default)]
pub struct BatchQuery;

#[Object]
impl BatchQuery {
    /// One internship batch by a key. A lookup that finds nothing returns null [gelombang].
    async fn internship_batch(
        &self,
        ctx: &Context<'_>,
        by: BatchBy,
    ) -> Option<Result<Inline<InternshipBatch>>> {
        inline(by.find(ctx).await)
    }

    /// All internship batches [gelombang].
    async fn internship_batches(
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
        BATCHES.ask(list)?.page(ctx, Value::Null).await
    }
}
