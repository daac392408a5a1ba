//! States of business linkages.

use entity::vocabulary::LinkageStatus::{
    self, Active, Breached, Dropped, Ended, Negotiating, OnHold, Proposed, Trial,
};

use super::Machine;
use crate::{graph::load::Noun, registry::linkage::BusinessLinkage};

pub static LINKAGE: Machine<LinkageStatus> = Machine {
    noun: BusinessLinkage::NAME,
    starts: &[("proposeLinkage", Proposed), ("activateApplication", Proposed)],
    verbs: &[
        (Proposed, "negotiateLinkage", Negotiating),
        (Negotiating, "startTrial", Trial),
        (Trial, "activateLinkage", Active),
        (Active, "holdLinkage", OnHold),
        (OnHold, "resumeLinkage", Active),
        (Trial, "endLinkage", Ended),
        (Active, "endLinkage", Ended),
        (OnHold, "endLinkage", Ended),
        (Active, "reportBreach", Breached),
        (OnHold, "reportBreach", Breached),
        (Proposed, "dropLinkage", Dropped),
        (Negotiating, "dropLinkage", Dropped),
    ],
    system: &[],
};
