//! Creates indexes on the locations of cooperatives and regions.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261125_000011_place",
    effect: Effect::Additive,
    tables: &[],
    indexes: &["cooperative_latitude_e3_longitude_e3_id_idx", "region_latitude_e5_longitude_e5_code_idx"],
    ddl: DDL,
};

const DDL: &str = "
CREATE INDEX cooperative_latitude_e3_longitude_e3_id_idx ON cooperative (latitude_e3, longitude_e3, id);
CREATE INDEX region_latitude_e5_longitude_e5_code_idx ON region (latitude_e5, longitude_e5, code);
";
