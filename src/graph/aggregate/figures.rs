//! The figures that a noun declares: dimensions, distinct counts and measures.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use entity::vocabulary::label::Labelled;

use crate::{
    access::Personal,
    graph::{
        filter::Expression,
        load::{Column, Kind, TableName},
        personal_data::Subject,
    },
};

/// The most dimensions in a `groupBy`.
pub(super) const MAX_DIMENSIONS: usize = 6;

const KEYS: [&str; MAX_DIMENSIONS] = ["k0", "k1", "k2", "k3", "k4", "k5"];

/// All figures of one noun.
pub struct Figures {
    /// Prefix of the names of its types in the schema, such as `Linkage`.
    pub name: &'static str,
    /// Plural name of the rows in descriptions, such as `linkages`.
    pub rows: &'static str,
    pub(in crate::graph) dimensions: Vec<Dimension>,
    pub(in crate::graph) distinct: Vec<Distinct>,
    pub(in crate::graph) measures: Vec<Measured>,
}

/// A dimension that rows can be grouped by.
pub struct Dimension {
    /// Enum value, such as `SUPPLIER_PROVINCE`.
    pub name: &'static str,
    pub description: &'static str,
    pub label: Label,
    pub(in crate::graph) grouping: Grouping,
    pub(super) personal: Option<&'static Personal>,
}

/// How the key of a group is computed from a row.
#[derive(Clone, Debug)]
pub(in crate::graph) enum Grouping {
    Value(Expression),
    /// The first characters of a region code, up to this length; null for a shorter code.
    Rung(Expression, usize),
    Part(Expression, Period),
}

/// A calendar period of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Year,
    Quarter,
    Month,
}

/// How the key of a group is labelled.
#[derive(Clone, Debug)]
pub enum Label {
    /// By the key itself.
    Itself,
    /// By the label of the value of this enum.
    Vocabulary(&'static str),
    Calendar(Period),
    /// By the name of the row of this noun that has the key.
    Row(&'static str),
    /// By the name of the region with this code.
    RegionName,
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

/// A measure: a number that is summed, averaged and compared.
#[derive(Clone, Debug)]
pub struct Measure {
    pub(in crate::graph) of: Expression,
    pub(super) amount: Amount,
    pub(super) personal: Option<&'static Personal>,
    /// The unit of the number: figures over several units are null.
    pub(in crate::graph) unit: Option<Expression>,
}

/// The type of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Int,
    Rupiah,
    /// A decimal with this many decimal places.
    Decimal(u32),
}

/// A measure with its name and its columns.
pub(in crate::graph) struct Measured {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(in crate::graph) measure: Measure,
    columns: [Column; Statistic::ALL.len()],
}

/// A statistic of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Statistic {
    /// Number of rows with a value.
    Count,
    SumHigh,
    SumLow,
    Average,
    Minimum,
    Maximum,
}

impl Statistic {
    pub(in crate::graph) const ALL: [Self; 6] =
        [Self::Count, Self::SumHigh, Self::SumLow, Self::Average, Self::Minimum, Self::Maximum];
}

impl Amount {
    pub(in crate::graph) fn places(self) -> u32 {
        match self {
            Self::Int | Self::Rupiah => 0,
            Self::Decimal(places) => places,
        }
    }
}

impl Measure {
    #[must_use]
    pub fn int(of: impl Into<Subject<Expression>>) -> Self {
        Self::of(of.into(), Amount::Int)
    }

    #[must_use]
    pub fn rupiah(of: impl Into<Subject<Expression>>) -> Self {
        Self::of(of.into(), Amount::Rupiah)
    }

    #[must_use]
    pub fn decimal(of: impl Into<Subject<Expression>>, places: u32) -> Self {
        Self::of(of.into(), Amount::Decimal(places))
    }

    fn of(Subject { of, personal }: Subject<Expression>, amount: Amount) -> Self {
        Self { of, amount, personal, unit: None }
    }

    /// Makes its figures null for a group with several units.
    #[must_use]
    pub fn in_unit(self, unit: impl Into<Expression>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }
}

impl Measured {
    pub(in crate::graph) fn column(&self, statistic: Statistic) -> Column {
        self.columns[statistic as usize]
    }

    pub(in crate::graph) fn places(&self) -> u32 {
        self.measure.amount.places()
    }
}

impl Dimension {
    /// The column of its key when it is the dimension number `nth`, from 0.
    pub(in crate::graph) fn column(&self, nth: usize) -> Column {
        let kind = match &self.grouping {
            Grouping::Value(expression) => expression.kind(),
            Grouping::Rung(..) | Grouping::Part(..) => Kind::Text,
        };
        Column { name: KEYS[nth], index: nth, kind, nullable: true, on_link: false }
    }
}

impl Figures {
    /// Creates the figures of one noun, without dimensions or measures; `name` is the prefix of its types, `rows` the
    /// plural name of its rows.
    #[must_use]
    pub fn of(name: &'static str, rows: &'static str) -> Self {
        Self { name, rows, dimensions: Vec::new(), distinct: Vec::new(), measures: Vec::new() }
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
    pub fn by_word<E: Labelled>(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
    ) -> Self {
        self.by(name, description, of, Label::Vocabulary(E::NAME))
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
        let columns = ["c", "s", "t", "a", "l", "h"];
        let columns =
            std::array::from_fn(|offset| number(format!("{}{at}", columns[offset]), first + offset, true));
        self.measures.push(Measured { name, description, measure, columns });
        self
    }

    /// The column of the number of rows in a group.
    pub(in crate::graph) fn count() -> Column {
        Column { name: "n", index: MAX_DIMENSIONS, kind: Kind::Integer, nullable: false, on_link: false }
    }

    /// The most columns of a row of figures.
    pub(in crate::graph) fn width(&self) -> usize {
        MAX_DIMENSIONS + 1 + self.distinct.len() + self.measures.len() * Statistic::ALL.len()
    }
}

/// Creates a column of figures. Columns are created once for each noun and live as long as the process.
fn number(name: String, index: usize, nullable: bool) -> Column {
    Column { name: Box::leak(name.into_boxed_str()), index, kind: Kind::Integer, nullable, on_link: false }
}

impl PartialEq for Figures {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Figures {}

impl PartialOrd for Figures {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Figures {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

impl Hash for Figures {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl fmt::Debug for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
