//! Figures on what cooperatives handle.

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
    /// Figures on what cooperatives handle [angka komoditas koperasi].
    CooperativeCommodityFiguresQuery, cooperative_commodity_aggregate("cooperativeCommodityAggregate"):
        CooperativeCommodity, CooperativeCommodityWhere =
    || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        let unit = || Expression::through(&COMMODITY, commodity::Column::Unit);
        Figures::of("CooperativeCommodity", "what cooperatives handle")
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
            .by_word::<Source>("SOURCE", "Where the records come from [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .measure(
                "annualVolume",
                "Volume of the year; null where a group mixes units [volume per tahun].",
                Measure::decimal(Column::AnnualVolumeMilli, 3).in_unit(unit()),
            )
            .measure(
                "areaHectares",
                "Land or water it takes, in hectares [luas lahan].",
                Measure::decimal(Column::AreaHectaresMilli, 3),
            )
            .measure("workerCount", "How many people work on it [jumlah tenaga kerja].", Measure::int(Column::WorkerCount))
            .measure(
                "annualValue",
                "What the year's volume was worth [nilai per tahun].",
                Measure::rupiah(Column::AnnualValue),
            )
    }
}
