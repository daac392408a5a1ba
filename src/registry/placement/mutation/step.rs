//! A verb that leads a placement to another status.

use async_graphql::ID;
use entity::vocabulary::PlacementStatus;
use sea_orm::{IntoActiveModel, Set};
use uuid::Uuid;

use super::{Placement, owners, seats};
use crate::{
    graph::load::Noun,
    registry::{
        states::PLACEMENT,
        write::{Act, Message, Refusal, UserError, UserErrorCode, Write},
    },
};

/// A verb on one placement.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
}

impl Act for Step {
    const NOUN: &'static str = Placement::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let placement = write.existing::<Placement>(&self.id, "id").await?;
        let (batch, program) = owners::of_placement(write, &placement).await?;
        let of = owners::belonging(write, self.verb, &placement, &batch, &program).await?;
        write.demand(&of)?;
        Write::expect::<Placement>(&placement, &self.id, self.expected_version)?;
        let mut status = write.next(&PLACEMENT, placement.status)?;
        if self.verb == "confirmPlacement" && !seats::is_open(&batch) {
            let message = Message::new(
                "the enrolment of the batch is not open",
                "pendaftaran gelombang ini tidak dibuka",
            );
            return Err(UserError::new(UserErrorCode::PrerequisiteMissing, &["id"], message).into());
        }
        if self.verb == "confirmPlacement" && seats::free(write, &batch).await? == Some(0) {
            if placement.status == PlacementStatus::Waitlisted {
                let message =
                    Message::new("no seat of the batch is free", "tidak ada kursi kosong pada gelombang ini");
                return Err(UserError::new(UserErrorCode::LimitReached, &["id"], message).into());
            }
            status = PlacementStatus::Waitlisted;
        }
        let mut row = placement.clone().into_active_model();
        row.status = Set(status);
        write.transaction().update::<entity::placement::Entity>(Self::NOUN, &placement, row).await?;
        if placement.status == PlacementStatus::Confirmed {
            seats::fill(write, &batch).await?;
        }
        seats::count(write, &batch, &program).await?;
        Ok(placement.id)
    }
}
