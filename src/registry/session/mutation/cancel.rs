//! The end of a training session that is not held.

use entity::training_session;
use uuid::Uuid;

use super::{TrainingSession, amend::demand, input::SessionInput};
use crate::{
    graph::load::Noun,
    registry::write::{Act, Refusal, Write},
};

/// The verb `cancelSession`.
#[derive(Clone, Debug)]
pub(super) struct Cancel(pub(super) SessionInput);

impl Act for Cancel {
    const NOUN: &'static str = TrainingSession::NAME;

    fn verb(&self) -> &'static str {
        "cancelSession"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<TrainingSession>(&input.id, "id").await?;
        demand(write, &before).await?;
        Write::expect::<TrainingSession>(&before, &input.id, input.expected_version)?;
        write.transaction().delete::<training_session::Entity>(Self::NOUN, &before).await?;
        Ok(before.id)
    }
}
