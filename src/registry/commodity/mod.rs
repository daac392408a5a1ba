//! Commodities: what is produced and traded.

mod figures;
mod filter;
mod mutation;
mod volume;
mod yearly;

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use entity::{
    commodity::Column,
    cooperative_commodity, linkage,
    vocabulary::{CommodityCategory, Unit},
};

pub use self::figures::CooperativeCommodityFiguresQuery;
pub use self::filter::{CommodityWhere, CooperativeCommodityWhere};
pub use self::mutation::CooperativeCommodityMutation;
pub use self::volume::{
    CooperativeCommodity, CooperativeCommodityOrder, CooperativeCommodityOrderField,
    CooperativeCommodityQuery,
};
pub(super) use self::yearly::{Yearly, of_year};
use super::{
    edges,
    linkage::{BusinessLinkage, LinkageOrder, LinkageOrderField, LinkageWhere},
    noun, reads,
};
use crate::graph::{
    Result,
    filter::{Expression, fitting},
    id::{self, GlobalId, KeyKind},
    inline::{Inline, inline},
    label::Language,
    load::{Field, Many, Noun, One, Reach},
    order::Order,
    page::{Connection, List},
    value::Value,
};
use crate::order_fields;

noun! {
    Commodity: commodity,
    fields = vec![
        Field::page("volumes", |a| {
            Ok(VOLUMES.ask(a.list::<CooperativeCommodityWhere, CooperativeCommodityOrderField>()?)?.plain())
        }),
        Field::page("linkages", |a| {
            Ok(LINKAGES.ask(a.list::<LinkageWhere, LinkageOrderField>()?)?.plain())
        }),
    ],
    reads = reads! { commodity { "name": NameEn; "label": Name, NameEn; "CooperativeCommodity.unit": Unit; } },
}

edges! {
    pub(super) BY_CODE: One<Commodity> = One::root("commodity");
    COMMODITIES: Many<Commodity> = Many::root("commodities");
    VOLUMES: Many<CooperativeCommodity> = Many::new(
        "Commodity.volumes",
        Column::Code,
        Reach::Column(cooperative_commodity::Column::CommodityCode.into()),
    )
    .uneven();
    LINKAGES: Many<BusinessLinkage> = Many::new(
        "Commodity.linkages",
        Column::Code,
        Reach::Column(linkage::Column::CommodityCode.into()),
    )
    .uneven();
}

/// Something produced or traded [komoditas].
#[Object]
impl Commodity {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.code.as_str().into())
    }

    /// Its code in this registry [kode].
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Name in `language` [nama].
    async fn name(&self, language: Option<Language>) -> &str {
        self.name_in(language.unwrap_or_default())
    }

    /// Commodity group [kelompok].
    async fn category(&self) -> CommodityCategory {
        self.row.category
    }

    /// Unit of its volumes [satuan].
    async fn unit(&self) -> Unit {
        self.row.unit
    }

    /// Volumes that cooperatives handle, one item for each cooperative and year [volume koperasi].
    async fn volumes(
        &self,
        ctx: &Context<'_>,
        r#where: Option<CooperativeCommodityWhere>,
        order_by: Option<Vec<CooperativeCommodityOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<CooperativeCommodity>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        VOLUMES.ask(list)?.page(ctx, self.row.code.as_str()).await
    }

    /// Linkages in which it is traded [keterhubungan usaha].
    async fn linkages(
        &self,
        ctx: &Context<'_>,
        r#where: Option<LinkageWhere>,
        order_by: Option<Vec<LinkageOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessLinkage>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        LINKAGES.ask(list)?.page(ctx, self.row.code.as_str()).await
    }
}

impl Commodity {
    /// Its name in a language.
    pub(super) fn name_in(&self, language: Language) -> &str {
        match language {
            Language::Id => &self.row.name,
            Language::En => &self.row.name_en,
        }
    }

    /// Unit of its volumes.
    pub(super) fn counted_in(&self) -> Unit {
        self.row.unit
    }
}

/// Sort fields of commodities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CommodityOrderField {
    /// Its code in this registry [kode].
    Code,
    /// Its Indonesian name [nama].
    Name,
    /// Commodity group, in alphabetical order of the enum values [kelompok].
    Category,
    /// Number of linkages selected by `linkages` [jumlah keterhubungan usaha].
    LinkageCount,
    /// Agreed value per year of the linkages selected by `linkages` [nilai keterhubungan usaha].
    LinkageAnnualValue,
    /// Relevance to `search`, best first when `direction` is absent; requires `search` [kecocokan].
    Relevance,
}

order_fields! {
    CommodityOrderField: "CommodityOrder", commodity { Code => Code, Name => NameFold, Category => Category }
    with CommodityRelated, |related, _| {
        Self::Relevance => vec![Expression::Relevance],
        Self::LinkageCount => vec![Expression::count(&LINKAGES, related.linkages.as_ref())?],
        Self::LinkageAnnualValue => {
            Expression::sum(&LINKAGES, fitting(related.linkages.as_ref())?, linkage::Column::AnnualValue)
        },
    }
}

/// Conditions on the related rows that sort fields of commodities count.
#[derive(Clone, Debug, InputObject)]
pub struct CommodityRelated {
    /// Linkages that `LINKAGE_COUNT` and `LINKAGE_ANNUAL_VALUE` count; all when absent.
    linkages: Option<LinkageWhere>,
}

/// One sort term of commodities.
pub type CommodityOrder = Order<CommodityOrderField>;

/// Exactly one key of a commodity.
#[derive(Debug, OneofObject)]
pub enum CommodityBy {
    /// Its id.
    Id(ID),
    /// Its code.
    Code(String),
}

impl CommodityBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<Commodity>> {
        let code = match self {
            CommodityBy::Id(id) => GlobalId::key_of(&id, Commodity::NAME, KeyKind::Text)?,
            CommodityBy::Code(code) => id::clean(&code)?,
        };
        BY_CODE.ask().row(ctx, code).await
    }
}

/// Root fields of commodities.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommodityQuery;

#[Object]
impl CommodityQuery {
    /// One commodity by a key. A lookup that finds nothing returns null [komoditas].
    async fn commodity(&self, ctx: &Context<'_>, by: CommodityBy) -> Option<Result<Inline<Commodity>>> {
        inline(by.find(ctx).await)
    }

    /// All commodities [komoditas].
    async fn commodities(
        &self,
        ctx: &Context<'_>,
        r#where: Option<CommodityWhere>,
        search: Option<String>,
        order_by: Option<Vec<CommodityOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<Commodity>> {
        let ranked = crate::registry::search::ranked(ctx, search, r#where.as_ref()).await?;
        let list = List::new(r#where, order_by, (first, after, last, before));
        COMMODITIES.found(ranked, Column::NameFold, list)?.page(ctx, Value::Null).await
    }
}
