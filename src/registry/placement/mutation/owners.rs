//! Whom a placement belongs to.

use entity::{internship_batch, internship_program, placement};

use crate::{
    graph::Error,
    registry::{
        owners,
        write::{Belonging, Refusal, Write},
    },
};

/// The batch and the program of a placement.
pub(super) async fn of_placement(
    write: &Write,
    placement: &placement::Model,
) -> Result<(internship_batch::Model, internship_program::Model), Refusal> {
    let lacking = || Refusal::Failed(Error::Internal("a placement leads nowhere".to_owned()));
    let batch = write.row::<internship_batch::Entity>(placement.batch_id).await?.ok_or_else(lacking)?;
    let program = write.row::<internship_program::Entity>(batch.program_id).await?.ok_or_else(lacking)?;
    Ok((batch, program))
}

/// Whom a placement belongs to, for a verb on it.
pub(super) async fn belonging(
    write: &Write,
    verb: &str,
    placement: &placement::Model,
    batch: &internship_batch::Model,
    program: &internship_program::Model,
) -> Result<Belonging, Refusal> {
    owners::of_placement(write, verb, placement.cooperative_id, batch, program).await
}
