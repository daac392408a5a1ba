//! Where records are: the condition of a noun's rows in a region.

use entity::{
    annual_report, business_unit, cooperative, cooperative_commodity, institution, internship_batch,
    internship_program, linkage, linkage_month, officer, official, partnership, partnership_application,
    partnership_party, party, placement, training_session,
};

use crate::{
    graph::{
        filter::Condition,
        load::{Many, One, Reach},
    },
    registry::{
        batch::InternshipBatch, cooperative::Cooperative, edges, institution::PartnerInstitution,
        linkage::BusinessLinkage, party::PartyIdentity, program::InternshipProgram,
    },
};

edges! {
    OFFICER: One<Cooperative> = One::by("place of an officer", officer::Column::CooperativeId);
    UNIT: One<Cooperative> = One::by("place of a business unit", business_unit::Column::CooperativeId);
    COMMODITY: One<Cooperative> = One::by("place of a commodity", cooperative_commodity::Column::CooperativeId);
    REPORT: One<Cooperative> = One::by("place of a report", annual_report::Column::CooperativeId);
    PLACEMENT: One<Cooperative> = One::by("place of a placement", placement::Column::CooperativeId);
    APPLICATION: One<Cooperative> =
        One::by("place of an application", partnership_application::Column::CooperativeId);
    OFFICIAL: One<PartnerInstitution> = One::by("place of an official", official::Column::InstitutionId);
    SUPPLIER: One<PartyIdentity> = One::by("place of a supplier", linkage::Column::SupplierId);
    BUYER: One<PartyIdentity> = One::by("place of a buyer", linkage::Column::BuyerId);
    LINKAGE: One<BusinessLinkage> = One::by("place of a month", linkage_month::Column::LinkageId);
    PARTIES: Many<PartyIdentity> = Many::new(
        "places of a partnership",
        partnership::Column::Id,
        Reach::Link {
            table: partnership_party::Entity.into(),
            parent: partnership_party::Column::PartnershipId.into(),
            child: partnership_party::Column::PartyId.into(),
            columns: Vec::new(),
        },
    );
    ORGANISER: One<PartnerInstitution> = One::by("place of a program", internship_program::Column::OrganiserId);
    PROGRAM: One<InternshipProgram> = One::by("place of a batch", internship_batch::Column::ProgramId);
    BATCH: One<InternshipBatch> = One::by("place of a session", training_session::Column::BatchId);
}

fn of_cooperative(edge: &'static One<Cooperative>, code: &str) -> Condition {
    Condition::exists(edge.edge(), Condition::within(cooperative::Column::RegionCode, code))
}

fn of_institution(edge: &'static One<PartnerInstitution>, code: &str) -> Condition {
    Condition::exists(edge.edge(), Condition::within(institution::Column::RegionCode, code))
}

fn linkage(code: &str) -> Condition {
    let within = || Condition::within(party::Column::RegionCode, code);
    Condition::Any(vec![
        Condition::exists(SUPPLIER.edge(), within()),
        Condition::exists(BUYER.edge(), within()),
    ])
}

/// A batch is where it takes place, and where its program's organiser is.
fn batch(code: &str) -> Condition {
    Condition::Any(vec![
        Condition::within(internship_batch::Column::PlaceCode, code),
        Condition::exists(PROGRAM.edge(), of_institution(&ORGANISER, code)),
    ])
}

/// The rows of a table that are in a region; none for a table of records without a place.
pub(in crate::registry) fn within(noun: &str) -> Option<fn(&str) -> Condition> {
    let within: fn(&str) -> Condition = match noun {
        "Cooperative" => |code| Condition::within(cooperative::Column::RegionCode, code),
        "PartnerInstitution" => |code| Condition::within(institution::Column::RegionCode, code),
        "Officer" => |code| of_cooperative(&OFFICER, code),
        "BusinessUnit" => |code| of_cooperative(&UNIT, code),
        "CooperativeCommodity" => |code| of_cooperative(&COMMODITY, code),
        "AnnualReport" => |code| of_cooperative(&REPORT, code),
        "Placement" => |code| of_cooperative(&PLACEMENT, code),
        "PartnershipApplication" => |code| of_cooperative(&APPLICATION, code),
        "Official" => |code| of_institution(&OFFICIAL, code),
        "BusinessLinkage" => linkage,
        "LinkageMonth" => |code| Condition::exists(LINKAGE.edge(), linkage(code)),
        "Partnership" => {
            |code| Condition::exists(PARTIES.edge(), Condition::within(party::Column::RegionCode, code))
        }
        "InternshipProgram" => |code| of_institution(&ORGANISER, code),
        "InternshipBatch" => batch,
        "TrainingSession" => |code| Condition::exists(BATCH.edge(), batch(code)),
        _ => return None,
    };
    Some(within)
}
