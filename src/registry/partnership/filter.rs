//! Filters of partnerships.

use entity::{
    partnership::Column,
    set::AgreementContents,
    vocabulary::{
        AgreementContent, PartnershipKind, PartnershipLanguage, PartnershipPattern, PartnershipStatus,
        PartyRole,
    },
};

use super::{CHILDREN, LINKAGES, PARENT, PARTY_IDENTITIES, PROGRAMS, Partnership};
use crate::{
    conditions,
    graph::filter::{DateFilter, EnumFilter, Related, RupiahFilter, SetFilter, StringFilter, Text, Word},
    registry::{linkage::LinkageWhere, party::PartyWhere, program::ProgramWhere},
    related_by,
};

conditions! {
    /// Conditions on partnerships; all must hold.
    record PartnershipWhere of Partnership, "PartnershipsFilter" {
        /// Number assigned by the first party [nomor naskah].
        number: StringFilter = Text::exact(Column::Number),
        /// Title [judul].
        title: StringFilter = Text::folded(Column::TitleFold),
        /// Form of the agreement [bentuk naskah].
        kind: EnumFilter<PartnershipKind> = Column::Kind,
        /// Partnership pattern as defined by law [pola kemitraan].
        pattern: EnumFilter<PartnershipPattern> = Column::Pattern,
        /// Status [status].
        status: EnumFilter<PartnershipStatus> = Column::Status,
        /// Date of signing [tanggal penandatanganan].
        signed_on: DateFilter = Column::SignedOn,
        /// First date in force [mulai berlaku].
        effective_from: DateFilter = Column::EffectiveFrom,
        /// Last date in force [berakhir].
        effective_to: DateFilter = Column::EffectiveTo,
        /// Value [nilai].
        value: RupiahFilter = Column::Value,
        /// Language in which it is written [bahasa].
        language: EnumFilter<PartnershipLanguage> = Column::Language,
        /// Mandatory contents that the agreement has [muatan wajib].
        contents: SetFilter<AgreementContent> = Column::Contents,
        /// The agreement on which it is based, such as an MoU for a PKS [naskah induk].
        parent: PartnershipWhere = &PARENT,
        /// Agreements based on it [naskah turunan].
        children: Related<PartnershipWhere> = &CHILDREN,
        /// Its parties, in any role unless `roles` selects some [pihak].
        parties: PartiesFilter = &PARTY_IDENTITIES,
        /// Linkages based on it [keterhubungan usaha].
        linkages: Related<LinkageWhere> = &LINKAGES,
        /// Programs based on it [program magang].
        programs: Related<ProgramWhere> = &PROGRAMS,
    }
}

impl Word for AgreementContent {
    fn bit(self) -> i32 {
        AgreementContents::bit(self)
    }
}

related_by! {
    /// Conditions on related parties; all must hold.
    pub(super) PartiesFilter of PartyWhere {
        /// Only parties in one of these roles.
        roles: PartyRole,
    }
}
