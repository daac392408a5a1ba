//! Filters of commodities, and of commodity records of cooperatives.

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
        DecimalFilter, EnumFilter, Expression, IdFilter, Identity, IntFilter, Related, RupiahFilter, Scaled,
        StringFilter, Text,
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
        /// Volumes that cooperatives handle [volume].
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
        /// The year of the figures [tahun].
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
