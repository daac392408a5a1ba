//! The statistics of one measure in a group, in the types of the schema.

use std::{borrow::Cow, fmt::Debug, marker::PhantomData, sync::Arc};

use async_graphql::{
    ContextSelectionSet, Object, OutputType, Positioned, ServerResult, TypeName, Value as GraphqlValue,
    parser::types::Field, registry::Registry,
};

use super::{FigureRow, Measured, NullReason, Percentile, Statistic, exact};
use crate::graph::{
    Error, Result,
    inline::{self, ResolveInline},
    scalar::{Decimal, Rupiah},
};

/// The scalar of a measure.
pub(super) trait Number: OutputType + Debug + Sized + Send + Sync + 'static {
    /// The name of the type of its statistics.
    const FIGURE: &'static str;

    type Sum: OutputType + Send;

    fn sum(sum: i128, places: u32) -> Result<Self::Sum>;

    /// One of the measured numbers, in units with so many decimal places.
    fn one(units: i64, places: u32) -> Result<Self>;
}

impl Number for i32 {
    const FIGURE: &'static str = "IntFigure";

    type Sum = Self;

    fn sum(sum: i128, _: u32) -> Result<Self> {
        i32_of(sum)
    }

    fn one(units: i64, _: u32) -> Result<Self> {
        i32_of(units)
    }
}

impl Number for Rupiah {
    const FIGURE: &'static str = "RupiahFigure";

    type Sum = Exact<Self>;

    fn sum(sum: i128, places: u32) -> Result<Exact<Self>> {
        Ok(Exact(exact::decimal(sum, places), PhantomData))
    }

    fn one(units: i64, _: u32) -> Result<Self> {
        Ok(units.into())
    }
}

impl Number for Decimal {
    const FIGURE: &'static str = "DecimalFigure";

    type Sum = Exact<Self>;

    fn sum(sum: i128, places: u32) -> Result<Exact<Self>> {
        Ok(Exact(exact::decimal(sum, places), PhantomData))
    }

    fn one(units: i64, places: u32) -> Result<Self> {
        Ok(Self::of(units, places))
    }
}

/// The statistics of one measure in a group, as numbers of the type `T`.
#[derive(Debug)]
pub(super) struct Taken<T> {
    row: Arc<FigureRow>,
    /// The measure, as an index into the figures of the row.
    at: usize,
    number: PhantomData<fn() -> T>,
}

impl<T> Taken<T> {
    pub(super) fn of(row: Arc<FigureRow>, at: usize) -> Self {
        Self { row, at, number: PhantomData }
    }

    fn measured(&self) -> &'static Measured {
        &self.row.grouped.figures.measures[self.at]
    }

    fn number(&self, statistic: Statistic) -> Option<i64> {
        self.row.number(self.measured().column(statistic))
    }

    fn exact_sum(&self) -> Option<i128> {
        Some(exact::sum(self.number(Statistic::SumHigh)?, self.number(Statistic::SumLow)?))
    }
}

impl<T: Number> Taken<T> {
    fn one(&self, statistic: Statistic) -> Option<Result<T>> {
        self.number(statistic).map(|units| T::one(units, self.measured().places()))
    }
}

impl<T: Number> TypeName for Taken<T> {
    fn type_name() -> Cow<'static, str> {
        T::FIGURE.into()
    }
}

/// Exact statistics of a number in a group; null when no row has a value, or when units or years are mixed:
/// `nullReason` says which.
#[Object(name_type)]
impl<T: Number> Taken<T> {
    /// Number of rows with a value [jumlah isian].
    async fn count(&self) -> Result<i32> {
        i32_of(self.number(Statistic::Count).unwrap_or_default())
    }

    /// Why the other statistics are null; null when they are not [alasan kosong].
    async fn null_reason(&self) -> Option<NullReason> {
        let count = self.number(Statistic::Count).unwrap_or_default();
        NullReason::of(count, self.number(Statistic::Mixed))
    }

    /// Sum.
    async fn sum(&self) -> Option<Result<T::Sum>> {
        self.exact_sum().map(|sum| T::sum(sum, self.measured().places()))
    }

    /// Average, to two decimals.
    async fn average(&self) -> Option<Decimal> {
        let count = self.number(Statistic::Count)?;
        let average = exact::average(self.exact_sum()?, count, self.measured().places())?;
        // An average lies between the smallest and the largest, which a column holds.
        i64::try_from(average).ok().map(Decimal::hundredths)
    }

    /// Minimum.
    async fn minimum(&self) -> Option<Result<T>> {
        self.one(Statistic::Minimum)
    }

    /// Maximum.
    async fn maximum(&self) -> Option<Result<T>> {
        self.one(Statistic::Maximum)
    }

    /// Median by nearest rank, as `percentile(p: 50)`: always one of the values [median].
    async fn median(&self) -> Option<Result<T>> {
        self.one(Statistic::Median)
    }

    /// Percentile by nearest rank: the smallest value such that at least `p` per cent of the values are not greater. It
    /// is always one of the values [persentil].
    async fn percentile(
        &self,
        #[graphql(
            desc = "Per cent, such as `90` or `97.5`: above 0 and at most 100, with at most two decimals. At most 20 different percentiles are computed at once."
        )]
        p: f64,
    ) -> Option<Result<T>> {
        let percentile = match Percentile::of(p) {
            Ok(percentile) => percentile,
            Err(error) => return Some(Err(error)),
        };
        let known = self.row.grouped.percentiles(self.at).into_iter();
        let (_, column) = known.into_iter().find(|(known, _)| *known == percentile)?;
        self.row.number(column).map(|units| T::one(units, self.measured().places()))
    }
}

impl<T: Number> ResolveInline for Taken<T> {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<GraphqlValue> {
        inline::object(ctx, self).await
    }
}

/// Converts a figure to a 32-bit `Int`.
pub(super) fn i32_of(number: impl TryInto<i32>) -> Result<i32> {
    number.try_into().map_err(|_| Error::bad_input("the figure does not fit a 32-bit Int; narrow `where`"))
}

/// A number in the format of a scalar that may exceed 64 bits.
#[derive(Debug)]
pub(super) struct Exact<T>(String, PhantomData<fn() -> T>);

impl<T: OutputType> OutputType for Exact<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<GraphqlValue> {
        Ok(GraphqlValue::String(self.0.clone()))
    }
}
