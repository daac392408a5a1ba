//! Filters of partner institutions.

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
        /// Kind of institution [jenis lembaga].
        kind: EnumFilter<InstitutionKind> = Column::Kind,
        /// Ownership [kepemilikan].
        ownership: EnumFilter<InstitutionOwnership> = Column::Ownership,
        /// Code given by its supervising ministry [kode resmi].
        official_code: StringFilter = Text::exact(Column::OfficialCode),
        /// Internet domain, case-insensitive [domain].
        domain: StringFilter = Text::spelled(Column::Domain, DOMAIN),
        /// Whether it still exists and takes part [aktif].
        active: BooleanFilter = Column::Active,
        /// Region of its head office [wilayah]. It is unknown for most universities; where the name of a university says a
        /// place, it is the province of that place.
        region: RegionWhere = &REGION,
        /// The institution of which it is a part [lembaga induk].
        parent: InstitutionWhere = &PARENT,
        /// Institutions that are parts of it [unit di bawahnya].
        children: Related<InstitutionWhere> = &CHILDREN,
        /// Officials of the institution [pejabat].
        officials: Related<OfficialWhere> = &OFFICIALS,
        /// Agreements it is a party to [kemitraan].
        partnerships: Related<PartnershipWhere> = &PARTNERSHIPS,
        /// Programs that it organises [program yang diselenggarakan].
        organised_programs: Related<ProgramWhere> = &ORGANISED_PROGRAMS,
        /// Programs that it hosts [program yang ditempati].
        hosted_programs: Related<ProgramWhere> = &HOSTED_PROGRAMS,
        /// Programs that it supports, in any role unless `roles` selects some [program yang didukung].
        supported_programs: SupportedProgramsFilter = &SUPPORTED_PROGRAMS,
        /// Its linkages, on both sides unless `as` selects one [keterhubungan usaha].
        linkages: PartyLinkagesFilter = SIDES,
        /// Applications addressed to it [permohonan kemitraan].
        applications: Related<ApplicationWhere> = &APPLICATIONS,
    }
}
