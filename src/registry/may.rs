//! What a caller may do: whether a role of it allows a verb, for a record.

use async_graphql::{Context, ID};
use entity::{
    officer, person,
    vocabulary::{InstitutionKind, Role},
};
use uuid::Uuid;

use super::{
    access_grant::AccessGrant,
    annual_report::AnnualReport,
    api_key::ApiKey,
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
    official::Official,
    owners::{self, Known, PartyIs, ReadParties},
    partnership::{self, Partnership},
    party::Party,
    person::Person,
    placement::Placement,
    program::InternshipProgram,
    region::Region,
    session::TrainingSession,
    write::{Belonging, VERBS, Verb},
};
use crate::{
    access::{Grant, Viewer},
    graph::{
        Error, Result,
        id::{GlobalId, KeyKind},
        load::{Graph, Many, Noun, One, Reach, Table},
    },
};

edges! {
    PARTY: One<Party> = One::root("may, a party");
    BATCH: One<InternshipBatch> = One::root("may, a batch");
    PROGRAM: One<InternshipProgram> = One::root("may, a program");
    LINKAGE: One<BusinessLinkage> = One::root("may, a linkage");
    API_KEY: One<ApiKey> = One::root("may, a key");
    ACCESS_GRANT: One<AccessGrant> = One::root("may, a grant");
    OFFICES: Many<Officer> =
        Many::new("may, offices of a person", person::Column::Id, Reach::Column(officer::Column::PersonId.into()));
}

/// The field that asks it.
const MAY: &str = "may";

/// Verbs that create a record in a region.
const REGISTERS: [&str; 2] = ["registerCooperative", "registerInstitution"];

/// Columns that tell whom a record belongs to.
const OWNERS: [&str; 15] = [
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
    "place_code",
    "kind",
    "role",
    "status",
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
    if let Some(there) = of_administrators(ctx, on).await? {
        return Ok(Some(there && verb.roles == [Role::Admin]));
    }
    let Some(record) = find(ctx, on).await? else { return Ok(Some(false)) };
    let of = belonging(ctx, verb, record).await?;
    Ok(Some(grants.iter().any(|grant| of.is_within(grant.scope))))
}

/// Whether a key or a grant with this id is there, for an administrator; none for an id of another noun.
async fn of_administrators(ctx: &Context<'_>, id: &ID) -> Result<Option<bool>> {
    let noun = GlobalId::decode(id)?.noun;
    let key = |noun| GlobalId::key_of(id, noun, KeyKind::Uuid);
    let is_admin = Graph::of(ctx)?.reader().viewer().has_role(Role::Admin);
    Ok(match noun.as_str() {
        ApiKey::NAME => Some(is_admin && API_KEY.ask().row(ctx, key(ApiKey::NAME)?).await?.is_some()),
        AccessGrant::NAME => {
            Some(is_admin && ACCESS_GRANT.ask().row(ctx, key(AccessGrant::NAME)?).await?.is_some())
        }
        _ => None,
    })
}

/// The grants of a viewer that allow a verb.
fn allowing(viewer: &Viewer, verb: &Verb) -> Vec<Grant> {
    viewer.grants().iter().copied().filter(|grant| verb.roles.contains(&grant.role)).collect()
}

