//! The seats of a batch: how many are taken, who waits, and what follows for the batch and its program.

use entity::{
    change, internship_batch, internship_program, placement,
    vocabulary::{BatchStatus, PlacementStatus},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, Set,
    sea_query::Query,
};
use uuid::Uuid;

use super::Placement;
use crate::{
    graph::load::Noun,
    registry::{
        batch::InternshipBatch,
        write::{Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The statuses that take a seat.
const SEATED: [PlacementStatus; 3] =
    [PlacementStatus::Confirmed, PlacementStatus::Attending, PlacementStatus::Graduated];

/// The statuses of those who do not take part.
const GONE: [PlacementStatus; 3] =
    [PlacementStatus::Rejected, PlacementStatus::Withdrawn, PlacementStatus::NoShow];

/// The verb by which a participant begins to wait.
const BEGINS: &str = "confirmPlacement";

async fn taken(write: &Write, batch: Uuid) -> Result<i32, Refusal> {
    let taken = placement::Entity::find()
        .filter(placement::Column::BatchId.eq(batch))
        .filter(placement::Column::Status.is_in(SEATED))
        .count(write.connection())
        .await
        .map_err(WriteError::from)?;
    Ok(i32::try_from(taken).unwrap_or(i32::MAX))
}

/// The number of free seats; none where the batch has any number of seats.
pub(super) async fn free(write: &Write, batch: &internship_batch::Model) -> Result<Option<usize>, Refusal> {
    let taken = taken(write, batch.id).await?;
    Ok(batch.capacity.map(|capacity| usize::try_from(capacity - taken).unwrap_or(0)))
}

/// The most nominees of a batch that take part or may: all are led by one write when it starts or is cancelled.
const MOST_NOMINEES: u64 = 2_000;

/// Refuses one more nominee of a batch that has as many as it may.
pub(super) async fn demand_place(write: &Write, batch: Uuid) -> Result<(), Refusal> {
    let living = placement::Entity::find()
        .filter(placement::Column::BatchId.eq(batch))
        .filter(placement::Column::Status.is_not_in(GONE))
        .count(write.connection())
        .await
        .map_err(WriteError::from)?;
    if living < MOST_NOMINEES {
        return Ok(());
    }
    let en = format!("a batch has at most {MOST_NOMINEES} nominees");
    let id = format!("satu gelombang memiliki paling banyak {MOST_NOMINEES} calon");
    Err(Refusal::of(UserErrorCode::LimitReached, "batch", en, id))
}

/// Whether participants may be confirmed.
pub(super) fn is_open(batch: &internship_batch::Model) -> bool {
    matches!(batch.status, BatchStatus::Enrolling | BatchStatus::Full)
}

/// The placements that wait for a seat: first who was put on the waiting list by the earliest write.
async fn waiting(write: &Write, batch: Uuid) -> Result<Vec<placement::Model>, Refusal> {
    let mut waiting = placement::Entity::find()
        .filter(placement::Column::BatchId.eq(batch))
        .filter(placement::Column::Status.eq(PlacementStatus::Waitlisted))
        .order_by_asc(placement::Column::Id)
        .all(write.connection())
        .await
        .map_err(WriteError::from)?;
    let mut keys = Query::select();
    keys.column(placement::Column::Id)
        .from(placement::Entity)
        .and_where(placement::Column::BatchId.eq(batch))
        .and_where(placement::Column::Status.eq(PlacementStatus::Waitlisted));
    let since = change::Entity::find()
        .filter(change::Column::Noun.eq(Placement::NAME))
        .filter(change::Column::Key.in_subquery(keys))
        .filter(change::Column::Verb.eq(BEGINS))
        .all(write.connection())
        .await
        .map_err(WriteError::from)?;
    // Rows that were loaded wait since before the log began.
    let since = |placement: &placement::Model| {
        let confirmed = since.iter().filter(|change| change.key == placement.id);
        confirmed.map(|change| change.sequence).max().unwrap_or(0)
    };
    waiting.sort_by_key(since);
    Ok(waiting)
}

/// Gives the free seats of a batch whose enrolment is open to those who wait, and returns the status that the batch then
/// has. Any other batch keeps its status.
pub(in crate::registry) async fn fill(
    write: &mut Write,
    batch: &internship_batch::Model,
) -> Result<BatchStatus, Refusal> {
    if !is_open(batch) {
        return Ok(batch.status);
    }
    let free = free(write, batch).await?.unwrap_or(usize::MAX);
    let waiting = if free == 0 { Vec::new() } else { waiting(write, batch.id).await? };
    for first in waiting.into_iter().take(free) {
        let mut row = first.clone().into_active_model();
        row.status = Set(PlacementStatus::Confirmed);
        let transaction = write.transaction();
        transaction.update_by_system::<placement::Entity>(Placement::NAME, &first, row, "giveSeat").await?;
    }
    let full = self::free(write, batch).await? == Some(0);
    Ok(if full { BatchStatus::Full } else { BatchStatus::Enrolling })
}

/// The changes by which participants began to wait for a seat. They say who is the first, so they stay in the log.
#[must_use]
pub fn waiting_since() -> Condition {
    let mut waiting = Query::select();
    waiting
        .column(placement::Column::Id)
        .from(placement::Entity)
        .and_where(placement::Column::Status.eq(PlacementStatus::Waitlisted));
    Condition::all().add(change::Column::Verb.eq(BEGINS)).add(change::Column::Key.in_subquery(waiting))
}

/// Counts the seats of the batch and of its program again, and makes the batch FULL with its last seat, or ENROLLING when
/// one is given back.
pub(in crate::registry) async fn count(
    write: &mut Write,
    batch: &internship_batch::Model,
    program: &internship_program::Model,
) -> Result<(), Refusal> {
    let taken = taken(write, batch.id).await?;
    let full = batch.capacity.is_some_and(|capacity| taken >= capacity);
    let next = match batch.status {
        BatchStatus::Enrolling if full => Some((BatchStatus::Full, "fillBatch")),
        BatchStatus::Full if !full => Some((BatchStatus::Enrolling, "freeSeat")),
        _ => None,
    };
    let transaction = write.transaction();
    if taken != batch.participant_count {
        let seats = taken - batch.participant_count;
        let (of_batch, of_program) =
            (internship_batch::Column::ParticipantCount, internship_program::Column::ParticipantCount);
        transaction.derive::<internship_batch::Entity>(batch.id, of_batch, taken).await?;
        let all = program.participant_count + seats;
        transaction.derive::<internship_program::Entity>(program.id, of_program, all).await?;
    }
    if let Some((status, verb)) = next {
        let mut row = batch.clone().into_active_model();
        row.status = Set(status);
        row.participant_count = Set(taken);
        transaction
            .update_by_system::<internship_batch::Entity>(InternshipBatch::NAME, batch, row, verb)
            .await?;
    }
    Ok(())
}

/// Adds the province of a participant's cooperative to those of the batch.
pub(super) async fn add_province(write: &mut Write, batch: Uuid, cooperative: Uuid) -> Result<(), Refusal> {
    let Some(cooperative) = write.row::<entity::cooperative::Entity>(cooperative).await? else {
        return Ok(());
    };
    let province = cooperative.region_code.split('.').next().unwrap_or_default().to_owned();
    let row = entity::batch_province::Model { batch_id: batch, region_code: province };
    write.transaction().link_derived::<entity::batch_province::Entity>(&row).await?;
    Ok(())
}
