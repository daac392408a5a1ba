//! Figures on cooperatives.

use entity::{
    cooperative::Column,
    vocabulary::{
        CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType,
        FormationModel, LocationPrecision, Source,
    },
};

use super::{Cooperative, CooperativeWhere};
use crate::{
    graph::aggregate::{Figures, Measure},
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on cooperatives [angka koperasi].
    CooperativeFiguresQuery, cooperative_aggregate("cooperativeAggregate"): Cooperative, CooperativeWhere = || {
        Figures::of("Cooperative", "cooperatives")
            .by_rung("PROVINCE", "Province [provinsi].", Column::RegionCode, 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", Column::RegionCode, 5)
            .by_rung("DISTRICT", "District [kecamatan].", Column::RegionCode, 8)
            .by_word::<CooperativeStatus>("STATUS", "Status of the cooperative [status].", Column::Status)
            .by_word::<CooperativeProgram>("PROGRAM", "National program [program].", Column::Program)
            .by_word::<CooperativeType>("TYPE", "Main business [jenis koperasi].", Column::CooperativeType)
            .by_word::<CooperativeForm>("FORM", "Whether its members are persons or cooperatives [bentuk koperasi].", Column::Form)
            .by_word::<CommunityBase>("COMMUNITY_BASE", "Community [basis komunitas].", Column::CommunityBase)
            .by_word::<FormationModel>(
                "FORMATION_MODEL",
                "How it was formed [model pembentukan].",
                Column::FormationModel,
            )
            .by_calendar(
                [
                    ("ESTABLISHED_YEAR", "Year of founding, such as `2025` [tahun pendirian]."),
                    ("ESTABLISHED_QUARTER", "Quarter of founding, such as `2025-Q4` [triwulan pendirian]."),
                    ("ESTABLISHED_MONTH", "Month of founding, such as `2025-11` [bulan pendirian]."),
                ],
                Column::EstablishedOn,
            )
            .by_word::<LocationPrecision>(
                "LOCATION_PRECISION",
                "How exact its location is; null without one [ketelitian lokasi].",
                Column::LocationPrecision,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .measure("memberCount", "Number of members [jumlah anggota].", Measure::int(Column::MemberCount))
            .measure(
                "principalSaving",
                "One-time saving that each member pays on joining [simpanan pokok].",
                Measure::rupiah(Column::PrincipalSaving),
            )
            .measure(
                "mandatorySaving",
                "Recurring saving that each member pays [simpanan wajib].",
                Measure::rupiah(Column::MandatorySaving),
            )
            .measure(
                "legalEntityDays",
                "Days from founding to becoming a legal entity; 0 on the same day [lama pengesahan badan hukum].",
                Measure::days(Column::EstablishedOn, Column::LegalEntityOn),
            )
    }
}
