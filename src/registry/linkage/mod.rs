//! Linkages: standing business relations between a supplier and a buyer.

mod figures;
mod filter;
mod mutation;
mod query;
mod side;

use async_graphql::{Context, ID, Object};
use entity::{
    linkage::Column,
    linkage_month,
    vocabulary::{LinkageKind, LinkageStatus, PartnershipPattern, Unit},
};

pub use self::figures::LinkageFiguresQuery;
pub use self::{
    filter::{LinkageWhere, PartyLinkagesFilter},
    mutation::LinkageMutation,
    query::{LinkageBy, LinkageOrder, LinkageOrderField, LinkageQuery},
    side::LinkageSelectionInput,
};
pub(super) use self::{
    mutation::{NewLinkage, PREFIX},
    side::Sides,
};
use super::{
    commodity::Commodity,
    edges,
    institution::PartnerInstitution,
    linkage_month::{LinkageMonth, LinkageMonthOrder, LinkageMonthOrderField, LinkageMonthWhere},
    noun,
    partnership::Partnership,
    party::{Party, PartyIdentity},
    record::Provenance,
};
use crate::graph::{
    Result, id,
    inline::Inline,
    load::{Field, Many, Noun, One, Reach, Two},
    order::Term,
    page::{Connection, List},
    scalar::{Date, Decimal, Rupiah},
};

noun! {
    BusinessLinkage: linkage,
    fields = vec![
        Field::row("supplier", |_| Ok(SUPPLIER.ask().plain())),
        Field::row("buyer", |_| Ok(BUYER.ask().plain())),
        Field::row("commodity", |_| Ok(COMMODITY.ask().plain())),
        Field::row("partnership", |_| Ok(PARTNERSHIP.ask().plain())),
        Field::page("months", |a| Ok(MONTHS.ask(a.list::<LinkageMonthWhere, LinkageMonthOrderField>()?)?.plain())),
    ],
}

edges! {
    pub(super) SUPPLIER: One<Party> = One::by("BusinessLinkage.supplier", Column::SupplierId);
    pub(super) BUYER: One<Party> =
        One::by("BusinessLinkage.buyer", Column::BuyerId).mostly::<PartnerInstitution>();
    pub(super) SUPPLIER_IDENTITY: One<PartyIdentity> = One::by("BusinessLinkage.supplier as a party", Column::SupplierId);
    pub(super) BUYER_IDENTITY: One<PartyIdentity> = One::by("BusinessLinkage.buyer as a party", Column::BuyerId);
    IDENTITIES: Two<PartyIdentity> = Two::by(
        "BusinessLinkage.party",
        entity::linkage::Entity,
        Column::Id,
        [Column::SupplierId, Column::BuyerId],
    );
    SUPPLIER_INSTITUTION: One<PartnerInstitution> =
        One::maybe("BusinessLinkage.supplier as an institution", Column::SupplierId);
    BUYER_INSTITUTION: One<PartnerInstitution> =
        One::maybe("BusinessLinkage.buyer as an institution", Column::BuyerId);
    pub(super) COMMODITY: One<Commodity> = One::by("BusinessLinkage.commodity", Column::CommodityCode);
    PARTNERSHIP: One<Partnership> = One::by("BusinessLinkage.partnership", Column::PartnershipId);
    MONTHS: Many<LinkageMonth> = Many::new(
        "BusinessLinkage.months",
        Column::Id,
        Reach::Column(linkage_month::Column::LinkageId.into()),
    )
    .ordered([Term::ascending(linkage_month::Column::Month)]);
}

/// A standing business relation between a supplier and a buyer [keterhubungan usaha].
#[Object]
impl BusinessLinkage {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Code in this registry [kode].
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Kind of linkage [jenis keterhubungan].
    async fn kind(&self) -> LinkageKind {
        self.row.kind
    }

    /// Partnership pattern as defined by law [pola kemitraan].
    async fn pattern(&self) -> PartnershipPattern {
        self.row.pattern
    }

    /// Status [status].
    async fn status(&self) -> LinkageStatus {
        self.row.status
    }

    /// The party that supplies [pemasok].
    async fn supplier(&self, ctx: &Context<'_>) -> Result<Inline<Party>> {
        SUPPLIER.ask().required(ctx, self.row.supplier_id).await
    }

    /// The party that buys [pembeli].
    async fn buyer(&self, ctx: &Context<'_>) -> Result<Inline<Party>> {
        BUYER.ask().required(ctx, self.row.buyer_id).await
    }

    /// The commodity traded; null when none is [komoditas].
    async fn commodity(&self, ctx: &Context<'_>) -> Option<Result<Inline<Commodity>>> {
        COMMODITY.ask().object(ctx, self.row.commodity_code.clone()).await
    }

    /// Start date [mulai].
    async fn starts_on(&self) -> Option<Date> {
        self.row.starts_on.map(Date)
    }

    /// End date; null when open-ended [berakhir].
    async fn ends_on(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Agreed volume per year, in `unit` [volume per tahun].
    async fn annual_volume(&self) -> Option<Decimal> {
        self.row.annual_volume_milli.map(Decimal::thousandths)
    }

    /// Unit of the volume [satuan].
    async fn unit(&self) -> Option<Unit> {
        self.row.unit
    }

    /// Agreed value per year [nilai per tahun].
    async fn annual_value(&self) -> Option<Rupiah> {
        self.row.annual_value.map(Rupiah::from)
    }

    /// Whether the supplier may sell the commodity to no other buyer [eksklusif].
    async fn exclusive(&self) -> bool {
        self.row.exclusive
    }

    /// Payment term in days, 0 to 180 [tempo pembayaran].
    async fn payment_term_days(&self) -> Option<i32> {
        self.row.payment_term_days
    }

    /// The agreement on which it is based; null when there is none or it is not public [perjanjian].
    async fn partnership(&self, ctx: &Context<'_>) -> Option<Result<Inline<Partnership>>> {
        PARTNERSHIP.ask().object(ctx, self.row.partnership_id).await
    }

    /// Monthly deliveries [realisasi bulanan].
    async fn months(
        &self,
        ctx: &Context<'_>,
        r#where: Option<LinkageMonthWhere>,
        order_by: Option<Vec<LinkageMonthOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<LinkageMonth>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        MONTHS.ask(list)?.page(ctx, self.row.id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}
