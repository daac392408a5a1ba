//! An aggregate query, as the loader sees it: the groups and the columns wanted.

use std::{any::Any, collections::BTreeSet, sync::Arc};

use super::{Figures, Percentile, Statistic, statistic::MAX_PERCENTILES};
use crate::{
    access::{Personal, Use},
    graph::{
        Error, Result,
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
    /// Percentiles that are shown, by the index of their measure; a median is a statistic.
    percentiles: Vec<(usize, Percentile)>,
}

impl Grouped {
    /// Creates a query for the figures that are `chosen` by their names in the schema, and those that its order
    /// compares.
    ///
    /// # Errors
    /// `FORBIDDEN` when it uses a personal figure in any way; `BAD_USER_INPUT` for a percentile out of range, or too
    /// many of them.
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
        let mut percentiles = BTreeSet::new();
        for field in chosen {
            let distinct = figures.distinct.iter().filter(|distinct| distinct.name == field.name);
            wanted.extend(distinct.map(|distinct| distinct.column.index));
            let Some(at) = figures.measures.iter().position(|measured| measured.name == field.name) else {
                continue;
            };
            for statistic in &field.of {
                let mut shown = Statistic::shown_in(statistic.name);
                if statistic.name == "percentile" {
                    match Percentile::of(statistic.argument("p")?)? {
                        Percentile::MEDIAN => shown = &[Statistic::Median],
                        other => drop(percentiles.insert((at, other))),
                    }
                }
                wanted.extend(shown.iter().map(|of| figures.measures[at].column(*of).index));
            }
        }
        if percentiles.len() > MAX_PERCENTILES {
            return Err(Error::bad_input(format!(
                "figures have at most {MAX_PERCENTILES} different percentiles"
            )));
        }
        let percentiles: Vec<_> = percentiles.into_iter().collect();
        wanted.extend((0..percentiles.len()).map(|nth| figures.width() + nth));
        let grouped = Self { figures, by, having, wanted, used, percentiles };
        grouped.personal().try_for_each(|personal| permit(personal, Use::Group))?;
        Ok(grouped)
    }

    /// The permissions for the figures that it uses.
    fn personal(&self) -> impl Iterator<Item = &'static Personal> {
        let dimensions = self.by.iter().map(|at| self.figures.dimensions[*at].personal);
        let distinct = self.figures.distinct.iter().filter(|distinct| self.needs(&distinct.column));
        let measures = self.figures.measures.iter().enumerate().filter(|(at, _)| self.uses(*at));
        dimensions
            .chain(distinct.map(|distinct| distinct.personal))
            .chain(measures.map(|(_, measured)| measured.measure.personal))
            .flatten()
    }

    /// Whether any statistic of the measure at this index is used.
    pub(in crate::graph) fn uses(&self, at: usize) -> bool {
        let measured = &self.figures.measures[at];
        Statistic::ALL.iter().any(|statistic| self.needs(&measured.column(*statistic)))
            || self.percentiles.iter().any(|(of, _)| *of == at)
    }

    /// The percentiles of the measure at this index that are used, with their columns.
    pub(in crate::graph) fn percentiles(&self, at: usize) -> Vec<(Percentile, Column)> {
        let median = self.figures.measures[at].column(Statistic::Median);
        let median = self.needs(&median).then_some((Percentile::MEDIAN, median));
        let others = self.percentiles.iter().enumerate().filter(|(_, (of, _))| *of == at);
        let others =
            others.filter_map(|(nth, (_, percentile))| Some((*percentile, self.figures.percentile(nth)?)));
        median.into_iter().chain(others).collect()
    }

    /// The number of values of a row.
    pub(in crate::graph) fn width(&self) -> usize {
        self.figures.width() + self.percentiles.len()
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
        let percentiles = (0..self.percentiles.len()).filter_map(|nth| figures.percentile(nth));
        let all = keys.chain(own).chain(distinct).chain(measured).chain(percentiles);
        all.filter(|column| self.wanted.contains(&column.index)).collect()
    }

    /// The part of a cursor's fingerprint that identifies this grouping.
    pub(in crate::graph) fn identity(&self) -> impl std::fmt::Debug {
        (self.figures.name, self.by.clone(), self.having.clone())
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
