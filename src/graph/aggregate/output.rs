//! The output types of aggregate fields: pages of groups, typed for each noun.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Object, OutputType, Positioned, ServerResult, SimpleObject,
    TypeName, Value as GraphqlValue,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, MetaTypeId, ObjectBuilder, Registry},
};

use super::{Aggregated, Amount, Dimension, FigureRow, Figures, Statistic, Wishes, exact, figures::Measured};
use crate::graph::{
    Error, Result,
    filter::Where,
    inline::{self, Inline, Items, ResolveInline, inline_object},
    load::{AnyRow, Column, FieldArguments, Fields, Graph, Many, Row, Table, Target},
    page::{Connection, PageInfo},
    scalar::{DateTime, Decimal, Rupiah},
    value::Value,
};

/// One page of groups with their figures.
#[derive(Debug)]
pub struct FiguresPage<N: Aggregated>(pub(in crate::graph) Connection<FiguresRow<N>>);

impl<N: Aggregated> FiguresPage<N> {
    /// Queries figures on the rows of a root edge.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for invalid arguments, `CURSOR_INVALID` for a cursor of another query.
    pub async fn ask<W: Where<Noun = N>>(
        ctx: &Context<'_>,
        edge: &'static Many<N>,
        wishes: &Wishes<N, W>,
    ) -> Result<Inline<Self>> {
        let ask = edge.figures(wishes, &FieldArguments::of(ctx).chosen())?;
        ask.page(ctx, Value::Null).await.map(Self).map(Inline)
    }
}

impl<N: Aggregated> TypeName for FiguresPage<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}FiguresPage", N::figures().name).into()
    }
}

/// One page of groups with their figures.
#[Object(name_type)]
impl<N: Aggregated> FiguresPage<N> {
    /// The groups on this page.
    async fn nodes(&self) -> Result<Items<FiguresRow<N>>> {
        self.0.0.items().map(Items)
    }

    /// Position of this page in its list.
    async fn page_info(&self) -> Inline<PageInfo> {
        Inline(self.0.0.position())
    }

    /// Number of groups on all pages. Counting stops at 100,000.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u32> {
        self.0.0.total(ctx).await
    }

    /// Time as of which the figures hold [per tanggal].
    async fn as_of(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime::from_micros(Graph::of(ctx)?.reader().since_micros()))
    }
}

impl<N: Aggregated> ResolveInline for FiguresPage<N> {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<GraphqlValue> {
        inline::object(ctx, self).await
    }
}

/// The figures of one group.
#[derive(Debug)]
pub struct FiguresRow<N> {
    row: Arc<FigureRow>,
    noun: PhantomData<fn() -> N>,
}

/// One key of a group: a dimension and its value.
#[derive(Clone, Debug)]
pub struct KeyValue {
    pub dimension: &'static Dimension,
    pub value: Value,
}

impl<N: Aggregated> Target for FiguresRow<N> {
    const TABLES: &'static [fn() -> &'static Table] = &[];
    const FIELDS: &'static [Fields] = &[];

    fn from_any(_: usize, row: &AnyRow) -> Result<Self> {
        Ok(Self { row: row.downcast()?, noun: PhantomData })
    }
}

impl<N: Aggregated> FiguresRow<N> {
    /// Queries figures on all rows of an edge of `parent` that match, as one group.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand.
    pub async fn whole<W: Where<Noun = N>>(
        ctx: &Context<'_>,
        edge: &'static Many<N>,
        parent: impl Into<Value>,
        filter: Option<W>,
    ) -> Result<Self> {
        let ask = edge.figures(&Wishes::whole(filter), &FieldArguments::of(ctx).chosen())?;
        let Items(rows) = ask.list(ctx, parent).await?;
        rows.into_iter().next().ok_or_else(|| Error::Internal("figures without a row".into()))
    }

    fn keys(&self) -> Vec<N::Key> {
        let by = self.row.grouped.by.iter().enumerate();
        by.map(|(nth, dimension)| {
            let dimension = &N::figures().dimensions[*dimension];
            KeyValue { dimension, value: self.row.value(nth) }.into()
        })
        .collect()
    }

    fn number(&self, column: Column) -> Option<Result<i32>> {
        self.row.number(column).map(fitting)
    }
}

impl<N: Aggregated> ContainerType for FiguresRow<N> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<GraphqlValue>> {
        let figures = N::figures();
        let beneath = ctx.with_selection_set(&ctx.item.node.selection_set);
        let name = ctx.item.node.name.node.as_str();
        let resolved = match name {
            "keys" => Items(self.keys()).resolve(&beneath, ctx.item).await?,
            "count" => self.number(Figures::count()).resolve(&beneath, ctx.item).await?,
            _ => {
                if let Some(distinct) = figures.distinct.iter().find(|distinct| distinct.name == name) {
                    self.number(distinct.column).resolve(&beneath, ctx.item).await?
                } else if let Some(measured) = figures.measures.iter().find(|measured| measured.name == name)
                {
                    let taken = Taken { row: &self.row, measured };
                    match measured.measure.amount {
                        Amount::Int => Inline(taken.int()).resolve(&beneath, ctx.item).await?,
                        Amount::Rupiah => Inline(taken.rupiah()).resolve(&beneath, ctx.item).await?,
                        Amount::Decimal(places) => {
                            Inline(taken.decimal(places)).resolve(&beneath, ctx.item).await?
                        }
                    }
                } else {
                    return Ok(None);
                }
            }
        };
        Ok(Some(resolved))
    }
}