/// Whom a record belongs to, for a verb on it; for what is no one's, to nobody.
async fn belonging(ctx: &Context<'_>, verb: &Verb, record: Node) -> Result<Belonging> {
    match record {
        Node::Cooperative(Cooperative { row }) => owners::of_parties(&Loaded(ctx), &[row.id]).await,
        Node::PartnerInstitution(PartnerInstitution { row }) => {
            owners::of_institution(&Loaded(ctx), row.id).await
        }
        Node::Official(Official { row }) => owners::of_institution(&Loaded(ctx), row.institution_id).await,
        Node::Officer(Officer { row }) => owners::of_parties(&Loaded(ctx), &[row.cooperative_id]).await,
        Node::BusinessUnit(BusinessUnit { row }) => {
            owners::of_parties(&Loaded(ctx), &[row.cooperative_id]).await
        }
        Node::AnnualReport(AnnualReport { row }) => {
            owners::of_parties(&Loaded(ctx), &[row.cooperative_id]).await
        }
        Node::CooperativeCommodity(CooperativeCommodity { row }) => {
            owners::of_parties(&Loaded(ctx), &[row.cooperative_id]).await
        }
        Node::PartnershipApplication(PartnershipApplication { row }) => {
            owners::of_application(&Loaded(ctx), verb.name, &row).await
        }
        Node::BusinessLinkage(linkage) => owners::of_parties(&Loaded(ctx), &sides(&linkage)).await,
        Node::LinkageMonth(LinkageMonth { row }) => match LINKAGE.ask().row(ctx, row.linkage_id).await? {
            Some(linkage) => owners::of_parties(&Loaded(ctx), &sides(&linkage)).await,
            None => Ok(Belonging::default()),
        },
        Node::Partnership(Partnership { row }) => {
            owners::of_agreement(&Loaded(ctx), &partnership::parties(ctx, row.id).await?).await
        }
        Node::InternshipProgram(InternshipProgram { row }) => {
            owners::of_program(&Loaded(ctx), row.organiser_id, row.host_id).await
        }
        Node::InternshipBatch(batch) => of_batch(ctx, Some(batch)).await,
        Node::TrainingSession(TrainingSession { row }) => {
            of_batch(ctx, BATCH.ask().row(ctx, row.batch_id).await?).await
        }
        Node::Placement(Placement { row }) => {
            let Some(batch) = BATCH.ask().row(ctx, row.batch_id).await? else {
                return Ok(Belonging::default());
            };
            let program = PROGRAM.ask().row(ctx, batch.row.program_id).await?;
            let Some(program) = program else { return Ok(Belonging::default()) };
            owners::of_placement(&Loaded(ctx), verb.name, row.cooperative_id, &batch.row, &program.row).await
        }
        Node::Person(Person { row }) => {
            let offices = OFFICES.all().list(ctx, row.id).await?;
            let offices = offices.0.iter().map(|office| (office.row.cooperative_id, office.row.status));
            owners::of_person(&Loaded(ctx), &offices.collect::<Vec<_>>()).await
        }
        Node::Region(Region { row }) if REGISTERS.contains(&verb.name) => {
            Ok(Belonging { parties: Vec::new(), regions: vec![row.code.clone()] })
        }
        Node::Region(_) | Node::BusinessClass(_) | Node::Commodity(_) => Ok(Belonging::default()),
    }
}

fn sides(BusinessLinkage { row }: &BusinessLinkage) -> [Uuid; 2] {
    [row.supplier_id, row.buyer_id]
}

async fn of_batch(ctx: &Context<'_>, batch: Option<InternshipBatch>) -> Result<Belonging> {
    let Some(InternshipBatch { row }) = batch else { return Ok(Belonging::default()) };
    match PROGRAM.ask().row(ctx, row.program_id).await? {
        Some(program) => owners::of_batch(&Loaded(ctx), &row, &program.row).await,
        None => Ok(Belonging::default()),
    }
}

/// Reads parties by the loader of a request.
struct Loaded<'a>(&'a Context<'a>);

impl ReadParties for Loaded<'_> {
    type Error = Error;

    async fn known(&self, keys: &[Uuid]) -> Result<Vec<Known>> {
        let mut known = Vec::new();
        for key in keys {
            let Some(party) = PARTY.ask().row(self.0, *key).await? else { continue };
            known.push(match party {
                Party::Cooperative(Cooperative { row }) => {
                    Known { is: PartyIs::Cooperative, region: Some(row.region_code.clone()) }
                }
                Party::PartnerInstitution(PartnerInstitution { row }) => {
                    let is = if row.kind == InstitutionKind::Ministry {
                        PartyIs::Ministry
                    } else {
                        PartyIs::Institution
                    };
                    Known { is, region: row.region_code.clone() }
                }
            });
        }
        Ok(known)
    }
}
