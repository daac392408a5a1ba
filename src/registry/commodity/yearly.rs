//! The years of a cooperative's commodity records that are meant: its own latest year, unless the caller names one.

use std::sync::LazyLock;

use async_graphql::MaybeUndefined;
use entity::cooperative_commodity::Column;

use super::{CooperativeCommodity, CooperativeCommodityWhere};
use crate::graph::{
    Result,
    filter::{Clause, Condition, Related},
    load::{Many, Noun},
};

/// The condition on the year of a cooperative's commodity records: the given year; any, if `conditions` compare years
/// themselves; else the cooperative's latest.
pub(in crate::registry) fn of_year(
    year: Option<i32>,
    conditions: Option<&CooperativeCommodityWhere>,
) -> Condition {
    match year {
        Some(year) => Condition::equal(Column::Year, year),
        None if conditions.is_some_and(CooperativeCommodityWhere::names_year) => Condition::always(),
        None => Condition::Latest {
            column: Column::Year.into(),
            table: CooperativeCommodity::table(),
            within: Column::CooperativeId.into(),
        },
    }
}

/// An edge to the commodity records of a cooperative, of which conditions consider one year.
#[derive(Debug)]
pub(in crate::registry) struct Yearly(pub(in crate::registry) &'static LazyLock<Many<CooperativeCommodity>>);

impl Clause<Yearly> for Related<CooperativeCommodityWhere> {
    fn on(&self, Yearly(edge): Yearly) -> Result<Condition> {
        let in_common = matches!(&self.r#where, MaybeUndefined::Value(common) if common.names_year());
        self.of_each(edge.edge(), &|conditions| {
            if in_common { Condition::always() } else { of_year(None, conditions) }
        })
    }
}
