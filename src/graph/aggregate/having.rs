//! The `having` argument: conditions on groups, typed for each noun.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{
    InputType, InputValueError, InputValueResult, MaybeUndefined, Value,
    indexmap::IndexMap,
    registry::{InputObjectBuilder, MetaInputValue, MetaTypeId, Registry},
};

use super::{Aggregated, Amount, Figures, Measured, Statistic};
use crate::graph::{
    Result,
    filter::{
        Clause, Condition, DecimalFilter, Expression, IntFilter, Ordered, OrderedFilter, Scaled, operand,
    },
    scalar::{Decimal, Rupiah},
};

crate::input_object! {
    /// Conditions on the statistics of a measure; all must hold.
    struct FigureFilter<T: Ordered> = format!("{}FigureFilter", <T as InputType>::type_name()) => {
        /// Condition on the number of rows with a value.
        count: MaybeUndefined<IntFilter>,
        /// Condition on the sum.
        sum: MaybeUndefined<OrderedFilter<T>>,
        /// Condition on the average, rounded to two decimals as in the result.
        average: MaybeUndefined<DecimalFilter>,
        /// Condition on the minimum.
        minimum: MaybeUndefined<OrderedFilter<T>>,
        /// Condition on the maximum.
        maximum: MaybeUndefined<OrderedFilter<T>>,
        /// Condition on the median, by nearest rank as in the result.
        median: MaybeUndefined<OrderedFilter<T>>,
    }
}

impl<T: Ordered> FigureFilter<T> {
    fn condition(&self, measured: &Measured) -> Result<Condition> {
        let column = |statistic| measured.column(statistic).into();
        let places = measured.places();
        let mut all = Condition::always();
        if let Some(count) = operand("count", &self.count)? {
            all = all.and(count.on(Scaled(column(Statistic::Count), 0))?);
        }
        if let Some(sum) = operand("sum", &self.sum)? {
            let halves = [Statistic::SumHigh, Statistic::SumLow].map(|half| measured.column(half));
            all = all.and(sum.on(Scaled(Expression::Halves(halves[0], halves[1]), places))?);
        }
        if let Some(average) = operand("average", &self.average)? {
            all = all.and(average.on(Scaled(column(Statistic::Average), 2))?);
        }
        let values = [
            ("minimum", &self.minimum, Statistic::Minimum),
            ("maximum", &self.maximum, Statistic::Maximum),
            ("median", &self.median, Statistic::Median),
        ];
        for (name, filter, statistic) in values {
            if let Some(filter) = operand(name, filter)? {
                all = all.and(filter.on(Scaled(column(statistic), places))?);
            }
        }
        Ok(all)
    }
}

/// Conditions on a measure of any number type.
#[derive(Clone, Debug)]
enum MeasureFilter {
    Int(Box<FigureFilter<i32>>),
    Rupiah(Box<FigureFilter<Rupiah>>),
    Decimal(Box<FigureFilter<Decimal>>),
}

/// Conditions on groups; all must hold.
#[derive(Clone, Debug)]
pub struct FiguresWhere<N> {
    and: Vec<Self>,
    or: Option<Vec<Self>>,
    not: Option<Box<Self>>,
    count: Option<IntFilter>,
    distinct: Vec<(usize, IntFilter)>,
    measures: Vec<(usize, MeasureFilter)>,
    noun: PhantomData<fn() -> N>,
}

impl<N: Aggregated> FiguresWhere<N> {
    /// Converts it to a condition on a group.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand.
    pub(super) fn condition(&self) -> Result<Condition> {
        let figures = N::figures();
        let mut all = Condition::always();
        for part in &self.and {
            all = all.and(part.condition()?);
        }
        if let Some(parts) = &self.or {
            all = all.and(Condition::any_of(parts.iter().map(Self::condition).collect::<Result<_>>()?));
        }
        if let Some(part) = &self.not {
            all = all.and(part.condition()?.negated());
        }
        if let Some(count) = &self.count {
            all = all.and(count.on(Scaled(Figures::count().into(), 0))?);
        }
        for (at, count) in &self.distinct {
            all = all.and(count.on(Scaled(figures.distinct[*at].column.into(), 0))?);
        }
        for (at, filter) in &self.measures {
            let measured = &figures.measures[*at];
            all = all.and(match filter {
                MeasureFilter::Int(filter) => filter.condition(measured)?,
                MeasureFilter::Rupiah(filter) => filter.condition(measured)?,
                MeasureFilter::Decimal(filter) => filter.condition(measured)?,
            });
        }
        Ok(all)
    }
}

