//! Changes to a batch.

use entity::{
    batch_province, internship_batch,
    vocabulary::BatchStatus::{Cancelled, Completed, Planned},
};
use sea_orm::{IntoActiveModel, Set, TryIntoModel};
use uuid::Uuid;

use super::{InternshipBatch, input::AmendBatchInput, owners, plan::MOST_SEATS, provinces};
use crate::{
    graph::{Error, load::Noun},
    registry::{
        placement::seats,
        write::{Act, Faults, Refusal, Write, is_same, patch, unchanged},
    },
};

/// The verb `amendBatch`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendBatchInput);

impl Act for Amend {
    const NOUN: &'static str = InternshipBatch::NAME;

    fn verb(&self) -> &'static str {
        "amendBatch"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let before = write.existing::<InternshipBatch>(&input.id, "id").await?;
        let (program, of) = owners::of_batch(write, &before).await?;
        write.demand(&of)?;
        Write::expect::<InternshipBatch>(&before, &input.id, input.expected_version)?;
        if matches!(before.status, Completed | Cancelled) && !write.is_by_office() {
            let refusal = "only an office amends a batch that is over";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = before.clone().into_active_model();
        patch(&mut row.starts_on, &input.starts_on, |day| Some(day.0));
        patch(&mut row.opened_on, &input.opened_on, |day| Some(day.0));
        patch(&mut row.ends_on, &input.ends_on, |day| Some(day.0));
        if let (Some(from), Some(until)) = (row.starts_on.try_as_ref(), row.ends_on.try_as_ref()) {
            faults.term("endsOn", *from, *until);
        }
        patch(&mut row.capacity, &input.capacity, |seats| faults.between("capacity", *seats, 1, MOST_SEATS));
        let host = write.party(&mut faults, "host", input.host.value()).await?;
        patch(&mut row.host_id, &input.host, |_| host);
        let place = write.region(&mut faults, "place", input.place.value()).await?;
        patch(&mut row.place_code, &input.place, |_| place.map(|place| place.code));
        let provinces = provinces::read(write, &mut faults, before.id, input.provinces.value()).await?;
        faults.none()?;
        let lacking = |error| Refusal::Failed(Error::Internal(format!("a batch is not whole: {error}")));
        let mut after: internship_batch::Model = row.clone().try_into_model().map_err(lacking)?;
        let moved = (after.host_id, &after.place_code) != (before.host_id, &before.place_code);
        if moved && before.status != Planned && !write.is_by_office() {
            let refusal =
                "only an office changes who hosts a batch, and where, once its enrolment was opened";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let (_, of) = owners::of_batch(write, &after).await?;
        write.demand_after(of)?;
        let mut same = is_same::<InternshipBatch>(&before, &row);
        let resized = after.capacity != before.capacity;
        if resized {
            after.status = seats::fill(write, &after).await?;
            row.status = Set(after.status);
        }
        let transaction = write.transaction();
        transaction.update::<internship_batch::Entity>(Self::NOUN, &before, row).await?;
        if !input.provinces.is_undefined() {
            let column = batch_province::Column::BatchId;
            same &=
                !transaction.relink_derived::<batch_province::Entity>(column, before.id, &provinces).await?;
        }
        if same {
            return Err(unchanged());
        }
        if resized {
            seats::count(write, &after, &program).await?;
        }
        Ok(before.id)
    }
}
