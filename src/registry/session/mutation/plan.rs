//! A new training session.

use entity::{
    training_session,
    vocabulary::BatchStatus::{Cancelled, Completed},
};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::{TrainingSession, input::PlanSessionInput};
use crate::{
    graph::{fold::fold, load::Noun, scalar::Decimal},
    registry::{
        batch::{InternshipBatch, of_batch},
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
};

/// The longest topic.
pub(super) const MAX_TOPIC: usize = 200;

/// The longest session, in thousandths of hours.
const MAX_HOURS: i64 = 1_000_000;

/// The duration of a session.
pub(super) fn hours(faults: &mut Faults, hours: &Decimal) -> Option<i64> {
    let hours = faults.thousandths("hours", hours)?;
    if !(1..=MAX_HOURS).contains(&hours) {
        let (en, id) = (
            "a session takes more than 0 and at most 1,000 hours",
            "sesi lebih dari 0 dan paling lama 1.000 jam",
        );
        faults.add(UserErrorCode::OutOfRange, "hours", en, id);
    }
    Some(hours)
}

/// The verb `planSession`.
#[derive(Clone, Debug)]
pub(super) struct Plan(pub(super) PlanSessionInput);

impl Act for Plan {
    const NOUN: &'static str = TrainingSession::NAME;

    fn verb(&self) -> &'static str {
        "planSession"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let batch = write.existing::<InternshipBatch>(&input.batch, "batch").await?;
        let (_, of) = of_batch(write, &batch).await?;
        write.demand(&of)?;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        if batch.status == Cancelled || (batch.status == Completed && !write.is_by_office()) {
            let (en, indonesian) = ("the batch is over", "gelombang ini sudah selesai");
            faults.add(UserErrorCode::PrerequisiteMissing, "batch", en, indonesian);
        }
        let topic = faults.line("topic", &input.topic, MAX_TOPIC).unwrap_or_default();
        let hours = hours(&mut faults, &input.hours).unwrap_or_default();
        faults.none()?;
        let row = training_session::ActiveModel {
            id: Set(id),
            batch_id: Set(batch.id),
            topic_fold: Set(fold(&topic)),
            topic: Set(topic),
            method: Set(input.method),
            hours_milli: Set(hours),
            held_on: Set(input.held_on.0),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
            program_visible: Set(batch.program_visible),
        };
        Ok(write.transaction().insert::<training_session::Entity>(Self::NOUN, row).await?)
    }
}
