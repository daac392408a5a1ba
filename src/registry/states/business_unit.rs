//! States of business units.

use entity::vocabulary::BusinessUnitStatus::{self, Building, Closed, Open, Planned};

use super::Machine;
use crate::{graph::load::Noun, registry::business_unit::BusinessUnit};

pub static BUSINESS_UNIT: Machine<BusinessUnitStatus> = Machine {
    noun: BusinessUnit::NAME,
    starts: &[("planBusinessUnit", Planned)],
    verbs: &[
        (Planned, "buildBusinessUnit", Building),
        (Planned, "openBusinessUnit", Open),
        (Building, "openBusinessUnit", Open),
        (Closed, "openBusinessUnit", Open),
        (Open, "closeBusinessUnit", Closed),
    ],
    system: &[],
};
