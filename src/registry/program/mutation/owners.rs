//! Whom a program belongs to.

use entity::internship_program;
use uuid::Uuid;

use crate::registry::{
    owners,
    write::{Belonging, Refusal, Write},
};

/// Whom a program belongs to as it is.
pub(in crate::registry) async fn of_program(
    write: &Write,
    program: &internship_program::Model,
) -> Result<Belonging, Refusal> {
    of(write, program.organiser_id, program.host_id).await
}

/// The same, by organiser and host.
pub(super) async fn of(write: &Write, organiser: Uuid, host: Option<Uuid>) -> Result<Belonging, Refusal> {
    owners::of_program(write, organiser, host).await
}
