//! Filters of cooperatives.

use entity::{
    cooperative::Column,
    vocabulary::{
        CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType,
        FormationModel,
    },
};

use super::{
    Cooperative,
    edges::{
        ANNUAL_REPORTS, APPLICATIONS, BUSINESS_CLASSES, BUSINESS_UNITS, COMMODITIES, HOSTED_PROGRAMS,
        OFFICERS, PARTNERSHIPS, PLACEMENTS, REGION, SIDES, SUCCESSOR,
    },
    query::LEGAL_NUMBER,
};
use crate::{
    conditions,
    graph::filter::{
        DateFilter, EnumFilter, IntFilter, Location, LocationFilter, Related, RupiahFilter, StringFilter,
        Text,
    },
    registry::{
        annual_report::AnnualReportWhere,
        application::ApplicationWhere,
        business_class::BusinessClassWhere,
        business_unit::BusinessUnitWhere,
        commodity::{CooperativeCommodityWhere, Yearly},
        linkage::PartyLinkagesFilter,
        officer::OfficerWhere,
        partnership::PartnershipWhere,
        placement::PlacementWhere,
        program::ProgramWhere,
        region::RegionWhere,
    },
};

conditions! {
    /// Conditions on cooperatives; all must hold.
    record CooperativeWhere of Cooperative, "CooperativesFilter" {
        /// Stable readable key, unique among cooperatives.
        slug: StringFilter = Text::exact(Column::Slug),
        /// Legal name, as on the deed [nama koperasi].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Name in daily use [nama singkat].
        short_name: StringFilter = Text::folded(Column::ShortNameFold),
        /// National cooperative number [Nomor Induk Koperasi].
        registration_number: StringFilter = Text::exact(Column::RegistrationNumber),
        /// Number of the legal-entity decree, in any spelling [nomor badan hukum].
        legal_entity_number: StringFilter = Text::spelled(Column::LegalEntityNumber, LEGAL_NUMBER),
        /// Taxpayer number [NPWP].
        tax_number: StringFilter = Text::exact(Column::TaxNumber),
        /// Business identification number [Nomor Induk Berusaha, NIB].
        business_number: StringFilter = Text::exact(Column::BusinessNumber),
        /// National program under which it was founded [program].
        program: EnumFilter<CooperativeProgram> = Column::Program,
        /// Main business by law [jenis koperasi].
        r#type: EnumFilter<CooperativeType> = Column::CooperativeType,
        /// Whether its members are persons or cooperatives [bentuk koperasi].
        form: EnumFilter<CooperativeForm> = Column::Form,
        /// Community from which it grew [basis komunitas].
        community_base: EnumFilter<CommunityBase> = Column::CommunityBase,
        /// How it was formed; null outside the Merah Putih program [model pembentukan].
        formation_model: EnumFilter<FormationModel> = Column::FormationModel,
        /// Status of the cooperative [status].
        status: EnumFilter<CooperativeStatus> = Column::Status,
        /// Its village, or the smallest region known [desa/kelurahan].
        region: RegionWhere = &REGION,
        /// Location of its office, to three decimals; null when unknown [titik koordinat].
        location: LocationFilter = location(),
        /// Date of the founding meeting [tanggal pendirian].
        established_on: DateFilter = Column::EstablishedOn,
        /// Date on which it became a legal entity [tanggal badan hukum].
        legal_entity_on: DateFilter = Column::LegalEntityOn,
        /// Number of members [jumlah anggota].
        member_count: IntFilter = Column::MemberCount,
        /// Date of the number of members [per tanggal].
        member_count_on: DateFilter = Column::MemberCountOn,
        /// One-time saving that each member pays on joining [simpanan pokok].
        principal_saving: RupiahFilter = Column::PrincipalSaving,
        /// Recurring saving that each member pays [simpanan wajib].
        mandatory_saving: RupiahFilter = Column::MandatorySaving,
        /// The cooperative into which it was merged [koperasi penerus].
        successor: CooperativeWhere = &SUCCESSOR,
        /// Its board, supervisory board and management [pengurus, pengawas, pengelola].
        officers: Related<OfficerWhere> = &OFFICERS,
        /// Its outlets and facilities [gerai].
        business_units: Related<BusinessUnitWhere> = &BUSINESS_UNITS,
        /// Business classes in which it is active [KBLI].
        business_classes: Related<BusinessClassWhere> = &BUSINESS_CLASSES,
        /// Commodities that it handles: in its latest year, unless the condition compares `year`, then in all years
        /// [komoditas].
        commodities: Related<CooperativeCommodityWhere> = Yearly(&COMMODITIES),
        /// Reports to the members' annual meeting [RAT].
        annual_reports: Related<AnnualReportWhere> = &ANNUAL_REPORTS,
        /// Agreements it is a party to [kemitraan].
        partnerships: Related<PartnershipWhere> = &PARTNERSHIPS,
        /// Its linkages, on both sides unless `as` selects one [keterhubungan usaha].
        linkages: PartyLinkagesFilter = SIDES,
        /// Programs that it hosts [program yang ditempati].
        hosted_programs: Related<ProgramWhere> = &HOSTED_PROGRAMS,
        /// Internship placements of its participants [peserta magang].
        placements: Related<PlacementWhere> = &PLACEMENTS,
        /// Its partnership applications [permohonan kemitraan].
        applications: Related<ApplicationWhere> = &APPLICATIONS,
    }
    near location
}

/// The columns of its public location.
pub(super) fn location() -> Location {
    Location::rounded(
        Column::LatitudeE3,
        Column::LongitudeE3,
        [Column::SphereXE9, Column::SphereYE9, Column::SphereZE9],
        Column::LocationPrecision,
    )
}
