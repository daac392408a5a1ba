//! What a noun declares: the dimensions of its figures, what is counted apart, and what is measured.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use async_graphql::OutputType;

use crate::{
    access::Personal,
    graph::{
        filter::Expression,
        guard::Subject,
        load::{Column, Kind, TableName},
    },
};

/// How many dimensions one question may group by.
pub(super) const MAX_DIMENSIONS: usize = 6;

const KEYS: [&str; MAX_DIMENSIONS] = ["k0", "k1", "k2", "k3", "k4", "k5"];

/// Everything that can be asked of the figures of one noun.
pub struct Figures {
    /// What the types of the schema begin with, such as `Linkage`.
    pub name: &'static str,
    /// What the rows are, in words, such as `linkages`.
    pub rows: &'static str,
    pub(in crate::graph) dimensions: Vec<Dimension>,
    pub(in crate::graph) distinct: Vec<Distinct>,
    pub(in crate::graph) measures: Vec<Measured>,
}

/// Something that rows can be grouped by.
pub struct Dimension {
    /// Enum value, such as `SUPPLIER_PROVINCE`.
    pub name: &'static str,
    pub description: &'static str,
    pub label: Label,
    pub(in crate::graph) grouping: Grouping,
    pub(super) personal: Option<&'static Personal>,
}

/// How the key of a group is taken from a row.
#[derive(Clone, Debug)]
pub(in crate::graph) enum Grouping {
    Value(Expression),
    /// So many first letters of a region's code; null where it has fewer.
    Rung(Expression, usize),
    Part(Expression, Period),
}

/// A part of the calendar that a day falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Year,
    Quarter,
    Month,
}

/// What people call the key of a group.
#[derive(Clone, Debug)]
pub enum Label {
    /// As it is written.
    Itself,
    /// The Indonesian word in the description of a value of this enum.
    Vocabulary(String),
    Calendar(Period),
    /// The name of the row that it is the key of, a row of this noun.
    Row(&'static str),
    /// The name of the place whose code it is.
    Place,
}

/// A number of different values.
pub(in crate::graph) struct Distinct {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(in crate::graph) of: Counted,
    pub(in crate::graph) column: Column,
    pub(super) personal: Option<&'static Personal>,
}

/// What different values are counted of.
#[derive(Clone, Debug)]
pub(in crate::graph) enum Counted {
    Own(Expression),
    Linked(Linked),
}

/// Values that a table of pairs links to a row, whose pairs are numbered from 0 on.
#[derive(Clone, Copy, Debug)]
pub struct Linked {
    pub(in crate::graph) table: TableName,
    pub(in crate::graph) parent: Column,
    pub(in crate::graph) value: Column,
    pub(in crate::graph) position: Column,
}

impl Linked {
    /// In `table`: the row's key, the value, and the pair's number.
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

/// A number that is summed, averaged and compared.
#[derive(Clone, Debug)]
pub struct Measure {
    pub(in crate::graph) of: Expression,
    pub(super) amount: Amount,
    pub(super) personal: Option<&'static Personal>,
    /// The unit it is counted in: sums over several units are none.
    pub(in crate::graph) unit: Option<Expression>,
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Int,
    Rupiah,
    /// With so many decimal places.
    Decimal(u32),
}

/// A measure in its place among the figures.
pub(in crate::graph) struct Measured {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(in crate::graph) measure: Measure,
    columns: [Column; Statistic::ALL.len()],
}

/// What is taken of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph) enum Statistic {
    /// How many rows have one.
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

    /// Nothing is taken of a group that mixes units.
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
    /// The column that holds it when it comes `place`th.
    pub(in crate::graph) fn column(&self, place: usize) -> Column {
        let kind = match &self.grouping {
            Grouping::Value(expression) => expression.kind(),
            Grouping::Rung(..) | Grouping::Part(..) => Kind::Text,
        };
        Column { name: KEYS[place], index: place, kind, nullable: true, on_link: false }
    }
}

impl Figures {
    /// Of one noun, with nothing to ask yet; `name` is what its types begin with, `rows` what they are in words.
    #[must_use]
    pub fn of(name: &'static str, rows: &'static str) -> Self {
        Self { name, rows, dimensions: Vec::new(), distinct: Vec::new(), measures: Vec::new() }
    }

    /// By what it is.
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

    /// By a word of a vocabulary.
    #[must_use]
    pub fn by_word<E: OutputType>(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
    ) -> Self {
        self.by(name, description, of, Label::Vocabulary(E::type_name().into_owned()))
    }

    /// By a row of the noun called `noun`, whose key it is.
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

    /// By the region above that has so long a code.
    #[must_use]
    pub fn by_rung(
        self,
        name: &'static str,
        description: &'static str,
        code: impl Into<Subject<Expression>>,
        length: usize,
    ) -> Self {
        self.grouped(name, description, code.into(), |code| Grouping::Rung(code, length), Label::Place)
    }

    /// By year, quarter and month of a day, under the three names and descriptions.
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

    /// A number of different values.
    #[must_use]
    pub fn distinct(
        self,
        name: &'static str,
        description: &'static str,
        of: impl Into<Subject<Expression>>,
    ) -> Self {
        self.counted(name, description, of.into(), Counted::Own)
    }

    /// A number of different values that the rows are linked to.
    #[must_use]
    pub fn distinct_linked(
        self,
        name: &'static str,
        description: &'static str,
        linked: impl Into<Subject<Linked>>,
    ) -> Self {
        self.counted(name, description, linked.into(), Counted::Linked)
    }

    fn counted<S>(
        mut self,
        name: &'static str,
        description: &'static str,
        Subject { of, personal }: Subject<S>,
        counted: impl FnOnce(S) -> Counted,
    ) -> Self {
        let index = MAX_DIMENSIONS + 1 + self.distinct.len();
        let column = number(format!("d{}", self.distinct.len()), index, false);
        self.distinct.push(Distinct { name, description, of: counted(of), column, personal });
        self
    }

    /// A number that is measured; what is counted apart is declared before.
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

    /// How many rows a group has.
    pub(in crate::graph) fn count() -> Column {
        Column { name: "n", index: MAX_DIMENSIONS, kind: Kind::Integer, nullable: false, on_link: false }
    }

    /// How many columns a row of figures has at most.
    pub(in crate::graph) fn width(&self) -> usize {
        MAX_DIMENSIONS + 1 + self.distinct.len() + self.measures.len() * Statistic::ALL.len()
    }
}

/// A column of figures. They are made once for each noun, and live as long as the process.
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
