//! States of officers.

use entity::vocabulary::OfficerStatus::{self, Active, Ended, Suspended};

use super::Machine;
use crate::{graph::load::Noun, registry::officer::Officer};

pub static OFFICER: Machine<OfficerStatus> = Machine {
    noun: Officer::NAME,
    starts: &[("appointOfficer", Active), ("changeBoard", Active)],
    verbs: &[
        (Active, "suspendOfficer", Suspended),
        (Suspended, "reinstateOfficer", Active),
        (Active, "endOffice", Ended),
        (Suspended, "endOffice", Ended),
        (Active, "changeBoard", Ended),
        (Suspended, "changeBoard", Ended),
    ],
    system: &[(Active, "closeOffice", Ended), (Suspended, "closeOffice", Ended)],
};
