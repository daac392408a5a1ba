//! Expressions that conditions compare and orders sort by: a column, or a value computed from related rows.

use sea_orm::ColumnTrait;

use super::{Condition, Location, Where, fitting};
use crate::graph::{
    Result,
    load::{Column, Edge, Kind, Many, One, Target},
    place::UnitVector,
};

/// A value of a row that can be compared and sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expression {
    Column(Column),
    /// The value of an expression on the row that an edge leads to; null when there is none.
    Through(&'static Edge, Box<Self>),
    /// Number of rows of an edge that match.
    Count(&'static Edge, Box<Condition>),
    /// The upper half of the sum of a column over the rows of an edge that match: in units of 2³², rounded down; null
    /// over no rows. Both halves together are exact when the sum exceeds 64 bits.
    SumHigh(&'static Edge, Box<Condition>, Column),
    /// The lower half of that sum, from 0 to 2³² − 1.
    SumLow(&'static Edge, Box<Condition>, Column),
    /// A sum in figures that may exceed 64 bits, by the columns of its halves.
    Halves(Column, Column),
    /// The days from one date to another; null without either of them.
    Days(Column, Column),
    /// The bits of a set that are also in the mask.
    Bits(Column, i64),
    /// Relevance of the row to the list's `search`.
    Relevance,
    /// Distance from a point, as [`UnitVector::measure`] measures it; null without a location.
    Distance {
        to: Location,
        from: UnitVector,
    },
}

impl Expression {
    /// The value of an expression on the row that `edge` leads to.
    #[must_use]
    pub fn through<T: Target>(edge: &'static One<T>, of: impl Into<Self>) -> Self {
        Self::Through(edge.edge(), Box::new(of.into()))
    }

    /// Number of rows that `edge` leads to and that match; all when there is no condition.
    ///
    /// # Errors
    /// As [`Where::condition`].
    pub fn count<W: Where>(edge: &'static Many<W::Noun>, only: Option<&W>) -> Result<Self> {
        Ok(Self::Count(edge.edge(), Box::new(fitting(only)?)))
    }

    /// The sum of a column over the rows that `edge` leads to and that match, in two halves.
    #[must_use]
    pub fn sum<T: Target>(edge: &'static Many<T>, fits: Condition, column: impl Into<Column>) -> Vec<Self> {
        let (edge, fits, column) = (edge.edge(), Box::new(fits), column.into());
        vec![Self::SumHigh(edge, fits.clone(), column), Self::SumLow(edge, fits, column)]
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Column(column) => column.kind,
            Self::Through(_, of) => of.kind(),
            _ => Kind::Integer,
        }
    }

    #[must_use]
    pub fn nullable(&self) -> bool {
        match self {
            Self::Column(column) => column.nullable,
            Self::Count(..) | Self::Bits(..) | Self::Relevance => false,
            _ => true,
        }
    }

    /// Whether it is computed, that is, not a column of the row or its link.
    #[must_use]
    pub fn computed(&self) -> bool {
        !matches!(self, Self::Column(_))
    }
}

impl From<Column> for Expression {
    fn from(column: Column) -> Self {
        Self::Column(column)
    }
}

impl<C: ColumnTrait> From<C> for Expression {
    fn from(column: C) -> Self {
        Self::Column(column.into())
    }
}
