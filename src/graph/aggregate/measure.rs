//! Measures: numbers of rows, and the columns of their statistics.

use super::Statistic;
use crate::{
    access::Personal,
    graph::{
        filter::Expression,
        load::{Column, Kind},
        personal_data::Subject,
    },
};

/// A measure: a number that is summed, averaged and compared.
#[derive(Clone, Debug)]
pub struct Measure {
    pub(in crate::graph) of: Expression,
    pub(super) amount: Amount,
    pub(super) personal: Option<&'static Personal>,
    /// The unit of the number: figures over several units are null.
    pub(in crate::graph) unit: Option<Expression>,
    /// The year that the number is about: figures over several years are null.
    pub(in crate::graph) year: Option<Expression>,
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

    /// The days from one date to another; negative where the second is the earlier one.
    #[must_use]
    pub fn days(from: impl Into<Column>, to: impl Into<Column>) -> Self {
        Self::int(Expression::Days(from.into(), to.into()))
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
        Self { of, amount, personal, unit: None, year: None }
    }

    /// Makes its figures null for a group with several units.
    #[must_use]
    pub fn in_unit(self, unit: impl Into<Expression>) -> Self {
        Self { unit: Some(unit.into()), ..self }
    }

    /// Makes its figures null for a group with several years.
    #[must_use]
    pub fn in_year(self, year: impl Into<Expression>) -> Self {
        Self { year: Some(year.into()), ..self }
    }
}

impl Measured {
    /// The measure number `at`, whose columns begin at the index `first`.
    pub(super) fn new(
        (name, description): (&'static str, &'static str),
        measure: Measure,
        at: usize,
        first: usize,
    ) -> Self {
        let letters = Statistic::LETTERS;
        let columns =
            std::array::from_fn(|offset| number(format!("{}{at}", letters[offset]), first + offset, true));
        Self { name, description, measure, columns }
    }

    pub(in crate::graph) fn column(&self, statistic: Statistic) -> Column {
        self.columns[statistic as usize]
    }

    pub(in crate::graph) fn places(&self) -> u32 {
        self.measure.amount.places()
    }
}

/// Creates a column of figures. Columns are created once for each noun and live as long as the process.
pub(super) fn number(name: String, index: usize, nullable: bool) -> Column {
    Column { name: Box::leak(name.into_boxed_str()), index, kind: Kind::Integer, nullable, on_link: false }
}
