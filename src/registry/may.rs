//! What a caller may do: whether a role of it allows a verb, for a record.

use std::collections::BTreeSet;

use async_graphql::{Context, ID};
use uuid::Uuid;

use super::{
    annual_report::AnnualReport,
    application::PartnershipApplication,
    batch::InternshipBatch,
    business_unit::BusinessUnit,
    commodity::CooperativeCommodity,
    cooperative::Cooperative,
    edges,
    institution::PartnerInstitution,
    linkage::BusinessLinkage,
    linkage_month::LinkageMonth,
    node::{Node, find},
    officer::Officer,
    partnership::{self, Partnership},
    party::Party,
    placement::Placement,
    program::InternshipProgram,
    session::TrainingSession,
    write::{Belonging, VERBS, Verb},
};
use crate::{
    access::{Grant, Viewer},
    graph::{
        Result,
        load::{Graph, One, Table},
    },
};

edges! {
    PARTY: One<Party> = One::root("may, a party");
    BATCH: One<InternshipBatch> = One::root("may, a batch");
    PROGRAM: One<InternshipProgram> = One::root("may, a program");
    LINKAGE: One<BusinessLinkage> = One::root("may, a linkage");
}

/// The field that asks it.
const MAY: &str = "may";

/// Columns that tell whom a record belongs to.
const OWNERS: [&str; 11] = [
    "cooperative_id",
    "institution_id",
    "supplier_id",
    "buyer_id",
    "organiser_id",
    "host_id",
    "program_id",
    "batch_id",
    "linkage_id",
    "party_id",
    "region_code",
];

/// The table, of which the field reads whom a record belongs to.
pub(super) fn reading(table: Table) -> Table {
    let owners = table.columns.iter().copied().filter(|column| OWNERS.contains(&column.name));
    let owners: Vec<_> = owners.collect();
    table.reading(MAY, &owners)
}

/// Whether a role of the viewer allows a verb, for the record with this id if there is one; null for what is no verb.
///
/// # Errors
/// `BAD_USER_INPUT` for a malformed id, `INTERNAL` when the database fails.
pub(super) async fn may(ctx: &Context<'_>, verb: &str, on: Option<&ID>) -> Result<Option<bool>> {
    let Some(verb) = VERBS.iter().find(|known| known.name == verb) else { return Ok(None) };
    let grants = allowing(Graph::of(ctx)?.reader().viewer(), verb);
    let Some(on) = on.filter(|_| !grants.is_empty()) else { return Ok(Some(!grants.is_empty())) };
    let Some(record) = find(ctx, on).await? else { return Ok(Some(false)) };
    let of = belonging(ctx, verb, record).await?;
    Ok(Some(grants.iter().any(|grant| of.is_within(grant.scope))))
}

/// The grants of a viewer that allow a verb.
fn allowing(viewer: &Viewer, verb: &Verb) -> Vec<Grant> {
    viewer.grants().iter().copied().filter(|grant| verb.roles.contains(&grant.role)).collect()
}

/// Whom a record belongs to, for a verb on it.
async fn belonging(ctx: &Context<'_>, verb: &Verb, record: Node) -> Result<Belonging> {
    let mut parties = BTreeSet::new();
    match record {
        Node::Cooperative(Cooperative { row }) => parties.extend([row.id]),
        Node::PartnerInstitution(PartnerInstitution { row }) => parties.extend([row.id]),
        Node::Officer(Officer { row }) => parties.extend([row.cooperative_id]),
        Node::BusinessUnit(BusinessUnit { row }) => parties.extend([row.cooperative_id]),
        Node::AnnualReport(AnnualReport { row }) => parties.extend([row.cooperative_id]),
        Node::CooperativeCommodity(CooperativeCommodity { row }) => parties.extend([row.cooperative_id]),
        Node::PartnershipApplication(PartnershipApplication { row }) => {
            parties.extend([row.cooperative_id, row.institution_id]);
        }
        Node::BusinessLinkage(linkage) => parties.extend(sides(&linkage)),
        Node::LinkageMonth(LinkageMonth { row }) => {
            parties.extend(LINKAGE.ask().row(ctx, row.linkage_id).await?.iter().flat_map(sides));
        }
        Node::Partnership(Partnership { row }) => parties.extend(partnership::party_keys(ctx, row.id).await?),
        Node::InternshipProgram(InternshipProgram { row }) => {
            parties.extend([Some(row.organiser_id), row.host_id].into_iter().flatten());
        }
        Node::InternshipBatch(batch) => parties.extend(hosts(ctx, &batch).await?),
        Node::TrainingSession(TrainingSession { row }) => {
            parties.extend(batch_hosts(ctx, row.batch_id).await?);
        }
        Node::Placement(Placement { row }) => {
            let mut of = regions_and_parties(ctx, BTreeSet::from([row.cooperative_id])).await?;
            // The cooperative sends and withdraws; all else is decided by those who organise and host.
            if !SENDING.contains(&verb.name) {
                of.parties = batch_hosts(ctx, row.batch_id).await?;
            }
            return Ok(of);
        }
        Node::Region(_)
        | Node::BusinessClass(_)
        | Node::Commodity(_)
        | Node::Official(_)
        | Node::Person(_) => {}
    }
    regions_and_parties(ctx, parties).await
}

/// Verbs on placements that are the cooperative's own.
const SENDING: [&str; 2] = ["nominate", "withdrawPlacement"];

fn sides(BusinessLinkage { row }: &BusinessLinkage) -> [Uuid; 2] {
    [row.supplier_id, row.buyer_id]
}

async fn batch_hosts(ctx: &Context<'_>, batch: Uuid) -> Result<Vec<Uuid>> {
    match BATCH.ask().row(ctx, batch).await? {
        Some(batch) => hosts(ctx, &batch).await,
        None => Ok(Vec::new()),
    }
}

/// The organiser of a batch's program, and its host.
async fn hosts(ctx: &Context<'_>, InternshipBatch { row }: &InternshipBatch) -> Result<Vec<Uuid>> {
    let Some(program) = PROGRAM.ask().row(ctx, row.program_id).await? else { return Ok(Vec::new()) };
    let host = row.host_id.or(program.row.host_id);
    Ok([Some(program.row.organiser_id), host].into_iter().flatten().collect())
}

/// What belongs to these parties, and to the regions of those that are cooperatives.
async fn regions_and_parties(ctx: &Context<'_>, parties: BTreeSet<Uuid>) -> Result<Belonging> {
    let mut of = Belonging::default();
    for party in parties {
        of.parties.push(party);
        if let Some(Party::Cooperative(Cooperative { row })) = PARTY.ask().row(ctx, party).await? {
            of.regions.push(row.region_code.clone());
        }
    }
    Ok(of)
}
