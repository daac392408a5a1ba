//! Figures on commodity records of cooperatives.

use entity::{
    commodity, cooperative,
    cooperative_commodity::Column,
    vocabulary::{CommodityCategory, Source, Unit},
};

use super::{
    CooperativeCommodityWhere,
    volume::{COMMODITY, COOPERATIVE, CooperativeCommodity},
};
use crate::{
    graph::{
        aggregate::{Figures, Label, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on commodity records of cooperatives [angka komoditas koperasi].
    CooperativeCommodityFiguresQuery, cooperative_commodity_aggregate("cooperativeCommodityAggregate"):
        CooperativeCommodity, CooperativeCommodityWhere =
    || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        let unit = || Expression::through(&COMMODITY, commodity::Column::Unit);
        Figures::of("CooperativeCommodity", "commodity records of cooperatives")
            .by_row("COMMODITY", "Commodity [komoditas].", "Commodity", Column::CommodityCode)
            .by_word::<CommodityCategory>(
                "COMMODITY_CATEGORY",
                "Group of commodities [kelompok].",
                Expression::through(&COMMODITY, commodity::Column::Category),
            )
            .by_word::<Unit>("UNIT", "Unit of volume [satuan].", unit())
            .by("YEAR", "The year [tahun].", Column::Year, Label::Itself)
            .by_rung("PROVINCE", "Province [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", region(), 5)
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .measure(
                "annualVolume",
                "Volume in the year; null when a group mixes units or years [volume per tahun].",
                Measure::decimal(Column::AnnualVolumeMilli, 3).in_unit(unit()).in_year(Column::Year),
            )
            .measure(
                "areaHectares",
                "Area of land or water used, in hectares; null when a group mixes years [luas lahan].",
                Measure::decimal(Column::AreaHectaresMilli, 3).in_year(Column::Year),
            )
            .measure(
                "workerCount",
                "Number of workers; null when a group mixes years [jumlah tenaga kerja].",
                Measure::int(Column::WorkerCount).in_year(Column::Year),
            )
            .measure(
                "annualValue",
                "Value of the year's volume; null when a group mixes years [nilai per tahun].",
                Measure::rupiah(Column::AnnualValue).in_year(Column::Year),
            )
    }
}
