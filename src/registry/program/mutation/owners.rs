//! Whom a program belongs to.

use entity::{institution, internship_program, vocabulary::InstitutionKind};
use uuid::Uuid;

use crate::registry::write::{Belonging, Refusal, Write};

/// A program belongs to its organiser and its host, and to the office of the organiser's region. A ministry's programs are
/// those of the nation, and of no region.
pub(in crate::registry) async fn of_program(
    write: &Write,
    program: &internship_program::Model,
) -> Result<Belonging, Refusal> {
    of(write, program.organiser_id, program.host_id).await
}

/// The same, by organiser and host.
pub(super) async fn of(write: &Write, organiser: Uuid, host: Option<Uuid>) -> Result<Belonging, Refusal> {
    let institution = write.row::<institution::Entity>(organiser).await?;
    let region = institution
        .filter(|organiser| organiser.kind != InstitutionKind::Ministry)
        .and_then(|organiser| organiser.region_code);
    let parties = std::iter::once(organiser).chain(host).collect();
    Ok(Belonging { parties, regions: region.into_iter().collect() })
}
