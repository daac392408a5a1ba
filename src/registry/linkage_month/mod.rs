//! Linkage months: what linkages delivered, month by month.

mod figures;

use async_graphql::{Context, Enum, ID, Object};
use entity::linkage_month::Column;

pub use self::figures::LinkageMonthFiguresQuery;
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
    lean::Lean,
    load::{Field, Noun, One},
    order::Order,
    scalar::{Date, Decimal, Rupiah},
};
use crate::{conditions, order_fields};

noun! {
    LinkageMonth: linkage_month,
    fields = vec![Field::row("linkage", |_| Ok(LINKAGE.ask().plain()))],
    reads = reads! { linkage_month { "rejectedPercent": RejectedBp; } },
}

edges! {
    LINKAGE: One<BusinessLinkage> = One::by("LinkageMonth.linkage", Column::LinkageId);
}

/// What a linkage delivered in one month [realisasi bulanan].
#[Object]
impl LinkageMonth {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The linkage under which it was delivered [keterhubungan usaha].
    async fn linkage(&self, ctx: &Context<'_>) -> Result<Lean<BusinessLinkage>> {
        LINKAGE.ask().required(ctx, self.row.linkage_id).await
    }

    /// The month, named by its first day [bulan].
    async fn month(&self) -> Date {
        Date(self.row.month)
    }

    /// Volume delivered, in the linkage's unit [volume].
    async fn volume(&self) -> Option<Decimal> {
        self.row.volume_milli.map(Decimal::thousandths)
    }

    /// What the deliveries were worth [nilai].
    async fn value(&self) -> Option<Rupiah> {
        self.row.value.map(Rupiah::from)
    }

    /// How many deliveries there were [jumlah pengiriman].
    async fn delivery_count(&self) -> Option<i32> {
        self.row.delivery_count
    }

    /// How much of the volume the buyer rejected, in per cent from 0 to 100 [persen ditolak].
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
        /// The month, named by its first day [bulan].
        month: DateFilter = Column::Month,
        /// Volume delivered, whatever its unit [volume].
        volume: DecimalFilter = Scaled::thousandths(Column::VolumeMilli),
        /// What the deliveries were worth [nilai].
        value: RupiahFilter = Column::Value,
        /// How many deliveries there were [jumlah pengiriman].
        delivery_count: IntFilter = Column::DeliveryCount,
        /// How much of the volume the buyer rejected, in per cent from 0 to 100 [persen ditolak].
        rejected_percent: DecimalFilter = Scaled::hundredths(Column::RejectedBp),
    }
}

/// What linkage months can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LinkageMonthOrderField {
    /// The month [bulan].
    Month,
    /// Volume delivered, whatever its unit [volume].
    Volume,
    /// What the deliveries were worth [nilai].
    Value,
    /// How many deliveries there were [jumlah pengiriman].
    DeliveryCount,
    /// How much of the volume the buyer rejected [persen ditolak].
    RejectedPercent,
    /// When the record was made.
    CreatedAt,
    /// When the record last changed.
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

/// How to sort linkage months.
pub type LinkageMonthOrder = Order<LinkageMonthOrderField>;
