//! Business units: the outlets and facilities of cooperatives.

mod figures;
mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    business_unit::Column,
    vocabulary::{BusinessUnitKind, BusinessUnitStatus, Ownership},
};

pub use self::figures::BusinessUnitFiguresQuery;
pub use self::mutation::BusinessUnitMutation;
use super::{
    cooperative::{Cooperative, CooperativeWhere},
    edges, noun,
    record::Provenance,
};
use crate::graph::{
    Result,
    filter::{BooleanFilter, DateFilter, EnumFilter, IntFilter},
    id,
    inline::Inline,
    load::{Field, Many, Noun, One},
    order::Order,
    page::{Connection, List},
    scalar::Date,
    value::Value,
};
use crate::{conditions, order_fields};

noun! {
    BusinessUnit: business_unit,
    fields = vec![Field::row("cooperative", |_| Ok(COOPERATIVE.ask().plain()))],
}

edges! {
    BY_ID: One<BusinessUnit> = One::root("businessUnit");
    BUSINESS_UNITS: Many<BusinessUnit> = Many::root("businessUnits");
    COOPERATIVE: One<Cooperative> = One::by("BusinessUnit.cooperative", Column::CooperativeId);
}

/// An outlet or facility of a cooperative [gerai].
#[Object]
impl BusinessUnit {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Kind of business unit [jenis gerai].
    async fn kind(&self) -> BusinessUnitKind {
        self.row.kind
    }

    /// Status, from planned to closed [status gerai].
    async fn status(&self) -> BusinessUnitStatus {
        self.row.status
    }

    /// Date on which it opened for business [tanggal buka].
    async fn opened_on(&self) -> Option<Date> {
        self.row.opened_on.map(Date)
    }

    /// Right by which it uses its premises [status kepemilikan].
    async fn ownership(&self) -> Option<Ownership> {
        self.row.ownership
    }

    /// Whether it has electricity; null when unknown [listrik].
    async fn has_power(&self) -> Option<bool> {
        self.row.has_power
    }

    /// Whether it has an internet connection; null when unknown [internet].
    async fn has_internet(&self) -> Option<bool> {
        self.row.has_internet
    }

    /// Construction progress in per cent, 0 to 100 [progres pembangunan].
    async fn build_progress(&self) -> Option<i32> {
        self.row.build_progress
    }

    /// The cooperative that runs it [koperasi].
    async fn cooperative(&self, ctx: &Context<'_>) -> Result<Inline<Cooperative>> {
        COOPERATIVE.ask().required(ctx, self.row.cooperative_id).await
    }

    #[graphql(flatten)]
    async fn provenance(&self) -> Provenance {
        (&*self.row).into()
    }
}

conditions! {
    /// Conditions on business units; all must hold.
    record BusinessUnitWhere of BusinessUnit, "BusinessUnitsFilter" {
        /// Kind of business unit [jenis gerai].
        kind: EnumFilter<BusinessUnitKind> = Column::Kind,
        /// Status, from planned to closed [status gerai].
        status: EnumFilter<BusinessUnitStatus> = Column::Status,
        /// Date on which it opened for business [tanggal buka].
        opened_on: DateFilter = Column::OpenedOn,
        /// Right by which it uses its premises [status kepemilikan].
        ownership: EnumFilter<Ownership> = Column::Ownership,
        /// Whether it has electricity [listrik].
        has_power: BooleanFilter = Column::HasPower,
        /// Whether it has an internet connection [internet].
        has_internet: BooleanFilter = Column::HasInternet,
        /// Construction progress in per cent, 0 to 100 [progres pembangunan].
        build_progress: IntFilter = Column::BuildProgress,
        /// The cooperative that runs it [koperasi].
        cooperative: CooperativeWhere = &COOPERATIVE,
    }
}

/// Sort fields of business units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum BusinessUnitOrderField {
    /// Kind, in alphabetical order of the enum values [jenis gerai].
    Kind,
    /// Status, in alphabetical order of the enum values [status gerai].
    Status,
    /// Date on which it opened for business [tanggal buka].
    OpenedOn,
    /// Construction progress in per cent [progres pembangunan].
    BuildProgress,
    /// Time at which the record was created.
    CreatedAt,
    /// Time at which the record was last changed.
    UpdatedAt,
}

order_fields! {
    BusinessUnitOrderField: "BusinessUnitOrder", business_unit {
        Kind => Kind,
        Status => Status,
        OpenedOn => OpenedOn,
        BuildProgress => BuildProgress,
        CreatedAt => CreatedAt,
        UpdatedAt => UpdatedAt,
    }
}

/// One sort term of business units.
pub type BusinessUnitOrder = Order<BusinessUnitOrderField>;

/// Root fields of business units.
#[derive(Clone, Copy, Debug, Default)]
pub struct BusinessUnitQuery;

#[Object]
impl BusinessUnitQuery {
    /// All business units [gerai].
    async fn business_units(
        &self,
        ctx: &Context<'_>,
        r#where: Option<BusinessUnitWhere>,
        order_by: Option<Vec<BusinessUnitOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<BusinessUnit>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        BUSINESS_UNITS.ask(list)?.page(ctx, Value::Null).await
    }
}
