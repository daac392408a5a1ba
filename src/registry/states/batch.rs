//! States of internship batches.

use entity::vocabulary::BatchStatus::{
    self, Cancelled, Completed, Enrolling, Full, Planned, Postponed, Running,
};

use super::Machine;
use crate::{graph::load::Noun, registry::batch::InternshipBatch};

pub static BATCH: Machine<BatchStatus> = Machine {
    noun: InternshipBatch::NAME,
    starts: &[("planBatch", Planned)],
    verbs: &[
        (Planned, "openEnrolment", Enrolling),
        (Postponed, "openEnrolment", Enrolling),
        // Where no seat is left.
        (Postponed, "openEnrolment", Full),
        // By the number of its seats.
        (Enrolling, "amendBatch", Full),
        (Full, "amendBatch", Enrolling),
        (Enrolling, "startBatch", Running),
        (Full, "startBatch", Running),
        (Running, "completeBatch", Completed),
        (Planned, "postponeBatch", Postponed),
        (Enrolling, "postponeBatch", Postponed),
        (Full, "postponeBatch", Postponed),
        (Planned, "cancelBatch", Cancelled),
        (Enrolling, "cancelBatch", Cancelled),
        (Full, "cancelBatch", Cancelled),
        (Postponed, "cancelBatch", Cancelled),
    ],
    // When the last seat is taken, and when one is given back.
    system: &[(Enrolling, "fillBatch", Full), (Full, "freeSeat", Enrolling)],
};
