//! A nomination for a batch.

use async_graphql::ID;
use entity::{internship_batch, vocabulary::OfficerStatus};
use sea_orm::{NotSet, Set};
use uuid::Uuid;

use super::Placement;
use crate::{
    graph::load::Noun,
    registry::{
        batch::InternshipBatch,
        officer::Officer,
        states::PLACEMENT,
        write::{Act, Faults, Message, Refusal, UserError, UserErrorCode, Write},
    },
};

/// The verb `nominate`.
#[derive(Clone, Debug)]
pub(super) struct Nominate {
    pub(super) id: Option<ID>,
    pub(super) batch: ID,
    pub(super) officer: ID,
}

impl Act for Nominate {
    const NOUN: &'static str = Placement::NAME;

    fn verb(&self) -> &'static str {
        "nominate"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, self.id.as_ref());
        faults.none()?;
        let officer = write.existing::<Officer>(&self.officer, "officer").await?;
        write.demand(&write.parties(&[officer.cooperative_id]).await?)?;
        let batch = write.reference::<InternshipBatch>(&mut faults, "batch", Some(&self.batch)).await?;
        faults.none()?;
        let Some(batch) = batch else { return faults.none().map(|()| id) };
        let Some(batch) = write.row::<internship_batch::Entity>(batch).await? else {
            return Err(write.missing(InternshipBatch::NAME, "batch"));
        };
        if !super::seats::is_open(&batch) {
            let message = Message::new(
                "the enrolment of the batch is not open",
                "pendaftaran gelombang ini tidak dibuka",
            );
            return Err(UserError::new(UserErrorCode::PrerequisiteMissing, &["batch"], message).into());
        }
        if officer.status != OfficerStatus::Active {
            let message = Message::new("the officer is not active", "pengurus ini tidak aktif");
            return Err(UserError::new(UserErrorCode::NotEligible, &["officer"], message).into());
        }
        super::seats::demand_place(write, batch.id).await?;
        let row = entity::placement::ActiveModel {
            id: Set(id),
            batch_id: Set(batch.id),
            cooperative_id: Set(officer.cooperative_id),
            person_id: Set(officer.person_id),
            status: Set(write.first(&PLACEMENT)?),
            attendance_days: Set(None),
            score_milli: Set(None),
            certificate_number: Set(None),
            follow_up_plan: Set(None),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
            program_visible: Set(batch.program_visible),
        };
        write.transaction().insert::<entity::placement::Entity>(Self::NOUN, row).await?;
        super::seats::add_province(write, batch.id, officer.cooperative_id).await?;
        Ok(id)
    }
}
