//! Figures on partnership applications: the funnel from request to activation.

use entity::{
    cooperative, institution,
    partnership_application::Column,
    vocabulary::{ApplicationPackage, ApplicationStatus, InstitutionKind, Source},
};

use super::{ApplicationWhere, COOPERATIVE, INSTITUTION, PartnershipApplication};
use crate::{
    graph::{aggregate::Figures, filter::Expression},
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on partnership applications [angka permohonan kemitraan].
    ApplicationFiguresQuery, partnership_application_aggregate("partnershipApplicationAggregate"):
        PartnershipApplication, ApplicationWhere =
    || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        Figures::of("Application", "partnership applications")
            .by_word::<ApplicationStatus>("STATUS", "How far they have come [status permohonan].", Column::Status)
            .by_word::<ApplicationPackage>("PACKAGE", "What is asked for [paket kemitraan].", Column::Package)
            .by_row("INSTITUTION", "Institution [lembaga mitra].", "PartnerInstitution", Column::InstitutionId)
            .by_word::<InstitutionKind>(
                "INSTITUTION_KIND",
                "What the institution is [jenis lembaga].",
                Expression::through(&INSTITUTION, institution::Column::Kind),
            )
            .by_rung("PROVINCE", "Province of the cooperative [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city of the cooperative [kabupaten/kota].", region(), 5)
            .by_calendar(
                [
                    ("REQUESTED_YEAR", "Year of the application, as `2025` [tahun permohonan]."),
                    ("REQUESTED_QUARTER", "Quarter of the application, as `2025-Q4` [triwulan permohonan]."),
                    ("REQUESTED_MONTH", "Month of the application, as `2025-11` [bulan permohonan]."),
                ],
                Column::RequestedOn,
            )
            .by_calendar(
                [
                    ("DECIDED_YEAR", "Year of the decision, as `2025` [tahun keputusan]."),
                    ("DECIDED_QUARTER", "Quarter of the decision, as `2025-Q4` [triwulan keputusan]."),
                    ("DECIDED_MONTH", "Month of the decision, as `2025-11` [bulan keputusan]."),
                ],
                Column::DecidedOn,
            )
            .by_word::<Source>("SOURCE", "Where the records come from [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .distinct("institutionCount", "Number of different institutions [jumlah lembaga].", Column::InstitutionId)
    }
}
