//! A verb that leads a batch to another status, and what follows for its placements.

use async_graphql::ID;
use entity::{
    internship_batch, internship_program, placement,
    vocabulary::{
        PlacementStatus,
        ProgramStatus::{self, Open, Running},
    },
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use super::{InternshipBatch, owners};
use crate::{
    graph::load::Noun,
    registry::{
        placement::{Placement, seats},
        states::{BATCH, PLACEMENT},
        write::{Act, Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// A verb on one batch.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) verb: &'static str,
    pub(super) id: ID,
    pub(super) expected_version: i32,
}

impl Step {
    /// Refuses to enrol in a program that is not open, and to start a batch of one that does not run.
    fn check(&self, program: &internship_program::Model) -> Result<(), Refusal> {
        let needed: &[ProgramStatus] = match self.verb {
            "openEnrolment" => &[Open, Running],
            "startBatch" => &[Running],
            _ => return Ok(()),
        };
        if needed.contains(&program.status) {
            return Ok(());
        }
        let (en, id) =
            ("its program has not opened or started", "programnya belum dibuka atau belum dimulai");
        Err(Refusal::of(UserErrorCode::PrerequisiteMissing, "id", en, id))
    }

    /// Leads the placements that the verb leads to another status: confirmed participants of a batch that starts attend it, and
    /// nominees without a seat are withdrawn; so are all of a batch that is cancelled.
    async fn lead_placements(&self, write: &mut Write, batch: Uuid) -> Result<(), Refusal> {
        let led: Vec<PlacementStatus> =
            PLACEMENT.verbs.iter().filter(|arrow| arrow.1 == self.verb).map(|arrow| arrow.0).collect();
        if led.is_empty() {
            return Ok(());
        }
        let placements = placement::Entity::find()
            .filter(placement::Column::BatchId.eq(batch))
            .filter(placement::Column::Status.is_in(led))
            .order_by_asc(placement::Column::Id)
            .all(write.connection())
            .await
            .map_err(WriteError::from)?;
        for before in placements {
            let mut row = before.clone().into_active_model();
            row.status = Set(write.next(&PLACEMENT, before.status)?);
            write.transaction().update::<placement::Entity>(Placement::NAME, &before, row).await?;
        }
        Ok(())
    }
}

impl Act for Step {
    const NOUN: &'static str = InternshipBatch::NAME;

    fn verb(&self) -> &'static str {
        self.verb
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let before = write.existing::<InternshipBatch>(&self.id, "id").await?;
        let (program, of) = owners::of_batch(write, &before).await?;
        write.demand(&of)?;
        Write::expect::<InternshipBatch>(&before, &self.id, self.expected_version)?;
        let mut after = before.clone();
        after.status = write.next(&BATCH, before.status)?;
        self.check(&program)?;
        self.lead_placements(write, before.id).await?;
        after.status = seats::fill(write, &after).await?;
        let mut row = before.clone().into_active_model();
        row.status = Set(after.status);
        write.transaction().update::<internship_batch::Entity>(Self::NOUN, &before, row).await?;
        seats::count(write, &after, &program).await?;
        Ok(before.id)
    }
}
