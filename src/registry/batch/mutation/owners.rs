//! Whom a batch belongs to.

use entity::{internship_batch, internship_program};

use crate::{
    graph::Error,
    registry::{
        program::of_program,
        write::{Belonging, Refusal, Write},
    },
};

/// A batch belongs to the organiser and the host, and to the offices of the organiser's region and of where it takes place.
pub(in crate::registry) async fn of_batch(
    write: &Write,
    batch: &internship_batch::Model,
) -> Result<(internship_program::Model, Belonging), Refusal> {
    let program = write.row::<internship_program::Entity>(batch.program_id).await?;
    let program =
        program.ok_or_else(|| Refusal::Failed(Error::Internal("a batch has no program".to_owned())))?;
    let mut of = of_program(write, &program).await?;
    of.parties.extend(batch.host_id);
    of.regions.extend(batch.place_code.clone());
    Ok((program, of))
}