impl<N: Aggregated> OutputType for FiguresRow<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Figures", N::figures().name).into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let figures = N::figures();
            let mut fields = IndexMap::new();
            let mut field = |name: &str, kind: String, description: &str| {
                let field =
                    MetaField { description: Some(description.to_owned()), ..MetaField::new(name, kind) };
                fields.insert(name.to_owned(), field);
            };
            let keys = <Items<N::Key>>::create_type_info(registry);
            field("keys", keys, "Keys of the group, one for each dimension, in the order of `groupBy`.");
            field("count", "Int!".to_owned(), &format!("Number of {} [jumlah].", figures.rows));
            for distinct in &figures.distinct {
                field(distinct.name, "Int!".to_owned(), distinct.description);
            }
            for measured in &figures.measures {
                let kind = match measured.measure.amount {
                    Amount::Int => <Inline<IntFigure>>::create_type_info(registry),
                    Amount::Rupiah => <Inline<RupiahFigure>>::create_type_info(registry),
                    Amount::Decimal(_) => <Inline<DecimalFigure>>::create_type_info(registry),
                };
                field(measured.name, kind, measured.description);
            }
            let words = format!("Figures on {}, for one group or for all rows.", figures.rows);
            ObjectBuilder::new(Self::type_name(), fields).description(Some(words)).build()
        })
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<GraphqlValue> {
        self.resolve_inline(ctx).await
    }
}

impl<N: Aggregated> ResolveInline for FiguresRow<N> {
    async fn resolve_inline(&self, ctx: &ContextSelectionSet<'_>) -> ServerResult<GraphqlValue> {
        inline::object(ctx, self).await
    }
}

inline_object! { IntFigure, RupiahFigure, DecimalFigure }

/// Figures on an integer; null when no row has a value.
#[derive(Debug, SimpleObject)]
struct IntFigure {
    /// Sum.
    sum: Option<Result<i32>>,
    /// Average, to two decimals.
    average: Option<Decimal>,
    /// Minimum.
    minimum: Option<Result<i32>>,
    /// Maximum.
    maximum: Option<Result<i32>>,
}

/// Exact figures on an amount of money; null when no row has a value.
#[derive(Debug, SimpleObject)]
struct RupiahFigure {
    /// Sum.
    sum: Option<Exact<Rupiah>>,
    /// Average, to two decimals.
    average: Option<Decimal>,
    /// Minimum.
    minimum: Option<Rupiah>,
    /// Maximum.
    maximum: Option<Rupiah>,
}

/// Figures on a decimal number; null when no row has a value or when units are mixed.
#[derive(Debug, SimpleObject)]
struct DecimalFigure {
    /// Sum.
    sum: Option<Exact<Decimal>>,
    /// Average, to two decimals.
    average: Option<Decimal>,
    /// Minimum.
    minimum: Option<Decimal>,
    /// Maximum.
    maximum: Option<Decimal>,
}

/// The statistics of one measure in a group.
struct Taken<'a> {
    row: &'a FigureRow,
    measured: &'a Measured,
}

impl Taken<'_> {
    fn number(&self, statistic: Statistic) -> Option<i64> {
        self.row.number(self.measured.column(statistic))
    }

    fn sum(&self) -> Option<i128> {
        Some(exact::sum(self.number(Statistic::SumHigh)?, self.number(Statistic::SumLow)?))
    }

    fn average(&self) -> Option<Decimal> {
        let average = exact::average(self.sum()?, self.number(Statistic::Count)?, self.measured.places())?;
        // An average lies between the smallest and the largest, which a column holds.
        i64::try_from(average).ok().map(Decimal::hundredths)
    }

    fn int(&self) -> IntFigure {
        IntFigure {
            sum: self.sum().map(fitting),
            average: self.average(),
            minimum: self.number(Statistic::Minimum).map(fitting),
            maximum: self.number(Statistic::Maximum).map(fitting),
        }
    }

    fn rupiah(&self) -> RupiahFigure {
        RupiahFigure {
            sum: self.sum().map(|sum| Exact(exact::decimal(sum, 0), PhantomData)),
            average: self.average(),
            minimum: self.number(Statistic::Minimum).map(Rupiah::from),
            maximum: self.number(Statistic::Maximum).map(Rupiah::from),
        }
    }

    fn decimal(&self, places: u32) -> DecimalFigure {
        let number = |statistic| self.number(statistic).map(|units| Decimal::of(units, places));
        DecimalFigure {
            sum: self.sum().map(|sum| Exact(exact::decimal(sum, places), PhantomData)),
            average: self.average(),
            minimum: number(Statistic::Minimum),
            maximum: number(Statistic::Maximum),
        }
    }
}

fn fitting(number: impl TryInto<i32>) -> Result<i32> {
    number.try_into().map_err(|_| Error::bad_input("the figure does not fit a 32-bit Int; narrow `where`"))
}

/// A number in the format of a scalar that may exceed 64 bits.
#[derive(Debug)]
struct Exact<T>(String, PhantomData<fn() -> T>);

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
