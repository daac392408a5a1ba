//! Linkage months: deliveries under linkages by month.

mod figures;
mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::linkage_month::Column;

pub use self::{figures::LinkageMonthFiguresQuery, mutation::LinkageMonthMutation};
use super::{
    edges,
    linkage::{BusinessLinkage, LinkageWhere},
    noun, reads,
    record::Provenance,
};
use crate::graph::{
    Result,
    filter::{DateFilter, DecimalFilter, IntFilter, RupiahFilter, Scaled},
    id,
    inline::Inline,
    load::{Field, Many, Noun, One},
    order::Order,
    page::{Connection, List},
    scalar::{Date, Decimal, Rupiah},
    value::Value,
};
use crate::{conditions, order_fields};

noun! {
    LinkageMonth: linkage_month,
    fields = vec![Field::row("linkage", |_| Ok(LINKAGE.ask().plain()))],
    reads = reads! { linkage_month { "rejectedPercent": RejectedBp; } },
}

edges! {
    BY_ID: One<LinkageMonth> = One::root("linkageMonth");
    LINKAGE_MONTHS: Many<LinkageMonth> = Many::root("linkageMonths");
    LINKAGE: One<BusinessLinkage> = One::by("LinkageMonth.linkage", Column::LinkageId);
}

/// Deliveries under a linkage in one month [realisasi bulanan].
#[Object]
impl LinkageMonth {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The linkage under which it was delivered [keterhubungan usaha].
    async fn linkage(&self, ctx: &Context<'_>) -> Result<Inline<BusinessLinkage>> {
        LINKAGE.ask().required(ctx, self.row.linkage_id).await
    }

    /// The month, given as its first day [bulan].
    async fn month(&self) -> Date {
        Date(self.row.month)
    }

    /// Volume delivered, in the unit of the linkage [volume].
    async fn volume(&self) -> Option<Decimal> {
        self.row.volume_milli.map(Decimal::thousandths)
    }

    /// Value of the deliveries [nilai].
    async fn value(&self) -> Option<Rupiah> {
        self.row.value.map(Rupiah::from)
    }

    /// Number of deliveries [jumlah pengiriman].
    async fn delivery_count(&self) -> Option<i32> {
        self.row.delivery_count
    }

    /// Share of the volume that the buyer rejected, in per cent, 0 to 100 [persen ditolak].
    async fn rejected_percent(&self) -> Option<Decimal> {
        self.row.rejected_bp.map(|basis_points| Decimal::hundredths(basis_points.into()))
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on linkage months; all must hold.
    record LinkageMonthWhere of LinkageMonth, "LinkageMonthsFilter" {
        /// The linkage under which it was delivered [keterhubungan usaha].
        linkage: LinkageWhere = &LINKAGE,
        /// The month, given as its first day [bulan].
        month: DateFilter = Column::Month,
        /// Volume delivered, compared without regard to its unit [volume].
        volume: DecimalFilter = Scaled::thousandths(Column::VolumeMilli),
        /// Value of the deliveries [nilai].
        value: RupiahFilter = Column::Value,
        /// Number of deliveries [jumlah pengiriman].
        delivery_count: IntFilter = Column::DeliveryCount,
        /// Share of the volume that the buyer rejected, in per cent, 0 to 100 [persen ditolak].
        rejected_percent: DecimalFilter = Scaled::hundredths(Column::RejectedBp),
    }
}

/// Sort fields of linkage months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LinkageMonthOrderField {
    /// The month [bulan].
    Month,
    /// Volume delivered, compared without regard to its unit [volume].
    Volume,
    /// Value of the deliveries [nilai].
    Value,
    /// Number of deliveries [jumlah pengiriman].
    DeliveryCount,
    /// Share of the volume that the buyer rejected [persen ditolak].
    RejectedPercent,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    LinkageMonthOrderField: "LinkageMonthOrder", linkage_month {
        Month => Month,
        Volume => VolumeMilli,
        Value => Value,
        DeliveryCount => DeliveryCount,
        RejectedPercent => RejectedBp,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of linkage months.
pub type LinkageMonthOrder = Order<LinkageMonthOrderField>;

/// Root field of linkage months.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkageMonthQuery;

#[Object]
impl LinkageMonthQuery {
    /// All linkage months [realisasi bulanan].
    async fn linkage_months(
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
        LINKAGE_MONTHS.ask(list)?.page(ctx, Value::Null).await
    }
}
