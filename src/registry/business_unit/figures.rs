//! Figures on business units.

use entity::{
    business_unit::Column,
    cooperative,
    vocabulary::{BusinessUnitKind, BusinessUnitStatus, Ownership, Source},
};

use super::{BusinessUnit, BusinessUnitWhere, COOPERATIVE};
use crate::{
    graph::{
        aggregate::{Figures, Label, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on business units [angka gerai].
    BusinessUnitFiguresQuery, business_unit_aggregate("businessUnitAggregate"): BusinessUnit, BusinessUnitWhere = || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        Figures::of("BusinessUnit", "business units")
            .by_word::<BusinessUnitKind>("KIND", "Kind of business unit [jenis gerai].", Column::Kind)
            .by_word::<BusinessUnitStatus>("STATUS", "Status of the business unit [status gerai].", Column::Status)
            .by_word::<Ownership>("OWNERSHIP", "Right by which the premises are used [status kepemilikan].", Column::Ownership)
            .by("HAS_POWER", "Whether the unit has electricity [listrik].", Column::HasPower, Label::Itself)
            .by("HAS_INTERNET", "Whether the unit has an internet connection [internet].", Column::HasInternet, Label::Itself)
            .by_rung("PROVINCE", "Province [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", region(), 5)
            .by_calendar(
                [
                    ("OPENED_YEAR", "Year of opening, such as `2025` [tahun buka]."),
                    ("OPENED_QUARTER", "Quarter of opening, such as `2025-Q4` [triwulan buka]."),
                    ("OPENED_MONTH", "Month of opening, such as `2025-11` [bulan buka]."),
                ],
                Column::OpenedOn,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
            .measure(
                "buildProgress",
                "Construction progress in per cent, 0 to 100 [progres pembangunan].",
                Measure::int(Column::BuildProgress),
            )
    }
}
