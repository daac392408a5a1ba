//! Rows that a condition refers to by their keys, such as regions, and that must exist: a request that refers to an
//! unknown one is refused, also where the rest of the condition decides without it.

use std::sync::Arc;

use super::{Clause, Condition, Expression};
use crate::graph::{
    Error, Result,
    load::{Edge, One, Target},
    scalar::RegionCode,
};

/// The most region codes in a list.
const MAX_CODES: usize = 100;

/// A row that must exist: the edge that finds it, and its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequiredRow {
    /// The edge from the key to the row.
    pub edge: &'static Edge,
    /// The key.
    pub key: Arc<str>,
}

/// A column of region codes, and the edge to the region with a code.
#[derive(Clone, Debug)]
pub struct Inside(Expression, &'static Edge);

impl Inside {
    /// The subject of conditions on the regions that a column's code lies inside.
    #[must_use]
    pub fn of<T: Target>(column: impl Into<Expression>, regions: &'static One<T>) -> Self {
        Self(column.into(), regions.edge())
    }

    fn region(&self, code: &RegionCode) -> Condition {
        let region = RequiredRow { edge: self.1, key: code.0.as_str().into() };
        Condition::Within(self.0.clone(), Arc::clone(&region.key), Some(region))
    }
}

impl Clause<Inside> for RegionCode {
    /// The row lies inside the region with this code.
    fn on(&self, subject: Inside) -> Result<Condition> {
        Ok(subject.region(self))
    }
}

impl Clause<Inside> for Vec<RegionCode> {
    /// The row lies inside one of the regions with these codes.
    fn on(&self, subject: Inside) -> Result<Condition> {
        if self.len() > MAX_CODES {
            return Err(Error::bad_input(format!(
                "`withinAny` takes at most {MAX_CODES} codes, not {}",
                self.len()
            )));
        }
        Ok(Condition::any_of(self.iter().map(|code| subject.region(code)).collect()))
    }
}

impl Condition {
    /// Visits the rows that it refers to by their keys.
    pub(in crate::graph) fn required_rows(&self, visit: &mut dyn FnMut(&RequiredRow)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.required_rows(visit)),
            Self::Not(part) | Self::Exists(_, part) => part.required_rows(visit),
            Self::Compare(expression, ..)
            | Self::In(expression, _)
            | Self::IsNull(expression)
            | Self::WithinAny(expression, _) => {
                expression.required_rows(visit);
            }
            Self::Within(expression, _, required) => {
                expression.required_rows(visit);
                required.iter().for_each(visit);
            }
            Self::Computed(expression, tests) => {
                expression.required_rows(visit);
                tests.required_rows(visit);
            }
            Self::Contains(..) | Self::Latest { .. } => {}
        }
    }

    /// Whether it refers to rows by their keys.
    pub(super) fn requires_rows(&self) -> bool {
        let mut found = false;
        self.required_rows(&mut |_| found = true);
        found
    }
}

impl Expression {
    /// Visits the rows that its conditions refer to by their keys.
    pub(in crate::graph) fn required_rows(&self, visit: &mut dyn FnMut(&RequiredRow)) {
        match self {
            Self::Through(_, of) => of.required_rows(visit),
            Self::Count(_, fits) | Self::SumHigh(_, fits, _) | Self::SumLow(_, fits, _) => {
                fits.required_rows(visit);
            }
            _ => {}
        }
    }
}
