//! Whom records belong to: the parties and offices that verbs ask, and that `viewer { may }` tells.
//!
//! There is one function for each kind of record. A verb reads the parties in its transaction, and `may` by the loader.

use entity::{
    internship_batch, internship_program, partnership_application,
    vocabulary::{OfficerStatus, PartyRole, ProgramStatus},
};
use uuid::Uuid;

use super::write::Belonging;

/// Verbs on placements that the sending cooperative uses; those who organise and host the batch use all others.
const OF_SENDER: [&str; 3] = ["nominate", "withdrawPlacement", "planFollowUp"];

/// What a party is, as far as it decides which office keeps its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartyIs {
    Cooperative,
    Institution,
    /// An institution of the nation, although it has its seat in a region.
    Ministry,
}

/// A party with the code of its region.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) is: PartyIs,
    pub(super) region: Option<String>,
}

/// Reads parties.
pub(super) trait ReadParties: Sync {
    type Error;

    /// The parties with these keys, in any order.
    fn known(&self, keys: &[Uuid]) -> impl Future<Output = Result<Vec<Known>, Self::Error>> + Send;
}

/// A relation between parties belongs to all of them, and to the offices of those that are cooperatives.
pub(super) async fn of_parties<P: ReadParties>(reader: &P, parties: &[Uuid]) -> Result<Belonging, P::Error> {
    let known = reader.known(parties).await?.into_iter();
    let cooperatives = known.filter(|party| party.is == PartyIs::Cooperative);
    Ok(Belonging {
        parties: parties.to_vec(),
        regions: cooperatives.filter_map(|party| party.region).collect(),
    })
}

/// The records of an institution belong to it, and to the office of its region. A ministry is of no region's office, although
/// it has its seat in one.
pub(super) async fn of_institution<P: ReadParties>(
    reader: &P,
    institution: Uuid,
) -> Result<Belonging, P::Error> {
    let known = reader.known(&[institution]).await?.into_iter();
    let regional = known.filter(|institution| institution.is != PartyIs::Ministry);
    Ok(Belonging {
        parties: vec![institution],
        regions: regional.filter_map(|institution| institution.region).collect(),
    })
}

/// A person belongs to the cooperatives of offices that have not ended, and to the offices of the regions of all.
pub(super) async fn of_person<P: ReadParties>(
    reader: &P,
    offices: &[(Uuid, OfficerStatus)],
) -> Result<Belonging, P::Error> {
    let all: Vec<Uuid> = offices.iter().map(|(cooperative, _)| *cooperative).collect();
    let held = offices.iter().filter(|(_, status)| *status != OfficerStatus::Ended);
    let Belonging { regions, .. } = of_parties(reader, &all).await?;
    Ok(Belonging { parties: held.map(|(cooperative, _)| *cooperative).collect(), regions })
}

/// An application is amended by its cooperative; for all else it belongs to both parties.
pub(super) async fn of_application<P: ReadParties>(
    reader: &P,
    verb: &str,
    application: &partnership_application::Model,
) -> Result<Belonging, P::Error> {
    let parties = [application.cooperative_id, application.institution_id];
    let own = if verb == "amendApplication" { &parties[..1] } else { &parties[..] };
    of_parties(reader, own).await
}

/// An agreement belongs to those that are bound by it, who are all parties but witnesses.
pub(super) async fn of_agreement<P: ReadParties>(
    reader: &P,
    parties: &[(Uuid, PartyRole)],
) -> Result<Belonging, P::Error> {
    let bound = parties.iter().filter(|(_, role)| *role != PartyRole::Witness);
    of_parties(reader, &bound.map(|(key, _)| *key).collect::<Vec<_>>()).await
}

/// A program belongs to its organiser and its host, and to the office of the organiser's region. A ministry's programs are
/// those of the nation, and of no region.
pub(super) async fn of_program<P: ReadParties>(
    reader: &P,
    organiser: Uuid,
    host: Option<Uuid>,
) -> Result<Belonging, P::Error> {
    let known = reader.known(&[organiser]).await?.into_iter();
    let regional = known.filter(|organiser| organiser.is != PartyIs::Ministry);
    let parties = std::iter::once(organiser).chain(host).collect();
    Ok(Belonging { parties, regions: regional.filter_map(|organiser| organiser.region).collect() })
}

/// A batch belongs to the organiser and the host, and to the office of the organiser's region. The office of where it takes
/// place has it too, once the program is no draft: it sees no draft of others.
pub(super) async fn of_batch<P: ReadParties>(
    reader: &P,
    batch: &internship_batch::Model,
    program: &internship_program::Model,
) -> Result<Belonging, P::Error> {
    let mut of = of_program(reader, program.organiser_id, program.host_id).await?;
    of.parties.extend(batch.host_id);
    if program.status != ProgramStatus::Draft {
        of.regions.extend(batch.place_code.clone());
    }
    Ok(of)
}

/// For what its cooperative does, a placement belongs to the cooperative; for all else to those who organise and host the
/// batch. The office of the cooperative's region keeps it.
pub(super) async fn of_placement<P: ReadParties>(
    reader: &P,
    verb: &str,
    cooperative: Uuid,
    batch: &internship_batch::Model,
    program: &internship_program::Model,
) -> Result<Belonging, P::Error> {
    let mut of = of_parties(reader, &[cooperative]).await?;
    if !OF_SENDER.contains(&verb) {
        let host = batch.host_id.or(program.host_id);
        of.parties = std::iter::once(program.organiser_id).chain(host).collect();
    }
    Ok(of)
}
