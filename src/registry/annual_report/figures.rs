//! Figures on annual reports.

use entity::{
    annual_report::Column,
    cooperative,
    vocabulary::{CooperativeProgram, CooperativeType, HealthStatus, Source},
};

use super::{AnnualReport, AnnualReportWhere, COOPERATIVE};
use crate::{
    graph::{
        aggregate::{Figures, Label, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on annual reports [angka RAT].
    AnnualReportFiguresQuery, annual_report_aggregate("annualReportAggregate"): AnnualReport, AnnualReportWhere = || {
        let of_cooperative = |column| Expression::through(&COOPERATIVE, column);
        let region = || of_cooperative(cooperative::Column::RegionCode);
        Figures::of("AnnualReport", "annual reports")
            .by("BOOK_YEAR", "Book year that the report covers [tahun buku].", Column::BookYear, Label::Itself)
            .by_word::<HealthStatus>("HEALTH_STATUS", "Health rating [predikat kesehatan].", Column::HealthStatus)
            .by_word::<CooperativeType>(
                "COOPERATIVE_TYPE",
                "Main business [jenis koperasi].",
                of_cooperative(cooperative::Column::CooperativeType),
            )
            .by_word::<CooperativeProgram>(
                "COOPERATIVE_PROGRAM",
                "National program [program].",
                of_cooperative(cooperative::Column::Program),
            )
            .by_rung("PROVINCE", "Province [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", region(), 5)
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .measure("attendeeCount", "Members who attended the meeting [jumlah hadir].", Measure::int(Column::AttendeeCount))
            .measure("femaleMemberCount", "Female members [anggota perempuan].", Measure::int(Column::FemaleMemberCount))
            .measure("maleMemberCount", "Male members [anggota laki-laki].", Measure::int(Column::MaleMemberCount))
            .measure("assets", "Assets [aset].", Measure::rupiah(Column::Assets))
            .measure("equity", "Own capital [modal sendiri].", Measure::rupiah(Column::Equity))
            .measure("liabilities", "Liabilities [kewajiban].", Measure::rupiah(Column::Liabilities))
            .measure("turnover", "Turnover [volume usaha].", Measure::rupiah(Column::Turnover))
            .measure(
                "surplus",
                "Surplus, negative for a loss [sisa hasil usaha, SHU].",
                Measure::rupiah(Column::Surplus),
            )
            .measure(
                "healthIndex",
                "Health index, 0 to 100 [indeks kesehatan].",
                Measure::decimal(Column::HealthIndexMilli, 3),
            )
    }
}
