//! The figures that a noun declares: dimensions, distinct counts and measures.

use async_graphql::OutputType;

use super::{
    Dimension, Grouping, Label, Measure, Measured, Period, Statistic, measure::number,
    statistic::MAX_PERCENTILES,
};
use crate::{
    access::Personal,
    graph::{
        filter::Expression,
        load::{Column, Kind, Table, TableName},
        personal_data::Subject,
    },
};

/// The most dimensions in a `groupBy`.
pub(super) const MAX_DIMENSIONS: usize = 6;

/// The names of the columns of percentiles.
const PERCENTILES: [&str; MAX_PERCENTILES] = [
    "pct0", "pct1", "pct2", "pct3", "pct4", "pct5", "pct6", "pct7", "pct8", "pct9", "pct10", "pct11",
    "pct12", "pct13", "pct14", "pct15", "pct16", "pct17", "pct18", "pct19",
];

/// All figures of one noun.
pub struct Figures {
    /// Prefix of the names of its types in the schema, such as `Linkage`.
    pub name: &'static str,
    /// Plural name of the rows in descriptions, such as `linkages`.
    pub rows: &'static str,
    pub(in crate::graph) dimensions: Vec<Dimension>,
    pub(in crate::graph) distinct: Vec<Distinct>,
    pub(in crate::graph) measures: Vec<Measured>,
    /// The table whose newest change dates the figures, if it is not the noun's own.
    pub(super) dated_by: Option<fn() -> &'static Table>,
}

/// A count of distinct values.
pub(in crate::graph) struct Distinct {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(in crate::graph) of: DistinctValues,
    pub(in crate::graph) column: Column,
    pub(super) personal: Option<&'static Personal>,
}

/// What distinct values are counted of.
#[derive(Clone, Debug)]
pub(in crate::graph) enum DistinctValues {
    Own(Expression),
    Linked(Linked),
}

/// Values that a join table links to a row; its pairs are numbered from 0.
#[derive(Clone, Copy, Debug)]
pub struct Linked {
    pub(in crate::graph) table: TableName,
    pub(in crate::graph) parent: Column,
    pub(in crate::graph) value: Column,
    pub(in crate::graph) position: Column,
}

impl Linked {
    /// The columns of `table`: the key of the row, the value, and the number of the pair.
    #[must_use]
    pub fn by(
        table: impl Into<TableName>,
        parent: impl Into<Column>,
        value: impl Into<Column>,
        position: impl Into<Column>,
    ) -> Self {
        Self { table: table.into(), parent: parent.into(), value: value.into(), position: position.into() }
    }
}

impl Figures {
    /// Creates the figures of one noun, without dimensions or measures; `name` is the prefix of its types, `rows` the
    /// plural name of its rows.
    #[must_use]
    pub fn of(name: &'static str, rows: &'static str) -> Self {
        Self {
            name,
            rows,
            dimensions: Vec::new(),
            distinct: Vec::new(),
            measures: Vec::new(),
            dated_by: None,
        }
    }

    /// Adds a dimension by the value of an expression.
    #[must_use]
    pub fn by(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
        label: Label,
    ) -> Self {
        self.grouped(name, description, of.into(), Grouping::Value, label)
    }

    fn grouped(
        mut self,
        name: &'static str,
        description: &'static str,
        Subject { of, personal }: Subject<Expression>,
        grouping: impl FnOnce(Expression) -> Grouping,
        label: Label,
    ) -> Self {
        self.dimensions.push(Dimension { name, description, label, grouping: grouping(of), personal });
        self
    }

    /// Adds a dimension by an enum value.
    #[must_use]
    pub fn by_word<E: OutputType>(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
    ) -> Self {
        self.by(name, description, of, Label::Vocabulary(E::type_name().into_owned()))
    }

    /// Adds a dimension by the key of a row of the noun `noun`.
    #[must_use]
    pub fn by_row(
        self,
        name: &'static str,
        description: &'static str,
        noun: &'static str,
        key: impl Into<Subject<Expression>>,
    ) -> Self {
        self.by(name, description, key, Label::Row(noun))
    }

    /// Adds a dimension by the region above whose code has this length.
    #[must_use]
    pub fn by_rung(
        self,
        name: &'static str,
        description: &'static str,
        code: impl Into<Subject<Expression>>,
        length: usize,
    ) -> Self {
        self.grouped(name, description, code.into(), |code| Grouping::Rung(code, length), Label::RegionName)
    }

    /// Adds three dimensions by year, quarter and month of a date, with these names and descriptions.
    #[must_use]
    pub fn by_calendar(
        self,
        names: [(&'static str, &'static str); 3],
        day: impl Into<Subject<Expression>>,
    ) -> Self {
        let day = day.into();
        let periods = [Period::Year, Period::Quarter, Period::Month];
        names.into_iter().zip(periods).fold(self, |figures, ((name, description), period)| {
            let part = |day| Grouping::Part(day, period);
            figures.grouped(name, description, day.clone(), part, Label::Calendar(period))
        })
    }

    /// Adds a count of distinct values.
    #[must_use]
    pub fn distinct(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
    ) -> Self {
        self.counted(name, description, of.into(), DistinctValues::Own)
    }

    /// Adds a count of distinct values that a join table links to the rows.
    #[must_use]
    pub fn distinct_linked(
        self,
        name: &'static str,
        description: &'static str,
        linked: impl Into<Subject<Linked>>,
    ) -> Self {
        self.counted(name, description, linked.into(), DistinctValues::Linked)
    }

    fn counted<S>(
        mut self,
        name: &'static str,
        description: &'static str,
        Subject { of, personal }: Subject<S>,
        values: impl FnOnce(S) -> DistinctValues,
    ) -> Self {
        let index = MAX_DIMENSIONS + 1 + self.distinct.len();
        let column = number(format!("d{}", self.distinct.len()), index, false);
        self.distinct.push(Distinct { name, description, of: values(of), column, personal });
        self
    }

    /// Adds a measure. Distinct counts have to be declared before.
    #[must_use]
    pub fn measure(mut self, name: &'static str, description: &'static str, measure: Measure) -> Self {
        let at = self.measures.len();
        let first = MAX_DIMENSIONS + 1 + self.distinct.len() + at * Statistic::ALL.len();
        self.measures.push(Measured::new((name, description), measure, at, first));
        self
    }

    /// Dates the figures by the newest change in another table, because the rows themselves have no time of change.
    #[must_use]
    pub fn dated_by(self, table: fn() -> &'static Table) -> Self {
        Self { dated_by: Some(table), ..self }
    }

    /// The column of the number of rows in a group.
    pub(in crate::graph) fn count() -> Column {
        Column { name: "n", index: MAX_DIMENSIONS, kind: Kind::Integer, nullable: false, on_link: false }
    }

    /// The column of percentile number `nth`, from 0; none beyond the last.
    pub(super) fn percentile(&self, nth: usize) -> Option<Column> {
        let name = PERCENTILES.get(nth)?;
        Some(Column { name, index: self.width() + nth, kind: Kind::Integer, nullable: true, on_link: false })
    }

    /// The most columns of a row of figures, without percentiles.
    pub(in crate::graph) fn width(&self) -> usize {
        MAX_DIMENSIONS + 1 + self.distinct.len() + self.measures.len() * Statistic::ALL.len()
    }
}
