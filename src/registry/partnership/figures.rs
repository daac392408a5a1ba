//! Figures on partnerships.

use entity::{
    institution,
    partnership::Column,
    partnership_party, party,
    vocabulary::{InstitutionKind, PartnershipKind, PartnershipPattern, PartnershipStatus, Source},
};

use super::{FIRST_INSTITUTION, FIRST_PARTY, Partnership, PartnershipWhere};
use crate::{
    graph::{
        aggregate::{Figures, Linked, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on partnerships [angka kemitraan].
    PartnershipFiguresQuery, partnership_aggregate("partnershipAggregate"): Partnership, PartnershipWhere = || {
        Figures::of("Partnership", "partnerships")
            .by_word::<PartnershipKind>("KIND", "Form of the agreement [bentuk naskah].", Column::Kind)
            .by_word::<PartnershipPattern>("PATTERN", "Partnership pattern as defined by law [pola kemitraan].", Column::Pattern)
            .by_word::<PartnershipStatus>("STATUS", "Status [status].", Column::Status)
            .by_row("FIRST_PARTY", "First party [pihak kesatu].", "Party", Column::FirstPartyId)
            .by_word::<InstitutionKind>(
                "FIRST_PARTY_INSTITUTION_KIND",
                "Kind of institution of the first party; null for a cooperative [jenis lembaga].",
                Expression::through(&FIRST_INSTITUTION, institution::Column::Kind),
            )
            .by_rung(
                "FIRST_PARTY_PROVINCE",
                "Province of the first party [provinsi].",
                Expression::through(&FIRST_PARTY, party::Column::RegionCode),
                2,
            )
            .by_calendar(
                [
                    ("SIGNED_YEAR", "Year of signing, such as `2025` [tahun penandatanganan]."),
                    ("SIGNED_QUARTER", "Quarter of signing, such as `2025-Q4` [triwulan penandatanganan]."),
                    ("SIGNED_MONTH", "Month of signing, such as `2025-11` [bulan penandatanganan]."),
                ],
                Column::SignedOn,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct_linked(
                "partyCount",
                "Number of different parties [jumlah pihak].",
                Linked::by(
                    partnership_party::Entity,
                    partnership_party::Column::PartnershipId,
                    partnership_party::Column::PartyId,
                    partnership_party::Column::Position,
                ),
            )
            .measure("value", "Value [nilai].", Measure::rupiah(Column::Value))
            .measure(
                "daysToEffect",
                "Days from signing to the first date in force; 0 on the same day [lama menuju keberlakuan].",
                Measure::days(Column::SignedOn, Column::EffectiveFrom),
            )
            .measure(
                "termDays",
                "Days from the first to the last date in force; no value for an open-ended agreement [masa berlaku].",
                Measure::days(Column::EffectiveFrom, Column::EffectiveTo),
            )
    }
}
