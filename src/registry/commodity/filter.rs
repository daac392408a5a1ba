//! Which commodities a list keeps, and which of those that cooperatives handle.

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
        /// Group it belongs to [kelompok].
        category: EnumFilter<CommodityCategory> = commodity::Column::Category,
        /// Unit its volumes are counted in [satuan].
        unit: EnumFilter<Unit> = commodity::Column::Unit,
        /// What cooperatives handle of it [volume].
        volumes: Related<CooperativeCommodityWhere> = &VOLUMES,
        /// Linkages in which it is traded [keterhubungan usaha].
        linkages: Related<LinkageWhere> = &LINKAGES,
    }
}

conditions! {
    /// Conditions on what cooperatives handle; all must hold.
    record CooperativeCommodityWhere of CooperativeCommodity, "CooperativeCommoditiesFilter" {
        /// What is handled [komoditas].
        commodity: CommodityWhere = &COMMODITY,
        /// Who handles it [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The year that the figures are about [tahun].
        year: IntFilter = Column::Year,
        /// Volume of that year, whatever its unit [volume per tahun].
        annual_volume: DecimalFilter = Scaled::thousandths(Column::AnnualVolumeMilli),
        /// Unit of the volume, the commodity's own [satuan].
        unit: EnumFilter<Unit> = Expression::through(&COMMODITY, commodity::Column::Unit),
        /// Land or water it takes, in hectares [luas lahan].
        area_hectares: DecimalFilter = Scaled::thousandths(Column::AreaHectaresMilli),
        /// How many people work on it [jumlah tenaga kerja].
        worker_count: IntFilter = Column::WorkerCount,
        /// What the year's volume was worth [nilai per tahun].
        annual_value: RupiahFilter = Column::AnnualValue,
    }
}
