//! Queries for linkages: lookups by key, and the root list.

use async_graphql::{Context, Enum, ID, Object, OneofObject};
use entity::{commodity, linkage::Column, party};

use super::{BUYER_IDENTITY, BusinessLinkage, COMMODITY, LinkageWhere, SUPPLIER_IDENTITY};
use crate::{
    graph::{
        Result,
        filter::{Condition, Expression},
        id::{GlobalId, KeyKind, clean},
        inline::{Inline, inline},
        load::{Many, Noun, One},
        order::{NothingRelated, Order},
        page::{Connection, List},
        value::Value,
    },
    order_fields,
    registry::edges,
};

edges! {
    pub(super) BY_ID: One<BusinessLinkage> = One::root("linkage");
    LINKAGES: Many<BusinessLinkage> = Many::root("linkages");
}

/// Sort fields of linkages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LinkageOrderField {
    /// Code in this registry [kode].
    Code,
    /// Kind, in alphabetical order of the enum values [jenis keterhubungan].
    Kind,
    /// Status, in alphabetical order of the enum values [status].
    Status,
    /// Start date [mulai].
    StartsOn,
    /// End date [berakhir].
    EndsOn,
    /// Agreed volume per year, compared without regard to its unit [volume per tahun].
    AnnualVolume,
    /// Agreed value per year [nilai per tahun].
    AnnualValue,
    /// Payment term in days [tempo pembayaran].
    PaymentTermDays,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Name of the supplier [nama pemasok].
    SupplierName,
    /// Name of the buyer [nama pembeli].
    BuyerName,
    /// Name of the commodity [nama komoditas].
    CommodityName,
}

order_fields! {
    LinkageOrderField: "LinkageOrder", linkage {
        Code => Code,
        Kind => Kind,
        Status => Status,
        StartsOn => StartsOn,
        EndsOn => EndsOn,
        AnnualVolume => AnnualVolumeMilli,
        AnnualValue => AnnualValue,
        PaymentTermDays => PaymentTermDays,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::SupplierName => vec![Expression::through(&SUPPLIER_IDENTITY, party::Column::NameFold)],
        Self::BuyerName => vec![Expression::through(&BUYER_IDENTITY, party::Column::NameFold)],
        Self::CommodityName => vec![Expression::through(&COMMODITY, commodity::Column::NameFold)],
    }
}

/// One sort term of linkages.
pub type LinkageOrder = Order<LinkageOrderField>;

/// Exactly one key of a linkage.
#[derive(Debug, OneofObject)]
pub enum LinkageBy {
    /// Its id.
    Id(ID),
    /// Its code.
    Code(String),
}

impl LinkageBy {
    async fn find(self, ctx: &Context<'_>) -> Result<Option<BusinessLinkage>> {
        match self {
            LinkageBy::Id(id) => {
                let key = GlobalId::key_of(&id, BusinessLinkage::NAME, KeyKind::Uuid)?;
                BY_ID.ask().row(ctx, key).await
            }
            LinkageBy::Code(code) => {
                LINKAGES.first(Condition::equal(Column::Code, clean(&code)?)).only(ctx).await
            }
        }
    }
}

/// Root fields of linkages.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkageQuery;

#[Object]
impl LinkageQuery {
    /// One linkage by a key. A lookup that finds nothing returns null [keterhubungan usaha].
    async fn linkage(&self, ctx: &Context<'_>, by: LinkageBy) -> Option<Result<Inline<BusinessLinkage>>> {
        inline(by.find(ctx).await)
    }

    /// All linkages [keterhubungan usaha].
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
        LINKAGES.ask(list)?.page(ctx, Value::Null).await
    }
}
