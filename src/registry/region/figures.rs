//! Figures on regions.

use std::sync::{Arc, LazyLock};

use entity::{
    data_load,
    region::Column,
    vocabulary::{RegionKind, RegionLevel},
};

use super::{Region, RegionWhere};
use crate::{
    access::Scope,
    graph::{
        aggregate::Figures,
        filter::Condition,
        load::{Noun, Table},
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on regions, such as the number of villages by province, with or without a cooperative [angka wilayah].
    RegionFiguresQuery, region_aggregate("regionAggregate"): Region, RegionWhere = || {
        Figures::of("Region", "regions")
            .by_word::<RegionLevel>("LEVEL", "Administrative level [tingkat].", Column::Level)
            .by_word::<RegionKind>("KIND", "Kind of region as defined by law [jenis].", Column::Kind)
            .by_rung("PROVINCE", "Province, of which the region is a part or which it is [provinsi].", Column::Code, 2)
            .by_rung(
                "REGENCY_CITY",
                "Regency or city, of which the region is a part or which it is [kabupaten/kota].",
                Column::Code,
                5,
            )
            .by_rung(
                "DISTRICT",
                "District, of which the region is a part or which it is [kecamatan].",
                Column::Code,
                8,
            )
            .dated_by(Load::table)
    }
}

/// The load that brought all regions, which have no time of change of their own.
struct Load;

impl Noun for Load {
    type Entity = data_load::Entity;

    const NAME: &'static str = "Load";

    fn table() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<Load>);
        &TABLE
    }

    fn visible(_: &Scope) -> Condition {
        Condition::equal(data_load::Column::Name, "seed")
    }

    fn from_row(_: Arc<data_load::Model>) -> Self {
        Self
    }
}
