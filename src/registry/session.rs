//! Training sessions of batches.

mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::{training_session::Column, vocabulary::LearningMethod};

pub use self::mutation::SessionMutation;
use super::{
    batch::{BatchWhere, InternshipBatch},
    edges, noun,
    record::Provenance,
    visibility,
};
use crate::graph::{
    Result,
    filter::{Condition, DateFilter, DecimalFilter, EnumFilter, Scaled, StringFilter, Text},
    id,
    inline::Inline,
    load::{Field, Many, Noun, One},
    order::Order,
    page::{Connection, List},
    scalar::{Date, Decimal},
    value::Value,
};
use crate::{conditions, order_fields};

noun! {
    TrainingSession: training_session,
    visible = |scope| {
        visibility::of(scope, Condition::equal(Column::ProgramVisible, true), visibility::session)
    },
    fields = vec![Field::row("batch", |_| Ok(BATCH.ask().plain()))],
}

edges! {
    BY_ID: One<TrainingSession> = One::root("trainingSession");
    TRAINING_SESSIONS: Many<TrainingSession> = Many::root("trainingSessions");
    BATCH: One<InternshipBatch> =
        One::by("TrainingSession.batch", Column::BatchId).assured();
}

/// One training session of a batch [sesi pelatihan].
#[Object]
impl TrainingSession {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The batch that attends it [gelombang].
    async fn batch(&self, ctx: &Context<'_>) -> Result<Inline<InternshipBatch>> {
        BATCH.ask().required(ctx, self.row.batch_id).await
    }

    /// Topic taught [materi].
    async fn topic(&self) -> &str {
        &self.row.topic
    }

    /// Learning method [metode belajar].
    async fn method(&self) -> LearningMethod {
        self.row.method
    }

    /// Duration in hours [jam pelajaran].
    async fn hours(&self) -> Decimal {
        Decimal::thousandths(self.row.hours_milli)
    }

    /// Date on which it is held [tanggal].
    async fn held_on(&self) -> Date {
        Date(self.row.held_on)
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on training sessions; all must hold.
    record TrainingSessionWhere of TrainingSession, "TrainingSessionsFilter" {
        /// The batch that attends it [gelombang].
        batch: BatchWhere = &BATCH,
        /// Topic taught [materi].
        topic: StringFilter = Text::folded(Column::TopicFold),
        /// Learning method [metode belajar].
        method: EnumFilter<LearningMethod> = Column::Method,
        /// Duration in hours [jam pelajaran].
        hours: DecimalFilter = Scaled::thousandths(Column::HoursMilli),
        /// Date on which it is held [tanggal].
        held_on: DateFilter = Column::HeldOn,
    }
}

/// Sort fields of training sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TrainingSessionOrderField {
    /// Topic taught [materi].
    Topic,
    /// Duration in hours [jam pelajaran].
    Hours,
    /// Date on which it is held [tanggal].
    HeldOn,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    TrainingSessionOrderField: "TrainingSessionOrder", training_session {
        Topic => TopicFold,
        Hours => HoursMilli,
        HeldOn => HeldOn,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of training sessions.
pub type TrainingSessionOrder = Order<TrainingSessionOrderField>;

/// Root field of training sessions.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrainingSessionQuery;

#[Object]
impl TrainingSessionQuery {
    /// All training sessions [sesi pelatihan].
    async fn training_sessions(
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
        TRAINING_SESSIONS.ask(list)?.page(ctx, Value::Null).await
    }
}
