//! Enums of the database and the schema: each value is declared once, here, with its description in the schema.

#![expect(rustdoc::broken_intra_doc_links, reason = "the Indonesian term in brackets is no link")]

mod access;
mod business_unit;
mod change;
mod commodity;
mod cooperative;
mod institution;
pub mod label;
mod linkage;
mod officer;
mod partnership;
mod program;
mod record;
mod region;

pub use access::Role;
pub use business_unit::{BusinessUnitKind, BusinessUnitStatus, Ownership};
pub use change::ChangeOperation;
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

use self::label::Vocabulary;

// Each is the same text in the database, in JSON and in the API: its name in capitals. In parentheses: the English label,
// and the Indonesian description; `label` reads the others from the doc comment.
macro_rules! vocabulary {
    ($(
        $(#[doc = $doc:literal])* $name:ident($label:literal, $indonesian:literal) {
            $($(#[doc = $value_doc:literal])* $value:ident($value_label:literal, $value_indonesian:literal),)*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum, async_graphql::Enum)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name {
            $($(#[doc = $value_doc])* $value,)*
        }

        impl super::label::Labelled for $name {
            const NAME: &str = stringify!($name);
        }

        impl $name {
            pub(super) fn vocabulary() -> super::Vocabulary {
                use super::label::{Vocabulary, Word, Words};
                Vocabulary {
                    name: stringify!($name),
                    words: Words::new(&[$($doc),*], $label, $indonesian),
                    values: vec![$(Word {
                        value: sea_orm::ActiveEnum::to_value(&Self::$value),
                        words: Words::new(&[$($value_doc),*], $value_label, $value_indonesian),
                    }),*],
                }
            }
        }
    )*};
}
use vocabulary;

macro_rules! all {
    ($($name:ident),* $(,)?) => {
        /// Returns all vocabularies, sorted by name.
        #[must_use]
        pub fn all() -> Vec<Vocabulary> {
            vec![$($name::vocabulary()),*]
        }
    };
}

all! {
    AgreementContent, ApplicationPackage, ApplicationStatus, BatchStatus, BusinessUnitKind, BusinessUnitStatus, ChangeOperation,
    CommodityCategory, CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType, Education,
    FormationModel, Gender, HealthStatus, InstitutionKind, InstitutionOwnership, LearningMethod, LinkageKind, LinkageSide,
    LinkageStatus, LocationPrecision, OfficerBody, OfficerRole, OfficerStatus, Ownership, PartnershipKind, PartnershipLanguage,
    PartnershipPattern, PartnershipStatus, PartyKind, PartyRole, PlacementStatus, ProgramKind, ProgramStatus, RegionKind,
    RegionLevel, Role, Sector, Source, SupporterRole, Unit,
}
