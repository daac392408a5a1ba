//! Which partner institutions a list keeps.

use entity::{
    institution::Column,
    vocabulary::{InstitutionKind, InstitutionOwnership},
};

use super::{
    PartnerInstitution,
    edges::{
        APPLICATIONS, CHILDREN, HOSTED_PROGRAMS, OFFICIALS, ORGANISED_PROGRAMS, PARENT, PARTNERSHIPS, REGION,
        SIDES, SUPPORTED_PROGRAMS,
    },
    query::DOMAIN,
};
use crate::{
    conditions,
    graph::filter::{BooleanFilter, EnumFilter, Related, StringFilter, Text},
    registry::{
        application::ApplicationWhere,
        linkage::PartyLinkagesFilter,
        official::OfficialWhere,
        partnership::PartnershipWhere,
        program::{ProgramWhere, SupportedProgramsFilter},
        region::RegionWhere,
    },
};

conditions! {
    /// Conditions on partner institutions; all must hold.
    record InstitutionWhere of PartnerInstitution, "InstitutionsFilter" {
        /// Stable readable key, unique among institutions.
        slug: StringFilter = Text::exact(Column::Slug),
        /// Official name [nama lembaga].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Name in daily use [nama singkat].
        short_name: StringFilter = Text::folded(Column::ShortNameFold),
        /// What it is [jenis lembaga].
        kind: EnumFilter<InstitutionKind> = Column::Kind,
        /// Who owns it [kepemilikan].
        ownership: EnumFilter<InstitutionOwnership> = Column::Ownership,
        /// Code given by its supervising ministry [kode resmi].
        official_code: StringFilter = Text::exact(Column::OfficialCode),
        /// Internet domain, in any case [domain].
        domain: StringFilter = Text::spelled(Column::Domain, DOMAIN),
        /// Whether it still exists and takes part [aktif].
        active: BooleanFilter = Column::Active,
        /// Where its head office is; no condition on it fits one abroad [wilayah].
        region: RegionWhere = &REGION,
        /// The institution it is a part of [lembaga induk].
        parent: InstitutionWhere = &PARENT,
        /// Institutions that are a part of it [unit di bawahnya].
        children: Related<InstitutionWhere> = &CHILDREN,
        /// Who holds public office there [pejabat].
        officials: Related<OfficialWhere> = &OFFICIALS,
        /// Agreements it is a party to [kemitraan].
        partnerships: Related<PartnershipWhere> = &PARTNERSHIPS,
        /// Programs it organises [program yang diselenggarakan].
        organised_programs: Related<ProgramWhere> = &ORGANISED_PROGRAMS,
        /// Programs it hosts [program yang ditempati].
        hosted_programs: Related<ProgramWhere> = &HOSTED_PROGRAMS,
        /// Programs it supports, in any role unless `roles` says which [program yang didukung].
        supported_programs: SupportedProgramsFilter = &SUPPORTED_PROGRAMS,
        /// Business it does with others, on either side unless `as` says which [keterhubungan usaha].
        linkages: PartyLinkagesFilter = SIDES,
        /// Applications addressed to it [permohonan kemitraan].
        applications: Related<ApplicationWhere> = &APPLICATIONS,
    }
}
