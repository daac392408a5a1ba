//! States of partnership applications.

use entity::vocabulary::ApplicationStatus::{
    self, Activated, Rejected, Requested, Revision, Verified, Verifying,
};

use super::Machine;
use crate::{graph::load::Noun, registry::application::PartnershipApplication};

pub static APPLICATION: Machine<ApplicationStatus> = Machine {
    noun: PartnershipApplication::NAME,
    starts: &[("requestPartnership", Requested)],
    verbs: &[
        (Requested, "verifyApplication", Verifying),
        (Verifying, "returnApplication", Revision),
        (Revision, "amendApplication", Requested),
        (Verifying, "decideApplication", Verified),
        (Verifying, "decideApplication", Rejected),
        (Verified, "activateApplication", Activated),
    ],
    system: &[],
};
