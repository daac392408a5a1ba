//! What conditions and orders are about: a column, or something computed from the rows around it.

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
    /// What holds of the row that an edge leads to; null where it leads nowhere.
    Through(&'static Edge, Box<Self>),
    /// How many rows of an edge fit.
    Count(&'static Edge, Box<Condition>),
    /// The sum of a column over the rows of an edge that fit: of what it holds, in units of 2³², rounded down; null
    /// over none. Both halves together are exact where the whole would not fit 64 bits.
    SumHigh(&'static Edge, Box<Condition>, Column),
    /// What [`Expression::SumHigh`] rounds away, from 0 to 2³² − 1.
    SumLow(&'static Edge, Box<Condition>, Column),
    /// A sum among figures that may outgrow 64 bits, by the columns that hold its halves.
    Halves(Column, Column),
    /// The bits of a set that also stand in the mask.
    Bits(Column, i64),
    /// How well the row answers the list's search.
    Relevance,
    /// How far a place is from another, as [`UnitVector::measure`] tells it; null without a place.
    Distance {
        to: Location,
        from: UnitVector,
    },
}

impl Expression {
    /// What holds of the row that `edge` leads to.
    #[must_use]
    pub fn through<T: Target>(edge: &'static One<T>, of: impl Into<Self>) -> Self {
        Self::Through(edge.edge(), Box::new(of.into()))
    }

    /// How many of the rows that `edge` leads to fit; all when nobody says.
    ///
    /// # Errors
    /// As [`Where::condition`].
    pub fn count<W: Where>(edge: &'static Many<W::Noun>, only: Option<&W>) -> Result<Self> {
        Ok(Self::Count(edge.edge(), Box::new(fitting(only)?)))
    }

    /// The sum of a column over the rows that `edge` leads to and that fit, as both of its halves.
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

    /// Whether it stands in no column of the row or its link.
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
