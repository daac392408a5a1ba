//! Inputs of the verbs of annual reports.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::vocabulary::HealthStatus;

use crate::graph::scalar::{Date, Decimal, Rupiah};

/// A new annual report [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct FileAnnualReportInput {
    /// Key of this request, chosen by the caller: 1 to 128 printable ASCII characters. The same request with the same key
    /// is executed once, however often it is sent; keys are kept for 7 days.
    pub(super) idempotency_key: String,
    /// Global id that the caller made, of a new UUID; by default the registry makes one.
    pub(super) id: Option<ID>,
    /// Global id of the cooperative [koperasi].
    pub(super) cooperative: ID,
    /// The book year that the report covers, which is over [tahun buku].
    pub(super) book_year: i32,
    /// Date of the meeting: after the book year, and not in the future [tanggal RAT].
    pub(super) meeting_on: Option<Date>,
    /// Number of members who attended the meeting [jumlah hadir].
    pub(super) attendee_count: Option<i32>,
    /// Number of female members [anggota perempuan].
    pub(super) female_member_count: Option<i32>,
    /// Number of male members [anggota laki-laki].
    pub(super) male_member_count: Option<i32>,
    /// Total assets: liabilities plus equity [aset].
    pub(super) assets: Option<Rupiah>,
    /// Equity: the cooperative's own capital [modal sendiri].
    pub(super) equity: Option<Rupiah>,
    /// Total liabilities [kewajiban].
    pub(super) liabilities: Option<Rupiah>,
    /// Turnover of the year [volume usaha].
    pub(super) turnover: Option<Rupiah>,
    /// Surplus of the year, negative for a loss [sisa hasil usaha, SHU].
    pub(super) surplus: Option<Rupiah>,
    /// Health rating, which only an office gives; `NOT_REPORTED` when absent [predikat kesehatan].
    pub(super) health_status: Option<HealthStatus>,
    /// Health index on which the rating is based, 0 to 100; only an office gives it [indeks kesehatan].
    pub(super) health_index: Option<Decimal>,
}

/// Changes to an annual report: absent fields stay as they are, and null empties one [masukan].
#[derive(Clone, Debug, InputObject)]
pub(in crate::registry) struct AmendAnnualReportInput {
    /// Key of this request, chosen by the caller; see `FileAnnualReportInput`.
    pub(super) idempotency_key: String,
    /// Global id of the report.
    pub(super) id: ID,
    /// The version that the caller has seen; another one is a CONFLICT.
    pub(super) expected_version: i32,
    /// Date of the meeting: after the book year, and not in the future [tanggal RAT].
    pub(super) meeting_on: MaybeUndefined<Date>,
    /// Number of members who attended the meeting [jumlah hadir].
    pub(super) attendee_count: MaybeUndefined<i32>,
    /// Number of female members [anggota perempuan].
    pub(super) female_member_count: MaybeUndefined<i32>,
    /// Number of male members [anggota laki-laki].
    pub(super) male_member_count: MaybeUndefined<i32>,
    /// Total assets: liabilities plus equity [aset].
    pub(super) assets: MaybeUndefined<Rupiah>,
    /// Equity: the cooperative's own capital [modal sendiri].
    pub(super) equity: MaybeUndefined<Rupiah>,
    /// Total liabilities [kewajiban].
    pub(super) liabilities: MaybeUndefined<Rupiah>,
    /// Turnover of the year [volume usaha].
    pub(super) turnover: MaybeUndefined<Rupiah>,
    /// Surplus of the year, negative for a loss [sisa hasil usaha, SHU].
    pub(super) surplus: MaybeUndefined<Rupiah>,
    /// Health rating, which only an office gives; not null [predikat kesehatan].
    pub(super) health_status: MaybeUndefined<HealthStatus>,
    /// Health index on which the rating is based, 0 to 100; only an office gives it [indeks kesehatan].
    pub(super) health_index: MaybeUndefined<Decimal>,
}
