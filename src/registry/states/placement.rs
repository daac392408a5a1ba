//! States of placements.

use entity::vocabulary::PlacementStatus::{
    self, Attending, Confirmed, Graduated, Incomplete, NoShow, Nominated, Rejected, Verified, Waitlisted,
    Withdrawn,
};

use super::Machine;
use crate::{graph::load::Noun, registry::placement::Placement};

pub static PLACEMENT: Machine<PlacementStatus> = Machine {
    noun: Placement::NAME,
    starts: &[("nominate", Nominated)],
    verbs: &[
        (Nominated, "verifyNominee", Verified),
        (Nominated, "rejectNominee", Rejected),
        (Verified, "rejectNominee", Rejected),
        (Verified, "confirmPlacement", Confirmed),
        // Where no seat is left.
        (Verified, "confirmPlacement", Waitlisted),
        (Waitlisted, "confirmPlacement", Confirmed),
        (Confirmed, "startBatch", Attending),
        // Who has no seat when it starts.
        (Nominated, "startBatch", Withdrawn),
        (Verified, "startBatch", Withdrawn),
        (Waitlisted, "startBatch", Withdrawn),
        (Attending, "graduate", Graduated),
        (Attending, "markIncomplete", Incomplete),
        (Confirmed, "markNoShow", NoShow),
        (Attending, "markNoShow", NoShow),
        (Nominated, "withdrawPlacement", Withdrawn),
        (Verified, "withdrawPlacement", Withdrawn),
        (Waitlisted, "withdrawPlacement", Withdrawn),
        (Confirmed, "withdrawPlacement", Withdrawn),
        (Attending, "withdrawPlacement", Withdrawn),
        (Nominated, "cancelBatch", Withdrawn),
        (Verified, "cancelBatch", Withdrawn),
        (Waitlisted, "cancelBatch", Withdrawn),
        (Confirmed, "cancelBatch", Withdrawn),
    ],
    // When a seat is given back.
    system: &[(Waitlisted, "giveSeat", Confirmed)],
};
