//! States of partnerships.

use entity::vocabulary::PartnershipStatus::{
    self, Active, Approved, Cancelled, Draft, Expired, InReview, Renewed, Signed, Suspended, Terminated,
};

use super::Machine;
use crate::{graph::load::Noun, registry::partnership::Partnership};

pub static PARTNERSHIP: Machine<PartnershipStatus> = Machine {
    noun: Partnership::NAME,
    starts: &[("draftPartnership", Draft)],
    verbs: &[
        (Draft, "submitPartnership", InReview),
        (InReview, "returnPartnership", Draft),
        (InReview, "approvePartnership", Approved),
        (Approved, "signPartnership", Signed),
        (Signed, "suspendPartnership", Suspended),
        (Active, "suspendPartnership", Suspended),
        // By the first day of its term.
        (Suspended, "resumePartnership", Signed),
        (Suspended, "resumePartnership", Active),
        (Active, "renewPartnership", Renewed),
        (Active, "terminatePartnership", Terminated),
        (Draft, "cancelPartnership", Cancelled),
        (InReview, "cancelPartnership", Cancelled),
    ],
    // On the first day of its term, and after the last.
    system: &[(Signed, "activatePartnership", Active), (Active, "expirePartnership", Expired)],
};
