//! A new batch of a program.

use entity::{batch_province, internship_batch, internship_program, vocabulary::ProgramStatus};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::{InternshipBatch, input::PlanBatchInput, provinces};
use crate::{
    graph::load::Noun,
    registry::{
        program::{InternshipProgram, of_program},
        states::BATCH,
        write::{Act, Faults, Refusal, UserErrorCode, Write},
    },
    store::WriteError,
};

/// The most seats of a batch.
pub(super) const MOST_SEATS: i32 = 100_000;

/// The verb `planBatch`.
#[derive(Clone, Debug)]
pub(super) struct Plan(pub(super) PlanBatchInput);

/// The number of a new batch: the one that the input names, if no batch of the program has it, or the next one.
async fn number(
    write: &Write,
    faults: &mut Faults,
    program: Uuid,
    input: Option<i32>,
) -> Result<i32, Refusal> {
    let taken: Vec<i32> = internship_batch::Entity::find()
        .select_only()
        .column(internship_batch::Column::Number)
        .filter(internship_batch::Column::ProgramId.eq(program))
        .into_tuple()
        .all(write.connection())
        .await
        .map_err(WriteError::from)?;
    let Some(number) = input else { return Ok(taken.into_iter().max().unwrap_or(0).saturating_add(1)) };
    if faults.between("number", number, 1, i32::MAX).is_some() && taken.contains(&number) {
        let (en, id) = ("another batch has this number", "nomor ini sudah dipakai gelombang lain");
        faults.add(UserErrorCode::Taken, "number", en, id);
    }
    Ok(number)
}

/// Whether the public sees a program, and so its batches.
fn is_visible(program: &internship_program::Model) -> bool {
    match program.status {
        ProgramStatus::Draft => false,
        ProgramStatus::Cancelled => program.announced,
        _ => true,
    }
}

impl Act for Plan {
    const NOUN: &'static str = InternshipBatch::NAME;

    fn verb(&self) -> &'static str {
        "planBatch"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let program = write.existing::<InternshipProgram>(&input.program, "program").await?;
        let of = of_program(write, &program).await?;
        write.demand(&of)?;
        let mut faults = Faults::default();
        let id = faults.new_id("id", Self::NOUN, input.id.as_ref());
        let number = number(write, &mut faults, program.id, input.number).await?;
        let (starts_on, ends_on) = (input.starts_on.map(|day| day.0), input.ends_on.map(|day| day.0));
        faults.term("endsOn", starts_on, ends_on);
        let capacity = input.capacity.and_then(|seats| faults.between("capacity", seats, 1, MOST_SEATS));
        let host = write.party(&mut faults, "host", input.host.as_ref()).await?;
        let place = write.region(&mut faults, "place", input.place.as_ref()).await?;
        let provinces = provinces::read(write, &mut faults, id, input.provinces.as_ref()).await?;
        faults.none()?;
        let row = internship_batch::ActiveModel {
            id: Set(id),
            program_id: Set(program.id),
            number: Set(number),
            starts_on: Set(starts_on),
            opened_on: Set(None),
            ends_on: Set(ends_on),
            capacity: Set(capacity),
            participant_count: Set(0),
            status: Set(write.first(&BATCH)?),
            host_id: Set(host),
            place_code: Set(place.map(|place| place.code)),
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            source: NotSet,
            source_reference: Set(None),
            as_of: Set(None),
            program_visible: Set(is_visible(&program)),
        };
        let transaction = write.transaction();
        transaction.insert::<internship_batch::Entity>(Self::NOUN, row).await?;
        let column = batch_province::Column::BatchId;
        transaction.relink_derived::<batch_province::Entity>(column, id, &provinces).await?;
        Ok(id)
    }
}
