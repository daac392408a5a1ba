//! Filters of annual reports.

use entity::{annual_report::Column, vocabulary::HealthStatus};

use super::{AnnualReport, COOPERATIVE};
use crate::{
    conditions,
    graph::filter::{DateFilter, DecimalFilter, EnumFilter, IntFilter, RupiahFilter, Scaled},
    registry::cooperative::CooperativeWhere,
};

conditions! {
    /// Conditions on annual reports; all must hold.
    record AnnualReportWhere of AnnualReport, "AnnualReportsFilter" {
        /// The cooperative that reported [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
        /// The book year that the report covers [tahun buku].
        book_year: IntFilter = Column::BookYear,
        /// Date of the meeting [tanggal RAT].
        meeting_on: DateFilter = Column::MeetingOn,
        /// Number of members who attended the meeting [jumlah hadir].
        attendee_count: IntFilter = Column::AttendeeCount,
        /// Female members [anggota perempuan].
        female_member_count: IntFilter = Column::FemaleMemberCount,
        /// Male members [anggota laki-laki].
        male_member_count: IntFilter = Column::MaleMemberCount,
        /// Assets [aset].
        assets: RupiahFilter = Column::Assets,
        /// Own capital [modal sendiri].
        equity: RupiahFilter = Column::Equity,
        /// Liabilities [kewajiban].
        liabilities: RupiahFilter = Column::Liabilities,
        /// Turnover [volume usaha].
        turnover: RupiahFilter = Column::Turnover,
        /// Surplus, negative for a loss [sisa hasil usaha, SHU].
        surplus: RupiahFilter = Column::Surplus,
        /// Health rating [predikat kesehatan].
        health_status: EnumFilter<HealthStatus> = Column::HealthStatus,
        /// Health index, 0 to 100 [indeks kesehatan].
        health_index: DecimalFilter = Scaled::thousandths(Column::HealthIndexMilli),
    }
}
