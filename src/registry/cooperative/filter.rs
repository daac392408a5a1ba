//! Which cooperatives a list keeps.

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
        annual_report::AnnualReportWhere, application::ApplicationWhere, business_class::BusinessClassWhere,
        business_unit::BusinessUnitWhere, commodity::CooperativeCommodityWhere, linkage::PartyLinkagesFilter,
        officer::OfficerWhere, partnership::PartnershipWhere, placement::PlacementWhere,
        program::ProgramWhere, region::RegionWhere,
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
        /// National program it was founded under [program].
        program: EnumFilter<CooperativeProgram> = Column::Program,
        /// Main business by law [jenis koperasi].
        r#type: EnumFilter<CooperativeType> = Column::CooperativeType,
        /// Whether persons or cooperatives are its members [bentuk koperasi].
        form: EnumFilter<CooperativeForm> = Column::Form,
        /// Community it grew out of [basis komunitas].
        community_base: EnumFilter<CommunityBase> = Column::CommunityBase,
        /// How it came to be, of Merah Putih cooperatives [model pembentukan].
        formation_model: EnumFilter<FormationModel> = Column::FormationModel,
        /// Stage of its life [status].
        status: EnumFilter<CooperativeStatus> = Column::Status,
        /// The village it belongs to, or the smallest region known [desa/kelurahan].
        region: RegionWhere = &REGION,
        /// Where its office stands, to three decimals [titik koordinat].
        location: LocationFilter = location(),
        /// Day of the founding meeting [tanggal pendirian].
        established_on: DateFilter = Column::EstablishedOn,
        /// Day it became a legal entity [tanggal badan hukum].
        legal_entity_on: DateFilter = Column::LegalEntityOn,
        /// Number of members [jumlah anggota].
        member_count: IntFilter = Column::MemberCount,
        /// Day that number was taken [per tanggal].
        member_count_on: DateFilter = Column::MemberCountOn,
        /// One-time saving of each member [simpanan pokok].
        principal_saving: RupiahFilter = Column::PrincipalSaving,
        /// Recurring saving of each member [simpanan wajib].
        mandatory_saving: RupiahFilter = Column::MandatorySaving,
        /// The cooperative it was merged into [koperasi penerus].
        successor: CooperativeWhere = &SUCCESSOR,
        /// Who runs and supervises it [pengurus, pengawas, pengelola].
        officers: Related<OfficerWhere> = &OFFICERS,
        /// Its outlets and facilities [gerai].
        business_units: Related<BusinessUnitWhere> = &BUSINESS_UNITS,
        /// Business classes it works in [KBLI].
        business_classes: Related<BusinessClassWhere> = &BUSINESS_CLASSES,
        /// What it handles, in any year [komoditas].
        commodities: Related<CooperativeCommodityWhere> = &COMMODITIES,
        /// Reports to the members' annual meeting [RAT].
        annual_reports: Related<AnnualReportWhere> = &ANNUAL_REPORTS,
        /// Agreements it is a party to [kemitraan].
        partnerships: Related<PartnershipWhere> = &PARTNERSHIPS,
        /// Business it does with others, on either side unless `as` says which [keterhubungan usaha].
        linkages: PartyLinkagesFilter = SIDES,
        /// Programs it hosts [program yang ditempati].
        hosted_programs: Related<ProgramWhere> = &HOSTED_PROGRAMS,
        /// Seats its people held in batches [peserta magang].
        placements: Related<PlacementWhere> = &PLACEMENTS,
        /// Its applications for partnership [permohonan kemitraan].
        applications: Related<ApplicationWhere> = &APPLICATIONS,
    }
    near location
}

/// Where its public place is kept.
pub(super) fn location() -> Location {
    Location::rounded(
        Column::LatitudeE3,
        Column::LongitudeE3,
        [Column::SphereXE9, Column::SphereYE9, Column::SphereZE9],
    )
}
