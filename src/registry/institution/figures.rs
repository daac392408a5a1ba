//! Figures on partner institutions.

use entity::{
    institution::Column,
    vocabulary::{InstitutionKind, InstitutionOwnership, Source},
};

use super::{InstitutionWhere, PartnerInstitution};
use crate::{
    graph::aggregate::{Figures, Label},
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on partner institutions [angka lembaga mitra].
    InstitutionFiguresQuery, institution_aggregate("institutionAggregate"): PartnerInstitution, InstitutionWhere = || {
        Figures::of("Institution", "partner institutions")
            .by_word::<InstitutionKind>("KIND", "Kind of institution [jenis lembaga].", Column::Kind)
            .by_word::<InstitutionOwnership>("OWNERSHIP", "Ownership [kepemilikan].", Column::Ownership)
            .by(
                "ACTIVE",
                "Whether the institution still exists and takes part [aktif].",
                Column::Active,
                Label::Itself,
            )
            .by_rung("PROVINCE", "Province [provinsi].", Column::RegionCode, 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", Column::RegionCode, 5)
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
    }
}
