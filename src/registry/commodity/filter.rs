//! Filters of commodities, and of commodity records of cooperatives.

use async_graphql::MaybeUndefined;
use entity::{
    commodity,
    cooperative_commodity::Column,
    vocabulary::{CommodityCategory, Unit},
};

use super::{
    Commodity, LINKAGES, VOLUMES,
    volume::{COMMODITY, COOPERATIVE, CooperativeCommodity},
};
use crate::{
    conditions,
    graph::filter::{
        Clause as _, DecimalFilter, EnumFilter, Expression, IdFilter, Identity, IntFilter, Related,
        RupiahFilter, Scaled, StringFilter, Text,
    },
    registry::{cooperative::CooperativeWhere, linkage::LinkageWhere},
};

conditions! {
    /// Conditions on commodities; all must hold.
    CommodityWhere of Commodity, "CommoditiesFilter" {
        /// Its global id.
        id: IdFilter = Identity::of::<Commodity>(),
        /// Its code in this registry [kode].
        code: StringFilter = Text::exact(commodity::Column::Code),
        /// Its Indonesian name [nama].
        name: StringFilter = Text::folded(commodity::Column::NameFold),
        /// Commodity group [kelompok].
        category: EnumFilter<CommodityCategory> = commodity::Column::Category,
        /// Unit of its volumes [satuan].
        unit: EnumFilter<Unit> = commodity::Column::Unit,
        /// Volumes that cooperatives handle, in all years [volume].
        volumes: Related<CooperativeCommodityWhere> = &VOLUMES,
        /// Linkages in which it is traded [keterhubungan usaha].
        linkages: Related<LinkageWhere> = &LINKAGES,
    }
}

conditions! {
    /// Conditions on commodity records of cooperatives; all must hold.
    record CooperativeCommodityWhere of CooperativeCommodity, "CooperativeCommoditiesFilter" {
        /// The commodity [komoditas].
        commodity: CommodityWhere = &COMMODITY,
        /// The cooperative that handles it [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The year of the figures [tahun]. Where the records of one cooperative are meant, a condition that does not compare
        /// the year is about its latest year.
        year: IntFilter = Column::Year,
        /// Volume in that year, compared without regard to its unit [volume per tahun].
        annual_volume: DecimalFilter = Scaled::thousandths(Column::AnnualVolumeMilli),
        /// Unit of the volume: the unit of the commodity [satuan].
        unit: EnumFilter<Unit> = Expression::through(&COMMODITY, commodity::Column::Unit),
        /// Area of land or water used, in hectares [luas lahan].
        area_hectares: DecimalFilter = Scaled::thousandths(Column::AreaHectaresMilli),
        /// Number of workers [jumlah tenaga kerja].
        worker_count: IntFilter = Column::WorkerCount,
        /// Value of the year's volume [nilai per tahun].
        annual_value: RupiahFilter = Column::AnnualValue,
    }
}

impl CooperativeCommodityWhere {
    /// Whether it compares the year of the record, in any of its parts.
    pub(super) fn names_year(&self) -> bool {
        let any_of = |parts: &MaybeUndefined<Vec<Self>>| matches!(parts, MaybeUndefined::Value(parts) if parts.iter().any(Self::names_year));
        let own = |year: &IntFilter| year.on(Column::Year).is_ok_and(|condition| !condition.is_always());
        any_of(&self.and)
            || any_of(&self.or)
            || matches!(&self.not, MaybeUndefined::Value(part) if part.names_year())
            || matches!(&self.year, MaybeUndefined::Value(year) if own(year))
    }
}
