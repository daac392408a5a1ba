//! Changes to a training session.

use entity::{
    internship_batch, training_session,
    vocabulary::BatchStatus::{Cancelled, Completed},
};
use sea_orm::{ActiveValue, IntoActiveModel, Set};
use uuid::Uuid;

use super::{
    TrainingSession,
    input::AmendSessionInput,
    plan::{MAX_TOPIC, hours},
};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::{
        batch::of_batch,
        write::{Act, Faults, Refusal, Write},
    },
};

/// The verb `amendSession`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendSessionInput);

/// Demands that the caller may change a session, and an office if its batch is over.
pub(super) async fn demand(write: &mut Write, session: &training_session::Model) -> Result<(), Refusal> {
    let batch = write.row::<internship_batch::Entity>(session.batch_id).await?;
    let batch = batch.ok_or_else(|| Refusal::Failed(Error::Internal("a session has no batch".to_owned())))?;
    let (_, of) = of_batch(write, &batch).await?;
    write.demand(&of)?;
    if matches!(batch.status, Completed | Cancelled) && !write.is_by_office() {
        let refusal = "only an office changes a session of a batch that is over";
        return Err(Refusal::Failed(Error::Forbidden(refusal)));
    }
    Ok(())
}

impl Act for Amend {
    const NOUN: &'static str = TrainingSession::NAME;

    fn verb(&self) -> &'static str {
        "amendSession"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<TrainingSession>(&input.id, "id").await?;
        demand(write, &before).await?;
        Write::expect::<TrainingSession>(&before, &input.id, input.expected_version)?;
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        faults.replace("topic", &input.topic, &mut row.topic, |faults, topic| {
            faults.line("topic", topic, MAX_TOPIC)
        });
        if let ActiveValue::Set(topic) = &row.topic {
            row.topic_fold = Set(fold(topic));
        }
        faults.demanded("method", &input.method, &mut row.method);
        faults.replace("hours", &input.hours, &mut row.hours_milli, hours);
        faults.replace("heldOn", &input.held_on, &mut row.held_on, |_, day| Some(day.0));
        faults.none()?;
        write.amend::<TrainingSession>(&before, row).await?;
        Ok(before.id)
    }
}
