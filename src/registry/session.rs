//! Training sessions: the lessons and practice of a batch.

use async_graphql::{Context, Enum, ID, Object};
use entity::{training_session::Column, vocabulary::LearningMethod};

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
    lean::Lean,
    load::{Field, Noun, One},
    order::Order,
    scalar::{Date, Decimal},
};
use crate::{conditions, order_fields};

noun! {
    TrainingSession: training_session,
    visible = |scope| visibility::public(scope, Condition::equal(Column::ProgramVisible, true)),
    fields = vec![Field::row("batch", |_| Ok(BATCH.ask().plain()))],
}

edges! {
    BATCH: One<InternshipBatch> =
        One::by("TrainingSession.batch", Column::BatchId).assured();
}

/// One lesson or practice of a batch [sesi pelatihan].
#[Object]
impl TrainingSession {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The batch that attends it [gelombang].
    async fn batch(&self, ctx: &Context<'_>) -> Result<Lean<InternshipBatch>> {
        BATCH.ask().required(ctx, self.row.batch_id).await
    }

    /// What it teaches [materi].
    async fn topic(&self) -> &str {
        &self.row.topic
    }

    /// How it is taught [metode belajar].
    async fn method(&self) -> LearningMethod {
        self.row.method
    }

    /// How many hours it takes [jam pelajaran].
    async fn hours(&self) -> Decimal {
        Decimal::thousandths(self.row.hours_milli)
    }

    /// Day on which it is held [tanggal].
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
        /// What it teaches [materi].
        topic: StringFilter = Text::folded(Column::TopicFold),
        /// How it is taught [metode belajar].
        method: EnumFilter<LearningMethod> = Column::Method,
        /// How many hours it takes [jam pelajaran].
        hours: DecimalFilter = Scaled::thousandths(Column::HoursMilli),
        /// Day on which it is held [tanggal].
        held_on: DateFilter = Column::HeldOn,
    }
}

/// What training sessions can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TrainingSessionOrderField {
    /// What it teaches [materi].
    Topic,
    /// How many hours it takes [jam pelajaran].
    Hours,
    /// Day on which it is held [tanggal].
    HeldOn,
    /// When the record was made.
    CreatedAt,
    /// When the record last changed.
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

/// How to sort training sessions.
pub type TrainingSessionOrder = Order<TrainingSessionOrderField>;
