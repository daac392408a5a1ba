//! Queries for cooperatives: lookups by key, and the root list.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{cooperative::Column, region, vocabulary::CooperativeProgram};

use super::{
    Cooperative, CooperativeWhere,
    edges::{PLACEMENTS, REGION, SIDES},
    filter::location,
};
use crate::{
    graph::{
        Result,
        filter::{Condition, Expression, Spelling},
        id::{GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Many, Noun, One},
        order::{Order, measured_from},
        page::{Connection, List},
        scalar::RegionCode,
        value::Value,
    },
    order_fields,
    registry::{edges, linkage::LinkageSelectionInput, placement::PlacementWhere},
};

edges! {
    pub(super) BY_ID: One<Cooperative> = One::root("cooperative");
    COOPERATIVES: Many<Cooperative> = Many::root("cooperatives");
}

/// Sort fields of cooperatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CooperativeOrderField {
    /// Legal name [nama koperasi].
    Name,
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Date of the founding meeting [tanggal pendirian].
    EstablishedOn,
    /// Date on which it became a legal entity [tanggal badan hukum].
    LegalEntityOn,
    /// Number of members [jumlah anggota].
    MemberCount,
    /// Date of the number of members [per tanggal].
    MemberCountOn,
    /// One-time saving that each member pays on joining [simpanan pokok].
    PrincipalSaving,
    /// Recurring saving that each member pays [simpanan wajib].
    MandatorySaving,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Code of its region, which sorts by place [kode wilayah].
    RegionCode,
    /// Name of its region [nama wilayah].
    RegionName,
    /// Unrounded distance from `where.location.near`, which is required [jarak].
    Distance,
    /// Number of its linkages selected by `linkages` [jumlah keterhubungan usaha].
    LinkageCount,
    /// Agreed value per year of its linkages selected by `linkages` [nilai keterhubungan usaha].
    LinkageAnnualValue,
    /// Number of its placements selected by `placements` [jumlah peserta magang].
    PlacementCount,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    CooperativeOrderField: "CooperativeOrder", cooperative {
        Name => NameFold,
        Status => Status,
        EstablishedOn => EstablishedOn,
        LegalEntityOn => LegalEntityOn,
        MemberCount => MemberCount,
        MemberCountOn => MemberCountOn,
        PrincipalSaving => PrincipalSaving,
        MandatorySaving => MandatorySaving,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
        RegionCode => RegionCode,
    }
    with CooperativeRelated, |related, near| {
        Self::Relevance => vec![Expression::Relevance],
        Self::RegionName => vec![Expression::through(&REGION, region::Column::NameFold)],
        Self::Distance => vec![Expression::Distance { to: location(), from: measured_from(near)?.vector }],
        Self::LinkageCount => vec![SIDES.count(related.linkages.as_ref())?],
        Self::LinkageAnnualValue => SIDES.annual_value(related.linkages.as_ref())?,
        Self::PlacementCount => vec![Expression::count(&PLACEMENTS, related.placements.as_ref())?],
    }
}

/// Conditions on the related rows that sort fields of cooperatives count.
#[derive(Clone, Debug, InputObject)]
pub struct CooperativeRelated {
    /// Linkages that `LINKAGE_COUNT` and `LINKAGE_ANNUAL_VALUE` count; all when absent.
    linkages: Option<LinkageSelectionInput>,
    /// Placements that `PLACEMENT_COUNT` counts; all when absent.
    placements: Option<PlacementWhere>,
}

/// One sort term of cooperatives.
pub type CooperativeOrder = Order<CooperativeOrderField>;

/// Exactly one key of a cooperative.
#[derive(Debug, OneofObject)]
pub enum CooperativeBy {
    /// Its id.
    Id(ID),
    /// Its slug.
    Slug(String),
    /// Its national number [Nomor Induk Koperasi].
    RegistrationNumber(String),
    /// Its legal-entity number, in any spelling [nomor badan hukum].
    LegalEntityNumber(String),
    /// Code of the village whose Merah Putih cooperative it is [kode desa].
    VillageCode(RegionCode),
}

impl CooperativeBy {
    /// The cooperative that has this key.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a malformed key.
    pub async fn find(self, ctx: &Context<'_>) -> Result<Option<Cooperative>> {
        let fits = match self {
            Self::Id(id) => {
                let key = GlobalId::key_of(&id, Cooperative::NAME, KeyKind::Uuid)?;
                return BY_ID.ask().row(ctx, key).await;
            }
            Self::Slug(slug) => Condition::equal(Column::Slug, clean(&slug)?),
            Self::RegistrationNumber(number) => Condition::equal(Column::RegistrationNumber, clean(&number)?),
            Self::LegalEntityNumber(number) => {
                Condition::equal(Column::LegalEntityNumber, clean(&(LEGAL_NUMBER.whole)(&number))?)
            }
            Self::VillageCode(code) => Condition::equal(Column::RegionCode, code.0).and(Condition::not_in(
                Column::Program,
                vec![Value::from(sea_orm::ActiveEnum::to_value(&CooperativeProgram::General))],
            )),
        };
        COOPERATIVES.first(fits).only(ctx).await
    }
}

/// The spelling of legal-entity numbers in their column: upper case.
pub(super) const LEGAL_NUMBER: Spelling =
    Spelling { whole: legal_number, part: |part| legal_number(part).trim_end().to_owned() };

/// Normalises a legal-entity number: upper case, and no blank except the one before the year.
pub(in crate::registry) fn legal_number(number: &str) -> String {
    let signs = number.chars().filter(|sign| !sign.is_whitespace()).flat_map(char::to_uppercase);
    signs.collect::<String>().replace("TAHUN", "TAHUN ")
}

/// Root fields of cooperatives.
#[derive(Clone, Copy, Debug, Default)]
pub struct CooperativeQuery;

#[Object]
impl CooperativeQuery {
    /// One cooperative by a key. A lookup that finds nothing returns null [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>, by: CooperativeBy) -> Option<Result<Inline<Cooperative>>> {
        inline(by.find(ctx).await)
    }

    /// All cooperatives [koperasi].
    async fn cooperatives(
        &self,
        ctx: &Context<'_>,
        r#where: Option<CooperativeWhere>,
        search: Option<String>,
        order_by: Option<Vec<CooperativeOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Cooperative>> {
        let ranked = crate::registry::search::ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        COOPERATIVES.found(ranked, Column::NameFold, list)?.page(ctx, Value::Null).await
    }
}