impl<N: Aggregated> InputType for FiguresWhere<N> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        format!("{}FiguresWhere", N::figures().name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::InputObject, |registry| {
            let (figures, own) = (N::figures(), Self::type_name());
            let mut fields = IndexMap::new();
            let mut field = |name: &str, kind: String, description: &str| {
                let value = MetaInputValue::new(name, kind);
                fields.insert(
                    name.to_owned(),
                    MetaInputValue { description: Some(description.to_owned()), ..value },
                );
            };
            field("and", format!("[{own}!]"), "All of these conditions hold.");
            field("or", format!("[{own}!]"), "At least one of these conditions holds.");
            field("not", own.to_string(), "This condition does not hold.");
            field(
                "count",
                <Option<IntFilter>>::create_type_info(registry),
                "Number of rows in the group [jumlah].",
            );
            for distinct in &figures.distinct {
                field(distinct.name, <Option<IntFilter>>::create_type_info(registry), distinct.description);
            }
            for measured in &figures.measures {
                let kind = match measured.measure.amount {
                    Amount::Int => <Option<FigureFilter<i32>>>::create_type_info(registry),
                    Amount::Rupiah => <Option<FigureFilter<Rupiah>>>::create_type_info(registry),
                    Amount::Decimal(_) => <Option<FigureFilter<Decimal>>>::create_type_info(registry),
                };
                field(measured.name, kind, measured.description);
            }
            let words = format!("Conditions on groups of {}; all must hold.", figures.rows);
            InputObjectBuilder::new(own, fields).description(Some(words)).build()
        })
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let Some(Value::Object(fields)) = value else {
            return Err(InputValueError::expected_type(value.unwrap_or_default()));
        };
        let figures = N::figures();
        let mut parsed = Self {
            and: Vec::new(),
            or: None,
            not: None,
            count: None,
            distinct: Vec::new(),
            measures: Vec::new(),
            noun: PhantomData,
        };
        for (name, value) in fields {
            if value == Value::Null {
                return Err(InputValueError::custom(format!("`{name}` must not be null")));
            }
            let value = Some(value);
            match name.as_str() {
                "and" => parsed.and = InputType::parse(value).map_err(InputValueError::propagate)?,
                "or" => parsed.or = Some(InputType::parse(value).map_err(InputValueError::propagate)?),
                "not" => parsed.not = Some(InputType::parse(value).map_err(InputValueError::propagate)?),
                "count" => parsed.count = Some(InputType::parse(value).map_err(InputValueError::propagate)?),
                name => {
                    if let Some(at) = figures.distinct.iter().position(|distinct| distinct.name == name) {
                        parsed
                            .distinct
                            .push((at, InputType::parse(value).map_err(InputValueError::propagate)?));
                    } else if let Some(at) =
                        figures.measures.iter().position(|measured| measured.name == name)
                    {
                        parsed
                            .measures
                            .push((at, measure_filter(figures.measures[at].measure.amount, value)?));
                    } else {
                        return Err(InputValueError::custom(format!("`{name}` is not a figure")));
                    }
                }
            }
        }
        Ok(parsed)
    }

    fn to_value(&self) -> Value {
        Value::Null // Nothing has it as a default.
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

fn measure_filter<N: Aggregated>(
    amount: Amount,
    value: Option<Value>,
) -> Result<MeasureFilter, InputValueError<FiguresWhere<N>>> {
    Ok(match amount {
        Amount::Int => MeasureFilter::Int(boxed(value)?),
        Amount::Rupiah => MeasureFilter::Rupiah(boxed(value)?),
        Amount::Decimal(_) => MeasureFilter::Decimal(boxed(value)?),
    })
}

fn boxed<T: InputType, N: Aggregated>(
    value: Option<Value>,
) -> Result<Box<T>, InputValueError<FiguresWhere<N>>> {
    T::parse(value).map(Box::new).map_err(InputValueError::propagate)
}
