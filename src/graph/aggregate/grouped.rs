//! An aggregate query, as the loader sees it: the groups and the columns wanted.

use std::{any::Any, collections::BTreeSet, sync::Arc};

use super::{Figures, Statistic};
use crate::{
    access::{Personal, Use},
    graph::{
        Result,
        filter::{Condition, Expression},
        load::{Chosen, Column, Row},
        order::Term,
        personal_data::permit,
        value::Value,
    },
};

#[cfg(test)]
mod tests;

/// How the rows of a list are grouped, and which figures are computed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grouped {
    pub(in crate::graph) figures: &'static Figures,
    /// Dimensions, as indexes into [`Figures`].
    pub(in crate::graph) by: Vec<usize>,
    /// The condition on groups.
    pub(in crate::graph) having: Condition,
    /// Columns of the result, as indexes into a row of figures.
    pub(in crate::graph) wanted: BTreeSet<usize>,
    /// Columns that only conditions use.
    used: BTreeSet<usize>,
}

impl Grouped {
    /// Creates a query for the figures that are `chosen` by their names in the schema, and those that its order
    /// compares.
    ///
    /// # Errors
    /// `FORBIDDEN` when it uses a personal figure in any way.
    pub(super) fn new(
        figures: &'static Figures,
        by: Vec<usize>,
        having: Condition,
        order: &[Term],
        chosen: &[Chosen<'_>],
    ) -> Result<Self> {
        let mut wanted: BTreeSet<usize> = (0..by.len()).collect();
        // A row of figures has a column at least.
        wanted.insert(Figures::count().index);
        let mut used = BTreeSet::new();
        having.columns(&mut |column| {
            used.insert(column.index);
        });
        for term in order {
            if let Expression::Column(column) = term.by {
                wanted.insert(column.index);
            }
        }
        for (name, of) in chosen {
            let distinct = figures.distinct.iter().filter(|distinct| distinct.name == *name);
            wanted.extend(distinct.map(|distinct| distinct.column.index));
            let measures = figures.measures.iter().filter(|measured| measured.name == *name);
            let shown = of.iter().flat_map(|statistic| shown_from(statistic));
            wanted.extend(
                measures
                    .flat_map(|measured| shown.clone().map(|statistic| measured.column(*statistic).index)),
            );
        }
        let grouped = Self { figures, by, having, wanted, used };
        grouped.personal().try_for_each(|personal| permit(personal, Use::Group))?;
        Ok(grouped)
    }

    /// The permissions for the figures that it uses.
    fn personal(&self) -> impl Iterator<Item = &'static Personal> {
        let dimensions = self.by.iter().map(|at| self.figures.dimensions[*at].personal);
        let distinct = self.figures.distinct.iter().filter(|distinct| self.needs(&distinct.column));
        let measures = self.figures.measures.iter().filter(|measured| {
            Statistic::ALL.iter().any(|statistic| self.needs(&measured.column(*statistic)))
        });
        dimensions
            .chain(distinct.map(|distinct| distinct.personal))
            .chain(measures.map(|measured| measured.measure.personal))
            .flatten()
    }

    /// Whether a column is used.
    pub(in crate::graph) fn needs(&self, column: &Column) -> bool {
        self.wanted.contains(&column.index) || self.used.contains(&column.index)
    }

    /// The columns of the result, in order.
    pub(in crate::graph) fn columns(&self) -> Vec<Column> {
        let Self { figures, by, .. } = self;
        let keys = by.iter().enumerate().map(|(nth, dimension)| figures.dimensions[*dimension].column(nth));
        let own = [Figures::count()];
        let distinct = figures.distinct.iter().map(|distinct| distinct.column);
        let measured = figures
            .measures
            .iter()
            .flat_map(|measured| Statistic::ALL.into_iter().map(|statistic| measured.column(statistic)));
        let all = keys.chain(own).chain(distinct).chain(measured);
        all.filter(|column| self.wanted.contains(&column.index)).collect()
    }

    /// The part of a cursor's fingerprint that identifies this grouping.
    pub(in crate::graph) fn identity(&self) -> impl std::fmt::Debug {
        (self.figures.name, self.by.clone(), self.having.clone())
    }
}

/// The statistics that a field of a measure is computed from. An average is computed here from sum and count; the
/// statement computes one only to compare it.
fn shown_from(field: &str) -> &'static [Statistic] {
    use Statistic::{Count, Maximum, Minimum, SumHigh, SumLow};
    match field {
        "sum" => &[SumHigh, SumLow],
        "average" => &[SumHigh, SumLow, Count],
        "minimum" => &[Minimum],
        "maximum" => &[Maximum],
        _ => &[],
    }
}

/// A row of figures: one value per column, null for columns that were not wanted.
#[derive(Clone, Debug)]
pub struct FigureRow {
    pub(in crate::graph) grouped: Arc<Grouped>,
    pub(in crate::graph) values: Vec<Value>,
}

impl Row for FigureRow {
    fn value(&self, index: usize) -> Value {
        self.values.get(index).cloned().unwrap_or(Value::Null)
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

impl FigureRow {
    pub(super) fn number(&self, column: Column) -> Option<i64> {
        match self.values.get(column.index) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }
}
