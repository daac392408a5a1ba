//! Figures on partnership applications, from request to activation.

use entity::{
    cooperative, institution,
    partnership_application::Column,
    vocabulary::{ApplicationPackage, ApplicationStatus, InstitutionKind, Source},
};

use super::{ApplicationWhere, COOPERATIVE, INSTITUTION, PartnershipApplication};
use crate::{
    graph::{
        aggregate::{Figures, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on partnership applications [angka permohonan kemitraan].
    ApplicationFiguresQuery, partnership_application_aggregate("partnershipApplicationAggregate"):
        PartnershipApplication, ApplicationWhere =
    || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        Figures::of("Application", "partnership applications")
            .by_word::<ApplicationStatus>("STATUS", "Status of the application [status permohonan].", Column::Status)
            .by_word::<ApplicationPackage>("PACKAGE", "Package applied for [paket kemitraan].", Column::Package)
            .by_row("INSTITUTION", "Institution [lembaga mitra].", "PartnerInstitution", Column::InstitutionId)
            .by_word::<InstitutionKind>(
                "INSTITUTION_KIND",
                "Kind of institution [jenis lembaga].",
                Expression::through(&INSTITUTION, institution::Column::Kind),
            )
            .by_rung("PROVINCE", "Province of the cooperative [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city of the cooperative [kabupaten/kota].", region(), 5)
            .by_calendar(
                [
                    ("REQUESTED_YEAR", "Year of the application, such as `2025` [tahun permohonan]."),
                    ("REQUESTED_QUARTER", "Quarter of the application, such as `2025-Q4` [triwulan permohonan]."),
                    ("REQUESTED_MONTH", "Month of the application, such as `2025-11` [bulan permohonan]."),
                ],
                Column::RequestedOn,
            )
            .by_calendar(
                [
                    ("DECIDED_YEAR", "Year of the decision, such as `2025` [tahun keputusan]."),
                    ("DECIDED_QUARTER", "Quarter of the decision, such as `2025-Q4` [triwulan keputusan]."),
                    ("DECIDED_MONTH", "Month of the decision, such as `2025-11` [bulan keputusan]."),
                ],
                Column::DecidedOn,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .distinct("institutionCount", "Number of different institutions [jumlah lembaga].", Column::InstitutionId)
            .measure(
                "decisionDays",
                "Days from the request to the decision; 0 on the same day [lama keputusan].",
                Measure::days(Column::RequestedOn, Column::DecidedOn),
            )
    }
}
