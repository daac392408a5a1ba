//! Figures on linkages.

use entity::{
    commodity, institution,
    linkage::Column,
    party,
    vocabulary::{
        CommodityCategory, InstitutionKind, LinkageKind, LinkageStatus, PartnershipPattern, Source, Unit,
    },
};

use super::{
    BUYER_IDENTITY, BUYER_INSTITUTION, BusinessLinkage, COMMODITY, LinkageWhere, SUPPLIER_IDENTITY,
    SUPPLIER_INSTITUTION,
};
use crate::{
    graph::{
        aggregate::{Figures, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on linkages [angka keterhubungan usaha].
    LinkageFiguresQuery, linkage_aggregate("linkageAggregate"): BusinessLinkage, LinkageWhere = || {
        let supplier = || Expression::through(&SUPPLIER_IDENTITY, party::Column::RegionCode);
        let buyer = || Expression::through(&BUYER_IDENTITY, party::Column::RegionCode);
        Figures::of("Linkage", "linkages")
            .by_word::<LinkageKind>("KIND", "Kind of linkage [jenis keterhubungan].", Column::Kind)
            .by_word::<PartnershipPattern>("PATTERN", "Partnership pattern as defined by law [pola kemitraan].", Column::Pattern)
            .by_word::<LinkageStatus>("STATUS", "Status [status].", Column::Status)
            .by_row("COMMODITY", "Commodity [komoditas].", "Commodity", Column::CommodityCode)
            .by_word::<CommodityCategory>(
                "COMMODITY_CATEGORY",
                "Group of commodities [kelompok].",
                Expression::through(&COMMODITY, commodity::Column::Category),
            )
            .by_word::<Unit>("UNIT", "Unit of volume [satuan].", Column::Unit)
            .by_row("SUPPLIER", "Supplier [pemasok].", "Party", Column::SupplierId)
            .by_word::<InstitutionKind>(
                "SUPPLIER_INSTITUTION_KIND",
                "Kind of institution of the supplier; null for a cooperative [jenis lembaga pemasok].",
                Expression::through(&SUPPLIER_INSTITUTION, institution::Column::Kind),
            )
            .by_rung("SUPPLIER_PROVINCE", "Province of the supplier [provinsi pemasok].", supplier(), 2)
            .by_rung("SUPPLIER_REGENCY_CITY", "Regency or city of the supplier [kabupaten/kota pemasok].", supplier(), 5)
            .by_row("BUYER", "Buyer [pembeli].", "Party", Column::BuyerId)
            .by_word::<InstitutionKind>(
                "BUYER_INSTITUTION_KIND",
                "Kind of institution of the buyer; null for a cooperative [jenis lembaga pembeli].",
                Expression::through(&BUYER_INSTITUTION, institution::Column::Kind),
            )
            .by_rung("BUYER_PROVINCE", "Province of the buyer [provinsi pembeli].", buyer(), 2)
            .by_rung("BUYER_REGENCY_CITY", "Regency or city of the buyer [kabupaten/kota pembeli].", buyer(), 5)
            .by_calendar(
                [
                    ("START_YEAR", "Year of the start date, such as `2025` [tahun mulai]."),
                    ("START_QUARTER", "Quarter of the start date, such as `2025-Q4` [triwulan mulai]."),
                    ("START_MONTH", "Month of the start date, such as `2025-11` [bulan mulai]."),
                ],
                Column::StartsOn,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("supplierCount", "Number of different suppliers [jumlah pemasok].", Column::SupplierId)
            .distinct("buyerCount", "Number of different buyers [jumlah pembeli].", Column::BuyerId)
            .measure(
                "annualVolume",
                "Agreed volume per year; null when a group mixes units [volume per tahun].",
                Measure::decimal(Column::AnnualVolumeMilli, 3).in_unit(Column::Unit),
            )
            .measure("annualValue", "Agreed value per year [nilai per tahun].", Measure::rupiah(Column::AnnualValue))
            .measure(
                "paymentTermDays",
                "Payment term in days, 0 to 180 [tempo pembayaran].",
                Measure::int(Column::PaymentTermDays),
            )
            .measure(
                "durationDays",
                "Days from the start date to the end date; no value for an open-ended linkage [lama berlaku].",
                Measure::days(Column::StartsOn, Column::EndsOn),
            )
    }
}
