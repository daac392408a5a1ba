//! States of cooperatives.

use entity::vocabulary::CooperativeStatus::{
    self, Deliberated, Dissolved, InNotary, Inactive, LegalEntity, Merged, Operating, Planned, Suspended,
};

use super::Machine;
use crate::{graph::load::Noun, registry::cooperative::Cooperative};

pub static COOPERATIVE: Machine<CooperativeStatus> = Machine {
    noun: Cooperative::NAME,
    starts: &[("registerCooperative", Planned)],
    verbs: &[
        (Planned, "deliberateCooperative", Deliberated),
        (Deliberated, "submitToNotary", InNotary),
        (InNotary, "legalizeCooperative", LegalEntity),
        (LegalEntity, "openForBusiness", Operating),
        (Operating, "deactivateCooperative", Inactive),
        (Inactive, "reactivateCooperative", Operating),
        (Operating, "suspendCooperative", Suspended),
        (Inactive, "suspendCooperative", Suspended),
        (Suspended, "reinstateCooperative", Operating),
        (LegalEntity, "mergeCooperatives", Merged),
        (Operating, "mergeCooperatives", Merged),
        (Inactive, "mergeCooperatives", Merged),
        (Suspended, "mergeCooperatives", Merged),
        (LegalEntity, "dissolveCooperative", Dissolved),
        (Operating, "dissolveCooperative", Dissolved),
        (Inactive, "dissolveCooperative", Dissolved),
        (Suspended, "dissolveCooperative", Dissolved),
    ],
    system: &[],
};
