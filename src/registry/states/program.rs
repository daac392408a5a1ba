//! States of internship programs.

use entity::vocabulary::ProgramStatus::{
    self, Cancelled, Completed, Draft, Evaluated, Open, Published, Running,
};

use super::Machine;
use crate::{graph::load::Noun, registry::program::InternshipProgram};

pub static PROGRAM: Machine<ProgramStatus> = Machine {
    noun: InternshipProgram::NAME,
    starts: &[("draftProgram", Draft)],
    verbs: &[
        (Draft, "publishProgram", Published),
        (Published, "openProgram", Open),
        (Open, "startProgram", Running),
        (Running, "completeProgram", Completed),
        (Completed, "evaluateProgram", Evaluated),
        (Draft, "cancelProgram", Cancelled),
        (Published, "cancelProgram", Cancelled),
        (Open, "cancelProgram", Cancelled),
    ],
    system: &[],
};
