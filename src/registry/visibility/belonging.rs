//! Which rows belong to the regions and parties of a caller, as conditions.
//!
//! They read other rows whoever may see them: a batch belongs to the organiser of its program, also if that is a draft.

use std::sync::{Arc, LazyLock};

use entity::{
    cooperative, institution, internship_batch, internship_program, officer, placement, program_supporter,
    training_session,
    vocabulary::{InstitutionKind, OfficerStatus},
};
use sea_orm::ActiveEnum;

use crate::{
    access::{Granted, Relation},
    graph::{
        filter::{Condition, Expression},
        load::{Column, Edge, Many, Noun, One, Reach, Table},
        value::Value,
    },
    registry::{cooperative::Cooperative, edges, institution::PartnerInstitution},
};

/// Declares the rows of a table, all of which are visible. No field of the schema leads to them.
macro_rules! rows {
    ($($(#[$doc:meta])* $noun:ident: $entity:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        struct $noun;

        impl Noun for $noun {
            type Entity = $entity::Entity;

            const NAME: &'static str = stringify!($noun);

            fn table() -> &'static Table {
                static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<$noun>);
                &TABLE
            }

            fn from_row(_: Arc<$entity::Model>) -> Self {
                Self
            }
        })*
    };
}

rows! {
    ProgramRow: internship_program;
    BatchRow: internship_batch;
    PlacementRow: placement;
    OfficerRow: officer;
}

edges! {
    PROGRAM: One<ProgramRow> = One::by("program of a batch", internship_batch::Column::ProgramId);
    BATCH: One<BatchRow> = One::by("batch of a placement", placement::Column::BatchId);
    BATCH_OF_SESSION: One<BatchRow> = One::by("batch of a session", training_session::Column::BatchId);
    ORGANISER: One<PartnerInstitution> = One::by("organiser of a program", internship_program::Column::OrganiserId);
    SUPPORTERS: Many<PartnerInstitution> = Many::new(
        "supporters of a program",
        internship_program::Column::Id,
        Reach::Link {
            table: program_supporter::Entity.into(),
            parent: program_supporter::Column::ProgramId.into(),
            child: program_supporter::Column::InstitutionId.into(),
            columns: Vec::new(),
        },
    );
    SENT_BY: One<Cooperative> = One::by("cooperative of a placement", placement::Column::CooperativeId);
    SERVED: One<Cooperative> = One::by("cooperative of an officer", officer::Column::CooperativeId);
    OFFICES: Many<OfficerRow> =
        Many::new("offices of a person", entity::person::Column::Id, Reach::Column(officer::Column::PersonId.into()));
    PLACEMENTS: Many<PlacementRow> = Many::new(
        "placements of a person",
        entity::person::Column::Id,
        Reach::Column(placement::Column::PersonId.into()),
    );
}

/// The code in a column is inside one of the caller's regions.
pub(in crate::registry) fn in_region(granted: &Granted, code: impl Into<Expression>) -> Condition {
    let codes: Vec<Value> = granted.regions().iter().map(|code| code.as_str().into()).collect();
    if codes.is_empty() { Condition::never() } else { Condition::WithinAny(code.into(), codes) }
}

/// The key in a column is one of the caller's parties.
pub(in crate::registry) fn has_party(granted: &Granted, key: impl Into<Column>) -> Condition {
    let keys: Vec<Value> = granted.parties().iter().map(|key| (*key).into()).collect();
    if keys.is_empty() { Condition::never() } else { Condition::In(Expression::Column(key.into()), keys) }
}

/// A program: its organiser or host is one of the caller's parties.
fn is_run(granted: &Granted) -> Condition {
    use internship_program::Column;
    any([has_party(granted, Column::OrganiserId), has_party(granted, Column::HostId)])
}

