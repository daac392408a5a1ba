//! Whom a batch belongs to.

use entity::{internship_batch, internship_program};

use crate::{
    graph::Error,
    registry::{
        owners,
        write::{Belonging, Refusal, Write},
    },
};

/// The program of a batch, and whom the batch belongs to.
pub(in crate::registry) async fn of_batch(
    write: &Write,
    batch: &internship_batch::Model,
) -> Result<(internship_program::Model, Belonging), Refusal> {
    let program = write.row::<internship_program::Entity>(batch.program_id).await?;
    let program =
        program.ok_or_else(|| Refusal::Failed(Error::Internal("a batch has no program".to_owned())))?;
    let of = owners::of_batch(write, batch, &program).await?;
    Ok((program, of))
}
