//! Enums of the database and the schema: each value is declared once, here, with its description in the schema.

#![expect(rustdoc::broken_intra_doc_links, reason = "the Indonesian term in brackets is no link")]

mod business_unit;
mod commodity;
mod cooperative;
mod institution;
mod linkage;
mod officer;
mod partnership;
mod program;
mod record;
mod region;

pub use business_unit::{BusinessUnitKind, BusinessUnitStatus, Ownership};
pub use commodity::{CommodityCategory, Unit};
pub use cooperative::{
    CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, FormationModel,
    HealthStatus,
};
pub use institution::{InstitutionKind, InstitutionOwnership};
pub use linkage::{LinkageKind, LinkageSide, LinkageStatus};
pub use officer::{Education, Gender, OfficerBody, OfficerRole, OfficerStatus};
pub use partnership::{
    AgreementContent, ApplicationPackage, ApplicationStatus, PartnershipKind, PartnershipLanguage,
    PartnershipPattern, PartnershipStatus, PartyRole,
};
pub use program::{
    BatchStatus, LearningMethod, PlacementStatus, ProgramKind, ProgramStatus, Sector, SupporterRole,
};
pub use record::{PartyKind, Source};
pub use region::{LocationPrecision, RegionKind, RegionLevel};

// Each is the same text in the database, in JSON and in the API: its name in capitals.
macro_rules! vocabulary {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $value_doc:literal])* $value:ident,)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum, async_graphql::Enum)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name {
            $($(#[doc = $value_doc])* $value,)*
        }
    )*};
}
use vocabulary;
