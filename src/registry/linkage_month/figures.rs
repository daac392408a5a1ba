//! Figures on linkage months: time series of linkages.

use entity::{
    commodity, linkage,
    linkage_month::Column,
    party,
    vocabulary::{CommodityCategory, LinkageKind, Source, Unit},
};

use super::{LINKAGE, LinkageMonth, LinkageMonthWhere};
use crate::{
    graph::{
        aggregate::{Figures, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate, linkage as agreed},
};

aggregate! {
    /// Figures on linkage months [angka realisasi bulanan].
    LinkageMonthFiguresQuery, linkage_month_aggregate("linkageMonthAggregate"): LinkageMonth, LinkageMonthWhere = || {
        let of_linkage = |column: linkage::Column| Expression::through(&LINKAGE, column);
        let supplier = Expression::through(
            &LINKAGE,
            Expression::through(&agreed::SUPPLIER_IDENTITY, party::Column::RegionCode),
        );
        let buyer = Expression::through(
            &LINKAGE,
            Expression::through(&agreed::BUYER_IDENTITY, party::Column::RegionCode),
        );
        Figures::of("LinkageMonth", "linkage months")
            .by_calendar(
                [
                    ("YEAR", "Year, such as `2025` [tahun]."),
                    ("QUARTER", "Quarter, such as `2025-Q4` [triwulan]."),
                    ("MONTH", "Month, such as `2025-11` [bulan]."),
                ],
                Column::Month,
            )
            .by_word::<LinkageKind>(
                "KIND",
                "Kind of linkage [jenis keterhubungan].",
                of_linkage(linkage::Column::Kind),
            )
            .by_row("COMMODITY", "Commodity [komoditas].", "Commodity", of_linkage(linkage::Column::CommodityCode))
            .by_word::<CommodityCategory>(
                "COMMODITY_CATEGORY",
                "Group of commodities [kelompok].",
                Expression::through(&LINKAGE, Expression::through(&agreed::COMMODITY, commodity::Column::Category)),
            )
            .by_word::<Unit>("UNIT", "Unit of volume [satuan].", of_linkage(linkage::Column::Unit))
            .by_row("SUPPLIER", "Supplier [pemasok].", "Party", of_linkage(linkage::Column::SupplierId))
            .by_rung("SUPPLIER_PROVINCE", "Province of the supplier [provinsi pemasok].", supplier, 2)
            .by_row("BUYER", "Buyer [pembeli].", "Party", of_linkage(linkage::Column::BuyerId))
            .by_rung("BUYER_PROVINCE", "Province of the buyer [provinsi pembeli].", buyer, 2)
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("linkageCount", "Number of different linkages [jumlah keterhubungan usaha].", Column::LinkageId)
            .distinct(
                "supplierCount",
                "Number of different suppliers [jumlah pemasok].",
                of_linkage(linkage::Column::SupplierId),
            )
            .distinct("buyerCount", "Number of different buyers [jumlah pembeli].", of_linkage(linkage::Column::BuyerId))
            .measure(
                "volume",
                "Volume delivered; null when a group mixes units [volume].",
                Measure::decimal(Column::VolumeMilli, 3).in_unit(of_linkage(linkage::Column::Unit)),
            )
            .measure("value", "Value of the deliveries [nilai].", Measure::rupiah(Column::Value))
            .measure("deliveryCount", "Number of deliveries [jumlah pengiriman].", Measure::int(Column::DeliveryCount))
            .measure(
                "rejectedPercent",
                "Share of each month's volume that was rejected, in per cent [persen ditolak].",
                Measure::decimal(Column::RejectedBp, 2),
            )
    }
}