/// A program, that may be a draft: the caller runs or supports it, or is the office of its organiser's region. A
/// ministry's programs are those of the nation, and of no region's office.
pub(in crate::registry) fn program(granted: &Granted) -> Vec<Condition> {
    let supported = exists(SUPPORTERS.edge(), has_party(granted, institution::Column::Id));
    let regional =
        Condition::equal(institution::Column::Kind, InstitutionKind::Ministry.to_value()).negated();
    let of_office = in_region(granted, institution::Column::RegionCode);
    let of_office =
        if of_office.is_never() { of_office } else { exists(ORGANISER.edge(), of_office.and(regional)) };
    vec![is_run(granted), supported, of_office]
}

/// A batch whose program the caller may see, although it may be a draft.
pub(in crate::registry) fn batch(granted: &Granted) -> Vec<Condition> {
    vec![exists(PROGRAM.edge(), any(program(granted)))]
}

/// A session of such a batch.
pub(in crate::registry) fn session(granted: &Granted) -> Vec<Condition> {
    vec![exists(BATCH_OF_SESSION.edge(), any(batch(granted)))]
}

/// A placement that is not public: of the caller's cooperative or region or hosted by the caller, in a program that is
/// no draft; or in a program that the caller runs. So its batch and its program are visible too.
pub(in crate::registry) fn placement(granted: &Granted) -> Vec<Condition> {
    let own = [Relation::Sender, Relation::Office].map(|relation| placement_by(granted, relation));
    let [of_cooperative, of_office] = own;
    let hosted = exists(BATCH.edge(), has_party(granted, internship_batch::Column::HostId));
    let run = exists(BATCH.edge(), exists(PROGRAM.edge(), is_run(granted)));
    let announced = Condition::equal(placement::Column::ProgramVisible, true);
    vec![announced.and(any([of_cooperative, of_office, hosted])), run]
}

/// A placement to which the caller has this relation.
pub(in crate::registry) fn placement_by(granted: &Granted, relation: Relation) -> Condition {
    match relation {
        Relation::Sender | Relation::Employer => has_party(granted, placement::Column::CooperativeId),
        Relation::Office => exists(SENT_BY.edge(), in_region(granted, cooperative::Column::RegionCode)),
        Relation::Host => {
            let of_batch = has_party(granted, internship_batch::Column::HostId);
            exists(BATCH.edge(), any([of_batch, exists(PROGRAM.edge(), is_run(granted))]))
        }
    }
}

/// An office to which the caller has this relation.
pub(in crate::registry) fn officer_by(granted: &Granted, relation: Relation) -> Condition {
    let own = has_party(granted, officer::Column::CooperativeId);
    match relation {
        Relation::Sender => own,
        Relation::Employer if own.is_never() => own,
        Relation::Employer => {
            own.and(Condition::equal(officer::Column::Status, OfficerStatus::Ended.to_value()).negated())
        }
        Relation::Office => exists(SERVED.edge(), in_region(granted, cooperative::Column::RegionCode)),
        Relation::Host => Condition::never(),
    }
}

/// A person to whom the caller has this relation: by an office, or as a participant.
pub(in crate::registry) fn person_by(granted: &Granted, relation: Relation) -> Condition {
    let by_office = exists(OFFICES.edge(), officer_by(granted, relation));
    // An employer is one by an office alone.
    let as_participant = match relation {
        Relation::Employer => Condition::never(),
        relation => exists(PLACEMENTS.edge(), placement_by(granted, relation)),
    };
    any([by_office, as_participant])
}

/// At least one of these conditions holds. The number of values in one does not change the text.
pub(super) fn any(parts: impl IntoIterator<Item = Condition>) -> Condition {
    let mut parts: Vec<Condition> = parts.into_iter().filter(|part| !part.is_never()).collect();
    if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) }
}

/// The edge leads to a row that matches.
pub(in crate::registry) fn exists(edge: &'static Edge, fits: Condition) -> Condition {
    if fits.is_never() { fits } else { Condition::exists(edge, fits) }
}
