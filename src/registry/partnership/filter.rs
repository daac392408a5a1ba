//! Which partnerships a list keeps.

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
        /// Number given by the first party [nomor naskah].
        number: StringFilter = Text::exact(Column::Number),
        /// Title [judul].
        title: StringFilter = Text::folded(Column::TitleFold),
        /// Form [bentuk naskah].
        kind: EnumFilter<PartnershipKind> = Column::Kind,
        /// Pattern by law [pola kemitraan].
        pattern: EnumFilter<PartnershipPattern> = Column::Pattern,
        /// Stage [status].
        status: EnumFilter<PartnershipStatus> = Column::Status,
        /// Day of signing [tanggal penandatanganan].
        signed_on: DateFilter = Column::SignedOn,
        /// First day in force [mulai berlaku].
        effective_from: DateFilter = Column::EffectiveFrom,
        /// Last day in force [berakhir].
        effective_to: DateFilter = Column::EffectiveTo,
        /// Value [nilai].
        value: RupiahFilter = Column::Value,
        /// Language it is written in [bahasa].
        language: EnumFilter<PartnershipLanguage> = Column::Language,
        /// Which of the mandatory contents it has [muatan wajib].
        contents: SetFilter<AgreementContent> = Column::Contents,
        /// The agreement it rests on, as a PKS on an MoU [naskah induk].
        parent: PartnershipWhere = &PARENT,
        /// Agreements that rest on it [naskah turunan].
        children: Related<PartnershipWhere> = &CHILDREN,
        /// Its parties, in any role unless `roles` says which [pihak].
        parties: PartiesFilter = &PARTY_IDENTITIES,
        /// Linkages that rest on it [keterhubungan usaha].
        linkages: Related<LinkageWhere> = &LINKAGES,
        /// Programs that rest on it [program magang].
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
