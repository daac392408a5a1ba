//! The output types of aggregate fields: pages of groups, typed for each noun.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, InputType, Object, OutputType, Positioned, ServerResult,
    TypeName, Value as GraphqlValue,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{MetaField, MetaInputValue, MetaTypeId, ObjectBuilder, Registry},
};

use super::{
    Aggregated, Amount, Dimension, DimensionInput, FigureRow, Figures, Wishes,
    input::position,
    taken::{Taken, i32_of},
};
use crate::graph::{
    Error, Result,
    filter::Where,
    inline::{self, Inline, Items, ResolveInline},
    load::{AnyRow, Column, FieldArguments, Fields, Graph, Many, RecordCounts, Row, Table, Target},
    page::{Connection, PageInfo},
    scalar::{DateTime, Decimal, Rupiah},
    value::Value,
};

/// One page of groups with their figures. Figures include synthetic records without saying so: where the records have a
/// `source`, `where: {source: {ne: SYNTHETIC}}` leaves them out.
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

/// One page of groups with their figures. Figures include synthetic records without saying so: where the records have a
/// `source`, `where: {source: {ne: SYNTHETIC}}` leaves them out.
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

    /// Time of the newest change among all visible rows of the kind that the figures are about, up to five minutes old;
    /// null when there are none [per tanggal].
    async fn as_of(&self, ctx: &Context<'_>) -> Option<Result<DateTime>> {
        newest(ctx, N::figures().dated_by.unwrap_or(N::table)()).await.transpose()
    }
}

/// The time of the newest change among the visible rows of a table.
async fn newest(ctx: &Context<'_>, table: &'static Table) -> Result<Option<DateTime>> {
    let counts = ctx.data::<Arc<RecordCounts>>();
    let counts = counts.map_err(|_| Error::Internal("the request has no record counts".into()))?;
    let counted = counts.records(Graph::of(ctx)?.reader(), &[table]).await?;
    Ok(counted.iter().map(|count| count.newest).max().map(DateTime::from_micros))
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
        (0..self.row.grouped.by.len()).map(|nth| self.nth_key(nth)).collect()
    }

    fn nth_key(&self, nth: usize) -> N::Key {
        let dimension = &N::figures().dimensions[self.row.grouped.by[nth]];
        KeyValue { dimension, value: self.row.value(nth) }.into()
    }

    fn key(&self, ctx: &Context<'_>) -> Result<Inline<N::Key>> {
        let dimension = FieldArguments::of(ctx).read::<DimensionInput<N>>("dimension")?;
        Ok(Inline(self.nth_key(position(&self.row.grouped.by, &dimension)?)))
    }

    fn number(&self, column: Column) -> Option<Result<i32>> {
        self.row.number(column).map(i32_of)
    }
}

impl<N: Aggregated> ContainerType for FiguresRow<N> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<GraphqlValue>> {
        let figures = N::figures();
        let beneath = ctx.with_selection_set(&ctx.item.node.selection_set);
        let name = ctx.item.node.name.node.as_str();
        let resolved = match name {
            "keys" => Items(self.keys()).resolve(&beneath, ctx.item).await?,
            "key" => self.key(ctx).resolve(&beneath, ctx.item).await?,
            "count" => self.number(Figures::count()).resolve(&beneath, ctx.item).await?,
            _ => {
                if let Some(distinct) = figures.distinct.iter().find(|distinct| distinct.name == name) {
                    self.number(distinct.column).resolve(&beneath, ctx.item).await?
                } else if let Some(at) = figures.measures.iter().position(|measured| measured.name == name) {
                    let row = || Arc::clone(&self.row);
                    match figures.measures[at].measure.amount {
                        Amount::Int => {
                            Inline(Taken::<i32>::of(row(), at)).resolve(&beneath, ctx.item).await?
                        }
                        Amount::Rupiah => {
                            Inline(Taken::<Rupiah>::of(row(), at)).resolve(&beneath, ctx.item).await?
                        }
                        Amount::Decimal(_) => {
                            Inline(Taken::<Decimal>::of(row(), at)).resolve(&beneath, ctx.item).await?
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
            let key = <Inline<N::Key>>::create_type_info(registry);
            field(
                "key",
                key,
                "The key of the group in one dimension of `groupBy`; an error for another dimension, and without `groupBy`.",
            );
            field("count", "Int!".to_owned(), &format!("Number of {} [jumlah].", figures.rows));
            for distinct in &figures.distinct {
                field(distinct.name, "Int!".to_owned(), distinct.description);
            }
            for measured in &figures.measures {
                let kind = match measured.measure.amount {
                    Amount::Int => <Inline<Taken<i32>>>::create_type_info(registry),
                    Amount::Rupiah => <Inline<Taken<Rupiah>>>::create_type_info(registry),
                    Amount::Decimal(_) => <Inline<Taken<Decimal>>>::create_type_info(registry),
                };
                field(measured.name, kind, measured.description);
            }
            if let Some(key) = fields.get_mut("key") {
                let dimension = MetaInputValue {
                    description: Some("The dimension.".to_owned()),
                    ..MetaInputValue::new("dimension", DimensionInput::<N>::create_type_info(registry))
                };
                key.args.insert(dimension.name.clone(), dimension);
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
