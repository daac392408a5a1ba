//! Commodity records of cooperatives: volume, area and value by year.

use async_graphql::{Context, Enum, ID, Object};
use entity::{commodity, cooperative_commodity::Column, vocabulary::Unit};

use super::{Commodity, CooperativeCommodityWhere};
use crate::{
    graph::{
        Result,
        filter::Expression,
        id,
        inline::Inline,
        load::{Field, Many, Noun, One},
        order::{NothingRelated, Order},
        page::{Connection, List},
        scalar::{Decimal, Rupiah},
        value::Value,
    },
    order_fields,
    registry::{cooperative::Cooperative, edges, noun, reads, record::Provenance},
};

noun! {
    CooperativeCommodity: cooperative_commodity,
    fields = vec![
        Field::row("commodity", |_| Ok(COMMODITY.ask().plain())),
        Field::row("unit", |_| Ok(COMMODITY.ask().plain())),
        Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain())),
    ],
    reads = reads! { cooperative_commodity { "unit": CommodityCode; } },
}

edges! {
    pub(super) BY_ID: One<CooperativeCommodity> = One::root("cooperativeCommodity");
    COOPERATIVE_COMMODITIES: Many<CooperativeCommodity> = Many::root("cooperativeCommodities");
    pub(super) COMMODITY: One<Commodity> = One::by("CooperativeCommodity.commodity", Column::CommodityCode);
    pub(super) COOPERATIVE: One<Cooperative> = One::by("CooperativeCommodity.cooperative", Column::CooperativeId);
}

/// One commodity that a cooperative handles, in one year [komoditas koperasi].
#[Object]
impl CooperativeCommodity {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// The commodity [komoditas].
    async fn commodity(&self, ctx: &Context<'_>) -> Result<Inline<Commodity>> {
        COMMODITY.ask().required(ctx, self.row.commodity_code.as_str()).await
    }

    /// The cooperative that handles it [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    /// The year of the figures [tahun].
    async fn year(&self) -> i32 {
        self.row.year
    }

    /// Volume in that year, in `unit` [volume per tahun].
    async fn annual_volume(&self) -> Option<Decimal> {
        self.row.annual_volume_milli.map(Decimal::thousandths)
    }

    /// Unit of the volume: the unit of the commodity [satuan].
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        let Inline(commodity) = COMMODITY.ask().required(ctx, self.row.commodity_code.as_str()).await?;
        Ok(commodity.counted_in())
    }

    /// Area of land or water used, in hectares [luas lahan].
    async fn area_hectares(&self) -> Option<Decimal> {
        self.row.area_hectares_milli.map(Decimal::thousandths)
    }

    /// Number of workers [jumlah tenaga kerja].
    async fn worker_count(&self) -> Option<i32> {
        self.row.worker_count
    }

    /// Value of the year's volume [nilai per tahun].
    async fn annual_value(&self) -> Option<Rupiah> {
        self.row.annual_value.map(Rupiah::from)
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

/// Sort fields of commodity records of cooperatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CooperativeCommodityOrderField {
    /// The year of the figures [tahun].
    Year,
    /// Volume in that year, compared without regard to its unit [volume per tahun].
    AnnualVolume,
    /// Area of land or water used [luas lahan].
    AreaHectares,
    /// Number of workers [jumlah tenaga kerja].
    WorkerCount,
    /// Value of the year's volume [nilai per tahun].
    AnnualValue,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
    /// Name of the commodity [nama komoditas].
    CommodityName,
}

order_fields! {
    CooperativeCommodityOrderField: "CooperativeCommodityOrder", cooperative_commodity {
        Year => Year,
        AnnualVolume => AnnualVolumeMilli,
        AreaHectares => AreaHectaresMilli,
        WorkerCount => WorkerCount,
        AnnualValue => AnnualValue,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
    with NothingRelated, |_, _| {
        Self::CommodityName => vec![Expression::through(&COMMODITY, commodity::Column::NameFold)],
    }
}

/// One sort term of commodity records of cooperatives.
pub type CooperativeCommodityOrder = Order<CooperativeCommodityOrderField>;

/// Root field of commodity records of cooperatives.
#[derive(Clone, Copy, Debug, Default)]
pub struct CooperativeCommodityQuery;

#[Object]
impl CooperativeCommodityQuery {
    /// All commodity records of cooperatives, one item for each cooperative, commodity and year [komoditas koperasi].
    async fn cooperative_commodities(
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
        COOPERATIVE_COMMODITIES.ask(list)?.page(ctx, Value::Null).await
    }
}
